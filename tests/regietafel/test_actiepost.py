"""Mail about actions: which step on which day, to whom and why, once; and what it says."""

import datetime
import email
import email.policy
import re
from email.message import EmailMessage
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maatregelen.berichtvoorkeuren import zet_voorkeur
from maatregelen.herinnerschema import wijzig_regel
from maatregelen.models import Lidmaatschap, Persoon, Vervanging, Zichtniveau
from maatregelen.ontvangers import Ontvangers
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.actieaanzegging import Kring
from regietafel.actiepost import verstuur, voorgenomen, zonder_ontvanger
from regietafel.actiepunten import Deel, Trekker, draag_over, heropen, laat_vervallen, rond_af, splits, verplaats
from regietafel.models import Actiebericht, Actiepunt, Agendapunt
from regietafel.zichtbaarheid import zichtbare_actiepunten
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.factories import ActiepuntFactory

pytestmark = pytest.mark.django_db

DAG = datetime.timedelta(days=1)
EINDE = datetime.date(2026, 6, 17)  # a Wednesday


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


def om(dag: datetime.date) -> datetime.datetime:
    """A moment of that day."""
    return datetime.datetime(dag.year, dag.month, dag.day, 7, 0, tzinfo=datetime.UTC)


def run(dag: str) -> dict[str, int]:
    """The run of a day, with the people of that day: what became of each mail."""
    return dict(verstuur(d(dag), moment=om(d(dag))).aantallen)


def loop(van: str, tot_en_met: str, *dagen_uit: str) -> list[str]:
    """What a run on every one of these days sent: day, to whom, step. `dagen_uit`: days on which there was no run."""
    dag, uit = d(van), []
    while dag <= d(tot_en_met):
        al = set(Actiebericht.objects.filter(uitkomst="verzonden").values_list("pk", flat=True))
        if dag.isoformat() not in dagen_uit:
            run(dag.isoformat())
        rijen = Actiebericht.objects.filter(uitkomst="verzonden").exclude(pk__in=al).select_related("persoon")
        uit += [f"{dag} {rij.persoon.functie} {rij.stap} {rij.trede}" for rij in rijen.order_by("persoon__email", "id")]
        dag += DAG
    return uit


def wie(dag: str) -> list[tuple[str, str]]:
    """Who would be told on a day with the people of that day, and why."""
    return sorted((een.persoon.functie, een.reden) for een in voorgenomen(d(dag), moment=om(d(dag))))


def boek() -> list[tuple[str, str, int, str]]:
    """The ledger, oldest first."""
    return list(Actiebericht.objects.order_by("id").values_list("persoon__functie", "stap", "trede", "uitkomst"))


def gelezen(bericht: Any) -> EmailMessage:
    """A mail as it went over the line."""
    return email.message_from_bytes(bericht.message().as_bytes(), policy=email.policy.default)  # type: ignore[return-value]


def deel(bericht: Any, soort: str = "plain") -> str:
    """The text or the HTML of a mail."""
    inhoud = gelezen(bericht).get_body((soort,))
    assert inhoud is not None
    return str(inhoud.get_content()).replace("\r\n", "\n")


@pytest.fixture
def actie(mensen: Mensen) -> Actiepunt:
    """An action on the name of `eigen` of SZW, by 17 June 2026; and what nobody must be told of."""
    ActiepuntFactory(organisatie=mensen.ander, is_afgesproken=False, soort="verzoek", einde=EINDE)
    ActiepuntFactory(organisatie=mensen.ander, termijn_tekst="", precisie="", einde=None, relatie="")
    ActiepuntFactory(
        organisatie=mensen.ander, stand="afgerond", afgerond_op=d("2026-05-01"), afronding="Gedaan.", einde=EINDE
    )
    ActiepuntFactory(organisatie=mensen.ander, einde=EINDE, mijlpaal=MijlpaalFactory(einde=EINDE))
    return ActiepuntFactory(  # type: ignore[return-value]
        wat="Notitie delen", organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE, termijn_tekst="17 juni"
    )


# Which step on which day


