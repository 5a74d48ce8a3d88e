"""All settings, from environment variables. Each one stands in `.env.example` with a sentence."""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from serikat.config import environment as env

ROOT = env.ROOT
env.load_env_file(ROOT / ".env")

# Where all state lives, and (outside it) the keys.
SERIKAT_DATA = env.folder("SERIKAT_DATA", ROOT / "data")
SERIKAT_KEYS = env.folder("SERIKAT_KEYS", ROOT / "keys")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
SITE_ADDRESS = env.text("SITE_ADDRESS", f"http://127.0.0.1:{PORT}").rstrip("/")
DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_ADDRESS)
DEMO = env.flag("SERIKAT_DEMO", (SERIKAT_DATA / "demo").is_file())
# The demo alone may do without: elsewhere a guarded role always sleeps until its holder has a second factor.
SECOND_FACTOR_REQUIRED = not DEMO or env.flag("SECOND_FACTOR_REQUIRED", False)


def _key(name: str) -> str:
    """A key from the environment or from its file in SERIKAT_KEYS; `./run setup` makes the files."""
    if value := env.text(f"SERIKAT_{name.upper()}"):
        return value
    path = Path(SERIKAT_KEYS) / name
    if path.is_file():
        return path.read_text("utf-8").strip()
    raise ImproperlyConfigured(f"The key {path} is missing. Run `./run setup` once: it makes the keys.")


SECRET_KEY = _key("secret_key")
TRAIL_KEY = _key("trail_key")  # chains the trail; kept outside the database it protects
FIELD_KEYS = _key("field_keys")  # encrypts fields; one key a line, newest first
INDEX_KEY = _key("index_key")  # keyed index over encrypted fields
FILE_KEYS = _key("file_keys")  # encrypts private files; one key a line, newest first

ROOMS = [
    "serikat.web",
    "serikat.newsroom",
    "serikat.vacancies",
    "serikat.helpdesk",
    "serikat.outreach",
    "serikat.people",
    "serikat.rights",
    "serikat.messaging",
    "serikat.files",
    "serikat.units",
    "serikat.places",
    "serikat.accounts",
    "serikat.ui",
    "serikat.audit",
    "serikat.kernel",
]
INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "serikat.config.packing.PackingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "serikat.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "serikat.accounts.middleware.SessionMiddleware",
    "serikat.kernel.gate.GateMiddleware",
]
ROOT_URLCONF = "serikat.config.urls"
WSGI_APPLICATION = "serikat.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "serikat.ui.context.ui",
                "serikat.accounts.context.account",
            ],
        },
    }
]
FORM_RENDERER = "serikat.ui.forms.Renderer"

# Databases: SQLite with a write-ahead log by default, PostgreSQL by DATABASE_URL. One code for both.
if env.text("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL"), conn_max_age=60)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(SERIKAT_DATA / "serikat.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                " PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What all processes share for a while: counts of failed tries, used codes. In the database, so that it needs nothing more to run.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Files and static
STATIC_URL = "/static/"
STATIC_ROOT = SERIKAT_DATA / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "serikat.ui.bundles.BundleFinder"]
MEDIA_URL = "/media/"
MEDIA_ROOT = SERIKAT_DATA / "media"
PRIVATE_ROOT = SERIKAT_DATA / "private"
CLIPS_ROOT = SERIKAT_DATA / "clips"  # video and sound: on this machine, since ffmpeg reads and writes them
UPLOADS_ROOT = SERIKAT_DATA / "uploads"  # pieces of what is being uploaded
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "serikat.ui.bundles.StaticStorage"},
}
if env.text(
    "STORE_BUCKET"
):  # needs the package django-storages[s3]; private files are sealed before they leave this machine
    _S3 = {
        "bucket_name": env.text("STORE_BUCKET"),
        "endpoint_url": env.text("STORE_ENDPOINT") or None,
        "region_name": env.text("STORE_REGION") or None,
        "access_key": env.text("STORE_ACCESS_KEY") or None,
        "secret_key": env.text("STORE_SECRET_KEY") or None,
        "file_overwrite": False,
    }
    _S3_STORAGE = "storages.backends.s3.S3Storage"
    STORAGES["default"] = {"BACKEND": _S3_STORAGE, "OPTIONS": {**_S3, "location": "media", "querystring_auth": False}}
    STORAGES["private"] = {"BACKEND": _S3_STORAGE, "OPTIONS": {**_S3, "location": "private", "default_acl": "private"}}
