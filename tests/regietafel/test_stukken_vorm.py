"""The three writers: what stands in the description stands in the file, tagged, in Dutch, and never as markup."""

import datetime
import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import etree

from regietafel.stukken import letters, odt, pdf, word
from regietafel.stukken.beschrijving import (
    Alinea,
    Band,
    Feiten,
    Inhoud,
    Kader,
    Kolom,
    Kop,
    Lijst,
    Tabel,
    kort,
    schoon,
    tabel,
    voluit,
)
from tests.regietafel.stukstof import OMSLAG, VIJANDIG, kaal, lees_docx, lees_odt, lees_pdf, teksten

SCHRIJVERS = {"pdf": (pdf.schrijf, lees_pdf), "odt": (odt.schrijf, lees_odt), "docx": (word.schrijf, lees_docx)}
ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def stuk(tekst: str = "Gewone tekst", rijen: int = 3) -> Inhoud:
    """A paper with every kind of block, each text made of `tekst`."""
    return Inhoud(
        soort="onepager",
        onderwerp={"maatregel": "2024-2-03"},
        bovenschrift=f"Maatregel {tekst}",
        titel=f"Titel {tekst}",
        peildatum=datetime.date(2026, 3, 18),
        gezien_op=datetime.datetime(2026, 3, 18, 12, tzinfo=datetime.UTC),
        banden=(Band(f"Band {tekst}", f"Uitleg {tekst}"),),
        blokken=(
            Feiten(((f"Feit {tekst[:10]}", f"Waarde {tekst}"),)),
            Kop(f"Hoofdstuk {tekst}"),
            Alinea(f"Alinea {tekst}\ntweede regel", f"Aanhef {tekst}"),
            Kop(f"Onderdeel {tekst}", 2),
            Lijst(((f"Punt {tekst}", f"Zin {tekst}"), ("", tekst))),
            tabel(
                f"Tabel {tekst}",
                (Kolom(f"Kop {tekst}", 2), Kolom("Getal", 1, rechts=True)),
                ((f"Cel {nummer} {tekst}", nummer) for nummer in range(rijen)),
            ),
            Kader(f"Addendum {tekst}", f"Kader {tekst}", f"Reden {tekst}"),
        ),
    )


@pytest.mark.parametrize("formaat", SCHRIJVERS)
@pytest.mark.parametrize(
    "tekst",
    ["Gewone tekst", VIJANDIG, "Ł ő ğ €½ “x” – … Ελ При Việt", "=cmd|' /C calc'!A1", "a  b\tc", "x" * 150],
    ids=["plain", "markup", "scripts", "formula", "spaces", "no-place-to-break"],
)
def test_every_text_is_there_as_text(formaat: str, tekst: str) -> None:
    schrijf, lees = SCHRIJVERS[formaat]
    inhoud = stuk(tekst)
    gelezen = kaal(lees(schrijf(inhoud, OMSLAG)))
    assert [deel for deel in teksten(inhoud) if kaal(deel) not in gelezen] == []


@pytest.mark.parametrize("formaat", SCHRIJVERS)
def test_the_moments_and_the_number_are_on_every_paper(formaat: str) -> None:
    schrijf, lees = SCHRIJVERS[formaat]
    gelezen = kaal(lees(schrijf(stuk(), OMSLAG)))
    for deel in (
        "18 maart 2026, 13.00 uur",
        "18 maart 2026, 15.05 uur",
        voluit("ab" * 32),
        "https://regie.example.nl/c/",
    ):
        assert kaal(deel) in gelezen


