"""The settings fail loudly: without the demo switch nothing has a default that could leak or lose something."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.utils import get_random_secret_key

from migratie.startcontrole import sterk_geheim

HUIS = Path(__file__).resolve().parent.parent
GOED = {
    "SECRET_KEY": "q7Zr!k2Lm9Xw4Tb6Nc8Vd0Sf3Gh5Jp1Aq7Zr-k2Lm9Xw4Tb6Nc8Vd0",
    "DATABASE_URL": "postgres://niemand@127.0.0.1:1/niets",
    "ALLOWED_HOSTS": "regie.example.nl",
    "REGIEMONITOR_URL": "https://regie.example.nl",
    "EMAIL_URL": "submission://gebruiker:geheimwoord@127.0.0.1:587",
    "DEFAULT_FROM_EMAIL": "regie@example.nl",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "BIJLAGENMAP": "/var/lib/regiemonitor/bijlagen",
}

STERK = "Vb8xLq2Wn5Rz7Ty4Kd9Pf3Hj6Mc1Gs0Xw_Ee-Uu8Ii5Oo2Aa7Zz4Yy1"


def draai(omgeving: dict[str, str], *opdracht: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py in exactly this environment."""
    schoon = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, "manage.py", *opdracht],
        cwd=HUIS,
        env={**schoon, **omgeving},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_starts_when_everything_is_said() -> None:
    uitkomst = draai(GOED, "check", "--deploy", "--fail-level", "INFO")
    assert (uitkomst.returncode, uitkomst.stdout) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize("naam", sorted(GOED))
def test_production_refuses_to_start_without(naam: str) -> None:
    uitkomst = draai({sleutel: waarde for sleutel, waarde in GOED.items() if sleutel != naam}, "check")
    assert uitkomst.returncode == 1
    assert uitkomst.stderr.startswith(f"Instellingen kloppen niet: {naam} ontbreekt")
    assert uitkomst.stderr.count("\n") == 1
    assert "geheimwoord" not in uitkomst.stderr


