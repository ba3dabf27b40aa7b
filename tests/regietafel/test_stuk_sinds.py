"""The annex of a meeting that tells what changed since the one before it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from maatregelen.models import Persoon
from maatregelen.statuswissel import wijzig_status
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.stukken.beschrijving import Inhoud
from regietafel.stukken.inhoud import bouw
from regietafel.stukken.zicht import NietTeZien
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.regietafel.factories import VergaderingFactory
from tests.regietafel.stukstof import teksten

NU = datetime.datetime(2026, 6, 15, 10, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


def stuk(persoon: Persoon, moment: datetime.datetime) -> Inhoud:
    """The annex as of a moment."""
    dag = timezone.localdate(moment)
    return bouw("sinds", {"vergadering": "lrt-juni"}, wie=Bevoegdheid(persoon, dag), peildatum=dag, gezien_op=moment)


@pytest.fixture(autouse=True)
def _tafel(mensen: Mensen) -> None:
    with time_machine.travel(NU - datetime.timedelta(days=10), tick=False):
        VergaderingFactory(datum=datetime.date(2026, 3, 18), titel="LRT van maart", slug="lrt-maart")
        VergaderingFactory(
            datum=datetime.date(2026, 6, 17), titel="LRT van juni", slug="lrt-juni", staat="agenda_verzonden"
        )
        maatregel = MaatregelFactory(code="a-1", titel="Huizen bouwen", trekker=mensen.organisatie)
        wijzig_status(
            maatregel,
            "in_voorbereiding",
            door=mensen.eigen,
            toelichting="de consultatie loopt",
            per=datetime.date(2026, 5, 1),
        )


def test_what_changed_stands_in_it(mensen: Mensen) -> None:
    alles = "\n".join(teksten(stuk(mensen.partner, timezone.now())))
    assert "LRT van maart" in alles
    assert "a-1 Huizen bouwen" in alles
    assert "van aangekondigd naar in voorbereiding. de consultatie loopt" in alles


def test_the_same_moment_gives_the_same_number(mensen: Mensen) -> None:
    moment = timezone.now()
    eerste = stuk(mensen.partner, moment)
    MaatregelFactory(code="b-1", titel="Later erbij", geldt_vanaf=datetime.date(2026, 6, 1))
    tweede = stuk(mensen.partner, moment)
    assert eerste.controlegetal == tweede.controlegetal
    assert "Later erbij" in "\n".join(teksten(stuk(mensen.partner, timezone.now())))


def test_nobody_without_a_role_reads_it(mensen: Mensen) -> None:
    with pytest.raises(NietTeZien):
        stuk(mensen.rolloos, timezone.now())