def test_the_steps_of_a_day(actie: Actiepunt) -> None:
    """Before it and on it; weekly after it; and as there is no chief the secretariaat, in a rhythm of its own."""
    assert loop("2026-05-11", "2026-10-01") == [
        "2026-05-18 Eigen aankondiging 30",
        "2026-06-03 Eigen aankondiging 14",
        "2026-06-10 Eigen aankondiging 7",
        "2026-06-16 Eigen aankondiging 1",
        "2026-06-17 Eigen aankondiging 0",
        "2026-06-18 Eigen voorbij 1",
        "2026-06-25 Eigen voorbij 8",
        "2026-07-01 Secretariaat voorbij 14",
        "2026-07-02 Eigen voorbij 15",
        "2026-07-08 Secretariaat voorbij 21",
        "2026-07-09 Eigen voorbij 22",
        "2026-07-15 Secretariaat voorbij 28",
        "2026-07-16 Eigen voorbij 29",
        "2026-07-22 Secretariaat voorbij 35",
        "2026-07-23 Eigen voorbij 36",
        "2026-07-29 Secretariaat voorbij 42",
        "2026-07-30 Eigen voorbij 43",
        "2026-08-05 Secretariaat voorbij 49",
        "2026-08-06 Eigen voorbij 50",
        "2026-08-12 Secretariaat voorbij 56",
        "2026-08-13 Eigen voorbij 57",
        "2026-08-19 Secretariaat voorbij 63",
        "2026-08-20 Eigen voorbij 64",
        "2026-08-26 Secretariaat voorbij 70",
        "2026-08-27 Eigen voorbij 71",
        "2026-09-02 Secretariaat voorbij 77",
        "2026-09-03 Eigen voorbij 78",
        "2026-09-09 Secretariaat voorbij 84",
        "2026-09-10 Eigen voorbij 85",
        "2026-09-16 Secretariaat voorbij 91",
    ]
    assert len(mail.outbox) == 30


@pytest.mark.parametrize(
    ("precisie", "begin", "einde", "verwacht"),
    [
        # A week or month: 30, 14, 7 days before; 31 July 2026 is a Friday.
        ("maand", "2026-07-01", "2026-07-31", ["07-01 30", "07-17 14", "07-24 7", "08-03 1"]),
        # Half a year: 60, 30, 14 days before, and nothing in its first month; 31 December 2026 is a Thursday.
        ("halfjaar", "2026-07-01", "2026-12-31", ["10-30 60", "12-01 30", "12-17 14"]),
        # Short enough to be announced in its first days.
        ("periode", "2026-07-01", "2026-07-20", ["05-21 60", "06-19 30", "07-06 14", "07-21 1"]),
    ],
)
def test_the_steps_of_what_is_less_precise(
    mensen: Mensen, precisie: str, begin: str, einde: str, verwacht: list[str]
) -> None:
    """Nothing goes out on a Saturday or Sunday: before the day on the Friday, after it on the Monday."""
    ActiepuntFactory(
        organisatie=mensen.organisatie, persoon=mensen.eigen, precisie=precisie, begin=d(begin), einde=d(einde)
    )
    regels = [regel.split() for regel in loop("2026-05-01", "2026-12-31")]
    assert [f"{dag[5:]} {trede}" for dag, _, _, trede in regels][: len(verwacht)] == verwacht


def test_dutch_holidays(mensen: Mensen) -> None:
    """1 January is a Friday in 2027: what falls on Christmas or New Year comes before it, what is past after it."""
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2027-01-01"))
    assert loop("2026-12-10", "2027-01-05") == [
        "2026-12-10 Eigen aankondiging 30",
        "2026-12-18 Eigen aankondiging 14",
        "2026-12-24 Eigen aankondiging 7",
        "2026-12-31 Eigen aankondiging 0",
        "2027-01-04 Eigen voorbij 1",
    ]


def test_the_night_the_clock_changes_and_29_february(mensen: Mensen) -> None:
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2028-02-29"))
    ActiepuntFactory(organisatie=mensen.ander, persoon=mensen.vreemd, einde=d("2026-10-26"))
    assert loop("2028-02-28", "2028-03-01") == [
        "2028-02-28 Eigen aankondiging 1",
        "2028-02-29 Eigen aankondiging 0",
        "2028-03-01 Eigen voorbij 1",
    ]
    assert loop("2026-10-23", "2026-10-27") == [
        "2026-10-23 Vreemd aankondiging 1",
        "2026-10-26 Vreemd aankondiging 0",
        "2026-10-27 Vreemd voorbij 1",
    ]


