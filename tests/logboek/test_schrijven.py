"""A line is written once, in the right transaction, without secrets; nobody can change it."""

import datetime
import threading

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from logboek.bron import Bron, vanuit
from logboek.geheimen import Geweigerd, verberg
from logboek.models import Actie, Betrokkene, Herkomst, Logregel, Oorsprong, Resultaat, Telling
from logboek.schrijven import (
    WEIGERINGEN_PER_UUR,
    Onderwerp,
    schrijf,
    schrijf_los,
    schrijf_tellingen,
    schrijf_weigering,
    tel,
)
from maatregelen.models import Persoon
from tests.factories import PersoonFactory
from tests.logboek.vastgehouden import logboek_vastgehouden

NU = datetime.datetime(2026, 11, 23, 12, 30, tzinfo=datetime.UTC)
SECONDE = datetime.timedelta(seconds=1)
echt = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


@pytest.fixture
def persoon(db: None) -> Persoon:
    return PersoonFactory(email="jan@voorbeeld.nl", functie="Dossierhouder SZW")


def test_a_line_holds_keys_and_the_names_stand_apart(persoon: Persoon) -> None:
    with vanuit(Bron(Oorsprong.PAGINA, "10.0.0.1", "Firefox")):
        for _ in range(2):
            schrijf(
                actie=Actie.INLOGGEN,
                resultaat=Resultaat.GELUKT,
                moment=NU,
                actor=persoon,
                over=Onderwerp("persoon", str(persoon.pk)),
                details={"pogingen": 2},
            )
    betrokkene, herkomst = Betrokkene.objects.get(), Herkomst.objects.get()
    assert list(
        Logregel.objects.values("actor", "herkomst", "oorsprong", "object_naam", "details").order_by().distinct()
    ) == [
        {
            "actor": betrokkene.pk,
            "herkomst": herkomst.pk,
            "oorsprong": "pagina",
            "object_naam": "",
            "details": {"pogingen": 2},
        }
    ]
    assert (betrokkene.persoon, betrokkene.naam, betrokkene.adres) == (
        persoon.pk,
        "Dossierhouder SZW",
        "jan@voorbeeld.nl",
    )
    assert (herkomst.adres, herkomst.programma, herkomst.maand) == ("10.0.0.1", "Firefox", datetime.date(2026, 11, 1))


def test_another_month_is_another_key(persoon: Persoon) -> None:
    # The month by the calendar here: half an hour before midnight in UTC it is December in Amsterdam already.
    for moment in (NU, datetime.datetime(2026, 11, 30, 22, 59, 59, tzinfo=datetime.UTC)):
        schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=moment, actor=persoon)
    assert Betrokkene.objects.count() == 1
    schrijf(
        actie=Actie.INLOGGEN,
        resultaat=Resultaat.GELUKT,
        moment=datetime.datetime(2026, 11, 30, 23, 0, tzinfo=datetime.UTC),
        actor=persoon,
    )
    assert sorted(Betrokkene.objects.values_list("maand", flat=True)) == [
        datetime.date(2026, 11, 1),
        datetime.date(2026, 12, 1),
    ]


@pytest.mark.parametrize(
    "details",
    [
        {"wachtwoord": "x"},
        {"nieuwToken": "x"},
        {"Authorization": "x"},
        {"herstelcode": "x"},
        {"totp": "123456"},
        {"sessie_sleutel": "x"},
        {"kop": "Token 0123456789abcdef"},
        {"kop": "Bearer abcdefgh.ijkl"},
        {"hash": "0" * 64},
        {"opgeslagen": "argon2$argon2id$v=19$m=102400"},
        {"adres": "postgres://jan:geheim@host/db"},
        {"adres": "/kalender/" + "aB3" * 15 + ".ics"},
        {"jwt": "eyJhbGciOiJIUzI1NiJ9.e30.x"},
        {"factor": "otpauth://totp/x"},
        {"lijst": ["goed", "Basic dXNlcjpwYXNz"]},
        {"wie": "jan@voorbeeld.nl"},
    ],
)
@pytest.mark.django_db
def test_what_could_be_a_secret_or_a_person_is_refused(details: dict[str, object]) -> None:
    with pytest.raises(Geweigerd) as fout:
        schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=NU, details=details)  # type: ignore[arg-type]
    for waarde in details.values():
        assert waarde == "x" or str(waarde) not in str(fout.value)
    assert Logregel.objects.count() == 0


@pytest.mark.django_db
def test_a_label_with_an_address_and_a_value_that_is_none_are_refused() -> None:
    with pytest.raises(Geweigerd):
        schrijf(
            actie=Actie.INLOGGEN,
            resultaat=Resultaat.GELUKT,
            moment=NU,
            over=Onderwerp("persoon", "1", "jan@voorbeeld.nl"),
        )
    with pytest.raises(TypeError):
        schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=NU, details={"x": {}})  # type: ignore[dict-item]


@pytest.mark.django_db
def test_what_is_no_secret_passes() -> None:
    schrijf(
        actie=Actie.SLEUTEL_MAKEN,
        resultaat=Resultaat.GELUKT,
        moment=NU,
        over=Onderwerp("stukkenbundel", "6fee8496-8873-412e-9180-30849c20a06c", "Bundel"),
        details={"bereik": ["maatregelen"], "schrijven": False, "naam": "rapportage BI", "kenmerk": "a1b2c3d4"},
    )
    assert Logregel.objects.count() == 1


@echt
def test_a_line_goes_with_the_change_it_belongs_to() -> None:
    with transaction.atomic():
        schrijf(actie=Actie.ROL_GEVEN, resultaat=Resultaat.GELUKT, moment=NU)
        transaction.set_rollback(True)
    assert Logregel.objects.count() == 0


