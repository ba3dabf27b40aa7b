"""The life of a meeting: every allowed and every refused move, with its day; what is closed stays closed."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.versiebewaking import Verouderd
from regietafel.models import Agendapunt, Reeks, Staatwijziging, Vergadering, Vergaderstaat
from regietafel.vergadercyclus import (
    OVERGANGEN,
    Gesloten,
    is_terug,
    is_verlopen,
    maak_reeks,
    maak_vergadering,
    mogelijke_vaststellers,
    wijzig_staat,
    wijzig_vergadering,
)
from tests.conftest import Mensen
from tests.regietafel.factories import AgendapuntFactory, ReeksFactory, VergaderingFactory

DAG = datetime.date(2026, 3, 18)
MOMENT = datetime.datetime(2026, 4, 1, 10, tzinfo=datetime.UTC)
VANDAAG = MOMENT.date()
STATEN = list(Vergaderstaat)


@pytest.fixture
def reeks(db: None) -> Reeks:
    return ReeksFactory(slug="lrt", naam="Landelijke Regietafel", afkorting="LRT", duur_minuten=90, plaats="Den Haag")


@pytest.fixture
def later(reeks: Reeks) -> Vergadering:
    """A later meeting of the same table that was held."""
    return VergaderingFactory(reeks=reeks, datum=datetime.date(2026, 3, 25), staat="gehouden", slug="later")


def vergadering_in(staat: str, reeks: Reeks, later: Vergadering) -> Vergadering:
    rij: Vergadering = VergaderingFactory(reeks=reeks, datum=DAG, staat="gepland")
    AgendapuntFactory(vergadering=rij)
    vast = later if staat == Vergaderstaat.VERSLAG_VASTGESTELD else None
    Vergadering.objects.filter(pk=rij.pk).update(staat=staat, vastgesteld_in=vast)
    rij.refresh_from_db()
    return rij


@pytest.mark.parametrize("naar", STATEN)
@pytest.mark.parametrize("van", STATEN)
def test_every_move_is_allowed_or_refused_as_agreed(
    van: Vergaderstaat, naar: Vergaderstaat, reeks: Reeks, later: Vergadering, mensen: Mensen
) -> None:
    rij = vergadering_in(van, reeks, later)
    daad: dict[str, Any] = {"door": mensen.secretariaat, "moment": MOMENT, "vastgesteld_in": later}
    reden = "Te vroeg aangevinkt."
    if naar not in OVERGANGEN[van]:
        with pytest.raises(OngeldigeOvergang):
            wijzig_staat(rij, naar, toelichting=reden, **daad)
        rij.refresh_from_db()
        assert (rij.staat, Staatwijziging.objects.count()) == (van, 0)
        return
    if is_terug(van, naar):
        with pytest.raises(ValidationError) as fout:
            wijzig_staat(rij, naar, toelichting="  ", **daad)
        assert list(fout.value.message_dict) == ["toelichting"]
    versie = rij.versie
    stap = wijzig_staat(rij, naar, toelichting=reden if is_terug(van, naar) else "", versie=versie, **daad)
    rij.refresh_from_db()
    assert (rij.staat, rij.versie, rij.gewijzigd_op) == (naar, versie + 1, MOMENT)
    assert (stap.van, stap.naar, stap.per, stap.door) == (van, naar, VANDAAG, mensen.secretariaat)
    assert rij.vastgesteld_in == (later if naar == Vergaderstaat.VERSLAG_VASTGESTELD else None)


def test_the_moves_are_these_and_no_others() -> None:
    assert {van.value: [naar.value for naar in naars] for van, naars in OVERGANGEN.items()} == {
        "gepland": ["agenda_verzonden"],
        "agenda_verzonden": ["gehouden", "gepland"],
        "gehouden": ["verslag_concept", "agenda_verzonden"],
        "verslag_concept": ["verslag_vastgesteld", "gehouden"],
        "verslag_vastgesteld": [],
    }


def fouten(rij: Vergadering, naar: str, **daad: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as fout:
        wijzig_staat(rij, naar, door=None, moment=MOMENT, **daad)
    rij.refresh_from_db()
    gevonden: dict[str, list[str]] = fout.value.message_dict
    return gevonden


def test_a_day_in_the_future_or_before_the_meeting_or_before_the_last_step(reeks: Reeks, later: Vergadering) -> None:
    rij = vergadering_in("agenda_verzonden", reeks, later)
    morgen = VANDAAG + datetime.timedelta(days=1)
    assert fouten(rij, "gehouden", per=morgen) == {"per": ["Kies vandaag of een eerdere dag."]}
    assert list(fouten(rij, "gehouden", per=DAG - datetime.timedelta(days=1))) == ["per"]
    wijzig_staat(rij, "gehouden", door=None, per=datetime.date(2026, 3, 20), moment=MOMENT)
    with pytest.raises(OngeldigeOvergang, match="20-03-2026"):
        wijzig_staat(rij, "verslag_concept", door=None, per=datetime.date(2026, 3, 19), moment=MOMENT)


def test_a_meeting_that_still_comes_was_not_held(reeks: Reeks) -> None:
    rij = VergaderingFactory(reeks=reeks, datum=VANDAAG + datetime.timedelta(days=3), staat="agenda_verzonden")
    assert list(fouten(rij, "gehouden")) == ["per"]


def test_an_agenda_is_sent_with_a_day_and_something_on_it(reeks: Reeks) -> None:
    rij = VergaderingFactory(reeks=reeks, datum=None, datum_tekst="voor de zomer", staat="gepland")
    assert "nog geen dag" in fouten(rij, "agenda_verzonden")["staat"][0]
    Vergadering.objects.filter(pk=rij.pk).update(datum=DAG)
    rij.refresh_from_db()
    assert "nog niets op de agenda" in fouten(rij, "agenda_verzonden")["staat"][0]


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"datum": DAG}, "vastgesteld_in"),  # the same day is not later
        ({"datum": datetime.date(2026, 3, 1)}, "vastgesteld_in"),
        ({"staat": "agenda_verzonden"}, "vastgesteld_in"),
        ({"reeks": None}, "vastgesteld_in"),
    ],
)
def test_minutes_are_adopted_by_a_later_held_meeting_of_the_same_table(
    velden: dict[str, Any], veld: str, reeks: Reeks, later: Vergadering
) -> None:
    rij = vergadering_in("verslag_concept", reeks, later)
    Vergadering.objects.filter(pk=later.pk).update(**velden)
    later.refresh_from_db()
    assert list(fouten(rij, "verslag_vastgesteld", vastgesteld_in=later)) == [veld]
    assert mogelijke_vaststellers(rij) == []
    assert rij.staat == "verslag_concept"


def test_adoption_names_the_meeting_and_no_day_before_it(reeks: Reeks, later: Vergadering) -> None:
    rij = vergadering_in("verslag_concept", reeks, later)
    assert mogelijke_vaststellers(rij) == [later]
    assert list(fouten(rij, "verslag_vastgesteld")) == ["vastgesteld_in"]
    vroeg = datetime.date(2026, 3, 24)
    assert list(fouten(rij, "verslag_vastgesteld", vastgesteld_in=later, per=vroeg)) == ["per"]


def test_a_meeting_that_adopted_minutes_was_held_and_keeps_a_later_day(reeks: Reeks, later: Vergadering) -> None:
    vergadering_in("verslag_vastgesteld", reeks, later)
    assert list(fouten(later, "agenda_verzonden", toelichting="Vergissing.")) == ["staat"]
    with pytest.raises(ValidationError) as fout:
        wijzig_vergadering(later, {"datum": DAG}, versie=None, moment=MOMENT)
    assert list(fout.value.message_dict) == ["datum"]


def test_two_people_at_once_move_a_meeting_once(reeks: Reeks, later: Vergadering) -> None:
    rij = vergadering_in("gehouden", reeks, later)
    versie = rij.versie
    wijzig_staat(rij, "verslag_concept", door=None, versie=versie, moment=MOMENT)
    with pytest.raises(Verouderd):
        wijzig_staat(rij, "verslag_concept", door=None, versie=versie, moment=MOMENT)
    assert Staatwijziging.objects.count() == 1


def test_closed_is_closed_here_and_in_the_database(reeks: Reeks, later: Vergadering) -> None:
    rij = vergadering_in("verslag_vastgesteld", reeks, later)
    with pytest.raises(Gesloten):
        wijzig_vergadering(rij, {"titel": "Anders"}, versie=None)
    with pytest.raises(DatabaseError, match="het verslag is vastgesteld"), transaction.atomic():
        Agendapunt.objects.filter(vergadering=rij).update(titel="Anders")


def test_a_new_meeting_takes_what_the_series_gives_and_keeps_its_address(reeks: Reeks, mensen: Mensen) -> None:
    velden = {"reeks": reeks, "titel": "LRT", "datum": None, "datum_tekst": "voor de zomer"}
    schatting = {"schatting_van": None, "schatting_tot": datetime.date(2027, 6, 20)}
    rij = maak_vergadering({**velden, **schatting}, door=mensen.secretariaat, moment=MOMENT)
    assert (rij.slug, rij.duur_minuten, rij.plaats) == ("lrt-voor-de-zomer-2027", 90, "Den Haag")
    assert (rij.staat, rij.bekend_vanaf, rij.aangemaakt_op) == ("gepland", VANDAAG, MOMENT)
    stap = rij.staatwijzigingen.get()
    assert (stap.van, stap.naar, stap.per, stap.door) == ("", "gepland", VANDAAG, mensen.secretariaat)
    tweede = maak_vergadering({**velden, **schatting}, door=None, moment=MOMENT)
    assert tweede.slug == "lrt-voor-de-zomer-2027-2"
    op_dag = maak_vergadering({"titel": "LRT", "reeks": reeks, "datum": DAG, "duur_minuten": 30}, door=None)
    assert (op_dag.slug, op_dag.duur_minuten) == ("lrt-2026-03-18", 30)
    wijzig_vergadering(rij, {"datum": DAG}, versie=rij.versie, moment=MOMENT)
    assert (rij.slug, rij.datum) == ("lrt-voor-de-zomer-2027", DAG)


@pytest.mark.parametrize(("titel", "slug"), [("Nieuw", "nieuw-18"), ("!!", "vergadering"), ("Reeksen", "reeksen-18")])
def test_an_address_never_is_that_of_another_page(titel: str, slug: str, db: None) -> None:
    velden = {"titel": titel, "datum_tekst": "18" if "18" in slug else "!"}
    assert maak_vergadering(velden, door=None).slug == slug


def test_a_title_that_is_the_name_of_another_page_gets_a_number(db: None) -> None:
    assert maak_vergadering({"titel": "Nieuw", "datum_tekst": "!"}, door=None).slug == "nieuw-2"


def test_without_a_day_there_are_words(reeks: Reeks, later: Vergadering) -> None:
    with pytest.raises(ValidationError):
        maak_vergadering({"titel": "LRT", "reeks": reeks, "datum_tekst": " "}, door=None)
    with pytest.raises(ValidationError):
        wijzig_vergadering(later, {"datum": None, "datum_tekst": "ooit"}, versie=None, moment=MOMENT)
    with pytest.raises(ValidationError):
        wijzig_vergadering(later, {"datum": VANDAAG + datetime.timedelta(days=1)}, versie=None, moment=MOMENT)
    verzonden = VergaderingFactory(datum=DAG, staat="agenda_verzonden")
    with pytest.raises(ValidationError):
        wijzig_vergadering(verzonden, {"datum": None, "datum_tekst": "ooit"}, versie=None, moment=MOMENT)


@pytest.mark.parametrize(
    ("velden", "verlopen"),
    [
        ({"datum": VANDAAG}, False),
        ({"datum": VANDAAG - datetime.timedelta(days=1)}, True),
        ({"datum": None, "datum_tekst": "ooit"}, False),
        ({"datum": None, "datum_tekst": "na maart", "schatting_van": DAG}, False),
        ({"datum": None, "datum_tekst": "na maart", "schatting_van": datetime.date(2025, 4, 1)}, False),
        ({"datum": None, "datum_tekst": "na maart", "schatting_van": datetime.date(2025, 3, 31)}, True),
        ({"datum": None, "datum_tekst": "na maart", "schatting_van": DAG, "schatting_tot": VANDAAG}, False),
        ({"datum": DAG, "staat": "gehouden"}, False),
    ],
)
def test_its_day_has_passed_while_nobody_said_it_was_held(velden: dict[str, Any], verlopen: bool) -> None:
    rij = Vergadering(**{"staat": "gepland", **velden})
    assert is_verlopen(rij, VANDAAG) is verlopen


def test_a_series_has_a_name_and_address_of_its_own(reeks: Reeks) -> None:
    assert maak_reeks({"naam": "PRT", "afkorting": "PRT", "slug": "prt"}).slug == "prt"
    for velden in ({"naam": "Anders", "slug": "lrt"}, {"naam": reeks.naam, "slug": "anders"}):
        with pytest.raises(ValidationError):
            maak_reeks({"afkorting": "LRT", **velden})
