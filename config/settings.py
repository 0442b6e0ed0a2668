"""The settings of Ashar: everything runs at once without any environment variable."""

from __future__ import annotations

from pathlib import Path

from ashar.server import storage
from config.environment import env_list, env_secret, env_text, env_yes

# Before Django opens a database: the SQLite of many systems loses acknowledged writes.
try:
    import pysqlite3
except ImportError:  # no wheel for this machine: DELETE + EXTRA is used, with a visible warning
    import sqlite3 as pysqlite3
else:
    storage.swap_sqlite(pysqlite3)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_text("ASHAR_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)
UPLOAD_DIR = VAR_DIR / "uploads"
UPLOAD_DIR.mkdir(mode=0o700, exist_ok=True)
KEYS_DIR = Path(env_text("ASHAR_KEYS", str(VAR_DIR / "keys")))  # never copied with the database

# What kind of installation
DEBUG = env_yes("ASHAR_DEBUG", default=False)
ASHAR_DEMONSTRATION = env_yes("ASHAR_DEMONSTRATION", default=True)
ASHAR_HTTPS = env_yes("ASHAR_HTTPS", default=False)
PORT = env_text("PORT", "8000")
ASHAR_ADDRESS = env_text("ASHAR_ADDRESS", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env_list("ASHAR_HOSTS")]
SECRET_KEY = env_secret("ASHAR_SECRET_KEY", VAR_DIR / "secret-key")
LAW_DIR = BASE_DIR / "law"
# A reader who is not signed in may get a public page at most so many seconds old; 0 turns it off.
ASHAR_CROWD_SECONDS = int(env_text("ASHAR_CROWD_SECONDS", "5"))
# Journals of other servers whose checkpoints this one cosigns: their printed public keys.
ASHAR_WITNESSES_FOR = {key.partition("+")[0]: key for key in env_list("ASHAR_WITNESSES_FOR")}
# Servers asked to cosign ours after each checkpoint.
ASHAR_WITNESSES = env_list("ASHAR_WITNESSES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "csp",
    # Rooms, from the lowest to the highest (.importlinter keeps the order)
    "ashar.interface",
    "ashar.vault",
    "ashar.journal",
    "ashar.places",
    "ashar.parties",
    "ashar.entrance",
    "ashar.people",
    "ashar.documents",
    "ashar.cases",
    "ashar.seals",
    "ashar.events",
    "ashar.reviews",
    "ashar.indicators",
    "ashar.notices",
    "ashar.needs",
    "ashar.programmes",
    "ashar.calls",
    "ashar.agreements",
    "ashar.privacy",
    "ashar.portal",
    "ashar.desk",
    "ashar.server",
    # Signing in; after the rooms, whose templates go before theirs
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
AUTH_USER_MODEL = "parties.Account"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk:desk"  # named, so that the reader keeps the language
LOGOUT_REDIRECT_URL = "portal:home"

MIDDLEWARE = [
    "ashar.server.watching.watch",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ashar.server.middleware.readable_only",
    "ashar.server.crowd.ForTheCrowd",
    # Pages shrink to a fifth on slow lines; Django pads each answer against guessing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ashar.server.middleware.one_writer",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ashar.entrance.views.keeper.Keeper",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "ashar.server.once.FormsOnce",  # the last: it stands next to the page
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ashar.interface.context.page",
            ],
            # Every form gets its own mark: sent twice, it is carried out once.
            "builtins": ["ashar.interface.templatetags.ashar_forms"],
        },
    },
]
FORM_RENDERER = "ashar.interface.forms.AsharRenderer"
DJANGO_TABLES2_TEMPLATE = "_table.html"

# Storage
DATABASES = {
    "default": storage.database_from_address(
        env_text("DATABASE_URL"),
        default=VAR_DIR / "ashar.sqlite3",
        version=pysqlite3.sqlite_version_info,
    ),
}
if env_text("ASHAR_TEST_DATABASE"):  # browser tests need a file: the server reads in its own thread
    DATABASES["default"]["TEST"] = {"NAME": env_text("ASHAR_TEST_DATABASE")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR_DIR / "media"
CHECKPOINT_DIR = VAR_DIR / "checkpoints"  # copy it away: what others hold cannot be rewritten
FILE_UPLOAD_HANDLERS = ["ashar.interface.uploads.InMemory"]  # nothing unknown touches the disk
FILE_UPLOAD_TEMP_DIR = UPLOAD_DIR
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes of typed text in one form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # a survey sheet of a large aimak
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DOCUMENT_MAX_BYTES = 10 * 1024 * 1024  # one attached paper
REQUEST_MAX_BYTES = 40 * 1024 * 1024  # all files of one form together
ASHAR_VIRUS_SCANNER = env_text("ASHAR_VIRUS_SCANNER")  # clamd: a socket's path or host:port

# Back-ups: locked to a key that is not on this machine (`ashar backup --new-key`)
BACKUP_FOLDER = Path(env_text("ASHAR_BACKUP_FOLDER", str(VAR_DIR / "backups")))
BACKUP_SECOND_FOLDER = env_text("ASHAR_BACKUP_SECOND_FOLDER")  # another disk
BACKUP_RECIPIENTS = env_list("ASHAR_BACKUP_RECIPIENT")
BACKUP_HOURS = float(env_text("ASHAR_BACKUP_HOURS", "1"))  # between two; 0: somebody else does it
BACKUP_KEEP = int(env_text("ASHAR_BACKUP_KEEP", "48"))  # the last ones; then one a day for a month

# Languages: Kyrgyz is the original, Russian stands beside it
LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]  # corrections of Django's own Kyrgyz messages
FORMAT_MODULE_PATH = "config.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
TIME_ZONE = "Asia/Bishkek"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"  # stays empty: whitenoise reads the files of the rooms themselves
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60  # seconds