def test_a_missed_time_is_made_up_for_once(actie: Actiepunt) -> None:
    """Three weeks without a run: one mail, with the words of that day."""
    assert loop("2026-06-12", "2026-06-12") == ["2026-06-12 Eigen aankondiging 7"]
    assert "loopt af over 5 dagen, op 17 juni 2026" in deel(mail.outbox[-1])
    assert loop("2026-07-06", "2026-07-07") == [
        "2026-07-06 Eigen voorbij 15",
        "2026-07-06 Secretariaat voorbij 14",
    ]
    assert "liep 19 dagen geleden af, op 17 juni 2026" in deel(mail.outbox[-1])


def test_not_for_ever(actie: Actiepunt) -> None:
    """What was over for more than 91 days when the product came is not told any more."""
    assert wie("2026-09-16") != []
    assert wie("2026-09-17") == []


def test_the_steps_of_the_beheerder_hold(actie: Actiepunt) -> None:
    wijzig_regel("toezegging", "dag", vooraf=[3], stil_na_begin=0, daarna_elke=0, stopt_na=10, vaag_na=180, versie=None)
    assert loop("2026-05-11", "2026-07-31") == ["2026-06-12 Eigen aankondiging 3", "2026-06-18 Eigen voorbij 1"]


def test_nothing_on_a_day_off(actie: Actiepunt) -> None:
    assert verstuur(d("2026-06-14"), moment=om(d("2026-06-14"))).gestopt == "het is geen werkdag"
    assert wie("2026-06-14") == []
    assert boek() == []


# What changes meanwhile


def test_a_moved_date_reminds_anew_and_the_old_one_is_silent(mensen: Mensen, actie: Actiepunt) -> None:
    assert loop("2026-06-16", "2026-06-16") == ["2026-06-16 Eigen aankondiging 1"]
    verplaats(
        actie, termijn_tekst="voor 2 juli 2026", reden="Later.", door=mensen.eigen, vandaag=d("2026-06-16"),
        peildatum=d("2026-06-16"), versie=None,
    )  # fmt: skip
    assert loop("2026-06-17", "2026-07-02") == [
        "2026-06-17 Eigen aankondiging 14",
        "2026-06-24 Eigen aankondiging 7",
        "2026-06-30 Eigen aankondiging 1",
        "2026-07-01 Eigen aankondiging 0",
        "2026-07-02 Eigen voorbij 1",
    ]
    assert list(Actiebericht.objects.order_by("id").values_list("sleuteldag", flat=True)) == [
        EINDE, *[d("2026-07-01")] * 5,
    ]  # fmt: skip


def wachtend(actie: Actiepunt, persoon: Persoon) -> Actiebericht:
    """A row that could not be handed over yesterday."""
    return Actiebericht.objects.create(
        actiepunt=actie, persoon=persoon, stap="aankondiging", trede=7, sleuteldag=EINDE, reden="x",
        vandaag=d("2026-06-10"), pogingen=1,
    )  # fmt: skip


def test_what_waits_goes_with_the_next_run(mensen: Mensen, actie: Actiepunt) -> None:
    wachtend(actie, mensen.eigen)
    assert run("2026-06-11") == {"verzonden": 1}
    assert boek() == [("Eigen", "aankondiging", 7, "verzonden")]


def test_done_dropped_and_split_are_silent_and_open_again_is_not(mensen: Mensen, actie: Actiepunt) -> None:
    samen: dict[str, Any] = {"door": mensen.eigen, "vandaag": d("2026-06-11"), "versie": None}
    ander = ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE)
    derde = ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE)
    for een in (actie, ander, derde):
        wachtend(een, mensen.eigen)
    rond_af(actie, op=d("2026-06-11"), afronding="Gedeeld.", **samen)
    laat_vervallen(ander, reden="Hoeft niet.", **samen)
    delen = [Deel(wat, Trekker(mensen.ander), "voor 1 december 2027") for wat in ("Eerste", "Tweede")]
    splits(derde, delen, reden="Twee helften.", **samen)
    assert run("2026-06-11") == {"niet_meer_nodig": 3}
    assert mail.outbox == []
    heropen(actie, reden="Toch niet.", **samen)
    assert run("2026-06-12") == {"verzonden": 1}
    assert boek() == [
        ("Eigen", "aankondiging", 7, "verzonden"),
        ("Eigen", "aankondiging", 7, "niet_meer_nodig"),
        ("Eigen", "aankondiging", 7, "niet_meer_nodig"),
    ]


