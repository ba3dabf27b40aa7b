"""Series of meetings: who sits at the table since when, and with which points every meeting starts."""

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from maatregelen.dossiervoering import wijzig
from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from regietafel.agendering import OMHOOG, OMLAAG, haal_vast_punt_weg, verplaats_vast_punt, zet_vast_punt
from regietafel.deelname import zet_lid
from regietafel.forms.agenda import Alleenversie
from regietafel.forms.vergadering import Lidformulier, Reeksformulier, Vastpuntformulier
from regietafel.models import Reeks, Reekslid, Reekspunt
from regietafel.vergadercyclus import maak_reeks
from regietafel.views.vergadering_bijhouden import LIJST, WIE_TAFEL, Tafelblad
from regietafel.zichtbaarheid import mag_vergaderingen_bijhouden, zichtbare_reeksen, zichtbare_vergaderingen


@openbaar
@in_de_tijd
@require_safe
def reeks(request: HttpRequest, slug: str) -> HttpResponse:
    """One series: its members now and before, its standing points, its meetings."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    rij = get_object_or_404(zichtbare_reeksen(wie), slug=slug)
    leden = list(rij.leden.select_related("organisatie__opvolger"))
    nu = [lid for lid in leden if lid.vanaf <= wie.vandaag and (lid.tot is None or lid.tot > wie.vandaag)]
    return toon(
        request,
        "regietafel/reeks.html",
        wie,
        {
            "reeks": rij,
            "leden": nu,
            "straks": [lid for lid in leden if lid.vanaf > wie.vandaag],
            "vroeger": [lid for lid in leden if lid.tot is not None and lid.tot <= wie.vandaag],
            "punten": list(rij.punten.all()),
            "aantal_vergaderingen": zichtbare_vergaderingen(wie).filter(reeks=rij).count(),
            "mag_bijhouden": mag_vergaderingen_bijhouden(wie),
            "paden": [LIJST],
        },
    )


class ReeksNieuw(Tafelblad):
    """A new series."""

    titel = "Reeks toevoegen"
    knop = "Voeg toe"
    inleiding = "Een reeks is een tafel die vaker bijeenkomt, met vaste leden en vaste agendapunten."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty one."""
        return Reeksformulier(data)

    def bewaar(self, form: Any) -> Reeks:
        """Make it."""
        return maak_reeks(form.velden())

    def terug(self, uitkomst: Any = None) -> str:
        """The new series, or the list."""
        return reeksadres(uitkomst) if uitkomst else LIJST[0]


def reeksadres(rij: Reeks) -> str:
    """The page of a series."""
    return f"/vergaderingen/reeksen/{rij.slug}/"


class Bijreeks(Tafelblad):
    """A page about one series."""

    reeks: Reeks

    def zoek(self, **sleutels: Any) -> None:
        """The series with this address."""
        self.reeks = get_object_or_404(zichtbare_reeksen(self.wie), slug=sleutels["slug"])
        self.stuk = self.reeks

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the series."""
        return reeksadres(self.reeks)

    def paden(self) -> list[tuple[str, str]]:
        """The list, the series."""
        return [LIJST, (reeksadres(self.reeks), str(self.reeks))]

    def inhoud(self) -> dict[str, Any]:
        """Which series this is about."""
        return {"over": str(self.reeks)}


class ReeksWijzigen(Bijreeks):
    """What a series says of itself."""

    titel = "Reeks wijzigen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The series; a copy, so that what is refused is never shown as what is."""
        return Reeksformulier(data, instance=copy.copy(self.reeks))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig(self.reeks, form.velden(), versie=form.cleaned_data["versie"])


class LidBlad(Bijreeks):
    """A seat at the table: new, or changed, or ended by its last day."""

    knop = "Opslaan"
    inleiding = (
        "Vertrekt iemand, vul dan de laatste dag in en voeg de opvolger toe: zo klopt de lijst ook voor vergaderingen "
        "die er al waren."
    )
    lid: Reekslid | None = None

    def zoek(self, **sleutels: Any) -> None:
        """The series, and the seat where there is one."""
        super().zoek(**sleutels)
        if "pk" in sleutels:
            self.lid = get_object_or_404(self.reeks.leden.select_related("organisatie"), pk=sleutels["pk"])
        self.titel = "Lid wijzigen" if self.lid else "Lid toevoegen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The seat."""
        return Lidformulier(self.reeks, self.lid, self.wie.vandaag, data)

    def bewaar(self, form: Any) -> Reekslid:
        """Keep it."""
        velden = dict(form.cleaned_data)
        versie = velden.pop("versie")
        return zet_lid(self.reeks, copy.copy(self.lid), velden, versie=versie)


class PuntBlad(Bijreeks):
    """A standing point, new or changed."""

    inleiding = "Geldt voor vergaderingen die hierna worden gepland; bestaande agenda's wijzigen niet."
    vast: Reekspunt | None = None

    def zoek(self, **sleutels: Any) -> None:
        """The series, and the point where there is one."""
        super().zoek(**sleutels)
        if "pk" in sleutels:
            self.vast = get_object_or_404(self.reeks.punten.all(), pk=sleutels["pk"])
        self.titel = "Vast punt wijzigen" if self.vast else "Vast punt toevoegen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The point; a copy, so that what is refused is never shown as what is."""
        return Vastpuntformulier(data, instance=copy.copy(self.vast), reeks=self.reeks)

    def bewaar(self, form: Any) -> Reekspunt:
        """Keep it."""
        return zet_vast_punt(self.reeks, copy.copy(self.vast), form.velden(), versie=form.cleaned_data["versie"])


class PuntWeg(PuntBlad):
    """Take a standing point away."""

    knop = "Haal weg"
    gelukt = "Het vaste punt is weggehaald."

    def zoek(self, **sleutels: Any) -> None:
        """The point."""
        super().zoek(**sleutels)
        self.titel = "Vast punt weghalen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> Any:
        """Only the version."""
        return Alleenversie(self.reeks.versie, data)

    def bewaar(self, form: Any) -> Any:
        """Take it away."""
        assert self.vast is not None  # noqa: S101  the address has its number
        haal_vast_punt_weg(self.vast, versie=form.cleaned_data["versie"])

    def inhoud(self) -> dict[str, Any]:
        """Which point."""
        return {**super().inhoud(), "over": f"{self.vast}, {self.reeks}"}


@require_POST
def verplaats(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A standing point one place up or down, in the version of the series that was seen."""
    wie = bevoegdheid(request)
    rij = get_object_or_404(zichtbare_reeksen(wie), slug=slug)
    vast = get_object_or_404(rij.punten.all(), pk=pk)
    if not mag_vergaderingen_bijhouden(wie):
        raise PermissionDenied(WIE_TAFEL)
    richting, versie = request.POST.get("richting", ""), request.POST.get("versie", "")
    if richting not in (OMHOOG, OMLAAG) or not versie.isdecimal() or len(versie) > 9:
        raise Http404(richting)
    try:
        verplaats_vast_punt(vast, richting, versie=int(versie))
    except Verouderd:
        messages.warning(request, "De reeks was intussen gewijzigd. Er is niets verplaatst; hieronder staat de nieuwe.")
    return HttpResponseRedirect(f"{reeksadres(rij)}#vaste-punten")
