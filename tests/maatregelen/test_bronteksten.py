"""The texts of documents: attached from a folder or by a person through one door, never cut short in silence."""

import datetime
import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from maatregelen.documenten import Documentfout, voeg_bronnen_toe, voeg_brontekst_toe
from maatregelen.models import Agenda, Brontekst
from tests.factories import (
    AgendaFactory,
    MaatregelFactory,
    MijlpaalFactory,
    PersoonFactory,
    PijlerFactory,
    TijdsaanduidingFactory,
)

pytestmark = pytest.mark.django_db
MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)
TIEN = "".join(f"regel {nummer}\n" for nummer in range(1, 11))


@pytest.fixture
def agenda() -> Agenda:
    """An agenda whose records refer to line 10 at most, beside a longer one."""
    agenda = AgendaFactory(slug="eigen", bronbestand="eigen.txt")
    pijler = PijlerFactory(agenda=agenda, nummer="1", regel_van=1, regel_tot=1)
    maatregel = MaatregelFactory(code="e-1", pijler=pijler, regel_van=4, regel_tot=9)
    MijlpaalFactory(maatregel=maatregel, regel_van=8, regel_tot=10)
    TijdsaanduidingFactory(maatregel=maatregel, regel_van=7, regel_tot=7)
    vreemd = AgendaFactory(slug="vreemd", bronbestand="vreemd.txt")
    MaatregelFactory(code="v-1", pijler=PijlerFactory(agenda=vreemd), regel_van=400, regel_tot=500)
    return agenda


def bijvoegen(agenda: Agenda, inhoud: bytes, naam: str = "stuk.txt") -> Brontekst:
    """Attach, as nobody."""
    return voeg_brontekst_toe(agenda, bestandsnaam=naam, inhoud=inhoud, door=None, moment=MOMENT)


def test_attach(agenda: Agenda) -> None:
    persoon = PersoonFactory()
    brontekst = voeg_brontekst_toe(
        agenda, bestandsnaam="map/stuk.txt", inhoud=TIEN.encode(), door=persoon, moment=MOMENT
    )
    assert Brontekst.objects.get() == brontekst
    assert (brontekst.agenda, brontekst.bestandsnaam, brontekst.tekst) == (agenda, "stuk.txt", TIEN)
    assert (brontekst.bijgevoegd_door, brontekst.bijgevoegd_op) == (persoon, MOMENT)
    assert brontekst.controlegetal == hashlib.sha256(TIEN.encode()).hexdigest()
    assert brontekst.passage(4, 4, rondom=1) == [(3, "regel 3", False), (4, "regel 4", True), (5, "regel 5", False)]


def test_line_endings_and_byte_order_mark_do_not_matter(agenda: Agenda) -> None:
    eerste = bijvoegen(agenda, TIEN.encode())
    tweede = bijvoegen(agenda, b"\xef\xbb\xbf" + TIEN.replace("\n", "\r\n").encode())
    assert (eerste.pk, eerste.controlegetal) == (tweede.pk, tweede.controlegetal)


def test_the_same_text_again_changes_nothing_and_another_replaces(agenda: Agenda) -> None:
    bijvoegen(agenda, TIEN.encode())
    persoon = PersoonFactory()
    voeg_brontekst_toe(agenda, bestandsnaam="anders.txt", inhoud=TIEN.encode(), door=persoon, moment=LATER)
    assert Brontekst.objects.values_list("bestandsnaam", "bijgevoegd_op", "bijgevoegd_door").get() == (
        "stuk.txt",
        MOMENT,
        None,
    )
    voeg_brontekst_toe(agenda, bestandsnaam="anders.txt", inhoud=TIEN.upper().encode(), door=persoon, moment=LATER)
    assert Brontekst.objects.values_list("bestandsnaam", "bijgevoegd_op", "bijgevoegd_door", "tekst").get() == (
        "anders.txt",
        LATER,
        persoon.pk,
        TIEN.upper(),
    )


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "stuk.txt: het bestand is leeg."),
        (b" \n\n", "stuk.txt: het bestand is leeg."),
        (
            "één".encode("latin-1"),
            "stuk.txt: dit is geen UTF-8-tekst (byte 1 klopt niet). Sla het op als platte tekst.",
        ),
        (b"een\ntwee\x00\n" + b"x\n" * 10, "stuk.txt: regel 2 bevat stuurtekens; dit is geen platte tekst."),
        (b"x" * (2 * 1024 * 1024 + 1), "stuk.txt: het bestand is groter dan 2 MB."),
        (
            TIEN.encode()[:-9],
            "stuk.txt: de tekst heeft 9 regels, en daarbuiten liggen termijn bij e-1 (regel 10). "
            "Is dit wel de tekst van agenda eigen?",
        ),
        (
            b"een\ntwee\ndrie",
            "stuk.txt: de tekst heeft 3 regels, en daarbuiten liggen maatregel e-1 (regel 9), "
            "termijn bij e-1 (regel 10), termijn bij e-1 (regel 7). Is dit wel de tekst van agenda eigen?",
        ),
    ],
    ids=["empty", "blank", "latin-1", "control characters", "too large", "one line short", "too short"],
)
def test_refused(agenda: Agenda, inhoud: bytes, zin: str) -> None:
    with pytest.raises(ValidationError) as gevangen:
        bijvoegen(agenda, inhoud)
    assert gevangen.value.messages == [zin]
    assert Brontekst.objects.count() == 0


