"""Intervals in good Dutch, readings under a field, and arithmetic with lengths and rhythms."""

from datetime import date
from typing import Any

import pytest

from maatregelen.termijnen import Lezing, lees, reken, schrijf, uitleg, volgende

PEIL = date(2025, 3, 19)


def in_woorden(uit: Lezing) -> str:
    """A reading written back."""
    return schrijf(
        begin=uit.begin,
        einde=uit.einde,
        precisie=uit.precisie,
        relatie=uit.relatie,
        herhaling=uit.herhaling,
        duur=uit.duur,
        gebeurtenis=uit.gebeurtenis,
    )


# What is typed, what is written back, and what stands under the field.
TERUG = {
    "voor 31 december 2024": ("voor 31 december 2024", "t/m 30 december 2024"),
    "uiterlijk 31 december": ("uiterlijk 31 december 2025", "t/m 31 december 2025"),
    "tot 1 juli": ("t/m 30 juni 2025", "t/m 30 juni 2025"),
    "op 19 maart 2025": ("op 19 maart 2025", "19 maart 2025"),
    "deze maand": ("maart 2025", "van 1 t/m 31 maart 2025"),
    "uiterlijk juni": ("uiterlijk juni 2025", "t/m 30 juni 2025"),
    "voor juni": ("voor juni 2025", "t/m 31 mei 2025"),
    "voor 2026": ("voor 2026", "t/m 31 december 2025"),
    "voor Q3": ("voor het derde kwartaal van 2025", "t/m 30 juni 2025"),
    "voor H1 2026": ("voor de eerste helft van 2026", "t/m 31 december 2025"),
    "Q3 2024": ("derde kwartaal 2024", "van 1 juli t/m 30 september 2024"),
    "eerste helft 2024": ("eerste helft 2024", "van 1 januari t/m 30 juni 2024"),
    "eind 2026": ("eind 2026", "van 1 oktober t/m 31 december 2026"),
    "medio juni": ("medio juni 2025", "van 11 t/m 20 juni 2025"),
    "dit najaar": ("najaar 2025", "van 21 september t/m 20 december 2025"),
    "winter 2025": ("winter 2025", "van 21 december 2025 t/m 20 maart 2026"),
    "komend jaar": ("2026", "van 1 januari t/m 31 december 2026"),
    "week 23": ("week 23 van 2025", "van 2 t/m 8 juni 2025"),
    "voor de zomer": ("t/m 20 juni 2025", "t/m 20 juni 2025 (of: voor het reces, t/m 3 juli 2025)"),
    "voor het zomerreces": ("t/m 3 juli 2025", "t/m 3 juli 2025 (of: voor de zomer, t/m 20 juni 2025)"),
    "na de zomer": ("van 1 september t/m 30 november 2025", "van 1 september t/m 30 november 2025"),
    "per 1 september 2024": ("vanaf 1 september 2024", "vanaf 1 september 2024"),
    "na 2026": ("vanaf 2027", "vanaf 1 januari 2027"),
    "vanaf juni": ("vanaf juni 2025", "vanaf 1 juni 2025"),
    "2025-2026": ("van 1 januari 2025 t/m 31 december 2026", "van 1 januari 2025 t/m 31 december 2026"),
    "binnen zes weken": ("t/m 30 april 2025", "t/m 30 april 2025"),
    "jaarlijks voor 1 mei": (
        "elk jaar voor 1 mei (eerstvolgende: t/m 30 april 2025)",
        "elk jaar, eerstvolgende: t/m 30 april 2025",
    ),
    "jaarlijks in juni": (
        "elk jaar in juni (eerstvolgende: van 1 t/m 30 juni 2025)",
        "elk jaar, eerstvolgende: van 1 t/m 30 juni 2025",
    ),
    "elk voorjaar": (
        "elk jaar in het voorjaar (eerstvolgende: van 21 maart t/m 20 juni 2025)",
        "elk jaar, eerstvolgende: van 21 maart t/m 20 juni 2025",
    ),
    "jaarlijks in de eerste helft": (
        "elk jaar in de eerste helft (eerstvolgende: van 1 januari t/m 30 juni 2025)",
        "elk jaar, eerstvolgende: van 1 januari t/m 30 juni 2025",
    ),
    "jaarlijks in het eerste kwartaal": (
        "elk jaar in het eerste kwartaal (eerstvolgende: van 1 januari t/m 31 maart 2025)",
        "elk jaar, eerstvolgende: van 1 januari t/m 31 maart 2025",
    ),
    "jaarlijks": (
        "elk jaar (eerstvolgende: van 1 januari t/m 31 december 2025)",
        "elk jaar, eerstvolgende: van 1 januari t/m 31 december 2025",
    ),
    "elk kwartaal": (
        "elk kwartaal (eerstvolgende: van 1 januari t/m 31 maart 2025)",
        "elk kwartaal, eerstvolgende: van 1 januari t/m 31 maart 2025",
    ),
    "halfjaarlijks, voor 1 juli": (
        "elk halfjaar (eerstvolgende: t/m 30 juni 2025)",
        "elk halfjaar, eerstvolgende: t/m 30 juni 2025",
    ),
    "elke maandag": ("elke maandag (eerstvolgende: 24 maart 2025)", "elke week, eerstvolgende: 24 maart 2025"),
    "tweejaarlijks": ("elke 2 jaar", "elke 2 jaar: geen datum"),
    "binnen drie maanden na inwerkingtreding": (
        "binnen 3 maanden na inwerkingtreding",
        "binnen 3 maanden na inwerkingtreding: nog geen datum, die volgt uit de gebeurtenis",
    ),
    "twee weken voor de LRT": (
        "uiterlijk 2 weken voor de LRT",
        "uiterlijk 2 weken voor de LRT: nog geen datum, die volgt uit de gebeurtenis",
    ),
    "voor invoering": ("voor invoering", "voor invoering: nog geen datum, die volgt uit de gebeurtenis"),
    "na inwerkingtreding": ("na inwerkingtreding", "na inwerkingtreding: nog geen datum, die volgt uit de gebeurtenis"),
    "drie jaar": ("3 jaar", "3 jaar: een duur zonder begin, geen datum"),
    "anderhalve maand": ("1 maand en 15 dagen", "1 maand en 15 dagen: een duur zonder begin, geen datum"),
    "na 6 jaar": ("na 6 jaar", "na 6 jaar: een duur zonder begin, geen datum"),
    "enkele weken": ("nog geen datum", "een duur die niet vaststaat: geen datum"),
    "op korte termijn": ("nog geen datum", "geen datum: blijft vaag"),
    "31 februari": ("nog geen datum", "geen datum: blijft vaag"),
}


