"""What somebody says of an action: done, handed over, split, moved, dropped, opened again, agreed on after all."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from maatregelen.views.bijhouden import Formulierblad
from maatregelen.zichtbaarheid import kijkers
from regietafel.actiepunten import draag_over, heropen, laat_vervallen, rond_af, splits, spreek_af, verplaats
from regietafel.forms.opvolgen import (
    MINSTE_DELEN,
    Afrondformulier,
    Overdraagformulier,
    Redenformulier,
    Splitsformulier,
    Verplaatsformulier,
)
from regietafel.models import Actiepunt
from regietafel.zichtbaarheid import mag_actie_afspreken, mag_actie_melden, zichtbare_actiepunten

WIE_ACTIE = "Een actiepunt wordt bijgehouden door wie het doet, en door het LRT-secretariaat."
WIE_AFSPRAAK = "Dat iets alsnog is afgesproken legt het LRT-secretariaat vast."


class Actieblad(Formulierblad):
    """A page about one action; only who does it and the secretariaat may use it."""

    sjabloon = "regietafel/actie_bijhouden.html"
    wie_mag = WIE_ACTIE
    actie: Actiepunt

    def zoek(self, **sleutels: Any) -> None:
        """The action with this code."""
        rijen = zichtbare_actiepunten(self.wie).select_related(
            "organisatie__opvolger", "persoon", "agendapunt__vergadering"
        )
        self.actie = get_object_or_404(rijen, code=sleutels["code"])
        self.stuk = self.actie

    def mag(self) -> bool:
        """Whose it is, and the secretariaat."""
        return mag_actie_melden(self.wie, self.actie)

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the action."""
        return self.actie.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """All actions, this one."""
        return [("/actiepunten/", "Actiepunten"), (self.terug(), self.actie.code)]

    def inhoud(self) -> dict[str, Any]:
        """Which action this is about."""
        return {"over": self.actie.wat, "actie": self.actie}

    def wie_doet(self, form: forms.BaseForm) -> dict[str, Any]:
        """Who does this, today, on which version: what every verb asks."""
        return {"door": self.persoon, "vandaag": self.wie.vandaag, "versie": form.cleaned_data["versie"]}


class Afronden(Actieblad):
    """It is done."""

    titel = "Actiepunt afronden"
    knop = "Rond af"
    gelukt = "Het actiepunt is afgerond."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Day and outcome."""
        return Afrondformulier(self.actie, data)

    def bewaar(self, form: Any) -> Any:
        """Finish it."""
        gegevens = form.cleaned_data
        return rond_af(self.actie, op=gegevens["op"], afronding=gegevens["afronding"], **self.wie_doet(form))


class Vervallen(Actieblad):
    """It need not be done any more."""

    titel = "Actiepunt laten vervallen"
    knop = "Laat vervallen"
    inleiding = "Het actiepunt hoeft dan niet meer. De geschiedenis houdt dat het er was, en waarom het vervalt."
    gelukt = "Het actiepunt is vervallen."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Why."""
        return Redenformulier(self.actie, data)

    def bewaar(self, form: Any) -> Any:
        """Drop it."""
        return laat_vervallen(self.actie, reden=form.cleaned_data["reden"], **self.wie_doet(form))


class Heropenen(Vervallen):
    """It is to be done after all."""

    titel = "Actiepunt heropenen"
    knop = "Zet weer open"
    inleiding = "Het actiepunt staat dan weer open. De geschiedenis houdt wat er eerder over is gemeld."
    gelukt = "Het actiepunt staat weer open."

    def bewaar(self, form: Any) -> Any:
        """Open it again."""
        return heropen(self.actie, reden=form.cleaned_data["reden"], **self.wie_doet(form))


