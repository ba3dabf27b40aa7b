"""Decisions and what became of them: the list, one decision, and what somebody reports of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from maatregelen.filters import Filters, Keuze, Sleutel, Zoek
from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Organisatie
from maatregelen.views import bevoegdheid, blader, filterstand, toon
from maatregelen.views.bijhouden import Formulierblad
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.zichtbaarheid import zichtbare_organisaties
from regietafel.forms.opvolgen import Aanvaardformulier, Intrekformulier, Redenformulier, Uitvoeringsformulier
from regietafel.models import Besluitsoort, Terugkoppeling, Terugkoppelstand
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.models.verslag import TerugkoppelingQuerySet
from regietafel.tafelinzage import van_trekkers, zonder_trekker
from regietafel.terugkoppelingen import aanvaard, heropen, kan_sluiten, meld_uitgevoerd, trek_in, zie_af
from regietafel.zichtbaarheid import (
    mag_terugkoppeling_sluiten,
    mag_uitvoering_melden,
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_terugkoppelingen,
    zichtbare_vergaderingen,
)

TE_DOEN, ZONDER_TREKKER = "teDoen", "zonderTrekker"
STANDEN = [
    (TE_DOEN, "nog niet teruggekoppeld"),
    *Terugkoppelstand.choices,
    (ZONDER_TREKKER, "zonder trekker"),
]
VOORAAN = ("zoek", "stand", "organisatie", "vergadering", "soort")
WIE_MELDT = (
    "Dat een besluit is uitgevoerd melden dossierhouders van de organisatie die voor de maatregel verantwoordelijk is, "
    "en het LRT-secretariaat."
)
WIE_SLUIT = "Wat de tafel aanvaardde of introk legt het LRT-secretariaat vast."


class Besluitfilters(Filters):
    """The filters of the list on the page: a row is a decision for one measure."""

    zoek = Zoek(["besluit__tekst", "besluit__code", "maatregel__code", "maatregel__titel"])
    stand = Keuze(choices=STANDEN, method="op_stand", label="Stand")
    organisatie = Sleutel(zichtbaar=zichtbare_organisaties, method="op_organisatie", label="Verantwoordelijk")
    vergadering = Sleutel(
        zichtbaar=zichtbare_vergaderingen, field_name="besluit__agendapunt__vergadering", label="Uit vergadering"
    )
    soort = Keuze(choices=Besluitsoort.choices, field_name="besluit__soort", label="Soort")

    def op_stand(self, rijen: TerugkoppelingQuerySet, naam: str, value: str) -> TerugkoppelingQuerySet:
        """Those in this stand."""
        if value == TE_DOEN:
            return rijen.te_doen()
        return zonder_trekker(rijen) if value == ZONDER_TREKKER else rijen.filter(stand=value)

    def op_organisatie(self, rijen: TerugkoppelingQuerySet, naam: str, value: Organisatie) -> TerugkoppelingQuerySet:
        """Those about a measure that an organisation answers for, with the work of those it succeeded."""
        return van_trekkers(rijen, Organisatie.objects.waarvoor_optreedt([value.pk], self.wie.vandaag))


@openbaar
@in_de_tijd
@require_safe
def besluiten(request: HttpRequest) -> HttpResponse:
    """Decisions by measure, newest meeting first, with what became of each."""
    wie = bevoegdheid(request)
    filters = Besluitfilters(request.GET, zichtbare_terugkoppelingen(wie), wie=wie)
    stand = filterstand(request, filters, vooraan=VOORAAN, meer=(), paginering=True)
    if stand.fouten:
        return toon(request, "regietafel/besluiten.html", wie, {"filters": stand}, status=400)
    pagina = blader(
        request,
        filters.qs.select_related(
            "besluit__agendapunt__vergadering", "maatregel__pijler__agenda", "aanvaard_in"
        ).order_by(
            "-besluit__agendapunt__vergadering__datum",
            "besluit__agendapunt__vergadering",
            "besluit__agendapunt__volgorde",
            "besluit__volgorde",
            "besluit",
            "maatregel__code",
            "pk",
        ),
    )
    met_verantwoordelijken([rij.maatregel for rij in pagina.object_list if rij.maatregel])
    return toon(request, "regietafel/besluiten.html", wie, {"filters": stand, "pagina": pagina})


@openbaar
@in_de_tijd
@require_safe
def besluit(request: HttpRequest, code: str) -> HttpResponse:
    """One decision: its words, and per measure what became of it."""
    wie = bevoegdheid(request)
    rij = get_object_or_404(zichtbare_besluiten(wie).select_related("agendapunt__vergadering"), code=code)
    delen = list(
        zichtbare_terugkoppelingen(wie)
        .filter(besluit=rij)
        .select_related("maatregel__pijler__agenda", "aanvaard_in", "gemeld_door")
        .order_by("maatregel__code", "pk")
    )
    met_verantwoordelijken([deel.maatregel for deel in delen if deel.maatregel])
    sluit = mag_terugkoppeling_sluiten(wie)
    acties = zichtbare_actiepunten(wie).filter(besluit=rij).select_related("organisatie__opvolger").order_by("code")
    return toon(
        request,
        "regietafel/besluit.html",
        wie,
        {
            "besluit": rij,
            "delen": [(deel, not deel.is_gesloten and mag_uitvoering_melden(wie, deel), sluit) for deel in delen],
            "acties": list(acties),
            "later": zichtbare_agendapunten(wie)
            .filter(eerdere_besluiten=rij)
            .select_related("vergadering")
            .order_by("vergadering__datum", "volgorde"),
        },
    )


class Terugkoppelblad(Formulierblad):
    """A page about a decision for one measure."""

    sjabloon = "regietafel/besluit_bijhouden.html"
    wie_mag = WIE_SLUIT
    rij: Terugkoppeling

    def zoek(self, **sleutels: Any) -> None:
        """The decision, and what became of it for this measure."""
        rijen = zichtbare_terugkoppelingen(self.wie).select_related(
            "besluit__agendapunt__vergadering", "maatregel__pijler__agenda", "aanvaard_in"
        )
        self.rij = get_object_or_404(rijen, pk=sleutels["pk"], besluit__code=sleutels["code"])
        self.stuk = self.rij

    def mag(self) -> bool:
        """The secretariaat."""
        return mag_terugkoppeling_sluiten(self.wie)

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the decision."""
        return self.rij.besluit.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """All decisions, this one."""
        return [("/besluiten/", "Besluiten"), (self.terug(), self.rij.besluit.code)]

    def inhoud(self) -> dict[str, Any]:
        """Which decision, for which measure."""
        return {"over": self.rij.besluit.tekst, "rij": self.rij}

    def latere(self) -> VergaderingQuerySet:
        """The meetings that can close it."""
        besloten = self.rij.besluit.agendapunt.vergadering
        gehouden = zichtbare_vergaderingen(self.wie).geweest()
        kan = [rij.pk for rij in gehouden if not kan_sluiten(besloten, rij)]
        return gehouden.filter(pk__in=kan).order_by("-datum", "-pk")