def test_handed_over_is_told_to_the_new_one_only(mensen: Mensen, actie: Actiepunt) -> None:
    wachtend(actie, mensen.eigen)
    draag_over(
        actie, Trekker(mensen.ander, mensen.vreemd), reden="Van hen.", door=mensen.eigen, vandaag=d("2026-06-11"),
        versie=None,
    )  # fmt: skip
    assert run("2026-06-11") == {"niet_meer_nodig": 1, "verzonden": 1}
    assert [bericht.to for bericht in mail.outbox] == [["vreemd@voorbeeld.nl"]]


def test_rights_lost_since_no_mail(mensen: Mensen, actie: Actiepunt) -> None:
    """Then the dossierhouders of the organisation are told; nobody but them."""
    wachtend(actie, mensen.eigen)
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=d("2026-06-11"))
    assert run("2026-06-11") == {"niet_meer_nodig": 1, "verzonden": 1}
    assert [bericht.to for bericht in mail.outbox] == [["collega@voorbeeld.nl"]]
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    assert wie("2026-06-12") == [("Secretariaat", "SZW is verantwoordelijk, maar heeft hier nog geen dossierhouder")]


def test_who_reads_actions_is_who_may_see_them(mensen: Mensen, actie: Actiepunt) -> None:
    """Mail asks for many at once what a page asks for one."""
    Lidmaatschap.objects.filter(persoon=mensen.vreemd).update(tot=d("2026-06-11"))
    dag = d("2026-06-11")
    ontvangers = Ontvangers(dag)
    lezers = {persoon for persoon in Persoon.objects.all() if ontvangers.kan_zien(persoon.pk, actie.agendapunt)}
    assert lezers == {
        persoon for persoon in Persoon.objects.all() if zichtbare_actiepunten(Bevoegdheid(persoon, dag)).exists()
    }
    assert (mensen.eigen in lezers, mensen.vreemd in lezers, mensen.rolloos in lezers) == (True, False, False)


def test_a_milestone_that_promises_the_same_tells_it_while_it_does(mensen: Mensen) -> None:
    """Moved away from it, or with a milestone that is silent, the action is told by itself."""
    mijlpaal = MijlpaalFactory(einde=EINDE)
    actie = ActiepuntFactory(persoon=mensen.eigen, organisatie=mensen.organisatie, einde=EINDE, mijlpaal=mijlpaal)
    zelf = [("Eigen", "het actiepunt staat op uw naam")]
    agenda = mijlpaal.maatregel.pijler.agenda
    gezien = [wie("2026-06-17")]
    for rij, velden, terug in (
        (actie, {"einde": d("2026-06-18")}, {"einde": EINDE}),
        (
            mijlpaal,
            {"behaald_op": d("2026-06-01"), "behaald_bewijs": "Brief"},
            {"behaald_op": None, "behaald_bewijs": ""},
        ),
        (agenda, {"is_lopend": False}, {"is_lopend": True}),
        (mijlpaal, {"einde": None, "begin": EINDE}, {"einde": EINDE, "begin": None}),
    ):
        type(rij).objects.filter(pk=rij.pk).update(**velden)
        gezien.append(wie("2026-06-17"))
        type(rij).objects.filter(pk=rij.pk).update(**terug)
    assert gezien == [[], zelf, zelf, zelf, zelf]
    assert wie("2026-06-17") == []


def test_only_who_may_see_actions_is_told(mensen: Mensen, actie: Actiepunt) -> None:
    """Not everybody who keeps things up for the organisation: what may be seen of its point counts."""
    dag, punt = d("2026-06-17"), actie.agendapunt
    houders = {mensen.eigen, mensen.collega}
    for hoe, verwacht in (
        ({}, {*houders, mensen.secretariaat}),
        ({"zichtbaarheid": Zichtniveau.EIGEN, "afgeschermd_voor": mensen.ander}, set()),
        ({"zichtbaarheid": Zichtniveau.EIGEN, "afgeschermd_voor": mensen.organisatie}, houders),
    ):
        Agendapunt.objects.filter(pk=punt.pk).update(**hoe)
        gelezen = Actiepunt.objects.get(pk=actie.pk)
        gelezen.persoon = None
        kring = Kring(Ontvangers(dag), [mensen.organisatie])
        assert set(kring.rollen(gelezen)) == {wie.pk for wie in verwacht}, hoe


# To whom, and why


