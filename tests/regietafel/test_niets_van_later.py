"""Nothing of later shows in the past, on any address there is: pages, lists and details of the API, searches, filters,
files, papers. The addresses come from the URL conf, the texts from the models: what is added to either comes along, or
fails here until somebody said what it is about.

The question is asked in two ways. A word that only came later is nowhere; and each answer is, to the letter, what it
was before any of that happened, so that no count, order, name or link knows of it either.
"""

import datetime
import difflib
import html
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Pijler,
    Reactie,
    Statuswijziging,
    Thema,
)
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Bijlage,
    Deelname,
    Inbreng,
    Reeks,
    Reekslid,
    Reekspunt,
    Terugkoppeling,
    Vergadering,
)
from regietafel.stukken.inhoud import BOUWERS, bouw
from regietafel.stukken.zicht import NietTeZien
from tests.conftest import Mensen
from tests.regietafel.stukstof import teksten
from tests.regietafel.twee_werelden import (
    GRENS,
    LAAT,
    LAAT_MERK,
    SAMEN,
    VROEG,
    VROEG_MERK,
    later_aan_vroeg,
    leestekst,
    met_verleden,
    om,
    overschrijf,
    straks,
    vastgelegd,
    wereld,
)

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
PEILDATUM, GEZIEN = f"peildatum={GRENS}", f"gezienOp={GRENS}"
WOORD = re.compile(LAAT_MERK, re.IGNORECASE)


def alle(model: type[models.Model], veld: str = "pk") -> Callable[[], list[str]]:
    """That name of every row there is."""
    return lambda: [str(waarde) for waarde in model._default_manager.order_by("pk").values_list(veld, flat=True)]


def geen() -> list[str]:
    """What only exists for a person, or not in these worlds: such an address is asked once, with something."""
    return ["1"]


# What an address is about, by the address up to and including the name.
ONDERWERPEN: dict[str, Callable[[], list[str]]] = {
    "afmelden/<str:token>": geen,
    "agendas/<slug:slug>": alle(Agenda, "slug"),
    "agendapunten/<int:pk>": alle(Agendapunt),
    "actiepunten/<slug:code>": alle(Actiepunt, "code"),
    "beheer/aanmeldpunten/<slug:adresnaam>": geen,
    "beheer/aanmeldpunten/<slug:adresnaam>/koppelingen/<int:pk>": geen,
    "beheer/aanmeldpunten/<slug:adresnaam>/mensen/<int:pk>": geen,
    "inloggen/alleen-via/<slug:provider_id>": geen,
    "inloggen/via/<slug:provider_id>": geen,
    "uitgelogd/<slug:provider_id>": geen,
    "beheer/herinneren/<slug:hardheid>": lambda: ["toezegging"],
    "beheer/herinneren/<slug:hardheid>/<slug:fijnheid>": lambda: ["dag"],
    "besluiten/<slug:code>": alle(Besluit, "code"),
    "besluiten/<slug:code>/<int:pk>": alle(Terugkoppeling),
    "betrokkenheden/<int:pk>": alle(Betrokkenheid),
    "bijlagen/<int:pk>": alle(Bijlage),
    "cijfers/<slug:slug>": alle(Indicator, "slug"),
    "deelnemers/<int:pk>": alle(Deelname),
    "kalender/<str:geheim>": geen,
    "maatregelen/<slug:code>": alle(Maatregel, "code"),
    "metingen/<int:pk>": alle(Meting),
    "mijlpalen/<int:pk>": alle(Mijlpaal),
    "mijn/abonnementen/<int:pk>": geen,
    "mijn/volgen/<int:pk>": geen,
    "opvolging/<int:pk>": alle(Opvolging),
    "organisaties/<slug:slug>": alle(Organisatie, "slug"),
    "personen/<int:pk>": alle(Persoon),
    "pijlers/<int:pk>": alle(Pijler),
    "reacties/<int:pk>": alle(Reactie),
    "api/v1/reacties/<int:id>": alle(Reactie),
    "logboek/<slug:tabel>": lambda: ["regel"],
    "logboek/<slug:tabel>/<int:nummer>": geen,
    "mijn/sleutels/<slug:kenmerk>": geen,
    "mijn/tweede-stap/passkeys/<int:pk>": geen,
    "organisaties/<slug:slug>/programmas/<int:pk>": geen,
    "organisaties/<slug:slug>/programmas/<int:pk>/sleutels/<slug:kenmerk>": geen,
    "wachtwoord-kiezen/<str:geheim>": geen,
    "stukken/<int:pk>": geen,
    "stukken/bundel/<uuid:bundel>": lambda: ["5c1b5a53-2f7c-4a55-a1b2-5f0bb2b4c2a1"],
    "vergaderingen/<slug:slug>": alle(Vergadering, "slug"),
    "vergaderingen/reeksen/<slug:slug>": alle(Reeks, "slug"),
    "vergaderingen/reeksen/<slug:slug>/leden/<int:pk>": alle(Reekslid),
    "vergaderingen/reeksen/<slug:slug>/punten/<int:pk>": alle(Reekspunt),
    "wijzigingen/<str:geheim>": geen,
    "api/v1/agendapunten/<int:id>": alle(Agendapunt),
    "api/v1/agendas/<slug:slug>": alle(Agenda, "slug"),
    "api/v1/actiepunten/<slug:code>": alle(Actiepunt, "code"),
    "api/v1/besluiten/<slug:code>": alle(Besluit, "code"),
    "api/v1/inbreng/<int:id>": alle(Inbreng),
    "api/v1/indicatoren/<slug:slug>": alle(Indicator, "slug"),
    "api/v1/maatregelen/<slug:code>": alle(Maatregel, "code"),
    "api/v1/mijlpalen/<int:id>": alle(Mijlpaal),
    "api/v1/organisaties/<slug:slug>": alle(Organisatie, "slug"),
    "api/v1/pijlers/<int:id>": alle(Pijler),
    "api/v1/statuswijzigingen/<int:id>": alle(Statuswijziging),
    "api/v1/terugkoppelingen/<int:id>": alle(Terugkoppeling),
    "api/v1/vergaderingen/<slug:slug>": alle(Vergadering, "slug"),
}
# Where the address is no path of ours: the last resort of the API, static files.
GEEN_PAD = re.compile(r"[\^$]")
NAAM = re.compile(r"<\w+:\w+>")
# What each answer has of its own: tokens of forms.
EIGEN = re.compile(r'(name="csrfmiddlewaretoken" value="|nonce="|"csrf": ?")[^"]*"')


