"""The table of faults (docs/trouw.md) and the tests say the same: each test it names exists, and each test is in it."""

import ast
import re
from pathlib import Path

HIER = Path(__file__).resolve().parent
TESTS = HIER.parent
TABEL = TESTS.parent / "docs" / "trouw.md"


def namen_in(pad: Path) -> set[str]:
    """The names of the tests in a file."""
    return {
        deel.name
        for deel in ast.parse(pad.read_text(encoding="utf-8")).body
        if isinstance(deel, ast.FunctionDef) and deel.name.startswith("test_")
    }


def genoemd() -> list[tuple[Path, str]]:
    """The tests that the table names, in its order."""
    gevonden = re.findall(r"`((?:[a-z_]+/)?test_[a-z_]+\.py)::(test_[a-z0-9_]+)`", TABEL.read_text(encoding="utf-8"))
    return [((TESTS if "/" in bestand else HIER) / bestand, naam) for bestand, naam in gevonden]


def test_each_test_that_the_table_names_exists() -> None:
    assert [(pad.name, naam) for pad, naam in genoemd() if not pad.exists() or naam not in namen_in(pad)] == []


def test_each_line_of_the_table_names_its_test() -> None:
    regels = [regel for regel in TABEL.read_text(encoding="utf-8").splitlines() if regel.startswith("| ")]
    zonder = [regel for regel in regels if "::test_" not in regel and not regel.startswith("| Wat gaat er mis")]
    assert zonder == []
    assert len(genoemd()) == len(set(genoemd())) >= 35


def test_each_test_is_in_the_table() -> None:
    in_tabel = set(genoemd())
    ontbrekend = [
        f"{pad.name}::{naam}"
        for pad in sorted(HIER.glob("test_*.py"))
        if pad != Path(__file__).resolve()
        for naam in sorted(namen_in(pad))
        if (pad, naam) not in in_tabel
    ]
    assert ontbrekend == []
