"""What followers are told: of what, once, never their own doing, not what was before, not for ever."""

import datetime
from collections.abc import Callable

import pghistory
import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from maatregelen import herinneringen, herinnerplan
from maatregelen.models import (
    Berichtvoorkeur,
    Betrokkenheid,
    Herinnering,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
    Statuswijziging,
    Termijnwijziging,
    Volger,
    Volgfilter,
    Zichtniveau,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.publicatie import ruim_embargo_op
from maatregelen.reacties import dien_in, trek_in
from maatregelen.statuswissel import wijzig_status
from maatregelen.termijnbewaking import wijzig_mijlpaal
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory
from tests.maatregelen.herinnerstof import (
    DAG,
    NU,
    bewerk,
    boek,
    d,
    dag,
    lang_geleden,
    loop,
    om,
    post,
    zet_historie,
)

PARTNER = "partner@voorbeeld.nl"
UUR, MINUUT = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    """A measure of SZW, months old, and one that nobody follows."""
    MaatregelFactory(trekker=mensen.ander)
    stuk = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen", trekker=mensen.organisatie)
    lang_geleden()
    return stuk


@pytest.fixture
def gevolgd(maatregel: Maatregel, mensen: Mensen) -> Maatregel:
    """That measure, followed by the partner since yesterday."""
    Volger.objects.create(maatregel=maatregel, persoon=mensen.partner, sinds=NU - DAG)
    return maatregel


def selectie(persoon: Persoon, naam: str = "mijn selectie", **velden: object) -> Volgfilter:
    """A selection that this person follows since yesterday."""
    return Volgfilter.objects.create(persoon=persoon, naam=naam, sinds=NU - DAG, **velden)


def verschuif(stuk: Maatregel, naar: str, door: Persoon, moment: datetime.datetime = NU) -> Statuswijziging:
    """A change of status."""
    return wijzig_status(stuk, naar, door=door, toelichting="Besluit genomen.", moment=moment)


def nieuws(moment: datetime.datetime = NU) -> list[tuple[str, str, str]]:
    """What there is to tell: to whom, what kind, about which measure."""
    return sorted(
        (melding.persoon.email, str(melding.stap), melding.maatregel.code)
        for melding in herinneringen.voorgenomen_nieuws(moment=moment)
    )


def plan(moment: datetime.datetime = NU) -> None:
    """The ledger rows of a moment, and then the worker is gone."""
    vraag = herinnerplan.nieuwsvraag(moment, moment.date(), Ontvangers(moment.date()))
    herinnerplan.leg_vast(vraag, vandaag=moment.date(), moment=moment)


# A status


def test_followers_with_a_role_are_told_what_others_changed(maatregel: Maatregel, mensen: Mensen) -> None:
    for persoon in Persoon.objects.all():
        Volger.objects.create(maatregel=maatregel, persoon=persoon, sinds=NU - DAG)
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    rij = verschuif(maatregel, "in_uitvoering", mensen.eigen)
    assert mail.outbox == []  # nothing happens in the request
    verslag = herinneringen.verstuur_statusberichten(moment=NU)
    assert (verslag.gepland, dict(verslag.aantallen)) == (4, {"verzonden": 4})
    assert sorted(aan for aan, _ in post()) == [
        "beheerder@voorbeeld.nl", PARTNER, "secretariaat@voorbeeld.nl", "vreemd@voorbeeld.nl",
    ]  # fmt: skip
    assert set(Herinnering.objects.values_list("stap", "statuswijziging", "mijlpaal", "reden", "hoedanigheid")) == {
        (Stap.STATUS, rij.pk, None, "u volgt deze maatregel", "volger")
    }
    herinneringen.verstuur_statusberichten(moment=NU)
    assert len(mail.outbox) == 4


def test_each_change_once_and_not_what_was_before_they_followed(gevolgd: Maatregel, mensen: Mensen) -> None:
    verschuif(gevolgd, "in_voorbereiding", mensen.eigen, NU - DAG)
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    verschuif(gevolgd, "uitgevoerd", mensen.eigen, NU + MINUUT)
    herinneringen.verstuur_statusberichten(moment=NU + UUR)
    assert [onderwerp for _, onderwerp in post()] == [
        "2024-2-03 Verdeelbesluit nemen: nu in uitvoering (was in voorbereiding)",
        "2024-2-03 Verdeelbesluit nemen: nu uitgevoerd (was in uitvoering)",
    ]


def test_news_is_news_for_fourteen_days(gevolgd: Maatregel, mensen: Mensen) -> None:
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    assert len(nieuws(NU + 14 * DAG)) == 1
    assert nieuws(NU + 14 * DAG + datetime.timedelta(seconds=1)) == []
    # What is in the ledger is owed, however long the mail server was gone.
    plan()
    herinneringen.verstuur_statusberichten(moment=NU + 30 * DAG)
    assert boek() == [(PARTNER, "status", "verzonden")]


@pytest.mark.parametrize(
    "verandering",
    [
        lambda wie: Volger.objects.filter(persoon=wie).delete(),
        lambda wie: Volger.objects.filter(persoon=wie).update(sinds=NU + UUR),
        lambda wie: Persoon.objects.filter(pk=wie.pk).update(is_active=False),
        lambda wie: Lidmaatschap.objects.filter(persoon=wie).update(tot=NU.date()),
        lambda wie: Berichtvoorkeur.objects.create(persoon=wie, gevolgd="geen"),
    ],
    ids=["no longer follows", "follows anew", "inactive", "no role", "wants none"],
)
def test_a_follower_who_left_gets_no_mail(
    gevolgd: Maatregel, mensen: Mensen, verandering: Callable[[Persoon], object]
) -> None:
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    plan()
    verandering(mensen.partner)
    herinneringen.verstuur_statusberichten(moment=NU)
    assert boek() == [(PARTNER, "status", "niet_meer_nodig")]
    assert mail.outbox == []


@pytest.mark.parametrize(
    "verandering",
    [
        lambda rij: rij.delete(),
        lambda rij: Volgfilter.objects.update(meld_gewijzigd=False),
        lambda rij: Volgfilter.objects.update(sinds=NU + UUR),
        lambda rij: Volgfilter.objects.update(status="vervallen"),
    ],
    ids=["stopped", "turned off", "follows anew", "another selection"],
)
def test_a_selection_that_was_left_sends_no_mail(
    maatregel: Maatregel, mensen: Mensen, verandering: Callable[[Volgfilter], object]
) -> None:
    rij = selectie(mensen.partner, pijler=maatregel.pijler)
    verschuif(maatregel, "in_uitvoering", mensen.eigen)
    plan()
    verandering(rij)
    herinneringen.verstuur_statusberichten(moment=NU)
    assert boek() == [(PARTNER, "status", "niet_meer_nodig")]


# Each kind of news, for a follower of the measure and for who follows a selection that covers it

SOORTEN: dict[str, Callable[[Maatregel, Persoon], object]] = {
    "status": lambda stuk, door: verschuif(stuk, "in_uitvoering", door),
    "termijn": lambda stuk, door: wijzig_mijlpaal(
        MijlpaalFactory(maatregel=stuk, aangemaakt_op=om(dag(voor=100))),
        {"einde": d("2025-03-01"), "termijn_tekst": "voor 2 maart 2025"},
        reden="Het advies is er nog niet.", door=door, versie=1, moment=NU,
    ),
    "titel": lambda stuk, door: bewerk(stuk, door, NU, titel="Verdeelbesluit en verdeelsleutel"),
    "voortgang": lambda stuk, door: bewerk(
        stuk, door, NU, voortgang="vertraagd", voortgang_op=NU.date(), voortgang_toelichting="Later."
    ),
    "betrokkenheid": lambda stuk, door: bewerk(stuk.betrokkenheden.get(), door, NU, tot=NU.date()),
    "behaald": lambda stuk, door: bewerk(
        een_oude_mijlpaal(stuk), door, NU, behaald_op=NU.date(), behaald_bewijs="Stcrt."
    ),
}  # fmt: skip


def een_oude_mijlpaal(stuk: Maatregel) -> Mijlpaal:
    """A milestone that was there already."""
    rij = MijlpaalFactory(maatregel=stuk)
    zet_historie(Mijlpaal, om(dag(voor=100)), pgh_obj=rij.pk)
    return rij


@pytest.mark.parametrize("hoe", ["volger", "selectie"])
@pytest.mark.parametrize("soort", SOORTEN)
def test_news_reaches_followers_once_and_never_who_made_it(
    maatregel: Maatregel, mensen: Mensen, soort: str, hoe: str
) -> None:
    for persoon in (mensen.partner, mensen.eigen):
        if hoe == "volger":
            Volger.objects.create(maatregel=maatregel, persoon=persoon, sinds=NU - DAG)
        else:
            selectie(persoon, pijler=maatregel.pijler)
    SOORTEN[soort](maatregel, mensen.eigen)
    # Of content the quarter of an hour must be over; a new milestone beside a moved one is no news here.
    zet_historie(Mijlpaal, om(dag(voor=100)), pgh_label="insert")
    stap = soort if soort in ("status", "termijn") else "gewijzigd"
    assert nieuws(NU + 15 * MINUUT) == [(PARTNER, stap, "2024-2-03")]
    herinneringen.verstuur_statusberichten(moment=NU + 15 * MINUUT)
    herinneringen.verstuur_statusberichten(moment=NU + UUR)
    assert [aan for aan, _ in post()] == [PARTNER]
    assert boek() == [(PARTNER, stap, "verzonden")]
    assert Herinnering.objects.get().reden == (
        "u volgt deze maatregel" if hoe == "volger" else 'u volgt "mijn selectie"'
    )


def test_what_a_command_or_an_event_changed_is_news_for_everybody(gevolgd: Maatregel) -> None:
    bewerk(gevolgd, None, NU, toelichting="Uit het nieuwe document.")
    rij = een_oude_mijlpaal(gevolgd)
    Termijnwijziging.objects.create(
        mijlpaal=rij, soort="bepaald", van_tekst="daarna", van_precisie="duur", naar_tekst="daarna",
        naar_einde=d("2025-01-01"), naar_precisie="dag", reden="De wet is in werking.", door=None, vastgelegd_op=NU,
    )  # fmt: skip
    assert [stap for _, stap, _ in nieuws(NU + UUR)] == ["gewijzigd", "termijn"]


def test_what_is_not_the_content_is_no_news(gevolgd: Maatregel, mensen: Mensen) -> None:
    bewerk(gevolgd, mensen.eigen, NU, volgorde=99, versie=7, gewijzigd_op=NU, regel_van=3, regel_tot=4)
    assert nieuws(NU + UUR) == []


# Content: people save more than once


def test_edits_of_one_quarter_are_one_mail_and_later_ones_are_not_lost(gevolgd: Maatregel, mensen: Mensen) -> None:
    bewerk(gevolgd, mensen.eigen, NU + MINUUT, titel="Verdeelbesluit")
    bewerk(gevolgd, mensen.eigen, NU + 14 * MINUUT, voorwaarde="Als er geld is.")
    bewerk(gevolgd, mensen.eigen, NU + 40 * MINUUT, toelichting="Zie de brief.")
    assert nieuws(NU + 14 * MINUUT) == []  # somebody is still at it
    for minuut in range(0, 90, 5):
        herinneringen.verstuur_statusberichten(moment=NU + minuut * MINUUT)
    assert [bericht.body.split("\n")[2] for bericht in mail.outbox] == [
        "Op 17 december 2024 is gewijzigd: de titel, de voorwaarde.",
        "Op 17 december 2024 is gewijzigd: de toelichting.",
    ]


def test_an_hour_that_comes_twice_is_two_hours(gevolgd: Maatregel, mensen: Mensen) -> None:
    """In the night of 27 October 2024 02:10 in Amsterdam was at 00:10 and at 01:10 in London."""
    Volger.objects.update(sinds=om(d("2024-10-01")))
    zet_historie(Maatregel, om(d("2024-09-01")), pgh_obj=gevolgd.pk)
    for uur, titel in ((0, "Eerst"), (1, "Daarna")):
        bewerk(gevolgd, mensen.eigen, om(d("2024-10-27"), uur, 10), titel=titel)
    for uur in (0, 1, 2):
        herinneringen.verstuur_statusberichten(moment=om(d("2024-10-27"), uur, 20))
    assert len(mail.outbox) == 2
    assert list(Herinnering.objects.order_by("id").values_list("sleuteldag", "trede")) == [
        (d("2024-10-27"), 8), (d("2024-10-27"), 12),
    ]  # fmt: skip


def test_words_for_milestones(gevolgd: Maatregel, mensen: Mensen) -> None:
    oud = een_oude_mijlpaal(gevolgd)
    nieuw = MijlpaalFactory(maatregel=gevolgd, omschrijving="Brief aan de Kamer", termijn_tekst="morgen")
    zet_historie(Mijlpaal, NU, pgh_obj=nieuw.pk)
    bewerk(oud, mensen.eigen, NU + MINUUT, behaald_op=NU.date(), behaald_bewijs="Stcrt. 2024, 1")
    bewerk(oud, mensen.eigen, NU + 20 * MINUUT, behaald_op=None, behaald_bewijs="")
    bewerk(oud, mensen.eigen, NU + 40 * MINUUT, hardheid="wettelijk")
    herinneringen.verstuur_statusberichten(moment=NU + UUR)
    assert [bericht.body.split("gewijzigd: ")[1].split("\n")[0] for bericht in mail.outbox] == [
        "de mijlpaal 'Brief aan de Kamer' (nieuw), de mijlpaal 'Verdeelbesluit genomen' (behaald).",
        "de mijlpaal 'Verdeelbesluit genomen' (toch niet behaald).",
        "de mijlpaal 'Verdeelbesluit genomen'.",
    ]


def test_a_reaction_is_told_once_others_can_read_it(gevolgd: Maatregel, mensen: Mensen) -> None:
    koepel = Organisatie.objects.get(slug="vng")
    Volger.objects.create(maatregel=gevolgd, persoon=mensen.eigen, sinds=NU - DAG)
    dien_in(
        gevolgd, koepel, soort="afwijkend", tekst="Nee.", embargo_tot=NU + UUR, door=mensen.partner, moment=NU + MINUUT
    )  # fmt: skip
    weg = dien_in(
        gevolgd, koepel, soort="reactie", tekst="Ja.", embargo_tot=None, door=mensen.partner, moment=NU + MINUUT
    )  # fmt: skip
    trek_in(weg, reden="Vergist.", versie=None, moment=NU + 2 * MINUUT)
    for minuut in range(0, 75, 5):
        herinneringen.verstuur_statusberichten(moment=NU + minuut * MINUUT)
    assert post() == []
    ruim_embargo_op(NU + UUR)
    for minuut in range(75, 180, 5):
        herinneringen.verstuur_statusberichten(moment=NU + minuut * MINUUT)
    # Who wrote it hears nothing of it.
    assert [(bericht.to, bericht.body.split("\n")[2]) for bericht in mail.outbox] == [
        (["eigen@voorbeeld.nl"], "Op 17 december 2024 is gewijzigd: een afwijkend standpunt van VNG.")
    ]


# New


def test_a_new_measure_is_told_to_who_follows_its_place_and_its_details_are_not(
    maatregel: Maatregel, mensen: Mensen
) -> None:
    selectie(mensen.partner, pijler=maatregel.pijler)
    selectie(mensen.eigen, agenda=maatregel.pijler.agenda)
    selectie(mensen.vreemd, organisatie=mensen.ander)
    with pghistory.context(user=mensen.eigen.pk):
        nieuw = MaatregelFactory(code="nieuw", pijler=maatregel.pijler, aangemaakt_op=NU)
    bewerk(nieuw, mensen.collega, NU + MINUUT, titel="Met een betere titel")
    herinneringen.verstuur_statusberichten(moment=NU + UUR)
    # Who made it hears only of what another made of it; who follows other things hears nothing.
    assert sorted(post()) == [
        ("eigen@voorbeeld.nl", "Gewijzigd: nieuw Met een betere titel"),
        (PARTNER, "Nieuw: nieuw Met een betere titel"),
    ]
    herinneringen.verstuur_statusberichten(moment=NU + DAG)
    assert len(mail.outbox) == 2


def test_a_measure_that_comes_into_sight_is_new_for_who_could_not_see_it(maatregel: Maatregel, mensen: Mensen) -> None:
    """Made months ago, under an embargo of SZW: its people knew it, OCW and VNG hear of it when it opens."""
    for wie in (mensen.partner, mensen.eigen, mensen.vreemd):
        selectie(wie, pijler=maatregel.pijler)
    Maatregel.objects.filter(pk=maatregel.pk).update(embargo_tot=NU, afgeschermd_voor=mensen.organisatie)
    zet_historie(Maatregel, NU - 50 * DAG, pgh_obj=maatregel.pk)
    assert nieuws(NU - MINUUT) == []
    assert ruim_embargo_op(NU) == 1
    zet_historie(Maatregel, NU, pgh_obj=maatregel.pk)
    assert nieuws(NU + MINUUT) == [
        (PARTNER, "nieuw", "2024-2-03"), ("vreemd@voorbeeld.nl", "nieuw", "2024-2-03"),
    ]  # fmt: skip
    herinneringen.verstuur_statusberichten(moment=NU + MINUUT)
    herinneringen.verstuur_statusberichten(moment=NU + DAG)
    assert len(post()) == 2


@pytest.mark.parametrize(("van", "naar", "wie"), [
    (Zichtniveau.RIJK, Zichtniveau.REGIETAFEL, [PARTNER]),
    (Zichtniveau.RIJK, Zichtniveau.RIJK, []),
    (Zichtniveau.REGIETAFEL, Zichtniveau.RIJK, []),
    (Zichtniveau.REGIETAFEL, Zichtniveau.OPENBAAR, []),
])  # fmt: skip
def test_a_wider_level_makes_it_new_for_whom_it_was_too_narrow(
    maatregel: Maatregel, mensen: Mensen, van: Zichtniveau, naar: Zichtniveau, wie: list[str]
) -> None:
    for persoon in (mensen.partner, mensen.vreemd):
        selectie(persoon, pijler=maatregel.pijler)
    Maatregel.objects.filter(pk=maatregel.pk).update(zichtbaarheid=van)
    zet_historie(Maatregel, NU - 50 * DAG, pgh_obj=maatregel.pk)
    with pghistory.context(user=mensen.secretariaat.pk):
        Maatregel.objects.filter(pk=maatregel.pk).update(zichtbaarheid=naar, versie=F("versie") + 1)
    zet_historie(Maatregel, NU, pgh_obj=maatregel.pk)
    assert [adres for adres, stap, _ in nieuws(NU + MINUUT) if stap == "nieuw"] == wie


def test_a_measure_that_becomes_an_organisations_is_new_for_who_follows_it(
    maatregel: Maatregel, mensen: Mensen
) -> None:
    selectie(mensen.partner, "alles van OCW", organisatie=mensen.ander)
    selectie(mensen.eigen, "alles van SZW", organisatie=mensen.organisatie)
    selectie(mensen.secretariaat, "OCW hier", organisatie=mensen.ander, agenda=maatregel.pijler.agenda)
    with pghistory.context(user=mensen.secretariaat.pk):
        rij = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.ander, herkomst="toegewezen")
    zet_historie(Betrokkenheid, NU, pgh_obj=rij.pk)
    assert nieuws(NU + UUR) == [
        ("eigen@voorbeeld.nl", "gewijzigd", "2024-2-03"), (PARTNER, "nieuw", "2024-2-03"),
    ]  # fmt: skip


