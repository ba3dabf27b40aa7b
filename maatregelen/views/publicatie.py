"""Saying who may see something, publishing it, and how this installation publishes.

What follows is shown first: who comes to see what. Only who has seen that can keep it.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst

from maatregelen.forms.publicatie import Beleidformulier, Publicatieformulier, Zichtformulier
from maatregelen.models import Afgeschermd, Publicatie
from maatregelen.publicatie import (
    ZELF_VOORGELEGD,
    beleid,
    leg_voor,
    scherm_af,
    stappen_van,
    stel_vast,
    terug_naar_concept,
    voor_wie,
    voorgelegd_door,
    zet_beleid,
)
from maatregelen.publicatierechten import (
    mag_afschermen,
    mag_publicatiebeleid_zetten,
    mag_vaststellen,
    mag_voorleggen,
)
from maatregelen.versiebewaking import Verouderd
from maatregelen.views.bijhouden import ONJUIST, WIE_BEHEER, Formulierblad, probeer
from maatregelen.zichtbaarheid import zichtbare_agendas, zichtbare_maatregelen, zichtbare_mijlpalen, zichtbare_pijlers
from maatregelen.zichtgevolgen import Voorbeeld, voorzie

LEZEND = ("GET", "HEAD")
AKKOORD = "Vink hieronder aan dat dit openbaar mag worden."
WIE_AFSCHERMT = "Wie dit mag zien, bepaalt wie het bijhoudt, en wie de agenda bijhoudt waar het in staat."
DAAD = {Publicatie.VOORGELEGD: leg_voor, Publicatie.VASTGESTELD: stel_vast, Publicatie.CONCEPT: terug_naar_concept}


class Voorbeeldblad(Formulierblad):
    """A page that shows what would follow before it does it. The form carries back what was shown (`gezien`)."""

    sjabloon = "maatregelen/bijhouden/publicatie.html"
    knop = "Bekijk wat er verandert"
    bewaarknop = "Sla op"
    voorbeeld: Voorbeeld | None = None
    akkoord_nodig = False

    def voorzie(self, form: Any) -> Voorbeeld:
        """What would follow."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what follows; do it when exactly that was shown, and agreed to where it becomes public."""
        form = self.formulier(request.POST)
        if not form.is_valid():
            return self.toon(form, status=ONJUIST)
        try:
            self.voorbeeld, status = probeer(form, lambda: self.voorzie(form))
        except Verouderd as fout:
            return self.verouderd(form, fout)
        if self.voorbeeld is None:
            return self.toon(form, status=status)
        if request.POST.get("gezien") != self.voorbeeld.kenmerk:
            return self.toon(form)
        if self.voorbeeld.wordt_openbaar and "akkoord" not in request.POST:
            self.akkoord_nodig = True
            form.add_error(None, AKKOORD)
            return self.toon(form, status=ONJUIST)
        return super().post(request, **kwargs)

    def inhoud(self) -> dict[str, Any]:
        """What follows, where something was asked."""
        return {
            "voorbeeld": self.voorbeeld,
            "bewaarknop": self.bewaarknop,
            "akkoord_nodig": self.akkoord_nodig,
            "rustig": self.voorbeeld is not None and not self.voorbeeld.verandert,
        }


