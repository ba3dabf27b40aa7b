"""An organisation ends: its open work goes on elsewhere from a day, its people go along, the past keeps its name."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logboek.models import Logregel
from maatregelen.betrokkenheid import draag_over_aan
from maatregelen.models import (
    Abonnement,
    Agenda,
    Betrokkenheid,
    Lidmaatschap,
    Maatregel,
    Organisatie,
    Persoon,
    Pijlerbetrokkenheid,
    Publicatiebeleid,
    Reactie,
    Volgfilter,
    Zichtniveau,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.opheffing import Verdeling, hef_op, openwerk
from maatregelen.tijdreis import terug
from maatregelen.versiebewaking import Verouderd
from maatregelen.zichtbaarheid import Bevoegdheid, mag_maatregel_bijhouden
from regietafel.models import Actiepunt, Actiewijziging, Reekslid
from regietafel.tafelopheffing import Tafelverdeling, Zetelkeuze
from tests.conftest import Mensen
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
from tests.regietafel.factories import ActiepuntFactory, ReeksFactory
from toegang.aanmeldpunten import meld_aan
from toegang.models import Aanmeldpunt, Claimkoppeling
from toegang.opheffing import Uitkomst, afloop, hef_organisatie_op, overzie

VANDAAG = datetime.date(2026, 11, 22)
DAG = datetime.date(2026, 11, 1)
MOMENT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
EEN_DAG = datetime.timedelta(days=1)


@pytest.fixture
def aenm(db: None) -> Organisatie:
    return OrganisatieFactory(afkorting="AenM")


@pytest.fixture
def jenv(db: None) -> Organisatie:
    return OrganisatieFactory(afkorting="JenV")


@pytest.fixture
def beheerder(db: None) -> Persoon:
    persoon: Persoon = LidmaatschapFactory(rol="beheerder").persoon
    return persoon


def hef(
    organisatie: Organisatie,
    door: Persoon,
    verdeling: Verdeling,
    tafel: Tafelverdeling | None = None,
    *,
    dag: datetime.date = DAG,
    vandaag: datetime.date = VANDAAG,
    gezien: str | None = None,
) -> Uitkomst:
    """Let it end as the page does."""
    return hef_organisatie_op(
        organisatie,
        dag,
        verdeling,
        tafel or Tafelverdeling(verdeling.opvolger),
        toelichting="Koninklijk besluit van 12 oktober 2026.",
        gezien=gezien,
        versie=None,
        door=door,
        vandaag=vandaag,
        moment=MOMENT,
    )


def trekkers(maatregel: Maatregel) -> list[str]:
    """Who is responsible for it today."""
    rijen = Betrokkenheid.objects.trekkers().filter(maatregel=maatregel).order_by("volgorde", "id")
    return [rij.organisatie.afkorting for rij in rijen.select_related("organisatie")]


def op_dag(maatregel: Maatregel, dag: datetime.date) -> list[str]:
    """Who was responsible on a day."""
    with terug(peildatum=dag):
        return trekkers(maatregel)


def test_open_work_goes_on_elsewhere_and_the_rest_keeps_its_name(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    anders = OrganisatieFactory(afkorting="SZW")
    loopt, klaar = MaatregelFactory(trekker=aenm), MaatregelFactory(trekker=aenm, status="uitgevoerd")
    voert_uit = BetrokkenheidFactory(maatregel=loopt, organisatie=aenm, rol="uitvoerder").maatregel
    vreemd = MaatregelFactory(trekker=anders)
    MijlpaalFactory(maatregel=loopt)
    versies = dict(Maatregel.objects.values_list("pk", "versie"))
    werk = openwerk(aenm, DAG)
    assert (werk.maatregelen, werk.per_rol, werk.mijlpalen) == (
        [loopt],
        {"uitvoerder": 1, "verantwoordelijk": 1},
        {loopt.pk: 1},
    )

    uitkomst = hef(aenm, beheerder, Verdeling(jenv))

    assert uitkomst.werk.maatregelen == 1
    assert (trekkers(loopt), trekkers(klaar), trekkers(vreemd)) == (["JenV"], ["AenM"], ["SZW"])
    rijen = list(
        Betrokkenheid.objects.filter(maatregel=loopt)
        .order_by("rol", "id")
        .values_list("organisatie__afkorting", "rol", "herkomst", "vanaf", "tot")
    )
    assert rijen == [
        ("AenM", "uitvoerder", "genoemd", voert_uit.geldt_vanaf, DAG),
        ("JenV", "uitvoerder", "toegewezen", DAG, None),
        ("AenM", "verantwoordelijk", "genoemd", loopt.geldt_vanaf, DAG),
        ("JenV", "verantwoordelijk", "toegewezen", DAG, None),
    ]
    reden = "AenM is opgeheven per 01-11-2026; het open werk ging over. Koninklijk besluit van 12 oktober 2026."
    aan_loopt = Betrokkenheid.objects.filter(maatregel=loopt)
    assert set(aan_loopt.values_list("reden", "door")) == {(reden, beheerder.pk)}
    # Whoever had the page of the measure before them looks at an older version; of another measure not.
    nu = dict(Maatregel.objects.values_list("pk", "versie"))
    assert {pk: nu[pk] - versies[pk] for pk in nu} == {loopt.pk: 1, klaar.pk: 0, vreemd.pk: 0}
    aenm.refresh_from_db()
    assert (aenm.geldig_tot, aenm.opvolger) == (DAG, jenv)
    gedaan = afloop(aenm)
    assert gedaan is not None
    assert (gedaan.maatregelen, gedaan.afgerond) == ([("JenV", 1)], 1)


def test_the_past_shows_the_old_name_until_the_day_and_the_new_one_from_it(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    maatregel = MaatregelFactory(trekker=aenm)
    hef(aenm, beheerder, Verdeling(jenv))
    assert op_dag(maatregel, DAG - EEN_DAG) == ["AenM"]
    assert op_dag(maatregel, DAG) == ["JenV"]


def test_work_is_divided_by_section_and_by_measure(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    szw = OrganisatieFactory(afkorting="SZW")
    agenda = AgendaFactory(houder=aenm)
    een, twee = PijlerFactory(agenda=agenda), PijlerFactory(agenda=agenda)
    for pijler in (een, twee):
        Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=aenm, rol="verantwoordelijk")
    gewoon, eigen_weg = MaatregelFactory(pijler=een, trekker=aenm), MaatregelFactory(pijler=een, trekker=aenm)
    met_pijler, blijft = MaatregelFactory(pijler=twee, trekker=aenm), MaatregelFactory(pijler=twee, trekker=aenm)
    uitkomst = hef(
        aenm,
        beheerder,
        Verdeling(jenv, pijlers={twee.pk: szw}, maatregelen={eigen_weg.pk: szw, blijft.pk: None}),
    )
    assert [trekkers(m) for m in (gewoon, eigen_weg, met_pijler, blijft)] == [["JenV"], ["SZW"], ["SZW"], ["AenM"]]
    # The heading keeps the name of the document, except where somebody else than the successor does it.
    koppen = Pijlerbetrokkenheid.objects.order_by("pijler").values_list("pijler", "organisatie__afkorting")
    assert list(koppen) == [(een.pk, "AenM"), (twee.pk, "SZW")]
    assert Agenda.objects.get().houder == jenv
    assert uitkomst.werk.pijlers == 1


def test_a_long_name_in_the_address_of_an_organisation_keeps_nothing_from_ending(
    jenv: Organisatie, beheerder: Persoon
) -> None:
    """As long a word could be a secret to the log."""
    lang = OrganisatieFactory(slug="ministerie-van-sociale-zaken-en-werkgelegenheid")
    hef(lang, beheerder, Verdeling(jenv))
    regel = Logregel.objects.get(object_soort="organisatie")
    assert (regel.object_sleutel, regel.object_naam[0]) == (str(lang.pk), "…")
    hef(jenv, beheerder, Verdeling(OrganisatieFactory(slug="x" * 60)))
    assert Logregel.objects.filter(object_naam=jenv.slug, details__opvolger__startswith="…").count() == 1


def test_who_has_the_role_already_is_not_named_twice(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    deelt, eerder = MaatregelFactory(trekker=aenm), MaatregelFactory(trekker=aenm)
    BetrokkenheidFactory(maatregel=deelt, organisatie=jenv)
    # Named in the text and inherited from the section: one role, so one new row.
    BetrokkenheidFactory(maatregel=eerder, organisatie=aenm, herkomst="geerfd")
    BetrokkenheidFactory(maatregel=eerder, organisatie=jenv, tot=DAG + EEN_DAG)
    hef(aenm, beheerder, Verdeling(jenv))
    assert (trekkers(deelt), trekkers(eerder)) == (["JenV"], ["JenV"])
    # It had that role until a day later: no two rows at once.
    assert Betrokkenheid.objects.get(maatregel=eerder, organisatie=jenv, tot=None).vanaf == DAG + EEN_DAG
    aenm.refresh_from_db()
    gedaan = afloop(aenm)
    assert gedaan is not None
    assert (gedaan.maatregelen, gedaan.deelde) == ([("JenV", 1)], 1)


def test_what_began_after_the_day_ends_where_it_began(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    rij = BetrokkenheidFactory(organisatie=aenm, vanaf=DAG + EEN_DAG)
    hef(aenm, beheerder, Verdeling(jenv))
    rij.refresh_from_db()
    assert (rij.vanaf, rij.tot) == (DAG + EEN_DAG, DAG + EEN_DAG)
    assert Betrokkenheid.objects.get(organisatie=jenv).vanaf == DAG + EEN_DAG


def test_a_measure_that_was_finished_meanwhile_stays(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    loopt, klaar = MaatregelFactory(trekker=aenm), MaatregelFactory(trekker=aenm, status="uitgevoerd")
    naar = {loopt.pk: jenv, klaar.pk: jenv}
    geraakt = draag_over_aan(aenm, naar, per=DAG, reden="Opgeheven.", door=beheerder, moment=MOMENT)
    assert geraakt == {loopt.pk}
    assert (trekkers(loopt), trekkers(klaar)) == (["JenV"], ["AenM"])


def test_people_go_along_from_the_day_with_the_same_role_and_chief(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    chef = LidmaatschapFactory(organisatie=jenv, rol="lezer").persoon
    mee = LidmaatschapFactory(organisatie=aenm, leidinggevende=chef)
    niet = LidmaatschapFactory(organisatie=aenm)
    tijdelijk = LidmaatschapFactory(organisatie=aenm, tot=DAG + 60 * EEN_DAG)
    straks = LidmaatschapFactory(organisatie=aenm, vanaf=DAG + 40 * EEN_DAG)
    al = LidmaatschapFactory(organisatie=aenm)
    LidmaatschapFactory(organisatie=jenv, persoon=al.persoon)
    weg = LidmaatschapFactory(organisatie=aenm, persoon=PersoonFactory(is_active=False))
    voorbij = LidmaatschapFactory(organisatie=aenm, tot=DAG)
    vreemd = LidmaatschapFactory(organisatie=OrganisatieFactory())
    allen = {lid.pk: jenv for lid in (mee, tijdelijk, straks, al, weg)}
    uitkomst = hef(aenm, beheerder, Verdeling(jenv, leden={**allen, niet.pk: None}))

    def rollen(lid: Lidmaatschap) -> list[Any]:
        rijen = Lidmaatschap.objects.filter(persoon=lid.persoon).order_by("vanaf", "organisatie__afkorting")
        return list(rijen.values_list("organisatie__afkorting", "vanaf", "tot", "leidinggevende"))

    begin = datetime.date(2020, 1, 1)
    assert rollen(mee) == [("AenM", begin, DAG, chef.pk), ("JenV", DAG, None, chef.pk)]
    assert rollen(niet) == [("AenM", begin, DAG, None)]
    assert rollen(tijdelijk) == [("AenM", begin, DAG, None), ("JenV", DAG, DAG + 60 * EEN_DAG, None)]
    later = DAG + 40 * EEN_DAG
    assert rollen(straks) == [("AenM", later, later, None), ("JenV", later, None, None)]
    assert rollen(al) == [("AenM", begin, DAG, None), ("JenV", begin, None, None)]
    assert rollen(weg) == [("AenM", begin, DAG, None)]
    assert rollen(voorbij) == [("AenM", begin, DAG, None)]
    assert len(rollen(vreemd)) == 1
    assert (len(uitkomst.werk.leden), uitkomst.mee) == (6, 3)


def test_the_last_beheerder_goes_along_and_never_just_stops(aenm: Organisatie, jenv: Organisatie) -> None:
    lid = LidmaatschapFactory(organisatie=aenm, rol="beheerder")
    with pytest.raises(ValidationError, match="laatste beheerder"):
        hef(aenm, lid.persoon, Verdeling(jenv, leden={lid.pk: None}))
    aenm.refresh_from_db()
    assert aenm.geldig_tot is None  # nothing at all was done
    hef(aenm, lid.persoon, Verdeling(jenv, leden={lid.pk: jenv}))
    assert Bevoegdheid(lid.persoon, VANDAAG).is_beheerder


def test_rights_and_mail_are_those_of_the_new_people_only(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    szw = OrganisatieFactory(afkorting="SZW")
    blijft, mee = LidmaatschapFactory(organisatie=aenm), LidmaatschapFactory(organisatie=aenm)
    van_jenv, van_szw = LidmaatschapFactory(organisatie=jenv), LidmaatschapFactory(organisatie=szw)
    maatregel = MaatregelFactory(trekker=aenm)
    hef(aenm, beheerder, Verdeling(jenv, maatregelen={maatregel.pk: szw}, leden={blijft.pk: None, mee.pk: jenv}))
    mogen = {
        lid.persoon.pk
        for lid in (blijft, mee, van_jenv, van_szw)
        if mag_maatregel_bijhouden(Bevoegdheid(lid.persoon, VANDAAG), maatregel)
    }
    assert mogen == {van_szw.persoon.pk}
    nu = [rij.organisatie for rij in Betrokkenheid.objects.trekkers().filter(maatregel=maatregel)]
    ontvangers = {een.persoon for een in Ontvangers(VANDAAG).van(nu) if een.organisatie and not een.na_dagen}
    assert ontvangers == {van_szw.persoon.pk}
    # What is finished is kept up by who succeeded; who did not go along has nothing left.
    klaar = MaatregelFactory(trekker=aenm, status="uitgevoerd")
    assert mag_maatregel_bijhouden(Bevoegdheid(mee.persoon, VANDAAG), klaar)
    assert not Bevoegdheid(blijft.persoon, VANDAAG).rollen


def test_what_was_shielded_for_it_is_seen_by_who_took_over(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.EIGEN, houder=aenm, afgeschermd_voor=aenm)
    maatregel = MaatregelFactory(pijler=PijlerFactory(agenda=agenda), trekker=aenm)
    klaar = MaatregelFactory(status="uitgevoerd", zichtbaarheid=Zichtniveau.EIGEN, afgeschermd_voor=aenm)
    reactie = Reactie.objects.create(
        maatregel=klaar, organisatie=aenm, tekst="Wij zien dit anders.", zichtbaarheid=Zichtniveau.EIGEN
    )
    mee = LidmaatschapFactory(organisatie=aenm)
    vreemd = LidmaatschapFactory(organisatie=OrganisatieFactory())
    hef(aenm, beheerder, Verdeling(jenv, leden={mee.pk: jenv}))
    for rij in (agenda, maatregel, klaar, reactie):
        rij.refresh_from_db()
        assert Bevoegdheid(mee.persoon, VANDAAG).blik.ziet(rij)
        assert not Bevoegdheid(vreemd.persoon, VANDAAG).blik.ziet(rij)
    # Who said it stays.
    assert reactie.organisatie == aenm


def test_who_follows_it_follows_the_successor_without_old_news(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    over, al = PersoonFactory(), PersoonFactory()
    for persoon in (over, al):
        Volgfilter.objects.create(persoon=persoon, organisatie=aenm, naam="AenM")
        Abonnement.objects.create(persoon=persoon, inhoud="organisatie", organisatie=aenm, sleutel=str(persoon.pk))
    Volgfilter.objects.create(persoon=al, organisatie=jenv, naam="JenV")
    hef(aenm, beheerder, Verdeling(jenv))
    assert Volgfilter.objects.get(persoon=over).organisatie == jenv
    assert Volgfilter.objects.get(persoon=over).sinds == MOMENT
    assert sorted(Volgfilter.objects.filter(persoon=al).values_list("organisatie__afkorting", flat=True)) == [
        "AenM", "JenV",
    ]  # fmt: skip
    assert set(Abonnement.objects.values_list("organisatie", flat=True)) == {jenv.pk}


def test_actions_and_seats_go_along(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    mee, niet = LidmaatschapFactory(organisatie=aenm), LidmaatschapFactory(organisatie=aenm)
    open_, op_naam = ActiepuntFactory(organisatie=aenm), ActiepuntFactory(organisatie=aenm, persoon=mee.persoon)
    van_wie_blijft = ActiepuntFactory(organisatie=aenm, persoon=niet.persoon)
    verzoek = ActiepuntFactory(organisatie=aenm, is_afgesproken=False)
    reeks = ReeksFactory()
    zetel, einde, straks = (
        Reekslid.objects.create(reeks=reeks, organisatie=aenm, ambt=f"minister {n}", volgorde=n, vanaf=vanaf)
        for n, vanaf in enumerate((datetime.date(2025, 1, 1), datetime.date(2025, 1, 1), DAG))
    )
    keuzes = {
        zetel.pk: Zetelkeuze(jenv, "minister van JenV"), einde.pk: Zetelkeuze(None), straks.pk: Zetelkeuze(None),
    }  # fmt: skip
    uitkomst = hef(
        aenm, beheerder, Verdeling(jenv, leden={mee.pk: jenv, niet.pk: None}), Tafelverdeling(jenv, zetels=keuzes)
    )
    rijen = Actiepunt.objects.order_by("pk").values_list("pk", "organisatie__afkorting", "persoon")
    assert list(rijen) == [
        (open_.pk, "JenV", None),
        (op_naam.pk, "JenV", mee.persoon.pk),
        (van_wie_blijft.pk, "JenV", None),
        (verzoek.pk, "AenM", None),
    ]
    wijzigingen = Actiewijziging.objects.values_list("soort", "van_organisatie", "naar_organisatie", "door")
    assert set(wijzigingen) == {("overgedragen", aenm.pk, jenv.pk, beheerder.pk)}
    zetels = Reekslid.objects.order_by("volgorde", "pk").values_list("organisatie__afkorting", "ambt", "vanaf", "tot")
    begin = datetime.date(2025, 1, 1)
    assert list(zetels) == [
        ("AenM", "minister 0", begin, DAG),
        ("JenV", "minister van JenV", DAG, None),
        ("AenM", "minister 1", begin, DAG),
    ]
    tafel = uitkomst.tafel
    assert (tafel.acties, tafel.zetels_over, tafel.zetels_einde) == (3, 1, 2)


def test_on_a_day_to_come_only_what_is_dated_is_written_down(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    maatregel = MaatregelFactory(trekker=aenm)
    lid = LidmaatschapFactory(organisatie=aenm)
    van_jenv = LidmaatschapFactory(organisatie=jenv)
    morgen = VANDAAG + EEN_DAG
    hef(aenm, beheerder, Verdeling(jenv, leden={lid.pk: jenv}), dag=morgen)
    assert trekkers(maatregel) == ["AenM"]
    for persoon, vandaag_mag, morgen_mag in ((lid.persoon, True, True), (van_jenv.persoon, False, True)):
        assert mag_maatregel_bijhouden(Bevoegdheid(persoon, VANDAAG), maatregel) is vandaag_mag
        # No gap: from that day on the successor acts for it, moved or not.
        assert mag_maatregel_bijhouden(Bevoegdheid(persoon, morgen), maatregel) is morgen_mag
    hef(aenm, beheerder, Verdeling(jenv), dag=morgen, vandaag=morgen)
    assert trekkers(maatregel) == ["JenV"]
    assert Betrokkenheid.objects.get(organisatie=jenv).vanaf == morgen
    assert Lidmaatschap.objects.filter(persoon=lid.persoon).count() == 2


def test_a_second_time_moves_what_came_since_and_nothing_twice(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    MaatregelFactory(trekker=aenm)
    gezien = overzie(aenm, DAG, vandaag=VANDAAG).kenmerk
    hef(aenm, beheerder, Verdeling(jenv), gezien=gezien)
    # The other beheerder, or the second click: what they saw is gone.
    with pytest.raises(Verouderd):
        hef(aenm, beheerder, Verdeling(jenv), gezien=gezien)
    rijen = list(Betrokkenheid.objects.order_by("pk").values())
    assert hef(aenm, beheerder, Verdeling(jenv)).werk.maatregelen == 0
    assert list(Betrokkenheid.objects.order_by("pk").values()) == rijen
    BetrokkenheidFactory(organisatie=aenm, vanaf=DAG)
    assert hef(aenm, beheerder, Verdeling(jenv)).werk.maatregelen == 1


@pytest.mark.parametrize("dag", [DAG - EEN_DAG, DAG + EEN_DAG])
def test_what_ended_keeps_its_day(dag: datetime.date, aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    hef(aenm, beheerder, Verdeling(jenv))
    with pytest.raises(ValidationError, match="opgeheven per 01-11-2026"):
        hef(aenm, beheerder, Verdeling(jenv), dag=dag)


def test_who_cannot_take_over_is_refused_and_nothing_moves(
    aenm: Organisatie, jenv: Organisatie, beheerder: Persoon
) -> None:
    maatregel = MaatregelFactory(trekker=aenm)
    for doel in (
        aenm,
        OrganisatieFactory(soort="aanduiding"),
        OrganisatieFactory(soort="land"),
        OrganisatieFactory(geldig_tot=VANDAAG),
        OrganisatieFactory(geldig_van=DAG + EEN_DAG),
    ):
        for verdeling in (Verdeling(doel), Verdeling(jenv, pijlers={maatregel.pijler_id: doel})):
            with pytest.raises(ValidationError):
                hef(aenm, beheerder, verdeling)
    # In a circle: JenV leads to AenM already.
    kring = OrganisatieFactory(geldig_tot=VANDAAG + 40 * EEN_DAG, opvolger=aenm)
    with pytest.raises(ValidationError, match="terug naar deze organisatie"):
        hef(aenm, beheerder, Verdeling(kring))
    assert trekkers(maatregel) == ["AenM"]


def test_all_or_nothing(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    """What goes wrong at the very end, at the table, takes everything back."""
    maatregel, lid = MaatregelFactory(trekker=aenm), LidmaatschapFactory(organisatie=aenm)
    ActiepuntFactory(organisatie=aenm)
    opgeheven = OrganisatieFactory(geldig_tot=VANDAAG)
    with pytest.raises(ValidationError):
        hef(aenm, beheerder, Verdeling(jenv, leden={lid.pk: jenv}), Tafelverdeling(opgeheven))
    aenm.refresh_from_db()
    assert (aenm.geldig_tot, trekkers(maatregel)) == (None, ["AenM"])
    assert Lidmaatschap.objects.filter(persoon=lid.persoon).count() == 1


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_of_two_beheerders_at_once_one_does_it_and_the_other_is_told() -> None:
    oud, nieuw = OrganisatieFactory(afkorting="AenM"), OrganisatieFactory(afkorting="JenV")
    door = LidmaatschapFactory(rol="beheerder").persoon
    maatregel = MaatregelFactory(trekker=oud)
    gezien = overzie(oud, DAG, vandaag=VANDAAG).kenmerk
    tegelijk = threading.Barrier(2)

    def doe(_: int) -> str:
        try:
            eigen = Organisatie.objects.get(pk=oud.pk)
            tegelijk.wait(timeout=30)
            hef(eigen, door, Verdeling(nieuw), gezien=gezien)
            return "gedaan"
        except Verouderd:
            return "verouderd"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as draden:
        assert sorted(draden.map(doe, range(2))) == ["gedaan", "verouderd"]
    assert trekkers(maatregel) == ["JenV"]
    assert Betrokkenheid.objects.count() == 2


def _met_maatregelen(aantal: int, aenm: Organisatie) -> None:
    pijler = PijlerFactory()
    for _ in range(aantal):
        MijlpaalFactory(maatregel=MaatregelFactory(pijler=pijler, trekker=aenm))


def test_measures_cost_no_question_each(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    aantallen = []
    for hoeveel in (1, 3):
        _met_maatregelen(hoeveel, aenm)
        with CaptureQueriesContext(connection) as kijken:
            overzie(aenm, DAG, vandaag=VANDAAG)
        with CaptureQueriesContext(connection) as doen:
            hef_op(
                aenm, DAG, Verdeling(jenv), reden="Opgeheven.", door=beheerder, versie=None, vandaag=VANDAAG,
                moment=MOMENT,
            )  # fmt: skip
        aantallen.append((len(kijken), len(doen)))
        Organisatie.objects.filter(pk=aenm.pk).update(geldig_tot=None, opvolger=None)
        aenm.refresh_from_db()
    assert aantallen[0] == aantallen[1]
    assert aantallen[0][0] == 22


PAD = "/organisaties/aenm/opheffen/"


def invoer(pagina: Any) -> dict[str, str]:
    """What the page would send when nothing is changed in it."""
    form, keuze = pagina.context["form"], pagina.context["keuze"]
    velden = {naam: "" if (waarde := form[naam].value()) is None else waarde for naam in form.fields}
    velden = {naam: waarde for naam, waarde in velden.items() if waarde is not False}
    return {**{naam: str(waarde) for naam, waarde in velden.items()}, "dag": keuze["dag"].value(),
            **{naam: keuze[naam].value() or "" for naam in ("opvolger", "ander_1", "ander_2", "ander_3")}}  # fmt: skip


def test_the_page_is_of_the_beheerder_only(mensen: Mensen, als: Any, aenm: Organisatie, jenv: Organisatie) -> None:
    OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    for persoon in (mensen.eigen, mensen.secretariaat, mensen.partner, mensen.rolloos):
        client = als(persoon)
        assert client.get(PAD).status_code in (403, 404)
        assert client.post(PAD, {"dag": "2026-11-01", "opvolger": jenv.pk}).status_code in (403, 404)
    assert als(mensen.beheerder).get(PAD).status_code == 200
    assert als(mensen.beheerder).get("/organisaties/kabinet/opheffen/").status_code == 404
    aenm.refresh_from_db()
    assert aenm.geldig_tot is None


def test_the_page_shows_divides_and_moves(mensen: Mensen, als: Any, aenm: Organisatie, jenv: Organisatie) -> None:
    maatregel, ander = MaatregelFactory(trekker=aenm), MaatregelFactory(trekker=aenm)
    lid = LidmaatschapFactory(organisatie=aenm)
    programma = LidmaatschapFactory(organisatie=aenm, persoon=PersoonFactory(is_programma=True), rol="lezer")
    actie = ActiepuntFactory(organisatie=aenm)
    client = als(mensen.beheerder)
    leeg = client.get(PAD)
    assert leeg.context["form"] is None
    pagina = client.get(PAD, {"dag": "2026-11-01", "opvolger": jenv.pk, "ander_1": mensen.organisatie.pk})
    assert pagina.status_code == 200
    assert maatregel.titel in pagina.content.decode()
    gegevens = invoer(pagina)
    assert (gegevens[f"lid-{lid.pk}"], gegevens[f"lid-{programma.pk}"]) == (str(jenv.pk), "")
    gegevens |= {f"maatregel-{ander.pk}": str(mensen.organisatie.pk), f"actie-{actie.pk}": str(mensen.organisatie.pk)}
    # Nothing changes before it is confirmed.
    assert trekkers(maatregel) == ["AenM"]
    antwoord = client.post(PAD, gegevens)
    assert (antwoord.status_code, antwoord["Location"]) == (302, PAD)
    assert (trekkers(maatregel), trekkers(ander)) == (["JenV"], ["SZW"])
    assert Actiepunt.objects.get().organisatie == mensen.organisatie
    assert not Bevoegdheid(programma.persoon, VANDAAG).rollen
    na = client.get(PAD).content.decode()
    assert "1 naar JenV, 1 naar SZW" in na
    # The same page once more, from a tab that was left open: nothing is done, and it says why.
    opnieuw = client.post(PAD, gegevens)
    assert opnieuw.status_code == 409
    assert "intussen iets veranderd" in opnieuw.content.decode()


def test_the_page_hides_what_the_beheerder_may_not_see_and_moves_it(
    mensen: Mensen, als: Any, aenm: Organisatie, jenv: Organisatie
) -> None:
    Publicatiebeleid.objects.get_or_create(pk=1)
    geheim = MaatregelFactory(titel="Geheim plan", trekker=aenm, zichtbaarheid=Zichtniveau.EIGEN, afgeschermd_voor=aenm)
    client = als(mensen.beheerder)
    pagina = client.get(PAD, {"dag": "2026-11-01", "opvolger": jenv.pk})
    assert "Geheim plan" not in pagina.content.decode()
    assert "1 maatregel die u niet mag zien" in pagina.content.decode()
    assert client.post(PAD, invoer(pagina)).status_code == 302
    assert trekkers(geheim) == ["JenV"]


@pytest.mark.parametrize(
    ("velden", "status"),
    [
        ({"dag": "gisteren"}, 422),
        ({"opvolger": "999999"}, 422),
        ({"opvolger": "eigen"}, 422),
        ({"kenmerk": ""}, 422),
        ({"kenmerk": "verzonnen"}, 409),
        ({"versie": "7"}, 409),
    ],
)
def test_what_cannot_be_is_refused_on_the_page(
    velden: dict[str, str], status: int, mensen: Mensen, als: Any, aenm: Organisatie, jenv: Organisatie
) -> None:
    maatregel = MaatregelFactory(trekker=aenm)
    client = als(mensen.beheerder)
    gegevens = invoer(client.get(PAD, {"dag": "2026-11-01", "opvolger": jenv.pk}))
    gegevens |= {naam: str(aenm.pk) if waarde == "eigen" else waarde for naam, waarde in velden.items()}
    assert client.post(PAD, gegevens).status_code == status
    assert trekkers(maatregel) == ["AenM"]


def test_what_a_provider_gives_moves_with_its_mapping(aenm: Organisatie, jenv: Organisatie, beheerder: Persoon) -> None:
    punt = Aanmeldpunt.objects.create(
        adresnaam="rijk", naam="Rijk", uitgever="https://login.example/rijk", client_id="rm", actief=True,
        emaildomeinen=["minaenm.nl"],
    )  # fmt: skip
    Claimkoppeling.objects.create(aanmeldpunt=punt, organisatie=aenm, rol="lezer", organisatiewaarde="AenM")
    claims = {"email": "amt@minaenm.nl", "email_verified": True, "organisatie": "AenM"}
    persoon = meld_aan(punt, "a1", claims, moment=MOMENT - 30 * EEN_DAG).persoon

    def nu() -> list[str]:
        geldig = Lidmaatschap.objects.geldig(VANDAAG).filter(persoon=persoon)
        return list(geldig.values_list("organisatie__afkorting", flat=True))

    # Beforehand nothing of it: the mapping has no day, and a role that moved alone would end at the next sign-in.
    hef(aenm, beheerder, Verdeling(jenv), dag=VANDAAG + EEN_DAG)
    assert nu() == ["AenM"]
    Organisatie.objects.filter(pk=aenm.pk).update(geldig_tot=None, opvolger=None)
    aenm.refresh_from_db()

    assert hef(aenm, beheerder, Verdeling(jenv)).koppelingen == 1
    assert nu() == ["JenV"]
    meld_aan(punt, "a1", claims, moment=MOMENT)
    assert nu() == ["JenV"]
    # What the provider gave there ends when it says so.
    meld_aan(punt, "a1", {**claims, "organisatie": "Elders"}, moment=MOMENT)
    assert nu() == []
