"""Writes a paper as a Word document: built-in heading styles, header rows that repeat, Dutch, a title.

All text goes through `_tekst`, which is the only place where characters become XML.
"""

import io
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406  writes XML, reads none

from django.utils import timezone
from docx import Document
from docx.document import Document as Worddocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from regietafel.stukken.beschrijving import Alinea, Blok, Feiten, Inhoud, Kader, Kop, Lijst, Omslag, Tabel
from regietafel.stukken.voet import over_dit_stuk, voetregels

# Word substitutes a typeface it does not have by guessing: this one every Word has.
LETTER = "Arial"
_BREEDTE = 9411  # twentieths of a point between the margins
_INKT, _ZACHT, _ACCENT = RGBColor(0x17, 0x20, 0x2B), RGBColor(0x52, 0x60, 0x6D), RGBColor(0x00, 0x59, 0x6B)
_NS = nsdecls("w")


def schrijf(inhoud: Inhoud, omslag: Omslag) -> bytes:
    """The paper as a DOCX file."""
    document = Document()
    _kleed_aan(document)
    _voet(document, voetregels(inhoud, omslag))
    lichaam: Any = document.element.body
    einde = lichaam.sectPr
    for xml in _blokken(inhoud, omslag):
        einde.addprevious(parse_xml(xml))
    over = document.core_properties
    over.title, over.subject, over.language = inhoud.titel[:255], inhoud.bovenschrift[:255], "nl-NL"
    over.author = over.last_modified_by = "Regiemonitor"
    over.comments = ""
    over.created = over.modified = omslag.gemaakt_op.astimezone(timezone.get_fixed_timezone(0)).replace(tzinfo=None)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _kleed_aan(document: Worddocument) -> None:
    """Page, typeface, language and styles."""
    blad = document.sections[0]
    blad.page_width, blad.page_height = Mm(210), Mm(297)
    blad.left_margin = blad.right_margin = blad.top_margin = Mm(22)
    blad.bottom_margin, blad.footer_distance = Mm(25), Mm(11)
    stijlen: Any = document.styles
    standaard = stijlen.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for taal in standaard.findall(qn("w:lang")):
        standaard.remove(taal)
    standaard.append(parse_xml(f'<w:lang {_NS} w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/>'))

    def vorm(
        naam: str, *, punten: float, kleur: RGBColor = _INKT, vet: bool = False, voor: float = 0, na: float = 4
    ) -> Any:
        bestaat = naam in [stijl.name for stijl in stijlen]
        stijl = stijlen[naam] if bestaat else stijlen.add_style(naam, WD_STYLE_TYPE.PARAGRAPH)
        if not bestaat:
            stijl.base_style = stijlen["Normal"]
        stijl.font.name, stijl.font.size, stijl.font.bold, stijl.font.italic = LETTER, Pt(punten), vet, False
        stijl.font.color.rgb = kleur
        letters = stijl.element.rPr.rFonts
        for soort in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            letters.attrib.pop(qn(f"w:{soort}"), None)
        for soort in ("ascii", "hAnsi", "eastAsia", "cs"):
            letters.set(qn(f"w:{soort}"), LETTER)
        stijl.paragraph_format.space_before, stijl.paragraph_format.space_after = Pt(voor), Pt(na)
        return stijl

    vorm("Normal", punten=10, na=6).paragraph_format.line_spacing = 1.15
    vorm("Heading 1", punten=20, vet=True, na=10)
    vorm("Heading 2", punten=13, vet=True, kleur=_ACCENT, voor=18, na=6)
    vorm("Heading 3", punten=10, vet=True, voor=11, na=4)
    vorm("List Bullet", punten=10, na=3)
    vorm("Footer", punten=8, kleur=_ZACHT, na=0)
    vorm("Bovenschrift", punten=9, kleur=_ZACHT, na=2)
    vorm("Opmerking", punten=10, kleur=_ZACHT, na=6)
    feit = vorm("Feit", punten=10, na=3).paragraph_format
    feit.left_indent, feit.first_line_indent = Mm(38), Mm(-38)
    feit.tab_stops.add_tab_stop(Mm(38))
    rand = f"<w:pBdr {_NS}>" + "".join(
        f'<w:{kant} w:val="single" w:sz="8" w:space="6" w:color="17202B"/>'
        for kant in ("top", "left", "bottom", "right")
    )
    vlak = f'<w:shd {_NS} w:val="clear" w:color="auto" w:fill="F3F5F7"/>'
    links = f'<w:pBdr {_NS}><w:left w:val="single" w:sz="20" w:space="8" w:color="17202B"/></w:pBdr>'
    for naam, lijnen in (("Band", f"{rand}</w:pBdr>"), ("Kader", links)):
        stijl = vorm(naam, punten=10, voor=6, na=10)
        opmaak = stijl.element.get_or_add_pPr()
        # The order of these is part of the format: borders, shade, then what spacing made already.
        opmaak.insert(0, parse_xml(vlak))
        opmaak.insert(0, parse_xml(lijnen))
    for naam in ("Tabelkop", "Tabelcel"):
        vorm(naam, punten=9, vet=naam == "Tabelkop", na=0).paragraph_format.line_spacing = 1.0


