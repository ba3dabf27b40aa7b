"""Making an agenda and seating a table: order, what a point is about, carrying over, members, attendance."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from maatregelen.models import Indicator
from maatregelen.versiebewaking import Verouderd
from regietafel.agendering import (
    OMHOOG,
    OMLAAG,
    Onderwerpen,
    haal_vast_punt_weg,
    neem_vaste_punten_over,
    onderwerpen_van,
    schuif_door,
    van_eerder,
    verplaats_punt,
    verplaats_vast_punt,
    verwijder_punt,
    voeg_punt_toe,
    wijzig_punt,
    zet_vast_punt,
)
from regietafel.deelname import (
    Aanwezigheidsregel,
    Ingehaald,
    leg_aanwezigheid_vast,
    neem_leden_over,
    verwijder_deelname,
    voeg_deelnemer_toe,
    wijzig_deelname,
    zet_lid,
)
from regietafel.models import Agendapunt, Besluit, Reeks, Reekslid, Reekspunt, Vergadering
from regietafel.vergadercyclus import Gesloten
from tests.factories import MaatregelFactory, OrganisatieFactory
from tests.regietafel.factories import (
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    ReeksFactory,
    VergaderingFactory,
)

DAG = datetime.date(2026, 3, 18)
LATER = datetime.date(2026, 6, 10)
EEN_DAG = datetime.timedelta(days=1)


@pytest.fixture
def reeks(db: None) -> Reeks:
    rij: Reeks = ReeksFactory()
    for plaats, (titel, slot) in enumerate([("Opening", False), ("Verslag", False), ("Rondvraag", True)]):
        Reekspunt.objects.create(reeks=rij, volgorde=plaats, titel=titel, doel="bespreken", is_slot=slot)
    return rij


@pytest.fixture
def komend(reeks: Reeks) -> Vergadering:
    rij: Vergadering = VergaderingFactory(reeks=reeks, staat="gepland", datum=DAG)
    return rij


def agenda(vergadering: Vergadering) -> list[str]:
    return [str(punt) for punt in vergadering.agendapunten.order_by("volgorde")]


def sluit(vergadering: Vergadering) -> None:
    later = VergaderingFactory(datum=LATER, staat="gehouden")
    Vergadering.objects.filter(pk=vergadering.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)


def test_standing_points_come_once_and_new_points_before_the_closing_ones(komend: Vergadering) -> None:
    assert len(neem_vaste_punten_over(komend)) == 3
    voeg_punt_toe(komend, {"titel": "Opvang"})
    voeg_punt_toe(komend, {"titel": "Huisvesting"})
    assert agenda(komend) == ["1. Opening", "2. Verslag", "3. Opvang", "4. Huisvesting", "5. Rondvraag"]
    assert neem_vaste_punten_over(komend) == []
    Vergadering.objects.filter(pk=komend.pk).update(staat="gehouden")
    voeg_punt_toe(komend, {"titel": "Nagekomen"})
    assert agenda(komend)[-1] == "6. Nagekomen"


def test_a_point_moves_by_one_and_only_when_it_stands_where_it_was_seen(komend: Vergadering) -> None:
    neem_vaste_punten_over(komend)
    punt = komend.agendapunten.get(titel="Verslag")
    assert verplaats_punt(punt, OMHOOG, stond_op=2) == 1
    assert agenda(komend) == ["1. Verslag", "2. Opening", "3. Rondvraag"]
    with pytest.raises(Verouderd):
        verplaats_punt(punt, OMHOOG, stond_op=2)
    assert verplaats_punt(punt, OMHOOG, stond_op=1) == 1
    assert verplaats_punt(punt, OMLAAG, stond_op=1) == 2
    Vergadering.objects.filter(pk=komend.pk).update(staat="gehouden")
    with pytest.raises(ValidationError, match="staat vast"):
        verplaats_punt(punt, OMLAAG, stond_op=2)


def test_a_point_keeps_what_it_is_about_and_says_who_was_first(komend: Vergadering) -> None:
    vng, ipo = OrganisatieFactory(afkorting="VNG"), OrganisatieFactory(afkorting="IPO")
    maatregel = MaatregelFactory()
    cijfer = Indicator.objects.create(slug="bezetting", naam="Bezetting", eenheid="%")
    over = Onderwerpen(inleiders=[vng, ipo], maatregelen=[maatregel], indicatoren=[cijfer])
    punt = voeg_punt_toe(komend, {"titel": "Opvang"}, over=over)
    assert [rij.organisatie for rij in punt.inleiding.all()] == [vng, ipo]
    assert (list(punt.maatregelen.all()), list(punt.indicatoren.all())) == ([maatregel], [cijfer])
    assert wijzig_punt(punt, {"titel": "Opvang"}, versie=1, over=over) is False
    assert wijzig_punt(punt, {}, versie=1, over=Onderwerpen(inleiders=[ipo], maatregelen=[])) is True
    assert [rij.organisatie for rij in punt.inleiding.all()] == [ipo]
    assert (list(punt.maatregelen.all()), list(punt.indicatoren.all())) == ([], [cijfer])
    with pytest.raises(Verouderd):
        wijzig_punt(punt, {"titel": "Anders"}, versie=1)


def test_a_point_is_about_decisions_of_earlier_meetings_only(komend: Vergadering, reeks: Reeks) -> None:
    def besluit(code: str, **velden: Any) -> Besluit:
        rij: Besluit = BesluitFactory(code=code, agendapunt__vergadering=VergaderingFactory(**velden))
        return rij

    eerder, zonder_dag = (
        besluit("eerder-b01", datum=DAG - EEN_DAG),
        besluit("zonder-b01", datum=None, datum_tekst="een keer in 2025"),
    )
    later = besluit("later-b01", datum=DAG + EEN_DAG)
    punt = voeg_punt_toe(komend, {"titel": "Opvang"}, over=Onderwerpen(besluiten=[eerder, zonder_dag]))
    hier = BesluitFactory(code="hier-b01", agendapunt=punt)
    assert list(van_eerder(Besluit.objects.order_by("code"), komend)) == [eerder, zonder_dag]
    assert onderwerpen_van(punt).besluiten == [eerder, zonder_dag]
    for verkeerd in (later, hier):
        with pytest.raises(ValidationError, match=f"{verkeerd.code} is niet van een eerdere vergadering"):
            wijzig_punt(punt, {"titel": "Anders"}, versie=1, over=Onderwerpen(besluiten=[eerder, verkeerd]))
    punt.refresh_from_db()
    assert (punt.titel, punt.versie) == ("Opvang", 1)
    # What it was about stays, also when the meeting turns out to be earlier.
    Vergadering.objects.filter(pk=komend.pk).update(datum=DAG - 2 * EEN_DAG)
    punt = komend.agendapunten.get()
    assert wijzig_punt(punt, {}, versie=1, over=Onderwerpen(besluiten=[eerder])) is True
    assert list(punt.eerdere_besluiten.all()) == [eerder]
    # Carried over it takes them along; closed minutes keep theirs.
    volgende = VergaderingFactory(reeks=reeks, staat="gepland", datum=LATER)
    assert list(schuif_door(punt, volgende, reden="Geen tijd.").eerdere_besluiten.all()) == [eerder]
    sluit(komend)
    with pytest.raises(DatabaseError, match="vastgesteld"), transaction.atomic():
        punt.eerdere_besluiten.clear()
    with pytest.raises(Gesloten):
        wijzig_punt(punt, {}, versie=None, over=Onderwerpen(besluiten=[]))


def test_a_point_comes_off_while_nothing_hangs_on_it(komend: Vergadering) -> None:
    neem_vaste_punten_over(komend)
    punt = komend.agendapunten.get(titel="Opening")
    verwijder_punt(punt, versie=punt.versie)
    assert agenda(komend) == ["1. Verslag", "2. Rondvraag"]
    with pytest.raises(Verouderd):
        verwijder_punt(punt, versie=punt.versie)
    verslag = komend.agendapunten.get(titel="Verslag")
    InbrengFactory(agendapunt=verslag)
    with pytest.raises(ValidationError, match="hangen nog: inbreng"):
        verwijder_punt(verslag, versie=verslag.versie)
    Vergadering.objects.filter(pk=komend.pk).update(staat="gehouden")
    slot = komend.agendapunten.get(titel="Rondvraag")
    with pytest.raises(ValidationError, match="gehouden"):
        verwijder_punt(slot, versie=slot.versie)


def test_a_point_that_is_carried_over_stays_in_the_old_minutes(komend: Vergadering, reeks: Reeks) -> None:
    maatregel = MaatregelFactory()
    punt = voeg_punt_toe(komend, {"titel": "Opvang", "doel": "besluiten"}, over=Onderwerpen(maatregelen=[maatregel]))
    besluit = BesluitFactory(agendapunt=punt)
    sluit(komend)
    volgende = VergaderingFactory(reeks=reeks, staat="gepland", datum=LATER)
    neem_vaste_punten_over(volgende)
    nieuw = schuif_door(punt, volgende, reden=" De cijfers waren er nog niet. ")
    assert agenda(volgende) == ["1. Opening", "2. Verslag", "3. Opvang", "4. Rondvraag"]
    assert (nieuw.vervolg_op, nieuw.doorschuifreden) == (punt, "De cijfers waren er nog niet.")
    assert (nieuw.doel, list(nieuw.maatregelen.all())) == ("besluiten", [maatregel])
    assert agenda(komend) == ["1. Opvang"]
    assert list(punt.besluiten.all()) == [besluit]
    with pytest.raises(ValidationError, match="al doorgeschoven"):
        schuif_door(punt, VergaderingFactory(staat="gepland", datum=LATER), reden="Nog eens.")
    verwijder_punt(nieuw, versie=nieuw.versie)
    assert schuif_door(punt, volgende, reden="Toch.").volgorde == 3


@pytest.mark.parametrize(
    ("velden", "reden", "veld"),
    [
        ({"staat": "gepland"}, " ", "reden"),
        ({"staat": "gepland"}, "x" * 251, "reden"),
        ({"staat": "gehouden"}, "Later.", "naar"),
        ({"staat": "gepland", "datum": datetime.date(2026, 3, 1)}, "Later.", "naar"),
    ],
)
def test_a_point_is_carried_over_with_a_reason_to_what_still_comes(
    velden: dict[str, Any], reden: str, veld: str, komend: Vergadering
) -> None:
    punt = voeg_punt_toe(komend, {"titel": "Opvang"})
    with pytest.raises(ValidationError) as fout:
        schuif_door(punt, VergaderingFactory(**{"datum": LATER, **velden}), reden=reden)
    assert list(fout.value.message_dict) == [veld]
    with pytest.raises(ValidationError):
        schuif_door(punt, komend, reden="Naar zichzelf.")
    assert Agendapunt.objects.count() == 1


def test_closed_minutes_take_and_lose_nothing(komend: Vergadering) -> None:
    punt = voeg_punt_toe(komend, {"titel": "Opvang"})
    deelname = DeelnameFactory(vergadering=komend)
    sluit(komend)
    for daad in (
        lambda: voeg_punt_toe(komend, {"titel": "Nieuw"}),
        lambda: wijzig_punt(punt, {"titel": "Anders"}, versie=None),
        lambda: verplaats_punt(punt, OMHOOG),
        lambda: verwijder_punt(punt, versie=None),
        lambda: neem_vaste_punten_over(komend),
        lambda: neem_leden_over(komend),
        lambda: voeg_deelnemer_toe(komend, {"naam": "Iemand"}),
        lambda: wijzig_deelname(deelname, {"naam": "Anders"}, versie=None),
        lambda: verwijder_deelname(deelname, versie=None),
        lambda: leg_aanwezigheid_vast(komend, []),
    ):
        with pytest.raises(Gesloten):
            daad()  # type: ignore[no-untyped-call]


def lid(reeks: Reeks, naam: str, **velden: Any) -> Reekslid:
    rij: Reekslid = Reekslid.objects.create(
        **{"reeks": reeks, "naam": naam, "ambt": "lid", "organisatie": OrganisatieFactory(), **velden},
    )
    return rij


def test_members_of_that_day_take_their_seats_once(komend: Vergadering, reeks: Reeks) -> None:
    begin = datetime.date(2024, 1, 1)
    lid(reeks, "Vroeger", vanaf=begin, tot=DAG, is_voorzitter=True)
    lid(reeks, "Nu", vanaf=DAG, is_voorzitter=True, volgorde=1)
    lid(reeks, "Ook voorzitter", vanaf=begin, is_voorzitter=True, volgorde=2)
    lid(reeks, "Straks", vanaf=DAG + datetime.timedelta(days=1), volgorde=3)
    assert [(d.naam, d.rol, d.aanwezigheid) for d in neem_leden_over(komend)] == [
        ("Nu", "voorzitter", "verwacht"),
        ("Ook voorzitter", "lid", "verwacht"),
    ]
    assert neem_leden_over(komend) == []


def test_without_a_day_the_last_of_the_estimate_counts(reeks: Reeks) -> None:
    lid(reeks, "Straks", vanaf=LATER)
    velden = {"reeks": reeks, "staat": "gepland", "datum": None, "datum_tekst": "voor de zomer"}
    assert neem_leden_over(VergaderingFactory(**velden, schatting_tot=DAG)) == []
    assert len(neem_leden_over(VergaderingFactory(**velden, schatting_tot=LATER))) == 1


def test_one_chair_and_who_was_it_becomes_a_member(komend: Vergadering) -> None:
    eerste = voeg_deelnemer_toe(komend, {"naam": "Eerste", "rol": "voorzitter"})
    tweede = voeg_deelnemer_toe(komend, {"naam": "Tweede", "rol": "voorzitter"})
    eerste.refresh_from_db()
    assert (eerste.rol, eerste.versie) == ("lid", 2)
    wijzig_deelname(eerste, {"naam": "Eerste", "rol": "voorzitter"}, versie=2)
    tweede.refresh_from_db()
    assert tweede.rol == "lid"
    with pytest.raises(Verouderd):
        wijzig_deelname(eerste, {"naam": "Nog eens"}, versie=2)


def regel(deelname: Any, **velden: str) -> Aanwezigheidsregel:
    leeg = {"aanwezigheid": "verwacht", "vervanging": "", "vervanger": "", "toelichting": ""}
    return Aanwezigheidsregel(deelname.pk, deelname.versie, {**leeg, **velden})


def test_attendance_is_noted_for_all_at_once_or_not_at_all(komend: Vergadering) -> None:
    een, twee = DeelnameFactory(vergadering=komend), DeelnameFactory(vergadering=komend)
    afwezig = {"aanwezigheid": "afwezig", "vervanging": "ambtelijk"}
    assert leg_aanwezigheid_vast(komend, [regel(een, aanwezigheid="aanwezig"), regel(twee, **afwezig)]) == 2
    twee.refresh_from_db()
    assert (twee.aanwezigheid, twee.vervanging, twee.vervanger) == ("afwezig", "ambtelijk", "")
    # `een` as it was seen before: only who changes something that somebody else changed is refused.
    oud = regel(een, aanwezigheid="afwezig")
    with pytest.raises(Ingehaald) as fout:
        leg_aanwezigheid_vast(komend, [oud, regel(twee, **afwezig, toelichting="ziek")])
    assert fout.value.deelnames == [een.pk]
    twee.refresh_from_db()
    assert twee.toelichting == ""
    een.refresh_from_db()
    assert leg_aanwezigheid_vast(komend, [regel(een, aanwezigheid="aanwezig"), regel(twee, **afwezig)]) == 0


@pytest.mark.parametrize(
    "velden",
    [
        {"aanwezigheid": "aanwezig", "vervanging": "ambtelijk"},
        {"aanwezigheid": "aanwezig", "vervanger": "Jansen"},
        {"aanwezigheid": "afwezig", "vervanger": "Jansen"},
    ],
)
def test_only_who_is_absent_is_replaced_somehow(velden: dict[str, str], komend: Vergadering) -> None:
    deelname = DeelnameFactory(vergadering=komend)
    with pytest.raises(ValidationError) as fout:
        leg_aanwezigheid_vast(komend, [regel(deelname, **velden)])
    assert list(fout.value.message_dict) == ["vervanging"]


def test_somebody_has_a_name_or_an_office(komend: Vergadering) -> None:
    with pytest.raises(ValidationError):
        voeg_deelnemer_toe(komend, {"naam": " ", "ambt": "", "rol": "gast"})
    rij = voeg_deelnemer_toe(
        komend, {"naam": "", "ambt": "directeur", "rol": "genoemd", "aanwezigheid": "niet_vermeld"}
    )
    verwijder_deelname(rij, versie=1)
    with pytest.raises(Verouderd):
        verwijder_deelname(rij, versie=1)


def test_a_series_is_changed_by_who_saw_its_last_version(reeks: Reeks) -> None:
    velden = {"organisatie": OrganisatieFactory(), "ambt": "minister", "naam": "", "vanaf": DAG, "tot": None}
    nieuw = zet_lid(reeks, None, velden, versie=1)
    with pytest.raises(Verouderd):
        zet_lid(reeks, None, {**velden, "vanaf": LATER}, versie=1)
    with pytest.raises(ValidationError, match="al vanaf"):
        zet_lid(reeks, None, velden, versie=2)
    with pytest.raises(ValidationError, match="na de eerste dag"):
        zet_lid(reeks, nieuw, {**velden, "tot": DAG}, versie=2)
    assert zet_lid(reeks, nieuw, {**velden, "tot": LATER}, versie=2).tot == LATER
    vast = zet_vast_punt(reeks, None, {"titel": "Cijfers", "is_slot": False}, versie=3)
    verplaats_vast_punt(vast, OMHOOG, versie=4)
    assert [punt.titel for punt in reeks.punten.all()] == ["Opening", "Cijfers", "Verslag", "Rondvraag"]
    verplaats_vast_punt(reeks.punten.get(titel="Rondvraag"), OMHOOG, versie=5)  # the only one at the end: stays
    with pytest.raises(Verouderd):
        haal_vast_punt_weg(vast, versie=4)
    haal_vast_punt_weg(vast, versie=5)
    assert [punt.titel for punt in reeks.punten.all()] == ["Opening", "Verslag", "Rondvraag"]


def test_a_point_of_another_meeting_stays_where_it_is(komend: Vergadering) -> None:
    ander = AgendapuntFactory(vergadering=VergaderingFactory(staat="gepland"), volgorde=1)
    neem_vaste_punten_over(komend)
    verwijder_punt(komend.agendapunten.get(titel="Opening"), versie=None)
    ander.refresh_from_db()
    assert (ander.volgorde, ander.versie) == (1, 1)
