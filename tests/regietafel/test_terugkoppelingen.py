"""Done is not closed: carried out, accepted by a later meeting that was held, withdrawn, opened again."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from maatregelen.versiebewaking import Verouderd
from regietafel.models import Terugkoppeling, Vergadering
from regietafel.terugkoppelingen import Terugkoppelfout, aanvaard, heropen, meld_uitgevoerd, trek_in, zie_af
from tests.factories import PersoonFactory
from tests.regietafel.factories import TerugkoppelingFactory, VergaderingFactory

VANDAAG = datetime.date(2026, 6, 20)
GEDAAN = datetime.date(2026, 5, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db: None) -> Any:
    return PersoonFactory(functie="Secretariaat")


@pytest.fixture
def later(db: None) -> Vergadering:
    return VergaderingFactory(datum=datetime.date(2026, 6, 10), staat="gehouden")


def meld(rij: Terugkoppeling, door: Any, **anders: Any) -> None:
    gewoon = {"op": GEDAAN, "uitkomst": "Het besluit is in werking.", "vandaag": VANDAAG, "versie": None}
    meld_uitgevoerd(rij, door=door, **{**gewoon, **anders})


def test_done_is_reported_and_not_closed(door: Any) -> None:
    rij = TerugkoppelingFactory()
    meld(rij, door)
    rij.refresh_from_db()
    assert (rij.stand, rij.uitgevoerd_op, rij.uitkomst) == ("uitgevoerd", GEDAAN, "Het besluit is in werking.")
    assert (rij.gemeld_door, rij.aanvaard_in, rij.is_gesloten, rij.versie) == (door, None, False, 2)
    assert list(Terugkoppeling.objects.niet_teruggekoppeld()) == [rij]
    meld(rij, door, uitkomst="Het besluit is half in werking.")
    rij.refresh_from_db()
    assert rij.uitkomst == "Het besluit is half in werking."


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"uitkomst": " "}, "uitkomst", "Schrijf in een zin of twee wat ervan is gekomen."),
        ({"op": datetime.date(2026, 6, 21)}, "op", "Deze dag kan niet in de toekomst liggen."),
        (
            {"op": datetime.date(2026, 3, 17)},
            "op",
            "Het besluit is van 18-03-2026; kies die dag of een latere.",
        ),
    ],
)
def test_what_cannot_be_reported(door: Any, anders: dict[str, Any], veld: str, zin: str) -> None:
    rij = TerugkoppelingFactory()
    with pytest.raises(ValidationError) as gevangen:
        meld(rij, door, **anders)
    assert gevangen.value.message_dict == {veld: [zin]}
    rij.refresh_from_db()
    assert (rij.stand, rij.versie) == ("open", 1)


def test_a_later_meeting_that_was_held_closes_it(door: Any, later: Vergadering) -> None:
    rij = TerugkoppelingFactory()
    meld(rij, door)
    aanvaard(rij, later, door=door, versie=2)
    rij.refresh_from_db()
    assert (rij.stand, rij.aanvaard_in, rij.is_gesloten, rij.versie) == ("teruggekoppeld", later, True, 3)
    assert (rij.uitgevoerd_op, rij.uitkomst) == (GEDAAN, "Het besluit is in werking.")
    with pytest.raises(Terugkoppelfout, match="al gesloten"):
        meld(rij, door)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": datetime.date(2026, 6, 10), "staat": "gepland"}, "Deze vergadering is nog niet gehouden."),
        ({"datum": datetime.date(2026, 6, 10), "staat": "agenda_verzonden"}, "Deze vergadering is nog niet gehouden."),
        ({"datum": datetime.date(2026, 3, 18)}, "Kies een vergadering na die waarin dit is besloten."),
        ({"datum": datetime.date(2025, 12, 1)}, "Kies een vergadering na die waarin dit is besloten."),
        ({"datum": None, "datum_tekst": "ooit"}, "Kies een vergadering na die waarin dit is besloten."),
        (
            {"datum": datetime.date(2026, 4, 30)},
            "Dit is uitgevoerd op 01-05-2026, na deze vergadering.",
        ),
    ],
    ids=["planned", "agenda sent", "the same day", "earlier", "unknown day", "before it was done"],
)
def test_no_other_meeting_closes_it(door: Any, velden: dict[str, Any], zin: str) -> None:
    rij = TerugkoppelingFactory()
    meld(rij, door)
    with pytest.raises(ValidationError) as gevangen:
        aanvaard(rij, VergaderingFactory(**velden), door=door, versie=2)
    assert gevangen.value.message_dict == {"vergadering": [zin]}
    rij.refresh_from_db()
    assert (rij.stand, rij.aanvaard_in) == ("uitgevoerd", None)


def test_not_the_meeting_that_decided_it(door: Any) -> None:
    rij = TerugkoppelingFactory()
    meld(rij, door)
    with pytest.raises(ValidationError, match="na die waarin dit is besloten"):
        aanvaard(rij, rij.besluit.agendapunt.vergadering, door=door, versie=2)


def test_what_was_not_done_is_not_accepted(door: Any, later: Vergadering) -> None:
    with pytest.raises(Terugkoppelfout, match="Meld eerst dat het is uitgevoerd"):
        aanvaard(TerugkoppelingFactory(), later, door=door, versie=1)


def test_withdrawn_by_a_later_meeting(door: Any, later: Vergadering) -> None:
    rij = TerugkoppelingFactory()
    with pytest.raises(ValidationError, match="waarom"):
        trek_in(rij, later, reden=" ", door=door, versie=1)
    planned = VergaderingFactory(datum=datetime.date(2026, 9, 1), staat="gepland")
    with pytest.raises(ValidationError, match="nog niet gehouden"):
        trek_in(rij, planned, reden="Achterhaald.", door=door, versie=1)
    trek_in(rij, later, reden="Achterhaald door de nieuwe wet.", door=door, versie=1)
    rij.refresh_from_db()
    assert (rij.stand, rij.aanvaard_in, rij.uitkomst) == ("ingetrokken", later, "Achterhaald door de nieuwe wet.")


def test_nothing_to_report_back(door: Any) -> None:
    rij = TerugkoppelingFactory()
    zie_af(rij, reden="Met het besluit zelf gedaan.", door=door, versie=1)
    rij.refresh_from_db()
    assert (rij.stand, rij.is_gesloten) == ("niet_nodig", True)
    assert not Terugkoppeling.objects.te_doen().exists()


def test_opened_again_everything_is_to_be_done(door: Any, later: Vergadering) -> None:
    rij = TerugkoppelingFactory()
    with pytest.raises(Terugkoppelfout, match="staat al open"):
        heropen(rij, reden="Toch.", door=door, versie=1)
    meld(rij, door)
    aanvaard(rij, later, door=door, versie=2)
    heropen(rij, reden="De rechter vernietigde het.", door=door, versie=3)
    rij.refresh_from_db()
    assert (rij.stand, rij.uitgevoerd_op, rij.aanvaard_in) == ("open", None, None)
    assert rij.uitkomst == "De rechter vernietigde het."


def test_who_looked_at_an_older_version_changes_nothing(door: Any, later: Vergadering) -> None:
    rij = TerugkoppelingFactory()
    for daad in (
        lambda: meld(rij, door, versie=9),
        lambda: aanvaard(rij, later, door=door, versie=9),
        lambda: trek_in(rij, later, reden="Weg.", door=door, versie=9),
        lambda: zie_af(rij, reden="Weg.", door=door, versie=9),
        lambda: heropen(rij, reden="Terug.", door=door, versie=9),
    ):
        with pytest.raises(Verouderd):
            daad()
    rij.refresh_from_db()
    assert (rij.stand, rij.versie) == ("open", 1)


def test_closed_minutes_do_not_block_reporting_back(door: Any, later: Vergadering) -> None:
    rij = TerugkoppelingFactory()
    Vergadering.objects.filter(pk=rij.besluit.agendapunt.vergadering_id).update(
        staat="verslag_vastgesteld", vastgesteld_in=later
    )
    meld(rij, door)
    aanvaard(rij, later, door=door, versie=2)
    assert Terugkoppeling.objects.get().stand == "teruggekoppeld"
