"""Making and changing measures, who is involved, the legal track, and how a measure lives on."""

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from maatregelen.betrokkenheid import beeindig, wijs_toe
from maatregelen.dossiervoering import (
    leg_opvolging_vast,
    maak_maatregel,
    neem_opvolging_terug,
    wijzig_maatregel,
)
from maatregelen.forms.betrokken import UIT, Betrokkenheidformulier, Eindeformulier, Opvolgingformulier
from maatregelen.forms.grondslag import Invoer
from maatregelen.forms.inhoud import Maatregelformulier
from maatregelen.forms.stand import Wetsstapformulier, Wetstrajectformulier
from maatregelen.models import Betrokkenheid, Maatregel, Opvolging, Organisatie, Pijler, Rol, Wetstraject
from maatregelen.versiebewaking import Verouderd
from maatregelen.views.bijhouden import (
    GELUKT,
    ONJUIST,
    WIE_BETROKKEN,
    WIE_MAATREGEL,
    WIE_PIJLER,
    Formulierblad,
    probeer,
)
from maatregelen.wetstrajecten import voeg_wetsstap_toe, zet_wetstraject
from maatregelen.zichtbaarheid import (
    mag_betrokkenheid_bijhouden,
    mag_maatregel_bijhouden,
    mag_maatregel_maken,
    zichtbare_maatregelen,
    zichtbare_pijlers,
)


class Bijmaatregel(Formulierblad):
    """A page about one measure; only who keeps it up may use it."""

    wie_mag = WIE_MAATREGEL
    maatregel: Maatregel

    def zoek(self, **sleutels: Any) -> None:
        """The measure with this code."""
        rijen = zichtbare_maatregelen(self.wie).select_related("pijler__agenda")
        self.maatregel = get_object_or_404(rijen, code=sleutels["code"])

    def mag(self) -> bool:
        """Who keeps the measure up."""
        return mag_maatregel_bijhouden(self.wie, self.maatregel)

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the measure."""
        return self.maatregel.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, measure."""
        agenda = self.maatregel.pijler.agenda
        return [(agenda.get_absolute_url(), agenda.titel), (self.terug(), self.maatregel.code)]

    def inhoud(self) -> dict[str, Any]:
        """Which measure this is about."""
        return {"over": f"{self.maatregel.code} {self.maatregel.titel}"}


class MaatregelNieuw(Formulierblad):
    """A new measure in a section."""

    titel = "Maatregel toevoegen"
    knop = "Voeg toe"
    wie_mag = WIE_PIJLER
    pijler: Pijler

    def zoek(self, **sleutels: Any) -> None:
        """The section."""
        rijen = zichtbare_pijlers(self.wie).select_related("agenda").prefetch_related("betrokkenheden")
        self.pijler = get_object_or_404(rijen, pk=sleutels["pk"])

    def mag(self) -> bool:
        """Who may add to the section."""
        return mag_maatregel_maken(self.wie, self.pijler)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty measure."""
        return Maatregelformulier(data, pijler=self.pijler)

    def _eigen(self) -> Organisatie | None:
        """The organisation that this person keeps measures up for, which becomes the one responsible.

        Who works for several gets the one of this section, else of this agenda. The secretariaat enters for others, and
        assigns who is responsible afterwards.
        """
        eigen = [
            lid.organisatie
            for lid in self.wie.lidmaatschappen
            if lid.rol == Rol.DOSSIERHOUDER and not lid.organisatie.is_opgeheven(self.wie.vandaag)
        ]
        van_pijler = {rij.organisatie_id for rij in self.pijler.betrokkenheden.all()}
        eigen.sort(key=lambda o: (o.pk not in van_pijler, o.pk != self.pijler.agenda.houder_id))
        return eigen[0] if eigen else None

    def bewaar(self, form: Any) -> Maatregel:
        """Make it, with the own organisation as the one responsible."""
        return maak_maatregel(self.pijler, form.velden(), door=self.persoon, trekker=self._eigen())

    def melding(self, uitkomst: Any) -> str:
        """Its code is new to everybody."""
        return f"Maatregel {uitkomst.code} is toegevoegd."

    def terug(self, uitkomst: Any = None) -> str:
        """The new measure, or the section."""
        return uitkomst.get_absolute_url() if uitkomst else self.pijler.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, section."""
        return [(self.pijler.agenda.get_absolute_url(), self.pijler.agenda.titel), (self.terug(), str(self.pijler))]

    def inhoud(self) -> dict[str, Any]:
        """Which section this is, and who will be responsible."""
        eigen = self._eigen()
        uitleg = f"{eigen} wordt trekker." if eigen else "De trekker wijst u daarna toe op de pagina van de maatregel."
        return {"over": f"In pijler {self.pijler}", "inleiding": f"De code volgt vanzelf. {uitleg}"}


