"""All settings, read from the environment; safe on localhost with none set.

SAMLAD_DATA      folder for the SQLite file, the secret key and collected files (default: ./var)
SAMLAD_DATABASE  "sqlite" (default: SAMLAD_DATA/samlad.sqlite3), a path to a SQLite file, or postgresql://user:password@host/name
SAMLAD_SECRET_KEY  signing key (default: made once, kept in SAMLAD_DATA/secret_key, readable by the owner only)
SAMLAD_HOST      the address `samlad serve` listens on (default: 127.0.0.1); beyond this machine only with all that
                 security_settings.py lists: host names, TLS, proxies, secrets in files
SAMLAD_DEMO      "1": demo seats on the sign-in page and a local outbox instead of e-mail; refused beyond localhost
SAMLAD_URL       the address people reach the program at, for links in messages (default: where `samlad serve` listens)
SAMLAD_EMAIL     smtp://user:password@host:port for outgoing e-mail (default: the local outbox); with a user, or on port
                 587, by STARTTLS; smtps:// for TLS from the start
SAMLAD_EMAIL_FROM  sender of outgoing e-mail
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from samlad.web.alarm_settings import *  # noqa: F403 a part of these settings
from samlad.web.channel_settings import *  # noqa: F403 a part of these settings
from samlad.web.environment import secret, switched_on, value
from samlad.web.federation_settings import *  # noqa: F403 a part of these settings
from samlad.web.open_data_settings import *  # noqa: F403 a part of these settings
from samlad.web.security_settings import *  # noqa: F403 a part of these settings
from samlad.web.security_settings import HOSTS, TLS
from samlad.web.signin_settings import *  # noqa: F403 a part of these settings

PROJECT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("SAMLAD_DATA", "var")).resolve()
DEMO = switched_on("SAMLAD_DEMO")
DEBUG = False


def secret_key() -> str:
    """The signing key from the environment or its file, or one made at first start and kept beside the data."""
    if key := secret("SAMLAD_SECRET_KEY"):
        return key
    file = DATA / "secret_key"
    DATA.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))
    return file.read_text()


# An acknowledged entry is on disk (design, section 5), said here so that a server's default can't undo it. Who holds a
# lock too long, in a forgotten psql or on a node that is cut off, stops one append with a sentence, not the program.
POSTGRESQL = "-c synchronous_commit=on -c lock_timeout=10s -c idle_in_transaction_session_timeout=5min"


def database(url: str) -> dict[str, object]:
    """Django's settings for SAMLAD_DATABASE."""
    if url.startswith(("postgresql://", "postgres://")):
        parts = urlsplit(url)
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            # A cursor in the server that is left half-read (an error in the middle) is closed by the garbage collector:
            # in the middle of another statement on the same connection, and psycopg then waits for itself for ever.
            "DISABLE_SERVER_SIDE_CURSORS": True,
            # sslmode=verify-full and sslrootcert=... when the server is another machine: `samlad check` asks for it.
            "OPTIONS": {"options": POSTGRESQL, "connect_timeout": 10}
            | {name: unquote(query[name]) for name in ("sslmode", "sslrootcert") if name in query},
        }
    path = DATA / "samlad.sqlite3" if url == "sqlite" else Path(url)
    return {
        "ENGINE": "samlad.base.sqlite",  # Django's own, with one writer at a time; see its docstring
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,  # seconds for somebody outside who holds the file; among ourselves there are turns
            # Durable once committed; what is shredded is overwritten.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
        },
        # Threads must see one database in tests as in life: a file, not memory.
        "TEST": {"NAME": str(path) + ".test"},
    }


SECRET_KEY = secret_key()
DATABASES = {"default": database(secret("SAMLAD_DATABASE", "sqlite"))}
SAMLAD_HOST = value("SAMLAD_HOST", "127.0.0.1")

INSTALLED_APPS = [
    "samlad.web",
    "samlad.learning",
    "samlad.privacy",
    "samlad.accounts",
    "samlad.governance",
    "samlad.activation",
    "samlad.picture",
    "samlad.notify",
    "samlad.registers",
    "samlad.journal",
    "samlad.base",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "samlad.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "samlad.web.understood.in_utf8",
    "samlad.web.middleware.same_site",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samlad.registers.middleware.who",
    "samlad.accounts.wall_mode.wall_mode",
    "samlad.accounts.session_seats.within_sign_in",
    "samlad.accounts.middleware.strong_sign_in",
    "samlad.web.dangerous.dangerous",
    "samlad.base.answers.follow_by_script",
    "samlad.web.not_kept.keep_no_draft",
    "samlad.web.understood.not_by_this_method",
]
ROOT_URLCONF = "samlad.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samlad.web.context.shell",
                "samlad.accounts.context.standing",
            ],
        },
    }
]

AUTH_USER_MODEL = "registers.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "samlad.accounts.our_words.NotOurWords"},
]
SESSION_ENGINE = "samlad.registers.sessions"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samlad.web.storage.HashedStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# A file is never put on disk on its way: it may turn out that it may not be here. What all may be together is the
# front's business, which takes no larger request (web/front.py).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

# A demo has no mail server whatever the environment says: what it plays at must reach nobody.
MAIL = urlsplit("" if DEMO else secret("SAMLAD_EMAIL"))
EMAIL_HOST = MAIL.hostname or ""  # empty: no mail server, the local outbox
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and (bool(MAIL.username) or MAIL.port == 587)  # a password never goes unencrypted
EMAIL_PORT = MAIL.port or (465 if EMAIL_USE_SSL else 587 if MAIL.username else 25)
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_TIMEOUT = 10  # seconds; a server that hangs costs this once
DEFAULT_FROM_EMAIL = value("SAMLAD_EMAIL_FROM", "Samlad <samlad@localhost>")
SAMLAD_URL = value("SAMLAD_URL", f"https://{HOSTS[0]}" if HOSTS and TLS else "http://localhost:8000").rstrip("/")
