"""A paper survives what happens to who makes it: a worker killed with -9, two workers with the same message."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from regietafel.models import Stuk
from regietafel.stukken import maken
from tests.factories import LidmaatschapFactory, MaatregelFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar, wacht_tot
from tests.trouw.opstelling import SOLO, Dienst

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


def gevraagd() -> Stuk:
    """A onepager that somebody with a role asked for."""
    persoon = PersoonFactory()
    LidmaatschapFactory(persoon=persoon, rol="secretariaat")
    onderwerp = {"maatregel": MaatregelFactory().code}
    (stuk,) = maken.vraag_aan(
        soort="onepager", formaten=["pdf"], onderwerp=onderwerp, titel="x", door=persoon, moment=timezone.now()
    )
    return stuk


def stand(stuk: Stuk) -> str:
    return Stuk.objects.values_list("stand", flat=True).get(pk=stuk.pk)


def andere_verbinding() -> psycopg.Connection[Any]:
    waar = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{k: v for k, v in connection.get_connection_params().items() if k in waar})


def bestanden(map_: Path) -> list[str]:
    return sorted(pad.name for pad in map_.rglob("*") if pad.is_file())


def test_a_worker_killed_while_making_leaves_nothing_and_the_next_makes_it(
    dienst: Callable[..., Dienst], map_makelaar: Makelaar, tmp_path: Path
) -> None:
    map_ = tmp_path / "stukken"
    alles = dienst(map_makelaar, STUKKENMAP=str(map_))
    stuk = gevraagd()
    with andere_verbinding() as slot:
        # It stands still in the middle of gathering what goes into the paper.
        slot.execute("LOCK TABLE maatregelen_mijlpaal IN ACCESS EXCLUSIVE MODE")
        eerste = alles.worker(*SOLO)
        alles.tikker.send_task("regietafel.maak_stuk", args=(stuk.pk,), queue="celery")
        wacht_tot(lambda: stand(stuk) == "bezig", "the worker is at it")
        # Another one, also called, leaves it alone.
        assert not maken.maak(stuk.pk)
        eerste.dood()
    assert (stand(stuk), bestanden(map_)) == ("bezig", [])
    tweede = alles.worker(*SOLO)
    Stuk.objects.update(begonnen_op=timezone.now() - timedelta(minutes=2))
    alles.tik("regietafel.maak_achtergebleven_stukken")
    wacht_tot(lambda: stand(stuk) == "klaar", "the next worker makes it")
    assert tweede.leeft
    stuk.refresh_from_db()
    assert bestanden(map_) == [stuk.bestand.partition("/")[2]]
    assert (map_ / stuk.bestand).read_bytes().startswith(b"%PDF")


def test_two_workers_with_the_same_message_make_it_once(
    dienst: Callable[..., Dienst], map_makelaar: Makelaar, tmp_path: Path
) -> None:
    map_ = tmp_path / "stukken"
    alles = dienst(map_makelaar, STUKKENMAP=str(map_))
    stukken = [gevraagd() for _ in range(6)]
    for stuk in stukken:
        for _ in range(2):
            alles.tikker.send_task("regietafel.maak_stuk", args=(stuk.pk,), queue="celery")
    for _ in range(2):
        alles.worker(*SOLO)
    wacht_tot(lambda: {stand(stuk) for stuk in stukken} == {"klaar"}, "all are made")
    time.sleep(1)
    assert len(bestanden(map_)) == len(stukken)
