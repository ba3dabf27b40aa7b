"""Sessions of a person: which there are, and ending them. Ended is ended at once: the next click asks who it is."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from logboek.models import Actie, Resultaat
from logboek.schrijven import onderwerp, schrijf
from maatregelen.models import Persoon
from toegang.accountberichten import noteer
from toegang.models import Berichtsoort
from toegang.sessieopslag import GEZIEN, SessionStore, moment_van

# In this order: most browsers say that they are several.
BROWSERS = (
    (re.compile(r"\bEdg(?:A|iOS)?/"), "Edge"),
    (re.compile(r"\bOPR/"), "Opera"),
    (re.compile(r"\b(?:Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"(?:Chrome|CriOS|Chromium)/"), "Chrome"),
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


def beeindig(persoon: Persoon, pk: int, *, moment: datetime.datetime) -> bool:
    """End one session of one's own; whether there was such a session."""
    with transaction.atomic():
        if not _beeindig(UserSession.objects.filter(user=persoon, pk=pk)):
            return False
        schrijf(actie=Actie.SESSIE_BEEINDIGEN, resultaat=Resultaat.GELUKT, moment=moment, actor=persoon)
    return True


def beeindig_andere(persoon: Persoon, deze: str | None) -> int:
    """End all sessions of this person but the one with this key, and answer how many."""
    return _beeindig(UserSession.objects.filter(user=persoon).exclude(session_key=deze or ""))


def beeindig_alle(persoon: Persoon) -> int:
    """End all sessions of this person, and answer how many."""
    return _beeindig(UserSession.objects.filter(user=persoon))


def beeindig_alles_van(persoon: Persoon, *, door: Persoon, moment: datetime.datetime) -> int:
    """End all sessions of somebody, and answer how many."""
    with transaction.atomic():
        aantal = beeindig_alle(persoon)
        schrijf(
            actie=Actie.OVERAL_UITLOGGEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=door,
            over=onderwerp(persoon),
            details={"aantal": aantal},
        )
        noteer(Berichtsoort.OVERAL_UITGELOGD, persoon, moment=moment, door=door)
    return aantal


def ruim_op(moment: datetime.datetime) -> int:
    """End the sessions of who is no longer active, and take away what has expired; answers how many of the first."""
    aantal = _beeindig(UserSession.objects.filter(user__is_active=False))
    Session.objects.filter(expire_date__lte=moment).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return aantal


def _beeindig(rijen: Iterable[UserSession]) -> int:
    aantal = 0
    for rij in rijen:
        rij.end()
        aantal += 1
    return aantal
