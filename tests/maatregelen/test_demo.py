"""The demo people: one per role, never outside the demo, with a password that is the one that is shown."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from maatregelen.demonstratie import MENSEN, maak_demomensen
from maatregelen.models import Betrokkenheid, Lidmaatschap, Organisatie, Persoon
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory

pytestmark = pytest.mark.django_db
NAMEN = [
    "dossier.aenm@voorbeeld.nl",
    "dossier.szw@voorbeeld.nl",
    "secretariaat@voorbeeld.nl",
    "partner.vng@voorbeeld.nl",
    "beheer@voorbeeld.nl",
    "coordinator.szw@voorbeeld.nl",
    "auditor@voorbeeld.nl",
]
OVERGANG = datetime.date(2026, 2, 23)


@pytest.fixture
def organisaties() -> None:
    """The organisations of the demo people, with the successor of AenM."""
    jenv = OrganisatieFactory(slug="jenv", afkorting="JenV")
    OrganisatieFactory(slug="aenm", afkorting="AenM", geldig_tot=OVERGANG, opvolger=jenv)
    for slug in ("szw", "vng", "lrt-secretariaat", "functioneel-beheer"):
        OrganisatieFactory(slug=slug, afkorting=slug)


@pytest.fixture
def var(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo with its own folder and no chosen password."""
    monkeypatch.delenv("DEMO_WACHTWOORD", raising=False)
    settings.DEMO, settings.VAR = True, tmp_path / "var"
    return tmp_path / "var"


