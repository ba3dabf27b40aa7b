"""Making and changing the dossier: what changes, what never does, and two people at once."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from maatregelen.dossiervoering import (
    leg_opvolging_vast,
    maak_agenda,
    maak_maatregel,
    maak_pijler,
    meld_voortgang,
    neem_opvolging_terug,
    ontvolg,
    volg,
    wijzig,
    wijzig_maatregel,
    wijzig_pijler,
)
from maatregelen.mijlpaalvoering import heropen_mijlpaal, maak_mijlpaal, markeer_behaald
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Maatregel,
    Mijlpaal,
    Opvolging,
    Pijler,
    Pijlerbetrokkenheid,
    Statuswijziging,
    Volger,
)
from maatregelen.versiebewaking import Verouderd, wijzigingen_sinds
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PijlerFactory

# Tests that need several connections: what they leave behind is emptied table by table, so all of them at once.
echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
MOMENT = datetime.datetime(2024, 12, 17, 9, 30, tzinfo=datetime.UTC)
DAG = datetime.date(2024, 12, 17)
MAATREGEL = {"titel": "Opvang spreiden", "soort": "besluit", "aard": "maatregel"}
MIJLPAAL = {
    "omschrijving": "Besluit genomen", "termijn_tekst": "voor de zomer", "precisie": "seizoen", "relatie": "voor",
    "einde": datetime.date(2025, 6, 20), "peildatum": DAG,
}  # fmt: skip


def historie(stuk: Any) -> int:
    """How many rows of history a record has."""
    return stuk.pgh_event_model.objects.filter(pgh_obj=stuk.pk).count()  # type: ignore[no-any-return]


def fouten(poging: Callable[[], Any]) -> dict[str, list[str]]:
    """What a refused attempt says, per field."""
    with pytest.raises(ValidationError) as fout:
        poging()
    return fout.value.message_dict if hasattr(fout.value, "error_dict") else {"": fout.value.messages}


def tegelijk(*daden: Callable[[], Any]) -> list[Any]:
    """Do these at the same time, each with its own connection; an exception is an answer too."""

    def los(daad: Callable[[], Any]) -> Any:
        try:
            return daad()
        except Exception as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(len(daden)) as pool:
        return list(pool.map(los, daden))


def test_only_what_differs_is_written(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(titel="Oud", toelichting="blijft")
    anders = wijzig(maatregel, {"titel": "Nieuw", "toelichting": "blijft"}, versie=1, moment=MOMENT)
    vers = Maatregel.objects.get()
    assert (anders, vers.titel, vers.versie, vers.gewijzigd_op) == (["titel"], "Nieuw", 2, MOMENT)
    assert (maatregel.titel, maatregel.versie) == ("Nieuw", 2)
    assert historie(maatregel) == 2


def test_no_change_leaves_no_history_and_no_version(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(titel="Oud")
    was = Maatregel.objects.get().gewijzigd_op
    assert wijzig(maatregel, {"titel": "Oud"}, versie=1, moment=MOMENT) == []
    vers = Maatregel.objects.get()
    assert (vers.versie, vers.gewijzigd_op, historie(maatregel)) == (1, was, 1)


def test_an_older_version_changes_nothing_and_hears_what_changed(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(titel="Oud", soort="besluit")
    wijzig(maatregel, {"titel": "Van een ander", "soort": "pilot"}, versie=1, moment=MOMENT)
    with pytest.raises(Verouderd) as fout:
        wijzig(maatregel, {"titel": "Van mij"}, versie=1, moment=MOMENT)
    assert fout.value.versie == 2
    assert Maatregel.objects.get().titel == "Van een ander"
    stand = wijzigingen_sinds(Maatregel.objects.get(), 1)
    assert {(v.label, v.oud_woorden, v.nieuw_woorden) for v in stand.verschillen} == {
        ("titel", "Oud", "Van een ander"),
        ("soort", "besluit", "pilot"),
    }
    assert wijzigingen_sinds(Maatregel.objects.get(), 99).verschillen == ()


def test_a_script_without_a_version_writes_over_anything(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(versie=7)
    assert wijzig(maatregel, {"titel": "Anders"}, versie=None) == ["titel"]
    assert Maatregel.objects.get().versie == 8


def test_a_new_agenda_has_a_free_address(mensen: Mensen) -> None:
    velden = {
        "slug": "2027", "titel": "Agenda 2027", "soort": "akkoord", "staat": "concept", "documentdatum": DAG,
        "geldt_vanaf": DAG,
    }  # fmt: skip
    agenda = maak_agenda(velden, houder=mensen.organisatie, moment=MOMENT)
    assert (agenda.houder, agenda.aangemaakt_op, agenda.versie) == (mensen.organisatie, MOMENT, 1)
    assert fouten(lambda: maak_agenda(velden, houder=None)) == {"slug": ["Er is al een agenda met deze adresnaam."]}
    assert Agenda.objects.count() == 1


def test_a_new_section_gets_the_next_number(mensen: Mensen) -> None:
    agenda = AgendaFactory()
    for nummer in ("1", "3", "3a"):
        PijlerFactory(agenda=agenda, nummer=nummer, volgorde=int(nummer[0]))
    pijler = maak_pijler(agenda, {"titel": "Nieuw", "nummer": ""}, moment=MOMENT)
    assert (pijler.nummer, pijler.volgorde) == ("4", 4)
    assert fouten(lambda: maak_pijler(agenda, {"titel": "x", "nummer": "3A"})) == {
        "nummer": ["Nummer 3A bestaat al in deze agenda."]
    }
    assert fouten(lambda: maak_pijler(agenda, {"titel": "x", "bovenliggend": PijlerFactory()})) == {
        "bovenliggend": ["Kies een pijler van dezelfde agenda."]
    }
    assert fouten(lambda: maak_pijler(agenda, {"titel": "Nieuw"})) == {
        "titel": ["Er is hier al een pijler met deze titel."]
    }
    assert agenda.pijlers.count() == 4


def test_a_section_is_never_part_of_itself(mensen: Mensen) -> None:
    agenda = AgendaFactory()
    boven = PijlerFactory(agenda=agenda)
    midden = PijlerFactory(agenda=agenda, bovenliggend=boven)
    onder = PijlerFactory(agenda=agenda, bovenliggend=midden)
    for zelf_of_deel in (boven, midden, onder):
        assert fouten(
            lambda doel=zelf_of_deel: wijzig_pijler(
                boven, {"bovenliggend": doel}, verantwoordelijken=[], door=mensen.eigen, versie=1
            )
        ) == {"bovenliggend": ["Dit valt zelf al onder dit onderdeel; kies een ander."]}
    assert wijzig_pijler(onder, {"bovenliggend": boven}, verantwoordelijken=[], door=mensen.eigen, versie=1)
    assert Pijler.objects.get(pk=boven.pk).bovenliggend is None


def test_a_new_measure_has_a_code_a_history_and_who_is_responsible(mensen: Mensen) -> None:
    pijler = PijlerFactory(agenda__slug="2024", nummer="2")
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=mensen.ander, rol="verantwoordelijk")
    MaatregelFactory(pijler=pijler, code="2024-2-09", volgorde=4)
    MaatregelFactory(code="2024-2-1-99")  # another section: 2.1
    maatregel = maak_maatregel(pijler, dict(MAATREGEL), door=mensen.eigen, trekker=mensen.organisatie, moment=MOMENT)
    assert (maatregel.code, maatregel.volgorde, maatregel.status, maatregel.versie) == (
        "2024-2-10", 5, "aangekondigd", 1,
    )  # fmt: skip
    assert maatregel.geldt_vanaf == pijler.agenda.geldt_vanaf
    rij = Statuswijziging.objects.get(maatregel=maatregel)
    assert (rij.van, rij.naar, rij.per, rij.door) == (None, "aangekondigd", maatregel.geldt_vanaf, mensen.eigen)
    assert {(b.organisatie, b.rol, b.herkomst, b.door) for b in maatregel.betrokkenheden.all()} == {
        (mensen.ander, "verantwoordelijk", "geerfd", mensen.eigen),
        (mensen.organisatie, "verantwoordelijk", "toegewezen", mensen.eigen),
    }


def test_a_new_measure_begins_with_the_successor_of_what_has_ended(mensen: Mensen) -> None:
    """AenM may stand in the heading; what is promised today is JenV's from the start, and once."""
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2024, 12, 1), opvolger=jenv)
    weg = OrganisatieFactory(afkorting="Weg", geldig_tot=datetime.date(2024, 12, 1))
    pijler = PijlerFactory()
    for organisatie in (aenm, weg):
        Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=organisatie, rol="verantwoordelijk")
    maatregel = maak_maatregel(pijler, dict(MAATREGEL), door=mensen.eigen, trekker=jenv, moment=MOMENT)
    assert [(b.organisatie, b.herkomst) for b in maatregel.betrokkenheden.all()] == [(jenv, "geerfd")]