class MaatregelWijzigen(Bijmaatregel):
    """What a measure says."""

    titel = "Maatregel wijzigen"
    inleiding = "De code en de status wijzigen hier niet."

    def zoek(self, **sleutels: Any) -> None:
        """The measure is also what is changed."""
        super().zoek(**sleutels)
        self.stuk = self.maatregel

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The measure; a copy, so that what is refused is never shown as what is."""
        return Maatregelformulier(
            data,
            instance=copy.copy(self.maatregel),
            pijler=self.maatregel.pijler,
            ziet_intern=self.wie.blik.ziet_intern(self.maatregel),
        )

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_maatregel(self.maatregel, form.velden(), versie=form.cleaned_data["versie"])

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed."""
        return "Opgeslagen." if uitkomst else "Er was niets te wijzigen."


class BetrokkenheidNieuw(Bijmaatregel):
    """An organisation gets a role."""

    titel = "Organisatie toevoegen"
    knop = "Voeg toe"
    wie_mag = WIE_BETROKKEN

    def zoek(self, **sleutels: Any) -> None:
        """Who is involved belongs to the version of the measure."""
        super().zoek(**sleutels)
        self.stuk = self.maatregel

    def mag(self) -> bool:
        """Who may say who is involved."""
        return mag_betrokkenheid_bijhouden(self.wie, self.maatregel)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Organisation, role, day, reason."""
        return Betrokkenheidformulier(self.maatregel, self.wie.vandaag, data)

    def bewaar(self, form: Any) -> Betrokkenheid:
        """Give it that role."""
        gegevens = form.cleaned_data
        return wijs_toe(
            self.maatregel,
            gegevens["organisatie"],
            gegevens["rol"],
            door=self.persoon,
            reden=gegevens["reden"],
            vanaf=gegevens["vanaf"],
            versie=gegevens["versie"],
        )

    def melding(self, uitkomst: Any) -> str:
        """Who it is now."""
        return f"{uitkomst.organisatie} is toegevoegd als {uitkomst.get_rol_display()}."


class BetrokkenheidBeeindigen(Bijmaatregel):
    """An organisation is no longer involved."""

    titel = "Betrokkenheid beëindigen"
    knop = "Beëindig"
    gelukt = "De betrokkenheid is beëindigd. De geschiedenis houdt haar."
    wie_mag = WIE_BETROKKEN
    betrokkenheid: Betrokkenheid

    def zoek(self, **sleutels: Any) -> None:
        """The involvement, of a measure that this person may see."""
        rijen = Betrokkenheid.objects.filter(maatregel__in=zichtbare_maatregelen(self.wie))
        self.betrokkenheid = get_object_or_404(
            rijen.select_related("maatregel__pijler__agenda", "organisatie"), pk=sleutels["pk"]
        )
        self.maatregel = self.betrokkenheid.maatregel

    def mag(self) -> bool:
        """Who may say who is involved."""
        return mag_betrokkenheid_bijhouden(self.wie, self.maatregel)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Day and reason."""
        return Eindeformulier(self.wie.vandaag, data)

    def bewaar(self, form: Any) -> None:
        """End it."""
        gegevens = form.cleaned_data
        beeindig(self.betrokkenheid, door=self.persoon, reden=gegevens["reden"], per=gegevens["per"])

    def inhoud(self) -> dict[str, Any]:
        """Which involvement this is."""
        rij = self.betrokkenheid
        return {
            **super().inhoud(),
            "inleiding": f"{rij.organisatie}, {rij.get_rol_display()} sinds {rij.vanaf:%d-%m-%Y}.",
        }


