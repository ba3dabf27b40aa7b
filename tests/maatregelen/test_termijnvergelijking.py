"""What a change of a termijn is: each edge that the docstring names, and what holds for any two of them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatregelen.models import Precisie, Relatie, Wijzigingssoort
from maatregelen.termijnvergelijking import Termijnstand, soort_wijziging

JAREN = (datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


def stand(begin: str, einde: str, precisie: str = "dag", relatie: str = "op", tekst: str = "") -> Termijnstand:
    """A termijn with these days (empty: none)."""
    dagen = [datetime.date.fromisoformat(dag) if dag else None for dag in (begin, einde)]
    return Termijnstand(tekst or f"{begin} {einde} {precisie}", *dagen, precisie, relatie)


VOOR_DE_ZOMER = stand("", "2025-06-20", "seizoen", "voor")
TWEEDE_HELFT = stand("2026-07-01", "2026-12-31", "halfjaar", "in")
Q3 = stand("2026-07-01", "2026-09-30", "kwartaal", "in")
PER_2027 = stand("2027-01-01", "", "jaar", "vanaf")
PER_SEPTEMBER = stand("2026-09-01", "", "dag", "vanaf")
VAAG = stand("", "", "vaag")
V, U, E, W, H = (
    Wijzigingssoort.VERSCHERPT, Wijzigingssoort.UITGESTELD, Wijzigingssoort.VERVROEGD, Wijzigingssoort.VERVAAGD,
    Wijzigingssoort.HERSCHREVEN,
)  # fmt: skip


@pytest.mark.parametrize(
    ("oud", "nieuw", "soort"),
    [
        (Q3, Q3, None),
        # Sharper, among the old days.
        (VOOR_DE_ZOMER, stand("2025-06-15", "2025-06-15"), V),
        (VOOR_DE_ZOMER, stand("", "2025-05-31", "dag", "voor"), V),
        (TWEEDE_HELFT, Q3, V),
        (TWEEDE_HELFT, stand("2026-10-01", "2026-12-31", "kwartaal", "in"), V),
        (stand("2026-01-01", "2026-12-31", "jaar", "in"), TWEEDE_HELFT, V),
        (Q3, stand("", "2026-08-31", "dag", "voor"), V),
        (Q3, stand("", "2026-09-30", "dag", "uiterlijk"), V),
        (stand("2026-09-01", "2026-11-30", "seizoen", "vanaf"), stand("2026-10-01", "2026-10-31", "maand", "in"), V),
        # Later.
        (VOOR_DE_ZOMER, stand("", "2025-07-03", "seizoen", "voor"), U),
        (VOOR_DE_ZOMER, stand("2025-06-21", "2025-06-21"), U),
        (Q3, stand("2026-10-01", "2026-12-31", "kwartaal", "in"), U),
        (Q3, TWEEDE_HELFT, U),
        (stand("", "2026-12-30", "dag", "voor"), stand("2026-12-01", "2026-12-31", "maand", "in"), U),
        # Earlier, and no sharpening.
        (stand("", "2026-06-30", "dag", "uiterlijk"), stand("", "2026-05-31", "dag", "uiterlijk"), E),
        (Q3, stand("2026-04-01", "2026-06-30", "kwartaal", "in"), E),
        (Q3, stand("", "2026-06-30", "dag", "uiterlijk"), E),
        (Q3, stand("2026-06-01", "2026-08-31", "maand", "in"), E),
        # The latest day stays, the beginning moves.
        (stand("2026-10-01", "2026-12-31", "kwartaal", "in"), TWEEDE_HELFT, H),
        (stand("", "2026-12-31", "dag", "uiterlijk"), stand("2026-10-01", "2026-12-31", "kwartaal", "in"), H),
        # With and without days.
        (Q3, VAAG, W),
        (VAAG, Q3, V),
        (VAAG, PER_2027, V),
        (VAAG, stand("", "", "duur", ""), H),
        (VAAG, stand("", "", "vaag", tekst="zo spoedig mogelijk"), H),
        # Other words for the same days.
        (Q3, stand("2026-07-01", "2026-09-30", "kwartaal", "in", "derde kwartaal van 2026"), H),
        (stand("", "2026-06-30", "dag", "voor"), stand("", "2026-06-30", "dag", "uiterlijk"), H),
        # A first day only.
        (PER_2027, stand("2027-03-01", "", "maand", "vanaf"), V),
        (PER_2027, stand("2027-12-31", "", "dag", "vanaf"), V),
        (PER_2027, stand("2028-03-01", "", "maand", "vanaf"), U),
        (PER_2027, stand("2026-09-01", "", "dag", "vanaf"), E),
        (PER_2027, stand("2028-01-01", "", "jaar", "vanaf"), U),
        (PER_SEPTEMBER, stand("2026-10-01", "", "dag", "vanaf"), U),
        (PER_SEPTEMBER, stand("2026-08-01", "", "dag", "vanaf"), E),
        # A latest day appears.
        (PER_SEPTEMBER, stand("2026-09-01", "2026-12-31", "periode", "tussen"), V),
        (PER_SEPTEMBER, stand("2026-09-01", "2026-09-01"), V),
        (PER_2027, stand("2027-04-01", "2027-06-30", "kwartaal", "in"), V),
        (PER_2027, stand("2029-01-01", "2029-12-31", "jaar", "in"), U),
        (PER_SEPTEMBER, stand("", "2026-09-30", "dag", "uiterlijk"), U),
        (PER_SEPTEMBER, stand("", "2026-08-15", "dag", "uiterlijk"), E),
        # A latest day disappears.
        (stand("2027-01-01", "2027-12-31", "jaar", "in"), stand("2027-03-01", "", "dag", "vanaf"), V),
        (stand("", "2027-12-31", "dag", "uiterlijk"), stand("2027-07-01", "", "dag", "vanaf"), U),
        (stand("", "2027-06-30", "dag", "uiterlijk"), PER_2027, U),
    ],
)  # fmt: skip
def test_every_edge(oud: Termijnstand, nieuw: Termijnstand, soort: Wijzigingssoort | None) -> None:
    assert soort_wijziging(oud, nieuw) == soort


@st.composite
def standen(draw: st.DrawFn) -> Termijnstand:
    """Any termijn that the database takes."""
    precisie = draw(st.sampled_from([str(p) for p in Precisie]))
    dagen: list[datetime.date | None] = [None, None]
    if precisie not in (Precisie.VAAG, Precisie.DUUR):
        soort = draw(st.sampled_from(["begin", "einde", "beide"]))
        een, twee = sorted(draw(st.tuples(st.dates(*JAREN), st.dates(*JAREN))))
        dagen = [een if soort != "einde" else None, twee if soort != "begin" else None]
    return Termijnstand(draw(st.sampled_from("ab")), *dagen, precisie, draw(st.sampled_from([str(r) for r in Relatie])))


@given(standen(), standen())
def test_what_holds_for_any_two(oud: Termijnstand, nieuw: Termijnstand) -> None:
    heen, terug = soort_wijziging(oud, nieuw), soort_wijziging(nieuw, oud)
    assert (heen is None) == (oud == nieuw) == (terug is None)
    assert (heen == W) == (nieuw.is_vaag and not oud.is_vaag)
    assert not (heen == terug == V), "no two sharpen each other"
    if oud.einde and nieuw.einde:
        if nieuw.einde > oud.einde:
            assert heen == U
        if heen == E:
            assert nieuw.einde < oud.einde
    if heen == H:
        assert (oud.einde or oud.begin) == (nieuw.einde or nieuw.begin)
