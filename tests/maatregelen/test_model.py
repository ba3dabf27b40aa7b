"""What must always hold is held by the database, and every change leaves its row of history."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Herinnering,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
)
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

pytestmark = pytest.mark.django_db
DAG = datetime.date(2025, 3, 19)
LATER = datetime.date(2025, 6, 20)

ONMOGELIJK: list[tuple[str, Callable[..., Any], dict[str, Any]]] = [
    ("ends before it begins", OrganisatieFactory, {"geldig_van": LATER, "geldig_tot": DAG}),
    ("unknown kind", OrganisatieFactory, {"soort": "ministry"}),
    ("capital in address", PersoonFactory, {"email": "Iemand@voorbeeld.nl"}),
    ("unknown role", LidmaatschapFactory, {"rol": "baas"}),
    ("role ends before it begins", LidmaatschapFactory, {"vanaf": LATER, "tot": DAG}),
    ("no date and no estimate", AgendaFactory, {"documentdatum": None, "geldt_vanaf": DAG}),
    ("estimate without basis", AgendaFactory, {"schatting_van": DAG}),
    ("estimate backwards", AgendaFactory, {"schatting_van": LATER, "schatting_tot": DAG, "datum_basis": "x"}),
    ("unknown state", AgendaFactory, {"staat": "klaar"}),
    ("lines backwards", PijlerFactory, {"regel_van": 5, "regel_tot": 4}),
    ("line zero", PijlerFactory, {"regel_van": 0, "regel_tot": 4}),
    ("code with a space", MaatregelFactory, {"code": "2024 2"}),
    ("code with a capital", MaatregelFactory, {"code": "M-1"}),
    ("no title", MaatregelFactory, {"titel": ""}),
    ("unknown status", MaatregelFactory, {"status": "bezig"}),
    ("progress without a day", MaatregelFactory, {"voortgang": "op_schema", "voortgang_toelichting": "x"}),
    ("progress without a sentence", MaatregelFactory, {"voortgang": "op_schema", "voortgang_op": DAG}),
    ("a day without progress", MaatregelFactory, {"voortgang_op": DAG}),
    ("involvement backwards", BetrokkenheidFactory, {"vanaf": LATER, "tot": DAG}),
    ("no words", MijlpaalFactory, {"termijn_tekst": "  "}),
    ("interval backwards", MijlpaalFactory, {"begin": LATER, "einde": DAG}),
    ("vague with a day", MijlpaalFactory, {"precisie": "vaag", "einde": DAG}),
    ("duration with a day", MijlpaalFactory, {"precisie": "duur", "einde": DAG}),
    ("unknown precision", MijlpaalFactory, {"precisie": "ongeveer"}),
    ("unknown relation", MijlpaalFactory, {"relatie": "rond"}),
    ("reached without evidence", MijlpaalFactory, {"behaald_op": DAG}),
    ("evidence without a day", MijlpaalFactory, {"behaald_bewijs": "besluit"}),
]


@pytest.mark.parametrize(("wat", "fabriek", "velden"), ONMOGELIJK, ids=[wat for wat, _, _ in ONMOGELIJK])
def test_the_database_refuses(wat: str, fabriek: Callable[..., Any], velden: dict[str, Any]) -> None:
    fabriek()
    with pytest.raises(IntegrityError), transaction.atomic():
        fabriek(**velden)


def test_a_successor_follows_an_end_and_is_not_oneself() -> None:
    oud = OrganisatieFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisatie.objects.filter(pk=oud.pk).update(opvolger=OrganisatieFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisatie.objects.filter(pk=oud.pk).update(geldig_tot=DAG, opvolger=oud)


def test_parents_belong_to_the_same_agenda() -> None:
    pijler, elders = PijlerFactory(), PijlerFactory()
    maatregel, vreemd = MaatregelFactory(pijler=pijler), MaatregelFactory(pijler=elders)
    with pytest.raises(IntegrityError, match="verschillende agendas"), transaction.atomic():
        Pijler.objects.filter(pk=pijler.pk).update(bovenliggend=elders)
    with pytest.raises(IntegrityError, match="verschillende agendas"), transaction.atomic():
        Maatregel.objects.filter(pk=maatregel.pk).update(bovenliggend=vreemd)
    zus = PijlerFactory(agenda=pijler.agenda)
    Pijler.objects.filter(pk=pijler.pk).update(bovenliggend=zus)
    Maatregel.objects.filter(pk=maatregel.pk).update(bovenliggend=MaatregelFactory(pijler=zus))


def test_a_role_in_a_measure_is_held_once_at_a_time() -> None:
    eerste = BetrokkenheidFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        BetrokkenheidFactory(maatregel=eerste.maatregel, organisatie=eerste.organisatie)
    Betrokkenheid.objects.filter(pk=eerste.pk).update(tot=LATER)
    BetrokkenheidFactory(maatregel=eerste.maatregel, organisatie=eerste.organisatie)


def test_a_ledger_row_is_about_one_thing_once() -> None:
    mijlpaal, persoon = MijlpaalFactory(), PersoonFactory()
    rij: dict[str, Any] = {
        "persoon": persoon, "maatregel": mijlpaal.maatregel, "mijlpaal": mijlpaal, "stap": "aankondiging",
        "sleuteldag": mijlpaal.einde, "reden": "dossierhouder", "vandaag": DAG,
    }  # fmt: skip
    Herinnering.objects.create(**rij)
    for anders in ({}, {"mijlpaal": None}, {"sleuteldag": None}, {"uitkomst": "verzonden", "sleuteldag": LATER}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Herinnering.objects.create(**{**rij, **anders})
    Herinnering.objects.create(**{**rij, "sleuteldag": LATER})
    assert Herinnering.objects.count() == 2


def gevolgd() -> list[type[models.Model]]:
    """Every model of the product whose rows people can change."""
    zonder = {"Herinnering", "Toegangssleutel"}
    return [
        model
        for model in apps.get_app_config("maatregelen").get_models()
        if not model.__name__.endswith("Event") and model.__name__ not in zonder
    ]


def test_every_model_keeps_history() -> None:
    namen = {model.__name__ for model in apps.get_app_config("maatregelen").get_models()}
    assert [model.__name__ for model in gevolgd() if f"{model.__name__}Event" not in namen] == []


def test_history_tells_what_a_row_was_and_who_read_no_password() -> None:
    agenda = AgendaFactory(titel="Eerst")
    Agenda.objects.filter(pk=agenda.pk).update(titel="Toen")
    Agenda.objects.filter(pk=agenda.pk).update(titel="Toen")
    events = apps.get_model("maatregelen", "AgendaEvent").objects.filter(pgh_obj=agenda.pk).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "titel")) == [("insert", "Eerst"), ("update", "Toen")]
    persoonevent = apps.get_model("maatregelen", "PersoonEvent")
    assert {"password", "last_login"} & {veld.name for veld in persoonevent._meta.get_fields()} == set()


def test_history_cannot_be_rewritten() -> None:
    AgendaFactory()
    for opdracht in ("UPDATE maatregelen_agendaevent SET titel = 'x'", "DELETE FROM maatregelen_agendaevent"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht)


def test_work_of_an_ended_ministry_reaches_its_successors_successor() -> None:
    jenv = OrganisatieFactory(afkorting="JenV")
    midden = OrganisatieFactory(afkorting="MID", geldig_tot=LATER, opvolger=jenv)
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=DAG, opvolger=midden)
    vreemd = OrganisatieFactory(afkorting="SZW")
    namens = Organisatie.objects.waarvoor_optreedt
    assert namens({jenv.pk}, LATER) == {jenv.pk, midden.pk, aenm.pk}
    assert namens({jenv.pk}, DAG) == {jenv.pk}
    assert namens({midden.pk}, DAG) == {midden.pk, aenm.pk}
    assert namens({midden.pk}, DAG - datetime.timedelta(days=1)) == {midden.pk}
    assert namens({vreemd.pk}, LATER) == {vreemd.pk}
    assert namens(set(), LATER) == set()


def test_a_milestone_is_late_only_after_its_latest_day() -> None:
    mijlpaal = MijlpaalFactory(einde=LATER)
    vaag = MijlpaalFactory(einde=None, precisie="vaag", relatie="op", termijn_tekst="op korte termijn")
    assert [m.is_te_laat(LATER) for m in (mijlpaal, vaag)] == [False, False]
    na = LATER + datetime.timedelta(days=1)
    assert [m.is_te_laat(na) for m in (mijlpaal, vaag)] == [True, False]
    assert list(Mijlpaal.objects.verlopen(LATER)) == []
    assert list(Mijlpaal.objects.verlopen(na)) == [mijlpaal]


def test_only_running_agendas_and_unfinished_measures_have_open_milestones() -> None:
    open_ = MijlpaalFactory()
    MijlpaalFactory(maatregel__pijler__agenda__is_lopend=False)
    MijlpaalFactory(maatregel__status="uitgevoerd")
    MijlpaalFactory(behaald_op=DAG, behaald_bewijs="Besluit van 19 maart")
    assert list(Mijlpaal.objects.open()) == [open_]


def test_coming_deadlines_count_the_latest_day_and_else_the_first() -> None:
    eind = MijlpaalFactory(begin=datetime.date(2025, 1, 1), einde=DAG)
    begin = MijlpaalFactory(begin=DAG, einde=None, relatie="vanaf")
    vandaag = DAG - datetime.timedelta(days=30)
    assert set(Mijlpaal.objects.komend(vandaag, 30)) == {eind, begin}
    assert set(Mijlpaal.objects.komend(vandaag, 29)) == set()
    assert set(Mijlpaal.objects.komend(DAG, 0)) == {eind, begin}
    assert set(Mijlpaal.objects.komend(DAG + datetime.timedelta(days=1), 30)) == set()


def test_who_must_do_it_is_never_a_generic_word() -> None:
    kabinet = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    alleen_woord = MaatregelFactory(trekker=kabinet)
    beeindigd = MaatregelFactory()
    BetrokkenheidFactory(maatregel=beeindigd, tot=LATER)
    met = MaatregelFactory(trekker=OrganisatieFactory())
    gevonden = Maatregel.objects.met_trekker().filter(heeft_trekker=True)
    assert list(gevonden) == [met]
    assert {alleen_woord, beeindigd} == set(Maatregel.objects.met_trekker().filter(heeft_trekker=False))


def test_an_address_is_stored_in_small_letters() -> None:
    assert Persoon.objects.create_user(" Iemand@Voorbeeld.NL ", functie="x").email == "iemand@voorbeeld.nl"