def test_a_new_measure_that_cannot_be(mensen: Mensen) -> None:
    pijler = PijlerFactory()

    def maak(**velden: Any) -> Callable[[], Any]:
        return lambda: maak_maatregel(pijler, {**MAATREGEL, **velden}, door=mensen.eigen, moment=MOMENT)

    assert list(fouten(maak(geldt_vanaf=datetime.date(2024, 12, 18)))) == ["geldt_vanaf"]
    assert fouten(maak(bovenliggend=MaatregelFactory())) == {
        "bovenliggend": ["Kies een maatregel van dezelfde agenda."]
    }
    eerste = maak()()
    assert fouten(maak()) == {"titel": [f"Deze pijler heeft al een maatregel met deze titel: {eerste.code}."]}
    assert pijler.maatregelen.count() == 1


def test_a_code_that_would_not_fit_is_refused(mensen: Mensen) -> None:
    pijler = PijlerFactory(agenda__slug="a" * 38, nummer="1")
    assert "te lang" in fouten(lambda: maak_maatregel(pijler, dict(MAATREGEL), door=mensen.eigen))[""][0]
    assert not Maatregel.objects.exists()


def test_a_measure_is_never_part_of_itself(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    boven = MaatregelFactory(pijler=pijler)
    midden = MaatregelFactory(pijler=pijler, bovenliggend=boven)
    onder = MaatregelFactory(pijler=pijler, bovenliggend=midden)
    for zelf_of_deel in (boven, midden, onder):
        assert list(fouten(lambda doel=zelf_of_deel: wijzig_maatregel(boven, {"bovenliggend": doel}, versie=1))) == [
            "bovenliggend"
        ]
    assert list(fouten(lambda: wijzig_maatregel(boven, {"bovenliggend": MaatregelFactory()}, versie=1))) == [
        "bovenliggend"
    ]
    assert wijzig_maatregel(onder, {"bovenliggend": boven}, versie=1) == ["bovenliggend"]


def test_a_milestone_once(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    mijlpaal = maak_mijlpaal(maatregel, dict(MIJLPAAL), moment=MOMENT)
    assert (mijlpaal.maatregel, mijlpaal.aangemaakt_op) == (maatregel, MOMENT)
    assert Maatregel.objects.get().gewijzigd_op == MOMENT
    assert Maatregel.objects.get().versie == 1
    assert fouten(lambda: maak_mijlpaal(maatregel, dict(MIJLPAAL))) == {
        "omschrijving": ["Deze mijlpaal met deze termijn staat er al."]
    }
    wijzig(mijlpaal, {"omschrijving": "Anders"}, versie=1, moment=MOMENT + datetime.timedelta(days=1))
    assert Maatregel.objects.get().gewijzigd_op == MOMENT + datetime.timedelta(days=1)


def test_progress_is_the_word_of_the_owner(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    meld_voortgang(maatregel, "op_schema", toelichting=" Alles loopt. ", door=mensen.eigen, versie=1, moment=MOMENT)
    vers = Maatregel.objects.get()
    assert (vers.voortgang, vers.voortgang_op, vers.voortgang_toelichting, vers.voortgang_door, vers.versie) == (
        "op_schema", DAG, "Alles loopt.", mensen.eigen, 2,
    )  # fmt: skip
    meld_voortgang(maatregel, "op_schema", toelichting="Alles loopt.", door=mensen.eigen, versie=2, moment=MOMENT)
    assert (Maatregel.objects.get().versie, historie(maatregel)) == (2, 2)
    for woord, zin, veld in (
        ("niet_gemeld", "x", "voortgang"),
        ("onzin", "x", "voortgang"),
        ("aandacht", " ", "toelichting"),
    ):
        assert list(
            fouten(lambda w=woord, z=zin: meld_voortgang(maatregel, w, toelichting=z, door=mensen.eigen, versie=2))
        ) == [veld]
    with pytest.raises(Verouderd):
        meld_voortgang(maatregel, "vertraagd", toelichting="x", door=mensen.collega, versie=1)


def test_reached_with_evidence_and_taken_back(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory()
    markeer_behaald(mijlpaal, op=DAG, bewijs=" Stcrt. 2024, 1 ", door=mensen.eigen, versie=1, moment=MOMENT)
    vers = Mijlpaal.objects.get()
    assert (vers.behaald_op, vers.behaald_bewijs, vers.behaald_door, vers.versie) == (
        DAG, "Stcrt. 2024, 1", mensen.eigen, 2,
    )  # fmt: skip
    heropen_mijlpaal(mijlpaal, versie=2, moment=MOMENT)
    vers = Mijlpaal.objects.get()
    assert (vers.behaald_op, vers.behaald_bewijs, vers.behaald_door, vers.versie) == (None, "", None, 3)
    assert historie(mijlpaal) == 3
    heropen_mijlpaal(mijlpaal, versie=3)
    assert historie(mijlpaal) == 3
    assert set(
        fouten(
            lambda: markeer_behaald(
                mijlpaal, op=datetime.date(2024, 12, 18), bewijs=" ", door=mensen.eigen, versie=3, moment=MOMENT
            )
        )
    ) == {"op", "bewijs"}
    with pytest.raises(Verouderd):
        markeer_behaald(mijlpaal, op=DAG, bewijs="x", door=mensen.eigen, versie=1, moment=MOMENT)


def test_following_twice_is_following(mensen: Mensen) -> None:
    maatregel, ander = MaatregelFactory(), MaatregelFactory()
    for _ in range(2):
        volg(maatregel, mensen.partner)
    volg(ander, mensen.partner)
    volg(maatregel, mensen.eigen)
    ontvolg(maatregel, mensen.partner)
    ontvolg(maatregel, mensen.partner)
    assert set(Volger.objects.values_list("maatregel_id", "persoon_id")) == {
        (ander.pk, mensen.partner.pk),
        (maatregel.pk, mensen.eigen.pk),
    }


def test_succession_runs_forward_once(mensen: Mensen) -> None:
    eerder = MaatregelFactory(geldt_vanaf=datetime.date(2018, 3, 29))
    later = MaatregelFactory(geldt_vanaf=datetime.date(2024, 9, 26))

    def leg(van: Maatregel, naar: Maatregel) -> Opvolging:
        return leg_opvolging_vast(van, naar, "versmald", toelichting="Blijkt uit 3.", door=mensen.eigen, moment=MOMENT)

    rij = leg(eerder, later)
    assert (rij.van, rij.naar, rij.soort, rij.toelichting, rij.door) == (
        eerder, later, "versmald", "Blijkt uit 3.", mensen.eigen,
    )  # fmt: skip
    assert set(Maatregel.objects.values_list("gewijzigd_op", flat=True)) == {MOMENT}
    assert fouten(lambda: leg(eerder, later)) == {"ander": ["Deze opvolging is al vastgelegd."]}
    assert "ouder" in fouten(lambda: leg(later, eerder))["ander"][0]
    assert fouten(lambda: leg(eerder, eerder)) == {"ander": ["Een maatregel kan zichzelf niet opvolgen."]}
    even_oud = MaatregelFactory(geldt_vanaf=later.geldt_vanaf)
    leg(later, even_oud)
    assert fouten(lambda: leg(even_oud, later)) == {"ander": ["Het omgekeerde is al vastgelegd."]}
    neem_opvolging_terug(rij)
    assert list(Opvolging.objects.values_list("van_id", "naar_id")) == [(later.pk, even_oud.pk)]


@echte_transacties
def test_many_people_adding_measures_at_once_get_different_codes(mensen: Mensen) -> None:
    """Also in two sections whose codes begin alike: 1.1 and 1-1."""
    agenda = AgendaFactory(slug="2024")
    pijlers = [PijlerFactory(agenda=agenda, nummer="1.1"), PijlerFactory(agenda=agenda, nummer="1-1")]
    uit = tegelijk(
        *(
            lambda n=n: maak_maatregel(pijlers[n % 2], {**MAATREGEL, "titel": f"Maatregel {n}"}, door=mensen.eigen)
            for n in range(8)
        )
    )
    assert sorted(maatregel.code for maatregel in uit) == [f"2024-1-1-0{n}" for n in range(1, 9)]
    assert Statuswijziging.objects.count() == 8


@echte_transacties
def test_the_same_thing_made_twice_at_once_is_made_once(mensen: Mensen) -> None:
    pijler, maatregel = PijlerFactory(), MaatregelFactory()
    agenda = {
        "slug": "nieuw-2027", "titel": "t", "soort": "akkoord", "staat": "concept", "documentdatum": DAG,
        "geldt_vanaf": DAG,
    }  # fmt: skip
    for daad, rijen in (
        (lambda: maak_maatregel(pijler, dict(MAATREGEL), door=mensen.eigen), pijler.maatregelen),
        (lambda: maak_mijlpaal(maatregel, dict(MIJLPAAL)), maatregel.mijlpalen),
        (lambda: maak_agenda(agenda, houder=None), Agenda.objects.filter(slug="nieuw-2027")),
        (lambda: maak_pijler(pijler.agenda, {"titel": "Dubbel"}), Pijler.objects.filter(titel="Dubbel")),
    ):
        uit = tegelijk(daad, daad)
        assert sorted(type(antwoord).__name__ == "ValidationError" for antwoord in uit) == [False, True], uit
        assert rijen.count() == 1


@echte_transacties
def test_one_of_two_changes_of_the_same_version_wins(mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    uit = tegelijk(
        lambda: wijzig_maatregel(Maatregel.objects.select_related("pijler").get(), {"titel": "A"}, versie=1),
        lambda: wijzig_maatregel(Maatregel.objects.select_related("pijler").get(), {"titel": "B"}, versie=1),
    )
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Verouderd", "list"]
    vers = Maatregel.objects.get(pk=maatregel.pk)
    assert (vers.versie, vers.titel in "AB") == (2, True)
    assert not Betrokkenheid.objects.exists()


@echte_transacties
def test_two_measures_are_never_each_others_part(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    een, twee = MaatregelFactory(pijler=pijler), MaatregelFactory(pijler=pijler)
    uit = tegelijk(
        lambda: wijzig_maatregel(een, {"bovenliggend": twee}, versie=1),
        lambda: wijzig_maatregel(twee, {"bovenliggend": een}, versie=1),
    )
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["ValidationError", "list"]
    assert Maatregel.objects.filter(bovenliggend__isnull=False).count() == 1