def test_who_is_told_and_why(mensen: Mensen) -> None:
    """The one it is put on; else who keeps things up for the organisation; else the secretariaat."""
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=d("2026-02-23"), opvolger=jenv)
    LidmaatschapFactory(persoon=PersoonFactory(functie="Jurist", email="jurist@voorbeeld.nl"), organisatie=jenv)
    leeg = OrganisatieFactory(afkorting="BZK")
    dag, tellingen = "2026-06-17", []
    for velden in (
        {"organisatie": mensen.organisatie, "persoon": mensen.eigen},
        {"organisatie": mensen.organisatie},
        {"organisatie": aenm},
        {"organisatie": leeg},
        {"wie_tekst": "MVRO"},
        {},
    ):
        actie = ActiepuntFactory(einde=EINDE, **velden)
        tellingen.append(wie(dag))
        actie.delete()
    assert tellingen == [
        [("Eigen", "het actiepunt staat op uw naam")],
        [
            ("Collega", "SZW is verantwoordelijk, u bent dossierhouder van SZW"),
            ("Eigen", "SZW is verantwoordelijk, u bent dossierhouder van SZW"),
        ],
        [("Jurist", "AenM is verantwoordelijk, JenV nam het werk over, u bent dossierhouder van JenV")],
        [("Secretariaat", "BZK is verantwoordelijk, maar heeft hier nog geen dossierhouder")],
        [("Secretariaat", "MVRO zou dit doen, maar heeft hier geen dossierhouder")],
        [("Secretariaat", "het actiepunt heeft geen trekker")],
    ]


def test_the_chief_after_fourteen_days_the_secretariaat_after_twenty_eight(mensen: Mensen, actie: Actiepunt) -> None:
    chef = PersoonFactory(functie="Chef", email="chef@voorbeeld.nl")
    LidmaatschapFactory(persoon=chef, organisatie=mensen.organisatie, rol="lezer")
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=chef)
    assert wie("2026-06-30") == [("Eigen", "het actiepunt staat op uw naam")]
    assert wie("2026-07-01") == [
        ("Chef", "de termijn is al 14 dagen of langer voorbij"),
        ("Eigen", "het actiepunt staat op uw naam"),
    ]
    assert wie("2026-07-15") == [
        ("Chef", "de termijn is al 14 dagen of langer voorbij"),
        ("Eigen", "het actiepunt staat op uw naam"),
        ("Secretariaat", "de termijn is al 28 dagen of langer voorbij"),
    ]


def test_a_deputy_stands_in(mensen: Mensen, actie: Actiepunt) -> None:
    """Also for the secretariaat; on the day after the absence it is the person again."""
    ActiepuntFactory(einde=EINDE)
    for weg in (mensen.eigen, mensen.secretariaat):
        Vervanging.objects.create(persoon=weg, vervanger=mensen.vreemd, van=d("2026-06-01"), tot_en_met=d("2026-06-16"))
    assert wie("2026-06-16") == [
        ("Vreemd", "u vervangt Eigen t/m 16-06-2026: het actiepunt staat op naam van Eigen"),
        ("Vreemd", "u vervangt Secretariaat t/m 16-06-2026: het actiepunt heeft geen trekker"),
    ]
    assert [naam for naam, _ in wie("2026-06-17")] == ["Eigen", "Secretariaat"]


def test_a_deputy_without_a_role_does_not(mensen: Mensen, actie: Actiepunt) -> None:
    Vervanging.objects.create(
        persoon=mensen.eigen, vervanger=mensen.rolloos, van=d("2026-06-01"), tot_en_met=d("2026-06-30")
    )
    assert wie("2026-06-17") == [("Eigen", "het actiepunt staat op uw naam")]


def test_nobody_is_said_aloud(mensen: Mensen, actie: Actiepunt) -> None:
    Lidmaatschap.objects.filter(persoon__in=[mensen.eigen, mensen.collega, mensen.secretariaat]).delete()
    assert (wie("2026-06-17"), zonder_ontvanger(d("2026-06-17"))) == ([], [actie])
    assert zonder_ontvanger(d("2026-06-17") - 60 * DAG) == []


# One mail


def test_one_mail_per_person_per_day(mensen: Mensen, actie: Actiepunt) -> None:
    """Also what comes up later that day waits for the next."""
    te_laat = ActiepuntFactory(
        wat="Cijfers leveren", organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2026-06-02")
    )
    assert run("2026-06-10") == {"verzonden": 1}
    assert boek() == [("Eigen", "voorbij", 8, "verzonden"), ("Eigen", "aankondiging", 7, "verzonden")]
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE)
    assert run("2026-06-10") == {}
    assert loop("2026-06-11", "2026-06-11") == ["2026-06-11 Eigen aankondiging 7"]
    assert te_laat.berichten.count() == 1


