"""How people sign in: django-allauth's settings, and ours. Part of settings.py, in a file of its own for its length.

SAMLAD_SIGN_IN  "strong" (default): a passkey, or a password and a one-time code, or a federation at the level required;
                "password": a password alone will do. Only for a program served on this machine, as the demo is.
"""

import os

from django.core.exceptions import ImproperlyConfigured

SAMLAD_SIGN_IN = os.environ.get("SAMLAD_SIGN_IN") or ("password" if os.environ.get("SAMLAD_DEMO") == "1" else "strong")
if SAMLAD_SIGN_IN not in ("strong", "password"):
    raise ImproperlyConfigured(f"SAMLAD_SIGN_IN is strong or password, not {SAMLAD_SIGN_IN!r}")

SAMLAD_DEMO_PASSWORD = "samlad-demo"  # noqa: S105 no secret: a demo is reached from this machine only

PASSWORD_RESET_TIMEOUT = 30 * 60  # seconds that a link in a mail is worth something

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

# Accounts are made by invitation and in the registers; nobody signs up, and e-mail addresses are the registers'.
ACCOUNT_ADAPTER = "samlad.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # seconds between the password and the code
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "samlad.accounts.adapter.shown_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
# Limits on attempts are our own (samlad.accounts.limits): allauth's lock a name out for everybody who hammers it.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

MFA_ADAPTER = "samlad.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Samlad"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the register, not from the person

# What a one-time code's use is remembered in: shared by all processes and nodes, and kept over a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cached",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond that some are thrown out: none that matters may be
    },
}