@pytest.mark.parametrize(
    ("naam", "waarde", "melding"),
    [
        ("SECRET_KEY", "kort", "SECRET_KEY is te zwak"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY is te zwak"),
        ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyz" * 3, "SECRET_KEY is te raden"),
        ("SECRET_KEY", "k3Jq9ZtX2bR7" * 5, "SECRET_KEY is te raden"),
        ("SECRET_KEY", f"django-insecure-{STERK}", "SECRET_KEY is te raden"),
        ("SECRET_KEY", f"ChangeMe{STERK}", "SECRET_KEY is te raden"),
        ("SECRET_KEY_FALLBACKS", "geheimwoord", "SECRET_KEY_FALLBACKS is te zwak"),
        ("SECRET_KEY_FALLBACKS", f"{STERK},{STERK * 3}", "SECRET_KEY_FALLBACKS is te raden"),
        ("SECRET_KEY_FALLBACKS", GOED["SECRET_KEY"], "SECRET_KEY_FALLBACKS bevat ook SECRET_KEY"),
        ("DATABASE_URL", "postgres://regie@db.example.nl/regie", "DATABASE_URL heeft geen wachtwoord"),
        ("DATABASE_URL", "postgres://regie:regie@10.0.0.3/regie", "DATABASE_URL heeft geen wachtwoord, of een bekend"),
        ("DATABASE_URL", "postgres://regie:Wachtwoord@db/regie", "DATABASE_URL heeft geen wachtwoord, of een bekend"),
        ("CELERY_BROKER_URL", "redis://broker:6379/0", "CELERY_BROKER_URL heeft geen wachtwoord"),
        ("CELERY_BROKER_URL", "amqp://broker//", "CELERY_BROKER_URL heeft geen wachtwoord"),
        ("CELERY_BROKER_URL", "amqp://guest:guest@broker//", "CELERY_BROKER_URL heeft geen wachtwoord, of een bekend"),
        ("CELERY_BROKER_URL", "redis://127.0.0.1/0;redis://broker/0", "CELERY_BROKER_URL heeft geen wachtwoord"),
        ("EMAIL_URL", "smtp://gebruiker:geheimwoord@post:25", "EMAIL_URL stuurt een wachtwoord leesbaar"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS ontbreekt of is '*'"),
        ("REGIEMONITOR_URL", "http://regie.example.nl", "REGIEMONITOR_URL moet met https:// beginnen"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL moet een PostgreSQL-database zijn"),
        ("EMAIL_URL", "smtp+tls://gebruiker:geheimwoord@127.0.0.1:587", "EMAIL_URL is geen mailserver"),
        ("EMAIL_URL", "console://", "EMAIL_URL is geen mailserver"),
        ("BIJLAGENMAP", "bijlagen", "BIJLAGENMAP moet een volledig pad zijn"),
        ("BIJLAGENMAP", str(HUIS / "static" / "bijlagen"), "BIJLAGENMAP ligt in een map die voor iedereen te lezen is"),
        ("BIJLAGENMAP", str(HUIS / "var" / "static"), "BIJLAGENMAP ligt in een map die voor iedereen te lezen is"),
        ("BIJLAGE_HOOGSTENS_MB", "0", "BIJLAGE_HOOGSTENS_MB moet 1 of meer zijn"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "vijf jaar", "LOGBOEK_BEWAARDAGEN_PERSONEN"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "", "LOGBOEK_BEWAARDAGEN_PERSONEN"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "30.5", "LOGBOEK_BEWAARDAGEN_PERSONEN"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "-1", "LOGBOEK_BEWAARDAGEN_PERSONEN moet 0 (nooit) of 30 tot en met 36500"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "1", "LOGBOEK_BEWAARDAGEN_PERSONEN moet 0 (nooit) of 30 tot en met 36500"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "29", "LOGBOEK_BEWAARDAGEN_PERSONEN moet 0 (nooit) of 30 tot en met 36500"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "36501", "LOGBOEK_BEWAARDAGEN_PERSONEN moet 0 (nooit) of 30 tot en met"),
        ("ANTWOORDADRES", "geen adres", "ANTWOORDADRES is geen e-mailadres"),
        ("REGIEMONITOR_DEMO", "misschien", "REGIEMONITOR_DEMO"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(naam: str, waarde: str, melding: str) -> None:
    uitkomst = draai({**GOED, naam: waarde}, "check")
    assert uitkomst.returncode == 1
    assert melding in uitkomst.stderr
    assert "Traceback" not in uitkomst.stderr
    assert "geheimwoord" not in uitkomst.stderr
    assert uitkomst.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("SECRET_KEY_FALLBACKS", STERK),
        ("DATABASE_URL", "postgres://regie:Xk3-9qLm@db.example.nl/regie"),
        ("DATABASE_URL", "postgres://regie@/regie?host=/var/run/postgresql"),
        ("DATABASE_URL", "postgres://regie@db.example.nl/regie?sslcert=/etc/regie.crt&sslkey=/etc/regie.key"),
        ("DATABASE_URL", "postgres://regie@[::1]/regie"),
        ("CELERY_BROKER_URL", "redis://:Xk3-9qLm@broker:6379/0"),
        ("CELERY_BROKER_URL", "amqp://guest:guest@127.0.0.1//"),
        ("EMAIL_URL", "smtp://post:25"),
        ("EMAIL_URL", "smtp://gebruiker:geheimwoord@localhost:25"),
        ("EMAIL_URL", "submission://gebruiker:geheimwoord@post:587"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "0"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "30"),
        ("LOGBOEK_BEWAARDAGEN_PERSONEN", "36500"),
    ],
)
def test_what_is_safe_starts(naam: str, waarde: str) -> None:
    uitkomst = draai({**GOED, naam: waarde}, "check", "--deploy", "--fail-level", "INFO")
    assert (uitkomst.returncode, uitkomst.stderr) == (0, "")


def test_chance_is_never_taken_for_a_weak_secret() -> None:
    for _ in range(2000):
        for waarde in (secrets.token_urlsafe(60), secrets.token_hex(32), get_random_secret_key()):
            assert sterk_geheim("SECRET_KEY", waarde) == waarde


def test_what_was_signed_with_the_former_secret_stays_good_for_a_while() -> None:
    maak = "from django.core.signing import dumps; print(dumps('x'))"
    getekend = draai(GOED, "shell", "--no-imports", "-c", maak).stdout.strip()
    lees = f"from django.core.signing import loads; print(loads('{getekend}'))"
    nieuw = {**GOED, "SECRET_KEY": STERK}
    assert "BadSignature" in draai(nieuw, "shell", "--no-imports", "-c", lees).stderr
    vorig = {**nieuw, "SECRET_KEY_FALLBACKS": GOED["SECRET_KEY"]}
    assert draai(vorig, "shell", "--no-imports", "-c", lees).stdout == "x\n"


def test_the_demo_needs_its_database_named() -> None:
    uitkomst = draai({"REGIEMONITOR_DEMO": "1"}, "check")
    assert uitkomst.returncode == 1
    assert "script/manage" in uitkomst.stderr


def test_the_demo_keeps_its_secret_to_itself(tmp_path: Path) -> None:
    demo = {"REGIEMONITOR_DEMO": "1", "REGIEMONITOR_VAR": str(tmp_path), "DATABASE_URL": GOED["DATABASE_URL"]}
    assert draai(demo, "check").returncode == 0
    eerste = (tmp_path / "geheim").read_text()
    assert draai(demo, "check").returncode == 0
    assert (tmp_path / "geheim").read_text() == eerste
    assert len(eerste) >= 50
    assert (tmp_path / "geheim").stat().st_mode & 0o777 == 0o600


def test_cookies_of_production_are_bound_to_the_host() -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)"
    )
    uitkomst = draai(GOED, "shell", "--no-imports", "-c", code)
    assert uitkomst.stdout == "__Host-sessie __Host-csrf True True True 31536000 True\n"


def test_a_fault_in_production_is_one_line_of_json_with_its_traceback() -> None:
    code = (
        "import logging, structlog\n"
        "for log in (logging.getLogger('django.request'), structlog.get_logger('eigen')):\n"
        "    try:\n"
        "        1 / 0\n"
        "    except ZeroDivisionError:\n"
        "        log.exception('mislukt')"
    )
    regels = [json.loads(regel) for regel in draai(GOED, "shell", "--no-imports", "-c", code).stderr.splitlines()]
    assert [(regel["logger"], regel["event"], regel["level"]) for regel in regels] == [
        ("django.request", "mislukt", "error"),
        ("eigen", "mislukt", "error"),
    ]
    assert all("Traceback" in regel["exception"] and "ZeroDivisionError" in regel["exception"] for regel in regels)


@pytest.mark.parametrize(("proxy", "adres"), [("0", "10.0.0.9"), ("1", "198.51.100.7")])
def test_sign_ins_are_counted_per_visitor_behind_a_trusted_proxy(proxy: str, adres: str) -> None:
    code = (
        "from allauth.account.adapter import get_adapter\n"
        "from django.test import RequestFactory\n"
        "kop = {'REMOTE_ADDR': '10.0.0.9', 'HTTP_X_FORWARDED_FOR': '203.0.113.1, 198.51.100.7'}\n"
        "print(get_adapter().get_client_ip(RequestFactory().get('/', **kop)))"
    )
    uitkomst = draai({**GOED, "VERTROUWDE_PROXY": proxy}, "shell", "--no-imports", "-c", code)
    assert uitkomst.stdout == f"{adres}\n"


@pytest.mark.parametrize(
    ("adres", "verwacht"),
    [
        ("submission://gebruiker:geheim%40@post:587", "post 587 gebruiker geheim@ True False"),
        ("smtp://gebruiker:geheim@post:465?ssl=1", "post 465 gebruiker geheim False True"),
        ("smtp://post:25", "post 25   False False"),
    ],
)
def test_the_address_of_the_mail_server_says_how_the_line_is_kept_safe(adres: str, verwacht: str) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
    )
    uitkomst = draai({**GOED, "EMAIL_URL": adres}, "shell", "--no-imports", "-c", code)
    assert uitkomst.stdout == f"{verwacht}\n"