class Uitgevoerd(Terugkoppelblad):
    """It was carried out; not closed yet."""

    titel = "Besluit uitgevoerd melden"
    knop = "Meld uitgevoerd"
    inleiding = "Hiermee is het besluit nog niet gesloten: dat gebeurt als een vergadering de uitkomst aanvaardt."
    wie_mag = WIE_MELDT
    gelukt = "Gemeld dat het is uitgevoerd. Het staat nu op 'uitgevoerd, niet teruggekoppeld'."

    def mag(self) -> bool:
        """Who keeps the measure up, and the secretariaat."""
        return mag_uitvoering_melden(self.wie, self.rij)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Day and outcome."""
        return Uitvoeringsformulier(self.rij, data)

    def bewaar(self, form: Any) -> None:
        """Report it."""
        g = form.cleaned_data
        meld_uitgevoerd(
            self.rij,
            op=g["op"],
            uitkomst=g["uitkomst"],
            door=self.persoon,
            vandaag=self.wie.vandaag,
            versie=g["versie"],
        )


class Aanvaarden(Terugkoppelblad):
    """A later meeting accepted what came of it."""

    titel = "Terugkoppeling aanvaard"
    knop = "Sluit af"
    inleiding = "Hiermee is het besluit voor deze maatregel gesloten."
    gelukt = "Teruggekoppeld en aanvaard: het besluit is hiervoor gesloten."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Which meeting."""
        return Aanvaardformulier(self.rij, self.latere(), data)

    def bewaar(self, form: Any) -> None:
        """Close it."""
        g = form.cleaned_data
        aanvaard(self.rij, g["vergadering"], door=self.persoon, versie=g["versie"])


class Intrekken(Terugkoppelblad):
    """A later meeting withdrew it."""

    titel = "Besluit ingetrokken"
    knop = "Leg vast"
    gelukt = "Vastgelegd dat het besluit hiervoor is ingetrokken."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Which meeting and why."""
        return Intrekformulier(self.rij, self.latere(), data)

    def bewaar(self, form: Any) -> None:
        """Withdraw it."""
        g = form.cleaned_data
        trek_in(self.rij, g["vergadering"], reden=g["reden"], door=self.persoon, versie=g["versie"])


class NietNodig(Terugkoppelblad):
    """Nothing has to be reported back."""

    titel = "Terugkoppelen is niet nodig"
    knop = "Leg vast"
    gelukt = "Vastgelegd dat terugkoppelen niet nodig is."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Why."""
        return Redenformulier(self.rij, data)

    def bewaar(self, form: Any) -> None:
        """Leave it at that."""
        zie_af(self.rij, reden=form.cleaned_data["reden"], door=self.persoon, versie=form.cleaned_data["versie"])


class Heropenen(NietNodig):
    """It is to be carried out or reported back after all."""

    titel = "Besluit weer openzetten"
    knop = "Zet weer open"
    inleiding = "De geschiedenis houdt wat er eerder over is gemeld."
    gelukt = "Het besluit staat hiervoor weer open."

    def bewaar(self, form: Any) -> None:
        """Open it again."""
        heropen(self.rij, reden=form.cleaned_data["reden"], door=self.persoon, versie=form.cleaned_data["versie"])
