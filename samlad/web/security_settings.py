"""TLS, cookies, earlier keys, logs: part of settings.py, in a file of its own for its length.

SAMLAD_HOSTS     comma-separated host names served besides localhost
SAMLAD_TLS_CERT, SAMLAD_TLS_KEY  files: certificate chain and private key, PEM; the program then speaks TLS by itself
                 (SAMLAD_TLS_KEY_PASSWORD, when the key has one)
SAMLAD_BEHIND_TLS  "1": a TLS proxy stands in front instead
SAMLAD_PROXIES   comma-separated addresses or networks of that proxy (default: this machine). Only from there is it
                 believed who the client is and that the line is encrypted
SAMLAD_SECRET_KEY_FALLBACKS  comma-separated earlier keys: what they have signed still holds, nothing new is signed
SAMLAD_REACHES   comma-separated hosts the program itself may fetch from, as base/outside.py has it

Every secret can lie in a file instead: SAMLAD_SECRET_KEY_FILE, SAMLAD_DATABASE_FILE and so on (environment.py).
"""

from samlad.web.environment import listed, secret, switched_on, value

HOSTS = listed("SAMLAD_HOSTS")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *HOSTS]
BEHIND_TLS = switched_on("SAMLAD_BEHIND_TLS")
PROXIES = listed("SAMLAD_PROXIES") or ["127.0.0.1", "::1"]
TLS_CERT, TLS_KEY = value("SAMLAD_TLS_CERT"), value("SAMLAD_TLS_KEY")
TLS_KEY_PASSWORD = secret("SAMLAD_TLS_KEY_PASSWORD")
TLS = BEHIND_TLS or bool(TLS_CERT)
SECRET_KEY_FALLBACKS = [key.strip() for key in secret("SAMLAD_SECRET_KEY_FALLBACKS").split(",") if key.strip()]
SAMLAD_REACHES = frozenset(listed("SAMLAD_REACHES"))

# With TLS the browser itself keeps a cookie to this very host and to https: a neighbour can neither read nor set it.
PREFIX = "__Host-" if TLS else ""
SESSION_COOKIE_NAME = f"{PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # the form's script sends it, so that a form outlives a sign-in in another window
# Lax: a link in an alarm's e-mail must find its reader signed in. A POST from elsewhere is refused three times over:
# by this, by Django's token and by the middleware `same_site`.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
# In a cookie: what is said once must not cost a write, nor keep a page from its reader when nothing can be written.
MESSAGE_STORAGE = "samlad.web.said.Said"

SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_SSL_REDIRECT = BEHIND_TLS  # with a certificate of our own nothing else is listened for
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked by the proxy, on the line without TLS
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no page of another site is made with our files
# Preloading is for the owner of the domain to ask for (W021). Framing is denied by our own middleware (W002). With a
# certificate of our own there is no http to redirect from (W008). Keys and TLS have checks of our own, which say what
# to set (W004, W009, W012, W016).
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("002", "004", "008", "009", "012", "016", "021")]

# What a request may hold. A form has some tens of fields; the report with every figure has two hundred.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "samlad.web.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "samlad": {"level": "INFO"},
        # Django's own handlers write to a debug console and by mail to administrators: neither is there.
        "django": {"handlers": [], "level": "WARNING"},
        # Each 404 and 400 with its address: noise, and it may hold what somebody typed. 5xx come as errors.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "WARNING"},
    },
}
