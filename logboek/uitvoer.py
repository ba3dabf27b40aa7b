"""The log as a file, line by line, so that a long one takes no memory."""

import csv
import datetime
import json
from collections.abc import Iterator
from typing import Any

from logboek.lezen import Regel, Vraag, alle_regels

KOLOMMEN = ("tijdstip", "actie", "soort", "sleutel", "object", "resultaat", "oorsprong", "wie", "vanwaar", "details")
# What a spreadsheet takes for a formula, in wide letters too; it may look past white space, and begins anew after it.
FORMULE = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WIT = ("\t", "\r", "\n")


def als_csv(vraag: Vraag) -> Iterator[str]:
    """A table for spreadsheets, in which nothing that somebody typed is taken for a formula."""
    schrijver = csv.writer(_Doorgeef())
    yield "\ufeff" + schrijver.writerow(KOLOMMEN)
    for rij in alle_regels(vraag):
        yield schrijver.writerow([zonder_formule(_cel(waarde)) for waarde in _velden(rij).values()])


def als_jsonl(vraag: Vraag) -> Iterator[str]:
    """A record per line, as programs read it."""
    for rij in alle_regels(vraag):
        yield json.dumps(_velden(rij), ensure_ascii=False) + "\n"


class _Doorgeef:
    """A file that hands over what is written to it."""

    def write(self, tekst: str) -> str:
        return tekst


def _velden(rij: Regel) -> dict[str, Any]:
    waarden = (
        rij.plek.tijdstip.astimezone(datetime.UTC).isoformat(),
        rij.actie,
        rij.soort,
        rij.sleutel,
        rij.naam,
        rij.resultaat,
        rij.oorsprong,
        rij.wie,
        rij.vanwaar,
        rij.details,
    )
    return dict(zip(KOLOMMEN, waarden, strict=True))


def _cel(waarde: Any) -> str:
    return json.dumps(waarde, ensure_ascii=False) if isinstance(waarde, dict) else str(waarde)


def zonder_formule(cel: str) -> str:
    """A cell that a spreadsheet shows as it is: what would start as a formula begins with an apostrophe."""
    return f"'{cel}" if cel.startswith(WIT) or cel.lstrip().startswith(FORMULE) else cel


# By the name of the choice: what the file says it is, and what makes it.
VORMEN = {
    "csv": ("text/csv; charset=utf-8", als_csv),
    "jsonl": ("application/x-ndjson; charset=utf-8", als_jsonl),
}