def draai(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that the command prints."""
    call_command("laad_demo")
    return capsys.readouterr().out.splitlines()


def past(wachtwoord: str) -> set[bool]:
    """Whether this is the password of each of them."""
    return {persoon.check_password(wachtwoord) for persoon in Persoon.objects.filter(email__in=NAMEN)}


@pytest.mark.usefixtures("organisaties")
def test_people_and_their_roles(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draai(capsys)
    begin = datetime.date(2024, 7, 2)
    rijen = Lidmaatschap.objects.order_by("persoon__email", "vanaf")
    assert list(rijen.values_list("persoon__email", "organisatie__slug", "rol", "vanaf", "tot")) == [
        ("auditor@voorbeeld.nl", "functioneel-beheer", "auditor", begin, None),
        ("beheer@voorbeeld.nl", "functioneel-beheer", "beheerder", begin, None),
        ("coordinator.szw@voorbeeld.nl", "szw", "coordinator", begin, None),
        ("dossier.aenm@voorbeeld.nl", "aenm", "dossierhouder", begin, OVERGANG),
        ("dossier.aenm@voorbeeld.nl", "jenv", "dossierhouder", OVERGANG, None),
        ("dossier.szw@voorbeeld.nl", "szw", "dossierhouder", begin, None),
        ("partner.vng@voorbeeld.nl", "vng", "dossierhouder", begin, None),
        ("secretariaat@voorbeeld.nl", "lrt-secretariaat", "secretariaat", begin, None),
    ]
    assert sorted(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        (naam, True, True) for naam in sorted(NAMEN)
    ]
    namen = Persoon.objects.values_list("functie", flat=True)
    assert sorted(namen) == sorted(functie for functie, _ in MENSEN.values())


@pytest.mark.usefixtures("organisaties", "var")
def test_the_person_of_aenm_now_acts_for_it_through_jenv(capsys: pytest.CaptureFixture[str]) -> None:
    draai(capsys)
    dag = datetime.date(2026, 11, 20)
    eigen = Lidmaatschap.objects.geldig(dag).filter(persoon__email="dossier.aenm@voorbeeld.nl")
    assert list(eigen.values_list("organisatie__slug", flat=True)) == ["jenv"]
    ids = Organisatie.objects.waarvoor_optreedt(eigen.values_list("organisatie_id", flat=True), dag)
    assert sorted(Organisatie.objects.filter(pk__in=ids).values_list("slug", flat=True)) == ["aenm", "jenv"]


@pytest.mark.usefixtures("organisaties")
def test_a_random_password_is_shown_again(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    eerste = draai(capsys)
    assert eerste[:-1] == NAMEN
    wachtwoord = eerste[-1].removeprefix("wachtwoord: ")
    assert re.fullmatch(r"([a-z]{4}-){3}[a-z]{4}", wachtwoord)
    assert past(wachtwoord) == {True}
    assert draai(capsys) == eerste
    assert (var / "demo-wachtwoord").read_text() == f"{wachtwoord}\n"
    assert (var / "demo-wachtwoord").stat().st_mode & 0o777 == 0o600
    assert (var / "demo-stempel").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("organisaties")
def test_a_chosen_password_is_set_on_all_whenever_it_differs(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vreemd = PersoonFactory(email="iemand@voorbeeld.nl")
    draai(capsys)
    monkeypatch.setenv("DEMO_WACHTWOORD", "zelf-gekozen-1")
    assert draai(capsys)[-1] == "wachtwoord: zelf-gekozen-1"
    assert past("zelf-gekozen-1") == {True}
    monkeypatch.setenv("DEMO_WACHTWOORD", "zelf-gekozen-2")
    draai(capsys)
    assert (past("zelf-gekozen-2"), past("zelf-gekozen-1")) == ({True}, {False})
    vreemd.refresh_from_db()
    assert vreemd.password == ""
    assert Client().login(username="beheer@voorbeeld.nl", email=NAMEN[4], password="zelf-gekozen-2") is True


@pytest.mark.usefixtures("organisaties")
def test_a_password_that_was_changed_elsewhere_is_set_back_to_the_one_shown(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wachtwoord = draai(capsys)[-1].removeprefix("wachtwoord: ")
    persoon = Persoon.objects.get(email=NAMEN[1])
    persoon.set_password("iets anders")
    persoon.save()
    draai(capsys)
    assert past(wachtwoord) == {True}


@pytest.mark.usefixtures("organisaties")
def test_a_second_run_hashes_and_writes_nothing(
    var: Path, capsys: pytest.CaptureFixture[str], django_assert_num_queries: Any
) -> None:
    draai(capsys)
    hashes = sorted(Persoon.objects.values_list("password", flat=True))
    stempel = (var / "demo-stempel").read_text().strip()
    wachtwoord = (var / "demo-wachtwoord").read_text().strip()
    with django_assert_num_queries(12) as gevraagd:
        maak_demomensen(wachtwoord=wachtwoord, stempel=stempel)
    begin = {vraag["sql"].split()[0] for vraag in gevraagd.captured_queries}
    assert begin == {"SAVEPOINT", "SELECT", "RELEASE"}
    assert sorted(Persoon.objects.values_list("password", flat=True)) == hashes


@pytest.mark.usefixtures("organisaties", "var")
def test_an_ended_role_and_another_function_stay(capsys: pytest.CaptureFixture[str]) -> None:
    draai(capsys)
    Lidmaatschap.objects.filter(persoon__email=NAMEN[1]).update(tot=OVERGANG)
    Persoon.objects.filter(email=NAMEN[1]).update(functie="Beleidsmedewerker", is_active=False)
    LidmaatschapFactory(persoon=Persoon.objects.get(email=NAMEN[1]), organisatie=Organisatie.objects.get(slug="vng"))
    draai(capsys)
    rijen = Lidmaatschap.objects.filter(persoon__email=NAMEN[1]).order_by("vanaf")
    assert list(rijen.values_list("organisatie__slug", "tot")) == [("vng", None), ("szw", OVERGANG)]
    assert Persoon.objects.values_list("functie", "is_active").get(email=NAMEN[1]) == ("Beleidsmedewerker", False)


@pytest.mark.usefixtures("organisaties")
def test_refused_outside_the_demo(var: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = False
    monkeypatch.setenv("DEMO_WACHTWOORD", "zelf-gekozen-1")
    with pytest.raises(CommandError, match=r"^Demomensen bestaan alleen in de demostand"):
        call_command("laad_demo")
    assert (Persoon.objects.count(), var.exists()) == (0, False)


@pytest.mark.usefixtures("var")
def test_refused_before_the_documents_are_loaded() -> None:
    with pytest.raises(CommandError, match=r"^Deze organisaties ontbreken: aenm, .*Laad eerst de agenda's"):
        call_command("laad_demo")
    assert Persoon.objects.count() == 0


@pytest.mark.usefixtures("var")
def test_with_the_documents_there_is_real_work(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("laad_agendas")
    capsys.readouterr()
    assert draai(capsys)[:-1] == NAMEN
    persoon = Persoon.objects.get(email=NAMEN[0])
    dag = datetime.date(2026, 11, 20)
    eigen = persoon.lidmaatschappen.filter(tot=None).values_list("organisatie_id", flat=True)
    namens = Organisatie.objects.waarvoor_optreedt(eigen, dag)
    codes = Betrokkenheid.objects.trekkers().filter(organisatie__in=namens).values_list("maatregel__code", flat=True)
    assert "2024-2-03" in codes
