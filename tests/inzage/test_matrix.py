"""Who sees what, on every address there is: the table, and that each answer keeps to it.

Addresses come from the URL conf and words from the models, so that what is added to either comes along. Each state has
a world of its own in which every text bears its word: a word that somebody may not see is nowhere in any answer, and
each kind of thing that they may see is somewhere.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.test import Client
from pgtrigger import ignore

from maatregelen import berichten, zichtbaarheid
from maatregelen.abonnementen import maak_abonnement
from maatregelen.blikveld import kijkend
from maatregelen.herinneringen import voorgenomen, voorgenomen_nieuws
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Inhoudsoort,
    Maatregel,
    Mijlpaal,
    Opvolging,
    Persoon,
    Statuswijziging,
)
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel import zichtbaarheid as tafelzichtbaarheid
from regietafel.models import Actiepunt, Stuk, Terugkoppeling
from tests.inzage.werelden import DAG, MOMENT, alle_kenwoorden, bouw_werelden, mensen_van, organisaties
from tests.regietafel.test_niets_van_later import NAAM, Bezoek, adressen, met_reeks, routes, stukken
from tests.regietafel.twee_werelden import SAMEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stil")]
# x: sees it, wherever it can be seen. A dot: sees nothing of it, anywhere.
TABEL = """
                   eigenrijk eigenpartner voorhetrijk aantafel nogconcept vooriedereen onderembargo embargovoorbij
