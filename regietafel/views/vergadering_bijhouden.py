"""Planning a meeting, changing it, moving it from one state to the next, and noting who was there."""

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from maatregelen.versiebewaking import Tussenstand
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.bijhouden import BOTST, GELUKT, ONJUIST, Formulierblad, probeer
from regietafel.agendering import neem_vaste_punten_over
from regietafel.deelname import (
    Aanwezigheidsregel,
    Ingehaald,
    leg_aanwezigheid_vast,
    neem_leden_over,
    verwijder_deelname,
    voeg_deelnemer_toe,
    wijzig_deelname,
)
from regietafel.forms.agenda import Alleenversie
from regietafel.forms.vergadering import Deelnemerformulier, Presentieregel, Staatformulier, Vergaderformulier
from regietafel.models import Aanwezigheid, Deelname, Deelnamerol, Reeks, Staatwijziging, Vergadering, Vergaderstaat
from regietafel.vergadercyclus import maak_vergadering, mogelijke_vaststellers, wijzig_staat, wijzig_vergadering
from regietafel.zichtbaarheid import mag_vergaderingen_bijhouden, zichtbare_vergaderingen

WIE_TAFEL = "Vergaderingen, agenda's en verslagen houdt het LRT-secretariaat bij."
LIJST = ("/vergaderingen/", "Regietafel")


class Tafelblad(Formulierblad):
    """A page with a form of the table: only the secretariaat."""

    wie_mag = WIE_TAFEL

    def mag(self) -> bool:
        """The secretariaat."""
        return mag_vergaderingen_bijhouden(self.wie)

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [LIJST]


class Bijvergadering(Tafelblad):
    """A page about one meeting; when its minutes were adopted it says so and offers nothing."""

    vergadering: Vergadering
    # Whether this page changes something of the meeting itself, which closed minutes forbid.
    wijzigt_deze = True

    def zoek(self, **sleutels: Any) -> None:
        """The meeting with this address."""
        rijen = zichtbare_vergaderingen(self.wie).select_related("reeks")
        self.vergadering = get_object_or_404(rijen, slug=sleutels["slug"])

    def _dicht(self) -> HttpResponse | None:
        """That nothing is left to change, in words; None while there is."""
        if not self.wijzigt_deze or not self.vergadering.is_gesloten:
            return None
        inhoud = {"vergadering": self.vergadering, "bladtitel": self.titel}
        return toon(self.request, "regietafel/gesloten.html", self.wie, inhoud, status=BOTST)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it stands, or that the minutes are closed."""
        return self._dicht() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it, unless the minutes are closed."""
        return self._dicht() or super().post(request, **kwargs)

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the meeting."""
        return self.vergadering.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """The list, the meeting."""
        return [LIJST, (self.vergadering.get_absolute_url(), str(self.vergadering))]

    def inhoud(self) -> dict[str, Any]:
        """Which meeting this is about."""
        return {"over": str(self.vergadering), "vergadering": self.vergadering}


class _Leesbaar(Tafelblad):
    """A page where words are read into an estimate: with script while one types, without it by a button."""

    sjabloon = "regietafel/vergadering_formulier.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it; or only read the words, with everything that was typed as it was."""
        if "lees" not in request.POST:
            return super().post(request, **kwargs)
        leeg = dict.fromkeys(self.formulier().fields, "")
        return self.toon(self.formulier(getypt={**leeg, **request.POST.dict()}))  # type: ignore[call-arg]


