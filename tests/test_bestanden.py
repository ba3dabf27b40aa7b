"""Files that come in and go out: what they pretend, what they hide, what they would do when opened, who may have them.

The kinds and sizes are in regietafel/test_bijlagen.py; here is what somebody with bad intentions would send.
"""

import ast
import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from logboek.uitvoer import zonder_formule
from maatregelen.bronteksten import voeg_brontekst_toe
from maatregelen.models import Persoon
from regietafel.bestandscontrole import controleer_bestand, nette_naam
from regietafel.bijlagen import plaats, voeg_bijlage_toe
from regietafel.models import Bijlage
from tests.conftest import Mensen
from tests.factories import AgendaFactory
from tests.regietafel.factories import AgendapuntFactory, VergaderingFactory
from tests.regietafel.test_bijlagen import DOCX, MB, PDF, PNG, archief, ooxml

HUIS = Path(__file__).resolve().parent.parent
PRODUCT = ("logboek", "maatregelen", "migratie", "regietafel", "toegang")
Als = Callable[[Persoon], Client]
# The test file of virus scanners, in two halves: in one piece a scanner would take this test away.
PROEFVIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def geneste_bom() -> bytes:
    """An archive in an archive in an archive, each small and each full of nothing."""
    kern = archief({f"{n}.bin": b"\0" * MB for n in range(25)})
    for _ in range(2):
        kern = archief({f"{n}.zip": kern for n in range(4)})
    return archief({"[Content_Types].xml": b"x" * 50, "word/media/a.zip": kern, "word/document.xml": b"\0" * (30 * MB)})


def met_pad_naar_buiten() -> bytes:
    """An office file with a part that would land elsewhere when somebody unpacked it; nobody does."""
    return ooxml("wordprocessingml.document", {"../../../../tmp/kwaad.txt": b"x"})


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("virus.com", PROEFVIRUS),
        ("virus.exe", PROEFVIRUS),
        ("virus.pdf", PROEFVIRUS),
        ("virus.docx", PROEFVIRUS),
        ("programma.pdf", b"MZ\x90\x00" + PDF),
        ("programma.docx", b"MZ\x90\x00" + DOCX),
        ("skript.pdf", b"#!/bin/sh\n" + PDF),
        ("pagina.pdf", HTML + PDF),
        ("pagina.png", HTML),
        ("pagina.png", b"\x89PNG\r\n\x1a\n" + HTML),
        ("pagina.jpg", SVG),
        ("pagina.html", HTML),
        ("pagina.htm", HTML),
        ("pagina.xhtml", HTML),
        ("pagina.svg", SVG),
        ("pagina.xml", b"<a/>"),
        ("verslag.pdf.exe", PDF),
        ("verslag.pdf.lnk", PDF),
        ("verslag.pdf\x00.html", HTML),
        ("verslag.pdf/.html", HTML),
        ("verslag.pdf ", HTML),
        ("verslag.pdf.", HTML),
        ("foto.png;.html", HTML),
        ("foto\u202egpj.exe", b"MZ"),
        ("archief.zip", archief({"a": b"a"})),
        ("verslag.docx", archief({"a.docx": DOCX})),
        ("bom.docx", geneste_bom()),
        ("bom.odt", geneste_bom()),
        ("tekst.txt", PNG),
        ("tekst.csv", zipfile.ZipFile.__name__.encode() + b"\x00"),
        ("", PDF),
        ("..", PDF),
        (".pdf", HTML),
    ],
)
def test_what_pretends_is_refused(naam: str, inhoud: bytes) -> None:
    with pytest.raises(ValidationError) as fout:
        controleer_bestand(naam, io.BytesIO(inhoud), hoogstens=MB)
    assert len(fout.value.messages) == 1
    assert "\u202e" not in fout.value.messages[0]


