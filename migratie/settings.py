"""All settings, from the environment, in one file that fails loudly.

Without the demo switch (`REGIEMONITOR_DEMO=1`, set by `script/server`, `script/manage` and `script/test`) nothing has a
default that could leak or lose something: a missing secret, database, broker or mail address refuses to start.
"""

import datetime
import logging
import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from migratie.logregels import verberg, verberg_in_record
from migratie.startcontrole import (
    database_met_wachtwoord,
    grenzen_per_minuut,
    makelaar_met_wachtwoord,
    post_zonder_open_wachtwoord,
    sterk_geheim,
    vorige_geheimen,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


def verplicht(naam: str, uitleg: str) -> str:
    """The value of an environment variable that has no default; raises ImproperlyConfigured with what to do."""
    waarde: str = env.str(naam, "")
    if not waarde:
        raise ImproperlyConfigured(f"{naam} ontbreekt. {uitleg}")
    return waarde


def lokaal_geheim(pad: Path) -> str:
    """The secret of this demo installation: made once, readable by its owner only."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    if not pad.exists():
        pad.touch(mode=0o600)
        pad.write_text(secrets.token_urlsafe(50))
    return pad.read_text().strip()


def besloten_map(pad: Path) -> Path:
    """A folder that no web server serves; raises ImproperlyConfigured for one that could be."""
    if not pad.is_absolute():
        raise ImproperlyConfigured("BIJLAGENMAP moet een volledig pad zijn, zoals /var/lib/regiemonitor/bijlagen.")
    openbaar = (BASE_DIR / "static", BASE_DIR / "node_modules", VAR / "static")
    if any(pad.resolve().is_relative_to(map_.resolve()) for map_ in openbaar):
        raise ImproperlyConfigured("BIJLAGENMAP ligt in een map die voor iedereen te lezen is. Kies een besloten map.")
    return pad


EMAIL_UITLEG = "Zet bijvoorbeeld submission://gebruiker:wachtwoord@host:587 (STARTTLS), smtp://...:465?ssl=1 (TLS) of smtp://host:25."

try:
    DEMO = env.bool("REGIEMONITOR_DEMO", False)
    VAR = Path(env.str("REGIEMONITOR_VAR", str(BASE_DIR / "var")))
    POORT = env.int("PORT", 8000)

    if DEMO:
        SECRET_KEY = env.str("SECRET_KEY", "") or lokaal_geheim(VAR / "geheim")
        ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
        SITE_URL = env.str("REGIEMONITOR_URL", f"http://127.0.0.1:{POORT}")
        STANDAARD_EMAIL = env.str("EMAIL_URL", "")
        STANDAARD_BROKER = env.str("CELERY_BROKER_URL", "filesystem://localhost")
        DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Regiemonitor <regiemonitor@voorbeeld.nl>")
        BIJLAGENMAP = besloten_map(Path(env.str("BIJLAGENMAP", "") or VAR.resolve() / "bijlagen"))
        verplicht("DATABASE_URL", "Gebruik script/manage: dat start de meegeleverde database.")
    else:
        SECRET_KEY = sterk_geheim(
            "SECRET_KEY", verplicht("SECRET_KEY", "Zet een willekeurige reeks van minstens 50 tekens.")
        )
        verplicht("DATABASE_URL", "Zet bijvoorbeeld postgres://gebruiker:wachtwoord@host:5432/regiemonitor.")
        ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
        if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
            raise ImproperlyConfigured("ALLOWED_HOSTS ontbreekt of is '*'. Zet de hostnamen, gescheiden door komma's.")
        SITE_URL = verplicht(
            "REGIEMONITOR_URL", "Zet het adres waarop gebruikers komen, zoals https://regie.example.nl."
        )
        if not SITE_URL.startswith("https://"):
            raise ImproperlyConfigured("REGIEMONITOR_URL moet met https:// beginnen.")
        STANDAARD_EMAIL = verplicht("EMAIL_URL", EMAIL_UITLEG)
        STANDAARD_BROKER = verplicht("CELERY_BROKER_URL", "Zet bijvoorbeeld redis://:wachtwoord@host:6379/0.")
        makelaar_met_wachtwoord(STANDAARD_BROKER)
        DEFAULT_FROM_EMAIL = verplicht("DEFAULT_FROM_EMAIL", "Zet het afzenderadres van de herinneringen.")
        BIJLAGENMAP = besloten_map(
            Path(verplicht("BIJLAGENMAP", "Zet een besloten map die bewaard blijft en in de reservekopie zit."))
        )

    # How large an annex may be. Whatever is larger is not even kept while it comes in.
    BIJLAGE_HOOGSTENS = env.int("BIJLAGE_HOOGSTENS_MB", 25) * 1024 * 1024
    if BIJLAGE_HOOGSTENS < 1:
        raise ImproperlyConfigured("BIJLAGE_HOOGSTENS_MB moet 1 of meer zijn.")
    # Papers: written by the worker, read by the web, so both must see this folder; and for how many days (0: always).
    STUKKENMAP = Path(env.str("STUKKENMAP", "") or BIJLAGENMAP / "stukken").resolve()
    STUKKEN_BEWAARDAGEN = env.int("STUKKEN_BEWAARDAGEN", 730)
    if STUKKEN_BEWAARDAGEN < 0:
        raise ImproperlyConfigured("STUKKEN_BEWAARDAGEN moet 0 (altijd) of meer zijn.")
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL moet een PostgreSQL-database zijn (postgres://...).")
    # While a secret is replaced: what was signed with the former one (sessions, links in mail) stays good.
    SECRET_KEY_FALLBACKS = vorige_geheimen(env.list("SECRET_KEY_FALLBACKS", []), SECRET_KEY)
    if not DEMO:
        database_met_wachtwoord(DATABASES["default"])
    # Counts of attempts stand in the database, which is there whenever anybody can sign in; a cache server may be away.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "toegang_geheugen",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
        # How much who asks: in the memory of each process, because it is asked at every question (migratie/drukte.py).
        "drukte": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
    }
    HOOGSTENS_PER_MINUUT = grenzen_per_minuut(env, demo=DEMO)
    MAIL = env.dj_email_url("EMAIL_URL", "smtp://localhost") if STANDAARD_EMAIL else {}
    if STANDAARD_EMAIL and MAIL.get("EMAIL_BACKEND") != "django.core.mail.backends.smtp.EmailBackend":
        # An address that is not understood must not become mail in files, or mail over an open line.
        raise ImproperlyConfigured(f"EMAIL_URL is geen mailserver. {EMAIL_UITLEG}")
    if not DEMO:
        post_zonder_open_wachtwoord(MAIL)
    # Where an answer to a reminder goes; without it to the first member of the LRT-secretariaat.
    ANTWOORDADRES = env.str("ANTWOORDADRES", "")
    if ANTWOORDADRES and "@" not in parseaddr(ANTWOORDADRES)[1]:
        raise ImproperlyConfigured("ANTWOORDADRES is geen e-mailadres.")
    VERTROUWDE_PROXY = env.bool("VERTROUWDE_PROXY", False)
    LOGNIVEAU = env.str("LOGNIVEAU", "INFO")
    # How long a session lasts without any sign of life, and at most; how long a person stays locked after wrong tries;
    # how long a link in a mail opens.
    SESSIE_STIL = datetime.timedelta(minutes=env.int("SESSIE_STIL_MINUTEN", 120))
    SESSIE_HOOGSTENS = datetime.timedelta(hours=env.int("SESSIE_HOOGSTENS_UREN", 12))
    AXES_COOLOFF_TIME = datetime.timedelta(minutes=env.int("INLOGSLOT_MINUTEN", 15))
    HERSTEL_GELDIG = datetime.timedelta(minutes=env.int("HERSTEL_GELDIG_MINUTEN", 60))
    UITNODIGING_GELDIG = datetime.timedelta(days=env.int("UITNODIGING_GELDIG_DAGEN", 7))
    _duren = (SESSIE_STIL, SESSIE_HOOGSTENS, AXES_COOLOFF_TIME, HERSTEL_GELDIG, UITNODIGING_GELDIG)
    if min(_duren) <= datetime.timedelta():
        raise ImproperlyConfigured(
            "SESSIE_STIL_MINUTEN, SESSIE_HOOGSTENS_UREN, INLOGSLOT_MINUTEN, HERSTEL_GELDIG_MINUTEN en "
            "UITNODIGING_GELDIG_DAGEN moeten 1 of meer zijn."
        )
    # Client secrets of the organisations people sign in with. A beheerder names no variable: the name follows from the
    # address name, so that nobody can send another secret of this server to a provider of their own.
    AANMELDGEHEIMEN = {naam: waarde for naam, waarde in os.environ.items() if naam.startswith("OIDC_GEHEIM_")}
except (EnvError, ValueError) as fout:
    raise ImproperlyConfigured(str(fout)) from None

DATABASES["default"]["OPTIONS"] = {
    # A machine that vanishes without a word is noticed within a minute or two, at both ends of the line: by us, so that
    # no process waits forever, and by the database, so that whoever was handing over mail gives up the turn.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60000,
    **DATABASES["default"].get("OPTIONS", {}),
    # A request never waits on a lock or a query longer than its reader does.
    "options": "-c statement_timeout=30000 -c lock_timeout=5000"
    " -c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c tcp_user_timeout=90000",
}

# Mail: what the address says; the demo without an address writes one file per recipient.
EMAIL_BACKEND = MAIL.get("EMAIL_BACKEND", "migratie.post.BestandenBackend")
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "migratie.post.MailserverBackend"
EMAIL_HOST = MAIL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "") or ""
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "") or ""
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = MAIL.get("EMAIL_TIMEOUT") or 30
EMAIL_FILE_PATH = str(VAR / "mail")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "knox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_structlog",
    "logboek",
    "maatregelen",
    "regietafel",
    "toegang",
]

MIDDLEWARE = [
    # These three first: what the next ones answer by themselves, a redirect or a style sheet, carries the headers too.
    "migratie.koppen.Koppen",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maatregelen.views.blikveld.OpenOfIngelogd",
    "migratie.drukte.Drukte",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "logboek.views.vermelding.Vermelding",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    # Before anything of a page happens: who must first choose a password or a second step gets to nothing else.
    "toegang.views.wacht.Toegangswacht",
    "maatregelen.views.blikveld.Blikveld",
    # The last one: who looks is known, and nothing but the page itself happens in the past.
    "maatregelen.views.terugblik.Terugblikken",
]

ROOT_URLCONF = "migratie.urls"
WSGI_APPLICATION = "migratie.wsgi.application"
APPEND_SLASH = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

# Who signs in
AUTH_USER_MODEL = "maatregelen.Persoon"
AUTHENTICATION_BACKENDS = [
    "toegang.slot.Slotwacht",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # Refuses nothing: has everybody told of a new password.
    {"NAME": "toegang.wachtwoordwacht.Wijzigingsbericht"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "vandaag"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "toegang.poort.Poort"
ACCOUNT_FORMS = {
    "login": "toegang.forms.inloggen.Inlogformulier",
    "reauthenticate": "toegang.forms.inloggen.Bevestigformulier",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Wrong passwords are counted by axes, per person and source. These count the rest: codes of the second step per person
# (whoever gets that far knows the password), and requests per source and per address.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key", "reset_password": "20/h/ip,5/h/key"}  # nosec B105  a rate
AXES_HANDLER = "toegang.slot.Slot"
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "toegang.slot.antwoord_bij_slot"
AXES_USERNAME_CALLABLE = "toegang.slot.naam_van"
AXES_CLIENT_IP_CALLABLE = "toegang.slot.bron_van"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# The second step
MFA_ADAPTER = "toegang.tweedestap.Kluis"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # passkeys on http://localhost; elsewhere only over https
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from a beheerder: nobody signs up here
MFA_TOTP_ISSUER = "Regiemonitor"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "toegang.forms.tweedestap.Codeformulier",
    "reauthenticate": "toegang.forms.tweedestap.Bevestigcodeformulier",
    "activate_totp": "toegang.forms.tweedestap.Appformulier",
    "deactivate_totp": "toegang.forms.tweedestap.Appverwijderformulier",
    "add_webauthn": "toegang.forms.tweedestap.Passkeyformulier",
    "edit_webauthn": "toegang.forms.tweedestap.Passkeynaamformulier",
}
# The demo can try it out; elsewhere nothing switches it off but what the beheerder says of each role.
TWEEDE_STAP_AFDWINGEN = not DEMO or env.bool("TWEEDE_STAP_AFDWINGEN", False)

# Signing in with the account of the own organisation: which ones there are the beheerder keeps (toegang).
SOCIALACCOUNT_ADAPTER = "toegang.views.aanmelden.Aanmeldadapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
AANMELDEN_ZONDER_TLS = DEMO  # a provider on plain http, for tests on this machine

# Language and time
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Static files: our own, and the published packages of the design system (installed by script/bootstrap)
STATIC_URL = "/static/"
STATIC_ROOT = str(VAR / "static")
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    ("nldesign/components", NODE_MODULES / "@rijkshuisstijl-community" / "components-css" / "dist"),
    ("nldesign/tokens", NODE_MODULES / "@nl-design-system-unstable" / "voorbeeld-design-tokens" / "dist"),
    ("fira-sans", NODE_MODULES / "@fontsource" / "fira-sans"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEMO
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEMO
if DEMO:
    Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # nothing is collected, but its absence is a warning
WHITENOISE_AUTOREFRESH = False

# Security: the demo on plain 127.0.0.1 is the only exception, and says so by its switch.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "regiemonitor_sessie" if DEMO else "__Host-sessie"
CSRF_COOKIE_NAME = "regiemonitor_csrf" if DEMO else "__Host-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "toegang.sessieopslag"
SESSION_COOKIE_AGE = int(SESSIE_HOOGSTENS.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if DEMO else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if VERTROUWDE_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Failed sign-ins are counted per visitor: by the address of the proxy ten of them would shut out everybody.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "regietafel.views.ontvangst.Begrensd",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# History by database triggers: append-only, one statement per statement, the real moment and who did it.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# API: the house rules are in migratie/rest.py
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "migratie.rest.TokenToegang",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["migratie.drukte.ApiBekenden"],
    "DEFAULT_RENDERER_CLASSES": ["migratie.rest.JsonWeergave"],
    "DEFAULT_PARSER_CLASSES": ["migratie.rest.JsonInvoer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "migratie.rest.Onderhandeling",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PAGINATION_CLASS": "migratie.rest.Bladering",
    "DEFAULT_FILTER_BACKENDS": ["migratie.rest.StrengFilter"],
    "DEFAULT_SCHEMA_CLASS": "migratie.openapi.Beschrijving",
    "EXCEPTION_HANDLER": "migratie.problemen.probleem",
    "URL_FORMAT_OVERRIDE": None,
    "PAGE_SIZE": 25,
}
REST_KNOX = {
    "TOKEN_MODEL": "maatregelen.Toegangssleutel",  # nosec B105  name of a model
    "AUTH_HEADER_PREFIX": "Token",
    "TOKEN_TTL": None,  # nosec B105  each key has its own last day
    # By this a key is recognised wherever it ends up: in a log (migratie/logregels.py) or in somebody's repository.
    "TOKEN_PREFIX": "rgm_",  # nosec B105  how every key begins
}
KNOX_TOKEN_MODEL = REST_KNOX["TOKEN_MODEL"]
SPECTACULAR_SETTINGS = {
    "TITLE": "Regiemonitor",
    "DESCRIPTION": (
        "Agenda's, pijlers, maatregelen, mijlpalen, organisaties en hun stand. Meld u aan met een toegangssleutel: "
        "`Authorization: Token <sleutel>`. Dagen zijn JJJJ-MM-DD, momenten ISO 8601 in UTC. Lijsten zijn er in "
        "bladzijden (`page`, `pageSize`) en hebben een vaste volgorde. Een onbekend filter of een onbekende waarde "
        "wordt geweigerd. `peildatum` toont wat er op een dag was en wat toen gold, `gezienOp` wat hier op een dag "
        "of moment was vastgelegd. Het adres zonder meer noemt de lijsten."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.0.3",
    "CONTACT": {
        "name": "Beheer van Regiemonitor",
        "url": f"{SITE_URL}/.well-known/security.txt",
        "email": parseaddr(DEFAULT_FROM_EMAIL)[1],
    },
    "LICENSE": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    "SERVERS": [{"url": f"{SITE_URL}/api/v1", "description": "Deze installatie."}],
    "TAGS": [
        {"name": "agendas", "description": "Beleidsagenda's: brieven, akkoorden, verslagen met afspraken."},
        {"name": "pijlers", "description": "Hoofdstukken van een agenda."},
        {"name": "maatregelen", "description": "Wat er moet gebeuren, door wie, en hoe het ermee staat."},
        {"name": "mijlpalen", "description": "Wat er wanneer klaar moet zijn."},
        {"name": "reacties", "description": "Wat organisaties van een maatregel vinden, naast de status."},
        {"name": "organisaties", "description": "Ministeries, koepels, uitvoerders en hun opvolgers."},
        {"name": "statuswijzigingen", "description": "De geschiedenis van de status."},
        {"name": "indicatoren", "description": "Doelen en gemeten cijfers."},
        {"name": "vergaderingen", "description": "Wanneer de tafel bijeenkomt, wie er was en hoe ver de stukken zijn."},
        {"name": "agendapunten", "description": "Waar een vergadering over gaat, met bijlagen en maatregelen."},
        {"name": "inbreng", "description": "Wie wat inbracht: standpunten, vragen, zorgen, voorstellen."},
        {"name": "besluiten", "description": "Wat de tafel besloot of afsprak, en wat elders was besloten."},
        {"name": "terugkoppelingen", "description": "Wat er van een besluit is gekomen, per maatregel."},
        {"name": "actiepunten", "description": "Wat iemand zou doen, wanneer, en wat ervan kwam."},
        {"name": "wijzigingen", "description": "Alles wat wijzigde, op volgorde, om bij te blijven."},
        {"name": "openapi", "description": "Deze beschrijving."},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "migratie.openapi.huisregels",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "ENUM_NAME_OVERRIDES": {
        "Status": "maatregelen.models.Status",
        "Zicht": "maatregelen.serializers.grondslag.NIVEAUS",
        "Publicatie": "maatregelen.models.Publicatie",
        "Reactiesoort": "maatregelen.models.Reactiesoort",
        "Voortgang": "maatregelen.models.Voortgang",
        "Maatregelsoort": "maatregelen.models.Maatregelsoort",
        "Aard": "maatregelen.models.Aard",
        "BetrokkenheidRol": "maatregelen.models.BetrokkenheidRol",
        "Herkomst": "maatregelen.models.Herkomst",
        "Agendasoort": "maatregelen.models.Agendasoort",
        "Agendastaat": "maatregelen.models.Agendastaat",
        "Pijlerrol": "maatregelen.models.Pijlerrol",
        "Organisatiesoort": "maatregelen.models.Organisatiesoort",
        "Precisie": "maatregelen.models.Precisie",
        "Relatie": "maatregelen.models.Relatie",
        "Hardheid": "maatregelen.models.Hardheid",
        "Vergadersoort": "regietafel.models.Vergadersoort",
        "Vergaderstaat": "regietafel.models.Vergaderstaat",
        "Deelnamerol": "regietafel.models.Deelnamerol",
        "Aanwezigheid": "regietafel.models.Aanwezigheid",
        "Doel": "regietafel.models.Doel",
        "Inbrengsoort": "regietafel.models.Inbrengsoort",
        "Besluitsoort": "regietafel.models.Besluitsoort",
        "Terugkoppelstand": "regietafel.models.Terugkoppelstand",
        "Actiesoort": "regietafel.models.Actiesoort",
        "Actiestand": "regietafel.models.Actiestand",
        "Actiewijzigingsoort": "regietafel.models.Actiewijzigingsoort",
    },
}

# What the change feed of the API tells besides the measures: lists of kinds, in the order in which they came to it.
WIJZIGINGSSOORTEN = ["regietafel.wijzigingssoorten.TAFELSOORTEN"]

# The log: what stands below this path comes from the API.
LOGBOEK_API_PAD = "/api/"
# After how many days names and network addresses go out of the log, and people who left long ago out of the system.
# Zero: never. What happened stays.
try:
    LOGBOEK_BEWAARDAGEN_PERSONEN = env.int("LOGBOEK_BEWAARDAGEN_PERSONEN", 5 * 365)
except (EnvError, ValueError) as fout:
    raise ImproperlyConfigured(str(fout)) from None
if LOGBOEK_BEWAARDAGEN_PERSONEN != 0 and not 30 <= LOGBOEK_BEWAARDAGEN_PERSONEN <= 100 * 365:
    raise ImproperlyConfigured("LOGBOEK_BEWAARDAGEN_PERSONEN moet 0 (nooit) of 30 tot en met 36500 zijn.")

# What can stand for a day in the past besides the day itself: functions of who looks and a name.
PEILNAMEN = ["regietafel.zichtbaarheid.dag_van_vergadering"]

# Background work. Clock times are in migratie/celery.py.
CELERY_BROKER_URL = STANDAARD_BROKER
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that is away for a night does not end worker and beat
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL.startswith("filesystem"):
    for _map in ("wachtrij", "beheer"):
        (VAR / "broker" / _map).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "wachtrij"),
        "data_folder_out": str(VAR / "broker" / "wachtrij"),
        "control_folder": str(VAR / "broker" / "beheer"),
        "store_processed": False,
    }

# Logging: one line of JSON per event in production, readable lines in the demo.
# A traceback without the values of variables: among those are passwords and keys.
_weergave: Any = (
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    if DEMO
    else structlog.processors.JSONRenderer()
)
_voorbewerking: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    # The readable renderer shows a traceback itself; JSON needs it as text, of Django's and Celery's own lines too.
    *([] if DEMO else [structlog.processors.format_exc_info]),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "regel": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _weergave, verberg],
            "foreign_pre_chain": _voorbewerking,
        }
    },
    "handlers": {"uitvoer": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["uitvoer"], "level": LOGNIVEAU},
    # Who came in and who did not stands in the log of the product; these lines say the same of every sign-in.
    "loggers": {"axes": {"level": "ERROR"}},
}
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_voorbewerking,
        structlog.processors.StackInfoRenderer(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# These write their own lines, in whatever way they are told to.
for _logger in ("gunicorn.access", "gunicorn.error", "django.server"):
    logging.getLogger(_logger).addFilter(verberg_in_record)