class Zichtblad(Voorbeeldblad):
    """Who may see one record."""

    titel = "Wie mag dit zien"
    wie_mag = WIE_AFSCHERMT
    onderwerp: Any
    adres = ""

    def mag(self) -> bool:
        """Who keeps it up."""
        return mag_afschermen(self.wie, self.onderwerp)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Level, own organisation, embargo."""
        namens = None if self.wie.is_secretariaat else self.wie.eigen_organisaties | self.wie.namens
        return Zichtformulier(self.onderwerp, self.wie.moment, data, organisaties=namens)

    def _doe(self, onderwerp: Afgeschermd, form: Any) -> list[str]:
        gegevens = form.cleaned_data
        return scherm_af(
            onderwerp,
            zichtbaarheid=gegevens["zichtbaarheid"],
            afgeschermd_voor=gegevens["afgeschermd_voor"],
            embargo_tot=gegevens["embargo_tot"],
            interne_velden=gegevens.get("interne_velden"),
            door=self.persoon,
            moment=self.wie.moment,
            versie=gegevens["versie"],
        )

    def voorzie(self, form: Any) -> Voorbeeld:
        """What follows for it and everything that is part of it."""
        proef = type(self.onderwerp)._default_manager.get(pk=self.onderwerp.pk)
        return voorzie(self.onderwerp, lambda: self._doe(proef, form), moment=self.wie.moment)

    def bewaar(self, form: Any) -> list[str]:
        """Keep it."""
        return self._doe(self.onderwerp, form)

    def melding(self, uitkomst: Any) -> str:
        """What holds now."""
        if not uitkomst:
            return "Er was niets te wijzigen."
        return f"Opgeslagen. Dit is nu voor {voor_wie(self.onderwerp.niveau)}."

    def terug(self, uitkomst: Any = None) -> str:
        """Its page."""
        return self.adres or str(self.onderwerp.get_absolute_url())

    def inhoud(self) -> dict[str, Any]:
        """What it is about and what holds now."""
        return {**super().inhoud(), "over": capfirst(f"{self.onderwerp._meta.verbose_name}: {self.onderwerp}"),
                "onderwerp": self.onderwerp, "is_zicht": True}  # fmt: skip


class AgendaZicht(Zichtblad):
    """Who may see an agenda."""

    def zoek(self, **sleutels: Any) -> None:
        """The agenda with this address."""
        rijen = zichtbare_agendas(self.wie).select_related("houder")
        self.onderwerp = self.stuk = get_object_or_404(rijen, slug=sleutels["slug"])

    def paden(self) -> list[tuple[str, str]]:
        """The list, the agenda."""
        return [("/agendas/", "Agenda's"), (self.terug(), self.onderwerp.titel)]


class PijlerZicht(Zichtblad):
    """Who may see a section."""

    def zoek(self, **sleutels: Any) -> None:
        """The section."""
        rijen = zichtbare_pijlers(self.wie).select_related("agenda", "bovenliggend__agenda")
        self.onderwerp = self.stuk = get_object_or_404(rijen, pk=sleutels["pk"])

    def paden(self) -> list[tuple[str, str]]:
        """The list, the agenda."""
        agenda = self.onderwerp.agenda
        return [("/agendas/", "Agenda's"), (agenda.get_absolute_url(), agenda.titel)]


class MaatregelZicht(Zichtblad):
    """Who may see a measure, and which parts of it only the Rijk."""

    def zoek(self, **sleutels: Any) -> None:
        """The measure with this code."""
        rijen = zichtbare_maatregelen(self.wie).select_related("pijler__agenda", "bovenliggend")
        self.onderwerp = self.stuk = get_object_or_404(rijen, code=sleutels["code"])

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, measure."""
        agenda = self.onderwerp.pijler.agenda
        return [(agenda.get_absolute_url(), agenda.titel), (self.terug(), self.onderwerp.code)]