class WetstrajectBlad(Bijmaatregel):
    """The legal track: what kind of rule, its file, and a stage that was reached; two forms on one page."""

    sjabloon = "maatregelen/bijhouden/wetstraject.html"
    titel = "Wetstraject"
    gelukt = "Het wetstraject is opgeslagen."

    def zoek(self, **sleutels: Any) -> None:
        """The track, where there is one."""
        super().zoek(**sleutels)
        self.stuk = Wetstraject.objects.filter(maatregel=self.maatregel).first()

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The track; a copy, so that what is refused is never shown as what is."""
        return Wetstrajectformulier(data, instance=copy.copy(self.stuk) if self.stuk else None)

    def bewaar(self, form: Any) -> Wetstraject:
        """Make or change it."""
        return zet_wetstraject(self.maatregel, form.velden(), versie=form.cleaned_data["versie"])

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """Also where somebody made a track while this person was filling in the first one."""
        self.stuk = Wetstraject.objects.filter(maatregel=self.maatregel).first()
        return super().verouderd(form, fout)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The track, or a stage of it."""
        if "fase" not in request.POST:
            return super().post(request, **kwargs)
        if not isinstance(self.stuk, Wetstraject):
            raise Http404("wetstraject")
        traject, stapform = self.stuk, Wetsstapformulier(request.POST)
        if not stapform.is_valid():
            return self.toon_stap(stapform, ONJUIST)
        gegevens = stapform.cleaned_data
        _, status = probeer(stapform, lambda: voeg_wetsstap_toe(traject, **gegevens, door=self.persoon))
        if status != GELUKT:
            return self.toon_stap(stapform, status)
        messages.success(request, "De fase is vastgelegd.")
        return HttpResponseRedirect(request.path)

    def toon_stap(self, stapform: forms.BaseForm, status: int) -> HttpResponse:
        """The page with the stage as it was filled in."""
        self.stapform = stapform
        return self.toon(self.formulier(), status=status)

    def inhoud(self) -> dict[str, Any]:
        """The stages so far and the form for one more."""
        traject = self.stuk
        return {
            **super().inhoud(),
            "stappen": list(traject.stappen.select_related("door")) if isinstance(traject, Wetstraject) else [],
            "traject": traject,
            "stapform": getattr(self, "stapform", None) or Wetsstapformulier(),
        }


class OpvolgingNieuw(Bijmaatregel):
    """How this measure lives on in another, or from which it came."""

    titel = "Opvolging vastleggen"
    knop = "Leg vast"
    gelukt = "De opvolging is vastgelegd."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Direction, the other measure, how."""
        return Opvolgingformulier(zichtbare_maatregelen(self.wie), data)

    def bewaar(self, form: Any) -> Opvolging:
        """Say it of the earlier and the later one."""
        gegevens = form.cleaned_data
        van, naar = self.maatregel, gegevens["ander"]
        if gegevens["richting"] == UIT:
            van, naar = naar, van
        return leg_opvolging_vast(van, naar, gegevens["soort"], toelichting=gegevens["toelichting"], door=self.persoon)


class OpvolgingTerug(Bijmaatregel):
    """Take back what was said of two measures; who keeps up either of them may."""

    titel = "Opvolging terugnemen"
    knop = "Neem terug"
    gelukt = "De opvolging is teruggenomen. De geschiedenis houdt dat zij was vastgelegd."
    opvolging: Opvolging

    def zoek(self, **sleutels: Any) -> None:
        """The two measures."""
        zichtbaar = zichtbare_maatregelen(self.wie)
        rijen = Opvolging.objects.filter(van__in=zichtbaar, naar__in=zichtbaar)
        self.opvolging = get_object_or_404(
            rijen.select_related("van__pijler__agenda", "naar__pijler__agenda"), pk=sleutels["pk"]
        )
        van, naar = self.opvolging.van, self.opvolging.naar
        self.maatregel = van if mag_maatregel_bijhouden(self.wie, van) else naar

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only a button."""
        return Invoer(data)

    def bewaar(self, form: Any) -> None:
        """Take it back."""
        neem_opvolging_terug(self.opvolging)

    def inhoud(self) -> dict[str, Any]:
        """What is taken back."""
        van, naar = self.opvolging.van, self.opvolging.naar
        return {"over": "", "inleiding": f"{van} is {self.opvolging.get_soort_display()} in {naar}."}
