"""The settings. Settings that differ between a laptop and production are read from the environment.

A `.env` file beside manage.py is read first; `make run` writes one for development.
"""

import logging
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from .account_settings import *  # noqa: F403  Django looks for all settings here
from .environment import BASE_DIR, DEBUG, env, keep_private

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random text, or start with `make run`, which generates one."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Everything that the portal writes is in this folder.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
# Where backups go, preferably on another disk, and the public age key that they are encrypted with.
BACKUP_DIR, BACKUP_RECIPIENT = env.str("BACKUP_DIR", default=""), env.str("BACKUP_RECIPIENT", default="")

# Where a copy of the public site is kept as static files; empty for none.
MIRROR_DIR = env.str("MIRROR_DIR", default="")

# The site's own address, for links in email.
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Constructive Dialogues <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The contact for corrections and take-downs, shown on several pages.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# Where to report a weakness of this installation, as an address of mailto: or https:, for /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:{CONTACT_EMAIL}" if CONTACT_EMAIL else "")
# The licence of the texts, as the page on reuse names it, and its address. Without one, the page says so.
LICENCE, LICENCE_URL = env.str("LICENCE", default=""), env.str("LICENCE_URL", default="")
# The target of the quick exit from the filing pages: a page that anyone might have open.
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", default="https://www.wikipedia.org/")
# Days until an untouched draft, and the content of a withdrawn or declined contribution, is deleted.
DRAFT_DAYS = env.int("DRAFT_DAYS", default=180)
WITHDRAWN_DAYS = env.int("WITHDRAWN_DAYS", default=30)
# Days until the notes that staff write with a move are deleted from the log, which keeps their digests.
MESSAGE_DAYS = env.int("MESSAGE_DAYS", default=180)

INSTALLED_APPS = [
    "mirror",
    "portal",
    "backups",
    "desk",
    "intake",
    "contributions",
    "dialogues",
    "publishing",
    "cards",
    "text",
    "documents",
    "search",
    "subscriptions",
    "mail",
    "accounts",
    "background",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.apps.StaffSessionsConfig",  # allauth.usersessions
    "csp",
    "formtools",
    "django_tasks",
    "django_tasks_db",
    "haystack",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

# Widgets have templates in templates/ too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    "portal.middleware.LiveMiddleware",
    "publishing.kept_pages.KeptPagesMiddleware",  # keeps each page with the headers of those that follow
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.middleware.ResourcePolicyMiddleware",
    "portal.middleware.SecretAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publishing.replica.ReplicaMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "publishing.pages.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.LanguageOfAddressMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("portal.middleware.NotFoundMiddleware")

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publishing.pages.site",
            ],
            # They replace tags and filters of Django.
            "builtins": ["publishing.addresses", "text.templatetags.kept"],
        },
    },
]

# No ATOMIC_REQUESTS: on SQLite, requests that only read would wait for the write lock.
DATABASES = env.databases(DATA_DIR)
keep_private(DATA_DIR, DATABASES)
DATABASE_ROUTERS = ["portal.shared_cache.CacheRouter"]
if "replica" in DATABASES:
    DATABASE_ROUTERS.append("publishing.replica.ReplicaRouter")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.shared_cache() | {"KEY_FUNCTION": "portal.shared_cache.hashed_key"},
    # The HTML of texts (text/markup.py). Pages share it and other processes read it; it can be deleted at any time.
    "markdown": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "markdown",
        "TIMEOUT": 24 * 3600,  # seconds
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# How much memory each web process may use for public pages as they were sent; 0 keeps none. While templates are being
# edited, pages must change with them.
KEPT_PAGES_MEGABYTES = env.int("KEPT_PAGES_MEGABYTES", default=0 if DEBUG else 64)