def test_new_in_two_ways_is_told_once(maatregel: Maatregel, mensen: Mensen) -> None:
    """Made yesterday, given to the organisation today: it comes into a selection of both as one."""
    selectie(mensen.partner, pijler=maatregel.pijler, organisatie=mensen.ander)
    Volgfilter.objects.update(sinds=NU - 3 * DAG)
    nieuw = MaatregelFactory(code="nieuw", pijler=maatregel.pijler, aangemaakt_op=NU - DAG)
    assert nieuws(NU) == []
    rij = BetrokkenheidFactory(maatregel=nieuw, organisatie=mensen.ander)
    zet_historie(Betrokkenheid, NU, pgh_obj=rij.pk)
    zet_historie(Maatregel, NU - DAG, pgh_obj=nieuw.pk)
    assert nieuws(NU + UUR) == [(PARTNER, "nieuw", "nieuw")]


def test_what_is_told_about_a_selection_is_what_was_chosen(maatregel: Maatregel, mensen: Mensen) -> None:
    selectie(mensen.partner, pijler=maatregel.pijler, meld_gewijzigd=False)
    selectie(mensen.vreemd, pijler=maatregel.pijler, meld_nieuw=False)
    MaatregelFactory(code="nieuw", pijler=maatregel.pijler, aangemaakt_op=NU)
    verschuif(maatregel, "in_uitvoering", mensen.eigen)
    assert nieuws(NU + UUR) == [(PARTNER, "nieuw", "nieuw"), ("vreemd@voorbeeld.nl", "status", "2024-2-03")]


