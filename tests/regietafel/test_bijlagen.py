"""Annexes: what is kept, what is refused and why, that it is whole, and who may open it."""

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from odfdo import Document

from maatregelen.models import Persoon
from maatregelen.versiebewaking import Verouderd
from regietafel import bijlagen
from regietafel.bestandscontrole import GEEN_MACROS, TOEGESTAAN, controleer_bestand, nette_naam
from regietafel.bijlagen import Opslagfout, plaats, verwijder_bijlage, voeg_bijlage_toe, wijzig_bijlage
from regietafel.models import Bijlage, Vergadering
from regietafel.vergadercyclus import Gesloten
from tests.conftest import Mensen
from tests.regietafel.factories import AgendapuntFactory, VergaderingFactory

MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20


def als_bytes(document: Any) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def archief(delen: dict[str, bytes], soort: int = zipfile.ZIP_DEFLATED) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", soort) as zip_:
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return uit.getvalue()


def ooxml(soort: str, meer: dict[str, bytes] | None = None) -> bytes:
    hoofd = f"application/vnd.openxmlformats-officedocument.{soort}.main+xml"
    return archief(
        {"[Content_Types].xml": f'<Types><Override ContentType="{hoofd}"/></Types>'.encode(), **(meer or {})}
    )


DOCX = ooxml("wordprocessingml.document")
GOED: list[tuple[str, Callable[[], bytes]]] = [
    ("verslag.pdf", lambda: PDF),
    ("verslag.docx", lambda: als_bytes(docx.Document())),
    ("cijfers.xlsx", lambda: ooxml("spreadsheetml.sheet")),
    ("dia.pptx", lambda: ooxml("presentationml.presentation")),
    ("verslag.odt", lambda: als_bytes(Document("text"))),
    ("cijfers.ods", lambda: als_bytes(Document("spreadsheet"))),
    ("dia.odp", lambda: als_bytes(Document("presentation"))),
    ("kaart.png", lambda: PNG),
    ("foto.jpg", lambda: JPEG),
    ("FOTO.JPEG", lambda: JPEG),
    ("lijst.csv", "naam;één\n".encode),
    ("lijst.csv", lambda: "naam;één\r\n".encode("cp1252")),
    ("noot.txt", "\ufeffnoot\n".encode),
]


@pytest.mark.parametrize(("naam", "maak"), GOED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(GOED)])
def test_what_officials_work_with_is_kept(naam: str, maak: Callable[[], bytes]) -> None:
    inhoud = maak()
    gezien = controleer_bestand(naam, io.BytesIO(inhoud), hoogstens=MB)
    assert gezien.grootte == len(inhoud)
    assert gezien.controlegetal == hashlib.sha256(inhoud).hexdigest()
    assert gezien.inhoudstype == TOEGESTAAN[Path(gezien.naam).suffix]


def _gelogen_grootte() -> bytes:
    """An archive whose table of contents declares a part much larger than the file."""
    return archief({"[Content_Types].xml": b"x", "word/document.xml": b"\0" * (40 * MB)})


def _versleuteld() -> bytes:
    ruw = bytearray(DOCX)
    for kop in (b"PK\x03\x04", b"PK\x01\x02"):
        begin = ruw.index(kop)
        ruw[begin + (6 if kop == b"PK\x03\x04" else 8)] |= 1
    return bytes(ruw)


