"""What bandit and ruff's S rules find in the product is either mended or said to be meant, with the reason beside it.

Both number their rules alike (B608 is S608), so one `# noqa: S608  reason` counts for both; where ruff finds nothing
bandit's own `# nosec B608  reason` stands. An exception without a reason fails here.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

HUIS = Path(__file__).resolve().parent.parent
PRODUCT = ("logboek", "maatregelen", "migratie", "regietafel", "toegang", "manage.py")
NOQA = re.compile(r"#\s*noqa:\s*(?P<regels>[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)(?P<waarom>.*)$")
NOSEC = re.compile(r"#\s*nosec\b:?\s*(?P<regels>B\d+(?:,\s*B\d+)*)?(?P<waarom>.*)$")

# One rule of ruff where bandit has two.
OOK = {"B703": "S308"}


def heeft_reden(waarom: str) -> bool:
    """Whether at least two words say why."""
    return len(re.findall(r"\w+", waarom)) >= 2


def bevindingen() -> list[dict[str, Any]]:
    """What bandit finds, without what says nosec."""
    uitkomst = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-f", "json", "-r", *PRODUCT],
        cwd=HUIS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    gelezen = json.loads(uitkomst.stdout)
    assert gelezen["errors"] == []
    gevonden: list[dict[str, Any]] = gelezen["results"]
    return gevonden


def test_bandit_finds_nothing_that_nobody_looked_at() -> None:
    open_ = []
    for vondst in bevindingen():
        regels = (HUIS / vondst["filename"]).read_text().splitlines()
        bereik = range(min(vondst["line_range"]) - 1, min(max(vondst["line_range"]) + 1, len(regels)))
        nummer = OOK.get(vondst["test_id"], "S" + vondst["test_id"][1:])
        gezegd = [NOQA.search(regels[plek]) for plek in bereik]
        if not any(deel and nummer in deel["regels"] for deel in gezegd):
            open_.append(f"{vondst['filename']}:{vondst['line_number']} {vondst['test_id']} {vondst['issue_text']}")
    assert open_ == []


def test_every_exception_says_why() -> None:
    zonder = []
    for deel in PRODUCT:
        for pad in sorted((HUIS / deel).rglob("*.py")) if deel != "manage.py" else [HUIS / deel]:
            for nummer, regel in enumerate(pad.read_text().splitlines(), 1):
                noqa, nosec = NOQA.search(regel), NOSEC.search(regel)
                if noqa and re.search(r"\bS\d", noqa["regels"]) and not heeft_reden(noqa["waarom"]):
                    zonder.append(f"{pad.relative_to(HUIS)}:{nummer}")
                if nosec and not (nosec["regels"] and heeft_reden(nosec["waarom"])):
                    zonder.append(f"{pad.relative_to(HUIS)}:{nummer}")
    assert zonder == []
