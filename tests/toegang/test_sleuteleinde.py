"""The end of a key is told beforehand: to whom, on which day, and once."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from maatregelen.models import Persoon, Toegangssleutel
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, PersoonFactory
from toegang.accountberichten import verstuur
from toegang.models import Accountbericht, Berichtsoort
from toegang.programmas import beeindig_programma, maak_programma
from toegang.sleuteleinde import kondig_aan
from toegang.sleutels import Sleutelwens, laatste_dag, maak_sleutel, trek_in

pytestmark = pytest.mark.django_db
NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
VANDAAG = datetime.date(2026, 11, 20)
TEL = datetime.timedelta(seconds=1)
# A key of ninety days works through 18 February 2027. Here midnight is at 23.00 UTC.
VEERTIEN = datetime.datetime(2027, 2, 3, 23, 0, tzinfo=datetime.UTC)
DRIE = datetime.datetime(2027, 2, 14, 23, 0, tzinfo=datetime.UTC)
EINDE = datetime.datetime(2027, 2, 18, 23, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _vers(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(NU, tick=False):
        yield


def maak(houder: Persoon, dagen: int = 90, *, door: Persoon | None = None, naam: str = "BI") -> Toegangssleutel:
    """A key of so many days, made now; the mail about its making is out."""
    sleutel, _ = maak_sleutel(houder, Sleutelwens(naam, False, (), laatste_dag(VANDAAG, dagen)), door=door or houder)
    Accountbericht.objects.filter(soort=Berichtsoort.SLEUTEL_GEMAAKT).delete()
    return sleutel


def aangekondigd() -> list[tuple[str, int | None]]:
    """To whom, and how many days before."""
    rijen = Accountbericht.objects.order_by("pk").values_list("persoon__email", "aantal")
    return [(adres.partition("@")[0], dagen) for adres, dagen in rijen]


def test_two_weeks_and_three_days_before_from_midnight_on_and_once(mensen: Mensen) -> None:
    maak(mensen.eigen)
    assert [kondig_aan(moment) for moment in (NU, VEERTIEN - TEL, VEERTIEN, VEERTIEN, DRIE - TEL)] == [0, 0, 1, 0, 0]
    assert aangekondigd() == [("eigen", 14)]
    assert [kondig_aan(moment) for moment in (DRIE, DRIE + TEL, EINDE - TEL)] == [1, 0, 0]
    assert aangekondigd() == [("eigen", 14), ("eigen", 3)]


def test_days_that_were_missed_are_made_up_for_by_one_mail(mensen: Mensen) -> None:
    maak(mensen.eigen)
    assert [kondig_aan(moment) for moment in (EINDE - TEL, EINDE - TEL)] == [1, 0]
    assert aangekondigd() == [("eigen", 3)]


def test_of_what_has_ended_nobody_is_told(mensen: Mensen) -> None:
    maak(mensen.eigen)
    assert kondig_aan(EINDE) == 0
    kondig_aan(DRIE)
    assert verstuur(EINDE) == 0  # the mail server was away until it did not matter any more
    assert mail.outbox == []
    assert Accountbericht.objects.te_versturen().count() == 0


@pytest.mark.parametrize(("dagen", "stappen"), [(15, [14, 3]), (14, [3]), (4, [3]), (3, []), (0, [])])
def test_a_key_that_was_made_within_a_step_knows_no_such_step(dagen: int, stappen: list[int], mensen: Mensen) -> None:
    maak(mensen.eigen, dagen)
    for dag in range(dagen + 1):
        kondig_aan(NU + datetime.timedelta(days=dag))
    assert [stap for _, stap in aangekondigd()] == stappen


def test_the_mail_says_which_key_until_when_and_what_to_do(mensen: Mensen) -> None:
    maak(mensen.eigen, naam="rapportage <BI>")
    kondig_aan(VEERTIEN)
    assert verstuur(VEERTIEN) == 1
    (brief,) = mail.outbox
    html = str(brief.alternatives[0][0])  # type: ignore[union-attr]
    assert (brief.to, brief.subject) == ([mensen.eigen.email], "Een sleutel werkt binnenkort niet meer (Regiemonitor)")
    assert str(brief.body).startswith(
        "Een sleutel voor de API van Regiemonitor werkt nog tot en met 18 februari 2027. De sleutel heet: "
        "rapportage <BI>. Daarna werkt wat de sleutel gebruikt niet meer."
    )
    assert "ga naar Mijn account en kies Sleutels" in str(brief.body)
    assert "rapportage &lt;BI&gt;." in html
    assert "http" not in f"{brief.body}{html}"
    assert "Was u dit niet" not in f"{brief.body}{html}"


def test_of_a_program_its_maker_hears_and_after_them_the_coordinators(mensen: Mensen) -> None:
    programma = maak_programma(mensen.organisatie, naam="Koppeling", rol="lezer", door=mensen.beheerder)
    maak(programma, door=mensen.beheerder)
    kondig_aan(VEERTIEN)
    assert aangekondigd() == [("beheerder", 14)]
    verstuur(VEERTIEN)
    assert "Hij is van het programma Koppeling." in str(mail.outbox[0].body)
    assert "kies Programma's" in str(mail.outbox[0].body)
    for naam, bij in (("hier", mensen.organisatie), ("daar", mensen.ander)):
        LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=bij, rol="coordinator")
    Persoon.objects.filter(pk=mensen.beheerder.pk).update(is_active=False)
    kondig_aan(DRIE)
    assert aangekondigd()[1:] == [("hier", 3)]


def test_that_nobody_is_left_to_tell_stands_in_the_log(mensen: Mensen) -> None:
    programma = maak_programma(mensen.organisatie, naam="Koppeling", rol="lezer", door=mensen.beheerder)
    maak(programma, door=mensen.beheerder)
    Persoon.objects.filter(pk=mensen.beheerder.pk).update(is_active=False)
    with structlog.testing.capture_logs() as regels:
        assert kondig_aan(VEERTIEN) == 0
    assert [regel["event"] for regel in regels] == ["niemand om het einde van een sleutel aan te melden"]


def test_a_key_that_is_gone_takes_its_messages_along(mensen: Mensen) -> None:
    sleutel = maak(mensen.eigen)
    kondig_aan(VEERTIEN)
    trek_in(sleutel, door=mensen.eigen)
    assert (kondig_aan(VEERTIEN), aangekondigd(), verstuur(VEERTIEN)) == (0, [], 0)
    programma = maak_programma(mensen.organisatie, naam="Koppeling", rol="lezer", door=mensen.beheerder)
    maak(programma, door=mensen.beheerder)
    beeindig_programma(programma, door=mensen.beheerder)
    assert kondig_aan(VEERTIEN) == 0


def test_who_is_not_active_is_not_told(mensen: Mensen) -> None:
    maak(mensen.eigen)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    assert kondig_aan(VEERTIEN) == 0


def test_the_database_keeps_one_per_key_step_and_person(mensen: Mensen) -> None:
    maak(mensen.eigen)
    kondig_aan(VEERTIEN)
    rij = Accountbericht.objects.get()
    rij.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rij.save(force_insert=True)


def test_many_keys_are_told_of_one_by_one(mensen: Mensen) -> None:
    for nummer in range(3):
        maak(mensen.eigen, naam=f"nummer {nummer}")
    maak(mensen.collega, 200)
    assert kondig_aan(VEERTIEN) == 3
    assert verstuur(VEERTIEN) == 3
    assert sorted(str(brief.body).split("heet: ")[1][:8] for brief in mail.outbox) == [
        "nummer 0",
        "nummer 1",
        "nummer 2",
    ]
