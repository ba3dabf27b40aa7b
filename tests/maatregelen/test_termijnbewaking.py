"""What happens when a termijn changes: its history, what hangs on an event, what recurs, what stays without a day."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatregelen.mijlpaalvoering import heropen_mijlpaal, maak_mijlpaal, markeer_behaald
from maatregelen.models import Maatregel, Mijlpaal, Termijnwijziging, Wetsfase, Wetstraject
from maatregelen.termijnbewaking import (
    bepaal_na_mijlpaal,
    is_lang_vaag,
    maak_verstreken_volgende,
    maak_volgende,
    wijzig_mijlpaal,
)
from maatregelen.termijngeschiedenis import (
    aantal_verplaatst,
    met_verplaatst,
    met_wijzigingen,
    oorspronkelijk,
    wijzigingen_van,
)
from maatregelen.versiebewaking import Verouderd
from maatregelen.wetstrajecten import voeg_wetsstap_toe
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory
from tests.maatregelen.test_dossiervoering import echte_transacties, fouten, tegelijk

DAG = datetime.date
MOMENT = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
VANDAAG = MOMENT.date()
ZOMER = {
    "termijn_tekst": "voor de zomer", "begin": None, "einde": DAG(2027, 6, 20), "precisie": "seizoen",
    "relatie": "voor", "peildatum": DAG(2026, 11, 1),
}  # fmt: skip
RELATIEF = {
    "omschrijving": "Rapport", "termijn_tekst": "binnen drie maanden na het besluit", "begin": None, "einde": None,
    "precisie": "vaag", "relatie": "binnen", "duur": "P3M", "gebeurtenis": "het besluit", "peildatum": DAG(2026, 1, 1),
}  # fmt: skip
JAARLIJKS = {
    "omschrijving": "Jaarverslag", "termijn_tekst": "jaarlijks voor 1 mei", "begin": None, "einde": DAG(2026, 4, 30),
    "precisie": "dag", "relatie": "voor", "herhaling": "P1Y", "peildatum": DAG(2026, 1, 1),
}  # fmt: skip


def dagen(jaar: int, maand: int, dag: int, tekst: str = "") -> dict[str, Any]:
    """Fields of a termijn that names one latest day."""
    einde = DAG(jaar, maand, dag)
    return {"termijn_tekst": tekst or f"uiterlijk {einde:%d-%m-%Y}", "begin": None, "einde": einde, "precisie": "dag",
            "relatie": "uiterlijk"}  # fmt: skip


def verander(mijlpaal: Mijlpaal, velden: dict[str, Any], mensen: Mensen, **over: Any) -> list[str]:
    """Change it as a person does."""
    basis: dict[str, Any] = {"reden": "", "is_herstel": False, "door": mensen.eigen, "versie": None, "moment": MOMENT}
    return wijzig_mijlpaal(mijlpaal, velden, **{**basis, **over})


def rijen(mijlpaal: Mijlpaal) -> list[tuple[Any, ...]]:
    """The history of a termijn: kind, latest day from and to, reason."""
    return list(
        Termijnwijziging.objects.filter(mijlpaal=mijlpaal).values_list("soort", "van_einde", "naar_einde", "reden")
    )


# --- Moves, sharpenings, repairs


def test_a_move_keeps_what_it_was_why_and_who(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)
    assert verander(mijlpaal, dagen(2027, 9, 1), mensen, reden=" De Raad adviseert later. ", versie=1) == [
        "termijn_tekst", "einde", "precisie", "relatie",
    ]  # fmt: skip
    rij = Termijnwijziging.objects.get()
    assert (rij.soort, rij.van_tekst, rij.van_einde, rij.van_precisie, rij.van_relatie) == (
        "uitgesteld", "voor de zomer", DAG(2027, 6, 20), "seizoen", "voor",
    )  # fmt: skip
    assert (rij.naar_tekst, rij.naar_einde, rij.naar_precisie, rij.naar_relatie) == (
        "uiterlijk 01-09-2027", DAG(2027, 9, 1), "dag", "uiterlijk",
    )  # fmt: skip
    assert (rij.reden, rij.door, rij.vastgelegd_op) == ("De Raad adviseert later.", mensen.eigen, MOMENT)
    assert (mijlpaal.einde, Mijlpaal.objects.get().versie, Maatregel.objects.get().gewijzigd_op) == (
        DAG(2027, 9, 1), 2, MOMENT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "woord"),
    [
        (dagen(2027, 9, 1), "later"),
        ({**ZOMER, "einde": DAG(2026, 6, 20)}, "eerder"),
        (
            {"termijn_tekst": "binnenkort", "begin": None, "einde": None, "precisie": "vaag", "relatie": "op"},
            "verliest",
        ),
    ],
)
def test_a_move_without_a_reason_changes_nothing(mensen: Mensen, velden: dict[str, Any], woord: str) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)
    gezegd = fouten(lambda: verander(mijlpaal, {**velden, "omschrijving": "Anders"}, mensen, reden="  "))
    assert list(gezegd) == ["reden"]
    assert woord in gezegd["reden"][0]
    vers = Mijlpaal.objects.get()
    assert (vers.einde, vers.omschrijving, vers.versie) == (DAG(2027, 6, 20), "Verdeelbesluit genomen", 1)
    assert not Termijnwijziging.objects.exists()


def test_sharper_or_other_words_need_no_reason(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)
    verander(mijlpaal, {**dagen(2027, 6, 15), "begin": DAG(2027, 6, 15)}, mensen)
    verander(mijlpaal, {"termijn_tekst": "op dinsdag 15 juni 2027"}, mensen, reden="Zo staat het in de brief.")
    assert rijen(mijlpaal) == [
        ("verscherpt", DAG(2027, 6, 20), DAG(2027, 6, 15), "De termijn is preciezer gemaakt."),
        ("herschreven", DAG(2027, 6, 15), DAG(2027, 6, 15), "Zo staat het in de brief."),
    ]
    assert met_verplaatst(Mijlpaal.objects.all()).get().aantal_verplaatst == 0


def test_what_is_no_termijn_leaves_no_row(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)
    assert verander(mijlpaal, {"omschrijving": "Anders", "hardheid": "wettelijk"}, mensen) == [
        "omschrijving", "hardheid",
    ]  # fmt: skip
    assert verander(mijlpaal, {"omschrijving": "Anders"}, mensen, is_herstel=True) == []
    assert not Termijnwijziging.objects.exists()


def test_an_input_error_is_no_move_and_needs_a_reason(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)
    assert list(fouten(lambda: verander(mijlpaal, dagen(2027, 9, 1), mensen, is_herstel=True))) == ["reden"]
    verander(mijlpaal, dagen(2027, 9, 1), mensen, is_herstel=True, reden="Verkeerd overgenomen.")
    assert rijen(mijlpaal) == [("hersteld", DAG(2027, 6, 20), DAG(2027, 9, 1), "Verkeerd overgenomen.")]
    wijzigingen = list(Termijnwijziging.objects.all())
    assert oorspronkelijk(mijlpaal, wijzigingen).einde == DAG(2027, 9, 1)
    assert met_verplaatst(Mijlpaal.objects.all()).get().aantal_verplaatst == aantal_verplaatst(wijzigingen) == 0


def test_the_original_and_the_number_of_moves(mensen: Mensen) -> None:
    mijlpaal, stil = MijlpaalFactory(**ZOMER), MijlpaalFactory()
    for einde in (DAG(2027, 9, 1), DAG(2027, 12, 1), DAG(2027, 10, 1)):
        verander(mijlpaal, dagen(einde.year, einde.month, einde.day), mensen, reden="Zo besloten.")
    # A typing error: later, and put back at once.
    verander(mijlpaal, dagen(2072, 10, 1), mensen, reden="Uitstel.")
    verander(mijlpaal, dagen(2027, 10, 1), mensen, reden="Jaartal verkeerd.", is_herstel=True)
    # A typing error in a move that was meant: put right to a third day, so that one counts.
    verander(mijlpaal, dagen(2072, 11, 1), mensen, reden="Uitstel.")
    verander(mijlpaal, dagen(2027, 11, 1), mensen, reden="Jaartal verkeerd.", is_herstel=True)
    gelezen = met_wijzigingen(met_verplaatst(Mijlpaal.objects.all())).get(pk=mijlpaal.pk)
    wijzigingen = wijzigingen_van(gelezen)
    assert gelezen.aantal_verplaatst == aantal_verplaatst(wijzigingen) == 4
    eerste = oorspronkelijk(gelezen, wijzigingen)
    assert (eerste.tekst, eerste.einde, eerste.precisie) == ("voor de zomer", DAG(2027, 6, 20), "seizoen")
    assert [(rij.soort, rij.wie, rij.vastgelegd_op) for rij in wijzigingen] == [
        (soort, "Eigen", MOMENT)
        for soort in ("uitgesteld", "uitgesteld", "vervroegd", "uitgesteld", "hersteld", "uitgesteld", "hersteld")
    ]  # fmt: skip
    rest = met_wijzigingen(met_verplaatst(Mijlpaal.objects.all())).get(pk=stil.pk)
    assert (rest.aantal_verplaatst, wijzigingen_van(rest)) == (0, [])
    assert oorspronkelijk(rest, []).tekst == "voor 31 december 2024"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["uitgesteld", "vervroegd", "vervaagd", "hersteld", "verscherpt"]),
                          st.integers(1, 3)), max_size=7))  # fmt: skip
def test_database_and_page_count_moves_alike(db: None, verloop: list[tuple[str, int]]) -> None:
    mijlpaal = MijlpaalFactory()
    einde: DAG | None = DAG(2027, 1, 1)
    for soort, maand in verloop:
        naar = None if soort == "vervaagd" else DAG(2027, maand, 1)
        Termijnwijziging.objects.create(
            mijlpaal=mijlpaal, soort=soort, van_tekst="a", van_einde=einde, van_precisie="dag", naar_tekst="b",
            naar_einde=naar, naar_precisie="dag", reden="x",
        )  # fmt: skip
        einde = naar
    wijzigingen = list(Termijnwijziging.objects.filter(mijlpaal=mijlpaal).order_by("pk"))
    assert met_verplaatst(Mijlpaal.objects.filter(pk=mijlpaal.pk)).get().aantal_verplaatst == aantal_verplaatst(
        wijzigingen
    )


def test_who_looks_at_an_older_version_changes_nothing(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER, versie=3)
    with pytest.raises(Verouderd):
        verander(mijlpaal, dagen(2027, 9, 1), mensen, reden="Later.", versie=2)
    assert not Termijnwijziging.objects.exists()


@echte_transacties
def test_of_two_moves_of_the_same_version_one_is_kept(mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(**ZOMER)

    def zet(maand: int) -> Callable[[], Any]:
        return lambda: verander(Mijlpaal.objects.get(), dagen(2027, maand, 1), mensen, reden="Later.", versie=1)

    uit = tegelijk(zet(9), zet(10))
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Verouderd", "list"]
    assert Termijnwijziging.objects.filter(mijlpaal=mijlpaal).count() == 1


# --- Hanging on an event


@pytest.fixture
def keten(mensen: Mensen) -> tuple[Mijlpaal, Mijlpaal]:
    """A decision, and a report that is due three months after it, of another measure of the same agenda."""
    besluit = MijlpaalFactory(omschrijving="Besluit", maatregel__trekker=mensen.organisatie)
    maatregel = MaatregelFactory(pijler=besluit.maatregel.pijler)
    return besluit, maak_mijlpaal(maatregel, {**RELATIEF, "na_mijlpaal": besluit}, door=mensen.eigen, moment=MOMENT)


def behaald(mijlpaal: Mijlpaal, op: DAG, mensen: Mensen) -> None:
    """Reach it, as it is now."""
    rij = Mijlpaal.objects.get(pk=mijlpaal.pk)
    markeer_behaald(rij, op=op, bewijs="Brief", door=mensen.eigen, versie=None, moment=MOMENT)


def stand(mijlpaal: Mijlpaal) -> tuple[Any, ...]:
    """The days of a termijn as they are now."""
    rij = Mijlpaal.objects.get(pk=mijlpaal.pk)
    return rij.termijn_tekst, rij.begin, rij.einde, rij.precisie, rij.relatie


WOORDEN = RELATIEF["termijn_tekst"]


def test_the_day_follows_the_event_and_goes_with_it(mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal]) -> None:
    besluit, rapport = keten
    assert stand(rapport) == (WOORDEN, None, None, "vaag", "binnen")
    assert not Termijnwijziging.objects.exists()
    behaald(besluit, DAG(2026, 11, 1), mensen)
    assert stand(rapport) == (WOORDEN, None, DAG(2027, 2, 1), "maand", "binnen")
    behaald(besluit, DAG(2026, 10, 31), mensen)
    assert stand(rapport) == (WOORDEN, None, DAG(2027, 1, 31), "maand", "binnen")
    behaald(besluit, DAG(2026, 10, 31), mensen)
    heropen_mijlpaal(Mijlpaal.objects.get(pk=besluit.pk), door=mensen.collega, versie=None, moment=MOMENT)
    assert stand(rapport) == (WOORDEN, None, None, "vaag", "binnen")
    assert rijen(rapport) == [
        ("bepaald", None, DAG(2027, 2, 1), "'Besluit' was op 01-11-2026; daarvandaan telt de termijn."),
        ("bepaald", DAG(2027, 2, 1), DAG(2027, 1, 31), "'Besluit' was op 31-10-2026; daarvandaan telt de termijn."),
        ("bepaald", DAG(2027, 1, 31), None, "'Besluit' is toch niet gebeurd; de termijn wacht er weer op."),
    ]
    assert [rij.door for rij in Termijnwijziging.objects.all()] == [mensen.eigen, mensen.eigen, mensen.collega]
    gelezen = met_verplaatst(Mijlpaal.objects.all()).get(pk=rapport.pk)
    assert (gelezen.aantal_verplaatst, gelezen.versie) == (0, 4)


def test_what_happened_already_gives_the_day_at_once(mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal]) -> None:
    besluit, rapport = keten
    behaald(besluit, DAG(2026, 11, 1), mensen)
    nieuw = maak_mijlpaal(
        rapport.maatregel, {**RELATIEF, "omschrijving": "Tweede rapport", "na_mijlpaal": besluit}, door=mensen.eigen
    )
    los = MijlpaalFactory(maatregel=rapport.maatregel, **{**RELATIEF, "omschrijving": "Derde"})
    verander(los, {"na_mijlpaal": besluit}, mensen)
    for rij in (nieuw, los):
        assert stand(rij) == (WOORDEN, None, DAG(2027, 2, 1), "maand", "binnen")
        assert rijen(rij) == [
            ("bepaald", None, DAG(2027, 2, 1), "'Besluit' was op 01-11-2026; daarvandaan telt de termijn.")
        ]


@pytest.mark.parametrize(
    ("duur", "relatie", "verwacht"),
    [
        ("P6W", "binnen", (None, DAG(2026, 12, 13), "week", "binnen")),
        ("P10D", "uiterlijk", (None, DAG(2026, 11, 11), "dag", "uiterlijk")),
        ("P1Y", "op", (None, DAG(2027, 11, 1), "jaar", "binnen")),
        ("P2M", "vanaf", (DAG(2027, 1, 1), None, "maand", "vanaf")),
        ("-P2W", "voor", (None, DAG(2026, 10, 18), "week", "voor")),
        ("P9999Y", "binnen", (None, None, "vaag", "binnen")),
    ],
)
def test_the_unit_of_the_length_is_the_precision(
    mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal], duur: str, relatie: str, verwacht: tuple[Any, ...]
) -> None:
    besluit, rapport = keten
    Mijlpaal.objects.filter(pk=rapport.pk).update(duur=duur, relatie=relatie)
    behaald(besluit, DAG(2026, 11, 1), mensen)
    assert stand(rapport)[1:] == verwacht


def test_longer_after_the_same_event_is_a_move(mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal]) -> None:
    besluit, rapport = keten
    behaald(besluit, DAG(2026, 11, 1), mensen)
    rapport.refresh_from_db()
    langer = {"termijn_tekst": "binnen zes maanden na het besluit", "duur": "P6M", "precisie": "vaag", "einde": None}
    assert list(fouten(lambda: verander(rapport, langer, mensen))) == ["reden"]
    verander(rapport, langer, mensen, reden="Meer tijd nodig.")
    assert rijen(rapport)[-1] == ("uitgesteld", DAG(2027, 2, 1), DAG(2027, 5, 1), "Meer tijd nodig.")


def test_a_stage_of_the_law_counts_from_its_first_day(mensen: Mensen) -> None:
    maatregel, ander = MaatregelFactory(), MaatregelFactory()
    traject, elders = (Wetstraject.objects.create(maatregel=m, soort="wet") for m in (maatregel, ander))
    rij = maak_mijlpaal(maatregel, {**RELATIEF, "na_fase": "inwerkingtreding"}, door=mensen.eigen, moment=MOMENT)

    def stap(op: DAG, *, fase: str = "inwerkingtreding", in_: Wetstraject = traject) -> None:
        voeg_wetsstap_toe(in_, fase=fase, bereikt_op=op, bron="Stb.", door=mensen.eigen, moment=MOMENT)

    stap(DAG(2026, 1, 1), in_=elders)
    stap(DAG(2026, 1, 1), fase="advies")
    assert stand(rij)[2] is None
    stap(DAG(2026, 5, 1))
    assert stand(rij)[2] == DAG(2026, 8, 1)
    stap(DAG(2026, 7, 1))
    assert stand(rij)[2] == DAG(2026, 8, 1)
    stap(DAG(2026, 4, 1))
    assert stand(rij)[2] == DAG(2026, 7, 1)
    zin = f"'{Wetsfase.INWERKINGTREDING.label}' was op"
    assert [(soort, einde) for soort, _, einde, reden in rijen(rij) if reden.startswith(zin)] == [
        ("bepaald", DAG(2026, 8, 1)), ("bepaald", DAG(2026, 7, 1)),
    ]  # fmt: skip


def test_on_what_a_termijn_cannot_hang(mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal]) -> None:
    besluit, rapport = keten
    vreemd = MijlpaalFactory(maatregel__pijler__agenda=AgendaFactory())
    derde = maak_mijlpaal(rapport.maatregel, {**RELATIEF, "omschrijving": "Derde", "na_mijlpaal": rapport})
    vooraf = list(Mijlpaal.objects.order_by("pk").values())

    def fout_bij(rij: Mijlpaal, velden: dict[str, Any]) -> list[str]:
        return list(fouten(lambda: verander(rij, velden, mensen)))

    assert fout_bij(rapport, {"na_mijlpaal": vreemd}) == ["na_mijlpaal"]
    assert fout_bij(rapport, {"na_mijlpaal": rapport}) == ["na_mijlpaal"]
    assert fout_bij(besluit, {"na_mijlpaal": rapport, "duur": "P3M"}) == ["na_mijlpaal"]
    assert fout_bij(besluit, {"na_mijlpaal": derde, "duur": "P3M"}) == ["na_mijlpaal"]
    assert fout_bij(rapport, {"na_fase": "advies"}) == ["na_mijlpaal"]
    assert fout_bij(besluit, {"na_fase": "advies"}) == ["na_fase"]  # no length in its words
    assert list(Mijlpaal.objects.order_by("pk").values()) == vooraf


@echte_transacties
def test_two_that_would_hang_on_each_other_at_once(mensen: Mensen) -> None:
    een = MijlpaalFactory(**RELATIEF)
    twee = MijlpaalFactory(maatregel=een.maatregel, **{**RELATIEF, "omschrijving": "Twee"})
    uit = tegelijk(
        lambda: verander(een, {"na_mijlpaal": twee}, mensen), lambda: verander(twee, {"na_mijlpaal": een}, mensen)
    )
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["ValidationError", "list"]
    assert Mijlpaal.objects.exclude(na_mijlpaal=None).count() == 1


def test_an_event_that_changes_nothing_leaves_no_trace(mensen: Mensen, keten: tuple[Mijlpaal, Mijlpaal]) -> None:
    besluit, rapport = keten
    assert bepaal_na_mijlpaal(besluit, op=None, door=mensen.eigen, moment=MOMENT) == 0
    assert Mijlpaal.objects.get(pk=rapport.pk).versie == 1


# --- Recurring


def test_reaching_one_that_recurs_makes_the_next(mensen: Mensen) -> None:
    rij = MijlpaalFactory(**JAARLIJKS, hardheid="wettelijk", voor_wie="COA", cyclus="2026", bron="Brief", bron_id="b1",
                          toelichting="Noot", regel_van=3, regel_tot=4)  # fmt: skip
    behaald(rij, DAG(2026, 4, 1), mensen)
    nieuw = Mijlpaal.objects.get(vorige=rij)
    assert stand(nieuw) == ("jaarlijks voor 1 mei", None, DAG(2027, 4, 30), "dag", "voor")
    assert (nieuw.omschrijving, nieuw.hardheid, nieuw.voor_wie, nieuw.cyclus, nieuw.bron, nieuw.bron_id) == (
        "Jaarverslag", "wettelijk", "COA", "", "Brief", "",
    )  # fmt: skip
    assert (nieuw.toelichting, nieuw.regel_van, nieuw.regel_tot, nieuw.herhaling, nieuw.behaald_op) == (
        "Noot", 3, 4, "P1Y", None,
    )  # fmt: skip
    behaald(rij, DAG(2026, 4, 2), mensen)
    heropen_mijlpaal(Mijlpaal.objects.get(pk=rij.pk), door=mensen.eigen, versie=None, moment=MOMENT)
    behaald(rij, DAG(2026, 4, 2), mensen)
    assert list(Mijlpaal.objects.order_by("pk")) == [rij, nieuw]


def test_reached_early_the_next_is_still_the_next(mensen: Mensen) -> None:
    rij = MijlpaalFactory(**{**JAARLIJKS, "einde": DAG(2027, 4, 30), "peildatum": DAG(2026, 5, 1)})
    behaald(rij, DAG(2026, 11, 1), mensen)
    nieuw = Mijlpaal.objects.get(vorige=rij)
    assert (nieuw.einde, nieuw.peildatum) == (DAG(2028, 4, 30), DAG(2027, 5, 1))


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        # Words that say another day each year are read again.
        ({"termijn_tekst": "jaarlijks op Prinsjesdag", "begin": DAG(2026, 9, 15), "einde": DAG(2026, 9, 15),
          "relatie": "op"}, (DAG(2027, 9, 21), DAG(2027, 9, 21))),
        # Days that were set by hand keep their step.
        ({"einde": DAG(2026, 5, 15)}, (None, DAG(2027, 5, 15))),
        ({"termijn_tekst": "elk kwartaal", "begin": DAG(2026, 1, 1), "einde": DAG(2026, 3, 31), "herhaling": "P3M",
          "precisie": "kwartaal", "relatie": "in"}, (DAG(2026, 10, 1), DAG(2026, 12, 31))),
        # Long ago: not each missed one, but the one that is due.
        ({"einde": DAG(2019, 4, 30), "peildatum": DAG(2019, 1, 1)}, (None, DAG(2027, 4, 30))),
        ({"herhaling": "onzin", "termijn_tekst": "soms"}, None),
        ({"herhaling": ""}, None),
        ({"einde": None, "precisie": "vaag", "termijn_tekst": "jaarlijks"}, None),
    ],
)  # fmt: skip
def test_the_days_of_the_next(db: None, velden: dict[str, Any], verwacht: tuple[Any, ...] | None) -> None:
    rij = MijlpaalFactory(**{**JAARLIJKS, **velden})
    nieuw = maak_volgende(rij, vandaag=VANDAAG, moment=MOMENT)
    assert (nieuw and (nieuw.begin, nieuw.einde)) == verwacht
    assert maak_volgende(rij, vandaag=VANDAAG, moment=MOMENT) is None
    assert Mijlpaal.objects.count() == 1 + (verwacht is not None)


def test_one_that_was_recorded_by_hand_is_not_made_again(db: None) -> None:
    rij = MijlpaalFactory(**JAARLIJKS)
    MijlpaalFactory(**{**JAARLIJKS, "einde": DAG(2027, 4, 30)}, maatregel=rij.maatregel)
    MijlpaalFactory(**{**JAARLIJKS, "einde": DAG(2027, 4, 30)})
    assert maak_volgende(rij, vandaag=VANDAAG) is None


def test_what_passed_stays_late_and_gets_its_next_once(mensen: Mensen) -> None:
    open_, klaar = MijlpaalFactory(**JAARLIJKS), MijlpaalFactory(**JAARLIJKS, maatregel__status="afgesloten")
    oud = MijlpaalFactory(**JAARLIJKS, maatregel__pijler__agenda__is_lopend=False)
    MijlpaalFactory(**{**JAARLIJKS, "einde": VANDAAG})
    MijlpaalFactory(einde=DAG(2026, 4, 30))
    assert maak_verstreken_volgende(VANDAAG) == 1
    assert maak_verstreken_volgende(VANDAAG) == 0
    assert Mijlpaal.objects.get(vorige=open_).einde == DAG(2027, 4, 30)
    assert open_.is_te_laat(VANDAAG)
    assert maak_verstreken_volgende(DAG(2027, 5, 1)) == 2  # the new one, and the one of today
    behaald(klaar, DAG(2026, 4, 1), mensen)
    behaald(oud, DAG(2026, 4, 1), mensen)
    assert not Mijlpaal.objects.filter(vorige__in=[klaar, oud]).exists()


@echte_transacties
def test_two_at_once_make_one_next() -> None:
    rij = MijlpaalFactory(**JAARLIJKS)
    uit = tegelijk(*[lambda: maak_volgende(rij, vandaag=VANDAAG)] * 4)
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Mijlpaal", *["NoneType"] * 3]
    assert Mijlpaal.objects.filter(vorige=rij).count() == 1


# --- Without a day for long

VAAG = {"termijn_tekst": "binnenkort", "begin": None, "einde": None, "precisie": "vaag", "relatie": "op"}
DAGEN = {"wettelijk": 30, "toezegging": 180, "streven": 365, "norm": 0}


def dagen_geleden(aantal: int) -> DAG:
    """So many days before the day of these tests."""
    return VANDAAG - datetime.timedelta(days=aantal)


def test_database_and_row_agree_on_what_is_vague_for_long(mensen: Mensen) -> None:
    basis = {**VAAG, "omschrijving": "x"}
    besluit = MijlpaalFactory()
    for hardheid, grens in DAGEN.items():
        for over in (0, 1):
            peildatum = dagen_geleden(grens + over)
            MijlpaalFactory(**basis, hardheid=hardheid, peildatum=peildatum)
            MijlpaalFactory(**{**basis, "precisie": "duur"}, hardheid=hardheid, peildatum=peildatum)
            MijlpaalFactory(**basis, hardheid=hardheid, peildatum=peildatum, na_fase="advies", duur="P1M")
            MijlpaalFactory(
                **basis, hardheid=hardheid, peildatum=peildatum, na_mijlpaal=besluit, maatregel=besluit.maatregel
            )
            MijlpaalFactory(**basis, hardheid=hardheid, peildatum=peildatum, behaald_op=VANDAAG, behaald_bewijs="Brief")
            MijlpaalFactory(hardheid=hardheid, peildatum=peildatum)
    MijlpaalFactory(**basis, peildatum=dagen_geleden(999), maatregel__status="vervallen")
    MijlpaalFactory(**basis, peildatum=dagen_geleden(999), maatregel__pijler__agenda__is_lopend=False)
    gevonden = list(Mijlpaal.objects.lang_vaag(VANDAAG, DAGEN).order_by("pk"))
    assert [(rij.hardheid, rij.vaag_sinds) for rij in gevonden] == [
        (hardheid, dagen_geleden(grens + 1)) for hardheid, grens in DAGEN.items()
    ]
    per_rij = [
        rij
        for rij in Mijlpaal.objects.open().met_vaag_sinds().order_by("pk")
        if is_lang_vaag(rij, vandaag=VANDAAG, na_dagen=DAGEN[rij.hardheid])
    ]
    assert per_rij == gevonden


def test_it_counts_from_the_day_on_which_it_became_vague(mensen: Mensen) -> None:
    rij = MijlpaalFactory(**{**ZOMER, "peildatum": dagen_geleden(900)})
    laat = MOMENT - datetime.timedelta(days=200)
    verander(rij, dict(VAAG), mensen, reden="Nog niet bekend.", moment=laat)
    verander(rij, {**VAAG, "termijn_tekst": "zo snel mogelijk"}, mensen, moment=MOMENT)
    (gevonden,) = Mijlpaal.objects.lang_vaag(VANDAAG, DAGEN)
    assert gevonden.vaag_sinds == dagen_geleden(200)
    assert list(Mijlpaal.objects.lang_vaag(VANDAAG, {**DAGEN, "toezegging": 200})) == []
    assert list(Mijlpaal.objects.lang_vaag(VANDAAG, {})) == []