def routes(deel: URLResolver | URLPattern | None = None, voor: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the URL conf, names and all, with its view."""
    deel = deel or get_resolver()
    pad = voor + str(deel.pattern).lstrip("^" if isinstance(deel, URLResolver) and not voor else "")
    if isinstance(deel, URLResolver):
        for volgende in deel.url_patterns:
            yield from routes(volgende, pad.removeprefix("/"))
    elif not GEEN_PAD.search(pad):
        yield pad, deel.callback


def adressen(
    route: str,
    anders: Mapping[str, Callable[[], list[str]]] | None = None,
    samen: Mapping[str, Callable[[], list[tuple[str, ...]]]] | None = None,
) -> list[str]:
    """The addresses of a route: one for each thing it can be about. KeyError: say in ONDERWERPEN what that is.

    `anders`: about which things instead. `samen`: which names belong together, where not each goes with each.
    """
    namen = list(NAAM.finditer(route))
    onderwerpen = {**ONDERWERPEN, **(anders or {})}
    stelsels = [maak() for begin, maak in (samen or {}).items() if route.startswith(begin)]
    waardenlijst = stelsels[0] if stelsels else itertools.product(*(onderwerpen[route[: n.end()]]() for n in namen))
    uit = []
    for waarden in waardenlijst:
        pad = route
        for naam, waarde in zip(namen, waarden, strict=True):
            pad = pad.replace(naam[0], waarde, 1)
        uit.append(f"/{pad}")
    return uit


def met_reeks(adres: str, *delen: str) -> str:
    """The address with these keys."""
    return f"{adres}?{'&'.join(deel for deel in delen if deel)}"


class Bezoek:
    """Somebody of the secretariaat, who may see and do most, with a browser and a key for the API."""

    def __init__(self, client: Client, kop: dict[str, str]) -> None:
        self.client, self.kop = client, kop

    def haal(self, adres: str) -> tuple[int, str]:
        """The status of an answer and its text, without what each answer has of its own."""
        antwoord = self.client.get(adres, headers=self.kop if adres.startswith("/api/") else {})
        inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
        koppen = " ".join(f"{naam}: {waarde}" for naam, waarde in antwoord.items() if naam in ("Location", "ETag"))
        return antwoord.status_code, EIGEN.sub("", html.unescape(inhoud.decode("utf-8", "replace"))) + koppen

    def oogst(self, tijd: str, *, keuzes: bool = True) -> dict[str, tuple[int, str]]:
        """The answer of every address as of then, plain, searching for the word of both worlds, and narrowed down."""
        uit = {}
        for route, _ in routes():
            for adres in adressen(route):
                vraag = met_reeks(adres, tijd)
                uit[vraag] = self.haal(vraag)
            if not NAAM.search(route):
                vraag = met_reeks(f"/{route}", f"zoek={SAMEN}", tijd)
                uit[vraag] = self.haal(vraag)
        for adres in KEUZELIJSTEN if keuzes else ():
            for naam, waarde in self.keuzes(adres):
                vraag = met_reeks(adres, f"{naam}={waarde}", tijd)
                uit[vraag] = self.haal(vraag)
        return uit

    def keuzes(self, adres: str) -> list[tuple[str, str]]:
        """To which things of these worlds a list of today can be narrowed down, by its form."""
        _, pagina = self.haal(adres)
        uit = []
        for keuze in re.finditer(r'<select[^>]* name="(\w+)".*?</select>', pagina, re.DOTALL):
            waarden = re.findall(r'<option value="([^"]+)"', keuze[0])
            uit += [(keuze[1], waarde) for waarde in waarden if VROEG_MERK in waarde or LAAT_MERK in waarde]
        return uit


# Lists with filters that name things there are; for each their choices are tried.
KEUZELIJSTEN = ("/", "/maatregelen/", "/termijnen/", "/vergaderingen/", "/besluiten/", "/actiepunten/", "/zoeken/")


@pytest.fixture
def bezoek(mensen: Mensen, als: Als, sleutel: Callable[..., dict[str, str]]) -> Iterator[Bezoek]:
    """At one and the same moment, long after all of it."""
    with time_machine.travel(MOMENT, tick=False):
        yield Bezoek(als(mensen.secretariaat), sleutel(mensen.secretariaat))


@pytest.fixture
def vroeg(mensen: Mensen) -> dict[str, Any]:
    """What was there by the day that is asked for."""
    rijen = wereld(VROEG_MERK, VROEG, mensen.eigen)
    rijen["straks"] = straks(rijen)
    # The organisations of the fixture are of all times; what is told of them is not.
    vastgelegd(VROEG)
    return rijen


def stukken(wie: Bevoegdheid, **moment: Any) -> dict[str, list[str]]:
    """The texts of every paper about everything there is, as of a moment; none where it is not there."""
    van: dict[str, Callable[[], list[str]]] = {
        "maatregel": alle(Maatregel, "code"), "agenda": alle(Agenda, "slug"), "pijler": alle(Pijler, "nummer"),
        "thema": alle(Thema, "slug"), "vergadering": alle(Vergadering, "slug"),
        "organisatie": alle(Organisatie, "slug"),
    }  # fmt: skip
    uit = {}
    for soort, sleutels in BOUWERS:
        namen = sorted(sleutels)
        for waarden in itertools.product(*(van[naam]() for naam in namen)):
            onderwerp = dict(zip(namen, waarden, strict=True))
            try:
                uit[f"{soort} {onderwerp}"] = teksten(bouw(soort, onderwerp, wie=wie, **moment))
            except NietTeZien:
                uit[f"{soort} {onderwerp}"] = []
    return uit


def vergelijk(voor: dict[str, Any], na: dict[str, Any]) -> None:
    """Each answer is what it was before; what is only there since is not found."""
    lekken = {
        adres: re.findall(rf".{{0,90}}{LAAT_MERK}.{{0,40}}", str(antwoord), re.IGNORECASE)
        for adres, antwoord in na.items()
        if WOORD.search(str(antwoord)) and not WOORD.search(adres)
    }
    assert not lekken, "\n".join(f"{adres}: {stukken}" for adres, stukken in lekken.items())
    anders = {adres: _verschil(antwoord, na[adres]) for adres, antwoord in voor.items() if na[adres] != antwoord}
    assert not anders, "\n".join(f"{adres}: {verschil}" for adres, verschil in anders.items())


def _verschil(voor: Any, na: Any) -> str:
    """The first lines in which two answers differ."""
    regels = difflib.unified_diff(str(voor).split("\\n"), str(na).split("\\n"), lineterm="", n=0)
    return " ".join(list(regels)[2:8])[:400]


def test_every_text_of_every_model_is_in_both_worlds(mensen: Mensen, vroeg: dict[str, Any]) -> None:
    """The test below says nothing about a text that no row has: this one names it."""
    leeg = [
        f"{model.__name__}.{veld.name}"
        for model in met_verleden()
        for veld in leestekst(model)
        if not model._default_manager.filter(**{f"{veld.name}__icontains": VROEG_MERK}).exists()
    ]
    assert leeg == []
    assert [m.__name__ for m in met_verleden() if not m._default_manager.exists()] == []


@pytest.fixture
def later(mensen: Mensen, vroeg: dict[str, Any]) -> Callable[[], None]:
    """All that happens later, in a world of its own and to what was there early."""

    def gebeurt() -> None:
        laat = wereld(LAAT_MERK, LAAT, mensen.collega)
        later_aan_vroeg(vroeg, laat, vroeg["straks"], mensen.collega)

    return gebeurt


def test_nothing_of_later_on_any_address(mensen: Mensen, bezoek: Bezoek, later: Callable[[], None]) -> None:
    """`peildatum`: what holds from a later day is not there, whether or not it was recorded early."""
    wie = Bevoegdheid(mensen.secretariaat, MOMENT.date())
    toen = {"peildatum": GRENS, "gezien_op": MOMENT}
    voor, voor_stukken = bezoek.oogst(PEILDATUM), stukken(wie, **toen)
    later()
    vastgelegd(LAAT, na=VROEG)
    vergelijk(voor, bezoek.oogst(PEILDATUM))
    vergelijk(voor_stukken, stukken(wie, **toen))


def test_nothing_that_was_recorded_later_on_any_address(
    mensen: Mensen, bezoek: Bezoek, later: Callable[[], None]
) -> None:
    """`gezienOp`: nor is any text that was written over what stood here, whatever day it is about."""
    wie = Bevoegdheid(mensen.secretariaat, MOMENT.date())
    toen = {"peildatum": GRENS, "gezien_op": om(GRENS)}
    voor, voor_stukken = bezoek.oogst(GEZIEN, keuzes=False), stukken(wie, **toen)
    later()
    gedaan = overschrijf()
    vastgelegd(LAAT, na=VROEG)
    vergelijk(voor, bezoek.oogst(GEZIEN, keuzes=False))
    vergelijk(voor_stukken, stukken(wie, **toen))
    assert {(model.__name__, veld.name) for model in met_verleden() for veld in leestekst(model)} - gedaan == set()


def test_the_word_is_there_today(mensen: Mensen, bezoek: Bezoek, later: Callable[[], None]) -> None:
    """What is not found in the past would have been: every page that looks back shows the word of later now."""
    later()
    vastgelegd(LAAT)
    stil = []
    for route, pagina in routes():
        if not hasattr(pagina, "in_de_tijd") and not route.startswith("api/v1/"):
            continue
        reeks = f"zoek={SAMEN}" if route == "zoeken/" else ""
        if not any(WOORD.search(bezoek.haal(met_reeks(adres, reeks))[1]) for adres in adressen(route)):
            stil.append(route)
    assert stil == ZONDER_WOORD
    wie = Bevoegdheid(mensen.secretariaat, MOMENT.date())
    gemaakt = stukken(wie, peildatum=MOMENT.date(), gezien_op=MOMENT)
    # A pillar of another agenda is none.
    zonder = {soort for soort, woorden in gemaakt.items() if not woorden and "pijler" not in soort}
    assert zonder == set()
    assert sum(bool(woorden) for soort, woorden in gemaakt.items() if "pijler" in soort) == Pijler.objects.count()


# This says nothing of what there is: what the API can do.
ZONDER_WOORD = ["api/v1/openapi.json"]
