"""What becomes of an action: every verb, allowed and refused, two people at once, closed minutes."""

import datetime
import threading
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from maatregelen.models import Persoon
from maatregelen.versiebewaking import Verouderd
from regietafel.actiepunten import (
    Actiegesloten,
    Deel,
    Trekker,
    draag_over,
    heropen,
    laat_vervallen,
    rond_af,
    splits,
    spreek_af,
    verplaats,
)
from regietafel.models import Actiepunt, Actiewijziging, Vergadering
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.factories import ActiepuntFactory, VergaderingFactory

VANDAAG = datetime.date(2026, 4, 10)
GISTEREN = datetime.date(2026, 4, 9)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wie(db: None) -> dict[str, Any]:
    return {"door": PersoonFactory(functie="Secretariaat"), "vandaag": VANDAAG, "versie": 1}


def fouten(gevangen: Any) -> dict[str, list[str]]:
    return gevangen.value.message_dict  # type: ignore[no-any-return]


def test_done_on_a_day_with_what_came_of_it(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    rij = rond_af(actie, op=GISTEREN, afronding=" De brief is verstuurd. ", **wie)
    actie.refresh_from_db()
    assert (actie.stand, actie.afgerond_op, actie.afronding) == ("afgerond", GISTEREN, "De brief is verstuurd.")
    assert actie.versie == 2
    assert (rij.soort, rij.van_stand, rij.naar_stand, rij.per, rij.reden, rij.door) == (
        "afgerond", "open", "afgerond", GISTEREN, "De brief is verstuurd.", wie["door"],
    )  # fmt: skip
    assert not Actiepunt.objects.open().filter(pk=actie.pk).exists()


def test_done_is_never_tomorrow_and_never_without_words(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    with pytest.raises(ValidationError) as gevangen:
        rond_af(actie, op=VANDAAG + datetime.timedelta(days=1), afronding="Klaar.", **wie)
    assert fouten(gevangen) == {"op": ["Deze dag kan niet in de toekomst liggen."]}
    with pytest.raises(ValidationError) as gevangen:
        rond_af(actie, op=VANDAAG, afronding="  ", **wie)
    assert fouten(gevangen) == {"afronding": ["Schrijf in een zin wat het heeft opgeleverd."]}
    assert Actiewijziging.objects.count() == 0
    actie.refresh_from_db()
    assert (actie.stand, actie.versie) == ("open", 1)


VERBEN = {
    "rond_af": lambda a, w: rond_af(a, op=VANDAAG, afronding="Klaar.", **w),
    "laat_vervallen": lambda a, w: laat_vervallen(a, reden="Niet meer nodig.", **w),
    "draag_over": lambda a, w: draag_over(a, Trekker(wie_tekst="DGM"), reden="Hoort daar.", **w),
    "verplaats": lambda a, w: verplaats(a, "voor 1 juli 2026", reden="Later.", **w),
    "splits": lambda a, w: splits(a, [Deel("Een"), Deel("Twee")], reden="Twee dingen.", **w),
}


@pytest.mark.parametrize("verb", VERBEN)
def test_what_is_done_is_left_alone(wie: dict[str, Any], verb: str) -> None:
    actie = ActiepuntFactory()
    rond_af(actie, op=VANDAAG, afronding="Klaar.", **wie)
    with pytest.raises(Actiegesloten, match=r"Dit actiepunt is afgerond\. Zet het eerst weer open\."):
        VERBEN[verb](actie, {**wie, "versie": 2})
    assert Actiewijziging.objects.count() == 1


@pytest.mark.parametrize("verb", ["rond_af", "draag_over", "verplaats", "splits"])
def test_what_was_never_agreed_is_agreed_on_first(wie: dict[str, Any], verb: str) -> None:
    actie = ActiepuntFactory(soort="aanbod", is_afgesproken=False)
    with pytest.raises(Actiegesloten, match="Dit is een aanbod en nog niet afgesproken"):
        VERBEN[verb](actie, wie)
    spreek_af(actie, reden="De minister neemt het aanbod aan.", **wie)
    actie.refresh_from_db()
    assert (actie.is_afgesproken, actie.soort, actie.versie) == (True, "aanbod", 2)
    VERBEN[verb](actie, {**wie, "versie": 2})


def test_an_offer_of_which_nothing_comes_is_dropped(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory(soort="aanbod", is_afgesproken=False)
    laat_vervallen(actie, reden="Het aanbod is ingetrokken.", **wie)
    actie.refresh_from_db()
    assert (actie.stand, actie.afgerond_op, actie.afronding) == ("vervallen", VANDAAG, "Het aanbod is ingetrokken.")


def test_agreed_is_agreed_once(wie: dict[str, Any]) -> None:
    with pytest.raises(Actiegesloten, match="Dit was al afgesproken"):
        spreek_af(ActiepuntFactory(), reden="Nog eens.", **wie)


def test_reopened_it_is_as_it_was(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    with pytest.raises(Actiegesloten, match="staat al open"):
        heropen(actie, reden="Toch.", **wie)
    rond_af(actie, op=VANDAAG, afronding="Klaar.", **wie)
    rij = heropen(actie, reden="De brief kwam terug.", **{**wie, "versie": 2})
    actie.refresh_from_db()
    assert (actie.stand, actie.afgerond_op, actie.afronding, actie.versie) == ("open", None, "", 3)
    assert (rij.soort, rij.van_stand, rij.naar_stand) == ("heropend", "afgerond", "open")
    assert [w.reden for w in actie.wijzigingen.all()] == ["Klaar.", "De brief kwam terug."]


def test_a_split_action_is_not_reopened(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    splits(actie, [Deel("Een"), Deel("Twee")], reden="Twee dingen.", **wie)
    with pytest.raises(Actiegesloten, match="de delen zijn ervoor in de plaats gekomen"):
        heropen(actie, reden="Toch een.", **{**wie, "versie": 2})


# Who


def test_handed_over_it_says_from_whom_to_whom(wie: dict[str, Any], mensen: Mensen) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie, wie_tekst="SSZW")
    rij = draag_over(actie, Trekker(mensen.ander, mensen.vreemd), reden="Onderwijs gaat erover.", **wie)
    actie.refresh_from_db()
    assert (actie.organisatie, actie.persoon, actie.wie_tekst) == (mensen.ander, mensen.vreemd, "")
    assert (rij.van_organisatie, rij.van_wie_tekst) == (mensen.organisatie, "SSZW")
    assert (rij.naar_organisatie, rij.naar_wie_tekst, rij.per) == (mensen.ander, "Vreemd", VANDAAG)
    assert (rij.van_persoon, rij.naar_persoon) == (None, mensen.vreemd)


def test_what_was_nobodys_gets_an_owner(wie: dict[str, Any], mensen: Mensen) -> None:
    actie = ActiepuntFactory()
    assert list(Actiepunt.objects.zonder_trekker()) == [actie]
    draag_over(actie, Trekker(mensen.organisatie), reden="SZW pakt dit op.", **wie)
    assert not Actiepunt.objects.zonder_trekker().exists()


@pytest.mark.parametrize(
    ("naar", "veld", "zin"),
    [
        (lambda m: Trekker(), "organisatie", "Kies een organisatie, of schrijf in woorden wie het doet."),
        (lambda m: Trekker(m.organisatie), "organisatie", "Dit actiepunt ligt daar al."),
        (lambda m: Trekker(m.ander, m.eigen), "persoon", "Deze persoon hoort niet bij OCW."),
        (lambda m: Trekker(None, m.eigen), "organisatie", "Kies ook de organisatie van deze persoon."),
        (
            lambda m: Trekker(OrganisatieFactory(afkorting="gemeenten", soort="aanduiding")),
            "organisatie",
            "gemeenten is een woord uit de teksten; er horen geen mensen bij. Schrijf het bij 'wie, in woorden'.",
        ),
        (
            lambda m: Trekker(
                OrganisatieFactory(afkorting="VenJ", geldig_tot=datetime.date(2017, 10, 26), opvolger=m.ander)
            ),
            "organisatie",
            "VenJ is opgeheven. Kies OCW.",
        ),
    ],
    ids=["nobody", "the same", "of elsewhere", "without organisation", "a word", "ended"],
)
def test_an_owner_that_cannot_be_one(wie: dict[str, Any], mensen: Mensen, naar: Any, veld: str, zin: str) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie)
    with pytest.raises(ValidationError) as gevangen:
        draag_over(actie, naar(mensen), reden="Omdat.", **wie)
    assert fouten(gevangen) == {veld: [zin]}
    actie.refresh_from_db()
    assert (actie.organisatie, actie.versie) == (mensen.organisatie, 1)


def test_a_reason_is_always_asked(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    for daad in (
        lambda: laat_vervallen(actie, reden=" ", **wie),
        lambda: heropen(actie, reden=" ", **wie),
        lambda: draag_over(actie, Trekker(wie_tekst="DGM"), reden="", **wie),
        lambda: verplaats(actie, "voor 1 juli 2026", reden="", **wie),
        lambda: splits(actie, [Deel("Een"), Deel("Twee")], reden="", **wie),
        lambda: spreek_af(actie, reden="\n", **wie),
    ):
        with pytest.raises(ValidationError) as gevangen:
            daad()
        assert fouten(gevangen) == {"reden": ["Schrijf in een zin waarom."]}
    assert Actiewijziging.objects.count() == 0


# By when


def test_moved_it_counts_and_keeps_what_it_was(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    rij = verplaats(actie, "voor 1 juli 2026", reden="De Kamer wil eerst debat.", **wie)
    actie.refresh_from_db()
    assert (actie.termijn_tekst, actie.begin, actie.einde) == ("voor 1 juli 2026", None, datetime.date(2026, 6, 30))
    assert (actie.precisie, actie.relatie, actie.peildatum) == ("dag", "voor", VANDAAG)
    assert (rij.soort, rij.termijnsoort) == ("verplaatst", "uitgesteld")
    assert rij.van_termijn == {
        "termijn_tekst": "voor 1 juni 2026", "begin": None, "einde": "2026-05-31", "precisie": "dag",
        "relatie": "voor", "herhaling": "", "duur": "", "gebeurtenis": "", "peildatum": "2026-03-18",
    }  # fmt: skip
    assert rij.naar_termijn["einde"] == "2026-06-30"
    assert Actiepunt.objects.met_verplaatsingen().get().aantal_verplaatsingen == 1  # type: ignore[attr-defined]


def test_sharpening_is_no_move(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory(
        termijn_tekst="voor de zomer", einde=datetime.date(2026, 6, 20), precisie="seizoen", relatie="voor"
    )
    rij = verplaats(actie, "op 15 juni 2026", reden="De dag staat nu vast.", **wie)
    assert rij.termijnsoort == "verscherpt"
    assert Actiepunt.objects.met_verplaatsingen().get().aantal_verplaatsingen == 0  # type: ignore[attr-defined]
    verplaats(actie, "op 1 juni 2026", reden="Het kan eerder.", **{**wie, "versie": 2})
    verplaats(actie, "zo snel mogelijk", reden="Onbekend.", **{**wie, "versie": 3})
    assert [w.termijnsoort for w in actie.wijzigingen.all()] == ["verscherpt", "vervroegd", "vervaagd"]
    assert Actiepunt.objects.met_verplaatsingen().get().aantal_verplaatsingen == 2  # type: ignore[attr-defined]


def test_what_had_no_termijn_gets_one(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory(termijn_tekst="", einde=None, precisie="", relatie="")
    assert verplaats(actie, "voor 1 juli 2026", reden="Afgesproken.", **wie).termijnsoort == "verscherpt"


def test_the_same_termijn_and_no_words_are_refused(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    for tekst, zin in (
        ("voor 1 juni 2026", "Dit is de termijn die er al staat."),
        (" ", "Schrijf wanneer het klaar is."),
    ):
        with pytest.raises(ValidationError) as gevangen:
            verplaats(actie, tekst, peildatum=actie.peildatum, reden="Omdat.", **wie)
        assert fouten(gevangen) == {"termijn_tekst": [zin]}


# Parts


def test_the_parts_take_its_place(wie: dict[str, Any], mensen: Mensen) -> None:
    actie = ActiepuntFactory(code="lrt-2026-03-18-a07", soort="toezegging", organisatie=mensen.organisatie)
    maatregel = MaatregelFactory()
    actie.maatregelen.add(maatregel)
    delen = [Deel("Gesprek met de VNG", Trekker(mensen.organisatie)), Deel("Wetsvoorstel", termijn_tekst="in 2027")]
    een, twee = splits(actie, delen, reden="Het zijn twee dingen.", **wie)
    actie.refresh_from_db()
    assert (actie.stand, actie.afgerond_op, actie.afronding) == ("gesplitst", VANDAAG, "Het zijn twee dingen.")
    assert [een.code, twee.code] == ["lrt-2026-03-18-a07-1", "lrt-2026-03-18-a07-2"]
    assert (een.wat, een.organisatie, een.einde) == ("Gesprek met de VNG", mensen.organisatie, actie.einde)
    assert (twee.organisatie, twee.termijn_tekst, twee.einde) == (None, "in 2027", datetime.date(2027, 12, 31))
    assert [list(deel.maatregelen.all()) for deel in (een, twee)] == [[maatregel], [maatregel]]
    assert list(actie.afsplitsingen.order_by("code")) == [een, twee]
    assert {een.soort, twee.soort, een.stand} == {"toezegging", "open"}


def test_one_part_or_an_empty_one_is_no_split(wie: dict[str, Any]) -> None:
    actie = ActiepuntFactory()
    with pytest.raises(ValidationError, match="minstens twee"):
        splits(actie, [Deel("Een")], reden="Omdat.", **wie)
    with pytest.raises(ValidationError, match="bij elk deel"):
        splits(actie, [Deel("Een"), Deel(" ")], reden="Omdat.", **wie)
    assert Actiepunt.objects.count() == 1


# Versions, closed minutes, two at once


@pytest.mark.parametrize("verb", [*VERBEN, "heropen", "spreek_af"])
def test_who_looked_at_an_older_version_changes_nothing(wie: dict[str, Any], verb: str) -> None:
    actie = ActiepuntFactory()
    ander = {**wie, "versie": 7}
    daad = {
        **VERBEN,
        "heropen": lambda a, w: heropen(a, reden="Toch.", **w),
        "spreek_af": lambda a, w: spreek_af(a, reden="Toch.", **w),
    }[verb]
    with pytest.raises(Verouderd):
        daad(actie, ander)
    assert Actiewijziging.objects.count() == 0


@pytest.mark.parametrize("verb", VERBEN)
def test_closed_minutes_do_not_block_what_follows(wie: dict[str, Any], verb: str) -> None:
    actie = ActiepuntFactory()
    Vergadering.objects.filter(pk=actie.agendapunt.vergadering_id).update(
        staat="verslag_vastgesteld", vastgesteld_in=VergaderingFactory(datum=datetime.date(2026, 6, 10))
    )
    VERBEN[verb](actie, wie)
    assert actie.wijzigingen.count() == 1


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_two_people_at_once_finish_it_once() -> None:
    actie = ActiepuntFactory()
    mensen = [PersoonFactory(), PersoonFactory()]
    uitkomsten: list[str] = []
    samen = threading.Barrier(2)

    def doe(persoon: Persoon) -> None:
        try:
            samen.wait()
            rond_af(
                Actiepunt.objects.get(pk=actie.pk), op=VANDAAG, afronding=f"Klaar volgens {persoon}.",
                door=persoon, vandaag=VANDAAG, versie=1,
            )  # fmt: skip
            uitkomsten.append("gelukt")
        except Verouderd:
            uitkomsten.append("verouderd")
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(persoon,)) for persoon in mensen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) == ["gelukt", "verouderd"]
    assert Actiewijziging.objects.count() == 1


def test_a_person_who_left_is_not_of_that_organisation(wie: dict[str, Any]) -> None:
    lid = LidmaatschapFactory(tot=VANDAAG)
    with pytest.raises(ValidationError) as gevangen:
        draag_over(ActiepuntFactory(), Trekker(lid.organisatie, lid.persoon), reden="Omdat.", **wie)
    assert list(fouten(gevangen)) == ["persoon"]
