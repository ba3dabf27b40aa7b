"""Nothing ran for a day or a week, or the clock of the machine jumps: caught up once, in today's words, never twice.

Real workers, on machines whose clock says what the test needs.
"""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone

from maatregelen.models import Herinnering
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar
from tests.trouw.opstelling import SOLO, TERMIJNEN, Dienst, Mailserver, nieuws, uitkomsten, volgers

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))

EINDE = datetime.date(2024, 12, 30)  # a Monday


@pytest.fixture
def alles(dienst: Callable[..., Dienst], redis: Makelaar) -> Dienst:
    """The product, and a deadline of which one person must hear at 30, 14, 7, 1 and 0 days, and weekly afterwards."""
    organisatie = OrganisatieFactory()
    LidmaatschapFactory(persoon=PersoonFactory(email="p@voorbeeld.nl"), organisatie=organisatie)
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=organisatie), einde=EINDE, hardheid="wettelijk")
    return dienst(redis)


def dag(alles: Dienst, moment: str, *, keer: int = 2) -> None:
    """A worker that lives on this day, and some ticks of it."""
    worker = alles.worker(*SOLO, moment=f"{moment}T09:00:00+01:00")
    for _ in range(keer):
        assert alles.tik_af(worker, TERMIJNEN) == "succeeded"
    worker.dood()


def onderwerpen(mailserver: Mailserver) -> list[str]:
    """What the mails say, in the order in which they were planned."""
    per_kenmerk = {str(mail["Message-ID"]): str(mail["Subject"]) for mail in mailserver.mails()}
    assert set(mailserver.ontvangen().values()) <= {1}
    return [
        per_kenmerk[kenmerk].removeprefix("Verdeelbesluit genomen: ")
        for kenmerk in Herinnering.objects.filter(uitkomst="verzonden").order_by("id").values_list("kenmerk", flat=True)
    ]


def test_a_day_is_missed(alles: Dienst, mailserver: Mailserver) -> None:
    """Monday 23 December is the day of the step of seven days; nothing runs. Tuesday tells it, as Tuesday sees it."""
    dag(alles, "2024-12-16")
    dag(alles, "2024-12-24")
    assert onderwerpen(mailserver) == [
        "uiterlijk 30 december 2024 (over 14 dagen)",
        "uiterlijk 30 december 2024 (over 6 dagen)",
    ]
    assert uitkomsten() == {"verzonden": 2}


def test_weeks_are_missed(alles: Dienst, mailserver: Mailserver) -> None:
    """Nothing runs from before Christmas until Thursday 9 January: four steps went by, one mail makes up for them."""
    dag(alles, "2024-12-16")
    dag(alles, "2025-01-09", keer=3)
    assert onderwerpen(mailserver) == [
        "uiterlijk 30 december 2024 (over 14 dagen)",
        "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (10 dagen geleden)",
    ]
    assert uitkomsten() == {"verzonden": 2}


def test_the_mail_server_is_away_for_a_week_and_every_day_it_is_tried(alles: Dienst, mailserver: Mailserver) -> None:
    """The rows of the days stand open; what is sent is what holds when the mail server is back."""
    mailserver.stop()
    for moment in ("2024-12-23", "2024-12-27", "2024-12-30"):
        dag(alles, moment, keer=1)
    assert uitkomsten()["verzonden"] == 0
    mailserver.start()
    dag(alles, "2024-12-31")
    assert onderwerpen(mailserver) == ["termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (gisteren)"]
    assert "open" not in uitkomsten()


def test_the_clock_jumps_back_and_forth(alles: Dienst, mailserver: Mailserver) -> None:
    """Friday, Monday and Tuesday in turns. On Monday the step of fourteen days is told; a machine that lives on Friday
    tells the step before it, which nobody had told. Nothing is said again.
    """
    workers = {
        moment: alles.worker(*SOLO, "-Q", moment, moment=f"{moment}T09:00:00+01:00", klaar=False)
        for moment in ("2024-12-13", "2024-12-16", "2024-12-17")
    }
    for worker in workers.values():
        worker.wacht_op("ready.")
    for moment in ("2024-12-16", "2024-12-13", "2024-12-17", "2024-12-16", "2024-12-13", "2024-12-17"):
        assert alles.tik_af(workers[moment], TERMIJNEN, rij=moment) == "succeeded"
    assert onderwerpen(mailserver) == [
        "uiterlijk 30 december 2024 (over 14 dagen)",
        "uiterlijk 30 december 2024 (over 17 dagen)",
    ]
    assert uitkomsten() == {"verzonden": 2}


def test_two_machines_whose_clocks_differ_a_day(
    dienst: Callable[..., Dienst], redis: Makelaar, mailserver: Mailserver
) -> None:
    """One machine lives yesterday, the other tomorrow: each change is told once."""
    alles = dienst(redis)
    nu = timezone.now()
    gisteren = alles.worker(*SOLO, "-Q", "gisteren", moment=(nu - datetime.timedelta(days=1)).isoformat())
    morgen = alles.worker(*SOLO, "-Q", "morgen", moment=(nu + datetime.timedelta(days=1)).isoformat())
    maatregel = volgers("a", "b")
    for _ in range(2):
        for worker, rij in ((morgen, "morgen"), (gisteren, "gisteren")):
            assert alles.tik_af(worker, rij=rij) == "succeeded"
    assert uitkomsten() == {"verzonden": 2}
    nieuws(maatregel)
    for worker, rij in ((gisteren, "gisteren"), (morgen, "morgen"), (gisteren, "gisteren")):
        assert alles.tik_af(worker, rij=rij) == "succeeded"
    assert uitkomsten() == {"verzonden": 4}
    assert (len(mailserver.ontvangen()), set(mailserver.ontvangen().values())) == (4, {1})
