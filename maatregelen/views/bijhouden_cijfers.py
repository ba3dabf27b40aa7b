"""Making and changing figures: what is measured, what was found, what is aimed at."""

import copy
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404

from maatregelen.cijfervoering import maak_indicator, stel_doelwaarde, voeg_meting_toe, wijzig_meting
from maatregelen.dossiervoering import wijzig
from maatregelen.forms.cijfers import Doelwaardeformulier, Indicatorformulier, Metingformulier
from maatregelen.models import Doelwaarde, Indicator, Meting
from maatregelen.views.bijhouden import WIE_CIJFERS, Formulierblad
from maatregelen.zichtbaarheid import (
    mag_cijfers_bijhouden,
    zichtbare_agendas,
    zichtbare_indicatoren,
    zichtbare_metingen,
)


class Bijcijfers(Formulierblad):
    """A page about figures; the secretariaat uses it."""

    wie_mag = WIE_CIJFERS
    indicator: Indicator

    def zoek(self, **sleutels: Any) -> None:
        """The indicator with this address, where the page is about one."""
        if "slug" in sleutels:
            self.indicator = get_object_or_404(zichtbare_indicatoren(self.wie), slug=sleutels["slug"])

    def mag(self) -> bool:
        """Who keeps figures up."""
        return mag_cijfers_bijhouden(self.wie)

    def terug(self, uitkomst: Any = None) -> str:
        """The figures."""
        return "/cijfers/"

    def paden(self) -> list[tuple[str, str]]:
        """The figures."""
        return [("/cijfers/", "Cijfers")]

    def inhoud(self) -> dict[str, Any]:
        """Which figure this is about."""
        indicator = getattr(self, "indicator", None)
        return {"over": f"{indicator.naam} ({indicator.eenheid})"} if indicator else {}


class IndicatorNieuw(Bijcijfers):
    """A new thing to measure."""

    titel = "Indicator toevoegen"
    knop = "Voeg toe"
    gelukt = "De indicator is toegevoegd."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty indicator."""
        return Indicatorformulier(data)

    def bewaar(self, form: Any) -> Indicator:
        """Make it."""
        return maak_indicator(form.velden())


class IndicatorWijzigen(Bijcijfers):
    """What an indicator is."""

    titel = "Indicator wijzigen"

    def zoek(self, **sleutels: Any) -> None:
        """The indicator is also what is changed."""
        super().zoek(**sleutels)
        self.stuk = self.indicator

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The indicator; a copy, so that what is refused is never shown as what is."""
        return Indicatorformulier(data, instance=copy.copy(self.indicator))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig(self.indicator, form.velden(), versie=form.cleaned_data["versie"])


class MetingNieuw(Bijcijfers):
    """A figure that was found."""

    titel = "Cijfer toevoegen"
    knop = "Voeg toe"
    gelukt = "Het cijfer is toegevoegd."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty figure."""
        return Metingformulier(data, agendas=zichtbare_agendas(self.wie))

    def bewaar(self, form: Any) -> Meting:
        """Add it."""
        return voeg_meting_toe(self.indicator, form.velden())


class MetingWijzigen(Bijcijfers):
    """Correct a figure."""

    titel = "Cijfer wijzigen"
    meting: Meting

    def zoek(self, **sleutels: Any) -> None:
        """The figure, of an indicator that this person may see."""
        rijen = zichtbare_metingen(self.wie).filter(indicator__in=zichtbare_indicatoren(self.wie))
        rijen = rijen.select_related("indicator")
        self.meting = get_object_or_404(rijen, pk=sleutels["pk"])
        self.indicator = self.meting.indicator
        self.stuk = self.meting

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The figure; a copy, so that what is refused is never shown as what is."""
        return Metingformulier(data, instance=copy.copy(self.meting), agendas=zichtbare_agendas(self.wie))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_meting(self.meting, form.velden(), versie=form.cleaned_data["versie"])


class DoelwaardeNieuw(Bijcijfers):
    """A target is a decision; the former one stays."""

    titel = "Doelwaarde vastleggen"
    knop = "Leg vast"
    gelukt = "De doelwaarde is vastgelegd. De vorige blijft bewaard."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty target."""
        return Doelwaardeformulier(data)

    def bewaar(self, form: Any) -> Doelwaarde:
        """Set it."""
        return stel_doelwaarde(self.indicator, form.velden(), door=self.persoon)
