"""Programs of an organisation: made, given keys, ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from maatregelen.models import Organisatie, Persoon
from maatregelen.views import lees_adres
from maatregelen.views.bijhouden import Formulierblad
from maatregelen.zichtbaarheid import zichtbare_organisaties
from toegang.forms.programmas import Programmaformulier
from toegang.programmas import (
    beeindig_programma,
    kan_programmas_hebben,
    maak_programma,
    mag_programmas_bijhouden,
    programmas_van,
    rol_van,
)
from toegang.views.sleutels import Intrekblad, Sleutelblad, sleutelrijen

WIE_PROGRAMMAS = "Programma's van een organisatie houdt een beheerder bij, of de coördinator van die organisatie."


class Organisatieblad(Formulierblad):
    """A page about the programs of one organisation."""

    wie_mag = WIE_PROGRAMMAS
    organisatie: Organisatie

    def zoek(self, **sleutels: Any) -> None:
        """The organisation with this address."""
        lees_adres(self.request, {})
        self.organisatie = get_object_or_404(zichtbare_organisaties(self.wie), slug=sleutels["slug"])

    def mag(self) -> bool:
        """A beheerder, and the coördinator here."""
        return mag_programmas_bijhouden(self.wie, self.organisatie)

    def lijst(self) -> str:
        """The page with all programs of this organisation."""
        return reverse("programmas", args=[self.organisatie.slug])

    def paden(self) -> list[tuple[str, str]]:
        """The organisations, this one."""
        return [("/organisaties/", "Organisaties"), (self.organisatie.get_absolute_url(), self.organisatie.afkorting)]


class Programmas(Organisatieblad):
    """The programs, and a new one."""

    sjabloon = "toegang/programmas.html"
    titel = "Programma's"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Name and role."""
        return Programmaformulier(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Refused where no program can be: the form is not there either."""
        if not kan_programmas_hebben(self.organisatie, self.wie.vandaag):
            raise PermissionDenied("Bij deze organisatie kan geen programma worden gemaakt.")
        return super().post(request, **kwargs)

    def bewaar(self, form: Any) -> Persoon:
        """Make it."""
        return maak_programma(self.organisatie, **form.cleaned_data, door=self.persoon)

    def melding(self, uitkomst: Persoon) -> str:
        """What comes next."""
        return f"Het programma is gemaakt: {uitkomst.functie}. Maak hieronder een sleutel."

    def terug(self, uitkomst: Any = None) -> str:
        """The new program, or the organisation."""
        if uitkomst is None:
            return self.organisatie.get_absolute_url()
        return reverse("programma", args=[self.organisatie.slug, uitkomst.pk])

    def inhoud(self) -> dict[str, Any]:
        """The programs with their role and keys."""
        rijen = list(
            programmas_van(self.organisatie).annotate(
                aantal_sleutels=Count("auth_token_set"), gebruikt_op=Max("auth_token_set__laatst_gebruikt_op")
            )
        )
        rollen = {
            lid.persoon_id: lid
            for lid in self.organisatie.lidmaatschappen.filter(persoon__in=rijen).order_by("vanaf", "pk")
        }
        return {
            "organisatie": self.organisatie,
            "programmas": [(rij, rollen.get(rij.pk)) for rij in rijen],
            "kan_nieuw": kan_programmas_hebben(self.organisatie, self.wie.vandaag),
        }


class Programmablad(Organisatieblad):
    """A page about one program."""

    programma: Persoon

    @property
    def houder(self) -> Persoon:
        """Whose keys these are."""
        return self.programma

    def zoek(self, **sleutels: Any) -> None:
        """The program with this number, of this organisation."""
        super().zoek(**sleutels)
        if not self.mag():
            raise PermissionDenied(self.wie_mag)
        self.programma = get_object_or_404(programmas_van(self.organisatie), pk=sleutels["pk"])

    def blad(self) -> str:
        """The page of this program."""
        return reverse("programma", args=[self.organisatie.slug, self.programma.pk])

    def paden(self) -> list[tuple[str, str]]:
        """The organisation, its programs."""
        return [*super().paden(), (self.lijst(), "Programma's")]


class Programma(Programmablad, Sleutelblad):
    """One program: its role, its keys, a new key."""

    sjabloon = "toegang/programma.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A new key, for a program that has not ended."""
        if not self.programma.is_active:
            raise PermissionDenied("Dit programma is beëindigd en krijgt geen sleutel meer.")
        return super().post(request, **kwargs)

    def terug(self, uitkomst: Any = None) -> str:
        """All programs."""
        return self.lijst()

    def inhoud(self) -> dict[str, Any]:
        """Which program this is."""
        return {
            "organisatie": self.organisatie,
            "programma": self.programma,
            "rol": rol_van(self.programma, self.organisatie, timezone.localdate()),
        }


class ProgrammasleutelIntrekken(Programmablad, Intrekblad):
    """The question before a key of a program ends."""

    def zoek(self, **sleutels: Any) -> None:
        """The program, and then its key."""
        Programmablad.zoek(self, **sleutels)
        self.zoek_sleutel(sleutels["kenmerk"])

    def terug(self, uitkomst: Any = None) -> str:
        """The program."""
        return self.blad()

    def paden(self) -> list[tuple[str, str]]:
        """As far as the program."""
        return [*Programmablad.paden(self), (self.blad(), self.programma.functie)]


class ProgrammaBeeindigen(Programmablad):
    """The question before a program ends."""

    titel = "Programma beëindigen"
    knop = "Beëindig"
    inleiding = (
        "Alle sleutels van dit programma werken dan meteen niet meer. Wat het wijzigde blijft staan, onder zijn naam. "
        "Een beëindigd programma komt niet terug; u kunt wel een nieuw maken."
    )

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Nothing to fill in: it is a question."""
        return forms.Form(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End it."""
        beeindig_programma(self.programma, door=self.persoon)
        messages.success(request, f"Het programma is beëindigd: {self.programma.functie}.")
        return HttpResponseRedirect(self.lijst())

    def terug(self, uitkomst: Any = None) -> str:
        """The program."""
        return self.blad()

    def paden(self) -> list[tuple[str, str]]:
        """As far as the program."""
        return [*super().paden(), (self.blad(), self.programma.functie)]

    def inhoud(self) -> dict[str, Any]:
        """Which one, and how many keys stop."""
        aantal = len(sleutelrijen(self.programma))
        sleutels = "1 sleutel" if aantal == 1 else f"{aantal} sleutels"
        return {"over": f"{self.programma.functie}, {self.organisatie.afkorting}: {sleutels}"}