SLECHT: list[tuple[str, Callable[[], bytes], str]] = [
    ("verslag.pdf", lambda: DOCX, "geen PDF"),
    ("verslag.pdf", lambda: b"%PDF-1.7 afgebroken", "geen PDF"),
    ("verslag.pdf", lambda: b"<html>%PDF- %%EOF", "geen PDF"),
    ("foto.png", lambda: JPEG, "geen PNG"),
    ("foto.jpg", lambda: b"MZ\x90\x00" + b"\0" * 60, "geen JPG"),
    ("verslag.docx", lambda: PDF, "geen DOCX"),
    ("verslag.docx", lambda: archief({"a.txt": b"a"}), "geen DOCX"),
    ("verslag.docx", lambda: ooxml("spreadsheetml.sheet"), "geen DOCX"),
    ("verslag.docx", lambda: DOCX[:40], "geen DOCX"),
    ("verslag.odt", lambda: als_bytes(Document("spreadsheet")), "geen ODT"),
    ("noot.txt", lambda: b"\x7fELF\x00\x01", "geen platte tekst"),
    ("lijst.csv", lambda: PNG, "geen platte tekst"),
    ("leeg.pdf", lambda: b"", "leeg"),
    ("groot.txt", lambda: b"a" * (MB + 1), "groter dan 1 MB"),
    ("verslag.docm", lambda: DOCX, GEEN_MACROS),
    ("verslag.docx", lambda: ooxml("wordprocessingml.document", {"word/vbaProject.bin": b"x"}), GEEN_MACROS),
    (
        "verslag.docx",
        lambda: archief({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
        GEEN_MACROS,
    ),
    (
        "verslag.odt",
        lambda: archief(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x", "Basic/s.xml": b"x"},
            zipfile.ZIP_STORED,
        ),
        GEEN_MACROS,
    ),
    ("bom.docx", _gelogen_grootte, "onverwacht groot"),
    ("bom.xlsx", lambda: archief({f"a{n}": b"" for n in range(10_001)}), "onverwacht groot"),
    ("geheim.docx", _versleuteld, "wachtwoord"),
    ("programma.exe", lambda: b"MZ", "kan niet worden bijgevoegd"),
    ("verslag.pdf.html", lambda: b"<p>", "kan niet worden bijgevoegd"),
    ("tekening.svg", lambda: b"<svg/>", "kan niet worden bijgevoegd"),
    ("zonder", lambda: PDF, "kan niet worden bijgevoegd"),
]


@pytest.mark.parametrize(("naam", "maak", "zin"), SLECHT, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(SLECHT)])
def test_what_lies_hides_or_swells_is_refused(naam: str, maak: Callable[[], bytes], zin: str) -> None:
    with pytest.raises(ValidationError) as fout:
        controleer_bestand(naam, io.BytesIO(maak()), hoogstens=MB)
    assert zin in " ".join(fout.value.messages)
    assert len(fout.value.messages) == 1


def test_parts_that_lie_over_each_other_are_a_bomb() -> None:
    ruw = archief({"[Content_Types].xml": b"a" * 1000, "b": b"b" * 1000}, zipfile.ZIP_STORED)
    plek = ruw.index(b"PK\x01\x02")
    gelogen = bytearray(ruw)
    gelogen[plek + 20 : plek + 24] = (5_000_000).to_bytes(4, "little")
    with pytest.raises(ValidationError, match="onverwacht groot"):
        controleer_bestand("a.docx", io.BytesIO(bytes(gelogen)), hoogstens=MB)


@pytest.mark.parametrize(
    ("naam", "net"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jan\\Verslag LRT.PDF", "Verslag LRT.pdf"),
        ("a\x00b\r\n\u202egpj.pdf", "abgpj.pdf"),
        ('ver<sl>a"g|:*?.pdf', "ver-sl-a-g----.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("con.pdf", "bijlage-con.pdf"),
        ("  .. .pdf", "pdf"),
        ("", "bijlage"),
        ("e\u0301e\u0301n.pdf", "één.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_file_name_becomes_harmless(naam: str, net: str) -> None:
    assert nette_naam(naam) == net
    assert not set(nette_naam(naam)) & set('/\\\0\r\n<>:"|?*')


@pytest.fixture
def map_(settings: Any, tmp_path: Path) -> Path:
    settings.BIJLAGENMAP = tmp_path / "bijlagen"
    settings.BIJLAGE_HOOGSTENS = MB
    return tmp_path / "bijlagen"


@pytest.fixture
def vergadering(db: None) -> Vergadering:
    rij: Vergadering = VergaderingFactory(staat="gepland")
    return rij


def bestanden(map_: Path) -> list[Path]:
    return sorted(pad for pad in map_.rglob("*") if pad.is_file())


def test_a_file_is_kept_whole_under_a_name_that_says_nothing(
    map_: Path, vergadering: Vergadering, mensen: Mensen
) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)
    rij = voeg_bijlage_toe(
        punt, naam="", bestandsnaam="../Verslag.pdf", bestand=io.BytesIO(PDF), door=mensen.secretariaat
    )
    assert (rij.naam, rij.bestandsnaam, rij.inhoudstype, rij.grootte) == (
        "Verslag",
        "Verslag.pdf",
        "application/pdf",
        len(PDF),
    )
    assert bestanden(map_) == [plaats(rij)]
    assert plaats(rij).read_bytes() == PDF
    assert "erslag" not in rij.bestand
    assert len(rij.bestand) == len("ab/") + 40
    assert oct(plaats(rij).stat().st_mode & 0o777) == "0o600"
    aangekondigd = voeg_bijlage_toe(punt, naam="Komt nog", door=mensen.secretariaat)
    assert (aangekondigd.heeft_bestand, aangekondigd.volgorde) == (False, 1)
    with pytest.raises(ValidationError):
        voeg_bijlage_toe(punt, naam=" ", door=mensen.secretariaat)


def test_another_file_takes_the_place_and_the_former_is_gone(
    map_: Path, vergadering: Vergadering, django_capture_on_commit_callbacks: Any
) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)
    rij = voeg_bijlage_toe(punt, naam="Kaart", bestandsnaam="kaart.png", bestand=io.BytesIO(PNG), door=None)
    versie, eerst = rij.versie, plaats(rij)
    anders = {"naam": "Kaart", "bestandsnaam": "kaart.pdf", "door": None}
    with django_capture_on_commit_callbacks(execute=True):
        assert wijzig_bijlage(rij, **anders, bestand=io.BytesIO(PDF), versie=versie) is True
        assert eerst.exists()
    rij.refresh_from_db()
    assert (rij.versie, rij.inhoudstype, bestanden(map_)) == (versie + 1, "application/pdf", [plaats(rij)])
    assert not eerst.exists()
    with pytest.raises(Verouderd):
        wijzig_bijlage(rij, **anders, bestand=io.BytesIO(PDF + b"%"), versie=versie)
    assert bestanden(map_) == [plaats(rij)]
    assert wijzig_bijlage(rij, **anders, bestand=io.BytesIO(PDF), versie=rij.versie) is False
    with django_capture_on_commit_callbacks(execute=True):
        verwijder_bijlage(rij, versie=rij.versie)
    assert (Bijlage.objects.count(), bestanden(map_)) == (0, [])


def test_a_full_disk_leaves_nothing_half(map_: Path, vergadering: Vergadering, monkeypatch: pytest.MonkeyPatch) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)

    def vol(nummer: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(Opslagfout):
        voeg_bijlage_toe(punt, naam="", bestandsnaam="a.pdf", bestand=io.BytesIO(PDF), door=None)
    assert (Bijlage.objects.count(), bestanden(map_)) == (0, [])


def test_a_row_that_cannot_be_kept_leaves_no_file(map_: Path, vergadering: Vergadering, monkeypatch: Any) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)

    def breekt(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("weg")

    monkeypatch.setattr(Bijlage, "save", breekt)
    with pytest.raises(RuntimeError):
        voeg_bijlage_toe(punt, naam="", bestandsnaam="a.pdf", bestand=io.BytesIO(PDF), door=None)
    assert bestanden(map_) == []


def test_closed_minutes_take_no_annex(map_: Path, db: None) -> None:
    later = VergaderingFactory()
    rij = VergaderingFactory()
    punt = AgendapuntFactory(vergadering=rij)
    Vergadering.objects.filter(pk=rij.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    with pytest.raises(Gesloten):
        voeg_bijlage_toe(punt, naam="", bestandsnaam="a.pdf", bestand=io.BytesIO(PDF), door=None)
    assert bestanden(map_) == []


def test_a_place_outside_the_folder_is_no_place(map_: Path) -> None:
    for plek in ("", "../geheim", "/etc/passwd"):
        with pytest.raises(ValueError):
            plaats(Bijlage(bestand=plek))


Als = Callable[[Persoon], Client]


def stuur(client: Client, pad: str, bestandsnaam: str, inhoud: bytes, naam: str = "") -> Any:
    return client.post(pad, {"bestand": SimpleUploadedFile(bestandsnaam, inhoud), "naam": naam})


def test_the_page_takes_a_file_and_everybody_at_the_table_gets_it(
    map_: Path, vergadering: Vergadering, mensen: Mensen, als: Als
) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)
    pad = f"/agendapunten/{punt.pk}/bijlagen/nieuw/"
    assert stuur(als(mensen.secretariaat), pad, "Verslag “maart”.pdf", PDF).status_code == 302
    rij = Bijlage.objects.get()
    antwoord = als(mensen.partner).get(f"/bijlagen/{rij.pk}/")
    assert b"".join(antwoord.streaming_content) == PDF  # type: ignore[attr-defined]
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"].startswith("attachment; filename*=utf-8''Verslag%20")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert als(mensen.rolloos).get(f"/bijlagen/{rij.pk}/").status_code == 403
    assert Client().get(f"/bijlagen/{rij.pk}/").status_code == 302
    assert als(mensen.secretariaat).get(f"/bijlagen/{rij.pk + 1}/").status_code == 404
    plaats(rij).unlink()
    assert als(mensen.partner).get(f"/bijlagen/{rij.pk}/").status_code == 404


def test_an_announced_annex_has_nothing_to_open(vergadering: Vergadering, mensen: Mensen, als: Als) -> None:
    rij = voeg_bijlage_toe(AgendapuntFactory(vergadering=vergadering), naam="Komt nog", door=None)
    assert als(mensen.secretariaat).get(f"/bijlagen/{rij.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("verslag.pdf", DOCX, "geen PDF"),
        ("groot.txt", b"a" * (MB + 1), "groter dan 1 MB"),
        ("leeg.pdf", b"", "leeg"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    naam: str, inhoud: bytes, zin: str, map_: Path, vergadering: Vergadering, mensen: Mensen, als: Als
) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)
    pad = f"/agendapunten/{punt.pk}/bijlagen/nieuw/"
    antwoord = stuur(als(mensen.secretariaat), pad, naam, inhoud, naam="Stuk van de tafel")
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert "Stuk van de tafel" in antwoord.content.decode()
    assert (Bijlage.objects.count(), bestanden(map_)) == (0, [])


def test_a_full_disk_is_told_and_keeps_what_was_typed(
    map_: Path, vergadering: Vergadering, mensen: Mensen, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    punt = AgendapuntFactory(vergadering=vergadering)
    map_.write_text("a file where the folder should be")
    antwoord = als(mensen.secretariaat).post(
        f"/agendapunten/{punt.pk}/bijlagen/nieuw/", {"bestand": SimpleUploadedFile("a.pdf", PDF), "naam": "Stuk"}
    )
    assert antwoord.status_code == 503
    assert "de opslag is vol of niet bereikbaar" in antwoord.content.decode()
    assert 'value="Stuk"' in antwoord.content.decode()
    assert Bijlage.objects.count() == 0


def test_what_comes_in_is_let_go_past_the_limit(map_: Path, vergadering: Vergadering, mensen: Mensen, als: Als) -> None:
    """Nothing larger than allowed reaches the form: it was never kept in memory or on disk."""
    punt = AgendapuntFactory(vergadering=vergadering)
    with override_settings(BIJLAGE_HOOGSTENS=1000):
        antwoord = als(mensen.secretariaat).post(
            f"/agendapunten/{punt.pk}/bijlagen/nieuw/",
            {"bestand": SimpleUploadedFile("a.pdf", PDF + b" " * 200_000), "naam": "Stuk"},
        )
    assert antwoord.status_code == 422
    assert dict(antwoord.wsgi_request.FILES) == {}
    assert "groter dan 0 kB" in antwoord.content.decode()


def test_the_limit_is_that_of_the_settings(map_: Path) -> None:
    assert bijlagen.hoogstens() == MB