def test_run_twice_one_mail(actie: Actiepunt) -> None:
    assert (run("2026-06-10"), run("2026-06-10"), run("2026-06-11")) == ({"verzonden": 1}, {}, {})
    assert boek() == [("Eigen", "aankondiging", 7, "verzonden")]


def test_by_the_week_on_its_first_working_day(mensen: Mensen, actie: Actiepunt) -> None:
    """What comes until the next overview; Monday 25 May is Pentecost, so that week's is on Tuesday."""
    zet_voorkeur(mensen.eigen, eigen="week", gevolgd="geen", versie=None)
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2026-06-25"))
    assert loop("2026-05-11", "2026-07-02") == [
        "2026-05-18 Eigen aankondiging 30",
        "2026-05-26 Eigen aankondiging 30",
        "2026-06-01 Eigen aankondiging 14",
        "2026-06-08 Eigen aankondiging 7",
        "2026-06-08 Eigen aankondiging 14",
        "2026-06-15 Eigen aankondiging 0",
        "2026-06-15 Eigen aankondiging 7",
        "2026-06-22 Eigen voorbij 1",
        "2026-06-22 Eigen aankondiging 0",
        "2026-06-29 Eigen voorbij 8",
        "2026-06-29 Eigen voorbij 1",
        "2026-07-01 Secretariaat voorbij 14",
    ]


def test_what_comes_up_after_the_overview_waits_for_the_next(mensen: Mensen, actie: Actiepunt) -> None:
    zet_voorkeur(mensen.eigen, eigen="week", gevolgd="geen", versie=None)
    assert loop("2026-06-08", "2026-06-09") == ["2026-06-08 Eigen aankondiging 7"]
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2026-06-26"))
    assert loop("2026-06-10", "2026-06-15") == ["2026-06-15 Eigen aankondiging 0", "2026-06-15 Eigen aankondiging 7"]


def test_what_was_sent_for_a_later_day_is_no_mail_of_today(mensen: Mensen, actie: Actiepunt) -> None:
    """As when the demo was asked for another day."""
    assert run("2026-06-17") == {"verzonden": 1}
    assert run("2026-06-10") == {"verzonden": 1}


def test_an_overview_that_was_missed_comes_later_that_week(mensen: Mensen, actie: Actiepunt) -> None:
    zet_voorkeur(mensen.eigen, eigen="week", gevolgd="geen", versie=None)
    assert loop("2026-06-15", "2026-06-19", "2026-06-15", "2026-06-16", "2026-06-17") == ["2026-06-18 Eigen voorbij 1"]
    assert loop("2026-06-22", "2026-06-29") == ["2026-06-29 Eigen voorbij 8"]


def test_queries_do_not_grow(mensen: Mensen) -> None:
    """The turn, what is due, the ledger, one mail."""
    tellingen = []
    for aantal in (1, 3):
        Actiebericht.objects.all().delete()
        for _ in range(aantal):
            ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE)
        with CaptureQueriesContext(connection) as gevangen:
            assert run("2026-06-10") == {"verzonden": 1}
        tellingen.append(len(gevangen))
        with CaptureQueriesContext(connection) as gevangen:
            assert run("2026-06-11") == {}
        tellingen.append(len(gevangen))
    assert tellingen == [15, 13, 15, 13]


# What it says


@pytest.mark.parametrize(
    ("dag", "onderwerp", "zin"),
    [
        ("2026-06-10", "uiterlijk 17 juni 2026 (over 7 dagen)", "De termijn loopt af over 7 dagen, op 17 juni 2026."),
        ("2026-06-16", "uiterlijk 17 juni 2026 (morgen)", "De termijn loopt morgen af, op 17 juni 2026."),
        ("2026-06-17", "uiterlijk 17 juni 2026 (vandaag)", "De termijn loopt vandaag af, op 17 juni 2026."),
        (
            "2026-06-18",
            "te laat, was uiterlijk 17 juni 2026 (gisteren)",
            "Dit is te laat: de termijn liep gisteren af, op 17 juni 2026.",
        ),
        (
            "2026-06-22",
            "te laat, was uiterlijk 17 juni 2026 (5 dagen geleden)",
            "Dit is te laat: de termijn liep 5 dagen geleden af, op 17 juni 2026.",
        ),
    ],
)
def test_words_by_tense(actie: Actiepunt, dag: str, onderwerp: str, zin: str) -> None:
    run(dag)
    [bericht] = mail.outbox
    assert gelezen(bericht)["Subject"] == f"Notitie delen: {onderwerp}"
    assert zin in deel(bericht)
    assert zin in deel(bericht, "html")