@pytest.mark.parametrize("woorden", TERUG)
def test_written_back_and_explained(woorden: str) -> None:
    uit = lees(woorden, PEIL)
    assert (in_woorden(uit), uitleg(uit)) == TERUG[woorden]


@pytest.mark.parametrize("woorden", TERUG)
def test_what_is_written_reads_as_the_same_days(woorden: str) -> None:
    uit = lees(woorden, PEIL)
    terug = lees(in_woorden(uit), PEIL)
    assert (terug.begin, terug.einde, terug.herhaling, terug.duur, terug.gebeurtenis) == (
        uit.begin,
        uit.einde,
        uit.herhaling,
        uit.duur,
        uit.gebeurtenis,
    )


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        # The days count, whatever precision and relation claim.
        ({"begin": None, "einde": date(2025, 6, 17), "precisie": "maand", "relatie": "voor"}, "t/m 17 juni 2025"),
        (
            {"begin": date(2025, 6, 2), "einde": date(2025, 6, 17), "precisie": "maand", "relatie": "in"},
            "van 2 t/m 17 juni 2025",
        ),
        (
            {"begin": date(2025, 6, 2), "einde": date(2025, 6, 17), "precisie": "dag", "relatie": "op"},
            "van 2 t/m 17 juni 2025",
        ),
        ({"begin": date(2025, 6, 2), "einde": None, "precisie": "jaar", "relatie": "vanaf"}, "vanaf 2 juni 2025"),
        ({"begin": None, "einde": date.max, "precisie": "dag", "relatie": "voor"}, "t/m 31 december 9999"),
        ({"begin": None, "einde": date(1, 3, 20), "precisie": "seizoen",
        "relatie": "uiterlijk"}, "uiterlijk 20 maart 0001"),
        ({"begin": None, "einde": None, "precisie": "vaag", "relatie": "op"}, "nog geen datum"),
        ({"begin": None, "einde": None, "precisie": "duur", "relatie": None, "duur": "onzin"}, "onzin"),
        # A termijn that hung on an event which has happened.
        (
            {
                "begin": None, "einde": date(2025, 10, 1), "precisie": "maand", "relatie": "binnen", "duur": "P3M",
                "gebeurtenis": "inwerkingtreding",
            },
            "t/m 1 oktober 2025 (binnen 3 maanden na inwerkingtreding)",
        ),
    ],
)  # fmt: skip
def test_writes_the_days_it_was_given(velden: dict[str, Any], verwacht: str) -> None:
    assert schrijf(**velden) == verwacht


@pytest.mark.parametrize(
    ("dag", "duur", "verwacht"),
    [
        (date(2025, 7, 1), "P3M", date(2025, 10, 1)),
        (date(2025, 1, 31), "P1M", date(2025, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2025, 12, 31), "P2M", date(2026, 2, 28)),
        (date(2025, 3, 19), "P6W", date(2025, 4, 30)),
        (date(2025, 3, 19), "P1M15D", date(2025, 5, 4)),
        (date(2025, 3, 19), "P1Y6M", date(2026, 9, 19)),
        (date(2025, 3, 19), "PT48H", date(2025, 3, 21)),
        (date(2025, 3, 19), "PT1H", date(2025, 3, 20)),
        (date(2025, 3, 19), "-P2W", date(2025, 3, 5)),
        (date(2025, 3, 31), "-P1M", date(2025, 2, 28)),
        (date(2025, 3, 19), "P0D", date(2025, 3, 19)),
    ],
)
def test_counts_on_from_an_event(dag: date, duur: str, verwacht: date) -> None:
    assert reken(dag, duur) == verwacht