# More than one reason


def test_followed_in_more_than_one_way_is_one_mail_with_all_reasons(gevolgd: Maatregel, mensen: Mensen) -> None:
    selectie(mensen.partner, "alles van SZW", organisatie=mensen.organisatie)
    selectie(mensen.partner, "deze pijler", pijler=gevolgd.pijler)
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    [melding] = herinneringen.voorgenomen_nieuws(moment=NU)
    assert melding.reden == 'u volgt "alles van SZW"; u volgt "deze pijler"; u volgt deze maatregel'
    assert (melding.volgt_maatregel, melding.volgfilter_id) == (True, None)


def test_a_follower_hears_of_a_termijn_once_before_and_once_after(maatregel: Maatregel, mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=maatregel, einde=d("2024-12-30"), hardheid="wettelijk")
    selectie(mensen.partner, "alles van SZW", organisatie=mensen.organisatie)
    selectie(mensen.vreemd, "zonder termijnen", organisatie=mensen.organisatie, meld_nadert=False, meld_te_laat=False)
    Volger.objects.create(maatregel=maatregel, persoon=mensen.beheerder, sinds=om(dag(voor=90)))
    verzonden = loop(d("2024-11-01"), d("2025-01-20"))
    assert [regel for regel in verzonden if regel[1] == PARTNER] == [
        ("2024-11-29", PARTNER, "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 31 dagen)"),
        ("2024-12-31", PARTNER,
         "Verdeelbesluit genomen: termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (gisteren)"),
    ]  # fmt: skip
    eigenaren = {"eigen@voorbeeld.nl", "collega@voorbeeld.nl"}
    assert {aan for vandaag, aan, _ in verzonden if vandaag < "2025-01-13"} == {PARTNER, *eigenaren}
    assert Herinnering.objects.filter(persoon=mensen.partner).values_list("trede", flat=True).distinct().get() == -1


