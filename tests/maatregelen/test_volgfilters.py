"""Which measures a followed selection covers, said three times: in Python, by the queryset, by the question of mail."""

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from psycopg import sql

import maatregelen
from maatregelen.models import Betrokkenheid, Maatregel, Persoon, Thema, Themaplaats, Volgfilter
from maatregelen.volgfilters import MEESTE, Keuze, aantallen, keuze_van, maak, maatregelen_van, stop, wijzig
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    MaatregelFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)

NU = datetime.datetime(2024, 12, 17, 9, 0, tzinfo=datetime.UTC)
STATUSSEN = ("", "aangekondigd", "uitgevoerd")


def volgfilter(persoon: Persoon, keuze: Keuze, **anders: Any) -> Volgfilter:
    """A selection as it lies in the database, also one that nobody could make by hand."""
    return Volgfilter.objects.create(
        persoon=persoon,
        naam="Mijn selectie",
        agenda=keuze.agenda,
        pijler=keuze.pijler,
        organisatie=keuze.organisatie,
        thema=keuze.thema,
        status=keuze.status,
        **{"sinds": NU, **anders},
    )


def verwachte_paren(volgfilters: list[Volgfilter]) -> set[tuple[int, int]]:
    """Selection and measure, for all that match, in plain Python: what every other way must agree with."""
    trekkers = {
        (rij.maatregel_id, rij.organisatie_id)
        for rij in Betrokkenheid.objects.select_related("organisatie")
        if rij.tot is None and rij.rol == "verantwoordelijk" and rij.organisatie.soort != "aanduiding"
    }
    plaatsen = {(plek.maatregel_id, plek.thema_id) for plek in Themaplaats.objects.all()}
    return {
        (een.pk, stuk.pk)
        for een, stuk in itertools.product(volgfilters, Maatregel.objects.select_related("pijler"))
        if (een.agenda_id is None or stuk.pijler.agenda_id == een.agenda_id)
        and (een.pijler_id is None or stuk.pijler_id == een.pijler_id)
        and (een.organisatie_id is None or (stuk.pk, een.organisatie_id) in trekkers)
        and (een.thema_id is None or (stuk.pk, een.thema_id) in plaatsen)
        and een.status in ("", stuk.status)
    }


def paren_van_de_post(personen: list[int]) -> set[tuple[int, int]]:
    """The same by the question that mail asks, for all selections at once."""
    tekst: Any = (Path(maatregelen.__file__).parent / "vragen" / "selecties.sql").read_text(encoding="utf-8")
    vraag = sql.SQL("WITH {selecties} SELECT volgfilter_id, maatregel_id FROM gevolgd").format(selecties=sql.SQL(tekst))
    waarden = {
        "kijkers": personen,
        "personen": None,
        "maatregelen": None,
        "verantwoordelijk": "verantwoordelijk",
        "aanduiding": "aanduiding",
    }
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        rijen = cursor.fetchall()
    assert len(rijen) == len(set(rijen)), "no pair twice"
    return set(rijen)