class VergaderingNieuw(_Leesbaar):
    """A new meeting, by itself or from a series."""

    titel = "Vergadering plannen"
    knop = "Plan de vergadering"
    inleiding = (
        "Kies de dag, of schrijf wanneer het ongeveer is. Uit de reeks komen de vaste agendapunten, de leden van die "
        "dag, de duur en de plaats."
    )

    def formulier(
        self, data: Any = None, bestanden: Any = None, *, getypt: dict[str, Any] | None = None
    ) -> Vergaderformulier:
        """An empty meeting, of the series in the address."""
        begin = getypt
        if begin is None:
            gevraagd = lees_adres(self.request, {"reeks": None}).get("reeks")
            reeksen = Reeks.objects.all()
            reeks = get_object_or_404(reeksen, slug=gevraagd) if gevraagd else reeksen.first()
            begin = {"reeks": reeks.pk} if reeks else {}
        return Vergaderformulier(data, vandaag=self.wie.vandaag, initial=begin)

    def bewaar(self, form: Any) -> Vergadering:
        """Make it, with what the series gives."""
        with transaction.atomic():
            vergadering = maak_vergadering(form.velden(), door=self.persoon)
            if form.cleaned_data["met_punten"]:
                neem_vaste_punten_over(vergadering)
            if form.cleaned_data["met_leden"]:
                neem_leden_over(vergadering)
        return vergadering

    def melding(self, uitkomst: Any) -> str:
        """What came of it."""
        punten, leden = uitkomst.agendapunten.count(), uitkomst.deelnames.count()
        return f"De vergadering is gepland, met {punten} agendapunten en {leden} deelnemers."

    def terug(self, uitkomst: Any = None) -> str:
        """The new meeting, or the list."""
        return uitkomst.get_absolute_url() if uitkomst else LIJST[0]


class VergaderingWijzigen(Bijvergadering, _Leesbaar):
    """When and where, and what its papers say."""

    titel = "Gegevens van de vergadering wijzigen"
    inleiding = "De adresnaam wijzigt niet. De staat heeft een eigen pagina."

    def zoek(self, **sleutels: Any) -> None:
        """The meeting is also what is changed."""
        super().zoek(**sleutels)
        self.stuk = self.vergadering

    def formulier(
        self, data: Any = None, bestanden: Any = None, *, getypt: dict[str, Any] | None = None
    ) -> Vergaderformulier:
        """The meeting; a copy, so that what is refused is never shown as what is."""
        return Vergaderformulier(data, instance=copy.copy(self.vergadering), vandaag=self.wie.vandaag, initial=getypt)

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_vergadering(self.vergadering, form.velden(), versie=form.cleaned_data["versie"])

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed."""
        return self.gelukt if uitkomst else "Er was niets te wijzigen."


class Staatwissel(Bijvergadering):
    """The next state, or a step back."""

    sjabloon = "regietafel/staat.html"
    titel = "Staat wijzigen"
    knop = "Wijzig de staat"

    def zoek(self, **sleutels: Any) -> None:
        """The meeting is also what is changed."""
        super().zoek(**sleutels)
        self.stuk = self.vergadering

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The moves there are from here."""
        return Staatformulier(self.vergadering, mogelijke_vaststellers(self.vergadering), self.wie.vandaag, data)

    def bewaar(self, form: Any) -> Staatwijziging:
        """Move it."""
        velden = form.cleaned_data
        return wijzig_staat(
            self.vergadering,
            velden["staat"],
            door=self.persoon,
            toelichting=velden["toelichting"],
            per=velden["per"],
            vastgesteld_in=velden.get("vastgesteld_in"),
            versie=velden["versie"],
        )

    def samengevoegd(self, form: forms.BaseForm, stand: Tussenstand) -> QueryDict:
        """As it was typed, on the new version."""
        nieuw = self.request.POST.copy()
        nieuw["versie"] = str(self.vergadering.versie)
        return nieuw

    def melding(self, uitkomst: Any) -> str:
        """Where it is now."""
        return f"De staat is nu '{uitkomst.get_naar_display()}', per {uitkomst.per:%d-%m-%Y}."

    def inhoud(self) -> dict[str, Any]:
        """Its steps so far."""
        stappen = self.vergadering.staatwijzigingen.select_related("door").order_by("-per", "-pk")
        return {
            **super().inhoud(),
            "stappen": list(stappen),
            "kan_vaststellen": self.vergadering.staat == Vergaderstaat.VERSLAG_CONCEPT,
        }


