"""What must hold of every text and every interval, whoever thinks of it."""

import re
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from maatregelen.models import Precisie
from maatregelen.termijnen import Lezing, is_begrepen, lees, reken, schrijf, uitleg, vind, volgende
from maatregelen.termijnen.kalender import (
    halfjaar_van,
    jaar_van,
    jaardeel_van,
    kwartaal_van,
    maand_van,
    maanddeel_van,
    seizoen_van,
    week_van,
)
from maatregelen.termijnen.vaagheden import UITDRUKKINGEN, VOORWOORDEN
from maatregelen.termijnen.woorden import WOORDEN, kaal

DAGEN = st.dates()
NORMALE_DAGEN = st.dates(date(1990, 1, 1), date(2100, 1, 1))
# Words that mean something, thrown together: far more often almost a termijn than any text is.
STUKKEN = st.sampled_from(
    [
        *sorted({*WOORDEN, *UITDRUKKINGEN, *VOORWOORDEN}),
        "1",
        "31",
        "30-2-2025",
        "1-7-2025",
        "2025",
        "2026",
        "Q3",
        "Q9",
        "H1",
        "2025-I",
        "2025-2026",
        "4-6",
        "1/7",
        "'25",
        "t/m",
        "-",
        "/",
        ",",
        ".",
        "(",
        ")",
        ":",
        "I",
        "III",
        "met",
        "0",
        "2199",
        "96.000",
        "W23",
    ]
)
SCHEIDING = st.sampled_from([" ", " ", " ", "\n", "  ", "", "\u00a0"])
ZINNEN = st.builds(lambda woorden, teken: teken.join(woorden), st.lists(STUKKEN, max_size=8), SCHEIDING)
TEKSTEN = st.one_of(st.text(max_size=80), ZINNEN)


def houdt(lezing: Lezing) -> None:
    """What a reading, and so what is stored, must satisfy."""
    assert lezing.begin is None or lezing.einde is None or lezing.begin <= lezing.einde
    assert (lezing.precisie in (Precisie.VAAG, Precisie.DUUR)) == (lezing.begin is None and lezing.einde is None)
    assert lezing.relatie is not None or lezing.precisie == Precisie.DUUR
    assert len(lezing.herhaling) <= 20
    assert len(lezing.duur) <= 20
    if lezing.alternatief is not None:
        houdt(lezing.alternatief)


@given(TEKSTEN, DAGEN)
@example("komende half maand", date(2025, 3, 19))
@example("komende W23", date(2025, 3, 19))
@example("komende 0 weken", date(2025, 3, 19))
@example("binnen zes weken", date.max)
@settings(max_examples=1500, deadline=None)
def test_any_text_has_a_reading(tekst: str, peil: date) -> None:
    uit = lees(tekst, peil)
    houdt(uit)
    assert lees(tekst, peil) == uit
    assert is_begrepen(tekst, peil) or uit == Lezing(None, None, Precisie.VAAG, uit.relatie)
    assert uitleg(uit)
    woorden = schrijf(
        begin=uit.begin, einde=uit.einde, precisie=uit.precisie, relatie=uit.relatie, herhaling=uit.herhaling,
        duur=uit.duur, gebeurtenis=uit.gebeurtenis,
    )  # fmt: skip
    assert woorden.strip() == woorden != ""


@given(st.lists(TEKSTEN, max_size=4), DAGEN)
@settings(max_examples=800, deadline=None)
def test_finds_stand_where_they_say(stukken: list[str], peil: date) -> None:
    tekst = "\n".join(stukken)
    vorige = 0
    for vondst in vind(tekst, peil):
        assert tekst[vondst.van : vondst.tot] == vondst.tekst
        assert vorige <= vondst.van < vondst.tot
        assert vondst.tekst.strip() == vondst.tekst
        houdt(vondst.lezing)
        if vondst.lezing.einde is not None and not vondst.lezing.herhaling:
            assert vondst.lezing.einde >= peil
        vorige = vondst.tot


@given(st.text(max_size=60), NORMALE_DAGEN)
@settings(max_examples=500, deadline=None)
def test_no_day_comes_out_of_nothing(tekst: str, peil: date) -> None:
    bekend = {*WOORDEN, *UITDRUKKINGEN, *VOORWOORDEN, "asap", "tm", "miv"}
    woorden = set(re.findall(r"[^\W\d_]+", kaal(tekst)))
    if re.search(r"\d", tekst) is None and not any(deel in bekend or "." in tekst for deel in woorden):
        assert lees(tekst, peil) == Lezing(None, None, Precisie.VAAG, lees("", peil).relatie)
        assert vind(tekst, peil) == []