@pytest.mark.parametrize(
    "duur", ["", "P", "PT", "-P", "drie maanden", "P3", "3M", "P1.5Y", "P١M", "P3M ", "\nP3M", "PT3M", "P1D1W"]
)
def test_a_length_that_is_none_is_refused(duur: str) -> None:
    with pytest.raises(ValueError, match="geen ISO 8601-duur"):
        reken(PEIL, duur)


@pytest.mark.parametrize(("dag", "duur"), [(date.max, "P1D"), (date.min, "-P1M"), (PEIL, "P9999Y"), (PEIL, "-P9999Y")])
def test_a_day_outside_the_calendar_is_refused(dag: date, duur: str) -> None:
    with pytest.raises(ValueError, match="buiten de kalender"):
        reken(dag, duur)


def d(tekst: str) -> date | None:
    """A day, or none for a dash."""
    return None if tekst == "-" else date.fromisoformat(tekst)


@pytest.mark.parametrize(
    ("begin", "einde", "herhaling", "vanaf", "verwacht"),
    [
        ("-", "2025-04-30", "P1Y", "2025-05-01", ("-", "2026-04-30")),
        ("-", "2025-04-30", "P1Y", "2024-01-01", ("-", "2026-04-30")),
        ("-", "2025-04-30", "P1Y", "2030-04-30", ("-", "2030-04-30")),
        ("-", "2025-04-30", "P1Y", "2030-05-01", ("-", "2031-04-30")),
        # The end of a month stays the end of a month.
        ("2025-01-01", "2025-06-30", "P6M", "2025-07-01", ("2025-07-01", "2025-12-31")),
        ("2025-07-01", "2025-12-31", "P6M", "2026-01-01", ("2026-01-01", "2026-06-30")),
        ("2025-01-01", "2025-03-31", "P3M", "2025-04-01", ("2025-04-01", "2025-06-30")),
        ("2025-04-01", "2025-06-30", "P3M", "2025-12-31", ("2025-10-01", "2025-12-31")),
        ("2025-02-01", "2025-02-28", "P1M", "2025-03-01", ("2025-03-01", "2025-03-31")),
        ("2025-01-01", "2025-01-31", "P1M", "2028-02-29", ("2028-02-01", "2028-02-29")),
        ("-", "2024-02-29", "P1Y", "2025-01-01", ("-", "2025-02-28")),
        ("-", "2025-02-28", "P1Y", "2028-01-01", ("-", "2028-02-29")),
        ("2024-02-29", "2024-02-29", "P1Y", "2028-01-01", ("2028-02-29", "2028-02-29")),
        # A day in the middle keeps its number.
        ("2025-01-15", "2025-01-15", "P1M", "2025-12-16", ("2026-01-15", "2026-01-15")),
        ("2025-12-21", "2026-03-20", "P1Y", "2026-03-21", ("2026-12-21", "2027-03-20")),
        ("2025-03-24", "2025-03-24", "P1W", "2025-06-03", ("2025-06-09", "2025-06-09")),
        ("2025-03-17", "2025-03-23", "P2W", "2025-03-24", ("2025-03-31", "2025-04-06")),
        ("2025-09-01", "-", "P1Y", "2025-09-02", ("2026-09-01", "-")),
        ("-", "-", "P1Y", "2025-09-02", ("-", "-")),
        ("9999-01-01", "9999-12-31", "P1Y", "9999-12-31", ("-", "-")),
    ],
)
def test_next_occurrence(begin: str, einde: str, herhaling: str, vanaf: str, verwacht: tuple[str, str]) -> None:
    uit = volgende(begin=d(begin), einde=d(einde), herhaling=herhaling, vanaf=date.fromisoformat(vanaf))
    assert uit == (d(verwacht[0]), d(verwacht[1]))


@pytest.mark.parametrize("herhaling", ["", "jaarlijks", "P0D", "-P1Y", "P0Y0M"])
def test_a_rhythm_that_does_not_go_on_is_refused(herhaling: str) -> None:
    with pytest.raises(ValueError, match=r"herhaalt niet|geen ISO"):
        volgende(begin=None, einde=PEIL, herhaling=herhaling, vanaf=PEIL)


def test_a_recurring_deadline_walks_through_the_years_without_drifting() -> None:
    begin, einde = date(2025, 1, 1), date(2025, 3, 31)
    einden = []
    for _ in range(8):
        nieuw = volgende(begin=begin, einde=einde, herhaling="P3M", vanaf=einde)
        assert nieuw[0] is not None
        assert nieuw[1] is not None
        begin, einde = nieuw
        einden.append((begin.day, einde.month, einde.day))
    assert einden == [(1, 6, 30), (1, 9, 30), (1, 12, 31), (1, 3, 31)] * 2
