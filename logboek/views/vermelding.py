"""Middleware: says of every request where it comes from, and writes down what was refused and what scripts fetched.

In the place of pghistory's own. What is recorded of a change is who (`user`), through which page (`url`), by which
door (`oorsprong`), and, as a key, from which address.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import pghistory
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from pghistory.middleware import HistoryMiddleware

from logboek.bron import deze_bron, van_verzoek, vanuit
from logboek.geheimen import VERBORGEN
from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf_los, schrijf_weigering, tel, verborgen

# Parts of an address that say what is looked at. Whatever else an address holds may be a secret: a calendar, a link
# by which somebody chooses a password.
LEESBAAR = frozenset({"slug", "code", "pk", "id", "bundel", "nummer", "jaar"})
GEWEIGERD = (403, 404)


class Vermelding(HistoryMiddleware):  # type: ignore[misc]  # it has no types
    """Every request is somewhere from; the ones that matter get a line."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the history tables keep of this request; the page is filled in when it is known."""
        bron = van_verzoek(request)
        return {
            "user": super().get_context(request)["user"],
            "url": "",
            "oorsprong": bron.oorsprong.value,
            # The database turns this into a key when something is really recorded.
            "bron": [bron.adres, bron.programma],
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; what cannot be written down of an export does not leave."""
        with vanuit(van_verzoek(request)):
            antwoord: HttpResponseBase = super().__call__(request)
            self._meld(request, antwoord)
            return antwoord

    def process_view(self, request: HttpRequest, pagina: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> None:
        """Now it is known which page this is."""
        pghistory.context(url=veilig_adres(request, kwargs))

    def _meld(self, request: HttpRequest, antwoord: HttpResponseBase) -> None:
        gevonden = request.resolver_match
        if gevonden is None:
            return
        moment = timezone.now()
        if antwoord.status_code in GEWEIGERD:
            # Who asks for something by name and does not get it; a page that does not exist is no refusal.
            if (antwoord.status_code == 403 or gevonden.kwargs) and request.user.is_authenticated:
                schrijf_weigering(
                    actie=Actie.OPENEN,
                    moment=moment,
                    actor=request.user,
                    over=Onderwerp(
                        gevonden.view_name or gevonden.route,
                        " ".join(str(waarde) for naam, waarde in gevonden.kwargs.items() if naam in LEESBAAR),
                        veilig_adres(request, gevonden.kwargs),
                    ),
                    details={"antwoord": antwoord.status_code, "methode": request.method},
                )
        elif antwoord.status_code == 200 and request.method == "GET":
            self._tel_opvraging(request)
            if is_bestand(antwoord):
                self._leg_uitvoer_vast(request, antwoord)

    def _leg_uitvoer_vast(self, request: HttpRequest, antwoord: HttpResponseBase) -> None:
        """A file is about to leave. Whatever cannot be written down stays here."""
        gevonden = request.resolver_match
        assert gevonden is not None  # noqa: S101  # asked before
        # A long name in an address is no reason to keep the file from who may have it.
        over = verborgen(
            Onderwerp(
                gevonden.view_name or gevonden.route,
                " ".join(str(waarde) for naam, waarde in gevonden.kwargs.items() if naam in LEESBAAR),
                veilig_adres(request, gevonden.kwargs),
            )
        )
        try:
            if request.user.is_authenticated:
                schrijf_los(
                    actie=Actie.UITVOEREN,
                    resultaat=Resultaat.GELUKT,
                    moment=timezone.now(),
                    actor=request.user,
                    over=over,
                )
            else:
                # What is for everybody, fetched by anybody: counted per address and hour.
                adres = deze_bron().adres
                tel(actie=Actie.UITVOEREN, moment=timezone.now(), actor=None, over=over, langs=sleutelnummer(adres))
        except Exception:
            antwoord.close()
            raise

    def _tel_opvraging(self, request: HttpRequest) -> None:
        """A script with a key fetched something: one line per key, part of the API and hour, counted."""
        sleutel = getattr(request, "auth", None)
        if sleutel is None or not request.path.startswith(settings.LOGBOEK_API_PAD):
            return
        delen = request.path.removeprefix(settings.LOGBOEK_API_PAD).split("/")
        if len(delen) < 2 or "." in delen[1]:
            return
        nummer = sleutelnummer(str(sleutel.pk))
        tel(
            actie=Actie.OPVRAGEN,
            moment=timezone.now(),
            actor=request.user if request.user.is_authenticated else None,
            over=Onderwerp("api", delen[1], f"API: {delen[1]}"),
            langs=nummer,
            details={"sleutelnummer": nummer},
        )


def is_bestand(antwoord: HttpResponseBase) -> bool:
    """Whether who gets this keeps it: every file says so of itself, so a new one cannot be forgotten."""
    return antwoord.get("Content-Disposition", "").startswith("attachment")


def sleutelnummer(sleutel: str) -> str:
    """What tells keys apart in the log: follows from what is kept of a key, and does not lead back to it."""
    return hashlib.sha256(f"logboek:{sleutel}".encode()).hexdigest()[:12]


def veilig_adres(request: HttpRequest, kwargs: dict[str, Any]) -> str:
    """The path, without what comes after `?` and with what may be a secret made unreadable."""
    pad = request.path
    for naam, waarde in kwargs.items():
        if naam not in LEESBAAR and str(waarde):
            pad = pad.replace(str(waarde), VERBORGEN)
    return pad
