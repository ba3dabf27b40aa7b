"""What must not start: secrets that are weak, known or missing, and lines on which they would be read along.

Pure: values in, ImproperlyConfigured in words for the administrator out. A value is never repeated in the words.
"""

import ipaddress
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

MINSTE_LENGTE = 50
MINSTE_TEKENS = 10
# Chance becomes hardly smaller when it is packed; what repeats itself does.
MINSTE_REST = 0.6
# Words that stand in examples and in what people think up. In chance of this length none of them occurs.
BEKEND = (
    "insecure", "changeme", "change-me", "change_me", "verander", "voorbeeld", "example", "geheim", "secret",
    "wachtwoord", "password", "welkom", "regiemonitor", "alleen-voor", "qwerty", "12345678", "abcdefgh",
)  # fmt: skip
# Passwords that software is delivered with.
STANDAARDWACHTWOORDEN = frozenset({"", "guest", "postgres", "redis", "admin", "root", "test", "regiemonitor", *BEKEND})
# With these a database knows who comes, without a password in the address.
ZONDER_WACHTWOORD = frozenset({"passfile", "service", "sslcert"})


def sterk_geheim(naam: str, waarde: str) -> str:
    """The secret; raises ImproperlyConfigured for one that is short, repeats itself or stands in an example."""
    if len(waarde) < MINSTE_LENGTE or len(set(waarde)) < MINSTE_TEKENS:
        raise ImproperlyConfigured(
            f"{naam} is te zwak: zet een willekeurige reeks van minstens {MINSTE_LENGTE} tekens."
        )
    klein = waarde.lower()
    if len(zlib.compress(waarde.encode(), 9)) < MINSTE_REST * len(waarde) or any(woord in klein for woord in BEKEND):
        raise ImproperlyConfigured(
            f"{naam} is te raden: er staat herhaling of een bekend woord in. Maak een willekeurige reeks, bijvoorbeeld "
            "met: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"
        )
    return waarde


def vorige_geheimen(waarden: list[str], huidig: str) -> list[str]:
    """The secrets of before, as strong as the present one; raises ImproperlyConfigured."""
    if huidig in waarden:
        raise ImproperlyConfigured("SECRET_KEY_FALLBACKS bevat ook SECRET_KEY. Zet er alleen eerdere in.")
    return [sterk_geheim("SECRET_KEY_FALLBACKS", waarde) for waarde in waarden]


def is_hier(host: str) -> bool:
    """Whether this is the machine itself: a socket or its own address. What goes there passes no line."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_zwak(wachtwoord: str | None, gebruiker: str | None) -> bool:
    return (wachtwoord or "").lower() in STANDAARDWACHTWOORDEN or wachtwoord == gebruiker


def database_met_wachtwoord(database: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured for a database on another machine that lets in whoever asks."""
    opties = database.get("OPTIONS") or {}
    host = str(database.get("HOST") or opties.get("host") or "")
    zonder = ZONDER_WACHTWOORD & opties.keys()
    if not is_hier(host) and not zonder and _is_zwak(database.get("PASSWORD"), database.get("USER")):
        raise ImproperlyConfigured(
            "DATABASE_URL heeft geen wachtwoord, of een bekend wachtwoord, voor een database op een andere machine."
        )


def makelaar_met_wachtwoord(adres: str) -> None:
    """Raise ImproperlyConfigured for a broker on another machine that lets in whoever asks.

    Whoever writes there has our workers do what they know: send mail, make papers.
    """
    for een in adres.split(";"):
        delen = urlsplit(een.strip())
        if not is_hier(delen.hostname or "") and _is_zwak(delen.password, delen.username):
            raise ImproperlyConfigured(
                "CELERY_BROKER_URL heeft geen wachtwoord, of een bekend wachtwoord, voor een broker op een andere "
                "machine. Zet bijvoorbeeld redis://:wachtwoord@host:6379/0."
            )


def post_zonder_open_wachtwoord(post: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured for a mail server on another machine to which our password goes readable.

    Without a password an open line is allowed: inside a data centre that is how a relay knows its own senders, and
    mail leaves it over lines that nobody here chooses.
    """
    dicht = post.get("EMAIL_USE_TLS") or post.get("EMAIL_USE_SSL")
    if post.get("EMAIL_HOST_PASSWORD") and not dicht and not is_hier(str(post.get("EMAIL_HOST") or "")):
        raise ImproperlyConfigured(
            "EMAIL_URL stuurt een wachtwoord leesbaar naar een andere machine. Gebruik submission:// (STARTTLS) of "
            "smtp://...:465?ssl=1 (TLS)."
        )


# How many questions a minute, per web process: to the API per person or program, and per address of who is not known;
# the same for pages that cost much. A whole ministry shares one address.
GRENZEN_PER_MINUUT = {
    "API_PER_MINUUT": 600,
    "API_BEZOEKER_PER_MINUUT": 600,
    "PAGINA_PER_MINUUT": 120,
    "PAGINA_BEZOEKER_PER_MINUUT": 600,
}


def grenzen_per_minuut(env: Env, *, demo: bool) -> dict[str, int]:
    """The limits by name, from the environment; 0 is no limit, as in the demo. Raises ImproperlyConfigured below it."""
    grenzen = {naam: env.int(naam, 0 if demo else aantal) for naam, aantal in GRENZEN_PER_MINUUT.items()}
    for naam, aantal in grenzen.items():
        if aantal < 0:
            raise ImproperlyConfigured(f"{naam} moet 0 (geen grens) of meer zijn.")
    return grenzen
