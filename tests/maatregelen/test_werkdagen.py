"""On which days the government works, and when the overview of a week goes out."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatregelen.werkdagen import (
    is_eerste_van_week,
    is_werkdag,
    volgende_werkdag,
    weekoverzicht_vanaf,
    werkdag_tot,
    werkdag_vanaf,
)

# Written out from the calendar, not computed. Good Friday counts: the Algemene termijnenwet puts it on a par with the
# holidays it names. 5 May is a day off in the years that end in 0 or 5 only.
FEESTDAGEN = {
    2024: "01-01 03-29 04-01 04-27 05-09 05-20 12-25 12-26",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26",
    2026: "01-01 04-03 04-06 04-27 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-06 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 05-25 06-05 12-25 12-26",
    2029: "01-01 03-30 04-02 04-27 05-10 05-21 12-25 12-26",
    2030: "01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26",
}
DAGEN = st.dates(datetime.date(2020, 1, 1), datetime.date(2060, 12, 31))
EEN = datetime.timedelta(days=1)


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


@pytest.mark.parametrize("jaar", sorted(FEESTDAGEN))
def test_every_weekday_of_a_year_is_worked_save_the_holidays(jaar: int) -> None:
    vrij = set()
    dag = datetime.date(jaar, 1, 1)
    while dag.year == jaar:
        if dag.weekday() < 5 and not is_werkdag(dag):
            vrij.add(dag)
        if dag.weekday() >= 5:
            assert not is_werkdag(dag)
        dag += EEN
    verwacht = {d(f"{jaar}-{tekst}") for tekst in FEESTDAGEN[jaar].split()}
    assert vrij == {dag for dag in verwacht if dag.weekday() < 5}


@pytest.mark.parametrize(
    ("dag", "werk"),
    [
        ("2024-02-29", True),  # a Thursday
        ("2028-02-29", True),  # a Tuesday
        ("2026-05-05", True),  # only commemorated
        ("2025-05-05", False),  # every fifth year a day off
        ("2026-03-29", False),  # the clock goes forward: a Sunday as always
        ("2026-03-30", True),
        ("2026-10-25", False),  # and back
        ("2026-10-26", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
    ],
)
def test_days_that_are_easily_mistaken(dag: str, werk: bool) -> None:
    assert is_werkdag(d(dag)) is werk


@pytest.mark.parametrize(
    ("dag", "ervoor", "erna"),
    [
        ("2026-12-25", "2026-12-24", "2026-12-28"),  # Christmas on Friday and Saturday
        ("2027-01-01", "2026-12-31", "2027-01-04"),  # into another year, both ways
        ("2026-04-05", "2026-04-02", "2026-04-07"),  # Easter: Good Friday before, Monday after
        ("2025-04-20", "2025-04-17", "2025-04-22"),
        ("2026-11-18", "2026-11-18", "2026-11-18"),  # a Wednesday
    ],
)
def test_the_working_day_on_either_side(dag: str, ervoor: str, erna: str) -> None:
    assert (werkdag_tot(d(dag)), werkdag_vanaf(d(dag))) == (d(ervoor), d(erna))


@pytest.mark.parametrize(
    ("vanaf", "overzicht"),
    [
        ("2026-11-16", "2026-11-16"),  # a Monday
        ("2026-11-17", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-04-06", "2026-04-07"),  # Easter Monday: on Tuesday
        ("2026-04-07", "2026-04-07"),
        ("2026-04-08", "2026-04-13"),
        ("2026-12-29", "2027-01-04"),
        ("2026-12-28", "2026-12-28"),
    ],
)
def test_the_overview_of_a_week_goes_out_on_its_first_working_day(vanaf: str, overzicht: str) -> None:
    assert weekoverzicht_vanaf(d(vanaf)) == d(overzicht)


@given(DAGEN)
def test_never_on_a_day_off_and_never_further_than_needed(dag: datetime.date) -> None:
    voor, na, volgende = werkdag_tot(dag), werkdag_vanaf(dag), volgende_werkdag(dag)
    assert is_werkdag(voor)
    assert is_werkdag(na)
    assert is_werkdag(volgende)
    assert voor <= dag <= na <= volgende
    assert dag < volgende
    if is_werkdag(dag):
        assert voor == na == dag
    for tussen in range(1, (na - voor).days):
        assert not is_werkdag(voor + tussen * EEN)


@given(DAGEN)
def test_a_week_has_at_most_one_overview_and_none_is_further_than_a_fortnight(dag: datetime.date) -> None:
    overzicht = weekoverzicht_vanaf(dag)
    assert is_eerste_van_week(overzicht)
    assert 0 <= (overzicht - dag).days < 14
    maandag = dag - dag.weekday() * EEN
    assert sum(is_eerste_van_week(maandag + n * EEN) for n in range(7)) <= 1
    assert not any(is_eerste_van_week(dag + n * EEN) for n in range((overzicht - dag).days))
