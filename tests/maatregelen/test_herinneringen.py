"""What is due, to whom and why; the ledger; followers; the command."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maatregelen import herinneringen
from maatregelen.models import (
    Betrokkenheid,
    Herinnering,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
    Statuswijziging,
    Uitkomst,
    Volger,
)
from maatregelen.statuswissel import wijzig_status
from maatregelen.zichtbaarheid import Bevoegdheid, kijkers, mag_maatregel_bijhouden, zichtbare_maatregelen
from tests.conftest import Mensen
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)

EINDE = datetime.date(2024, 12, 30)
NU = datetime.datetime(2024, 12, 17, 8, 0, tzinfo=datetime.UTC)


def dag(*, voor: int = 0, na: int = 0) -> datetime.date:
    """A day so many days before or after the deadline."""
    return EINDE - datetime.timedelta(days=voor) + datetime.timedelta(days=na)


def wie(vandaag: datetime.date, **opties: Any) -> list[tuple[str, str]]:
    """To whom which step is due."""
    return sorted(
        (melding.persoon.email, str(melding.stap)) for melding in herinneringen.te_herinneren(vandaag, **opties)
    )


@pytest.fixture
def mijlpaal(mensen: Mensen) -> Mijlpaal:
    """A deadline of SZW on 30 December 2024, announced 30 days before; beside it what must stay silent."""
    vreemd = MaatregelFactory(trekker=mensen.ander)
    MijlpaalFactory(maatregel=vreemd, einde=datetime.date(2030, 1, 1))
    Mijlpaal_zonder_dag = MijlpaalFactory(  # noqa: N806
        maatregel=vreemd, termijn_tekst="zo spoedig mogelijk", einde=None, precisie="vaag", relatie="op"
    )
    assert Mijlpaal_zonder_dag.is_vaag
    return MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie, code="2024-2-03"))


AANKONDIGING = [("collega@voorbeeld.nl", "aankondiging"), ("eigen@voorbeeld.nl", "aankondiging")]
VOORBIJ = [("collega@voorbeeld.nl", "voorbij"), ("eigen@voorbeeld.nl", "voorbij")]


@pytest.mark.parametrize(
    ("vandaag", "verwacht"),
    [
        (dag(voor=31), []),
        (dag(voor=30), AANKONDIGING),
        (dag(voor=13), AANKONDIGING),
        (dag(), AANKONDIGING),
        (dag(na=1), VOORBIJ),
        (dag(na=60), VOORBIJ),
        (dag(na=61), []),
    ],
)
def test_days(mijlpaal: Mijlpaal, vandaag: datetime.date, verwacht: list[tuple[str, str]]) -> None:
    assert wie(vandaag) == verwacht


def test_the_term_of_the_milestone_and_the_setting_count(mijlpaal: Mijlpaal, settings: Any) -> None:
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(herinner_dagen=0)
    assert (wie(dag(voor=1)), wie(dag())) == ([], AANKONDIGING)
    settings.HERINNEREN_TOT_DAGEN_NA = 7
    assert (wie(dag(na=7)), wie(dag(na=8))) == (VOORBIJ, [])


def test_only_a_first_day_is_announced_until_it_begins(mijlpaal: Mijlpaal) -> None:
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(begin=EINDE, einde=None, relatie="vanaf")
    assert [wie(dag(voor=31)), wie(dag(voor=30)), wie(dag()), wie(dag(na=1))] == [[], AANKONDIGING, AANKONDIGING, []]


def test_an_interval_counts_by_its_latest_day(mijlpaal: Mijlpaal) -> None:
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(begin=dag(voor=90), relatie="in", precisie="kwartaal")
    assert [wie(dag(voor=31)), wie(dag(voor=30)), wie(dag(na=1))] == [[], AANKONDIGING, VOORBIJ]


@pytest.mark.parametrize("jaar", [1, 9999])
def test_every_day_can_be_asked(mijlpaal: Mijlpaal, jaar: int) -> None:
    if jaar == 1:
        with pytest.raises(OverflowError):
            wie(datetime.date(1, 1, 1))
    else:
        assert wie(datetime.date(9999, 12, 31)) == []


@pytest.mark.parametrize("status", ["uitgevoerd", "afgesloten", "vervallen"])
def test_a_finished_measure_is_silent(mijlpaal: Mijlpaal, mensen: Mensen, status: str) -> None:
    if status == "afgesloten":
        wijzig_status(mijlpaal.maatregel, "uitgevoerd", door=mensen.eigen, toelichting="Klaar.", moment=NU)
    wijzig_status(mijlpaal.maatregel, status, door=mensen.eigen, toelichting="Klaar.", moment=NU)
    assert wie(dag(voor=13)) == []


def test_a_reached_milestone_is_silent(mijlpaal: Mijlpaal) -> None:
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(behaald_op=dag(voor=20), behaald_bewijs="Stcrt. 2024, 1")
    assert wie(dag(voor=13)) == []


def test_only_running_agendas_remind(mijlpaal: Mijlpaal) -> None:
    agenda = mijlpaal.maatregel.pijler.agenda
    agenda.is_lopend = False
    agenda.save()
    assert wie(dag(voor=13)) == []


def test_reassigned_work_goes_to_the_other_organisation(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(tot=dag(voor=20))
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, herkomst="toegewezen")
    assert wie(dag(voor=13)) == [("vreemd@voorbeeld.nl", "aankondiging")]


def test_who_does_it_or_is_only_involved_gets_nothing(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    for rol in ("uitvoerder", "betrokken"):
        BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, rol=rol)
    assert wie(dag(voor=13)) == AANKONDIGING


def test_people_are_those_of_today_not_of_the_day_that_is_judged(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    op = datetime.date(2026, 6, 1)
    Lidmaatschap.objects.filter(persoon=mensen.collega).update(tot=op)
    LidmaatschapFactory(persoon=mensen.rolloos, organisatie=mensen.organisatie, vanaf=op)
    LidmaatschapFactory(persoon=mensen.vreemd, organisatie=mensen.organisatie, vanaf=op + datetime.timedelta(days=1))
    assert wie(dag(voor=13), op=op) == [
        ("eigen@voorbeeld.nl", "aankondiging"),
        ("rolloos@voorbeeld.nl", "aankondiging"),
    ]


def test_no_mail_for_who_is_inactive_or_only_reads(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    LidmaatschapFactory(persoon=mensen.partner, organisatie=mensen.organisatie, rol="lezer")
    LidmaatschapFactory(persoon=mensen.beheerder, organisatie=mensen.organisatie, rol="beheerder")
    assert wie(dag(voor=13)) == [("eigen@voorbeeld.nl", "aankondiging")]


@pytest.fixture
def opgeheven(mijlpaal: Mijlpaal, mensen: Mensen) -> Organisatie:
    """AenM, responsible for the milestone; its work went to an organisation in between, and from there to SZW."""
    tussen = OrganisatieFactory(afkorting="TUS", geldig_tot=datetime.date(2026, 4, 1), opvolger=mensen.organisatie)
    oud = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=tussen)
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(organisatie=oud)
    return oud


def test_an_ended_organisation_hands_its_work_on(mijlpaal: Mijlpaal, opgeheven: Organisatie) -> None:
    op = datetime.date(2026, 11, 22)
    assert wie(dag(voor=13), op=op) == AANKONDIGING
    melding = herinneringen.te_herinneren(dag(voor=13), op=op)[0]
    assert melding.verantwoordelijk == "AenM (nu SZW)"
    assert melding.reden == "AenM is verantwoordelijk, SZW nam het werk over, u bent dossierhouder van SZW"
    # Before it ended the work was its own, and it had nobody here.
    [melding] = herinneringen.te_herinneren(dag(voor=13), op=datetime.date(2026, 2, 22))
    assert melding.persoon.email == "secretariaat@voorbeeld.nl"
    assert melding.reden == "AenM is verantwoordelijk, maar heeft hier nog geen dossierhouder"


def test_organisations_that_succeed_each_other_in_a_circle_end(mijlpaal: Mijlpaal, opgeheven: Organisatie) -> None:
    tussen = Organisatie.objects.get(afkorting="TUS")
    tussen.opvolger = opgeheven
    tussen.save()
    [melding] = herinneringen.te_herinneren(dag(voor=13), op=datetime.date(2026, 11, 22))
    assert melding.persoon.email == "secretariaat@voorbeeld.nl"


def test_mail_goes_to_who_may_keep_the_measure_up(mijlpaal: Mijlpaal, mensen: Mensen, opgeheven: Organisatie) -> None:
    zonder = MijlpaalFactory(maatregel=MaatregelFactory()).maatregel
    LidmaatschapFactory(organisatie=Organisatie.objects.get(afkorting="TUS"))
    for op in (datetime.date(2026, 2, 22), datetime.date(2026, 3, 1), datetime.date(2026, 11, 22)):
        for maatregel in (mijlpaal.maatregel, zonder):
            gemaild = {
                melding.persoon.pk for melding in herinneringen.te_herinneren(dag(voor=13), op=op)
                if melding.maatregel.pk == maatregel.pk
            }  # fmt: skip
            mogen = {
                persoon.pk
                for persoon in Persoon.objects.all()
                if mag_maatregel_bijhouden(Bevoegdheid(persoon, op), maatregel)
            }
            # Where nobody may, the secretariaat is told: it can assign somebody who may.
            assert gemaild == (mogen or {mensen.secretariaat.pk})


def test_responsible_twice_is_one_mail_with_both_reasons(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander)
    BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=mensen.ander, herkomst="geerfd")
    LidmaatschapFactory(persoon=mensen.eigen, organisatie=mensen.ander)
    redenen = {melding.persoon.email: melding.reden for melding in herinneringen.te_herinneren(dag(voor=13))}
    assert redenen == {
        "collega@voorbeeld.nl": "SZW is verantwoordelijk, u bent dossierhouder van SZW",
        "vreemd@voorbeeld.nl": "OCW is verantwoordelijk, u bent dossierhouder van OCW",
        "eigen@voorbeeld.nl": "SZW is verantwoordelijk, u bent dossierhouder van SZW; "
        "OCW is verantwoordelijk, u bent dossierhouder van OCW",
    }
    assert len(herinneringen.te_herinneren(dag(voor=13))) == 3


def test_without_a_trekker_the_secretariaat_is_told(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    woord = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    LidmaatschapFactory(persoon=mensen.rolloos, organisatie=woord)
    Betrokkenheid.objects.filter(maatregel=mijlpaal.maatregel).update(organisatie=woord)
    [melding] = herinneringen.te_herinneren(dag(voor=13))
    assert (melding.persoon, melding.reden, melding.verantwoordelijk) == (
        mensen.secretariaat, "de maatregel heeft geen trekker", "",
    )  # fmt: skip


def test_for_an_organisation_without_people_the_secretariaat_is_told(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    leeg = MijlpaalFactory(maatregel=MaatregelFactory(code="leeg", trekker=OrganisatieFactory(afkorting="UWV")))
    assert [
        (m.mijlpaal, m.persoon, m.reden) for m in herinneringen.te_herinneren(dag(voor=13)) if m.mijlpaal == leeg
    ] == [(leeg, mensen.secretariaat, "UWV is verantwoordelijk, maar heeft hier nog geen dossierhouder")]
    assert herinneringen.zonder_ontvanger(dag(voor=13)) == []
    mensen.secretariaat.is_active = False
    mensen.secretariaat.save()
    assert herinneringen.zonder_ontvanger(dag(voor=13)) == [leeg]


def test_a_long_reason_fits(mijlpaal: Mijlpaal, mensen: Mensen) -> None:
    for nummer in range(6):
        organisatie = OrganisatieFactory(afkorting=f"{nummer}" * 60)
        BetrokkenheidFactory(maatregel=mijlpaal.maatregel, organisatie=organisatie)
        LidmaatschapFactory(persoon=mensen.eigen, organisatie=organisatie)
    herinneringen.verstuur(dag(voor=13))
    assert len(Herinnering.objects.get(persoon=mensen.eigen).reden) == 200


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_planning_takes_as_many_queries_however_much_is_due(mensen: Mensen, aantal: int) -> None:
    for _ in range(aantal):
        MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    with CaptureQueriesContext(
        connection,
    ) as eerste:
        meldingen = herinneringen.te_herinneren(dag(voor=13))
        nieuw = herinneringen.leg_vast(meldingen, vandaag=dag(voor=13), moment=NU)
    with CaptureQueriesContext(connection) as tweede:
        herinneringen.leg_vast(herinneringen.te_herinneren(dag(voor=13)), vandaag=dag(voor=13), moment=NU)
    assert (nieuw, Herinnering.objects.count(), len(eerste), len(tweede)) == (2 * aantal, 2 * aantal, 6, 5)


# The ledger


def uitkomsten() -> list[tuple[str, str, str]]:
    """The ledger, oldest first."""
    return list(Herinnering.objects.order_by("id").values_list("persoon__email", "stap", "uitkomst"))


@pytest.fixture
def een(mijlpaal: Mijlpaal, mensen: Mensen) -> Mijlpaal:
    """The same milestone, with one person to tell."""
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    return mijlpaal


def test_once_per_person_and_a_missed_day_is_caught_up(een: Mijlpaal) -> None:
    verslag = herinneringen.verstuur(dag(voor=13))
    assert (verslag.gepland, dict(verslag.aantallen), verslag.is_alles_overgedragen) == (1, {"verzonden": 1}, True)
    for vandaag in (dag(voor=13), dag(voor=12), dag()):
        assert herinneringen.verstuur(vandaag).regels == []
    rij = Herinnering.objects.get()
    assert (rij.maatregel, rij.mijlpaal, rij.sleuteldag, rij.vandaag, rij.pogingen, rij.laatste_fout) == (
        een.maatregel, een, EINDE, dag(voor=13), 1, "",
    )  # fmt: skip
    assert rij.afgehandeld_op is not None
    assert [bericht.subject for bericht in mail.outbox] == [
        "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)"
    ]
    herinneringen.verstuur(dag(na=6))
    assert uitkomsten() == [
        ("eigen@voorbeeld.nl", "aankondiging", "verzonden"),
        ("eigen@voorbeeld.nl", "voorbij", "verzonden"),
    ]


def test_a_first_run_after_the_day_that_was_missed_still_tells(een: Mijlpaal) -> None:
    herinneringen.verstuur(dag(voor=2))
    assert [bericht.subject for bericht in mail.outbox] == [
        "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 2 dagen)"
    ]


def test_a_moved_date_reminds_anew_and_the_old_one_is_silent(een: Mijlpaal) -> None:
    herinneringen.verstuur(dag(voor=13))
    Mijlpaal.objects.filter(pk=een.pk).update(einde=dag(na=10))
    herinneringen.verstuur(dag(voor=13))
    assert list(Herinnering.objects.order_by("id").values_list("sleuteldag", "uitkomst")) == [
        (EINDE, "verzonden"), (dag(na=10), "verzonden"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "verandering",
    [
        lambda een, mensen: Mijlpaal.objects.filter(pk=een.pk).update(einde=dag(na=300)),
        lambda een, mensen: Mijlpaal.objects.filter(pk=een.pk).update(behaald_op=dag(voor=20), behaald_bewijs="x"),
        lambda een, mensen: wijzig_status(een.maatregel, "vervallen", door=mensen.eigen, toelichting="x", moment=NU),
        lambda een, mensen: type(een.maatregel.pijler.agenda).objects.update(is_lopend=False),
        lambda een, mensen: Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False),
        lambda een, mensen: Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=datetime.date(2024, 1, 1)),
        lambda een, mensen: Lidmaatschap.objects.filter(persoon=mensen.eigen).update(rol="lezer"),
        lambda een, mensen: Betrokkenheid.objects.filter(maatregel=een.maatregel).update(organisatie=mensen.ander),
    ],
    ids=["moved", "reached", "withdrawn", "not running", "inactive", "membership over", "other role", "reassigned"],
)
def test_what_is_no_longer_wanted_is_not_sent(
    een: Mijlpaal, mensen: Mensen, verandering: Callable[..., object]
) -> None:
    herinneringen.leg_vast(herinneringen.te_herinneren(dag(voor=13)), vandaag=dag(voor=13), moment=timezone.now())
    verandering(een, mensen)
    herinneringen.verstuur(dag(voor=13))
    assert ("eigen@voorbeeld.nl", "aankondiging", "niet_meer_nodig") in uitkomsten()
    assert [bericht.to for bericht in mail.outbox if "eigen@voorbeeld.nl" in bericht.to] == []
    assert Herinnering.objects.get(persoon=mensen.eigen).pogingen == 0


def test_what_is_wanted_again_is_sent_after_all(een: Mijlpaal, mensen: Mensen) -> None:
    herinneringen.leg_vast(herinneringen.te_herinneren(dag(voor=13)), vandaag=dag(voor=13), moment=timezone.now())
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    herinneringen.verstuur(dag(voor=13))
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=True)
    herinneringen.verstuur(dag(voor=12))
    assert uitkomsten() == [
        ("eigen@voorbeeld.nl", "aankondiging", "verzonden"),
        ("secretariaat@voorbeeld.nl", "aankondiging", "verzonden"),
    ]
    # The secretariaat stood in while nobody else was there.
    assert [bericht.to for bericht in mail.outbox] == [["secretariaat@voorbeeld.nl"], ["eigen@voorbeeld.nl"]]


def test_an_announcement_that_came_too_late_becomes_the_next_step(een: Mijlpaal) -> None:
    herinneringen.leg_vast(herinneringen.te_herinneren(dag()), vandaag=dag(), moment=timezone.now())
    herinneringen.verstuur(dag(na=1))
    assert uitkomsten() == [
        ("eigen@voorbeeld.nl", "aankondiging", "niet_meer_nodig"),
        ("eigen@voorbeeld.nl", "voorbij", "verzonden"),
    ]


def test_the_worker_leaves_a_run_for_another_day_alone_until_tomorrow(een: Mijlpaal) -> None:
    """What `--vandaag` put in the ledger a minute ago is not closed by the tick of the real day."""
    nu = timezone.now()
    herinneringen.leg_vast(herinneringen.te_herinneren(dag(voor=13)), vandaag=dag(voor=13), moment=nu)
    herinneringen.verstuur(timezone.localdate(nu), moment=nu)
    assert uitkomsten() == [("eigen@voorbeeld.nl", "aankondiging", "open")]
    morgen = nu + datetime.timedelta(days=1)
    herinneringen.verstuur(timezone.localdate(morgen), moment=morgen)
    assert uitkomsten() == [("eigen@voorbeeld.nl", "aankondiging", "niet_meer_nodig")]


def test_a_run_for_another_day_leaves_what_is_due_today_alone(een: Mijlpaal) -> None:
    nu = timezone.now()
    Mijlpaal.objects.filter(pk=een.pk).update(einde=timezone.localdate(nu))
    herinneringen.leg_vast(
        herinneringen.te_herinneren(timezone.localdate(nu)), vandaag=timezone.localdate(nu), moment=nu
    )
    herinneringen.verstuur(dag(voor=13), moment=nu)
    assert uitkomsten() == [("eigen@voorbeeld.nl", "aankondiging", "open")]


def test_one_that_cannot_be_made_keeps_nobody_else(een: Mijlpaal, mensen: Mensen) -> None:
    """An address with a line end, which the form refuses and the database cannot: no header of its own, no mail."""
    kwaad = PersoonFactory(email="a@voorbeeld.nl\nbcc: b@voorbeeld.nl")
    LidmaatschapFactory(persoon=kwaad, organisatie=mensen.organisatie)
    verslag = herinneringen.verstuur(dag(voor=13))
    assert (verslag.is_alles_overgedragen, verslag.gestopt) == (False, "")
    assert uitkomsten() == [
        ("a@voorbeeld.nl\nbcc: b@voorbeeld.nl", "aankondiging", "open"),
        ("eigen@voorbeeld.nl", "aankondiging", "verzonden"),
    ]
    rij = Herinnering.objects.get(persoon=kwaad)
    assert (rij.pogingen, "newlines" in rij.laatste_fout, "\n" in rij.laatste_fout) == (1, True, False)
    assert [bericht.to for bericht in mail.outbox] == [["eigen@voorbeeld.nl"]]


# Followers


@pytest.fixture
def gevolgd(mensen: Mensen) -> Maatregel:
    """A measure that everybody follows since yesterday, whatever their role; and one that nobody follows."""
    vreemd, maatregel = MaatregelFactory(), MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen")
    wijzig_status(vreemd, "in_uitvoering", door=mensen.eigen, toelichting="x", moment=NU)
    for persoon in Persoon.objects.all():
        Volger.objects.create(maatregel=maatregel, persoon=persoon, sinds=NU - datetime.timedelta(days=1))
    return maatregel


def verschuif(maatregel: Maatregel, naar: str, door: Persoon, moment: datetime.datetime = NU) -> Statuswijziging:
    """A change of status."""
    return wijzig_status(maatregel, naar, door=door, toelichting="Besluit genomen.", moment=moment)


def test_followers_with_a_role_are_told_what_others_changed(gevolgd: Maatregel, mensen: Mensen) -> None:
    Persoon.objects.filter(pk=mensen.collega.pk).update(is_active=False)
    rij = verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    assert mail.outbox == []  # nothing happens in the request
    verslag = herinneringen.verstuur_statusberichten(moment=NU)
    assert (verslag.gepland, dict(verslag.aantallen)) == (4, {"verzonden": 4})
    assert sorted(bericht.to[0] for bericht in mail.outbox) == [
        "beheerder@voorbeeld.nl", "partner@voorbeeld.nl", "secretariaat@voorbeeld.nl", "vreemd@voorbeeld.nl",
    ]  # fmt: skip
    assert set(Herinnering.objects.values_list("stap", "statuswijziging", "mijlpaal", "reden")) == {
        (Stap.STATUS, rij.pk, None, "u volgt deze maatregel")
    }
    herinneringen.verstuur_statusberichten(moment=NU)
    assert len(mail.outbox) == 4


def test_each_change_once_and_not_what_was_before_they_followed(gevolgd: Maatregel, mensen: Mensen) -> None:
    Volger.objects.exclude(persoon=mensen.partner).delete()
    verschuif(gevolgd, "in_voorbereiding", mensen.eigen, NU - datetime.timedelta(days=1))
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    verschuif(gevolgd, "uitgevoerd", mensen.eigen, NU + datetime.timedelta(minutes=1))
    herinneringen.verstuur_statusberichten(moment=NU + datetime.timedelta(hours=1))
    assert [bericht.subject for bericht in mail.outbox] == [
        "2024-2-03 Verdeelbesluit nemen: nu in uitvoering (was in voorbereiding)",
        "2024-2-03 Verdeelbesluit nemen: nu uitgevoerd (was in uitvoering)",
    ]


def test_news_is_news_for_fourteen_days(gevolgd: Maatregel, mensen: Mensen) -> None:
    Volger.objects.exclude(persoon=mensen.partner).delete()
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    veertien = NU + datetime.timedelta(days=14)
    assert len(herinneringen.te_melden(moment=veertien)) == 1
    assert herinneringen.te_melden(moment=veertien + datetime.timedelta(seconds=1)) == []
    # What is in the ledger is owed, however long the mail server was gone.
    herinneringen.leg_vast(herinneringen.te_melden(moment=NU), vandaag=NU.date(), moment=NU)
    herinneringen.verstuur_statusberichten(moment=NU + datetime.timedelta(days=30))
    assert uitkomsten() == [("partner@voorbeeld.nl", "status", "verzonden")]


@pytest.mark.parametrize(
    "verandering",
    [
        lambda wie: Volger.objects.filter(persoon=wie).delete(),
        lambda wie: Volger.objects.filter(persoon=wie).update(sinds=NU + datetime.timedelta(hours=1)),
        lambda wie: Persoon.objects.filter(pk=wie.pk).update(is_active=False),
        lambda wie: Lidmaatschap.objects.filter(persoon=wie).update(tot=NU.date()),
    ],
    ids=["no longer follows", "follows anew", "inactive", "no role"],
)
def test_a_follower_who_left_gets_no_mail(
    gevolgd: Maatregel, mensen: Mensen, verandering: Callable[[Persoon], object]
) -> None:
    Volger.objects.exclude(persoon=mensen.partner).delete()
    verschuif(gevolgd, "in_uitvoering", mensen.eigen)
    herinneringen.leg_vast(herinneringen.te_melden(moment=NU), vandaag=NU.date(), moment=NU)
    verandering(mensen.partner)
    herinneringen.verstuur_statusberichten(moment=NU)
    assert uitkomsten() == [("partner@voorbeeld.nl", "status", "niet_meer_nodig")]
    assert mail.outbox == []


def test_one_question_who_may_see(mensen: Mensen) -> None:
    MaatregelFactory()
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    Lidmaatschap.objects.filter(persoon=mensen.collega).update(tot=NU.date())
    for op in (NU.date(), NU.date() - datetime.timedelta(days=1)):
        zien = {
            persoon.pk for persoon in Persoon.objects.all() if zichtbare_maatregelen(Bevoegdheid(persoon, op)).exists()
        }
        assert set(kijkers(op).values_list("pk", flat=True)) == zien


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_asking_for_followers_takes_two_queries(mensen: Mensen, aantal: int) -> None:
    for _ in range(aantal):
        maatregel = MaatregelFactory()
        Volger.objects.create(maatregel=maatregel, persoon=mensen.partner, sinds=NU - datetime.timedelta(days=1))
        verschuif(maatregel, "in_uitvoering", mensen.eigen)
    with CaptureQueriesContext(connection) as vragen:
        assert len(herinneringen.te_melden(moment=NU)) == aantal
    assert len(vragen) == 2


# The command


def opdracht(*argumenten: str) -> list[str]:
    """What the command printed, line by line."""
    uitvoer = io.StringIO()
    call_command("verstuur_herinneringen", *argumenten, stdout=uitvoer)
    return uitvoer.getvalue().splitlines()


WAT = "  wat:    Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)"
WAAROM = "  waarom: SZW is verantwoordelijk, u bent dossierhouder van SZW"


def test_a_trial_shows_what_would_go_and_writes_nothing(een: Mijlpaal) -> None:
    for _ in range(2):
        with CaptureQueriesContext(connection) as vragen:
            regels = opdracht("--vandaag", "2024-12-17", "--proef")
        assert regels == [
            "eigen@voorbeeld.nl: zou gaan", WAT, WAAROM,
            "Proef voor 2024-12-17: 1 bericht aan 1 persoon. Er is niets verstuurd en niets vastgelegd.",
        ]  # fmt: skip
        assert [vraag["sql"] for vraag in vragen if not vraag["sql"].startswith("SELECT")] == []
    assert (mail.outbox, uitkomsten()) == ([], [])


def test_the_command_prints_who_what_why_and_sends_once(een: Mijlpaal) -> None:
    assert opdracht("--vandaag", "2024-12-17") == [
        "eigen@voorbeeld.nl: verzonden", WAT, WAAROM,
        "Voor 2024-12-17: 1 bericht aan 1 persoon verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open.",
    ]  # fmt: skip
    assert opdracht("--vandaag", "2024-12-17") == [
        "Voor 2024-12-17: 0 berichten aan 0 personen verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open."
    ]
    assert opdracht("--vandaag", "2024-12-18", "--proef") == [
        "Proef voor 2024-12-18: 0 berichten aan 0 personen. Er is niets verstuurd en niets vastgelegd."
    ]
    assert len(mail.outbox) == 1


def test_the_command_names_deadlines_that_nobody_hears_of(een: Mijlpaal, mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=MaatregelFactory(code="leeg", trekker=OrganisatieFactory()))
    mensen.secretariaat.lidmaatschappen.update(tot=datetime.date(2024, 1, 1))
    assert "Zonder ontvanger (1), want er is geen dossierhouder en geen secretariaat: leeg." in opdracht(
        "--vandaag", "2024-12-17"
    )


def test_without_a_day_it_is_today_and_followers_are_told_too(een: Mijlpaal, mensen: Mensen) -> None:
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    Mijlpaal.objects.filter(pk=een.pk).update(einde=vandaag, begin=vandaag, relatie="op")
    Volger.objects.create(maatregel=een.maatregel, persoon=mensen.partner, sinds=nu - datetime.timedelta(days=1))
    verschuif(een.maatregel, "in_uitvoering", mensen.eigen, nu)
    assert "Proef voor" in opdracht("--proef")[-1]
    assert mail.outbox == []
    assert opdracht("--vandaag", "2024-12-17")[-1].startswith("Voor 2024-12-17: 0 berichten")
    assert (
        opdracht()[-1]
        == f"Voor {vandaag}: 2 berichten aan 2 personen verzonden, 0 niet meer nodig, 0 geweigerd, 0 nog open."
    )
    assert sorted(bericht.to[0] for bericht in mail.outbox) == ["eigen@voorbeeld.nl", "partner@voorbeeld.nl"]


@pytest.mark.parametrize("tekst", ["", "17-12-2024", "2024-02-30", "20241217", "2024-W51-2", "morgen", "٢٠٢٤-١٢-١٧"])
def test_a_wrong_day_is_explained(db: None, tekst: str) -> None:
    with pytest.raises(CommandError) as fout:
        opdracht("--vandaag", tekst)
    assert str(fout.value) == f"'{tekst}' is geen datum. Schrijf JJJJ-MM-DD, bijvoorbeeld 2024-12-17."


def test_a_day_far_away_is_explained(db: None) -> None:
    with pytest.raises(CommandError, match="0001-01-01 ligt te ver weg"):
        opdracht("--vandaag", "0001-01-01")


def test_outside_the_demo_another_day_is_only_a_trial(een: Mijlpaal, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="Voeg --proef toe"):
        opdracht("--vandaag", "2024-12-17")
    assert (mail.outbox, uitkomsten()) == ([], [])
    assert opdracht("--vandaag", "2024-12-17", "--proef")[0] == "eigen@voorbeeld.nl: zou gaan"


def test_the_real_deadline_of_2024(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The five documents and the demo people: one mail about the verdeelbesluit, to who is now of JenV."""
    monkeypatch.setenv("DEMO_WACHTWOORD", "een wachtwoord voor de proef")
    for naam in ("laad_agendas", "laad_demo"):
        call_command(naam, stdout=io.StringIO(), stderr=io.StringIO())
    opdracht("--vandaag", "2024-12-17")
    over = [bericht for bericht in mail.outbox if "/maatregelen/2024-2-03/" in bericht.body]
    assert [(bericht.to, bericht.subject) for bericht in over] == [
        (["dossier.aenm@voorbeeld.nl"], "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)")
    ]
    assert "Verantwoordelijk: AenM (nu JenV)\n" in over[0].body
    aantal = len(mail.outbox)
    opdracht("--vandaag", "2024-12-17")
    opdracht("--vandaag", "2024-12-18")
    assert len(mail.outbox) == aantal
    assert {rij.uitkomst for rij in Herinnering.objects.all()} == {Uitkomst.VERZONDEN}


def test_history_and_what_was_never_agreed_stay_silent(mensen: Mensen) -> None:
    for agenda in (AgendaFactory(is_lopend=False), AgendaFactory(is_lopend=False, staat="concept")):
        MijlpaalFactory(maatregel=MaatregelFactory(pijler=PijlerFactory(agenda=agenda), trekker=mensen.organisatie))
    assert wie(dag(voor=13)) == []
