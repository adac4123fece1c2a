"""Django's settings, derived from ours. A new system is one line in INSTALLED_APPS."""

import os
import sys
from typing import Any
from urllib.parse import urlsplit

from tinhso.core import settings as _settings
from tinhso.core.database.connect import django_database, get_urls, is_the_web

_site = _settings.current()
_urls = get_urls(os.environ)


def _database(url: str) -> dict[str, Any]:
    return django_database(url) | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}


DATABASES = {"default": _database(_urls.app)}
if not is_the_web(os.environ):
    DATABASES["owner"] = _database(_urls.owner) | {"CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS: list[str] = []

DEBUG = False
SECRET_KEY = _site.secret_key or "unset"
ALLOWED_HOSTS = ["*"] if not _site.production else [urlsplit(_site.base_url).hostname or ""]
CSRF_TRUSTED_ORIGINS = [_site.base_url] if _site.secure else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "tinhso.core.web",
    "tinhso.foundation.events",
    "tinhso.foundation.calendars",
    "tinhso.foundation.agencies",
    "tinhso.foundation.identity",
    "tinhso.foundation.files",
    "tinhso.foundation.numbering",
    "tinhso.foundation.outbox",
    "tinhso.foundation.signing",
    "tinhso.foundation.notices",
    "tinhso.foundation.payments",
    "tinhso.foundation.forms",
    "tinhso.foundation.cases",
    "tinhso.systems.accounts",
    "tinhso.systems.cashier",
    "tinhso.systems.procedures",
    "tinhso.systems.onestop",
    "tinhso.systems.services",
    "tinhso.systems.surveys",
    "tinhso.systems.verification",
    "tinhso.faces.public",
    "tinhso.faces.desk",
    "tinhso.faces.wall",
    "tinhso.faces.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tinhso.core.web.middleware.RequestLog",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tinhso.core.web.middleware.ContentSecurity",
    "tinhso.foundation.identity.middleware.RealmSessions",
    "tinhso.core.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "tinhso.core.web.middleware.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tinhso.foundation.identity.middleware.ActingContext",
    "tinhso.core.web.middleware.NoNul",
    "tinhso.core.web.middleware.Refusals",
]

ROOT_URLCONF = "tinhso.faces.urls"
WSGI_APPLICATION = "tinhso.core.wsgi.application"
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/dang-nhap"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinhso.core.web.context.site",
                "tinhso.faces.public.context.door",
                "tinhso.faces.desk.context.desk",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
TEMPLATES.append(
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "letters",
        "APP_DIRS": True,
        "OPTIONS": {"autoescape": False},
    }
)
"""Letters are plain text: nothing in them is HTML."""

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "ngon_ngu"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = _site.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _site.mode is _settings.Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _site.mode is _settings.Mode.TEST

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tinhso.core.web.failures.expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if _site.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "tinhso.core.web.uploads.SizeGuard",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tinhso.core.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.server": {"handlers": [], "propagate": True},
        "fontTools": {"level": "ERROR"},
    },
}
