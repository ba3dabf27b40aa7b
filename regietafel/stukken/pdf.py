"""Writes a paper as PDF/UA-1 with typst: tagged, in Dutch, with a title, bookmarks and table headers."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from regietafel.stukken.beschrijving import Band, Inhoud, Kolom, Omslag, als_gegevens
from regietafel.stukken.letters import families, lettermap, tekens
from regietafel.stukken.voet import over_dit_stuk, voetregels

SJABLOON = Path(__file__).parent / "sjablonen" / "stuk.typ"
# In place of a character that no typeface here has: PDF/UA allows no character without a shape.
ONTBREEKT = "\u25a1"
# What no language can hyphenate (an address, a code, a very long word) may break anywhere.
_LANG = re.compile(r"\S{0,40}[0-9_/@=&%]\S{17,}|\S{17,}[0-9_/@=&%]\S{0,40}|\S{34,}")
_MINSTENS = 18  # the shortest that it finds
_BREEKPLEK = "\u200b"
_ZONDER_VORM = re.compile("could not be displayed|no glyph|font")


@lru_cache(maxsize=1)
def _letters() -> typst.Fonts:
    """The typeface and what typst brings: nothing of the machine, so that a paper looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[lettermap()])


def schrijf(inhoud: Inhoud, omslag: Omslag) -> bytes:
    """The paper as a PDF file. A character that no typeface here has is shown as an open square."""
    gegevens = json.dumps(_gegevens(inhoud, omslag), ensure_ascii=False)
    try:
        return _zet(gegevens)
    except typst.TypstError as fout:
        if not _ZONDER_VORM.search(str(fout)):
            raise
        bekend = tekens()
        return _zet("".join(teken if ord(teken) in bekend or teken.isspace() else ONTBREEKT for teken in gegevens))


def _zet(gegevens: str) -> bytes:
    uit: Any = typst.compile(
        str(SJABLOON), root=str(SJABLOON.parent), font_paths=_letters(), sys_inputs={"stuk": gegevens},
        pdf_standards=["ua-1"],
    )  # fmt: skip
    return bytes(uit)


def _gegevens(inhoud: Inhoud, omslag: Omslag) -> dict[str, Any]:
    """The description and what goes around it, as the template reads it."""
    gemaakt = timezone.localtime(omslag.gemaakt_op)
    return {
        "titel": _breekbaar(inhoud.titel),
        "bovenschrift": _breekbaar(inhoud.bovenschrift),
        "banden": _breekbaar(inhoud.banden),
        "blokken": _breekbaar([als_gegevens(blok) for blok in inhoud.blokken]),
        "gemaakt": {deel: getattr(gemaakt, deel) for deel in ("year", "month", "day", "hour", "minute", "second")},
        "letters": families(),
        "voet": voetregels(inhoud, omslag),
        "over": over_dit_stuk(inhoud, omslag),
    }


def _breekbaar(deel: Any) -> Any:
    """The same with places to break in texts that are longer than a column: on the page, not in the content."""
    if isinstance(deel, str):
        # Few texts have a word so long; the rest is not looked at letter by letter.
        lang = len(deel) >= _MINSTENS and any(len(woord) >= _MINSTENS for woord in deel.split())
        return _LANG.sub(lambda woord: _BREEKPLEK.join(woord[0]), deel) if lang else deel
    if isinstance(deel, list | tuple):
        return [_breekbaar(onderdeel) for onderdeel in deel]
    if isinstance(deel, Band | Kolom):
        deel = vars(deel)
    return {naam: _breekbaar(waarde) for naam, waarde in deel.items()} if isinstance(deel, dict) else deel