class Ledenovernemen(Bijvergadering):
    """Put the members of the series on the list."""

    titel = "Leden overnemen"
    knop = "Neem over"
    inleiding = "Wie op de dag van de vergadering lid is en nog niet op de lijst staat, komt erbij."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only the version."""
        return Alleenversie(self.vergadering.versie, data)

    def bewaar(self, form: Any) -> int:
        """Add who is missing."""
        return len(neem_leden_over(self.vergadering))

    def melding(self, uitkomst: Any) -> str:
        """How many."""
        return f"{uitkomst} leden overgenomen." if uitkomst else "Alle leden staan al op de lijst."

    def terug(self, uitkomst: Any = None) -> str:
        """The list of who was there."""
        return reverse("vergadering_presentie", args=[self.vergadering.slug])


class Presentie(View):
    """Who was there: the whole list on one page, kept at once."""

    http_method_names = ["get", "head", "post"]
    vergadering: Vergadering

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Rights first; then whether there is anything left to change."""
        self.wie = bevoegdheid(request)
        self.vergadering = get_object_or_404(
            zichtbare_vergaderingen(self.wie).select_related("reeks"), slug=kwargs["slug"]
        )
        if not mag_vergaderingen_bijhouden(self.wie):
            raise PermissionDenied(WIE_TAFEL)
        if self.vergadering.is_gesloten:
            inhoud = {"vergadering": self.vergadering, "bladtitel": "Presentie"}
            return toon(request, "regietafel/gesloten.html", self.wie, inhoud, status=BOTST)
        return super().dispatch(request, *args, **kwargs)

    def _regels(self, data: Any = None) -> list[Presentieregel]:
        deelnames = self.vergadering.deelnames.select_related("organisatie__opvolger").op_rang()
        return [Presentieregel(deelname, data) for deelname in deelnames]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The list as it stands."""
        return self._toon(self._regels())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Keep it, or show it again with everything that was typed."""
        regels = self._regels(request.POST)
        # Somebody who was put on the list meanwhile was not on the page that was sent.
        verstuurd = [regel for regel in regels if regel.add_prefix("versie") in request.POST]
        if [regel for regel in verstuurd if not regel.is_valid()]:
            return self._toon(regels, verstuurd=verstuurd, status=ONJUIST)
        iedereen = "iedereen" in request.POST
        te_noteren = [self._regel(regel, iedereen) for regel in verstuurd]
        form = forms.Form(request.POST)
        try:
            aantal, status = probeer(form, lambda: leg_aanwezigheid_vast(self.vergadering, te_noteren))
        except Ingehaald as fout:
            return self._ingehaald(fout)
        if aantal is None:
            self._leg_fouten_bij_regels(form, verstuurd)
            return self._toon(regels, form=form, verstuurd=verstuurd, status=status)
        messages.success(request, "De presentie is opgeslagen." if aantal else "Er was niets te wijzigen.")
        return HttpResponseRedirect(self.vergadering.get_absolute_url() + "#presentie")

    def _regel(self, regel: Presentieregel, iedereen: bool) -> Aanwezigheidsregel:
        velden = {naam: regel.cleaned_data[naam] for naam in ("aanwezigheid", "vervanging", "vervanger", "toelichting")}
        if iedereen and velden["aanwezigheid"] == Aanwezigheid.VERWACHT and regel.deelname.rol != Deelnamerol.GENOEMD:
            velden["aanwezigheid"] = Aanwezigheid.AANWEZIG.value
        return Aanwezigheidsregel(regel.deelname.pk, regel.cleaned_data["versie"], velden)

    def _leg_fouten_bij_regels(self, form: forms.Form, regels: list[Presentieregel]) -> None:
        """The same check, per row, so that what is refused stands with the person it is about."""
        for regel in regels:
            gegevens = regel.cleaned_data
            vervangen = bool(gegevens["vervanging"] or gegevens["vervanger"])
            if gegevens["aanwezigheid"] != Aanwezigheid.AFWEZIG and vervangen:
                regel.add_error("vervanging", "Alleen wie afwezig is wordt vervangen.")
            elif gegevens["vervanger"] and not gegevens["vervanging"]:
                regel.add_error("vervanging", "Kies ambtelijk of bestuurlijk.")

    def _ingehaald(self, fout: Ingehaald) -> HttpResponse:
        """What was typed, on the new versions; the rows that somebody else changed are marked."""
        invoer = self.request.POST.copy()
        for deelname in self.vergadering.deelnames.all():
            invoer[f"d{deelname.pk}-versie"] = str(deelname.versie)
        regels = self._regels(invoer)
        for regel in regels:
            regel.is_valid()
            if regel.deelname.pk in fout.deelnames:
                nu = regel.deelname
                regel.add_error(None, f"Iemand anders legde vast: {nu.get_aanwezigheid_display()}.")
        form = forms.Form(self.request.POST)
        form.is_valid()
        form.add_error(None, f"{fout} Wat u invulde staat er nog; sla opnieuw op om dat te bewaren.")
        return self._toon(regels, form=form, verstuurd=regels, status=BOTST)

    def _toon(
        self,
        regels: list[Presentieregel],
        *,
        form: forms.Form | None = None,
        verstuurd: list[Presentieregel] | None = None,
        status: int = GELUKT,
    ) -> HttpResponse:
        fouten = [(regel.deelname, zinnen) for regel in verstuurd or () for zinnen in regel.errors.values()]
        return toon(
            self.request,
            "regietafel/presentie.html",
            self.wie,
            {
                "vergadering": self.vergadering,
                "regels": regels,
                "form": form,
                "fouten": fouten,
                "paden": [LIJST, (self.vergadering.get_absolute_url(), str(self.vergadering))],
            },
            status=status,
        )


