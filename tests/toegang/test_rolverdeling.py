"""What a coördinator hands out: roles below or beside the own, at the own organisation, to somebody else."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from maatregelen.models import Lidmaatschap, Persoon
from maatregelen.zichtbaarheid import Bevoegdheid, terugkijkend
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, PersoonFactory
from tests.paginatekst import queries, tekst
from toegang.models import Toegangslink
from toegang.rolverdeling import beeindig_verdeelde_rol, mag_rol_verdelen, mag_verdelen, verdeel_rol

Als = Callable[[Persoon], Client]
pytestmark = pytest.mark.django_db
PAD = "/mijn/rolverdeling/"
MOMENT = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
DAG = datetime.date(2026, 11, 23)


@pytest.fixture
def coordinator(mensen: Mensen) -> Persoon:
    persoon = PersoonFactory(email="coordinator@voorbeeld.nl", functie="Coördinator SZW")
    LidmaatschapFactory(persoon=persoon, organisatie=mensen.organisatie, rol="coordinator")
    return persoon


def velden(mensen: Mensen, **anders: object) -> dict[str, object]:
    return {
        "email": mensen.partner.email, "functie": "", "organisatie": mensen.organisatie.pk, "rol": "lezer",
        "vanaf": "2026-11-23", "tot": "", **anders,
    }  # fmt: skip


@pytest.mark.parametrize("rol", ["lezer", "dossierhouder", "secretariaat", "beheerder", "auditor"])
def test_only_a_coordinator_hands_out_roles(mensen: Mensen, als: Als, rol: str) -> None:
    persoon = PersoonFactory()
    LidmaatschapFactory(persoon=persoon, organisatie=mensen.organisatie, rol=rol)
    client = als(persoon)
    assert client.get(PAD).status_code == 403
    assert client.post(PAD, velden(mensen)).status_code == 403
    assert mensen.partner.lidmaatschappen.count() == 1


def test_a_role_is_given_and_ended_at_the_own_organisation(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    client = als(coordinator)
    assert client.post(PAD, velden(mensen, tot="2027-01-01")).status_code == 302
    lid = mensen.partner.lidmaatschappen.get(organisatie=mensen.organisatie)
    assert (lid.rol, lid.vanaf, lid.tot) == ("lezer", DAG, datetime.date(2027, 1, 1))
    eigen = mensen.eigen.lidmaatschappen.get()
    assert client.post(PAD, {"lidmaatschap": eigen.pk, "tot": "2026-12-01"}).status_code == 302
    eigen.refresh_from_db()
    assert eigen.tot == datetime.date(2026, 12, 1)


@pytest.mark.parametrize("rol", ["secretariaat", "beheerder", "auditor", "onzin", ""])
def test_no_role_above_the_own_is_given(mensen: Mensen, coordinator: Persoon, als: Als, rol: str) -> None:
    antwoord = als(coordinator).post(PAD, velden(mensen, rol=rol))
    assert antwoord.status_code == 422
    assert mensen.partner.lidmaatschappen.count() == 1


def test_no_role_at_another_organisation_is_given_or_ended(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    client = als(coordinator)
    assert client.post(PAD, velden(mensen, organisatie=mensen.ander.pk)).status_code == 422
    elders = mensen.vreemd.lidmaatschappen.get()
    assert client.post(PAD, {"lidmaatschap": elders.pk, "tot": "2026-12-01"}).status_code == 404
    for onzin in ("abc", "9" * 40, "-1", ""):
        assert client.post(PAD, {"lidmaatschap": onzin, "tot": "2026-12-01"}).status_code == 404
    elders.refresh_from_db()
    assert elders.tot is None
    assert "Vreemd" not in tekst(client.get(PAD))


def test_a_coordinator_cannot_change_the_own_roles(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    client = als(coordinator)
    antwoord = client.post(PAD, velden(mensen, email=coordinator.email, rol="dossierhouder"))
    assert antwoord.status_code == 422
    assert "Uw eigen rollen wijzigt een andere coördinator" in tekst(antwoord)
    eigen = coordinator.lidmaatschappen.get()
    assert client.post(PAD, {"lidmaatschap": eigen.pk, "tot": "2026-12-01"}).status_code == 422
    eigen.refresh_from_db()
    assert eigen.tot is None


def test_a_role_above_is_not_ended_either(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    hoger = LidmaatschapFactory(persoon=mensen.collega, organisatie=mensen.organisatie, rol="auditor")
    client = als(coordinator)
    assert client.post(PAD, {"lidmaatschap": hoger.pk, "tot": "2026-12-01"}).status_code == 422
    hoger.refresh_from_db()
    assert hoger.tot is None


def test_somebody_new_is_invited(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    client = als(coordinator)
    zonder = client.post(PAD, velden(mensen, email="nieuw@voorbeeld.nl"))
    assert "Vul de functie in" in tekst(zonder)
    assert client.post(PAD, velden(mensen, email="nieuw@voorbeeld.nl", functie="Nieuw")).status_code == 302
    nieuw = Persoon.objects.get(email="nieuw@voorbeeld.nl")
    assert (nieuw.functie, nieuw.has_usable_password()) == ("Nieuw", False)
    link = Toegangslink.objects.get()
    assert (link.soort, link.persoon, link.gemaakt_door) == ("uitnodiging", nieuw, coordinator)


def test_a_program_and_somebody_inactive_get_no_role_here(mensen: Mensen, coordinator: Persoon) -> None:
    wie = Bevoegdheid(coordinator, DAG)
    programma = Persoon.objects.create_user("p@voorbeeld.nl", None, functie="P", is_programma=True)
    weg = Persoon.objects.create_user("w@voorbeeld.nl", None, functie="W", is_active=False)
    for persoon in (programma, weg):
        with pytest.raises(ValidationError):
            verdeel_rol(
                wie, email=persoon.email, functie="", organisatie=mensen.organisatie, rol="lezer", vanaf=DAG, tot=None,
                moment=MOMENT,
            )  # fmt: skip
        assert not persoon.lidmaatschappen.exists()


def test_a_right_of_coordinator_lasts_from_its_first_day_to_its_last(mensen: Mensen, coordinator: Persoon) -> None:
    lid = coordinator.lidmaatschappen.get()
    Lidmaatschap.objects.filter(pk=lid.pk).update(vanaf=DAG, tot=DAG + datetime.timedelta(days=2))
    antwoorden = [mag_verdelen(Bevoegdheid(coordinator, DAG + datetime.timedelta(days=n))) for n in (-1, 0, 1, 2)]
    assert antwoorden == [False, True, True, False]
    assert not mag_verdelen(terugkijkend(Bevoegdheid(coordinator, DAG), DAG))
    na = Bevoegdheid(coordinator, DAG + datetime.timedelta(days=2))
    assert not mag_rol_verdelen(na, mensen.eigen, mensen.organisatie, "lezer")
    with pytest.raises(ValidationError):
        beeindig_verdeelde_rol(na, mensen.eigen.lidmaatschappen.get(), per=DAG)


def test_a_longer_list_costs_no_more_queries(mensen: Mensen, coordinator: Persoon, als: Als) -> None:
    client = als(coordinator)
    client.get(PAD)
    eerst = queries(client, PAD)
    for _ in range(3):
        LidmaatschapFactory(organisatie=mensen.organisatie, rol="lezer")
    assert queries(client, PAD) == eerst
