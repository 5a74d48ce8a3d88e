"""How long an import takes and what memory it holds: a Jekyll archive of synthetic posts, each with a photo of its own, brought in on a scratch house.

    .venv/bin/python -m benchmarks.importing [1000]

The photos are 1,600 px wide with the grain of a real one, about 300 kB each. Prints seconds, posts a second, and the peak resident memory of the
command; then the same for the second run, which must find everything unchanged. Goals: 1,000 posts in 3 minutes and 300 MB.
"""

from __future__ import annotations

from benchmarks import scratch

# isort: split
import io
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from django.core.management import call_command
from PIL import Image, ImageDraw

from serikat.newsroom.tests.builders import a_unit

WORDS = [
    "upah",
    "pesangon",
    "mogok",
    "pabrik",
    "buruh",
    "pekerja",
    "serikat",
    "kontrak",
    "lembur",
    "perusahaan",
    "pengadilan",
    "gugatan",
    "perundingan",
    "cuti",
    "jaminan",
]


def photo(number: int) -> bytes:
    """A picture that packs about as badly as a photo: smooth light, a few edges, fine grain."""
    chance = random.Random(number)  # noqa: S311 not for secrets
    light = Image.linear_gradient("L").resize((1600, 1067)).rotate(chance.randrange(360))
    image = Image.merge(
        "RGB", [light.point([min(255, int(v * chance.uniform(0.5, 1.2))) for v in range(256)]) for _ in range(3)]
    )
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, size = chance.randrange(1600), chance.randrange(1067), chance.randrange(20, 300)
        draw.rectangle((x, y, x + size, y + size), fill=tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.effect_noise((1600, 1067), 40).convert("RGB")
    out = io.BytesIO()
    Image.blend(image, grain, 0.12).save(out, "JPEG", quality=85)
    return out.getvalue()


def write_archive(folder: Path, posts: int) -> None:
    (folder / "_posts").mkdir(parents=True)
    (folder / "img").mkdir()
    chance = random.Random(1)  # noqa: S311 not for secrets
    for number in range(posts):
        (folder / "img" / f"foto-{number}.jpg").write_bytes(photo(number))
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=80)).capitalize() + "." for _ in range(8))
        day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        (folder / "_posts" / f"{day}-tulisan-{number}.md").write_text(
            f"---\ntitle: Tulisan {number}\ndate: {day} 08:00:00 +0700\ntags: [{chance.choice(WORDS)}, {chance.choice(WORDS)}]\n"
            f"categories: {chance.choice(WORDS)}\nauthor: Penulis {number % 20}\nimg: foto-{number}.jpg\n---\n\n{text}\n"
        )


def run(archive: Path) -> str:
    command = [sys.executable, "-m", "serikat.cli", "import_jekyll", str(archive), "--approved-by", "Ukur"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(os.environ))
    said = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    done = json.loads(said.splitlines()[-1])
    counts = {name: done[name] for name in ("posts", "imported", "unchanged", "pictures")}
    return (
        f"{took:6.1f} s, {done['posts'] / took:5.1f} posts a second, peak {usage.ru_maxrss / 1024:.0f} MB,"
        f" {usage.ru_utime + usage.ru_stime:.1f} s of CPU, status {status}: {counts}, {len(done['problems'])} problems"
    )


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    archive = scratch.FOLDER / "archive"
    write_archive(archive, posts)
    weight = sum(file.stat().st_size for file in (archive / "img").iterdir()) / posts / 1000
    print(f"{posts} posts, photos of {weight:.0f} kB on average", flush=True)
    call_command("migrate", verbosity=0)
    a_unit()
    print("first run ", run(archive), flush=True)
    print("second run", run(archive), flush=True)


if __name__ == "__main__":
    main()
