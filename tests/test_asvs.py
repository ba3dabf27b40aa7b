"""The table of the ASVS (docs/asvs.md) is whole, and names tests and files that exist."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
HUIS = TESTS.parent
TABEL = HUIS / "docs" / "asvs.md"
REGEL = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (ja|deels|nee|omgeving|n\.v\.t\.) \| ([^|]+) \|$", re.MULTILINE)
# How many requirements of level 1 and 2 each section has in 4.0.3: up to and including this number, without these.
NUMMERS: dict[str, tuple[int, set[int]]] = {
    "1.1": (7, set()), "1.2": (4, set()), "1.4": (5, {2, 3}), "1.5": (4, set()), "1.6": (4, set()), "1.7": (2, set()),
    "1.8": (2, set()), "1.9": (2, set()), "1.10": (1, set()), "1.11": (2, set()), "1.12": (2, {1}), "1.14": (6, set()),
    "2.1": (12, set()), "2.2": (3, set()), "2.3": (3, set()), "2.4": (5, set()), "2.5": (7, set()), "2.6": (3, set()),
    "2.7": (6, set()), "2.8": (7, set()), "2.9": (3, set()), "2.10": (4, set()),
    "3.1": (1, set()), "3.2": (4, set()), "3.3": (4, set()), "3.4": (5, set()), "3.5": (3, set()), "3.7": (1, set()),
    "4.1": (5, {4}), "4.2": (2, set()), "4.3": (3, set()),
    "5.1": (5, set()), "5.2": (8, set()), "5.3": (10, set()), "5.4": (3, set()), "5.5": (4, set()),
    "6.1": (3, set()), "6.2": (6, set()), "6.3": (2, set()), "6.4": (2, set()),
    "7.1": (4, set()), "7.2": (2, set()), "7.3": (4, {2}), "7.4": (3, set()),
    "8.1": (4, set()), "8.2": (3, set()), "8.3": (8, set()),
    "9.1": (3, set()), "9.2": (4, set()), "10.2": (2, set()), "10.3": (3, set()), "11.1": (8, set()),
    "12.1": (3, set()), "12.2": (1, set()), "12.3": (6, set()), "12.4": (2, set()), "12.5": (2, set()),
    "12.6": (1, set()),
    "13.1": (5, {2}), "13.2": (6, {4}), "13.3": (2, set()), "13.4": (2, set()),
    "14.1": (4, set()), "14.2": (6, set()), "14.3": (3, {1}), "14.4": (7, set()), "14.5": (4, set()),
}  # fmt: skip


def regels() -> list[tuple[str, str, str, str]]:
    """The rows: number, requirement, how it stands, where."""
    return REGEL.findall(TABEL.read_text(encoding="utf-8"))


def test_each_requirement_has_one_row_in_its_order() -> None:
    verwacht = [f"{deel}.{n}" for deel, (tot, zonder) in NUMMERS.items() for n in range(1, tot + 1) if n not in zonder]
    assert [nummer for nummer, *_ in regels()] == verwacht
    losse = [regel for regel in TABEL.read_text().splitlines() if re.match(r"\| \d", regel) and not REGEL.match(regel)]
    assert losse == []


def test_each_test_and_file_that_it_names_exists() -> None:
    tekst = TABEL.read_text(encoding="utf-8")
    genoemd = set(re.findall(r"`((?:[a-z]+/)?test_[a-z_]+\.py)(?:::(test_[a-z0-9_]+))?`", tekst))
    assert len(genoemd) > 60
    bekend = {
        pad: {d.name for d in ast.parse((TESTS / pad).read_text()).body if isinstance(d, ast.FunctionDef)}
        for pad in {pad for pad, _ in genoemd}
    }
    assert sorted((pad, naam) for pad, naam in genoemd if naam and naam not in bekend[pad]) == []
    paden = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:md|py|txt|json|toml|yml)|Dockerfile)`", tekst))
    eigen = {pad for pad in paden if not pad.rpartition("/")[2].startswith("test_") and not pad.startswith("/")}
    assert sorted(pad for pad in eigen if not (HUIS / pad).exists()) == []
    assert len(eigen) > 30


def test_what_is_met_says_by_what() -> None:
    """A test, a file, a setting, or the number of the row that says it; otherwise nobody can look."""
    zonder = [
        n
        for n, _, stand, waar in regels()
        if stand == "ja"
        and not re.search(
            r"`|als \d|idem|zie \d|uuid4|bandit|fido2|TLS van de proxy|PASSWORD_HASHERS|niets leest|ORM|`__Host", waar
        )
    ]
    assert zonder == []