@echt
def test_a_line_of_its_own_refuses_to_stand_in_a_change() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        schrijf_los(actie=Actie.UITVOEREN, resultaat=Resultaat.GELUKT, moment=NU)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        schrijf_weigering(actie=Actie.OPENEN, moment=NU)
    assert Logregel.objects.count() == 0
    schrijf_los(actie=Actie.UITVOEREN, resultaat=Resultaat.GELUKT, moment=NU)
    assert Logregel.objects.count() == 1


@pytest.mark.parametrize(
    "tekst",
    [
        "x" * 400, "0" * 64, "Token 0123456789abcdef", "jan@voorbeeld.nl", "eyJhbGciOiJIUzI1NiJ9.e30.x",
        "argon2$argon2id$v=19", "otpauth://totp/x", "postgres://jan:geheim@host/db", "-----BEGIN KEY",
        "token /abcdefgh", "basic aaaa/bbbb", f"{'a' * 30}6fee8496-8873-412e-9180-30849c20a06c{'b' * 30}",
    ],
)  # fmt: skip
@echt
def test_a_refusal_is_written_whatever_was_asked_for(tekst: str) -> None:
    """Somebody types an address, a method or a name: the line says that it was refused, not what it held."""
    over = Onderwerp(tekst, tekst, f"/maatregelen/{tekst}/")
    schrijf_weigering(
        actie=Actie.OPENEN, moment=NU, over=over, details={"methode": tekst, "lijst": [tekst, "goed"], "antwoord": 404}
    )
    regel = Logregel.objects.get()
    assert (regel.object_naam.startswith("/maatregelen/…") or regel.object_naam.startswith("…"), tekst in str(
        [regel.object_soort, regel.object_sleutel, regel.object_naam, regel.details]
    )) == (True, False)  # fmt: skip
    assert (regel.details["lijst"][1], regel.details["antwoord"]) == ("goed", 404)
    with pytest.raises(Geweigerd):  # a name stands in the code
        schrijf_weigering(actie=Actie.OPENEN, moment=NU, details={"wachtwoord": "x"})


def test_what_is_hidden_can_be_told_apart_and_the_rest_is_left() -> None:
    een, ander = verberg(f"/maatregelen/{'a' * 40}/status/"), verberg(f"/maatregelen/{'b' * 40}/status/")
    assert een == verberg(f"/maatregelen/{'a' * 40}/status/") != ander
    assert een.startswith("/maatregelen/…")
    assert een.endswith("/status/")
    assert verberg("/maatregelen/2024-2-03/") == "/maatregelen/2024-2-03/"


@echt
def test_refusals_have_a_limit_per_person_and_hour() -> None:
    een, ander = PersoonFactory(), PersoonFactory()
    for _ in range(WEIGERINGEN_PER_UUR + 5):
        schrijf_weigering(actie=Actie.OPENEN, moment=NU, actor=een)
    assert Logregel.objects.count() == WEIGERINGEN_PER_UUR
    assert Logregel.objects.filter(details__has_key="hierna").count() == 1
    schrijf_weigering(actie=Actie.OPENEN, moment=NU, actor=ander)
    uur = datetime.timedelta(hours=1)
    schrijf_weigering(actie=Actie.OPENEN, moment=NU + uur - SECONDE, actor=een)
    assert Logregel.objects.count() == WEIGERINGEN_PER_UUR + 1
    schrijf_weigering(actie=Actie.OPENEN, moment=NU + uur, actor=een)
    assert Logregel.objects.count() == WEIGERINGEN_PER_UUR + 2


@echt
def test_a_refusal_stands_when_nothing_can_be_written(caplog: pytest.LogCaptureFixture) -> None:
    """The table is kept locked by another: a refusal is told elsewhere, an export is not made."""
    with logboek_vastgehouden("ACCESS EXCLUSIVE"):
        schrijf_weigering(actie=Actie.OPENEN, moment=NU, over=Onderwerp("maatregel", "1"))
        assert "logregel niet vastgelegd" in caplog.text
        with pytest.raises(DatabaseError):
            schrijf_los(actie=Actie.UITVOEREN, resultaat=Resultaat.GELUKT, moment=NU)
    assert Logregel.objects.count() == 0


def test_what_is_counted_gets_a_line_at_the_first_time_and_one_when_the_hour_is_over(persoon: Persoon) -> None:
    for minuut in (0, 10, 29):
        tel(
            actie=Actie.OPVRAGEN,
            moment=NU + datetime.timedelta(minutes=minuut),
            actor=persoon,
            over=Onderwerp("api", "maatregelen", "API: maatregelen"),
            langs="abc",
        )
    tel(actie=Actie.OPVRAGEN, moment=NU, actor=persoon, over=Onderwerp("api", "agendas"), langs="abc")
    assert Logregel.objects.count() == 2
    heel = NU.replace(minute=0) + datetime.timedelta(hours=1)
    assert schrijf_tellingen(heel - SECONDE) == 0
    assert schrijf_tellingen(heel) == 1
    assert Telling.objects.count() == 0
    regel = Logregel.objects.get(details__has_key="aantal")
    assert (regel.details["aantal"], regel.tijdstip, regel.object_sleutel) == (3, heel, "maatregelen")
    assert regel.actor == Betrokkene.objects.get().pk


@echt
def test_counting_at_the_same_moment_loses_nothing() -> None:
    def doe() -> None:
        for _ in range(10):
            tel(actie=Actie.OPVRAGEN, moment=NU, actor=None, over=Onderwerp("api", "agendas"), langs="abc")
        connection.close()

    draden = [threading.Thread(target=doe) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert Telling.objects.get().aantal == 40
    assert Logregel.objects.count() == 1