def _voet(document: Worddocument, regels: tuple[str, str]) -> None:
    """The foot of each page: two lines, and page x of y."""

    def veld(naam: str) -> str:
        return f'<w:fldSimple w:instr="{naam}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    voet: Any = document.sections[0].footer
    alinea = voet.paragraphs[0]
    opmaak = alinea.style.element.get_or_add_pPr()
    for stops in opmaak.findall(qn("w:tabs")):
        opmaak.remove(stops)
    nieuw = parse_xml(
        f'<w:p {_NS}><w:pPr><w:pStyle w:val="{alinea.style.style_id}"/><w:pBdr><w:top w:val="single" w:sz="4"'
        f' w:space="4" w:color="7B8794"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="{_BREEDTE}"/></w:tabs></w:pPr>'
        f"{_run(regels[0])}<w:r><w:tab/></w:r>"
        f"{_run('Bladzijde ')}{veld('PAGE')}{_run(' van ')}{veld('NUMPAGES')}<w:r><w:br/></w:r>{_run(regels[1])}</w:p>"
    )
    alinea._p.getparent().replace(alinea._p, nieuw)


def _blokken(inhoud: Inhoud, omslag: Omslag) -> list[str]:
    uit = [
        _alinea("Bovenschrift", _run(f"Regiemonitor · {inhoud.bovenschrift}")),
        _alinea("Heading1", _run(inhoud.titel)),
    ]
    uit += [_alinea("Band", _run(f"{band.tekst}. ", vet=True) + _run(band.uitleg)) for band in inhoud.banden]
    for blok in inhoud.blokken:
        uit += _blok(blok)
    return [*uit, _alinea("Heading2", _run("Over dit stuk")), *_feiten(over_dit_stuk(inhoud, omslag))]


def _blok(blok: Blok) -> list[str]:
    if isinstance(blok, Kop):
        return [_alinea(f"Heading{blok.niveau + 1}", _run(blok.tekst))]
    if isinstance(blok, Alinea):
        aanhef = _run(f"{blok.aanhef} ", vet=True) if blok.aanhef else ""
        return [_alinea("Opmerking" if blok.klein else "Normal", aanhef + _run(blok.tekst))]
    if isinstance(blok, Lijst):
        return [
            _alinea("ListBullet", (_run(f"{aanhef}: ", vet=True) if aanhef else "") + _run(tekst))
            for aanhef, tekst in blok.punten
        ]
    if isinstance(blok, Feiten):
        return _feiten(list(blok.rijen))
    if isinstance(blok, Kader):
        noot = f"<w:r><w:br/></w:r>{_run(blok.noot, kleur='52606D')}" if blok.noot else ""
        return [_alinea("Kader", f"{_run(blok.kop, vet=True)}<w:r><w:br/></w:r>{_run(blok.tekst)}{noot}")]
    return [_tabel(blok)]


def _feiten(rijen: list[tuple[str, str]]) -> list[str]:
    return [_alinea("Feit", f"{_run(naam, kleur='52606D')}<w:r><w:tab/></w:r>{_run(waarde)}") for naam, waarde in rijen]


def _tabel(blok: Tabel) -> str:
    totaal = sum(kolom.breedte for kolom in blok.kolommen)
    breedten = [_BREEDTE * kolom.breedte // totaal for kolom in blok.kolommen]

    def lijn(kant: str, dikte: int, kleur: str) -> str:
        return f'<w:{kant} w:val="single" w:sz="{dikte}" w:space="0" w:color="{kleur}"/>'

    def rij(cellen: tuple[str, ...], *, is_kop: bool) -> str:
        stijl = "Tabelkop" if is_kop else "Tabelcel"
        randen = lijn("top", 6, "17202B") + lijn("bottom", 6, "17202B") if is_kop else lijn("bottom", 4, "D3D9DF")
        inhoud = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/><w:tcBorders>{randen}</w:tcBorders></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{stijl}"/>{_RECHTS if kolom.rechts else ""}'
            f"</w:pPr>{_run(cel)}</w:p></w:tc>"
            for cel, kolom, breedte in zip(cellen, blok.kolommen, breedten, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_kop else ''}</w:trPr>{inhoud}</w:tr>"

    raster = "".join(f'<w:gridCol w:w="{breedte}"/>' for breedte in breedten)
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblW w:w="{sum(breedten)}" w:type="dxa"/>'
        '<w:tblInd w:w="80" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(blok.bijschrift)}/></w:tblPr><w:tblGrid>"
        f"{raster}</w:tblGrid>"
        f"{rij(tuple(kolom.kop for kolom in blok.kolommen), is_kop=True)}"
        f"{''.join(rij(cellen, is_kop=False) for cellen in blok.rijen)}</w:tbl>"
    )


_RECHTS = '<w:jc w:val="right"/>'


def _alinea(stijl: str, inhoud: str) -> str:
    return f'<w:p {_NS}><w:pPr><w:pStyle w:val="{stijl}"/></w:pPr>{inhoud}</w:p>'


def _run(tekst: str, *, vet: bool = False, kleur: str = "") -> str:
    opmaak = ("<w:b/>" if vet else "") + (f'<w:color w:val="{kleur}"/>' if kleur else "")
    return f"<w:r>{f'<w:rPr>{opmaak}</w:rPr>' if opmaak else ''}{_tekst(tekst)}</w:r>"


def _tekst(tekst: str) -> str:
    """Characters as XML: what is markup elsewhere is text here; spaces and line ends stay as typed."""
    veilig = escape(tekst)
    for teken, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        veilig = veilig.replace(teken, f'</w:t>{element}<w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{veilig}</w:t>'
