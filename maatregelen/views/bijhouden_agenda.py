"""Making and changing agendas and their sections, and attaching the text of a document."""

import copy
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone

from maatregelen.bronteksten import voeg_brontekst_toe
from maatregelen.dossiervoering import maak_agenda, maak_pijler, wijzig, wijzig_pijler
from maatregelen.forms.inhoud import Agendaformulier, Brontekstformulier, Pijlerformulier
from maatregelen.models import Agenda, Brontekst, Organisatie, Pijler, Rol
from maatregelen.views.bijhouden import WIE_AGENDA, WIE_PIJLER, Formulierblad
from maatregelen.zichtbaarheid import (
    mag_agenda_bijhouden,
    mag_agenda_maken,
    mag_brontekst_toevoegen,
    mag_pijler_bijhouden,
    zichtbare_agendas,
    zichtbare_pijlers,
)


class AgendaNieuw(Formulierblad):
    """A new agenda."""

    titel = "Agenda toevoegen"
    knop = "Voeg toe"
    gelukt = "De agenda is toegevoegd. Voeg nu pijlers toe, en daarin maatregelen."
    inleiding = "Een beleidsagenda is een stuk met maatregelen: een brief, een akkoord, afspraken. Geen vergaderagenda."
    wie_mag = "Een agenda wordt gemaakt door het LRT-secretariaat of door een dossierhouder van een organisatie."

    def mag(self) -> bool:
        """Who may start one."""
        return mag_agenda_maken(self.wie)

    def _eigen(self) -> list[Organisatie] | None:
        """The organisations that a dossierhouder can keep it for; None for the secretariaat."""
        if self.wie.is_secretariaat:
            return None
        return list(
            {
                lid.organisatie_id: lid.organisatie for lid in self.wie.lidmaatschappen if lid.rol == Rol.DOSSIERHOUDER
            }.values()
        )

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty agenda."""
        return Agendaformulier(data, houders=self._eigen())

    def bewaar(self, form: Any) -> Agenda:
        """Make it; the only organisation a person works for keeps it without being asked."""
        velden = form.velden()
        eigen = self._eigen()
        houder = velden.pop("houder", None) or (eigen[0] if eigen and len(eigen) == 1 else None)
        return maak_agenda(velden, houder=houder)

    def terug(self, uitkomst: Any = None) -> str:
        """The new agenda, or the list."""
        return uitkomst.get_absolute_url() if uitkomst else "/agendas/"

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [("/agendas/", "Agenda's")]


class Bijagenda(Formulierblad):
    """A page about one agenda; only who keeps it may use it."""

    wie_mag = WIE_AGENDA
    agenda: Agenda

    def zoek(self, **sleutels: Any) -> None:
        """The agenda with this address."""
        self.agenda = get_object_or_404(zichtbare_agendas(self.wie).select_related("brontekst"), slug=sleutels["slug"])

    def mag(self) -> bool:
        """Who keeps it."""
        return mag_agenda_bijhouden(self.wie, self.agenda)

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the agenda."""
        return self.agenda.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """The list, the agenda."""
        return [("/agendas/", "Agenda's"), (self.terug(), self.agenda.titel)]

    def inhoud(self) -> dict[str, Any]:
        """Which agenda this is about."""
        return {"over": self.agenda.titel}


class AgendaWijzigen(Bijagenda):
    """What an agenda says of itself."""

    titel = "Agenda wijzigen"
    inleiding = "De adresnaam en de codes van de maatregelen wijzigen niet."

    def zoek(self, **sleutels: Any) -> None:
        """The agenda is also what is changed."""
        super().zoek(**sleutels)
        self.stuk = self.agenda

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The agenda; a copy, so that what is refused is never shown as what is."""
        houders: list[Organisatie] | None = None if self.wie.is_secretariaat else []
        return Agendaformulier(data, instance=copy.copy(self.agenda), houders=houders)

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig(self.agenda, form.velden(), versie=form.cleaned_data["versie"])


class PijlerNieuw(Bijagenda):
    """A new section."""

    titel = "Pijler toevoegen"
    knop = "Voeg toe"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty section."""
        return Pijlerformulier(data, agenda=self.agenda)

    def bewaar(self, form: Any) -> Pijler:
        """Make it, last in the agenda."""
        return maak_pijler(
            self.agenda,
            form.velden(),
            verantwoordelijken=list(form.cleaned_data["verantwoordelijken"]),
            door=self.persoon,
        )

    def melding(self, uitkomst: Any) -> str:
        """Its number may be new to everybody."""
        return f"Pijler {uitkomst} is toegevoegd."

    def terug(self, uitkomst: Any = None) -> str:
        """Its chapter, or the agenda."""
        return uitkomst.get_absolute_url() if uitkomst else super().terug()


