"""Sessions of a person: which there are, and ending them. Ended is ended at once: the next click asks who it is."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession

from maatregelen.models import Persoon
from toegang.sessieopslag import GEZIEN, SessionStore, moment_van

# In this order: most browsers say that they are several.
BROWSERS = (
    (re.compile(r"\bEdg(?:A|iOS)?/"), "Edge"),
    (re.compile(r"\bOPR/"), "Opera"),
    (re.compile(r"\b(?:Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"\b(?:Chrome|CriOS|Chromium)/"), "Chrome"),
    (re.compile(r"\bSafari/"), "Safari"),
)
SYSTEMEN = (
    (re.compile(r"\biPhone\b"), "iPhone"),
    (re.compile(r"\biPad\b"), "iPad"),
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\bCrOS\b"), "Chromebook"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bMac OS X\b|\bMacintosh\b"), "Mac"),
    (re.compile(r"\bLinux\b"), "Linux"),
)


@dataclass(frozen=True)
class Sessie:
    """One session as its owner recognises it."""

    pk: int
    apparaat: str
    adres: str
    begonnen_op: datetime.datetime
    gezien_op: datetime.datetime
    is_deze: bool


def apparaat(user_agent: str) -> str:
    """A browser and a system, as far as the browser tells; what it tells can be made up."""
    browser = next((naam for patroon, naam in BROWSERS if patroon.search(user_agent)), "")
    systeem = next((naam for patroon, naam in SYSTEMEN if patroon.search(user_agent)), "")
    if browser and systeem:
        return f"{browser} op {systeem}"
    return browser or systeem or "Onbekend apparaat"


def sessies_van(persoon: Persoon, deze: str | None) -> list[Sessie]:
    """The sessions that still last, that with the key `deze` first, then those seen last."""
    lijst = []
    for rij in UserSession.objects.purge_and_list(persoon):
        inhoud = SessionStore(rij.session_key).load()
        gezien = moment_van(inhoud[GEZIEN]) if GEZIEN in inhoud else rij.last_seen_at
        lijst.append(Sessie(rij.pk, apparaat(rij.user_agent), rij.ip, rij.created_at, gezien, rij.session_key == deze))
    return sorted(lijst, key=lambda sessie: (not sessie.is_deze, -sessie.gezien_op.timestamp()))


def beeindig(persoon: Persoon, pk: int) -> bool:
    """End one session of this person; whether there was such a session."""
    return _beeindig(UserSession.objects.filter(user=persoon, pk=pk)) > 0


def beeindig_andere(persoon: Persoon, deze: str | None) -> int:
    """End all sessions of this person but the one with this key, and answer how many."""
    return _beeindig(UserSession.objects.filter(user=persoon).exclude(session_key=deze or ""))


def beeindig_alle(persoon: Persoon) -> int:
    """End all sessions of this person, and answer how many."""
    return _beeindig(UserSession.objects.filter(user=persoon))


def _beeindig(rijen: Iterable[UserSession]) -> int:
    aantal = 0
    for rij in rijen:
        rij.end()
        aantal += 1
    return aantal