# People
# No rules of composition and no end of validity: both lead to worse passwords (docs/adr/0010)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ashar.entrance.access.passwords.LongEnough"},
    {"NAME": "ashar.entrance.access.passwords.NotKnown"},
    {"NAME": "ashar.entrance.access.passwords.NotName"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Those who decide or pay show a second thing besides the password, and sign in anew before
# what weighs; in the demonstration, whose password is public, only where this is asked for.
ASHAR_SECOND_FACTOR = env_yes("ASHAR_SECOND_FACTOR", default=not ASHAR_DEMONSTRATION)
ASHAR_SIGN_IN_ANEW = env_yes("ASHAR_SIGN_IN_ANEW", default=not ASHAR_DEMONSTRATION)
# How many servers of our own stand before this one and name the address of whoever asks
ASHAR_PROXIES = int(env_text("ASHAR_PROXIES", "1" if ASHAR_HTTPS else "0"))

ACCOUNT_ADAPTER = "ashar.entrance.views.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "reauthenticate": "20/5m/user"}
ACCOUNT_FORMS = {"reauthenticate": "ashar.entrance.forms.AnewForm"}
MFA_ADAPTER = "ashar.entrance.views.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False  # ashar check refuses the start with it
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}  # a village may share one address
MFA_FORMS = {
    "authenticate": "ashar.entrance.forms.CodeForm",
    "reauthenticate": "ashar.entrance.forms.CodeAnewForm",
    "activate_totp": "ashar.entrance.forms.NewCodesForm",
    "deactivate_totp": "ashar.entrance.forms.NoCodesForm",
    "add_webauthn": "ashar.entrance.forms.NewPasskeyForm",
}
# The state's identity provider, if there is one (docs/how-to/sign-in.md)
ASHAR_IDENTITY = {
    "address": env_text("ASHAR_IDENTITY_ADDRESS").rstrip("/"),
    "client": env_text("ASHAR_IDENTITY_CLIENT"),
    "secret": env_text("ASHAR_IDENTITY_SECRET"),
    "name": env_text("ASHAR_IDENTITY_NAME", "ЕСИ"),
}
if not ASHAR_IDENTITY["address"]:
    ASHAR_IDENTITY = {}
SOCIALACCOUNT_ADAPTER = "ashar.entrance.views.identity.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
AXES_HANDLER = "ashar.entrance.actions.tries.Tries"
AXES_LOCKOUT_CALLABLE = "ashar.entrance.views.door.closed"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # waiting is never prolonged by others
AXES_CLIENT_IP_CALLABLE = "ashar.entrance.access.client_address"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds: a working day, from signing in, whatever is done
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ASHAR_HTTPS
CSRF_TRUSTED_ORIGINS = env_list("ASHAR_TRUSTED_ORIGINS")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The browser runs no script but our own files; widths of bars and the map are inline styles.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        # Browsers hold the redirection to the identity provider against this list.
        "form-action": ["'self'", *env_list("ASHAR_IDENTITY_ORIGINS")],
        "frame-ancestors": ["'none'"],
    },
}
if ASHAR_IDENTITY and not env_list("ASHAR_IDENTITY_ORIGINS"):
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "/".join(ASHAR_IDENTITY["address"].split("/")[:3])
    )
if ASHAR_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env_yes("ASHAR_HTTPS_SUBDOMAINS", default=True)
    # Whether browsers carry the name in a list of their own is for the owner of the domain to ask.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    # Under these names a browser takes a cookie over HTTPS and from this host alone.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"

# Letters: written to a file until an administrator names a mail server
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "letters"
EMAIL_HOST = env_text("ASHAR_MAIL_HOST")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST_USER = env_text("ASHAR_MAIL_USER")
    EMAIL_HOST_PASSWORD = env_text("ASHAR_MAIL_PASSWORD")
    EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = env_text("ASHAR_MAIL_FROM", "ashar@localhost")

# Looking after it
METRICS_TOKEN = env_text("ASHAR_METRICS_TOKEN")  # /metrics answers this machine, or this word
SENTRY_DSN = env_text("ASHAR_SENTRY_DSN")  # where errors are reported; nowhere unless named
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$", r"^metrics$"]  # asked on this machine

# Logs: what happened and where, never whose data it was; lines of JSON where it works for real
LOG_LINES = env_yes("ASHAR_LOG_LINES", default=not ASHAR_DEMONSTRATION)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {
            "()": "ashar.server.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "lines": {"()": "ashar.server.logs.LineFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "lines" if LOG_LINES else "quiet",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "ashar": {"level": "INFO"},
        "ashar.access": {"level": "INFO" if LOG_LINES else "WARNING"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
