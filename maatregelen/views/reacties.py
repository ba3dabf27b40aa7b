"""Filing, changing and withdrawing a reaction on a measure."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404

from maatregelen.forms.reacties import Intrekformulier, Reactieformulier
from maatregelen.models import Maatregel, Organisatie, Reactie
from maatregelen.publicatierechten import mag_reactie_wijzigen, mag_reageren, spreekt_namens
from maatregelen.reacties import dien_in, trek_in, wijzig_reactie
from maatregelen.templatetags.opmaak import moment
from maatregelen.views.bijhouden import Formulierblad
from maatregelen.zichtbaarheid import zichtbare_maatregelen, zichtbare_reacties

WIE_REAGEERT = (
    "Een reactie geeft een dossierhouder of coördinator, namens de eigen organisatie. Bent u lezer? Vraag uw "
    "coördinator of een beheerder."
)


class _Bijreactie(Formulierblad):
    """A page about what an organisation says of one measure."""

    wie_mag = WIE_REAGEERT
    maatregel: Maatregel

    def terug(self, uitkomst: Any = None) -> str:
        """Where reactions stand on the page of the measure."""
        return f"{self.maatregel.get_absolute_url()}#reacties"

    def paden(self) -> list[tuple[str, str]]:
        """Agenda, measure."""
        agenda = self.maatregel.pijler.agenda
        return [(agenda.get_absolute_url(), agenda.titel), (self.terug(), self.maatregel.code)]

    def inhoud(self) -> dict[str, Any]:
        """Which measure this is about."""
        return {"over": f"{self.maatregel.code} {self.maatregel.titel}"}

    def sinds_wanneer(self, reactie: Reactie, begin: str) -> str:
        """What is said of who can read it now."""
        if reactie.stil_tot is not None and reactie.heeft_embargo(self.wie.moment):
            return f"{begin} Anderen zien haar vanaf {moment(reactie.stil_tot)}."
        return f"{begin} Wie de maatregel mag zien, ziet haar nu."


class ReactieNieuw(_Bijreactie):
    """A new reaction or dissent."""

    titel = "Reactie geven"
    knop = "Dien in"
    inleiding = (
        "Uw reactie staat naast de officiële status en verandert die niet. Zodra anderen haar kunnen zien, wijzigt u "
        "haar niet meer: dan kunt u er een toevoegen, of haar intrekken met een reden."
    )

    def zoek(self, **sleutels: Any) -> None:
        """The measure with this code."""
        rijen = zichtbare_maatregelen(self.wie).select_related("pijler__agenda")
        self.maatregel = get_object_or_404(rijen, code=sleutels["code"])
        self.namens: dict[int, Organisatie] = spreekt_namens(self.wie)

    def mag(self) -> bool:
        """Who speaks for an organisation."""
        return mag_reageren(self.wie, self.maatregel)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """What it is, its words, from when."""
        return Reactieformulier(self.wie.moment, data, organisaties=list(self.namens))

    def bewaar(self, form: Any) -> Reactie:
        """File it."""
        gegevens = form.cleaned_data
        return dien_in(
            self.maatregel,
            gegevens.get("organisatie") or next(iter(self.namens.values())),
            soort=gegevens["soort"],
            tekst=gegevens["tekst"],
            embargo_tot=gegevens["embargo_tot"],
            door=self.persoon,
            moment=self.wie.moment,
        )

    def melding(self, uitkomst: Any) -> str:
        """Who can read it."""
        return self.sinds_wanneer(uitkomst, "De reactie is ingediend.")


class _EenReactie(_Bijreactie):
    """A page about a reaction that is there."""

    reactie: Reactie

    def zoek(self, **sleutels: Any) -> None:
        """The reaction, of a measure that this person may see."""
        rijen = zichtbare_reacties(self.wie).filter(maatregel__in=zichtbare_maatregelen(self.wie))
        rijen = rijen.select_related("maatregel__pijler__agenda", "organisatie")
        self.reactie = self.stuk = get_object_or_404(rijen, pk=sleutels["pk"])
        self.maatregel = self.reactie.maatregel

    def mag(self) -> bool:
        """Who speaks for the organisation whose it is."""
        return mag_reactie_wijzigen(self.wie, self.reactie)


class ReactieWijzigen(_EenReactie):
    """Change what nobody else could read yet."""

    titel = "Reactie wijzigen"
    inleiding = "Dit kan zolang anderen haar nog niet zien."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """As it is."""
        return Reactieformulier(self.wie.moment, data, reactie=self.reactie)

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        gegevens = form.cleaned_data
        return wijzig_reactie(
            self.reactie,
            soort=gegevens["soort"],
            tekst=gegevens["tekst"],
            embargo_tot=gegevens["embargo_tot"],
            door=self.persoon,
            versie=gegevens["versie"],
            moment=self.wie.moment,
        )

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed, and who can read it."""
        return self.sinds_wanneer(self.reactie, "Opgeslagen." if uitkomst else "Er was niets te wijzigen.")


class ReactieIntrekken(_EenReactie):
    """Withdraw it, with a reason."""

    titel = "Reactie intrekken"
    knop = "Trek in"
    gelukt = "De reactie is ingetrokken. Zij blijft staan als ingetrokken, met uw reden."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The reason."""
        return Intrekformulier(self.reactie, data)

    def bewaar(self, form: Any) -> None:
        """Withdraw it."""
        gegevens = form.cleaned_data
        trek_in(self.reactie, reden=gegevens["reden"], versie=gegevens["versie"], moment=self.wie.moment)
