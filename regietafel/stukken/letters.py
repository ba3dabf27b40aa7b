"""The house's typeface for papers: from the files of the web pages (WOFF) to what typst reads (TrueType).

A WOFF file is a TrueType file with each table packed by zlib. A newer kind packs otherwise and would ask for another
part; the packages carry both. They cut the typeface into files per script, all of one name: typst would take one of
them for the whole, so each gets a name of its own here (as its licence asks of who changes it).
"""

import os
import struct
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SOORTEN = ("latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese")
GEWICHTEN = (400, 600)
_KOP = struct.Struct(">4sIIHHIHHIIIII")
_INGANG = struct.Struct(">4sIIII")


def truetype(woff: bytes, familie: str) -> bytes:
    """The TrueType file in a WOFF file, under another name. Raises ValueError for anything else."""
    if woff[:4] != b"wOFF":
        raise ValueError("geen WOFF-bestand")
    _, soort, _, aantal, *_ = _KOP.unpack_from(woff)
    macht = aantal.bit_length() - 1
    ingangen, inhoud = b"", b""
    for nummer in range(aantal):
        naam, plek, gepakt, lengte, som = _INGANG.unpack_from(woff, _KOP.size + nummer * _INGANG.size)
        deel = woff[plek : plek + gepakt]
        deel = zlib.decompress(deel) if gepakt < lengte else deel
        if naam == b"name":
            deel = _naamtabel(familie)
            lengte = len(deel)
        ingangen += struct.pack(">4sIII", naam, som, 12 + 16 * aantal + len(inhoud), lengte)
        inhoud += deel + b"\0" * (-len(deel) % 4)
    bereik = 16 << macht
    return struct.pack(">IHHHH", soort, aantal, bereik, macht, 16 * aantal - bereik) + ingangen + inhoud


def _naamtabel(familie: str) -> bytes:
    """The table of names with the family, its whole name and its PostScript name (Windows, Unicode, English)."""
    namen = {1: familie, 4: familie, 6: familie.replace(" ", "-"), 16: familie}
    regels, teksten = b"", b""
    for soort, naam in namen.items():
        tekst = naam.encode("utf-16-be")
        regels += struct.pack(">6H", 3, 1, 0x409, soort, len(tekst), len(teksten))
        teksten += tekst
    return struct.pack(">3H", 0, len(namen), 6 + len(regels)) + regels + teksten


def families() -> list[str]:
    """The names of the typeface's files, in the order in which a character is looked for."""
    return [f"Regieletter {nummer}" for nummer in range(1, len(SOORTEN) + 1)]


@lru_cache(maxsize=1)
def lettermap() -> str:
    """The folder with the typeface as TrueType files, made at first use; typst's own typefaces serve what it lacks."""
    bron = Path(settings.NODE_MODULES) / "@fontsource" / "fira-sans" / "files"
    doel = Path(settings.VAR) / "letters"
    doel.mkdir(parents=True, exist_ok=True)
    for soort, familie in zip(SOORTEN, families(), strict=True):
        for gewicht in GEWICHTEN:
            woff = bron / f"fira-sans-{soort}-{gewicht}-normal.woff"
            ttf = doel / f"{woff.stem}.ttf"
            if ttf.exists() or not woff.exists():
                continue
            # Whole or not at all: several workers may do this at once.
            nummer, tijdelijk = tempfile.mkstemp(dir=doel, suffix=".nieuw")
            with os.fdopen(nummer, "wb") as bestand:
                bestand.write(truetype(woff.read_bytes(), familie))
            Path(tijdelijk).replace(ttf)
    return str(doel)


@lru_cache(maxsize=1)
def tekens() -> frozenset[int]:
    """The characters that the typeface has."""
    uit: set[int] = set()
    for pad in Path(lettermap()).glob("*.ttf"):
        uit |= _tekens_van(pad.read_bytes())
    return frozenset(uit)


def _tekens_van(ttf: bytes) -> set[int]:
    """The characters in the first Unicode table (format 4) of a TrueType file."""
    (aantal,) = struct.unpack_from(">H", ttf, 4)
    for nummer in range(aantal):
        naam, _, plek, _ = struct.unpack_from(">4sIII", ttf, 12 + 16 * nummer)
        if naam == b"cmap":
            break
    else:
        return set()
    (tabellen,) = struct.unpack_from(">H", ttf, plek + 2)
    for nummer in range(tabellen):
        _, _, waar = struct.unpack_from(">HHI", ttf, plek + 4 + 8 * nummer)
        soort, _, _, dubbel = struct.unpack_from(">HHHH", ttf, plek + waar)
        if soort == 4:
            reeksen = dubbel // 2
            einden = struct.unpack_from(f">{reeksen}H", ttf, plek + waar + 14)
            beginnen = struct.unpack_from(f">{reeksen}H", ttf, plek + waar + 16 + dubbel)
            paren = zip(beginnen, einden, strict=True)
            return {teken for begin, einde in paren if begin != 0xFFFF for teken in range(begin, einde + 1)}
    return set()
