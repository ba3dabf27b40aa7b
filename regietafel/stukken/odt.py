"""Writes a paper as OpenDocument text that can be edited: heading styles, table header rows, Dutch, a title.

All text goes through `_tekst`, which is the only place where characters become XML.
"""

import io
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406  writes XML, reads none

from django.utils import timezone
from odfdo import Document

from regietafel.stukken.beschrijving import Alinea, Blok, Feiten, Inhoud, Kader, Kop, Lijst, Omslag, Tabel
from regietafel.stukken.voet import over_dit_stuk, voetregels

_RUIMTEN = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
_NAMEN = " ".join(f'xmlns:{kort}="{lang}"' for kort, lang in _RUIMTEN.items())
_LETTER = (
    '<office:font-face-decls><style:font-face style:name="Fira Sans" svg:font-family="\'Fira Sans\', Arial"'
    ' style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>'
)
_BREEDTE = 16.6  # cm of text between the margins
_INKT, _ZACHT, _LIJN, _DUN, _VLAK, _ACCENT = "#17202b", "#52606d", "#7b8794", "#d3d9df", "#f3f5f7", "#00596b"


def _stijl(naam: str, alinea: str = "", letter: str = "", ouder: str = "Standard", **meer: str) -> str:
    """A named paragraph style."""
    extra = "".join(f" style:{sleutel.replace('_', '-')}={quoteattr(waarde)}" for sleutel, waarde in meer.items())
    return (
        f'<style:style style:name="{naam}" style:display-name="{naam.replace("_20_", " ")}" style:family="paragraph"'
        f' style:parent-style-name="{ouder}"{extra}><style:paragraph-properties {alinea}/>'
        f"<style:text-properties {letter}/></style:style>"
    )


