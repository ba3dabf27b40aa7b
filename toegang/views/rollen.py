"""What roles ask, kept by the beheerder; roles within the own organisation, handed out by the coördinator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from maatregelen.forms.beheer import Roleindeformulier
from maatregelen.models import Lidmaatschap, Rol
from maatregelen.views.bijhouden import GELUKT, ONJUIST, WIE_BEHEER, Formulierblad, probeer, wie_is
from maatregelen.zichtbaarheid import mag_beheren
from toegang.beleid import zet_rollen_met_tweede_stap
from toegang.forms.rollen import Beleidformulier, Verdeelformulier
from toegang.rolverdeling import (
    beeindig_verdeelde_rol,
    lidmaatschappen_bij,
    mag_rol_verdelen,
    mag_verdelen,
    organisaties_van,
    verdeel_rol,
)
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.tweedestap import rollen_met_tweede_stap

WIE_VERDEELT = "Rollen binnen een organisatie verdeelt een coördinator van die organisatie."
MEESTE_CIJFERS = 19  # of a number that fits in the database


class Beleid(Formulierblad):
    """Which roles ask for a second step."""

    sjabloon = "toegang/rolbeleid.html"
    titel = "Wat rollen vragen"
    inleiding = (
        "Wie een tweede stap moet gebruiken en er geen heeft, komt na het inloggen alleen op de pagina om die in te "
        "stellen."
    )
    knop = "Opslaan"
    wie_mag = WIE_BEHEER

    def mag(self) -> bool:
        """The beheerder only."""
        return mag_beheren(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """All roles under each other."""
        # A list: of a set the widget makes one value, and ticks nothing.
        return Beleidformulier(data, initial={"rollen": sorted(rollen_met_tweede_stap())})

    def bewaar(self, form: Any) -> list[Rol]:
        """Keep it."""
        rollen = form.cleaned_data["rollen"]
        return zet_rollen_met_tweede_stap(rollen, door=wie_is(self.request), moment=timezone.now())

    def melding(self, uitkomst: list[Rol]) -> str:
        """For which roles it is different now."""
        if not uitkomst:
            return "Er is niets gewijzigd."
        return f"Opgeslagen. Anders dan eerst: {', '.join(rol.label for rol in uitkomst)}."

    def terug(self, uitkomst: Any = None) -> str:
        """The people it is about."""
        return reverse("personen")


class Rolverdeling(Formulierblad):
    """Who has which role here, and giving one."""

    sjabloon = "toegang/rolverdeling.html"
    titel = "Rollen in uw organisatie"
    inleiding = (
        "U geeft hier rollen aan mensen van uw eigen organisatie, en beëindigt ze. Uw eigen rollen wijzigt een ander."
    )
    knop = "Geef rol"
    wie_mag = WIE_VERDEELT
    eindeform: forms.BaseForm | None = None

    def mag(self) -> bool:
        """A coördinator."""
        return mag_verdelen(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Who, where, which role, from when."""
        return Verdeelformulier(organisaties_van(self.wie), self.wie.vandaag, data)

    def bewaar(self, form: Any) -> tuple[Lidmaatschap, bool]:
        """Give it, and invite who is new."""
        uitkomst = verdeel_rol(self.wie, **form.cleaned_data, moment=timezone.now())
        verstuur_zo_mogelijk_nu()
        return uitkomst

    def melding(self, uitkomst: tuple[Lidmaatschap, bool]) -> str:
        """Which role, from when, and whether a mail goes out."""
        lid, nieuw = uitkomst
        return f"De rol is gegeven: {lid}, vanaf {lid.vanaf:%d-%m-%Y}." + (
            f" {lid.persoon.email} krijgt een uitnodiging per mail." if nieuw else ""
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give a role, or end one."""
        if "lidmaatschap" not in request.POST:
            return super().post(request, **kwargs)
        sleutel = request.POST["lidmaatschap"]
        lid = get_object_or_404(
            Lidmaatschap.objects.filter(organisatie__in=self.wie.coordineert).select_related("persoon", "organisatie"),
            pk=int(sleutel) if sleutel.isdecimal() and len(sleutel) < MEESTE_CIJFERS else 0,
        )
        form = self.eindeform = Roleindeformulier(self.wie.vandaag, request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        per = form.cleaned_data["tot"]
        _, status = probeer(form, lambda: beeindig_verdeelde_rol(self.wie, lid, per=per))
        if status != GELUKT:
            return self.toon(self.formulier(), status=status)
        messages.success(request, f"De rol eindigt per {per:%d-%m-%Y}: {lid}.")
        return HttpResponseRedirect(request.path)

    def terug(self, uitkomst: Any = None) -> str:
        """This page."""
        return self.request.path

    def inhoud(self) -> dict[str, Any]:
        """The roles there are, and which of them this person may end."""
        rijen = [
            (lid, lid.tot is None and mag_rol_verdelen(self.wie, lid.persoon, lid.organisatie, lid.rol))
            for lid in lidmaatschappen_bij(self.wie)
        ]
        return {"rijen": rijen, "eindeform": self.eindeform}
