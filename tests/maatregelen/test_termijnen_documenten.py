"""The expressions of the documents that come along, read on their own reference dates, against what the facts say.

Every difference stands here literally, and in docs/termijnen.md with its reason.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from maatregelen.documenten import GEGEVENSMAP
from maatregelen.termijnen import lees

DOCUMENTATIE = Path(__file__).resolve().parent.parent.parent / "docs" / "termijnen.md"

# The relation: a period is "in" where the facts say "op".
PERIODES = {
    "dit voorjaar", "in het komende jaar", "het najaar van 2018", "in 2018", "in het eerste kwartaal van 2018",
    "in april", "in de eerste helft 2024", "in 2026", "dit najaar", "2025-I", "2025-II", "deze maand",
    "in de zomer van 2025",
}  # fmt: skip
# The relation: a bare length has none; in the facts it has one.
LENGTES = {
    "voor een beperkte periode": "tot",
    "voor enkele dagen": "tot",
    "voor drie jaar": "tot",
    "onder de 30 jaar": "tot",
    "van drie naar zes maanden": "tot",
    "24-weeken-eis": "tot",
    "langer zijn dan 1 uur": "vanaf",
    "pilot van drie jaar": "tot",
    "maximale termijn van drie jaar": "uiterlijk",
}
# Read as something else.
ANDERS = {
    "per jaar": (("-", "-", "duur", "op", "P1Y", ""), ("2018-01-01", "2018-12-31", "jaar", "in", "", "P1Y")),
    "tot hun 21e in plaats van hun 18e": (("-", "-", "duur", "tot", "P21Y", ""), ("-", "-", "vaag", "tot", "", "")),
}


def termijnen() -> Iterator[tuple[date, dict[str, Any]]]:
    """Each termijn of each file, with the day it counts from."""
    for pad in sorted(GEGEVENSMAP.glob("*.json")):
        inhoud = json.loads(pad.read_text())
        if "peildatum" in inhoud:
            yield from ((date.fromisoformat(inhoud["peildatum"]), mijlpaal) for mijlpaal in inhoud["mijlpalen"])
        elif "pijlers" in inhoud:
            for pijler in inhoud["pijlers"]:
                for maatregel in pijler["maatregelen"]:
                    for termijn in [*maatregel.get("mijlpalen", []), *maatregel.get("tijdsaanduidingen", [])]:
                        yield date.fromisoformat(inhoud["geldtVanaf"]), termijn


def test_expressions_read_as_in_the_facts_but_for_these() -> None:
    verschillen: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    gelijk = 0
    for peil, termijn in termijnen():
        uit = lees(termijn["termijnTekst"], peil)
        feit = tuple(
            termijn.get(sleutel, leeg)
            for sleutel, leeg in (
                ("begin", "-"), ("einde", "-"), ("precisie", ""), ("relatie", ""), ("duur", ""), ("herhaling", ""),
            )
        )  # fmt: skip
        gelezen = (
            str(uit.begin or "-"), str(uit.einde or "-"), uit.precisie.value, uit.relatie.value if uit.relatie else "-",
            uit.duur, uit.herhaling,
        )  # fmt: skip
        if feit == gelezen:
            gelijk += 1
        else:
            verschillen[termijn["termijnTekst"]] = (feit, gelezen)
    assert {
        woorden for woorden, (feit, gelezen) in verschillen.items() if gelezen == (*feit[:3], "in", *feit[4:])
    } == PERIODES
    assert all(feit[3] == "op" for woorden, (feit, _) in verschillen.items() if woorden in PERIODES)
    assert {
        woorden: feit[3] for woorden, (feit, gelezen) in verschillen.items() if gelezen == (*feit[:3], "-", *feit[4:])
    } == LENGTES
    assert {
        woorden: paar for woorden, paar in verschillen.items() if woorden not in PERIODES and woorden not in LENGTES
    } == ANDERS
    # Fourteen period expressions, because "dit voorjaar" stands in one document twice.
    assert (gelijk, len(list(termijnen()))) == (57, 82)


def test_every_difference_is_told_with_its_reason() -> None:
    tekst = DOCUMENTATIE.read_text()
    assert [woorden for woorden in [*PERIODES, *LENGTES, *ANDERS] if f"`{woorden}`" not in tekst] == []