@pytest.fixture
def stof(mensen: Mensen) -> dict[str, list[Any]]:
    """Two agendas of two sections, measures of each status, every way to be involved, two themes that overlap."""
    kabinet = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    themas = [Thema.objects.create(slug=f"t{n}", titel=f"Thema {n}") for n in (1, 2)]
    pijlers = [PijlerFactory(agenda=agenda) for agenda in (AgendaFactory(), AgendaFactory()) for _ in (1, 2)]
    pijlers.append(PijlerFactory(agenda=pijlers[0].agenda, bovenliggend=pijlers[0]))
    betrokken = itertools.cycle(
        [
            {"organisatie": mensen.organisatie},
            {"organisatie": mensen.organisatie, "tot": datetime.date(2024, 12, 1)},
            {"organisatie": mensen.organisatie, "rol": "uitvoerder"},
            {"organisatie": mensen.ander},
            {"organisatie": kabinet},
            None,
            None,
        ]
    )
    for nummer, (pijler, status) in enumerate(itertools.product(pijlers, STATUSSEN[1:] * 2)):
        stuk = MaatregelFactory(pijler=pijler, status=status)
        for _ in range(2):
            if rol := next(betrokken):
                BetrokkenheidFactory(maatregel=stuk, **rol)
        for plek, thema in enumerate(themas):
            if nummer % (plek + 2) == 0:
                Themaplaats.objects.create(thema=thema, maatregel=stuk, volgorde=nummer)
    # Responsible twice, by the text and by what was assigned later, is one pair.
    dubbel = MaatregelFactory(pijler=pijlers[0], trekker=mensen.organisatie)
    BetrokkenheidFactory(maatregel=dubbel, organisatie=mensen.organisatie, herkomst="toegewezen")
    return {
        "agenda": [None, pijlers[0].agenda, pijlers[2].agenda],
        "pijler": [None, pijlers[0], pijlers[2], pijlers[4]],
        "organisatie": [None, mensen.organisatie, mensen.ander, kabinet],
        "thema": [None, *themas],
    }


@pytest.mark.parametrize("status", STATUSSEN)
def test_every_selection_covers_what_it_names_however_it_is_asked(
    mensen: Mensen, stof: dict[str, list[Any]], status: str
) -> None:
    eigenaren = itertools.cycle([mensen.eigen, mensen.partner, mensen.secretariaat])
    alle = [
        volgfilter(next(eigenaren), keuze)
        for agenda, pijler, organisatie, thema in itertools.product(*stof.values())
        if (keuze := Keuze(agenda, pijler, organisatie, thema, status))
    ]
    verwacht = verwachte_paren(alle)
    assert len({filter_ for filter_, _ in verwacht}) > len(alle) / 5, "the selections say something"
    assert {(een.pk, stuk.pk) for een in alle for stuk in maatregelen_van(een)} == verwacht
    personen = [mensen.eigen.pk, mensen.partner.pk, mensen.secretariaat.pk]
    assert paren_van_de_post(personen) == verwacht
    eigen = {een.pk for een in alle if een.persoon_id == mensen.eigen.pk}
    assert paren_van_de_post([mensen.eigen.pk]) == {paar for paar in verwacht if paar[0] in eigen}


def test_counting_asks_once_and_counts_what_may_be_seen(
    mensen: Mensen, stof: dict[str, list[Any]], django_assert_num_queries: Any
) -> None:
    agenda, pijler, szw = stof["agenda"][1], stof["pijler"][1], mensen.organisatie
    alle = [volgfilter(mensen.eigen, keuze) for keuze in (Keuze(agenda), Keuze(pijler=pijler), Keuze(organisatie=szw))]
    for hoeveel in (1, 3):
        with django_assert_num_queries(1):
            gevonden = aantallen(alle[:hoeveel], Maatregel.objects.all())
        assert gevonden == {een.pk: maatregelen_van(een).count() for een in alle[:hoeveel]}
    with django_assert_num_queries(0):
        assert aantallen([], Maatregel.objects.all()) == {}
    assert aantallen(alle, Maatregel.objects.none()) == dict.fromkeys((een.pk for een in alle), 0)