def test_an_owner_who_also_follows_is_told_once_as_owner(maatregel: Maatregel, mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=maatregel)
    selectie(mensen.eigen, organisatie=mensen.organisatie)
    Berichtvoorkeur.objects.create(persoon=mensen.eigen, gevolgd="geen")
    meldingen = {melding.persoon: melding for melding in herinneringen.voorgenomen(dag(voor=13))}
    assert set(meldingen) == {mensen.eigen, mensen.collega}
    melding = meldingen[mensen.eigen]
    assert (melding.hoedanigheid, melding.reden) == (
        "dossierhouder", "SZW is verantwoordelijk, u bent dossierhouder van SZW",
    )  # fmt: skip


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_asking_for_news_takes_as_many_queries_however_much_there_is(mensen: Mensen, aantal: int) -> None:
    for nummer in range(aantal):
        stuk = MaatregelFactory(code=f"m-{nummer}", trekker=mensen.organisatie)
        Volger.objects.create(maatregel=stuk, persoon=mensen.partner, sinds=NU - DAG)
    lang_geleden()
    for stuk in Maatregel.objects.all():
        verschuif(stuk, "in_uitvoering", mensen.eigen)
        bewerk(stuk, mensen.eigen, NU, titel="Anders")
        SOORTEN["termijn"](stuk, mensen.eigen)
    zet_historie(Mijlpaal, om(dag(voor=100)))
    with CaptureQueriesContext(connection) as vragen:
        assert len(nieuws(NU + UUR)) == 3 * aantal
    # Who is there (4), the news, and what the words need: measures, statuses, termijnen, who must do it, the edits (4).
    assert len(vragen) == 12