@pytest.mark.parametrize(
    ("naam", "net"),
    [
        ("rekening\u202efdp.txt", "rekeningfdp.txt"),
        ("\u2066a\u2069\u200f\u200b.pdf", "a.pdf"),
        ("a" * 5000 + ".pdf", "a" * 116 + ".pdf"),
        ("a.pdf" * 2000, "a.pdf" * 23 + "a.pdf"),
        ("verslag.html.txt", "verslag.html.txt"),
        ("=CMD|' /C calc'!A0.csv", "C calc'!A0.csv"),
        ("a\r\nContent-Type: text-html\r\n.pdf", "aContent-Type- text-html.pdf"),
        ("%2e%2e%2fgeheim.pdf", "%2e%2e%2fgeheim.pdf"),
        ("NUL.pdf", "bijlage-NUL.pdf"),
        ("a\ud800.pdf", "a.pdf"),
    ],
)
def test_a_name_becomes_what_it_looks_like(naam: str, net: str) -> None:
    assert nette_naam(naam) == net
    assert len(nette_naam(naam)) <= 120
    nette_naam(naam).encode()


def test_a_part_that_would_land_elsewhere_is_never_unpacked(tmp_path: Path) -> None:
    gezien = controleer_bestand("a.docx", io.BytesIO(met_pad_naar_buiten()), hoogstens=MB)
    assert gezien.naam == "a.docx"
    assert not Path("/tmp/kwaad.txt").exists()  # noqa: S108  where it would have landed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("a.html.txt", HTML),
        ("virus.txt", PROEFVIRUS),
        ("rekening.exe.pdf", PDF),
        ("=1+1.csv", b"=1+1;x"),
        ("a.pdf", PDF + HTML),
    ],
)
def test_what_may_be_kept_is_never_shown_as_a_page(
    naam: str, inhoud: bytes, mensen: Mensen, als: Als, settings: Any, tmp_path: Path
) -> None:
    settings.BIJLAGENMAP = tmp_path / "bijlagen"
    punt = AgendapuntFactory(vergadering=VergaderingFactory(staat="gepland"))
    rij = voeg_bijlage_toe(punt, naam="", bestandsnaam=naam, bestand=io.BytesIO(inhoud), door=mensen.secretariaat)
    antwoord = als(mensen.secretariaat).get(f"/bijlagen/{rij.pk}/")
    assert b"".join(antwoord.streaming_content) == inhoud  # type: ignore[attr-defined]
    assert antwoord["Content-Disposition"].startswith("attachment;")
    assert antwoord["Content-Type"].split(";")[0] in ("text/plain", "application/pdf", "text/csv")
    assert (antwoord["X-Content-Type-Options"], antwoord["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )
    # Not in a folder that is served, under a name that says nothing, and by no address of its own.
    plek = plaats(rij)
    assert not plek.is_relative_to(HUIS / "static")
    assert not plek.is_relative_to(Path(settings.STATIC_ROOT))
    assert re.fullmatch(r"[0-9a-f]{40}", plek.name)
    for pad in (f"/static/{rij.bestand}", f"/{rij.bestand}", f"/media/{rij.bestand}", f"/bijlagen/{rij.bestand}/"):
        assert als(mensen.secretariaat).get(pad).status_code == 404, pad
    assert getattr(settings, "MEDIA_URL", "") in ("", "/")


@pytest.mark.django_db
def test_a_refused_file_says_so_without_showing_itself(mensen: Mensen, als: Als, settings: Any, tmp_path: Path) -> None:
    settings.BIJLAGENMAP = tmp_path / "bijlagen"
    punt = AgendapuntFactory(vergadering=VergaderingFactory(staat="gepland"))
    kwaad = SimpleUploadedFile('"><script>alert(1)<!--.svg', SVG)
    antwoord = als(mensen.secretariaat).post(f"/agendapunten/{punt.pk}/bijlagen/nieuw/", {"bestand": kwaad, "naam": ""})
    assert antwoord.status_code == 422
    assert "<script>alert" not in antwoord.content.decode()
    assert not Bijlage.objects.exists()


@pytest.mark.django_db
def test_the_name_of_a_source_text_is_what_it_looks_like(mensen: Mensen) -> None:
    tekst = voeg_brontekst_toe(
        AgendaFactory(),
        bestandsnaam="..\\x/brief\u202etxt.exe\u200b.txt",
        inhoud=b"regel\n",
        door=mensen.secretariaat,
        moment=datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC),
    )
    assert tekst.bestandsnaam == "brieftxt.exe.txt"
    for inhoud in (PNG, PDF + b"\x00", "tekst".encode("utf-16"), b"a\x1b[31m"):
        with pytest.raises(ValidationError):
            voeg_brontekst_toe(
                AgendaFactory(),
                bestandsnaam="a.txt",
                inhoud=inhoud,
                door=None,
                moment=datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC),
            )


