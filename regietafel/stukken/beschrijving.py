"""What a paper consists of, whatever it is written as; and the check number by which it is known later.

Text in it is what people typed, without what no format can hold. Nothing here knows of markup: a writer shows these
texts as they are.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# What XML cannot hold; and what turns the direction of a line, by which a text could read as another one.
_NERGENS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_REGELEINDE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def schoon(tekst: object) -> str:
    """A text as every format can hold it: without control characters, lines end in one way, no space around it."""
    return _NERGENS.sub("", _REGELEINDE.sub("\n", str(tekst))).strip()


@dataclass(frozen=True)
class Kop:
    """A heading below the title: level 1 is a chapter."""

    tekst: str
    niveau: int = 1


@dataclass(frozen=True)
class Alinea:
    """A paragraph; `aanhef` are its first words, which stand out. `klein`: a remark in the margin of the matter."""

    tekst: str
    aanhef: str = ""
    klein: bool = False


@dataclass(frozen=True)
class Lijst:
    """Points of a list, each with words that stand out (or none) and a text."""

    punten: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Feiten:
    """Names and values under each other."""

    rijen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kolom:
    """A column of a table; `breedte` is its share of the width."""

    kop: str
    breedte: int = 1
    rechts: bool = False


@dataclass(frozen=True)
class Tabel:
    """A table with a header row; `bijschrift` says what is in it."""

    bijschrift: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Kader:
    """Something that must be seen as added to the rest: an addendum."""

    kop: str
    tekst: str
    noot: str = ""


Blok = Kop | Alinea | Lijst | Feiten | Tabel | Kader


def als_gegevens(blok: Blok) -> dict[str, Any]:
    """The parts of a block by name, and which kind it is."""
    return {"blok": type(blok).__name__, **vars(blok)}


@dataclass(frozen=True)
class Band:
    """What a reader must know before anything else: that this is the past, or a draft."""

    tekst: str
    uitleg: str = ""


@dataclass(frozen=True)
class Inhoud:
    """A whole paper: the same for the same kind, subject and moment, whoever asks and whenever it is written."""

    soort: str
    onderwerp: Mapping[str, str]
    bovenschrift: str
    titel: str
    peildatum: datetime.date
    gezien_op: datetime.datetime
    banden: tuple[Band, ...]
    blokken: tuple[Blok, ...]

    def canoniek(self) -> str:
        """All of it as one text in one order: what the check number is taken over."""
        alles = {
            **vars(self),
            "onderwerp": dict(self.onderwerp),
            "peildatum": self.peildatum.isoformat(),
            "gezien_op": self.gezien_op.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "blokken": [als_gegevens(blok) for blok in self.blokken],
        }
        return json.dumps(alles, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)

    @property
    def controlegetal(self) -> str:
        """SHA-256 over all content, as 64 hexadecimal digits; the moment of making has no part in it."""
        return hashlib.sha256(self.canoniek().encode()).hexdigest()


@dataclass(frozen=True)
class Omslag:
    """What belongs to this copy and not to the content: when it was made, its number, where to check that."""

    gemaakt_op: datetime.datetime
    controlegetal: str
    adres: str


def kort(controlegetal: str) -> str:
    """The number as it stands on every page: four groups of four."""
    return " ".join(controlegetal[plek : plek + 4] for plek in range(0, 16, 4))


def voluit(controlegetal: str) -> str:
    """The whole number in groups of four."""
    return " ".join(controlegetal[plek : plek + 4] for plek in range(0, len(controlegetal), 4))


def alineas(tekst: str) -> list[Alinea]:
    """A running text as paragraphs: an empty line parts them."""
    return [Alinea(deel.strip()) for deel in re.split(r"\n\s*\n", schoon(tekst)) if deel.strip()]


def feiten(rijen: Iterable[tuple[str, object]]) -> Feiten:
    """Names and values; one without a value is left out."""
    return Feiten(tuple((naam, tekst) for naam, waarde in rijen if waarde and (tekst := schoon(waarde))))


def lijst(punten: Iterable[tuple[object, object]]) -> Lijst:
    """Points with what stands out in front."""
    return Lijst(tuple((schoon(aanhef), schoon(tekst)) for aanhef, tekst in punten))


def tabel(bijschrift: str, kolommen: Iterable[Kolom], rijen: Iterable[Iterable[object]]) -> Tabel:
    """A table of rows with a value per column."""
    return Tabel(schoon(bijschrift), tuple(kolommen), tuple(tuple(schoon(waarde) for waarde in rij) for rij in rijen))