class PijlerWijzigen(Formulierblad):
    """What a section says, and who is responsible for it."""

    titel = "Pijler wijzigen"
    inleiding = "Het nummer staat in de codes van de maatregelen en wijzigt niet."
    wie_mag = WIE_PIJLER
    pijler: Pijler

    def zoek(self, **sleutels: Any) -> None:
        """The section."""
        rijen = zichtbare_pijlers(self.wie).select_related("agenda").prefetch_related("betrokkenheden")
        self.pijler = get_object_or_404(rijen, pk=sleutels["pk"])
        self.stuk = self.pijler

    def mag(self) -> bool:
        """Who keeps it up."""
        return mag_pijler_bijhouden(self.wie, self.pijler)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The section; a copy, so that what is refused is never shown as what is."""
        return Pijlerformulier(data, instance=copy.copy(self.pijler), agenda=self.pijler.agenda)

    def bewaar(self, form: Any) -> bool:
        """Write what differs."""
        return wijzig_pijler(
            self.pijler,
            form.velden(),
            verantwoordelijken=list(form.cleaned_data["verantwoordelijken"]),
            door=self.persoon,
            versie=form.cleaned_data["versie"],
        )

    def terug(self, uitkomst: Any = None) -> str:
        """Its chapter."""
        return self.pijler.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """The list, the agenda."""
        return [("/agendas/", "Agenda's"), (self.pijler.agenda.get_absolute_url(), self.pijler.agenda.titel)]

    def inhoud(self) -> dict[str, Any]:
        """Which section this is."""
        return {"over": f"Pijler {self.pijler}"}


class BrontekstBlad(Bijagenda):
    """Attach the text of the document, or replace it."""

    titel = "Brontekst bijvoegen"
    knop = "Voeg bij"

    def mag(self) -> bool:
        """Who may attach a text."""
        return mag_brontekst_toevoegen(self.wie, self.agenda)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """A file."""
        return Brontekstformulier(data, bestanden)

    def bewaar(self, form: Any) -> Brontekst:
        """Attach it. What is refused is about the file."""
        bestand = form.cleaned_data["bestand"]
        try:
            return voeg_brontekst_toe(
                self.agenda,
                bestandsnaam=bestand.name,
                inhoud=bestand.read(),
                door=self.persoon,
                moment=timezone.now(),
            )
        except forms.ValidationError as fout:
            raise forms.ValidationError({"bestand": fout.messages}) from fout

    def melding(self, uitkomst: Any) -> str:
        """What it does."""
        return f"{uitkomst.bestandsnaam} is bijgevoegd. Elke maatregel met regelnummers toont nu zijn passage."

    def inhoud(self) -> dict[str, Any]:
        """What is there now, and which file the line numbers count."""
        nu = getattr(self.agenda, "brontekst", None)
        delen = []
        if self.agenda.bronbestand:
            delen.append(f"De regelnummers in deze agenda tellen in {self.agenda.bronbestand}.")
        if nu is not None:
            delen.append(
                f"Nu bijgevoegd: {nu.bestandsnaam}, sinds {timezone.localdate(nu.bijgevoegd_op):%d-%m-%Y}. "
                "Een nieuw bestand vervangt het; de geschiedenis houdt het vorige."
            )
        return {**super().inhoud(), "inleiding": " ".join(delen), "met_bestand": True}