PERIODEN = st.one_of(
    st.tuples(st.just("dag"), st.just("op"), NORMALE_DAGEN.map(lambda dag: (dag, dag))),
    st.tuples(st.just("maand"), st.just("in"), st.builds(maand_van, st.integers(1950, 2150), st.integers(1, 12))),
    st.tuples(st.just("kwartaal"), st.just("in"), st.builds(kwartaal_van, st.integers(1950, 2150), st.integers(1, 4))),
    st.tuples(st.just("halfjaar"), st.just("in"), st.builds(halfjaar_van, st.integers(1950, 2150), st.integers(1, 2))),
    st.tuples(st.just("seizoen"), st.just("in"), st.builds(seizoen_van, st.integers(1950, 2150), st.integers(0, 3))),
    st.tuples(st.just("seizoen"), st.just("in"), st.builds(jaardeel_van, st.integers(1950, 2150), st.integers(0, 2))),
    st.tuples(
        st.just("periode"),
        st.just("in"),
        st.builds(maanddeel_van, st.integers(1950, 2150), st.integers(1, 12), st.integers(0, 2)),
    ),
    st.tuples(st.just("jaar"), st.just("in"), st.builds(jaar_van, st.integers(1950, 2150))),
    st.tuples(st.just("week"), st.just("in"), st.builds(week_van, st.integers(1950, 2150), st.integers(1, 52))),
)


@given(PERIODEN, NORMALE_DAGEN)
@settings(max_examples=800, deadline=None)
def test_a_named_period_reads_back_as_itself(periode: tuple[str, str, tuple[date, date]], peil: date) -> None:
    precisie, relatie, (begin, einde) = periode
    uit = lees(schrijf(begin=begin, einde=einde, precisie=precisie, relatie=relatie), peil)
    assert (uit.begin, uit.einde, uit.precisie, uit.relatie) == (begin, einde, precisie, relatie)


@given(PERIODEN, st.sampled_from(["voor", "uiterlijk", "tot", "vanaf"]), NORMALE_DAGEN)
@settings(max_examples=800, deadline=None)
def test_a_limit_reads_back_as_the_same_day(
    periode: tuple[str, str, tuple[date, date]], relatie: str, peil: date
) -> None:
    precisie, _, (begin, einde) = periode
    velden = (
        (begin, None) if relatie == "vanaf" else (None, begin - timedelta(1)) if relatie == "voor" else (None, einde)
    )
    uit = lees(schrijf(begin=velden[0], einde=velden[1], precisie=precisie, relatie=relatie), peil)
    assert (uit.begin, uit.einde) == velden
    if precisie in ("dag", "maand", "kwartaal", "halfjaar", "jaar"):
        assert (uit.precisie, uit.relatie) == (precisie, relatie)


@given(NORMALE_DAGEN, st.integers(0, 4000), NORMALE_DAGEN)
@settings(max_examples=500, deadline=None)
def test_any_stretch_of_days_reads_back(begin: date, dagen: int, peil: date) -> None:
    einde = begin + timedelta(days=dagen)
    uit = lees(schrijf(begin=begin, einde=einde, precisie="periode", relatie="tussen"), peil)
    assert (uit.begin, uit.einde) == (begin, einde)


@given(DAGEN, DAGEN, st.sampled_from(["P1Y", "P6M", "P3M", "P1M", "P1W", "P2W", "P2Y"]))
@settings(max_examples=500, deadline=None)
def test_the_next_occurrence_comes_later_and_is_the_first(dag: date, vanaf: date, herhaling: str) -> None:
    begin, einde = volgende(begin=dag, einde=dag, herhaling=herhaling, vanaf=vanaf)
    assert begin == einde
    if begin is None:
        assert vanaf.year + 3 > 9999 or dag.year + 3 > 9999
        return
    assert begin > dag
    assert begin >= vanaf
    # One step back lies before the asked day, or is where it started.
    try:
        terug = reken(begin, f"-{herhaling}")
    except ValueError:
        return
    assert terug < vanaf or terug <= dag + timedelta(days=3)
