"""The table of guards (docs/wachters.md) names tests that exist."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
TABEL = TESTS.parent / "docs" / "wachters.md"


def test_each_test_that_the_table_of_guards_names_exists() -> None:
    tekst = TABEL.read_text(encoding="utf-8")
    genoemd = re.findall(r"`((?:[a-z]+/)?test_[a-z_]+\.py)::(test_[a-z0-9_]+)`", tekst)
    bekend = {
        pad: {deel.name for deel in ast.parse((TESTS / pad).read_text()).body if isinstance(deel, ast.FunctionDef)}
        for pad in {pad for pad, _ in genoemd}
    }
    assert [(pad, naam) for pad, naam in genoemd if naam not in bekend[pad]] == []
    regels = [regel for regel in tekst.splitlines() if regel.startswith("| ") and not regel.startswith("| Wachter")]
    assert [regel for regel in regels if "::test_" not in regel] == []
    assert len(regels) >= 30
