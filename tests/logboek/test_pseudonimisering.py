"""Who goes after the term, at the exact moment; what happened stays."""

import datetime

import pytest

from logboek.bron import Bron, vanuit
from logboek.lezen import Vraag, regels
from logboek.models import Actie, Betrokkene, Herkomst, Logregel, Oorsprong, Resultaat
from logboek.pseudonimisering import wis_namen
from logboek.schrijven import schrijf
from maatregelen.models import Persoon, Toegangssleutel
from maatregelen.pseudonimisering import pseudonimiseer
from tests.factories import LidmaatschapFactory, PersoonFactory

pytestmark = pytest.mark.django_db

SECONDE = datetime.timedelta(seconds=1)
DAGEN = 365
TERMIJN = datetime.timedelta(days=DAGEN)
NU = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


def test_a_month_goes_as_a_whole_when_its_end_is_as_old_as_the_term() -> None:
    Herkomst.objects.all().delete()
    persoon = PersoonFactory(functie="Dossierhouder")
    # The first of July in Amsterdam begins at ten in the evening UTC.
    einde = datetime.datetime(2025, 6, 30, 22, 0, tzinfo=datetime.UTC)
    for moment, adres in ((einde - SECONDE, "192.0.2.6"), (einde, "192.0.2.7")):
        with vanuit(Bron(Oorsprong.PAGINA, adres, "Proefbrowser")):
            schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=moment, actor=persoon)

    def wie_en_vanwaar() -> list[tuple[str, str]]:
        return [(regel.wie, regel.vanwaar) for regel in regels(Vraag(actie="inloggen"), aantal=5)]

    juli, juni = regels(Vraag(actie="inloggen"), aantal=5)
    alles = [("Dossierhouder", "192.0.2.7"), ("Dossierhouder", "192.0.2.6")]
    assert wis_namen(moment=einde + TERMIJN - SECONDE, dagen=DAGEN) == (0, 0)
    assert wis_namen(moment=einde + 9 * TERMIJN, dagen=0) == (0, 0)
    assert wie_en_vanwaar() == alles
    assert wis_namen(moment=einde + TERMIJN, dagen=DAGEN) == (1, 1)
    assert wie_en_vanwaar() == [alles[0], (f"onherkenbaar ({juni.actor})", f"onherkenbaar ({juni.herkomst})")]
    assert juli.actor != juni.actor
    assert list(Betrokkene.objects.values_list("maand", flat=True)) == [datetime.date(2025, 7, 1)]
    assert list(Herkomst.objects.values_list("maand", flat=True)) == [datetime.date(2025, 7, 1)]
    assert Logregel.objects.get(actie="pseudonimiseren").details == {
        "namen": 1,
        "adressen": 1,
        "voor": "2025-07-01",
    }


def test_who_left_a_term_ago_is_forgotten_at_that_moment_and_not_before() -> None:
    weg = PersoonFactory(
        email="weg@voorbeeld.nl", functie="Jan", last_login=NU - TERMIJN, aangemaakt_op=NU - 2 * TERMIJN
    )
    LidmaatschapFactory(
        persoon=weg,
        vanaf=datetime.date(2024, 1, 1),
        tot=datetime.date(2025, 11, 23),
    )
    Toegangssleutel.objects.create(user=weg)
    Toegangssleutel.objects.update(created=NU - TERMIJN)
    assert pseudonimiseer(moment=NU - SECONDE, dagen=DAGEN) == 0
    assert pseudonimiseer(moment=NU, dagen=0) == 0
    assert pseudonimiseer(moment=NU, dagen=DAGEN) == 1
    assert pseudonimiseer(moment=NU, dagen=DAGEN) == 0
    weg.refresh_from_db()
    assert (weg.email, weg.functie, weg.is_active, weg.last_login) == (
        f"persoon-{weg.pk}@onherkenbaar.invalid",
        f"Vertrokken medewerker {weg.pk}",
        False,
        None,
    )
    assert not weg.has_usable_password()
    assert Toegangssleutel.objects.count() == 0
    regel = Logregel.objects.get(actie="pseudonimiseren")
    assert (regel.object_soort, regel.object_sleutel, regel.object_naam) == ("persoon", str(weg.pk), "")


@pytest.mark.parametrize("reden", ["rol", "inlog", "sleutel", "nieuw", "programma"])
def test_who_is_still_here_stays(reden: str) -> None:
    wie = PersoonFactory(
        email="hier@voorbeeld.nl",
        last_login=NU - TERMIJN + SECONDE if reden == "inlog" else None,
        aangemaakt_op=NU - TERMIJN + SECONDE if reden == "nieuw" else NU - 2 * TERMIJN,
        is_programma=reden == "programma",
    )
    if reden == "rol":
        LidmaatschapFactory(persoon=wie, vanaf=datetime.date(2024, 1, 1), tot=datetime.date(2025, 11, 24))
    if reden == "sleutel":
        Toegangssleutel.objects.create(user=wie)
        Toegangssleutel.objects.update(created=NU - 2 * TERMIJN, laatst_gebruikt_op=NU - TERMIJN + SECONDE)
    assert pseudonimiseer(moment=NU, dagen=DAGEN) == 0
    assert Persoon.objects.get(pk=wie.pk).email == "hier@voorbeeld.nl"
