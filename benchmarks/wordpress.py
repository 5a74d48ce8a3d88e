"""Serikat beside WordPress in one run: the same twenty articles with pictures, one core each, asked by the same program.

    .venv/bin/python -m benchmarks.wordpress [PORT]

Needs Debian's packages (named when one is missing): WordPress with a block theme (Twenty Twenty-Three) and a classic one (Twenty Twenty-One),
PHP-FPM with its opcode cache, MariaDB, nginx as server and as page cache. All of them run on scratch folders of their own and are
gone afterwards; nothing of the system's WordPress, database or server is touched. Prints answers a second without and with a cache, the weight of an article's first
view, and the ratios. Goals: 5 times the better theme, 1.7 times the page cache, half the weight.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import site
from benchmarks.asking import ON_ONE_CORE, FirstView, Rate, first_view, rate, wait_for
from serikat.newsroom.tests.builders import image_file

PACKAGES = {
    "wordpress": "/usr/share/wordpress/wp-load.php",
    "wordpress-theme-twentytwentythree": "/var/lib/wordpress/wp-content/themes/twentytwentythree",
    "wordpress-theme-twentytwentyone": "/var/lib/wordpress/wp-content/themes/twentytwentyone",
    "php-fpm": "/usr/sbin/php-fpm8.2",
    "php-mysql": "/usr/lib/php/20220829/mysqli.so",
    "php-gd": "/usr/lib/php/20220829/gd.so",
    "mariadb-server": "/usr/sbin/mariadbd",
    "nginx-light": "/usr/sbin/nginx",
    "wrk": "/usr/bin/wrk",
}
THEMES = {"block theme": "twentytwentythree", "classic theme": "twentytwentyone"}
SETTINGS = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('DB_HOST', 'localhost:%(folder)s/sql.sock');
define('WP_HOME', '%(base)s'); define('WP_SITEURL', '%(base)s'); define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as $k) define($k, md5($k));
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
FILL = """<?php
$_SERVER += ['HTTP_HOST' => '%(host)s', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REMOTE_ADDR' => '127.0.0.1'];
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php'; require_once ABSPATH . 'wp-admin/includes/image.php';
wp_install('Suara Tali Rasa', 'pengurus', 'pengurus@example.org', true, '', 'kunci-yang-panjang');
update_option('permalink_structure', '/%%postname%%/');
update_option('blog_public', 1);
$folder = wp_upload_dir();
foreach (range(0, %(articles)d - 1) as $n) {
    $file = $folder['path'] . "/foto-$n.jpg";
    copy("%(folder)s/foto-$n.jpg", $file);
    $post = wp_insert_post(['post_title' => "Upah dan pesangon $n", 'post_content' => file_get_contents('%(folder)s/words.html'),
        'post_status' => 'publish', 'tags_input' => ['SMC', 'upah'], 'post_author' => 1]);
    $picture = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => 'Gerbang'], $file, $post);
    wp_update_attachment_metadata($picture, wp_generate_attachment_metadata($picture, $file));
    set_post_thumbnail($post, $picture);
}
flush_rewrite_rules();
"""
THEME = """<?php
$_SERVER += ['HTTP_HOST' => '%(host)s', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require __DIR__ . '/wp-load.php';
switch_theme('%(theme)s');
"""
PHP = """[global]
error_log = %(folder)s/php.log
daemonize = no
[www]
user = nobody
group = nogroup
listen = %(folder)s/php.sock
listen.mode = 0666
pm = static
pm.max_children = 4
php_admin_value[opcache.enable] = 1
php_admin_value[memory_limit] = 256M
"""
NGINX = """daemon off; worker_processes 1; pid %(folder)s/nginx.pid; error_log %(folder)s/nginx.log;
user nobody nogroup;
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types; access_log off; client_body_temp_path %(folder)s/body;
  fastcgi_temp_path %(folder)s/temp; proxy_temp_path %(folder)s/proxy; uwsgi_temp_path %(folder)s/uwsgi; scgi_temp_path %(folder)s/scgi;
  gzip on; gzip_types text/css application/javascript text/javascript; gzip_vary on; gzip_proxied any;
  fastcgi_cache_path %(folder)s/cache levels=1:2 keys_zone=pages:10m inactive=1h;
  server {
    listen 127.0.0.1:%(port)s; root %(folder)s/www; index index.php;
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      include /etc/nginx/fastcgi.conf; fastcgi_param HTTP_HOST 127.0.0.1:%(port)s;
      fastcgi_pass unix:%(folder)s/php.sock; %(cache)s
    }
  }
}
"""
CACHE = (
    "fastcgi_cache pages; fastcgi_cache_key $request_uri$http_accept_encoding; fastcgi_cache_valid 200 1h; "
    "fastcgi_ignore_headers Cache-Control Expires Set-Cookie Vary;"
)


class WordPress:
    """WordPress on a folder of its own, with its database, PHP and nginx on the first core."""

    def __init__(self, folder: Path, port: str) -> None:
        self.folder, self.base = folder, f"http://127.0.0.1:{port}"
        self.words = {
            "folder": str(folder),
            "port": port,
            "base": self.base,
            "host": f"127.0.0.1:{port}",
            "articles": site.ARTICLES,
        }
        folder.chmod(0o755)
        shutil.copytree("/usr/share/wordpress", folder / "www", ignore=shutil.ignore_patterns("wp-config.php", "themes"))
        shutil.copytree("/var/lib/wordpress/wp-content/themes", folder / "www/wp-content/themes")
        (folder / "www/wp-config.php").write_text(SETTINGS % self.words)
        (folder / "php.conf").write_text(PHP % self.words)
        for number in range(site.ARTICLES):
            (folder / f"foto-{number}.jpg").write_bytes(image_file(noise=number % 5 == 0).read())
        (folder / "words.html").write_text(site.PARAGRAPH * 3 + "<h2>Catatan</h2>" + site.PARAGRAPH * 6)

    def php(self, name: str, text: str, **words: str) -> None:
        file = self.folder / "www" / name
        file.write_text(text % {**self.words, **words})
        subprocess.run(
            ["php", "-d", "memory_limit=512M", "-d", "sendmail_path=/bin/true", str(file)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        file.unlink()

    @contextmanager
    def database(self) -> Iterator[int]:
        data = self.folder / "sql"
        user = f"--user={os.environ.get('USER', 'root')}" if os.getuid() else "--user=root"
        subprocess.run(["mariadb-install-db", "--no-defaults", user, f"--datadir={data}", "--auth-root-authentication-method=normal"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        socket = self.folder / "sql.sock"
        flags = [
            "--no-defaults",
            user,
            f"--datadir={data}",
            f"--socket={socket}",
            "--skip-networking",
            f"--pid-file={self.folder}/sql.pid",
        ]
        server = subprocess.Popen([*ON_ONE_CORE, "mariadbd", *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not socket.exists():
                time.sleep(0.2)
            subprocess.run(
                ["mariadb", "--no-defaults", "-uroot", f"-S{socket}", "-e", "create database wordpress"], check=True
            )
            yield server.pid
        finally:
            server.terminate()
            server.wait()

    @contextmanager
    def serving(self, *, cache: bool) -> Iterator[list[int]]:
        """Process numbers of PHP and nginx."""
        conf = self.folder / "nginx.conf"
        conf.write_text(NGINX % {**self.words, "cache": CACHE if cache else ""})
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        php = [*ON_ONE_CORE, "php-fpm8.2", "-y", str(self.folder / "php.conf")] + ([] if os.getuid() else ["-R"])
        servers = [
            subprocess.Popen(php, stderr=subprocess.DEVNULL),
            subprocess.Popen([*ON_ONE_CORE, "nginx", "-c", str(conf)]),
        ]
        try:
            wait_for(self.base + "/")
            yield [server.pid for server in servers]
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait()


def wordpress(port: str) -> dict[str, tuple[Rate, Rate, FirstView]]:
    """For each theme: without a cache, with nginx as page cache, and the first view."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="serikat-wordpress-") as folder:
        peer = WordPress(Path(folder), port)
        with peer.database() as database:
            peer.php("fill.php", FILL)
            subprocess.run(["chmod", "-R", "a+rX", f"{folder}/www"], check=True)
            address = f"{peer.base}/upah-dan-pesangon-{site.ARTICLES - 1}/"
            for name, theme in THEMES.items():
                peer.php("theme.php", THEME, theme=theme)
                with peer.serving(cache=False) as servers:
                    rate(address, [*servers, database], anew=True)  # its opcode cache fills
                    plain, view = rate(address, [*servers, database], anew=True), first_view(address)
                with peer.serving(cache=True) as servers:
                    found[name] = plain, rate(address, servers, anew=False), view
                print(
                    f"WordPress, {name}: computed {found[name][0]}\n{'':{len(name) + 13}}cached   {found[name][1]}\n first view {view}",
                    flush=True,
                )
    return found


def serikat(port: str) -> tuple[Rate, Rate, FirstView]:
    address = f"http://127.0.0.1:{port}" + site.make()
    with site.serving(port, "0") as server:
        rate(address, [server], anew=True)
        plain = rate(address, [server], anew=True)
    with site.serving(port, "48") as server:
        cached, view = rate(address, [server], anew=False), first_view(address)
    print(f"Serikat: computed {plain}\n         cached   {cached}\n first view {view}", flush=True)
    return plain, cached, view


def main() -> int:
    missing = [package for package, file in PACKAGES.items() if not Path(file).exists()]
    if missing:
        print("Please install: " + " ".join(missing))
        return 1
    port = sys.argv[1] if len(sys.argv) > 1 else "8180"
    print(site.pace(), flush=True)
    ours, theirs = serikat(port), wordpress(port)
    print(site.pace())
    better = max(plain.a_second for plain, _cached, _view in theirs.values())
    cached = max(cached.a_second for _plain, cached, _view in theirs.values())
    light = min(view.together for _plain, _cached, view in theirs.values())
    ratios = {"computed": ours[0].a_second / better, "cached": ours[1].a_second / cached, "weight": ours[2].together / light}
    print(json.dumps({name: round(ratio, 2) for name, ratio in ratios.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