WHITENOISE_MAX_AGE = 3600
PUBLIC_FILE_AGE = 7 * 24 * 3600  # seconds; a changed picture gets another name
UPLOAD_LIMIT_MB = env.number("UPLOAD_LIMIT_MB", 20)
HELD_FILES_MB = env.number("HELD_FILES_MB", 400)  # in all: of forms that came back to their senders, for an hour
HELD_FORM_MB = 64  # of one such form
CLIP_LIMIT_MB = env.number("CLIP_LIMIT_MB", 2048)  # of one video or sound, which comes in pieces
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Ready answers of public pages, in front of Django (config.front)
FRONT_CACHE_MB = env.number("FRONT_CACHE_MB", 48)
READS_WRITTEN_BY = "serikat.newsroom.services.reading.add_reads"  # who is told what config.tally counted

# Words and time
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale", SERIKAT_DATA / "locale"]  # sources; compiled by `serikat setup`
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True

# Accounts
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/meja/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["serikat.accounts.backends.SignInBackend"]
PHONE_REGION = env.text("PHONE_REGION", "ID")  # where a number without a country code is from
SIGNUP_OPEN = env.flag("SIGNUP_OPEN", False)  # whether anybody may make an account; otherwise the desk makes them
LINK_HOURS = env.number("LINK_HOURS", 48)  # how long a one-time link holds
ACCOUNT_ADAPTER = "serikat.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # one field; the backend reads a phone, an e-mail or a user name from it
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "login": "serikat.accounts.forms.SignInForm",
    "signup": "serikat.accounts.forms.SignUpForm",
    "change_password": "serikat.accounts.forms.ChangePasswordForm",
    "set_password": "serikat.accounts.forms.SetPasswordForm",
    "reset_password": "serikat.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "serikat.accounts.forms.NewPasswordFromMailForm",
    "reauthenticate": "serikat.accounts.forms.ConfirmPasswordForm",
}
# Tries: a whole office or factory hall may stand behind one address, so the limit by address is wider than allauth's own.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY", False) else 0
MFA_ADAPTER = "serikat.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are not verified here: an account may have none
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_ADDRESS.startswith("https://")
MFA_TOTP_TOLERANCE = 1  # a cheap phone's clock is off by some seconds; a code is taken once all the same (accounts.forms)
MFA_FORMS = {
    "authenticate": "serikat.accounts.forms.FactorForm",
    "reauthenticate": "serikat.accounts.forms.ConfirmFactorForm",
    "activate_totp": "serikat.accounts.forms.ActivateAppForm",
    "add_webauthn": "serikat.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "serikat.accounts.forms.RenamePasskeyForm",
    "login_webauthn": "serikat.accounts.forms.SignInByPasskeyForm",
    "authenticate_webauthn": "serikat.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "serikat.accounts.forms.ConfirmPasskeyForm",
}
CSRF_FAILURE_VIEW = "serikat.accounts.views.entrance.stale_form"
IDLE_MINUTES = env.number("IDLE_MINUTES", 30)
IDLE_PATHS = ["/meja/", "/cms/"]  # the desk and the editor: where idling ends a session
BACKGROUND_PATHS = ["/editing-sessions/"]  # what pages send by themselves: it keeps no session alive
HELD_FORM_HOURS = 12  # how long a form that came too late is kept

# Safety of every answer
SECURE_SSL = SITE_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31536000 if SECURE_SSL else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
if env.flag("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],  # a voice note that was just recorded, before it is sent
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "serikat@localhost")
if _mail := env.mail("EMAIL_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.host, _mail.port, _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _mail.tls, _mail.ssl, 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = SERIKAT_DATA / "outbox"

# Units: one organisation has one root; a union of equals may say otherwise.
SEVERAL_ROOT_UNITS = env.flag("SEVERAL_ROOT_UNITS", False)

# Jobs: one door (kernel.jobs) over django-tasks and its database backend.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# The editor
WAGTAIL_SITE_NAME = "Serikat"
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.NewsDocument"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # each saved draft is one entry of the trail
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_FORM_BASE = "serikat.newsroom.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "serikat.newsroom.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "direct"  # documents are public files like pictures
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"png": "webp", "jpeg": "webp", "webp": "webp", "avif": "webp", "heic": "webp"}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_LIMIT_MB * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