def _stijlen(voet: tuple[str, str]) -> str:
    kop = 'fo:keep-with-next="always" fo:margin-top="{}" fo:margin-bottom="{}"'
    volgt = {"next_style_name": "Text_20_body"}
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles {_NAMEN} office:version="1.3">{_LETTER}<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"
 style:writing-mode="lr-tb"/><style:text-properties style:font-name="Fira Sans" fo:font-size="10pt" fo:color="{_INKT}"
 fo:language="nl" fo:country="NL" fo:hyphenate="false"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
{_stijl("Text_20_body", 'fo:margin-bottom="0.2cm" fo:line-height="125%"')}
{_stijl("Heading", letter='fo:font-weight="bold"')}
{_stijl("Heading_20_1", kop.format("0cm", "0.4cm"), 'fo:font-size="20pt" fo:font-weight="bold"', "Heading", default_outline_level="1", **volgt)}
{_stijl("Heading_20_2", kop.format("0.7cm", "0.25cm"), f'fo:font-size="13pt" fo:font-weight="bold" fo:color="{_ACCENT}"', "Heading", default_outline_level="2", **volgt)}
{_stijl("Heading_20_3", kop.format("0.45cm", "0.15cm"), 'fo:font-size="10pt" fo:font-weight="bold"', "Heading", default_outline_level="3", **volgt)}
{_stijl("Bovenschrift", 'fo:margin-bottom="0.1cm"', f'fo:font-size="9pt" fo:color="{_ZACHT}"')}
{_stijl("Opmerking", "", f'fo:color="{_ZACHT}"', "Text_20_body")}
{_stijl("Feit", 'fo:margin-left="3.8cm" fo:text-indent="-3.8cm" fo:margin-bottom="0.12cm"')}
{_stijl("Band", f'fo:border="0.9pt solid {_INKT}" fo:padding="0.25cm" fo:background-color="{_VLAK}" fo:margin-bottom="0.4cm"')}
{_stijl("Kader", f'fo:border-left="2.5pt solid {_INKT}" fo:padding="0.3cm" fo:background-color="{_VLAK}" fo:margin-top="0.3cm" fo:margin-bottom="0.3cm"')}
{_stijl("Lijstpunt", 'fo:margin-bottom="0.12cm"')}
{_stijl("Tabelkop", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt" fo:font-weight="bold"')}
{_stijl("Tabelcel", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt" fo:hyphenate="true" fo:hyphenation-remain-char-count="3" fo:hyphenation-push-char-count="3"')}
{_stijl("Tabelkop_20_rechts", 'fo:text-align="end"', "", "Tabelkop")}
{_stijl("Tabelcel_20_rechts", 'fo:text-align="end"', "", "Tabelcel")}
{_stijl("Footer", f'fo:border-top="0.5pt solid {_LIJN}" fo:padding-top="0.1cm"', f'fo:font-size="8pt" fo:color="{_ZACHT}"')}
<style:style style:name="Sterk" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Feitnaam" style:family="text"><style:text-properties fo:color="{_ZACHT}"/></style:style>
<text:list-style style:name="Streepjes"><text:list-level-style-bullet text:level="1" text:bullet-char="–">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" text:list-tab-stop-position="0.45cm" fo:text-indent="-0.45cm" fo:margin-left="0.45cm"/>
</style:list-level-properties></text:list-level-style-bullet></text:list-style>
</office:styles><office:automatic-styles>
<style:page-layout style:name="Blad"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 style:print-orientation="portrait" fo:margin-top="2.2cm" fo:margin-bottom="1.4cm" fo:margin-left="2.2cm"
 fo:margin-right="2.2cm"/><style:footer-style><style:header-footer-properties fo:min-height="1.2cm"
 fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>
<style:style style:name="Voet" style:family="paragraph" style:parent-style-name="Footer"><style:paragraph-properties>
<style:tab-stops><style:tab-stop style:position="{_BREEDTE}cm" style:type="right"/></style:tab-stops>
</style:paragraph-properties></style:style>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Blad">
<style:footer><text:p text:style-name="Voet">{_tekst(voet[0])}<text:tab/>Bladzijde <text:page-number
 text:select-page="current">1</text:page-number> van <text:page-count>1</text:page-count><text:line-break/>{_tekst(voet[1])}</text:p></style:footer>
</style:master-page></office:master-styles></office:document-styles>"""  # noqa: E501  one style per line


def schrijf(inhoud: Inhoud, omslag: Omslag) -> bytes:
    """The paper as an ODT file."""
    document = Document("text")
    delen: Any = document.container
    delen.set_part("styles.xml", _stijlen(voetregels(inhoud, omslag)).encode())
    delen.set_part("content.xml", _lichaam(inhoud, omslag).encode())
    meta = document.meta
    meta.set_title(inhoud.titel)
    meta.set_subject(inhoud.bovenschrift)
    meta.set_language("nl-NL")
    meta.set_generator("Regiemonitor")
    meta.set_initial_creator("Regiemonitor")
    meta.set_creator("Regiemonitor")
    gemaakt = timezone.localtime(omslag.gemaakt_op).replace(tzinfo=None, microsecond=0)
    meta.set_creation_date(gemaakt)
    meta.set_modification_date(gemaakt)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _lichaam(inhoud: Inhoud, omslag: Omslag) -> str:
    stijlen: list[str] = []
    delen = [
        f'<text:p text:style-name="Bovenschrift">Regiemonitor · {_tekst(inhoud.bovenschrift)}</text:p>',
        _kop(inhoud.titel, 1),
        *(
            f'<text:p text:style-name="Band">{_sterk(f"{band.tekst}.")} {_tekst(band.uitleg)}</text:p>'
            for band in inhoud.banden
        ),
        *(_blok(blok, stijlen) for blok in inhoud.blokken),
        _kop("Over dit stuk", 2),
        _feiten(Feiten(tuple(over_dit_stuk(inhoud, omslag)))),
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMEN} office:version="1.3">{_LETTER}'
        f"<office:automatic-styles>{_CELLEN}{''.join(stijlen)}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(delen)}</office:text></office:body></office:document-content>"
    )


_CEL = (
    '<style:style style:name="{naam}" style:family="table-cell"><style:table-cell-properties fo:padding="0.13cm"'
    ' fo:border-left="none" fo:border-right="none" fo:border-top="{boven}" fo:border-bottom="{onder}"/></style:style>'
)
_RIJ = (
    '<style:style style:name="Rij" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
    "</style:style>"
)
_CELLEN = (
    _RIJ
    + _CEL.format(naam="Kopcel", boven=f"0.8pt solid {_INKT}", onder=f"0.8pt solid {_INKT}")
    + _CEL.format(naam="Cel", boven="none", onder=f"0.5pt solid {_DUN}")
)


def _blok(blok: Blok, stijlen: list[str]) -> str:
    if isinstance(blok, Kop):
        return _kop(blok.tekst, blok.niveau + 1)
    if isinstance(blok, Alinea):
        stijl = "Opmerking" if blok.klein else "Text_20_body"
        aanhef = f"{_sterk(blok.aanhef)} " if blok.aanhef else ""
        return f'<text:p text:style-name="{stijl}">{aanhef}{_tekst(blok.tekst)}</text:p>'
    if isinstance(blok, Lijst):
        punten = "".join(
            f'<text:list-item><text:p text:style-name="Lijstpunt">{_sterk(f"{aanhef}:") + " " if aanhef else ""}'
            f"{_tekst(tekst)}</text:p></text:list-item>"
            for aanhef, tekst in blok.punten
        )
        return f'<text:list text:style-name="Streepjes">{punten}</text:list>'
    if isinstance(blok, Feiten):
        return _feiten(blok)
    if isinstance(blok, Kader):
        noot = (
            f'<text:line-break/><text:span text:style-name="Feitnaam">{_tekst(blok.noot)}</text:span>'
            if blok.noot
            else ""
        )
        tekst = f"{_sterk(blok.kop)}<text:line-break/>{_tekst(blok.tekst)}{noot}"
        return f'<text:p text:style-name="Kader">{tekst}</text:p>'
    return _tabel(blok, stijlen)


def _kop(tekst: str, niveau: int) -> str:
    return f'<text:h text:style-name="Heading_20_{niveau}" text:outline-level="{niveau}">{_tekst(tekst)}</text:h>'


def _feiten(blok: Feiten) -> str:
    return "".join(
        f'<text:p text:style-name="Feit"><text:span text:style-name="Feitnaam">{_tekst(naam)}</text:span>'
        f"<text:tab/>{_tekst(waarde)}</text:p>"
        for naam, waarde in blok.rijen
    )


def _tabel(blok: Tabel, stijlen: list[str]) -> str:
    nummer = len(stijlen) + 1
    totaal = sum(kolom.breedte for kolom in blok.kolommen)
    breedten = [_BREEDTE * kolom.breedte / totaal for kolom in blok.kolommen]
    stijlen.append(
        f'<style:style style:name="Tabel{nummer}" style:family="table"><style:table-properties'
        f' style:width="{_BREEDTE}cm" table:align="left" fo:margin-top="0.1cm" fo:margin-bottom="0.3cm"'
        ' table:border-model="collapsing"/></style:style>'
        + "".join(
            f'<style:style style:name="Tabel{nummer}.{plek}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{breedte:.3f}cm"/></style:style>'
            for plek, breedte in enumerate(breedten)
        )
    )
    kolommen = "".join(
        f'<table:table-column table:style-name="Tabel{nummer}.{plek}"/>' for plek in range(len(breedten))
    )
    koppen = _rij([kolom.kop for kolom in blok.kolommen], blok, "Kopcel", "Tabelkop")
    rijen = "".join(_rij(rij, blok, "Cel", "Tabelcel") for rij in blok.rijen)
    return (
        f'<table:table table:name="Tabel {nummer}" table:style-name="Tabel{nummer}">'
        f"<table:title>{escape(blok.bijschrift)}</table:title>"
        f"{kolommen}<table:table-header-rows>{koppen}</table:table-header-rows>{rijen}</table:table>"
    )


def _rij(cellen: tuple[str, ...] | list[str], blok: Tabel, celstijl: str, stijl: str) -> str:
    inhoud = "".join(
        f'<table:table-cell table:style-name="{celstijl}" office:value-type="string">'
        f'<text:p text:style-name="{stijl}{"_20_rechts" if kolom.rechts else ""}">{_tekst(cel)}</text:p>'
        "</table:table-cell>"
        for cel, kolom in zip(cellen, blok.kolommen, strict=True)
    )
    return f'<table:table-row table:style-name="Rij">{inhoud}</table:table-row>'


def _sterk(tekst: str) -> str:
    return f'<text:span text:style-name="Sterk">{_tekst(tekst)}</text:span>'


def _tekst(tekst: str) -> str:
    """Characters as XML: what is markup elsewhere is text here; spaces and line ends stay as typed."""
    veilig = escape(tekst).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return re.sub("  +", lambda spaties: f' <text:s text:c="{len(spaties[0]) - 1}"/>', veilig)