def test_the_pdf_is_tagged_and_says_what_it_is() -> None:
    lezer = pypdf.PdfReader(io.BytesIO(pdf.schrijf(stuk(rijen=80), OMSLAG)))
    wortel: Any = lezer.trailer["/Root"]
    assert wortel["/MarkInfo"]["/Marked"]
    assert wortel["/Lang"] in ("nl-NL", "nl")
    assert wortel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in wortel["/Metadata"].get_data()
    assert lezer.metadata is not None
    assert lezer.metadata.title == "Titel Gewone tekst"
    soorten: list[str] = []

    def loop(knoop: Any) -> None:
        knoop = knoop.get_object()
        if isinstance(knoop, list):
            for deel in knoop:
                loop(deel)
        elif isinstance(knoop, dict):
            if "/S" in knoop:
                soorten.append(knoop["/S"])
            if "/K" in knoop and not isinstance(knoop["/K"], int):
                loop(knoop["/K"])

    loop(wortel["/StructTreeRoot"]["/K"])
    assert {soort: soorten.count(soort) for soort in ("/H1", "/H2", "/H3", "/Table", "/THead", "/TH", "/TR")} == {
        "/H1": 1, "/H2": 2, "/H3": 1, "/Table": 1, "/THead": 1, "/TH": 2, "/TR": 81,
    }  # fmt: skip
    assert soorten.count("/L") >= 1

    def koppen(deel: Any) -> list[str]:
        return [kop for rij in deel for kop in (koppen(rij) if isinstance(rij, list) else [rij.title])]

    assert koppen(lezer.outline) == [
        "Titel Gewone tekst", "Hoofdstuk Gewone tekst", "Onderdeel Gewone tekst", "Over dit stuk",
    ]  # fmt: skip
    assert len(lezer.pages) > 1
    for nummer, blad in enumerate(lezer.pages, start=1):
        voet = kaal(blad.extract_text())
        assert kaal(f"Bladzijde {nummer} van {len(lezer.pages)}") in voet
        assert kaal(kort("ab" * 32)) in voet


def test_a_character_without_a_shape_is_an_open_square_and_takes_nothing_with_it() -> None:
    """PDF/UA refuses it; the other formats leave it to the reader's own typefaces."""
    gelezen = lees_pdf(pdf.schrijf(stuk("teken 中 en 😀 hier"), OMSLAG))
    assert "Titel teken □ en □ hier" in gelezen
    assert "中" in lees_odt(odt.schrijf(stuk("teken 中"), OMSLAG))


def test_control_characters_and_turned_lines_do_not_come_in() -> None:
    assert schoon(" a\x00\x07b\u202ec\ufffe\r\nd\u2028e ") == "abc\nd\ne"


def test_the_odt_has_headings_header_rows_language_and_title() -> None:
    with zipfile.ZipFile(io.BytesIO(odt.schrijf(stuk(), OMSLAG))) as pak:
        assert pak.namelist()[0] == "mimetype"
        assert pak.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        inhoud, stijlen, meta = (etree.fromstring(pak.read(naam)) for naam in ("content.xml", "styles.xml", "meta.xml"))
    niveaus = [kop.get(f"{{{ODF['text']}}}outline-level") for kop in inhoud.iterfind(".//text:h", ODF)]
    assert niveaus == ["1", "2", "3", "2"]
    assert len(inhoud.findall(".//table:table-header-rows/table:table-row", ODF)) == 1
    assert [deel.text for deel in inhoud.iterfind(".//table:title", ODF)] == ["Tabel Gewone tekst"]
    talen = {deel.get(f"{{{ODF['fo']}}}language") for deel in stijlen.iterfind(".//{*}text-properties")} - {None}
    assert talen == {"nl"}
    assert [deel.text for deel in meta.iterfind(".//dc:title", ODF)] == ["Titel Gewone tekst"]
    assert [deel.text for deel in meta.iterfind(".//dc:language", ODF)] == ["nl-NL"]


