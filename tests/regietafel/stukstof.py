"""What the tests of papers share: reading a paper back, and one whose every text tries to be something else."""

import datetime
import io
import re
import zipfile
from typing import Any

import docx
import pypdf
from django.utils import timezone
from lxml import etree

from maatregelen.models import Persoon
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Stuk
from regietafel.stukken import maken
from regietafel.stukken.beschrijving import Alinea, Feiten, Inhoud, Kader, Kop, Lijst, Omslag, Tabel
from regietafel.stukken.inhoud import bouw

# Code of typst, XML, formulas and fields: in a paper it is text.
VIJANDIG = '#panic("x") $ *a* = kop </w:t><b> & "q" \\x =1+1 <text:p> {{ y }} ]]> #read("/etc/passwd") -- ok'
OMSLAG = Omslag(datetime.datetime(2026, 3, 18, 14, 5, tzinfo=datetime.UTC), "ab" * 32, "https://regie.example.nl/c/")


def inhoud_voor(persoon: Persoon, soort: str = "onepager", **onderwerp: str) -> Inhoud:
    """The content of a paper of now, for this person."""
    nu = timezone.now()
    wie = Bevoegdheid(persoon, timezone.localdate())
    return bouw(soort, onderwerp, wie=wie, peildatum=timezone.localdate(nu), gezien_op=nu)


def gevraagd(persoon: Persoon, soort: str = "onepager", formaat: str = "pdf", **meer: Any) -> Stuk:
    """A paper that was asked for; what is not an argument of asking is its subject."""
    vast = {naam: meer.pop(naam) for naam in ("peildatum", "gezien_op", "bundel") if naam in meer}
    return maken.vraag_aan(
        soort=soort, formaten=[formaat], onderwerp=meer, titel="Proef", door=persoon, moment=timezone.now(), **vast
    )[0]


def teksten(inhoud: Inhoud) -> list[str]:
    """Every text that must be read in the paper."""
    uit = [inhoud.titel, inhoud.bovenschrift]
    for band in inhoud.banden:
        uit += [band.tekst, band.uitleg]
    for blok in inhoud.blokken:
        if isinstance(blok, Kop | Alinea):
            uit.append(blok.tekst)
        elif isinstance(blok, Lijst):
            uit += [tekst for punt in blok.punten for tekst in punt]
        elif isinstance(blok, Feiten):
            uit += [tekst for rij in blok.rijen for tekst in rij]
        elif isinstance(blok, Kader):
            uit += [blok.kop, blok.tekst, blok.noot]
        elif isinstance(blok, Tabel):
            uit += [kolom.kop for kolom in blok.kolommen] + [cel for rij in blok.rijen for cel in rij]
    return [tekst for tekst in uit if tekst]


def kaal(tekst: str) -> str:
    """Without what a page adds or takes: spaces, line ends, hyphens at the end of a line."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", tekst)


def lees_pdf(bestand: bytes) -> str:
    """The text of all pages, without the foot of the page."""
    return "\n".join(blad.extract_text() for blad in pypdf.PdfReader(io.BytesIO(bestand)).pages)


def lees_odt(bestand: bytes) -> str:
    """The text of the body, with line ends and spaces as in the text."""
    with zipfile.ZipFile(io.BytesIO(bestand)) as pak:
        boom = etree.fromstring(pak.read("content.xml"))
    return "\n".join(
        "".join(deel.itertext()) for deel in boom.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
    )


def lees_docx(bestand: bytes) -> str:
    """The text of the body, tables included."""
    lichaam: Any = docx.Document(io.BytesIO(bestand)).element.body
    return "\n".join(deel.text or "" for deel in lichaam.iter("{*}t"))