def test_the_whole_mail(mensen: Mensen, actie: Actiepunt, settings: Any) -> None:
    settings.SITE_URL = "https://regie.example.nl/"
    run("2026-06-10")
    [bericht], rij, punt = mail.outbox, Actiebericht.objects.get(), actie.agendapunt
    kenmerk = f"<actie-{rij.pk}-{int(rij.gepland_op.timestamp() * 1_000_000):x}@regie.example.nl>"
    weg = ("Content-Type", "MIME-Version", "Date")
    assert {naam: waarde for naam, waarde in gelezen(bericht).items() if naam not in weg} == {
        "Subject": "Notitie delen: uiterlijk 17 juni 2026 (over 7 dagen)",
        "From": "Regiemonitor <regiemonitor@voorbeeld.nl>",
        "To": "eigen@voorbeeld.nl",
        "Reply-To": "secretariaat@voorbeeld.nl",
        "Message-ID": kenmerk,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert (rij.kenmerk, rij.pogingen, rij.fout, rij.reden) == (kenmerk, 1, "", "het actiepunt staat op uw naam")
    assert deel(bericht) == (
        "Notitie delen\n"
        "\n"
        "De termijn loopt af over 7 dagen, op 17 juni 2026.\n"
        "\n"
        "Wat kunt u doen?\n"
        "Rond het af als het klaar is. Lukt het niet op tijd, verplaats dan de termijn met een reden, of draag het "
        "over.\n"
        "\n"
        "Bekijk het actiepunt:\n"
        f"https://regie.example.nl/actiepunten/{actie.code}/\n"
        "\n"
        "Termijn in woorden: 17 juni\n"
        "Dat is: t/m 17 jun 2026\n"
        f"Uit: {punt.vergadering.titel}, punt {punt.volgorde}\n"
        "Wie: SZW, Eigen\n"
        "\n"
        "Waarom krijgt u dit bericht? Het actiepunt staat op uw naam.\n"
        "\n"
        "Bepaal hoe u berichten krijgt:\n"
        "https://regie.example.nl/mijn/berichten/\n"
        "\n"
        "Dit bericht is automatisch verstuurd door Regiemonitor. Antwoorden gaan naar het LRT-secretariaat.\n"
    )
    opmaak = deel(bericht, "html")
    assert f'<a href="https://regie.example.nl/actiepunten/{actie.code}/"' in opmaak
    assert re.findall(r"<(img|script|style|link|iframe|form)\b|url\(", opmaak) == []


def test_a_list_in_one_mail(mensen: Mensen, actie: Actiepunt, settings: Any) -> None:
    """What is past first; each with its link, its meeting and why."""
    settings.SITE_URL, settings.ANTWOORDADRES = "https://regie.example.nl", "lrt@voorbeeld.nl"
    laat = ActiepuntFactory(
        wat="<b>Cijfers</b> leveren", organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2026-06-02")
    )
    run("2026-06-10")
    [bericht] = mail.outbox
    rijen = list(Actiebericht.objects.order_by("id"))
    assert gelezen(bericht)["Subject"] == "2 actiepunten van de Regietafel: 1 te laat, 1 loopt af"
    assert gelezen(bericht)["Reply-To"] == "lrt@voorbeeld.nl"
    assert {rij.kenmerk for rij in rijen} == {gelezen(bericht)["Message-ID"]}
    assert gelezen(bericht)["Message-ID"].startswith(f"<actie-{rijen[0].pk}-")
    lijst = deel(bericht)
    plekken = [
        lijst.index(woorden)
        for woorden in (
            "Voorbij (1)",
            "- <b>Cijfers</b> leveren\n  Dit is te laat: de termijn liep 8 dagen geleden af, op 2 juni 2026.\n",
            f"  Waarom u: het actiepunt staat op uw naam\n  https://regie.example.nl{laat.get_absolute_url()}\n",
            "Loopt af (1)",
            "- Notitie delen\n  De termijn loopt af over 7 dagen, op 17 juni 2026.\n",
            f"https://regie.example.nl{actie.get_absolute_url()}\n",
            "https://regie.example.nl/actiepunten/?eigen=ja\n",
        )
    ]
    assert plekken == sorted(plekken)
    opmaak = deel(bericht, "html")
    assert "&lt;b&gt;Cijfers&lt;/b&gt; leveren" in opmaak
    assert f'<a href="https://regie.example.nl{laat.get_absolute_url()}">' in opmaak


def test_what_each_can_do(mensen: Mensen) -> None:
    """Who is told because nothing happens, the secretariaat about what is nobody's and about what is somebody's."""
    chef = PersoonFactory(functie="Chef", email="chef@voorbeeld.nl")
    LidmaatschapFactory(persoon=chef, organisatie=mensen.organisatie, rol="lezer")
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=chef)
    ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=d("2026-06-01"))
    ActiepuntFactory(einde=d("2026-06-30"))
    ActiepuntFactory(wie_tekst="MVRO", einde=d("2026-06-29"))
    run("2026-06-15")
    per_persoon = {bericht.to[0].split("@")[0]: deel(bericht) for bericht in mail.outbox}
    assert "Wie dit doet is al eerder herinnerd. Overleg wat er nodig is" in per_persoon["chef"]
    assert "Is het klaar? Rond het dan af. Zo niet, verplaats dan de termijn" in per_persoon["eigen"]
    assert "Draag het over aan wie het doet, of laat het vervallen." in per_persoon["secretariaat"]
    assert "Vraag na hoe het staat." in per_persoon["secretariaat"]
    assert per_persoon["secretariaat"].count("Wie: ") == 2
    assert "Alle open actiepunten:" in per_persoon["secretariaat"]


