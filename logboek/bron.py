"""Where what happens now comes from: a page, the API, a command, a task; and from which address."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.http import HttpRequest

from logboek.models import Oorsprong

# What is kept of how a browser names itself.
PROGRAMMALENGTE = 300


@dataclass(frozen=True)
class Bron:
    """A door, and the address of who stands before it; commands and tasks have a name instead."""

    oorsprong: Oorsprong
    adres: str = ""
    programma: str = ""
    naam: str = ""


ONBEKEND = Bron(Oorsprong.ONBEKEND)
_hier: ContextVar[Bron] = ContextVar("logboek_bron", default=ONBEKEND)


def deze_bron() -> Bron:
    """Where this code was called from."""
    return _hier.get()


@contextmanager
def vanuit(bron: Bron) -> Iterator[Bron]:
    """What is written inside comes from there."""
    vorige = _hier.set(bron)
    try:
        yield bron
    finally:
        _hier.reset(vorige)


def van_verzoek(request: HttpRequest) -> Bron:
    """The source of a request: the API below its own path, else a page."""
    soort = Oorsprong.API if request.path.startswith(settings.LOGBOEK_API_PAD) else Oorsprong.PAGINA
    programma = "".join(teken for teken in request.headers.get("User-Agent", "") if teken.isprintable())
    return Bron(soort, netwerkadres(request), programma[:PROGRAMMALENGTE])


def netwerkadres(request: HttpRequest) -> str:
    """The address of the visitor, or an empty text where it is none; behind a trusted proxy what the proxy says."""
    adres = request.META.get("REMOTE_ADDR", "")
    if settings.VERTROUWDE_PROXY:
        # Only the last one was written by the proxy; all before it came from the visitor.
        adres = request.headers.get("X-Forwarded-For", adres).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(adres))
    except ValueError:
        return ""


@contextmanager
def opdracht(naam: str) -> Iterator[None]:
    """What is changed inside was done by a command on the server; the history tables say so too."""
    with (
        vanuit(Bron(Oorsprong.OPDRACHT, naam=naam)),
        pghistory.context(oorsprong=Oorsprong.OPDRACHT.value, opdracht=naam),
    ):
        yield


@contextmanager
def taak(naam: str) -> Iterator[None]:
    """What is changed inside was done by a task of the worker; the history tables say so too."""
    with vanuit(Bron(Oorsprong.TAAK, naam=naam)), pghistory.context(oorsprong=Oorsprong.TAAK.value, taak=naam):
        yield