# What this product does not do, so that nobody has to guard it. Who adds it changes a line here, and builds the guard.

# Reads XML of somebody else; python-docx's own reader, of our own words, resolves no entities.
LEEST_XML = {
    "xml.etree",
    "xml.dom",
    "xml.sax.handler",
    "xml.parsers",
    "lxml",
    "defusedxml",
    "html5lib",
    "bs4",
    "svglib",
}
LEEST_OF_MAAKT_TABELLEN = {"csv", "openpyxl", "xlrd", "xlsxwriter", "tablib", "pandas", "ezodf"}
MAAKT_OPMAAK_VAN_TEKST = {"markdown", "markdown_it", "mistune", "commonmark", "docutils", "nh3", "bleach"}
VOERT_UIT_WAT_HET_LEEST = {"pickle", "marshal", "shelve", "dill", "yaml"}
# The log is the one table that leaves as a file: its export makes every cell harmless (`zonder_formule`).
SOMS = {"csv"}


def ingevoerd() -> set[str]:
    """Every module that the product imports."""
    namen = set()
    for app in PRODUCT:
        for pad in (HUIS / app).rglob("*.py"):
            for knoop in ast.walk(ast.parse(pad.read_text())):
                if isinstance(knoop, ast.Import):
                    namen |= {deel.name for deel in knoop.names}
                elif isinstance(knoop, ast.ImportFrom) and knoop.module:
                    namen.add(knoop.module)
    return namen


@pytest.mark.parametrize(
    "modules", [LEEST_XML, LEEST_OF_MAAKT_TABELLEN, MAAKT_OPMAAK_VAN_TEKST, VOERT_UIT_WAT_HET_LEEST]
)
def test_the_product_does_not_do_this_at_all(modules: set[str]) -> None:
    gevonden = ingevoerd() - SOMS
    assert "zipfile" in gevonden
    assert {naam for naam in gevonden if any(naam == deel or naam.startswith(f"{deel}.") for deel in modules)} == set()


def test_one_module_makes_a_table_and_lets_no_cell_start_as_a_formula() -> None:
    met_csv = {
        str(pad.relative_to(HUIS))
        for app in PRODUCT
        for pad in (HUIS / app).rglob("*.py")
        if re.search(r"^(?:import|from) csv\b", pad.read_text(), re.MULTILINE)
    }
    assert met_csv == {"logboek/uitvoer.py"}
    for kwaad in ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"):
        assert not zonder_formule(kwaad).startswith(("=", "+", "-", "@", "\t", "\r")), kwaad
    assert zonder_formule("gewoon") == "gewoon"


def test_no_template_shows_words_of_people_as_html() -> None:
    vondsten = [
        (str(pad.relative_to(HUIS)), vondst)
        for pad in sorted((HUIS / "templates").rglob("*.html"))
        for vondst in re.findall(r"\{\{[^}]*\|\s*(?:safe|safeseq)\b[^}]*\}\}|\{%\s*autoescape off", pad.read_text())
    ]
    # The explanation of a field is ours.
    assert {vondst for _, vondst in vondsten} <= {"{{ field.help_text|safe }}"}
    assert {pad for pad, _ in vondsten} <= {"templates/django/forms/field.html"}


def test_what_is_written_in_word_and_odt_is_read_by_a_reader_without_entities() -> None:
    from docx.oxml.parser import oxml_parser

    kwaad = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    from lxml import etree

    assert etree.fromstring(kwaad, oxml_parser).text is None
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 5 * MB
