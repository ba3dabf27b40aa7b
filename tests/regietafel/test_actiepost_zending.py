"""Mail about actions over a real mail server, by real processes: each mail once, whatever happens."""

# ruff: noqa: F811  fixtures of other files are arguments here

import datetime
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.db import connection
from django.utils import timezone

from maatregelen.herinneringen import ANDER_BEZIG, Verslag
from maatregelen.werkdagen import is_werkdag
from migratie.celery import app
from regietafel.actiepost import verstuur
from regietafel.models import Actiebericht, Actiepunt
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory
from tests.maatregelen.test_tasks import HUIS, WORKER, omgeving, tik, wacht_tot  # noqa: F401
from tests.maatregelen.test_verzending import Mailserver, lees, mailserver  # noqa: F401
from tests.regietafel.factories import ActiepuntFactory

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(instellingen.INSTALLED_APPS))
EINDE = datetime.date(2026, 6, 17)
VANDAAG = datetime.date(2026, 6, 10)
MOMENT = datetime.datetime(2026, 6, 10, 7, 0, tzinfo=datetime.UTC)


def met(*namen: str) -> Actiepunt:
    """An action that these addresses must hear of, because they keep things up for its organisation."""
    organisatie = OrganisatieFactory()
    for naam in namen:
        LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=organisatie)
    return ActiepuntFactory(organisatie=organisatie, einde=EINDE)  # type: ignore[return-value]


def uitkomsten() -> list[tuple[str, str, int, str]]:
    """Per person what became of the mail, after how many tries, and what the server said."""
    velden = ("persoon__email", "uitkomst", "pogingen", "fout")
    rijen = Actiebericht.objects.order_by("persoon__email").values_list(*velden)
    return [(email.split("@")[0], *rest) for email, *rest in rijen]


@pytest.mark.django_db
def test_one_bad_address_keeps_nobody_else(mensen: Mensen, mailserver: Mailserver) -> None:
    met("a", "onbekend", "vol", "weg", "z")
    assert verstuur(VANDAAG, moment=MOMENT).gestopt == ""
    [a, onbekend, vol, weg, z] = uitkomsten()
    assert (a, z) == (("a", "verzonden", 1, ""), ("z", "verzonden", 1, ""))
    assert onbekend == ("onbekend", "geweigerd", 1, "550 5.1.1 Onbekende gebruiker")
    assert vol == ("vol", "open", 1, "452 4.2.2 Postvak vol")
    assert weg[:3] == ("weg", "open", 1)
    verstuur(VANDAAG, moment=MOMENT)
    assert mailserver.ontvangen() == {"a@voorbeeld.nl": 1, "z@voorbeeld.nl": 1}
    assert [(naam, pogingen) for naam, _, pogingen, _ in uitkomsten()] == [
        ("a", 1), ("onbekend", 1), ("vol", 2), ("weg", 2), ("z", 1),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_lost_answer_repeats_the_same_message(mensen: Mensen, mailserver: Mailserver) -> None:
    met("verloren")
    verstuur(VANDAAG, moment=MOMENT)
    assert [rij[:2] for rij in uitkomsten()] == [("verloren", "open")]
    verstuur(VANDAAG + datetime.timedelta(days=1), moment=MOMENT)
    kenmerken = [bericht["Message-ID"] for bericht in lees(mailserver.map_)]
    assert (len(kenmerken), len(set(kenmerken))) == (2, 1)


@pytest.mark.django_db
def test_a_server_that_is_gone_stops_the_run_and_all_mail_goes_later(
    mensen: Mensen,
    mailserver: Mailserver,
    settings: Any,
    tmp_path: Path,
) -> None:
    met("a", "b", "c")
    mailserver.stop()
    verslag = verstuur(VANDAAG, moment=MOMENT)
    assert (verslag.gestopt, verslag.blijft_open) == ("ConnectionRefusedError: Connection refused", 2)
    assert not verslag.is_alles_overgedragen
    nieuw = Mailserver(tmp_path / "later")
    settings.EMAIL_PORT = nieuw.poort
    verslag = verstuur(VANDAAG, moment=MOMENT)
    ontvangen = nieuw.ontvangen()
    nieuw.stop()
    assert (dict(verslag.aantallen), set(ontvangen.values()), len(ontvangen)) == ({"verzonden": 3}, {1}, 3)


@pytest.mark.django_db
def test_a_run_stops_in_time_and_the_next_goes_on(mensen: Mensen, mailserver: Mailserver) -> None:
    met("a", "b", "c")
    verslag = verstuur(VANDAAG, moment=MOMENT, duur=0.000001)
    assert (dict(verslag.aantallen), verslag.blijft_open, verslag.is_alles_overgedragen) == ({"verzonden": 1}, 2, False)
    assert dict(verstuur(VANDAAG, moment=MOMENT).aantallen) == {"verzonden": 2}


@pytest.mark.django_db
def test_an_answer_that_became_old_is_asked_again(
    mensen: Mensen,
    mailserver: Mailserver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each lot then holds one mail: all go, each once; what failed is not tried again by the same run."""
    monkeypatch.setattr("regietafel.actiepost.VERS", 0.0)
    met("vol", "x", "y", "z")
    verslag = verstuur(VANDAAG, moment=MOMENT)
    assert (dict(verslag.aantallen), verslag.blijft_open) == ({"verzonden": 3, "open": 1}, 0)
    assert set(mailserver.ontvangen().values()) == {1}


@echte_transacties
def test_four_at_once_send_each_mail_once(mensen: Mensen, mailserver: Mailserver) -> None:
    met(*(f"p{nummer:02}" for nummer in range(8)))
    start, verslagen = threading.Barrier(4), list[Verslag]()

    def loop() -> None:
        start.wait()
        try:
            verslagen.append(verstuur(VANDAAG, moment=MOMENT))
        finally:
            connection.close()

    draden = [threading.Thread(target=loop) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert (len(mailserver.ontvangen()), set(mailserver.ontvangen().values())) == (8, {1})
    assert {(uitkomst, pogingen) for _, uitkomst, pogingen, _ in uitkomsten()} == {("verzonden", 1)}
    assert sum((verslag.aantallen for verslag in verslagen), Counter()) == {"verzonden": 8}
    assert {verslag.gestopt for verslag in verslagen} <= {"", ANDER_BEZIG}


@echte_transacties
def test_the_tick_of_the_clock_reaches_the_worker(
    mensen: Mensen,
    omgeving: dict[str, str],
    tmp_path: Path,
) -> None:
    vandaag = timezone.localdate()
    for _ in range(2):
        ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=vandaag)
    taak = app.conf.beat_schedule["actieberichten"]["task"]
    tik(omgeving, taak)
    tik(omgeving, taak)
    worker = subprocess.Popen([sys.executable, "-m", "celery", *WORKER], cwd=HUIS, env=omgeving)
    try:
        wacht_tot(lambda: list((tmp_path / "broker" / "wachtrij").iterdir()) == [])
        if is_werkdag(vandaag):
            wacht_tot(lambda: Actiebericht.objects.filter(uitkomst="verzonden").count() == 2)
    finally:
        worker.terminate()
        worker.wait(timeout=20)
    gestuurd = [str(bericht["To"]) for bericht in lees(tmp_path / "mail")]
    assert gestuurd == (["eigen@voorbeeld.nl"] if is_werkdag(vandaag) else [])