bezoeker           .         .            .           .        .          x            .            x
rolloos            .         .            .           .        .          .            .            .
lezer IPO          .         .            .           x        x          x            .            x
lezer VNG          .         x            .           x        x          x            .            x
dossierhouder VNG  .         x            .           x        x          x            .            x
lezer SZW          .         .            x           x        x          x            .            x
coordinator AenM   x         .            x           x        x          x            x            x
secretariaat       .         .            x           x        x          x            .            x
beheerder          .         .            x           x        x          x            .            x
auditor            x         x            x           x        x          x            x            x
"""
WOORDEN = "|".join(alle_kenwoorden())
# The word of a state, with the kind of thing after it where it is not a name in an address.
WOORD = re.compile(rf"({WOORDEN})([a-z]*)", re.IGNORECASE)


def tabel() -> dict[str, set[str]]:
    """Which words each of them may see."""
    kop, *regels = [regel for regel in TABEL.splitlines() if regel.strip()]
    staten = kop.split()
    assert staten == list(alle_kenwoorden())
    uit = {}
    for regel in regels:
        wie, vakken = regel[:19].strip(), regel[19:].split()
        uit[wie] = {staat for staat, vak in zip(staten, vakken, strict=True) if vak == "x"}
    return uit


@pytest.fixture
def mensen(db: None) -> dict[str, Persoon]:
    """Who looks; the worlds are there."""
    orgs = organisaties()
    mensen = mensen_van(orgs)
    bouw_werelden(orgs, list(mensen.values()), mensen["coordinator AenM"], meer=True)
    return mensen


class Kijker(Bezoek):
    """Somebody with a browser and a key for the API, or a visitor with neither."""

    def gezien(self, adres: str) -> set[tuple[str, str]]:
        """The words of states in the answer, with the kind of thing, leaving out what only repeats the question."""
        _, tekst = self.haal(adres)
        pad, _, vraag = adres.partition("?")
        for echo in (adres, pad, pad.strip("/"), vraag, *pad.strip("/").split("/")):
            if WOORD.search(echo):
                tekst = tekst.replace(echo, "")
        return {(staat.lower(), soort.lower()) for staat, soort in WOORD.findall(tekst)}


def kijker(wie: Persoon | None, sleutel: Callable[..., dict[str, str]]) -> Kijker:
    client = Client()
    if wie is None:
        return Kijker(client, {})
    client.force_login(wie, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Kijker(client, sleutel(wie, schrijven=True))


OOK_TERUG = ("maatregelen/<", "agendas/<", "vergaderingen/<")


def _eersten(model: type[models.Model], veld: str, van: str) -> Callable[[], list[str]]:
    """That name of the first thing of each whole: those beside it are asked for in the same way."""

    def namen() -> list[str]:
        rijen = model._default_manager.order_by(van, "pk").distinct(van)
        return [str(naam) for naam in rijen.values_list(veld, flat=True)]

    return namen


# One of each state is enough where a world has more of a kind.
EEN_PER_STAAT = {
    "maatregelen/<slug:code>": _eersten(Maatregel, "code", "pijler_id"),
    "mijlpalen/<int:pk>": _eersten(Mijlpaal, "pk", "maatregel__pijler_id"),
    "actiepunten/<slug:code>": _eersten(Actiepunt, "code", "agendapunt_id"),
    "api/v1/maatregelen/<slug:code>": _eersten(Maatregel, "code", "pijler_id"),
    "api/v1/mijlpalen/<int:id>": _eersten(Mijlpaal, "pk", "maatregel__pijler_id"),
    "betrokkenheden/<int:pk>": _eersten(Betrokkenheid, "pk", "maatregel__pijler_id"),
    "opvolging/<int:pk>": _eersten(Opvolging, "pk", "van__pijler_id"),
    "organisaties/<slug:slug>": lambda: ["aenm", "vng", "gewoon0"],
    "personen/<int:pk>": lambda: [str(Persoon.objects.get(functie="coordinator AenM").pk)],
    "vergaderingen/reeksen/<slug:slug>": lambda: ["gewoon0"],
    "stukken/<int:pk>": lambda: [str(pk) for pk in Stuk.objects.values_list("pk", flat=True)],
    "cijfers/<slug:slug>": lambda: ["gewoon0", "gewoon3"],
}


def _terugkoppelingen() -> list[tuple[str, ...]]:
    """One of each decision, and one under the number of another decision."""
    rijen = (
        Terugkoppeling.objects.order_by("besluit_id", "pk").distinct("besluit_id").values_list("besluit__code", "pk")
    )
    paren = [(str(code), str(pk)) for code, pk in rijen]
    return [*paren, (paren[0][0], paren[-1][1])]


# What is not asked for each with each: most of that is no address of anything.
SAMEN_EEN = {"besluiten/<slug:code>/<int:pk>": _terugkoppelingen}


def vragen() -> list[str]:
    """Every address about each state of what it can be about; what looks back also in the past; lists searching too."""
    uit = []
    for route, pagina in routes():
        for adres in adressen(route, EEN_PER_STAAT, SAMEN_EEN):
            uit.append(adres)
            terug = hasattr(pagina, "in_de_tijd") or route.startswith("api/v1/")
            if terug and (
                not NAAM.search(route) or route.startswith(("maatregelen/<", "agendas/<", "vergaderingen/<"))
            ):
                uit += [met_reeks(adres, f"peildatum={MOMENT.date()}"), met_reeks(adres, f"gezienOp={MOMENT.date()}")]
        if not NAAM.search(route):
            uit.append(met_reeks(f"/{route}", f"zoek={SAMEN}"))
    uit.append(f"/sinds/?van={DAG.replace(year=2024)}&tot={MOMENT.date()}")
    return uit


@pytest.mark.parametrize("naam", tabel())
def test_each_sees_the_row_of_the_table(
    naam: str, mensen: dict[str, Persoon], sleutel: Callable[..., dict[str, str]]
) -> None:
    mag = tabel()[naam]
    lekken: dict[str, list[str]] = {}
    soorten: dict[str, set[str]] = defaultdict(set)
    with time_machine.travel(MOMENT, tick=False):
        wie = mensen.get(naam)
        bezoek = kijker(wie, sleutel)
        for adres in vragen():
            gezien = bezoek.gezien(adres)
            if vreemd := sorted({staat + soort for staat, soort in gezien if staat not in mag}):
                lekken[adres] = vreemd
            for staat, soort in gezien:
                soorten[staat].add(soort)
        if wie is not None:
            for stuk, woorden in papieren(wie).items():
                gezien = {(staat.lower(), soort.lower()) for staat, soort in WOORD.findall(" ".join(woorden))}
                if vreemd := sorted({staat + soort for staat, soort in gezien if staat not in mag}):
                    lekken[f"stuk {stuk}"] = vreemd
    assert lekken == {}
    assert set(soorten) == mag
    verwacht = OPENBARE_SOORTEN if naam == "bezoeker" else SOORTEN
    tekort = {staat: verwacht - gevonden for staat, gevonden in soorten.items() if verwacht - gevonden}
    if naam != "auditor" and tekort.get(VERKNOOPT) == {"thema"}:
        # What is said of a subject is for who sees all of its measures, and this one has one of each state.
        del tekort[VERKNOOPT]
    assert tekort == {}


VERKNOOPT = "aantafel"


def papieren(wie: Persoon) -> dict[str, list[str]]:
    """The texts of every paper about everything, as this person would get it."""
    bevoegd = Bevoegdheid(wie, MOMENT.date())
    with kijkend(bevoegd.blik):
        return stukken(bevoegd, peildatum=MOMENT.date(), gezien_op=MOMENT)


# The kinds of things of which everybody who may see a state finds the words somewhere.
SOORTEN = {
    "agenda", "pijler", "maatregel", "mijlpaal", "ondertekenaar", "brontekst", "statuswijziging", "thema",
    "tijdsaanduiding", "termijnwijziging", "wetstraject", "wetsstap", "vergadering", "agendapunt", "inbreng", "besluit",
    "terugkoppeling", "actiepunt", "vergadercijfer", "trend", "addendum", "deelname", "bijlage", "meting",
    "reactie",
}  # fmt: skip
# Reactions are all on the measure of the table: what is said of it is never for more than the measure itself.
OPENBARE_SOORTEN = SOORTEN - {"reactie"}


def test_nobody_is_mailed_what_they_may_not_see(mensen: dict[str, Persoon]) -> None:
    """Everybody follows everything: each is told of what the table lets them see, in words that keep to it."""
    rijen = tabel()
    over_een_week = MOMENT.date() + datetime.timedelta(days=7)
    Mijlpaal.objects.filter(behaald_op=None).update(
        einde=over_een_week, begin=None, precisie="dag", relatie="uiterlijk"
    )
    verteld: dict[str, set[str]] = defaultdict(set)
    with time_machine.travel(MOMENT, tick=False):
        meldingen = [*voorgenomen(MOMENT.date(), moment=MOMENT), *voorgenomen_nieuws(moment=MOMENT)]
        for melding in meldingen:
            naam = melding.persoon.functie
            mail = berichten.bericht(melding, vandaag=MOMENT.date(), message_id="<x@y>", antwoord_aan=[], gezegd={})
            inhoud = f"{mail.subject} {mail.body} {mail.alternatives}"  # type: ignore[attr-defined]
            gevonden = {staat.lower() for staat, _ in WOORD.findall(inhoud)}
            assert gevonden <= rijen[naam], (naam, melding)
            verteld[naam] |= gevonden
    assert verteld == {naam: mag for naam, mag in rijen.items() if naam in verteld}
    assert set(verteld) == set(mensen) - {"rolloos"}


def test_calendars_and_feeds_keep_to_the_table(
    mensen: dict[str, Persoon], sleutel: Callable[..., dict[str, str]]
) -> None:
    """Addresses that a program fetches without signing in, about what somebody follows and about every agenda."""
    rijen = tabel()
    verteld: dict[str, dict[str, set[str]]] = {}
    with ignore("maatregelen.Statuswijziging:alleen_toevoegen"), transaction.atomic():  # a feed tells of ninety days
        Statuswijziging.objects.update(vastgelegd_op=MOMENT - datetime.timedelta(days=2))
    with time_machine.travel(MOMENT, tick=False):
        for naam, wie in mensen.items():
            abonnementen = [maak_abonnement(wie, Inhoudsoort.PERSOONLIJK, moment=MOMENT)]
            abonnementen += [
                maak_abonnement(wie, Inhoudsoort.AGENDA, agenda=agenda, moment=MOMENT)
                for agenda in Agenda.objects.order_by("pk")
            ]
            programma, per_vorm = kijker(None, sleutel), {}
            for vorm in ("kalender/{}.ics", "wijzigingen/{}.atom"):
                gezien = {woord for _, geheim in abonnementen for woord in programma.gezien(f"/{vorm.format(geheim)}")}
                per_vorm[vorm] = {staat for staat, _ in gezien}
                assert per_vorm[vorm] <= rijen[naam], (naam, vorm, sorted(gezien))
            verteld[naam] = per_vorm
    for naam, per_vorm in verteld.items():
        assert set(map(frozenset, per_vorm.values())) == {frozenset(rijen[naam])}, naam


LIJSTEN = {
    naam: lijst
    for module in (zichtbaarheid, tafelzichtbaarheid)
    for naam, lijst in vars(module).items()
    if naam.startswith("zichtbare_")
}


def test_every_list_is_the_same_within_the_look_and_without(mensen: dict[str, Persoon]) -> None:
    """Either the views hold a list to the rule or its own condition does; an auditor sees all rows in both ways."""
    verschil = {}
    aantallen = defaultdict(set)
    for naam in tabel():
        wie = Bevoegdheid(mensen.get(naam, AnonymousUser()), MOMENT.date(), moment=MOMENT)
        for lijst, vraag in LIJSTEN.items():
            zonder = set(vraag(wie).values_list("pk", flat=True))
            with kijkend(wie.blik):
                met = set(vraag(wie).values_list("pk", flat=True))
            alle = set(vraag(wie).model._default_manager.values_list("pk", flat=True))
            if zonder != met or (naam == "auditor" and met != alle):
                verschil[naam, lijst] = (len(zonder), len(met), len(alle))
            aantallen[lijst].add(len(met))
    assert verschil == {}
    assert len(LIJSTEN) == 20
    # No list is the same for everybody: then it would be compared with nothing.
    assert {lijst for lijst, gevonden in aantallen.items() if len(gevonden) < 2} == set()


def test_the_table_names_every_role_and_state() -> None:
    assert set(tabel()) >= {"bezoeker", "rolloos", "secretariaat", "beheerder", "auditor"}
    assert all(mag <= set(alle_kenwoorden()) for mag in tabel().values())