# The command


def opdracht(*opties: str) -> list[str]:
    """What the command says."""
    uitvoer = StringIO()
    call_command("verstuur_actieberichten", *opties, stdout=uitvoer)
    return uitvoer.getvalue().splitlines()


def test_the_trial_shows_what_would_go_to_whom_and_why(mensen: Mensen, actie: Actiepunt) -> None:
    ander = ActiepuntFactory(wat="Cijfers leveren", einde=EINDE)
    derde = ActiepuntFactory(wat="Brief sturen", wie_tekst="MVRO", einde=d("2026-06-02"))
    assert opdracht("--proef", "--vandaag", "2026-06-10") == [
        "eigen@voorbeeld.nl: zou gaan",
        "  wat:    Notitie delen: uiterlijk 17 juni 2026 (over 7 dagen)",
        "  waarom: het actiepunt staat op uw naam",
        "secretariaat@voorbeeld.nl: zou gaan",
        "  wat:    2 actiepunten van de Regietafel: 1 te laat, 1 loopt af",
        "  waarom: MVRO zou dit doen, maar heeft hier geen dossierhouder; het actiepunt heeft geen trekker",
        f"  over:   {derde.code} Brief sturen: te laat, was uiterlijk 2 juni 2026 (8 dagen geleden)",
        f"  over:   {ander.code} Cijfers leveren: uiterlijk 17 juni 2026 (over 7 dagen)",
        "Proef voor 2026-06-10: 2 berichten aan 2 personen. Er is niets verstuurd en niets vastgelegd.",
    ]
    assert (boek(), mail.outbox) == ([], [])


def test_the_command_sends_and_says_so(mensen: Mensen, actie: Actiepunt) -> None:
    assert opdracht("--vandaag", "2026-06-10") == [
        "eigen@voorbeeld.nl: verzonden",
        "  wat:    Notitie delen: uiterlijk 17 juni 2026 (over 7 dagen)",
        "  waarom: het actiepunt staat op uw naam",
        "Voor 2026-06-10: 1 bericht aan 1 persoon verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open.",
    ]
    assert opdracht("--proef", "--vandaag", "2026-06-13") == [
        "2026-06-13 is geen werkdag: herinneringen gaan op werkdagen uit, weer op 2026-06-15.",
        "Proef voor 2026-06-13: 0 berichten aan 0 personen. Er is niets verstuurd en niets vastgelegd.",
    ]
    Lidmaatschap.objects.all().delete()
    assert opdracht("--proef", "--vandaag", "2026-06-16")[0] == (
        f"Zonder ontvanger (1), want er is geen dossierhouder en geen secretariaat: {actie.code}."
    )