def test_a_last_line_without_an_end_counts(agenda: Agenda) -> None:
    assert bijvoegen(agenda, TIEN.encode()[:-1]).tekst == TIEN[:-1]


def test_many_lines_out_of_range_are_summed_up(agenda: Agenda) -> None:
    pijler = agenda.pijlers.get()
    for nummer in range(2, 8):
        MaatregelFactory(code=f"e-{nummer}", pijler=pijler, regel_van=99, regel_tot=99)
    with pytest.raises(ValidationError) as gevangen:
        bijvoegen(agenda, TIEN.encode())
    assert gevangen.value.messages == [
        "stuk.txt: de tekst heeft 10 regels, en daarbuiten liggen maatregel e-2 (regel 99), maatregel e-3 (regel 99), "
        "maatregel e-4 (regel 99), maatregel e-5 (regel 99), maatregel e-6 (regel 99) en nog 1. "
        "Is dit wel de tekst van agenda eigen?"
    ]


def test_from_a_folder(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "eigen.txt").write_text(TIEN)
    assert voeg_bronnen_toe(tmp_path, moment=MOMENT) == [
        "eigen.txt: bijgevoegd bij agenda eigen, 10 regels.",
        "vreemd.txt: staat niet in de map; agenda vreemd houdt alleen regelnummers.",
    ]
    assert voeg_bronnen_toe(tmp_path, moment=LATER)[0] == "eigen.txt: was al bijgevoegd bij agenda eigen."
    assert Brontekst.objects.values_list("agenda__slug", "bijgevoegd_op").get() == ("eigen", MOMENT)


def test_from_a_folder_never_over_the_text_of_a_person(agenda: Agenda, tmp_path: Path) -> None:
    voeg_brontekst_toe(agenda, bestandsnaam="x.txt", inhoud=TIEN.encode(), door=PersoonFactory(), moment=MOMENT)
    (tmp_path / "eigen.txt").write_text(TIEN.upper())
    regels = voeg_bronnen_toe(tmp_path, moment=LATER)
    assert regels[0] == "eigen.txt: gelaten, want bij agenda eigen is in het systeem al een tekst bijgevoegd."
    assert Brontekst.objects.get().tekst == TIEN


def test_from_a_folder_with_faults(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "eigen.txt").mkdir()
    (tmp_path / "vreemd.txt").write_text("te kort")
    with pytest.raises(Documentfout) as gevangen:
        voeg_bronnen_toe(tmp_path, moment=MOMENT)
    assert gevangen.value.fouten == [
        "eigen.txt: dit bestand is niet te lezen (Is a directory).",
        "vreemd.txt: de tekst heeft 1 regels, en daarbuiten liggen maatregel v-1 (regel 500). "
        "Is dit wel de tekst van agenda vreemd?",
    ]


def test_the_wrong_folder(agenda: Agenda, tmp_path: Path) -> None:
    with pytest.raises(Documentfout) as leeg:
        voeg_bronnen_toe(tmp_path, moment=MOMENT)
    assert leeg.value.fouten == [f"{tmp_path}: geen van de teksten staat in deze map (eigen.txt, vreemd.txt)."]
    with pytest.raises(Documentfout) as weg:
        voeg_bronnen_toe(tmp_path / "weg", moment=MOMENT)
    assert weg.value.fouten == [f"{tmp_path / 'weg'}: deze map bestaat niet of is niet te lezen."]


def test_the_command_undoes_everything_when_a_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2024-gezamenlijke-agenda.txt").write_text("te kort")
    with pytest.raises(CommandError) as gevangen:
        call_command("laad_agendas", bronnen=tmp_path)
    regels = str(gevangen.value).splitlines()
    assert regels[0].startswith("2024-gezamenlijke-agenda.txt: de tekst heeft 1 regels, en daarbuiten liggen pijler 0 ")
    assert regels[1:] == ["Er is niets geladen."]
    assert (Agenda.objects.count(), Brontekst.objects.count()) == (0, 0)


def test_the_command_attaches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2024-gezamenlijke-agenda.txt").write_text("regel\n" * 184)
    call_command("laad_agendas", bronnen=tmp_path)
    uit = capsys.readouterr().out.splitlines()
    assert "2024-gezamenlijke-agenda.txt: bijgevoegd bij agenda 2024, 184 regels." in uit
    assert Brontekst.objects.get().agenda.slug == "2024"
