"""The next agenda fills itself: each reason appears and disappears exactly when it should, and choices are kept."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from maatregelen.models import Persoon
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.actiepunten import rond_af
from regietafel.agendavoorbereiding import (
    Voorbereiding,
    bereid_voor,
    houd,
    laat_vallen,
    maak_ongedaan,
    titel_voor,
    verplaats,
)
from regietafel.models import Agendapunt, Reeks, Vergadering, Voorstelkeuze
from regietafel.terugkoppelingen import aanvaard, meld_uitgevoerd
from regietafel.views.voorbereiden import zicht
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    ReeksFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

VANDAAG = datetime.date(2026, 5, 4)
DAG = datetime.date(2026, 6, 10)
NU = datetime.datetime(2026, 5, 4, 9, 0, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tafel(mensen: Mensen) -> Any:
    """Two meetings of a series: one was held and has no minutes yet, one is to come."""

    class Tafel:
        reeks = ReeksFactory()
        wie = Bevoegdheid(mensen.secretariaat, VANDAAG)
        door: Persoon = mensen.secretariaat
        komend = VergaderingFactory(reeks=reeks, datum=DAG, staat="gepland", titel="LRT van 10 juni 2026")
        vorig = VergaderingFactory(reeks=reeks, staat="gehouden")
        punt = AgendapuntFactory(vergadering=vorig)

        def stand(self, vergadering: Vergadering | None = None, vandaag: datetime.date = VANDAAG) -> Voorbereiding:
            gevraagd = Vergadering.objects.get(pk=(vergadering or self.komend).pk)
            return bereid_voor(gevraagd, zicht=zicht(self.wie), vandaag=vandaag)

        def lijst(self, vergadering: Vergadering | None = None) -> list[tuple[str, list[str]]]:
            return [(str(s.value), [rij.wat for rij in rijen]) for s, rijen in self.stand(vergadering).groepen]

        def alles(self, vergadering: Vergadering | None = None) -> list[Any]:
            return [rij for _, rijen in self.stand(vergadering).groepen for rij in rijen]

        def actie(self, **velden: Any) -> Any:
            return ActiepuntFactory(agendapunt=self.punt, **velden)

    return Tafel()


# Each reason


def test_nothing_asks_for_anything(tafel: Any) -> None:
    assert tafel.lijst() == []
    assert (tafel.stand().aantal, tafel.stand().zonder_dag) == (0, 0)


def test_an_action_appears_on_the_day_of_the_meeting_and_not_before(tafel: Any) -> None:
    tafel.actie(wat="Op de dag zelf", einde=DAG)
    tafel.actie(wat="Een dag later", einde=DAG + datetime.timedelta(days=1))
    tafel.actie(wat="Allang te laat", einde=datetime.date(2026, 4, 1))
    tafel.actie(wat="Vaag", termijn_tekst="op korte termijn", einde=None, precisie="vaag")
    tafel.actie(wat="Zonder termijn", termijn_tekst="", einde=None, precisie="", relatie="")
    tafel.actie(wat="Vanaf mei", termijn_tekst="per mei", einde=None, begin=datetime.date(2026, 5, 1), precisie="maand")
    tafel.actie(wat="Een verzoek", is_afgesproken=False, soort="verzoek", einde=datetime.date(2026, 4, 1))
    assert tafel.lijst() == [("actie", ["Allang te laat", "Vanaf mei", "Op de dag zelf"])]
    assert tafel.stand().zonder_dag == 2


def test_an_action_that_is_done_is_not_asked(tafel: Any) -> None:
    actie = tafel.actie(einde=DAG)
    assert len(tafel.alles()) == 1
    rond_af(actie, op=VANDAAG, afronding="Klaar.", door=tafel.door, vandaag=VANDAAG, versie=1)
    assert tafel.lijst() == []


def test_a_decision_is_asked_until_it_is_accepted(tafel: Any) -> None:
    besluit = BesluitFactory(agendapunt=tafel.punt, tekst="De taakstelling gaat omhoog.")
    rij = TerugkoppelingFactory(besluit=besluit)
    TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=tafel.punt, soort="mededeling"))
    TerugkoppelingFactory(besluit=BesluitFactory(agendapunt__vergadering=tafel.komend))
    TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=tafel.punt), stand="niet_nodig")
    verwacht = [("terugkoppeling", ["De taakstelling gaat omhoog."])]
    assert tafel.lijst() == verwacht
    meld_uitgevoerd(rij, op=VANDAAG, uitkomst="Gedaan.", door=tafel.door, vandaag=VANDAAG, versie=1)
    assert tafel.lijst() == verwacht
    later = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 5, 20), staat="gehouden")
    aanvaard(rij, later, door=tafel.door, versie=2)
    assert tafel.lijst() == []


def test_deadlines_until_the_meeting_after(tafel: Any) -> None:
    na = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 9, 16), staat="gepland")
    VergaderingFactory(reeks=ReeksFactory(), datum=datetime.date(2026, 7, 1), staat="gepland")
    for wat, einde in (
        ("Dag voor die erna", datetime.date(2026, 9, 15)),
        ("Dag van die erna", datetime.date(2026, 9, 16)),
        ("Te laat", datetime.date(2026, 5, 1)),
    ):
        MijlpaalFactory(omschrijving=wat, einde=einde)
    MijlpaalFactory(omschrijving="Oude agenda", maatregel__pijler__agenda__is_lopend=False)
    MijlpaalFactory(omschrijving="Gedaan", maatregel__status="uitgevoerd", einde=VANDAAG)
    MijlpaalFactory(omschrijving="Behaald", einde=VANDAAG, behaald_op=VANDAAG, behaald_bewijs="Brief")
    MijlpaalFactory(omschrijving="Vaag", einde=None, precisie="vaag")
    assert tafel.lijst() == [("termijn", ["Te laat", "Dag voor die erna"])]
    assert (tafel.stand().volgende, tafel.stand().tot) == (na, na.datum)


def test_without_a_meeting_after_three_months_are_looked_ahead(tafel: Any) -> None:
    MijlpaalFactory(omschrijving="Net binnen", einde=datetime.date(2026, 9, 9))
    MijlpaalFactory(omschrijving="Net buiten", einde=datetime.date(2026, 9, 10))
    assert tafel.lijst() == [("termijn", ["Net binnen"])]
    assert (tafel.stand().volgende, tafel.stand().tot) == (None, datetime.date(2026, 9, 10))


def test_what_was_promised_for_this_meeting(tafel: Any) -> None:
    tafel.actie(wat="Voor deze", voor_vergadering=tafel.komend, termijn_tekst="", einde=None, precisie="", relatie="")
    ander = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 9, 1), staat="gepland")
    tafel.actie(wat="Voor een andere", voor_vergadering=ander, einde=datetime.date(2026, 9, 1))
    assert tafel.lijst() == [("toegezegd", ["Voor deze"])]


def test_an_undated_next_meeting_is_this_one_when_it_is_the_first_of_its_kind(tafel: Any) -> None:
    ooit = VergaderingFactory(
        reeks=tafel.reeks, datum=None, datum_tekst="een volgende LRT", schatting_van=datetime.date(2026, 3, 19),
        staat="gepland",
    )  # fmt: skip
    extra = VergaderingFactory(
        reeks=tafel.reeks, datum=None, datum_tekst="extra", soort="extra", staat="gepland",
        schatting_van=datetime.date(2026, 3, 19),
    )  # fmt: skip
    zonder = {"termijn_tekst": "", "einde": None, "precisie": "", "relatie": ""}
    tafel.actie(wat="Voor een volgende", voor_vergadering=ooit, **zonder)
    tafel.actie(wat="Voor een extra", voor_vergadering=extra, **zonder)
    assert tafel.lijst() == [("toegezegd", ["Voor een volgende"])]
    later = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 9, 16), staat="gepland")
    assert tafel.lijst(later) == []
    VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 6, 1), staat="gepland")
    assert tafel.lijst() == []


def test_minutes_in_draft_are_to_be_adopted(tafel: Any) -> None:
    Vergadering.objects.filter(pk=tafel.vorig.pk).update(staat="verslag_concept", titel="LRT van 18 maart 2026")
    assert tafel.lijst() == [("verslag", ["Verslag LRT van 18 maart 2026"])]
    assert titel_voor(tafel.alles()[0]) == "Verslag LRT van 18 maart 2026 vaststellen"
    Vergadering.objects.filter(pk=tafel.vorig.pk).update(staat="verslag_vastgesteld", vastgesteld_in=tafel.komend)
    assert tafel.lijst() == []


def test_an_action_and_a_milestone_that_promise_the_same_are_one(tafel: Any) -> None:
    mijlpaal = MijlpaalFactory(omschrijving="Brief", einde=VANDAAG)
    actie = tafel.actie(wat="Brief sturen", einde=VANDAAG, mijlpaal=mijlpaal)
    assert tafel.lijst() == [("actie", ["Brief sturen"])]
    rond_af(actie, op=VANDAAG, afronding="Verstuurd.", door=tafel.door, vandaag=VANDAAG, versie=1)
    assert tafel.lijst() == [("termijn", ["Brief"])]


def test_another_series_has_its_own_agenda(tafel: Any) -> None:
    ander = ReeksFactory()
    ActiepuntFactory(agendapunt__vergadering__reeks=ander, einde=VANDAAG)
    TerugkoppelingFactory(besluit__agendapunt__vergadering__reeks=ander)
    assert tafel.lijst() == []


def test_who_since_when_and_how_urgent(tafel: Any, mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, rol="verantwoordelijk")
    MijlpaalFactory(maatregel=maatregel, einde=VANDAAG - datetime.timedelta(days=1))
    tafel.actie(einde=DAG, organisatie=mensen.ander, wie_tekst="MOCW")
    actie, mijlpaal = tafel.alles()
    assert (actie.organisaties, actie.wie, actie.uit, actie.is_laat) == ((mensen.ander,), "MOCW", tafel.vorig, False)
    assert (mijlpaal.organisaties, mijlpaal.maatregelen, mijlpaal.is_laat) == (
        (mensen.organisatie,), (maatregel,), True,
    )  # fmt: skip


# Choosing


def test_kept_it_becomes_a_point_with_its_measures(tafel: Any) -> None:
    actie = tafel.actie(wat="Brief sturen", einde=DAG)
    maatregel = MaatregelFactory()
    actie.maatregelen.add(maatregel)
    (punt,) = houd(tafel.komend, tafel.alles(), door=tafel.door)
    assert (punt.vergadering, punt.titel, punt.doel) == (tafel.komend, "Brief sturen", "bespreken")
    assert list(punt.maatregelen.all()) == [maatregel]
    assert tafel.lijst() == []
    ((keuze, (rij,)),) = tafel.stand().gekozen
    assert (keuze, rij.keuze.agendapunt, rij.keuze.door, rij.gedaan) == ("houden", punt, tafel.door, "")


def test_what_was_kept_and_is_done_since_says_so(tafel: Any) -> None:
    actie = tafel.actie(einde=DAG)
    houd(tafel.komend, tafel.alles(), door=tafel.door)
    rond_af(actie, op=VANDAAG, afronding="Klaar.", door=tafel.door, vandaag=VANDAAG, versie=1)
    ((_, (rij,)),) = tafel.stand().gekozen
    assert rij.gedaan == "afgerond op 04-05-2026"


def test_several_become_one_point_before_the_closing_points(tafel: Any) -> None:
    tafel.reeks.punten.create(titel="Rondvraag", is_slot=True)
    AgendapuntFactory(vergadering=tafel.komend, volgorde=1, titel="Opening")
    AgendapuntFactory(vergadering=tafel.komend, volgorde=2, titel="Rondvraag")
    een, twee = MaatregelFactory(), MaatregelFactory()
    tafel.actie(wat="Een", einde=DAG).maatregelen.add(een, twee)
    tafel.actie(wat="Twee", einde=DAG).maatregelen.add(twee)
    with pytest.raises(ValidationError, match="titel"):
        houd(tafel.komend, tafel.alles(), samen=True, door=tafel.door)
    (punt,) = houd(tafel.komend, tafel.alles(), samen=True, titel="Stand van de brieven", door=tafel.door)
    assert (punt.titel, punt.volgorde, punt.toelichting) == ("Stand van de brieven", 2, "- Een\n- Twee")
    assert set(punt.maatregelen.all()) == {een, twee}
    assert list(tafel.komend.agendapunten.order_by("volgorde").values_list("titel", flat=True)) == [
        "Opening", "Stand van de brieven", "Rondvraag",
    ]  # fmt: skip


def test_a_decision_that_is_kept_is_what_the_point_is_about(tafel: Any) -> None:
    besluit = BesluitFactory(agendapunt=tafel.punt)
    for _ in range(2):
        TerugkoppelingFactory(besluit=besluit, maatregel=MaatregelFactory())
    (een, twee) = houd(tafel.komend, tafel.alles(), door=tafel.door)
    assert list(een.eerdere_besluiten.all()) == list(twee.eerdere_besluiten.all()) == [besluit]
    een.eerdere_besluiten.add(ander := BesluitFactory(agendapunt=tafel.punt))
    maak_ongedaan(
        tafel.komend, [rij for rij in tafel.stand().gekozen[0][1] if rij.keuze.agendapunt == twee], door=tafel.door
    )
    houd(tafel.komend, tafel.alles(), punt=een, door=tafel.door)
    assert set(een.eerdere_besluiten.all()) == {besluit, ander}


def test_with_a_point_that_is_there(tafel: Any) -> None:
    punt = AgendapuntFactory(vergadering=tafel.komend, titel="Opvang")
    eerder, erbij = MaatregelFactory(), MaatregelFactory()
    punt.maatregelen.add(eerder)
    tafel.actie(einde=DAG).maatregelen.add(erbij)
    assert houd(tafel.komend, tafel.alles(), punt=punt, door=tafel.door) == [punt]
    assert set(punt.maatregelen.all()) == {eerder, erbij}
    assert tafel.komend.agendapunten.count() == 1


def test_dropped_for_a_reason_it_is_asked_again_next_time(tafel: Any) -> None:
    tafel.actie(wat="Brief sturen", einde=DAG)
    with pytest.raises(ValidationError) as gevangen:
        laat_vallen(tafel.komend, tafel.alles(), reden=" ", door=tafel.door)
    assert gevangen.value.message_dict == {"reden": ["Schrijf in een zin waarom."]}
    laat_vallen(tafel.komend, tafel.alles(), reden="Kan per mail.", door=tafel.door)
    assert tafel.lijst() == []
    assert tafel.komend.agendapunten.count() == 0
    later = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 9, 16), staat="gepland")
    assert tafel.lijst(later) == [("actie", ["Brief sturen"])]


def test_moved_it_is_offered_there_also_when_it_would_not_be_due(tafel: Any) -> None:
    mijlpaal = MijlpaalFactory(omschrijving="Wetsvoorstel", einde=datetime.date(2026, 9, 1))
    eerder = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 5, 20), staat="gepland")
    assert tafel.lijst(eerder) == []
    with pytest.raises(ValidationError, match="welke vergadering"):
        verplaats(tafel.komend, tafel.alles(), None, reden="Eerder.", door=tafel.door)
    with pytest.raises(ValidationError, match="die nog komt"):
        verplaats(tafel.komend, tafel.alles(), tafel.vorig, reden="Eerder.", door=tafel.door, moment=NU)
    oud = VergaderingFactory(reeks=tafel.reeks, datum=datetime.date(2026, 4, 1), staat="gepland")
    with pytest.raises(ValidationError, match="die nog komt"):
        verplaats(tafel.komend, tafel.alles(), oud, reden="Eerder.", door=tafel.door, moment=NU)
    verplaats(tafel.komend, tafel.alles(), eerder, reden="Eerder bespreken.", door=tafel.door, moment=NU)
    assert tafel.lijst() == []
    assert tafel.lijst(eerder) == [("termijn", ["Wetsvoorstel"])]
    (rij,) = tafel.alles(eerder)
    assert (rij.verplaatst_door.vergadering, rij.verplaatst_door.reden) == (tafel.komend, "Eerder bespreken.")
    mijlpaal.behaald_op, mijlpaal.behaald_bewijs = VANDAAG, "Kamerstuk"
    mijlpaal.save()
    assert tafel.lijst(eerder) == []


def test_a_choice_is_undone_and_its_point_goes(tafel: Any) -> None:
    tafel.actie(wat="Brief sturen", einde=DAG)
    houd(tafel.komend, tafel.alles(), door=tafel.door)
    ((_, rijen),) = tafel.stand().gekozen
    assert maak_ongedaan(tafel.komend, rijen, door=tafel.door) == []
    assert tafel.lijst() == [("actie", ["Brief sturen"])]
    assert (Voorstelkeuze.objects.count(), tafel.komend.agendapunten.count()) == (0, 0)


def test_a_point_that_somebody_worked_on_stays(tafel: Any) -> None:
    tafel.actie(wat="Brief sturen", einde=DAG)
    (punt,) = houd(tafel.komend, tafel.alles(), door=tafel.door)
    Agendapunt.objects.filter(pk=punt.pk).update(toelichting="De brief ligt bij de bewindspersoon.")
    ((_, rijen),) = tafel.stand().gekozen
    assert maak_ongedaan(tafel.komend, rijen, door=tafel.door) == [punt]
    assert tafel.komend.agendapunten.count() == 1


def test_a_point_taken_off_the_agenda_is_asked_again(tafel: Any) -> None:
    tafel.actie(wat="Brief sturen", einde=DAG)
    (punt,) = houd(tafel.komend, tafel.alles(), door=tafel.door)
    punt.delete()
    assert tafel.lijst() == [("actie", ["Brief sturen"])]
    houd(tafel.komend, tafel.alles(), door=tafel.door)
    assert Voorstelkeuze.objects.count() == 1


def test_two_people_choose_once(tafel: Any) -> None:
    tafel.actie(wat="Brief sturen", einde=DAG)
    gezien = tafel.alles()
    laat_vallen(tafel.komend, gezien, reden="Kan per mail.", door=tafel.door)
    with pytest.raises(ValidationError, match="Over 'Brief sturen' is intussen door Secretariaat gekozen"):
        houd(tafel.komend, gezien, door=tafel.door)
    assert tafel.komend.agendapunten.count() == 0


def test_a_meeting_that_was_held_takes_no_choice(tafel: Any) -> None:
    tafel.actie(einde=DAG)
    rijen = tafel.alles()
    Vergadering.objects.filter(pk=tafel.komend.pk).update(staat="gehouden")
    for daad in (
        lambda: houd(tafel.komend, rijen, door=tafel.door),
        lambda: laat_vallen(tafel.komend, rijen, reden="Weg.", door=tafel.door),
        lambda: maak_ongedaan(tafel.komend, rijen, door=tafel.door),
    ):
        with pytest.raises(ValidationError, match="is geweest"):
            daad()


def test_nothing_ticked_is_nothing_chosen(tafel: Any) -> None:
    with pytest.raises(ValidationError, match="Vink eerst aan"):
        houd(tafel.komend, [], door=tafel.door)


@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_do_not_grow(tafel: Any, django_assert_num_queries: Any, aantal: int) -> None:
    for _ in range(aantal):
        tafel.actie(einde=DAG).maatregelen.add(MaatregelFactory())
        TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=tafel.punt), maatregel=MaatregelFactory())
        MijlpaalFactory(einde=VANDAAG)
    stand = tafel.stand()
    assert stand.aantal == 3 * aantal
    vergadering, zien = stand.vergadering, zicht(tafel.wie)
    with django_assert_num_queries(11):
        bereid_voor(vergadering, zicht=zien, vandaag=VANDAAG)


# The real meeting


def test_the_real_meeting_continues_into_a_next_one_that_fills_itself(mensen: Mensen) -> None:
    call_command("laad_agendas", verbosity=0)
    reeks = Reeks.objects.get()
    komend = VergaderingFactory(
        reeks=reeks, datum=datetime.date(2025, 6, 11), staat="gepland", titel="LRT van 11 juni 2025",
        documentdatum=None,
    )  # fmt: skip
    vandaag = datetime.date(2025, 5, 12)
    stand = bereid_voor(komend, zicht=zicht(Bevoegdheid(mensen.secretariaat, vandaag)), vandaag=vandaag)

    def kort(rij: Any) -> str:
        return str(rij.stuk.code) if rij.sleutel[0] == "a" else ", ".join(m.code for m in rij.maatregelen) or rij.wat

    gevonden = [(soort.value, [kort(rij) for rij in rijen]) for soort, rijen in stand.groepen]
    assert gevonden == [
        ("verslag", ["Verslag Landelijke Regietafel Migratie van 19 maart 2025"]),
        ("toegezegd", ["lrt-2025-03-19-a22", "lrt-2025-03-19-a21"]),
        ("actie", ["lrt-2025-03-19-a09", "lrt-2025-03-19-a10"]),
        ("terugkoppeling", ["2025-3-01", "2025-3-02", "2025-4-20", "2025-4-20", "2025-5-02", "2025-5-03"]),
        ("termijn", ["2024-2-02", "2024-2-03", "2025-2-01", "2025-5-02", "2025-4-08", "2025-4-01"]),
    ]
    assert stand.zonder_dag == 12
    assert stand.tot == datetime.date(2025, 9, 11)