def test_the_word_file_has_headings_header_rows_language_and_title() -> None:
    document = docx.Document(io.BytesIO(word.schrijf(stuk(), OMSLAG)))
    koppen = [deel.style.name for deel in document.paragraphs if deel.style and deel.style.name.startswith("Heading")]
    assert koppen == ["Heading 1", "Heading 2", "Heading 3", "Heading 2"]
    lichaam: Any = document.element
    assert len(lichaam.findall(".//{*}tblHeader")) == 1
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert [deel.get(f"{w}val") for deel in lichaam.findall(".//{*}tblCaption")] == ["Tabel Gewone tekst"]
    assert {deel.get(f"{w}val") for deel in document.styles.element.findall(".//{*}docDefaults//{*}lang")} == {"nl-NL"}
    assert (document.core_properties.title, document.core_properties.language) == ("Titel Gewone tekst", "nl-NL")
    velden = [deel.get(f"{w}instr") for deel in document.sections[0].footer._element.iter(f"{w}fldSimple")]
    assert velden == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("formaat", ["odt", "docx"])
def test_libreoffice_opens_it_clean(formaat: str, tmp_path: Path) -> None:
    """What it shows is what was written: nothing lost, nothing repaired, no field in words."""
    soffice = shutil.which("soffice")
    if soffice is None:
        reden = "NO LIBREOFFICE: ODT and Word were not opened; install libreoffice-writer"
        if os.environ.get("CI"):
            pytest.fail(reden)
        pytest.skip(reden)
    inhoud = stuk(VIJANDIG, rijen=60)
    hoog = tabel(
        "Hoog", (Kolom("Eerste"), Kolom("Tweede")), [[" ".join(f"woord{nummer}" for nummer in range(2000)), "x"]]
    )
    inhoud = replace(inhoud, blokken=(*inhoud.blokken, hoog))
    (tmp_path / f"stuk.{formaat}").write_bytes(SCHRIJVERS[formaat][0](inhoud, OMSLAG))
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path / "uit"), str(tmp_path / f"stuk.{formaat}")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    bestand = (tmp_path / "uit" / "stuk.pdf").read_bytes()
    gelezen = kaal(lees_pdf(bestand))
    gezocht = [woord for tekst in teksten(inhoud) for woord in (tekst.split() if len(tekst) > 1000 else [tekst])]
    assert [deel for deel in gezocht if kaal(deel) not in gelezen] == []
    bladen = len(pypdf.PdfReader(io.BytesIO(bestand)).pages)
    assert bladen > 1
    assert kaal(f"Bladzijde {bladen} van {bladen}") in gelezen
    # The header row is repeated on each page on which the table goes on.
    assert len(re.findall("Getal", gelezen)) > 1


def test_the_typeface_is_the_house_s_own() -> None:
    """From the files of the web pages, under names of its own, so that each script is found."""
    lezer = pypdf.PdfReader(io.BytesIO(pdf.schrijf(stuk("Łódź Ελ При"), OMSLAG)))
    namen = set()
    for blad in lezer.pages:
        for lettertype in blad["/Resources"]["/Font"].values():  # type: ignore[index]
            namen.add(re.sub(r"^/[A-Z]{6}\+", "", lettertype.get_object()["/BaseFont"]).split("-Identity")[0])
    assert namen <= {naam.replace(" ", "-") for naam in letters.families()}
    assert {ord("é"), ord("Ł"), ord("Ж")} <= letters.tekens()
    with pytest.raises(ValueError, match="geen WOFF"):
        letters.truetype(b"OTTO", "x")


def test_the_number_follows_the_content_and_nothing_else() -> None:
    assert stuk().controlegetal == stuk().controlegetal
    assert len({stuk().controlegetal, stuk("Andere").controlegetal, stuk(rijen=4).controlegetal}) == 3
    assert re.fullmatch("[0-9a-f]{64}", stuk().controlegetal)
    assert kort("0123456789abcdef" * 4) == "0123 4567 89ab cdef"


def test_a_table_keeps_its_shape() -> None:
    blok: Tabel = tabel("x", (Kolom("a"),), [[" b\x00 "], [3]])
    assert blok.rijen == (("b",), ("3",))