class MijlpaalZicht(Zichtblad):
    """Who may see a milestone."""

    def zoek(self, **sleutels: Any) -> None:
        """The milestone."""
        rijen = zichtbare_mijlpalen(self.wie).select_related("maatregel__pijler__agenda")
        self.onderwerp = self.stuk = get_object_or_404(rijen, pk=sleutels["pk"])
        self.adres = self.onderwerp.maatregel.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, measure."""
        maatregel = self.onderwerp.maatregel
        agenda = maatregel.pijler.agenda
        return [(agenda.get_absolute_url(), agenda.titel), (self.adres, maatregel.code)]


class Publiceren(Voorbeeldblad):
    """How far something was adopted, and the next step."""

    titel = "Publicatie"
    wie_mag = "Voorleggen en vaststellen doet wie het bijhoudt, en wie de agenda bijhoudt waar het in staat."
    bewaarknop = "Bevestig"
    onderwerp: Any

    def mag(self) -> bool:
        """Who sees it may see how far it is; the steps are for who keeps it up."""
        return self.request.method in LEZEND or self._mag_zetten()

    def _mag_zetten(self) -> bool:
        return mag_voorleggen(self.wie, self.onderwerp) and mag_vaststellen(self.wie, self.onderwerp)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The steps that follow on where it is."""
        return Publicatieformulier(self.onderwerp, data)

    def _doe(self, onderwerp: Any, form: Any) -> int:
        gegevens = form.cleaned_data
        daad: Any = DAAD[Publicatie(gegevens["naar"])]
        mee: int = daad(
            onderwerp,
            door=self.persoon,
            toelichting=gegevens["toelichting"],
            versie=gegevens["versie"],
            moment=self.wie.moment,
        )
        return mee

    def voorzie(self, form: Any) -> Voorbeeld:
        """What follows for whom, and how many measures go along."""
        proef = type(self.onderwerp)._default_manager.get(pk=self.onderwerp.pk)
        mee: list[int] = []
        voorbeeld = voorzie(self.onderwerp, lambda: mee.append(self._doe(proef, form)), moment=self.wie.moment)
        self.mee = mee[0]
        return voorbeeld

    def bewaar(self, form: Any) -> int:
        """Take the step."""
        return self._doe(self.onderwerp, form)

    def melding(self, uitkomst: Any) -> str:
        """Where it is now."""
        mee = f" Er gingen {uitkomst} maatregelen mee." if uitkomst > 1 else " Er ging 1 maatregel mee."
        return f"Dit is nu {self.onderwerp.get_publicatie_display()}.{mee if uitkomst else ''}"

    def terug(self, uitkomst: Any = None) -> str:
        """Its page."""
        return str(self.onderwerp.get_absolute_url())

    def inhoud(self) -> dict[str, Any]:
        """The steps so far, and whether somebody else must take the next."""
        zelf = beleid().vier_ogen and voorgelegd_door(self.onderwerp) == self.persoon.pk
        voorgelegd = self.onderwerp.publicatie == Publicatie.VOORGELEGD
        return {
            **super().inhoud(),
            "over": capfirst(f"{self.onderwerp._meta.verbose_name}: {self.onderwerp}"),
            "onderwerp": self.onderwerp,
            "is_publicatie": True,
            "mag_zetten": self._mag_zetten(),
            "stappen": stappen_van(self.onderwerp),
            "mee": getattr(self, "mee", 0),
            "wacht_op_ander": ZELF_VOORGELEGD if zelf and voorgelegd else "",
        }


class AgendaPubliceren(Publiceren):
    """Publishing an agenda, with its measures that are as far."""

    inleiding = "Maatregelen van deze agenda die even ver zijn, gaan mee."

    def zoek(self, **sleutels: Any) -> None:
        """The agenda with this address."""
        self.onderwerp = self.stuk = get_object_or_404(zichtbare_agendas(self.wie), slug=sleutels["slug"])

    def paden(self) -> list[tuple[str, str]]:
        """The list, the agenda."""
        return [("/agendas/", "Agenda's"), (self.terug(), self.onderwerp.titel)]


class MaatregelPubliceren(Publiceren):
    """Publishing a measure by itself."""

    def zoek(self, **sleutels: Any) -> None:
        """The measure with this code."""
        rijen = zichtbare_maatregelen(self.wie).select_related("pijler__agenda")
        self.onderwerp = self.stuk = get_object_or_404(rijen, code=sleutels["code"])

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, measure."""
        agenda = self.onderwerp.pijler.agenda
        return [(agenda.get_absolute_url(), agenda.titel), (self.terug(), self.onderwerp.code)]


class Beleidsblad(Formulierblad):
    """Whether there is a part for everybody, and whether two people must have looked."""

    titel = "Publicatiebeleid"
    inleiding = "Wat hier geldt voor iedereen die iets vaststelt of openbaar maakt."
    wie_mag = WIE_BEHEER

    def mag(self) -> bool:
        """The beheerder."""
        return mag_publicatiebeleid_zetten(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Both switches."""
        return Beleidformulier(beleid(), data)

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        gegevens = form.cleaned_data
        return zet_beleid(
            is_openbaar=gegevens["is_openbaar"],
            vier_ogen=gegevens["vier_ogen"],
            door=self.persoon,
            moment=self.wie.moment,
        )

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed."""
        return "Opgeslagen. Het geldt meteen." if uitkomst else "Er was niets te wijzigen."

    def terug(self, uitkomst: Any = None) -> str:
        """This page: there is no other."""
        return reverse("publicatiebeleid")