# A task is a row in the same database, written in the transaction that enqueues it: both are committed, or neither.
TASKS = {
    "default": {
        "BACKEND": env.str("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend"),
        "QUEUES": [],
        "ENQUEUE_ON_COMMIT": False,
    }
}
# A process that was silent for four beats is taken for dead, and its task is run again.
WORKER_BEAT_SECONDS = env.float("WORKER_BEAT_SECONDS", default=5)
HEALTH_TOKEN, FREE_MEGABYTES = env.str("HEALTH_TOKEN", default=""), env.int("FREE_MEGABYTES", default=500)

HAYSTACK_CONNECTIONS = {"default": env.search(DATA_DIR) | {"SILENTLY_FAIL": False}}
HAYSTACK_SIGNAL_PROCESSOR = "search.signal_processor.QueuedSignalProcessor"

# Email is queued, and the worker sends it through EMAIL_DELIVERY_BACKEND; in development, to the console. Another
# backend than ours cannot tell how far a message got when the connection breaks, so staff have to decide more often.
EMAIL_BACKEND = "mail.queue.QueueBackend"
EMAIL_DELIVERY_BACKEND = env.str(
    "EMAIL_DELIVERY_BACKEND",
    default="django.core.mail.backends.console.EmailBackend" if DEBUG else "mail.delivery.SmtpBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds

# Language and time. Content is in any of CONTENT_LANGUAGES; the interface is in LANGUAGES, each completely translated.
# Chinese has the code of Django's own translation; its addresses begin with /zh/ (portal/languages.py).
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
CONTENT_LANGUAGES = [("zh" if code == "zh-hans" else code, name) for code, name in LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Vienna"

# The folders with the fonts for cards. `manage.py check` names missing packages.
FONT_DIRS = env.list("FONT_DIRS", default=["/usr/share/fonts"])

SUMMARY_PDFS = env.bool("SUMMARY_PDFS", default=True)  # whether summaries are drawn as PDF where Pango is
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [*global_settings.STATICFILES_FINDERS, "portal.reading_font.MadeFilesFinder"]
WHITENOISE_USE_FINDERS = DEBUG

# Uploads are outside the web root under random names; only a view of the app that owns a file serves it.
STORAGES = {
    **env.file_storages(DATA_DIR),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.static_addresses.KeptAddressesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 600  # a folder that staff import; the page itself accepts at most 500
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of form fields, without files

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
# What no page needs is off; passkeys, and copying an address to the clipboard, work on our own pages alone.
NEEDED_FEATURES = ["clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get"]
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [], "autoplay": [], "camera": [], "display-capture": [], "geolocation": [], "gyroscope": [],
    "magnetometer": [], "microphone": [], "midi": [], "payment": [], "usb": [], "xr-spatial-tracking": [],
    **{feature: ["self"] for feature in NEEDED_FEATURES},
}  # fmt: skip
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# HTTPS everywhere except on a laptop.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # For rate limits: the proxy added the last address; clients can forge those before it.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Lines for people, or JSON objects with the id of the request (portal/request_log.py).
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is “line” or “json”.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name}: {message}", "style": "{"},
        "json": {"()": "portal.log_format.JsonFormatter"},
    },
    "filters": {"without_secrets": {"()": "portal.log_filter.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["without_secrets"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
if LOG_FORMAT == "json":
    logging.captureWarnings(True)
    MIDDLEWARE.insert(1, "portal.request_log.RequestLogMiddleware")
    ours = {"handlers": ["console"], "level": "INFO", "propagate": False}
    LOGGING["loggers"] = dict.fromkeys(["portal.request", "django_tasks", "gunicorn.error"], ours)

# Figures at /metrics for an operator (portal/metrics.py). Web processes share their counts in this folder.
METRICS = env.bool("METRICS", default=False)
METRICS_DIR = env.str("PROMETHEUS_MULTIPROC_DIR", default=str(DATA_DIR / "metrics"))
if METRICS:
    Path(METRICS_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR  # for prometheus_client
    MIDDLEWARE.insert(1, "portal.metrics.MetricsMiddleware")