def test_the_same_selection_twice_is_one_also_when_said_otherwise(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    eerste, nieuw = maak(mensen.eigen, Keuze(pijler=pijler), moment=NU)
    assert nieuw
    assert (eerste.agenda, eerste.pijler, eerste.sinds) == (None, pijler, NU)
    for keuze in (Keuze(pijler=pijler), Keuze(pijler.agenda, pijler)):
        assert maak(mensen.eigen, keuze, moment=timezone.now(), naam="Iets anders") == (eerste, False)
    assert keuze_van(eerste) == Keuze(pijler=pijler)
    assert maak(mensen.vreemd, Keuze(pijler=pijler), moment=NU)[1], "another person has one of their own"
    assert Volgfilter.objects.count() == 2


def test_a_selection_says_what_it_names(mensen: Mensen) -> None:
    agenda = AgendaFactory(titel="Agenda 2024")
    pijler = PijlerFactory(agenda=agenda, nummer="2", titel="Wonen")
    thema = Thema.objects.create(slug="t", titel="Taal")
    assert Keuze(agenda).naam == "Agenda 2024"
    assert Keuze(agenda, pijler).kort().naam == "Pijler 2. Wonen in Agenda 2024"
    assert Keuze(agenda, None, mensen.organisatie).naam == "Verantwoordelijk SZW, Agenda 2024"
    assert Keuze(thema=thema, status="aangehouden").naam == "Thema Taal, status aangehouden"
    lang = Keuze(AgendaFactory(titel="x" * 200)).naam
    assert (len(lang), lang[-1]) == (120, "…")
    assert maak(mensen.eigen, Keuze(agenda), moment=NU, naam="  Van  mij ")[0].naam == "Van mij"


def test_what_cannot_be_followed_is_refused_in_words(mensen: Mensen) -> None:
    een, ander = PijlerFactory(), PijlerFactory()
    kabinet = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    for keuze, woord in (
        (Keuze(), "Kies eerst"),
        (Keuze(een.agenda, ander), "een andere agenda"),
        (Keuze(organisatie=kabinet), "horen geen mensen"),
    ):
        with pytest.raises(ValidationError, match=woord):
            maak(mensen.eigen, keuze, moment=NU)
    assert Volgfilter.objects.count() == 0


def test_nobody_follows_more_than_fifty(mensen: Mensen) -> None:
    ander = PersoonFactory()
    pijlers = [PijlerFactory() for _ in range(MEESTE + 1)]
    for pijler in pijlers[:MEESTE]:
        maak(mensen.eigen, Keuze(pijler=pijler), moment=NU)
    with pytest.raises(ValidationError, match="al 50 selecties"):
        maak(mensen.eigen, Keuze(pijler=pijlers[MEESTE]), moment=NU)
    assert maak(mensen.eigen, Keuze(pijler=pijlers[0]), moment=NU)[1] is False, "one that is there is no one more"
    assert maak(ander, Keuze(pijler=pijlers[MEESTE]), moment=NU)[1] is True


def test_a_name_and_what_is_told_can_change_and_silence_is_not_made_up_for(mensen: Mensen) -> None:
    rij, _ = maak(mensen.eigen, Keuze(PijlerFactory().agenda), moment=NU)
    later = NU + datetime.timedelta(days=30)
    wijzig(rij, naam=" Wonen\n ", meldingen=["meld_te_laat"], moment=later)
    rij.refresh_from_db()
    assert (rij.naam, rij.meld_nieuw, rij.meld_gewijzigd, rij.meld_nadert, rij.meld_te_laat) == (
        "Wonen", False, False, False, True,
    )  # fmt: skip
    assert (rij.sinds, rij.meldt) == (NU, True), "what was on stays counting from the beginning"
    wijzig(rij, naam="Wonen", meldingen=[], moment=later)
    rij.refresh_from_db()
    assert (rij.sinds, rij.meldt) == (NU, False)
    wijzig(rij, naam="Wonen", meldingen=["meld_nieuw"], moment=later)
    rij.refresh_from_db()
    assert (rij.sinds, rij.meldt) == (later, True)
    for naam, woord in (("  ", "Geef de selectie een naam"), ("x" * 121, "hoogstens 120")):
        with pytest.raises(ValidationError, match=woord):
            wijzig(rij, naam=naam, meldingen=[], moment=later)
    rij.refresh_from_db()
    assert (rij.naam, rij.meld_nieuw) == ("Wonen", True)
    stop(rij)
    assert not Volgfilter.objects.exists()