class Afspreken(Vervallen):
    """A request or offer that the table agreed on after all."""

    titel = "Alsnog afgesproken"
    knop = "Leg vast dat het is afgesproken"
    inleiding = "Hiermee wordt het een afgesproken actiepunt. Wat het eerst was blijft zichtbaar."
    wie_mag = WIE_AFSPRAAK
    gelukt = "Dit is nu een afgesproken actiepunt."

    def mag(self) -> bool:
        """The secretariaat."""
        return mag_actie_afspreken(self.wie)

    def bewaar(self, form: Any) -> Any:
        """Agree on it."""
        return spreek_af(self.actie, reden=form.cleaned_data["reden"], **self.wie_doet(form))


class Overdragen(Actieblad):
    """Somebody else does it."""

    titel = "Actiepunt overdragen"
    knop = "Draag over"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """To whom and why."""
        mensen = kijkers(self.wie.vandaag)
        if not self.wie.is_secretariaat:
            eigen = self.wie.werkt_bij | self.wie.namens
            mensen = mensen.filter(lidmaatschappen__organisatie__in=eigen).distinct()
        return Overdraagformulier(self.actie, self.wie.vandaag, mensen.order_by("functie"), data)

    def bewaar(self, form: Any) -> Any:
        """Hand it over."""
        return draag_over(self.actie, form.trekker(), reden=form.cleaned_data["reden"], **self.wie_doet(form))

    def melding(self, uitkomst: Any) -> str:
        """Whose it is now."""
        return f"Het actiepunt ligt nu bij {uitkomst.naar_organisatie or uitkomst.naar_wie_tekst}."


class Verplaatsen(Actieblad):
    """Another termijn; the words can be read first, without keeping anything."""

    sjabloon = "regietafel/actie_verplaatsen.html"
    titel = "Termijn verplaatsen"
    knop = "Verplaats"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Words and why."""
        return Verplaatsformulier(self.actie, self.wie.vandaag, data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it; or only read the words, with everything that was typed as it was."""
        if "lees" not in request.POST:
            return super().post(request, **kwargs)
        getypt = {naam: request.POST.get(naam, "") for naam in ("termijn_tekst", "peildatum", "lezing", "reden")}
        return self.toon(Verplaatsformulier(self.actie, self.wie.vandaag, **getypt))

    def bewaar(self, form: Any) -> Any:
        """Move it."""
        gegevens = form.cleaned_data
        return verplaats(
            self.actie,
            gegevens["termijn_tekst"],
            peildatum=gegevens["peildatum"],
            ander=gegevens["lezing"] == "1",
            reden=gegevens["reden"],
            **self.wie_doet(form),
        )

    def melding(self, uitkomst: Any) -> str:
        """What kind of change it was."""
        return f"De termijn is gewijzigd: {uitkomst.get_termijnsoort_display()}."


class Splitsen(Actieblad):
    """Several actions take its place."""

    sjabloon = "regietafel/actie_splitsen.html"
    titel = "Actiepunt splitsen"
    knop = "Splits"
    inleiding = "De delen komen in de plaats van dit actiepunt. Elk deel krijgt een eigen code, trekker en termijn."

    def formulier(self, data: Any = None, bestanden: Any = None) -> Splitsformulier:
        """The parts and why."""
        return Splitsformulier(self.actie, self.wie.vandaag, data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it; or only add a row, with everything that was typed as it was."""
        if "meer" not in request.POST:
            return super().post(request, **kwargs)
        form = Splitsformulier(self.actie, self.wie.vandaag, request.POST, erbij=1)
        getypt = {naam: form[naam].value() for naam in form.fields}
        leeg = Splitsformulier(self.actie, self.wie.vandaag, None, erbij=form.hoeveel - MINSTE_DELEN)
        leeg.initial.update(getypt)
        return self.toon(leeg)

    def bewaar(self, form: Any) -> Any:
        """Split it."""
        return splits(self.actie, form.delen(), reden=form.cleaned_data["reden"], **self.wie_doet(form))

    def melding(self, uitkomst: Any) -> str:
        """Into how many."""
        return f"Het actiepunt is gesplitst in {len(uitkomst)} actiepunten."
