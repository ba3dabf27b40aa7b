"""Whether a file is what it says it is, and harmless enough to keep: our own list, judged by content.

Pure: a name and an open file in, the facts or a ValidationError in words out. Nothing is unpacked further than its
table of contents and two small parts.
"""

import hashlib
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic
from django.core.exceptions import ValidationError

LENGTE_NAAM = 120
KB, MB = 1024, 1024 * 1024
UITGEPAKT_HOOGSTENS = 300 * MB
ONDERDELEN_HOOGSTENS = 10_000
# Text shrinks to a tenth, drawings of repeated tables to a hundredth; a bomb to a thousandth.
VERHOUDING_HOOGSTENS = 200
VERHOUDING_VANAF = 20 * MB
INHOUDSOPGAVE_HOOGSTENS = 2 * MB

ODF = "application/vnd.oasis.opendocument"
OOXML = "application/vnd.openxmlformats-officedocument"
TOEGESTAAN = {
    ".pdf": "application/pdf",
    ".odt": f"{ODF}.text",
    ".ods": f"{ODF}.spreadsheet",
    ".odp": f"{ODF}.presentation",
    ".docx": f"{OOXML}.wordprocessingml.document",
    ".xlsx": f"{OOXML}.spreadsheetml.sheet",
    ".pptx": f"{OOXML}.presentationml.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
HOOFDDEEL = {
    ".docx": f"{OOXML}.wordprocessingml.document.main+xml",
    ".xlsx": f"{OOXML}.spreadsheetml.sheet.main+xml",
    ".pptx": f"{OOXML}.presentationml.presentation.main+xml",
}
MET_MACROS = frozenset({
    ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm", ".ppam", ".sldm",
})  # fmt: skip
SOORTEN = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), ODT, ODS, ODP, PNG, JPEG, CSV of platte tekst"
GEEN_MACROS = "Dit bestand bevat macro's. Sla het op zonder macro's, of als PDF."
# Names that mean a device on some computers of our readers.
_APPARATEN = frozenset({"con", "prn", "aux", "nul", *(f"{naam}{n}" for naam in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True)
class Gecontroleerd:
    """What is known of a file that may be kept: its harmless name, kind, size in bytes and sha256."""

    naam: str
    inhoudstype: str
    grootte: int
    controlegetal: str


def nette_naam(naam: str) -> str:
    """A file name that is harmless everywhere: no folders, no unseen or reserved characters, not too long.

    The extension stays, in small letters. Never empty.
    """
    laatste = unicodedata.normalize("NFC", naam).replace("\\", "/").rsplit("/", 1)[-1]
    zichtbaar = "".join(teken for teken in laatste if unicodedata.category(teken)[0] != "C")
    schoon = "".join("-" if teken in '<>:"|?*' else teken for teken in zichtbaar)
    schoon = " ".join(schoon.split()).strip(". ")
    pad = PurePosixPath(schoon or "bijlage")
    stam, ext = pad.stem.strip(". ") or "bijlage", pad.suffix.lower()
    if stam.split(".")[0].lower() in _APPARATEN:
        stam = f"bijlage-{stam}"
    return f"{stam[: LENGTE_NAAM - len(ext)]}{ext}"


def controleer_bestand(naam: str, bestand: BinaryIO, *, hoogstens: int) -> Gecontroleerd:
    """What this file is. `hoogstens`: bytes. Raises ValidationError with one sentence that says what to do.

    Refused: an empty or too large file, a kind that is not on the list, content that is something else than the name
    says, macros, and an office file that unpacks to more than a document does.
    """
    net = nette_naam(naam)
    ext = PurePosixPath(net).suffix
    if ext in MET_MACROS:
        raise ValidationError(GEEN_MACROS)
    if ext not in TOEGESTAAN:
        raise ValidationError(f"Dit soort bestand kan niet worden bijgevoegd. Wel: {SOORTEN}.")
    grootte = bestand.seek(0, 2)
    if not grootte:
        raise ValidationError("Het bestand is leeg.")
    if grootte > hoogstens:
        raise ValidationError(te_groot(hoogstens))
    if ext in (".txt", ".csv"):
        _is_tekst(bestand)
    else:
        _is_wat_het_zegt(ext, bestand)
    bestand.seek(0)
    som = hashlib.sha256()
    while stuk := bestand.read(MB):
        som.update(stuk)
    bestand.seek(0)
    return Gecontroleerd(net, TOEGESTAAN[ext], grootte, som.hexdigest())


def te_groot(hoogstens: int) -> str:
    """What is said of a file that is larger than this many bytes."""
    hoeveel = f"{hoogstens // MB} MB" if hoogstens >= MB else f"{hoogstens // KB} kB"
    return f"Het bestand is groter dan {hoeveel}. Maak het kleiner, of voeg het in delen bij."


def _anders(ext: str) -> ValidationError:
    return ValidationError(
        f"De inhoud van dit bestand is geen {ext[1:].upper()}, al zegt de naam van wel. Sla het opnieuw op en kies dat "
        "bestand."
    )


def _is_tekst(bestand: BinaryIO) -> None:
    """Raise ValidationError for what is no plain text; Windows text of before UTF-8 is text too."""
    bestand.seek(0)
    ruw = bestand.read()
    for codering in ("utf-8-sig", "cp1252"):
        try:
            tekst = ruw.decode(codering)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(teken) == "Cc" and teken not in "\t\r\n\f" for teken in tekst):
            return
        break
    raise ValidationError("Dit is geen platte tekst: er staan tekens in die geen tekst zijn.")


def _is_wat_het_zegt(ext: str, bestand: BinaryIO) -> None:
    bestand.seek(0)
    kop = bestand.read(64 * KB)
    try:
        herkend = {vondst.extension for vondst in puremagic.magic_string(kop) if vondst.offset == 0}
    except (puremagic.PureError, ValueError):
        herkend = set()
    if ext == ".pdf":
        bestand.seek(max(0, bestand.seek(0, 2) - 2 * KB))
        if ".pdf" not in herkend or not kop.startswith(b"%PDF-") or b"%%EOF" not in bestand.read():
            raise _anders(ext)
    elif ext == ".png":
        if ".png" not in herkend or kop[12:16] != b"IHDR":
            raise _anders(ext)
    elif ext in (".jpg", ".jpeg"):
        if not {".jpg", ".jpeg", ".jfif"} & herkend or not kop.startswith(b"\xff\xd8\xff"):
            raise _anders(ext)
    else:
        if not kop.startswith(b"PK\x03\x04"):
            raise _anders(ext)
        _is_kantoorbestand(ext, bestand)


def _is_kantoorbestand(ext: str, bestand: BinaryIO) -> None:
    bestand.seek(0)
    try:
        with zipfile.ZipFile(bestand) as archief:
            _pakt_klein_uit(archief, bestand.seek(0, 2))
            namen = [deel.filename.lower() for deel in archief.infolist()]
            if ext in HOOFDDEEL:
                _is_ooxml(ext, archief, namen)
            else:
                _is_odf(ext, archief, namen)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fout:
        raise _anders(ext) from fout


def _pakt_klein_uit(archief: zipfile.ZipFile, grootte: int) -> None:
    """Raise ValidationError for what unpacks to more than a document does, by what the archive itself declares.

    Parts that together are larger than the file lie over each other: that is a bomb too.
    """
    delen = archief.infolist()
    uitgepakt, ingepakt = sum(deel.file_size for deel in delen), sum(deel.compress_size for deel in delen)
    if (
        len(delen) > ONDERDELEN_HOOGSTENS
        or uitgepakt > UITGEPAKT_HOOGSTENS
        or ingepakt > grootte
        or (uitgepakt > VERHOUDING_VANAF and uitgepakt > VERHOUDING_HOOGSTENS * max(ingepakt, 1))
    ):
        raise ValidationError("Dit bestand wordt bij het openen onverwacht groot. Sla het op als PDF en kies dat.")
    if any(deel.flag_bits & 0x1 for deel in delen):
        raise ValidationError("Dit bestand is met een wachtwoord versleuteld. Kies een bestand zonder wachtwoord.")


def _lees(archief: zipfile.ZipFile, naam: str) -> bytes:
    """A part, never more than a table of contents can be: what it declares of its size may be a lie."""
    with archief.open(naam) as deel:
        inhoud = deel.read(INHOUDSOPGAVE_HOOGSTENS + 1)
    if len(inhoud) > INHOUDSOPGAVE_HOOGSTENS:
        raise ValueError(naam)
    return inhoud


def _is_ooxml(ext: str, archief: zipfile.ZipFile, namen: list[str]) -> None:
    inhoudsopgave = _lees(archief, "[Content_Types].xml").decode("utf-8", "replace")
    macros = ("vbaproject.bin", "vbadata.xml")
    if (
        "macroenabled" in inhoudsopgave.lower()
        or "vbaproject" in inhoudsopgave.lower()
        or any(naam.endswith(macros) or "/macrosheets/" in naam or "/activex/" in naam for naam in namen)
    ):
        raise ValidationError(GEEN_MACROS)
    if HOOFDDEEL[ext] not in inhoudsopgave:
        raise _anders(ext)


def _is_odf(ext: str, archief: zipfile.ZipFile, namen: list[str]) -> None:
    if _lees(archief, "mimetype").decode("ascii", "replace").strip() != TOEGESTAAN[ext] or "content.xml" not in namen:
        raise _anders(ext)
    if any(naam.startswith(("basic/", "scripts/")) for naam in namen):
        raise ValidationError(GEEN_MACROS)