class DeelnemerNieuw(Bijvergadering):
    """Somebody more at the table, or somebody who acts without being listed."""

    titel = "Deelnemer toevoegen"
    knop = "Voeg toe"
    gelukt = "De deelnemer staat op de lijst."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty one."""
        return Deelnemerformulier(data)

    def bewaar(self, form: Any) -> Deelname:
        """Add it, last on the list."""
        return voeg_deelnemer_toe(self.vergadering, form.velden())

    def terug(self, uitkomst: Any = None) -> str:
        """The list of who was there."""
        return reverse("vergadering_presentie", args=[self.vergadering.slug])


class Bijdeelname(Bijvergadering):
    """A page about one participation."""

    deelname: Deelname

    def zoek(self, **sleutels: Any) -> None:
        """The participation, of a meeting this person may see."""
        self.deelname = get_object_or_404(
            Deelname.objects.filter(vergadering__in=zichtbare_vergaderingen(self.wie)).select_related(
                "vergadering__reeks", "organisatie"
            ),
            pk=sleutels["pk"],
        )
        self.vergadering = self.deelname.vergadering
        self.stuk = self.deelname

    def terug(self, uitkomst: Any = None) -> str:
        """The list of who was there."""
        return reverse("vergadering_presentie", args=[self.vergadering.slug])


class DeelnemerWijzigen(Bijdeelname):
    """Who somebody is at this table."""

    sjabloon = "regietafel/deelnemer.html"
    titel = "Deelnemer wijzigen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The participation; a copy, so that what is refused is never shown as what is."""
        return Deelnemerformulier(data, instance=copy.copy(self.deelname))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_deelname(self.deelname, form.velden(), versie=form.cleaned_data["versie"])

    def inhoud(self) -> dict[str, Any]:
        """Who it is."""
        return {**super().inhoud(), "deelname": self.deelname}


class DeelnemerWeg(Bijdeelname):
    """Take somebody off the list."""

    titel = "Deelnemer van de lijst halen"
    knop = "Haal van de lijst"
    gelukt = "De deelnemer staat niet meer op de lijst."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only the version."""
        return Alleenversie(self.deelname.versie, data)

    def bewaar(self, form: Any) -> None:
        """Take it off."""
        verwijder_deelname(self.deelname, versie=form.cleaned_data["versie"])

    def inhoud(self) -> dict[str, Any]:
        """Who it is."""
        return {**super().inhoud(), "inleiding": f"{self.deelname}. De geschiedenis houdt dat deze op de lijst stond."}
