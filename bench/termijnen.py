"""What reading termijnen costs: against a plain loop over ISO dates, and whether twice as much costs twice as much.

Needs no database. Process time of this process only, medians. Exits 1 above a limit.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "migratie.settings"
os.environ.setdefault("REGIEMONITOR_DEMO", "1")
os.environ["LOGNIVEAU"] = "ERROR"

import django

django.setup()

from maatregelen.termijnen import lees, vind
from maatregelen.termijnen.schrijven import MAANDEN

AANTAL, RONDEN = 100_000, 5
GRENS, GRENS_DUBBEL = 300, 2.6
PEIL = date(2025, 3, 19)
# As people type them; {n} makes a phrase that has no date of its own differ from the others.
ZINNEN = (
    "voor {dag} {maand} {jaar}", "uiterlijk {dag} {maand} {jaar}", "t/m {dag}-{m}-{jaar}", "per {dag} {maand} {jaar}",
    "met ingang van {dag} {maand} {jaar}", "{dag} {maand} {jaar}", "{jaar}-{m:02d}-{dag:02d}", "{dag}/{m}/{jaar}",
    "van {dag} {maand} t/m 31 december {jaar}", "tussen {dag} {maand} {jaar} en 1 juli 2040", "na {dag} {maand} {jaar}",
    "vóór {dag} {maand}, actie {n}", "uiterlijk in {maand} {jaar}, actie {n}", "begin {maand} {jaar} (actie {n})",
    "derde kwartaal van {jaar}, actie {n}", "eerste helft {jaar}, actie {n}", "medio {jaar} (actie {n})",
    "voor de zomer van {jaar} (actie {n})", "na het zomerreces, actie {n}", "voor het zomerreces (actie {n})",
    "binnen drie maanden na inwerkingtreding van wet {n}", "binnen {dag} weken (actie {n})", "drie jaar, actie {n}",
    "jaarlijks voor {dag} {maand} (actie {n})", "elk kwartaal, actie {n}", "op korte termijn (actie {n})",
    "zo spoedig mogelijk, uiterlijk {dag} {maand} {jaar}", "eind {maand}/begin 2031 (actie {n})",
    "actie {n}, niet bekend",
)  # fmt: skip
LANG = ("voor ", "1 juli 2027 ", "de komende ", "1-", "eind van ", "voor de zomer of ", " ", "2")


def zinnen(aantal: int) -> list[str]:
    """So many different phrases."""
    uit = []
    for nummer in range(aantal):
        dag = date(2019, 1, 1) + timedelta(days=nummer // len(ZINNEN))
        uit.append(
            ZINNEN[nummer % len(ZINNEN)].format(
                dag=dag.day, m=dag.month, maand=MAANDEN[dag.month], jaar=dag.year, n=nummer
            )
        )
    assert len(set(uit)) == aantal
    return uit


def duur(werk: Callable[[], object]) -> float:
    """Seconds of this process."""
    begin = time.process_time()
    werk()
    return time.process_time() - begin


def lees_alle(teksten: list[str]) -> None:
    """Reads each."""
    for tekst in teksten:
        lees(tekst, PEIL)


def lees_datums(teksten: list[str]) -> None:
    """The floor: dates that are dates already."""
    for tekst in teksten:
        date.fromisoformat(tekst)


def om_en_om(teksten: list[str], datums: list[str]) -> tuple[float, float]:
    """Seconds for all of both, a thousand of each in turn: what else the machine does then slows both."""
    lezen = vloer = 0.0
    for begin in range(0, len(teksten), 1000):
        lezen += duur(lambda: lees_alle(teksten[begin : begin + 1000]))  # noqa: B023  called at once
        vloer += duur(lambda: lees_datums(datums[begin : begin + 1000]))  # noqa: B023
    return lezen, vloer


def verdubbeling(werk: Callable[[int], object], half: int, ronden: int = 3) -> tuple[float, float]:
    """Seconds for twice `half`, and how many times those of `half`; the least disturbed of the rounds."""
    tijden = [(duur(lambda: werk(half)), duur(lambda: werk(2 * half))) for _ in range(ronden)]
    klein, groot = min(tijd[0] for tijd in tijden), min(tijd[1] for tijd in tijden)
    return groot, groot / max(klein, 1e-3)


def main() -> int:
    """Prints the figures; 1 when one is above its limit."""
    teksten = zinnen(AANTAL)
    datums = [(date(1900, 1, 1) + timedelta(days=nummer)).isoformat() for nummer in range(AANTAL // 2)]
    datums += [(date(2036, 12, 1) + timedelta(days=nummer)).isoformat() for nummer in range(AANTAL // 2)]
    assert len(set(datums)) == AANTAL
    lees_alle(teksten[:1000])
    ronden = [om_en_om(teksten, datums) for _ in range(RONDEN)]
    verhouding = statistics.median(lezen / vloer for lezen, vloer in ronden)
    lezen, vloer = (statistics.median(kolom) for kolom in zip(*ronden, strict=True))
    fout = verhouding > GRENS
    print(f"{AANTAL} verschillende zinnen: {lezen / AANTAL * 1e6:.1f} us per zin")
    print(f"{AANTAL} ISO-datums (vloer): {vloer / AANTAL * 1e6:.3f} us per datum")
    print(f"verhouding {verhouding:.0f} (grens {GRENS}){'  <-- te veel' if fout else ''}")
    print(f"\n{'twee keer zoveel':<44}{'s':>7}{'keer':>6}   grens {GRENS_DUBBEL}")
    _, dubbel = verdubbeling(lambda aantal: lees_alle(teksten[:aantal]), AANTAL // 2, ronden=7)
    rijen = [("100.000 zinnen", lezen, dubbel)]
    for stuk in LANG:
        for naam, functie in (("lees", lees), ("vind", vind)):
            groot, dubbel = verdubbeling(
                lambda tekens, functie=functie, stuk=stuk: functie(stuk * (tekens // len(stuk)), PEIL), 500_000
            )
            rijen.append((f"{naam}: een miljoen tekens {stuk!r}", groot, dubbel))
    for naam, groot, dubbel in rijen:
        # Below a hundredth of a second the clock says more than the work.
        te_veel = dubbel > GRENS_DUBBEL and groot > 0.01
        fout |= te_veel
        print(f"{naam:<44}{groot:>7.2f}{dubbel:>6.1f}{'  <-- te veel' if te_veel else ''}")
    return 1 if fout else 0


if __name__ == "__main__":
    sys.exit(main())
