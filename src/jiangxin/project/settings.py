"""One settings file, read from JIANGXIN_*; see docs/reference/settings.md.

Nothing of a programme is set here: a tunable that comes from a document is policy, one
that differs by city is register data.
"""

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from jiangxin.project import env

PACKAGE = Path(__file__).resolve().parent.parent

VAR = env.folder("JIANGXIN_VAR", Path.cwd() / "var")
DEBUG = env.flag("JIANGXIN_DEBUG", default=False)
DEMONSTRATION = env.flag("JIANGXIN_DEMONSTRATION", default=False)
ALLOWED_HOSTS = env.words("JIANGXIN_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("JIANGXIN_ORIGINS", ())


def _kept_secret(path: Path) -> str:
    """Return the secret in `path`, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = env.text("JIANGXIN_SECRET_KEY") or _kept_secret(VAR / "keys" / "session")

# The key ring of personal data: see foundation/sealing.
JIANGXIN_KEY_RING = env.folder("JIANGXIN_KEY_RING", VAR / "keys" / "ring.json")
# Of keys made from now on, the first one too.
JIANGXIN_CIPHER = env.choice("JIANGXIN_CIPHER", ("AES-256-GCM", "SM4-GCM"))
JIANGXIN_UPLOADS = env.folder("JIANGXIN_UPLOADS", VAR / "uploads")
# What one account may have lying there without handing it in, and who looks for malware.
JIANGXIN_UPLOAD_QUOTA_MB = env.number("JIANGXIN_UPLOAD_QUOTA_MB", 200)
JIANGXIN_SCANNER = env.text("JIANGXIN_SCANNER")
# The snapshot that policies are matched on: see docs/explanation/policy-finds-people.md.
JIANGXIN_SNAPSHOT = env.folder("JIANGXIN_SNAPSHOT", VAR / "snapshot")
JIANGXIN_SNAPSHOT_FROM = env.number("JIANGXIN_SNAPSHOT_FROM", 1)
JIANGXIN_SNAPSHOT_THREADS = env.number("JIANGXIN_SNAPSHOT_THREADS", 2)
JIANGXIN_SNAPSHOT_MEMORY = env.text("JIANGXIN_SNAPSHOT_MEMORY", "600MB")
# Sign-in: see docs/explanation/sign-in.md.
JIANGXIN_IDLE_MINUTES = env.number("JIANGXIN_IDLE_MINUTES", 30)
JIANGXIN_SESSION_HOURS = env.number("JIANGXIN_SESSION_HOURS", 8)
# Where logs are shipped to, and how often: see docs/how-to/ship-logs.md.
JIANGXIN_LOG_TARGET = env.words("JIANGXIN_LOG_TARGET", ())
JIANGXIN_LOG_MINUTES = env.number("JIANGXIN_LOG_MINUTES", 15)
# The API: see docs/how-to/use-the-api.md.
JIANGXIN_API_TOKEN_DAYS = env.number("JIANGXIN_API_TOKEN_DAYS", 400)
JIANGXIN_API_CALLS_A_MINUTE = env.number("JIANGXIN_API_CALLS_A_MINUTE", 120)
# Before it nobody is told anything: a register is loaded first.
JIANGXIN_NOTICES_FROM = env.day("JIANGXIN_NOTICES_FROM")
JIANGXIN_ACTOR_FACTORY = "jiangxin.kernel.access.queries.actor_for"

# Where the public reaches the platform: certificates carry it for ever.
JIANGXIN_ADDRESS = env.address("JIANGXIN_ADDRESS", "http://localhost:8000")
# Of a time-stamping authority (RFC 3161) that signatures on PDF ask; empty for none.
JIANGXIN_TIMESTAMP_ADDRESS = env.text("JIANGXIN_TIMESTAMP_ADDRESS")
# How often one address may look credentials up.
JIANGXIN_LOOK_UPS_A_MINUTE = env.number("JIANGXIN_LOOK_UPS_A_MINUTE", 60)

# Shown in the footer of public pages when set.
JIANGXIN_FEDERATION_NAME = env.text("JIANGXIN_FEDERATION_NAME")
JIANGXIN_SPONSOR = env.text("JIANGXIN_SPONSOR")
JIANGXIN_ICP_NUMBER = env.text("JIANGXIN_ICP_NUMBER")
JIANGXIN_POLICE_NUMBER = env.text("JIANGXIN_POLICE_NUMBER")

PROGRAMMES = [
    "jiangxin.programmes.contests",
    "jiangxin.programmes.craftsmen",
    "jiangxin.programmes.honours",
    "jiangxin.programmes.pre_shift",
    "jiangxin.programmes.rights",
    "jiangxin.programmes.service_window",
    "jiangxin.programmes.skill_credit",
    "jiangxin.programmes.studios",
    "jiangxin.programmes.talent_pools",
    "jiangxin.programmes.training",
    "jiangxin.programmes.volunteering",
    "jiangxin.programmes.wage_accords",
]
INSTALLED_APPS = [
    "jiangxin.foundation.clock",
    "jiangxin.foundation.trail",
    "jiangxin.foundation.jobs",
    "jiangxin.foundation.sealing",
    "jiangxin.foundation.uploads",
    "jiangxin.foundation.logs",
    "jiangxin.foundation.reference",
    "jiangxin.foundation.wall",
    "jiangxin.foundation.web",
    "jiangxin.foundation.ui",
    "jiangxin.kernel.access",
    "jiangxin.kernel.register",
    "jiangxin.kernel.privacy",
    "jiangxin.kernel.credentials",
    "jiangxin.kernel.corrections",
    "jiangxin.kernel.notices",
    "jiangxin.kernel.policy",
    "jiangxin.kernel.matters",
    "jiangxin.kernel.ratings",
    "jiangxin.kernel.counter",
    *PROGRAMMES,
    "jiangxin.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jiangxin.foundation.web.middleware.WallMiddleware",
    "jiangxin.foundation.web.middleware.ActorMiddleware",
    "jiangxin.foundation.web.middleware.PrivateMiddleware",
    "jiangxin.kernel.access.middleware.SessionLimitsMiddleware",
    "jiangxin.kernel.access.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jiangxin.foundation.web.middleware.ErrorsMiddleware",
]
ROOT_URLCONF = "jiangxin.project.urls"
WSGI_APPLICATION = "jiangxin.project.wsgi.application"
CSRF_FAILURE_VIEW = "jiangxin.foundation.web.failures.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        ),
                    ],
                ),
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jiangxin.foundation.ui.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "jiangxin.foundation.ui.forms.FormRenderer"

DATABASES = {"default": env.database("JIANGXIN_DATABASE", VAR / "jiangxin.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes: a code of an authenticator app counts once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.Account"
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "access:home"
LOGOUT_REDIRECT_URL = "access:public-home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "jiangxin.kernel.access.passwords.MixedCharacters"},
    {"NAME": "jiangxin.kernel.access.passwords.NotUsedBefore"},
]

# The steps of a sign-in are allauth's. It opens no account, sends no mail, and counts
# no failures: `access.operations.attempts` does, in the database.
ACCOUNT_ADAPTER = "jiangxin.kernel.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "jiangxin.kernel.access.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "jiangxin.kernel.access.forms.SecondFactorCode",
    "activate_totp": "jiangxin.kernel.access.forms.AuthenticatorApp",
    "add_webauthn": "jiangxin.kernel.access.forms.Passkey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_REAUTHENTICATION_REQUIRED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.flag("JIANGXIN_HTTPS", default=False)
SOCIALACCOUNT_ADAPTER = "jiangxin.kernel.access.adapters.IdentityAdapter"
# A form may not lead to another host (form-action), so a link begins the round trip.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = env.identity_providers()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["jiangxin.project.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Uploads hold names and ID numbers: they stay in memory until they are sealed, and one
# that is larger than any form takes is refused unread.
FILE_UPLOAD_HANDLERS = ["jiangxin.foundation.web.uploads.InMemoryOnly"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 61 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = JIANGXIN_SESSION_HOURS * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("JIANGXIN_HTTPS", default=False)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Tabler's style sheet holds its icons as data
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jiangxin.foundation.log_lines.MaskedLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("JIANGXIN_LOG_LEVEL", "WARNING"),
    },
}
