"""Lines of minutes: made once however often they are sent, corrected by version, closed with the minutes."""

import datetime
import threading
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from maatregelen.models import Maatregel, Status, Statuswijziging
from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.versiebewaking import Verouderd
from regietafel.besluitvorming import (
    Statuszet,
    leg_actie_vast,
    leg_besluit_vast,
    leg_cijfer_vast,
    leg_inbreng_vast,
    leg_trend_vast,
    verwijder_regel,
    wijzig_actie,
    wijzig_besluit,
    wijzig_cijfer,
    wijzig_inbreng,
    wijzig_trend,
)
from regietafel.models import (
    Actiepunt,
    Actiewijziging,
    Agendapunt,
    Besluit,
    Inbreng,
    Terugkoppeling,
    Trend,
    Vergadercijfer,
    Vergadering,
)
from regietafel.notulen import VerslagGesloten, Verwijderd, lees_notulen
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.factories import AgendapuntFactory, VergaderingFactory

pytestmark = pytest.mark.django_db
# Rows that other connections see, and a clean table afterwards whatever refers to it.
OP_ECHTE_VERBINDINGEN = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
DAG = datetime.date(2026, 3, 18)
MOMENT = datetime.datetime(2026, 3, 18, 14, tzinfo=datetime.UTC)


def sleutel() -> uuid.UUID:
    """A key as a browser makes it."""
    return uuid.uuid4()


@pytest.fixture
def punt() -> Agendapunt:
    """A point of a running meeting with the address lrt-2026-03-18."""
    vergadering = VergaderingFactory(slug="lrt-2026-03-18", titel="LRT van 18 maart 2026", staat="agenda_verzonden")
    return AgendapuntFactory(vergadering=vergadering, volgorde=1)


def sluit(punt: Agendapunt) -> None:
    """Adopt the minutes, as a later meeting does."""
    later = VergaderingFactory(datum=DAG + datetime.timedelta(days=90))
    Vergadering.objects.filter(pk=punt.vergadering_id).update(staat="verslag_vastgesteld", vastgesteld_in=later)


def alle(punt: Agendapunt) -> list[tuple[str, str]]:
    """Every line of the meeting in order, by family and text."""
    return [(r.familie, r.tekst) for rij in lees_notulen(punt.vergadering) for r in rij.regels]


MAKEN: dict[str, Callable[[Agendapunt, uuid.UUID], Any]] = {
    "inbreng": lambda p, s: leg_inbreng_vast(p, sleutel=s, soort="zorg", tekst="Het loopt vol.", spreker="SJenV"),
    "besluit": lambda p, s: leg_besluit_vast(
        p, sleutel=s, soort="besluit", tekst="Wij doen het.", door=PersoonFactory()
    ),
    "actie": lambda p, s: leg_actie_vast(p, sleutel=s, wat="Schrijf een brief."),
    "cijfer": lambda p, s: leg_cijfer_vast(p, sleutel=s, naam="Bezetting", waarde=Decimal(97)),
    "trend": lambda p, s: leg_trend_vast(p, sleutel=s, onderwerp="Instroom", duiding="daalt"),
}
WIJZIGEN: dict[str, Callable[[Any, int], Any]] = {
    "inbreng": lambda r, v: wijzig_inbreng(r, versie=v, soort="vraag", tekst="Loopt het vol?", spreker="SJenV"),
    "besluit": lambda r, v: wijzig_besluit(r, versie=v, soort="besluit", tekst="Wij doen het niet."),
    "actie": lambda r, v: wijzig_actie(r, versie=v, wat="Schrijf een nota."),
    "cijfer": lambda r, v: wijzig_cijfer(r, versie=v, naam="Bezetting", waarde=Decimal("97.5")),
    "trend": lambda r, v: wijzig_trend(r, versie=v, onderwerp="Instroom", duiding="stijgt"),
}
SOORTEN = sorted(MAKEN)


@pytest.mark.parametrize("soort", SOORTEN)
def test_sent_twice_makes_one_line(punt: Agendapunt, soort: str) -> None:
    s = sleutel()
    eerste, tweede = MAKEN[soort](punt, s), MAKEN[soort](punt, s)
    assert eerste.pk == tweede.pk
    assert len(alle(punt)) == 1
    assert eerste.sleutel == s
    # Also when somebody corrected it in between: sending the first text again changes nothing.
    WIJZIGEN[soort](eerste, 1)
    MAKEN[soort](punt, s)
    assert (len(alle(punt)), type(eerste).objects.get().versie) == (1, 2)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_removed_line_does_not_come_back(punt: Agendapunt, soort: str) -> None:
    s = sleutel()
    regel = MAKEN[soort](punt, s)
    verwijder_regel(regel, versie=1)
    with pytest.raises(Verwijderd):
        MAKEN[soort](punt, s)
    with pytest.raises(Verwijderd):
        WIJZIGEN[soort](regel, 1)
    with pytest.raises(Verwijderd):
        verwijder_regel(regel, versie=1)
    assert alle(punt) == []


@pytest.mark.parametrize("soort", SOORTEN)
def test_an_older_version_overwrites_nothing(punt: Agendapunt, soort: str) -> None:
    regel = MAKEN[soort](punt, sleutel())
    nieuw = WIJZIGEN[soort](regel, 1)
    assert nieuw.versie == 2
    # The same correction once more, as after a lost answer, is no conflict and no change.
    assert WIJZIGEN[soort](regel, 1).versie == 2
    type(regel).objects.filter(pk=regel.pk).update(versie=3)
    with pytest.raises(Verouderd):
        verwijder_regel(regel, versie=2)
    if soort == "inbreng":
        with pytest.raises(Verouderd):
            wijzig_inbreng(regel, versie=2, soort="zorg", tekst="Iets anders.", spreker="VNG")
        assert alle(punt) == [("inbreng", "Loopt het vol?")]


@pytest.mark.parametrize("soort", SOORTEN)
def test_closed_minutes_are_closed(punt: Agendapunt, soort: str) -> None:
    s = sleutel()
    regel = MAKEN[soort](punt, s)
    sluit(punt)
    with pytest.raises(VerslagGesloten):
        MAKEN[soort](punt, sleutel())
    with pytest.raises(VerslagGesloten):
        WIJZIGEN[soort](regel, 1)
    with pytest.raises(VerslagGesloten):
        verwijder_regel(regel, versie=1)
    # What was kept before, and of which only the answer was lost, is answered.
    assert MAKEN[soort](punt, s).pk == regel.pk
    assert len(alle(punt)) == 1


@pytest.mark.parametrize("soort", [naam for naam in SOORTEN if naam != "actie"])
def test_the_database_refuses_too(punt: Agendapunt, soort: str) -> None:
    """An action goes on after adoption; everything else stands as it was adopted."""
    regel = MAKEN[soort](punt, sleutel())
    sluit(punt)
    for daad in (
        lambda: type(regel).objects.filter(pk=regel.pk).update(volgorde=9),
        lambda: type(regel).objects.filter(pk=regel.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="vastgesteld"), transaction.atomic():
            daad()


def test_lines_stand_in_the_order_in_which_they_were_noted(punt: Agendapunt) -> None:
    for soort in ("trend", "inbreng", "besluit", "cijfer", "actie"):
        MAKEN[soort](punt, sleutel())
    assert [familie for familie, _ in alle(punt)] == ["trend", "inbreng", "besluit", "cijfer", "actie"]


def test_who_said_it_must_be_known(punt: Agendapunt) -> None:
    with pytest.raises(ValidationError) as fout:
        leg_inbreng_vast(punt, sleutel=sleutel(), soort="zorg", tekst="x", spreker=" ")
    assert set(fout.value.message_dict) == {"organisatie"}
    with pytest.raises(ValidationError) as fout:
        leg_inbreng_vast(punt, sleutel=sleutel(), soort="oordeel", tekst="x", spreker="VNG")
    assert set(fout.value.message_dict) == {"soort"}
    with pytest.raises(ValidationError) as fout:
        leg_inbreng_vast(punt, sleutel=sleutel(), soort="zorg", tekst=" \n", spreker="VNG")
    assert set(fout.value.message_dict) == {"tekst"}
    assert alle(punt) == []


def test_a_key_of_another_meeting_is_refused(punt: Agendapunt) -> None:
    s = sleutel()
    MAKEN["inbreng"](AgendapuntFactory(), s)
    with pytest.raises(ValidationError, match="andere vergadering"):
        MAKEN["inbreng"](punt, s)


# Decisions


def stand(besluit: Besluit) -> dict[str | None, str]:
    """What is to be reported back, per measure."""
    return dict(besluit.terugkoppelingen.values_list("maatregel__code", "stand"))


def besluit(punt: Agendapunt, **opties: Any) -> Besluit:
    """A decision."""
    return leg_besluit_vast(
        punt, **{"sleutel": sleutel(), "soort": "besluit", "tekst": "Akkoord.", "door": PersoonFactory(), **opties}
    )


def test_codes_count_on_and_are_never_used_again(punt: Agendapunt) -> None:
    tweede_punt = AgendapuntFactory(vergadering=punt.vergadering, volgorde=2)
    een, twee = besluit(punt), besluit(tweede_punt)
    assert [een.code, twee.code] == ["lrt-2026-03-18-b01", "lrt-2026-03-18-b02"]
    verwijder_regel(twee, versie=1)
    assert besluit(punt).code == "lrt-2026-03-18-b03"
    Besluit.objects.filter(pk=een.pk).update(code="lrt-2026-03-18-b09")
    assert besluit(punt).code == "lrt-2026-03-18-b10"
    assert leg_actie_vast(punt, sleutel=sleutel(), wat="x").code == "lrt-2026-03-18-a01"
    assert besluit(AgendapuntFactory(vergadering__slug="Lange_naam-" + "x" * 60)).code == f"lange-naam-{'x' * 39}-b01"


def test_per_measure_something_is_to_be_reported_back(punt: Agendapunt) -> None:
    m1, m2, m3 = MaatregelFactory(code="m-1"), MaatregelFactory(code="m-2"), MaatregelFactory(code="m-3")
    assert stand(besluit(punt, maatregelen=[m1, m2])) == {"m-1": "open", "m-2": "open"}
    assert stand(besluit(punt)) == {None: "open"}
    assert stand(besluit(punt, soort="procedureafspraak")) == {None: "open"}
    assert stand(besluit(punt, soort="mededeling", maatregelen=[m1])) == {"m-1": "niet_nodig"}
    los = besluit(punt)
    wijzig_besluit(los, versie=1, soort="besluit", tekst="Akkoord.", maatregelen=[m1, m3])
    assert stand(los) == {"m-1": "open", "m-3": "open"}
    wijzig_besluit(los, versie=2, soort="mededeling", tekst="Akkoord.", maatregelen=[m3])
    assert stand(los) == {"m-3": "niet_nodig"}
    wijzig_besluit(los, versie=3, soort="besluit", tekst="Akkoord.")
    assert stand(los) == {None: "open"}


def test_what_was_reported_on_stays(punt: Agendapunt) -> None:
    m1, m2 = MaatregelFactory(code="m-1"), MaatregelFactory(code="m-2")
    genomen = besluit(punt, maatregelen=[m1])
    Terugkoppeling.objects.update(stand="uitgevoerd", uitgevoerd_op=DAG, uitkomst="Gedaan.")
    with pytest.raises(ValidationError, match="voortgebouwd"):
        wijzig_besluit(genomen, versie=1, soort="besluit", tekst="Anders.", maatregelen=[m2])
    with pytest.raises(ValidationError, match="voortgebouwd"):
        verwijder_regel(genomen, versie=1)
    assert (stand(genomen), Besluit.objects.get().tekst) == ({"m-1": "uitgevoerd"}, "Akkoord.")
    leg_actie_vast(punt, sleutel=sleutel(), wat="x")
    ander = besluit(punt)
    Actiepunt.objects.update(besluit=ander)
    with pytest.raises(ValidationError, match="voortgebouwd"):
        verwijder_regel(ander, versie=1)
    assert stand(ander) == {None: "open"}


def test_a_decision_moves_a_status_through_the_one_writer(punt: Agendapunt, mensen: Mensen) -> None:
    maatregel, s = MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie), sleutel()
    zet = Statuszet(maatregel, Status.IN_UITVOERING)
    genomen = besluit(
        punt, sleutel=s, tekst="Begin nu.", statuszet=zet, door=mensen.secretariaat, moment=timezone.now()
    )
    rij = maatregel.statuswijzigingen.first()
    assert rij is not None
    assert (rij.van, rij.naar, rij.per, rij.door) == ("aangekondigd", "in_uitvoering", DAG, mensen.secretariaat)
    assert rij.toelichting == "Besluit lrt-2026-03-18-b01 van LRT van 18 maart 2026: Begin nu."
    assert Maatregel.objects.get().status == "in_uitvoering"
    assert stand(genomen) == {"2024-2-03": "open"}
    # Sent once more, also after the status moved on: nothing moves again.
    besluit(punt, sleutel=s, tekst="Begin nu.", statuszet=zet, door=mensen.secretariaat)
    assert (Besluit.objects.count(), Statuswijziging.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("naar", "opties", "fout"),
    [
        (Status.AFGESLOTEN, {}, OngeldigeOvergang),
        ("onzin", {}, OngeldigeOvergang),
        (Status.IN_UITVOERING, {"soort": "mededeling"}, ValidationError),
        (Status.IN_UITVOERING, {"per": datetime.date(2999, 1, 1)}, ValidationError),
        (Status.IN_UITVOERING, {"per": datetime.date(1999, 1, 1)}, ValidationError),
    ],
)
def test_a_refused_status_leaves_nothing_behind(
    punt: Agendapunt, naar: str, opties: dict[str, Any], fout: type[Exception]
) -> None:
    zet = Statuszet(MaatregelFactory(), naar, per=opties.pop("per", None))
    with pytest.raises(fout):
        besluit(punt, statuszet=zet, **opties)
    assert (Besluit.objects.count(), Terugkoppeling.objects.count(), Statuswijziging.objects.count()) == (0, 0, 1)
    assert besluit(punt).code == "lrt-2026-03-18-b01"


def test_a_measure_that_holds_only_since_later_moves_on_its_first_day(punt: Agendapunt) -> None:
    maatregel = MaatregelFactory(geldt_vanaf=datetime.date(2026, 5, 1))
    besluit(punt, statuszet=Statuszet(maatregel, Status.IN_UITVOERING))
    rij = maatregel.statuswijzigingen.first()
    assert rij is not None
    assert rij.per == datetime.date(2026, 5, 1)


# Actions, figures


def test_an_action_reads_its_words_from_the_day_of_the_meeting(punt: Agendapunt) -> None:
    vng = OrganisatieFactory(afkorting="VNG")
    m = MaatregelFactory()
    actie = leg_actie_vast(
        punt, sleutel=sleutel(), wat="x", organisatie=vng, termijn_tekst="voor de zomer", maatregelen=[m]
    )
    assert (actie.peildatum, actie.begin, actie.einde) == (DAG, None, datetime.date(2026, 6, 20))
    assert (actie.organisatie, actie.is_afgesproken, list(actie.maatregelen.all())) == (vng, True, [m])
    ander = leg_actie_vast(punt, sleutel=sleutel(), wat="x", termijn_tekst="voor de zomer", andere_lezing=True)
    assert ander.einde == datetime.date(2026, 7, 2)
    leeg = leg_actie_vast(punt, sleutel=sleutel(), wat="x", soort="verzoek")
    assert (leeg.organisatie, leeg.wie_tekst, leeg.termijn_tekst, leeg.precisie, leeg.einde) == (None, "", "", "", None)
    assert leeg.is_afgesproken is False
    assert leg_actie_vast(punt, sleutel=sleutel(), wat="x", soort="oproep").is_afgesproken is True


def test_the_same_words_leave_the_days_as_they_are(punt: Agendapunt) -> None:
    actie = leg_actie_vast(punt, sleutel=sleutel(), wat="x", termijn_tekst="voor de zomer", andere_lezing=True)
    actie = wijzig_actie(actie, versie=1, wat="y", termijn_tekst="voor de zomer")
    assert (actie.wat, actie.einde, actie.versie) == ("y", datetime.date(2026, 7, 2), 2)
    actie = wijzig_actie(actie, versie=2, wat="y", termijn_tekst="voor de zomer", andere_lezing=False)
    assert actie.einde == datetime.date(2026, 6, 20)
    actie = wijzig_actie(actie, versie=3, wat="y", termijn_tekst="")
    assert (actie.termijn_tekst, actie.precisie, actie.einde) == ("", "", None)


def test_an_action_with_a_life_of_its_own_is_not_rewritten(punt: Agendapunt) -> None:
    actie = leg_actie_vast(punt, sleutel=sleutel(), wat="x")
    Actiewijziging.objects.create(actiepunt=actie, soort="overgedragen", reden="Zo.", per=DAG)
    for daad in (lambda: wijzig_actie(actie, versie=1, wat="y"), lambda: verwijder_regel(actie, versie=1)):
        with pytest.raises(ValidationError, match="eigen pagina"):
            daad()
    assert Actiepunt.objects.get().wat == "x"


def test_a_figure_keeps_the_value_it_replaces(punt: Agendapunt) -> None:
    m = MaatregelFactory()
    cijfer = leg_cijfer_vast(
        punt,
        sleutel=sleutel(),
        naam="Taakstelling 2025-I",
        waarde=Decimal(15000),
        eenheid="plekken",
        vorige_waarde=Decimal(17700),
        maatregelen=[m],
    )
    assert (cijfer.vorige_waarde, cijfer.eenheid, list(cijfer.maatregelen.all())) == (Decimal(17700), "plekken", [m])
    Vergadercijfer.objects.update(waarde_tot=Decimal(16000))
    cijfer.refresh_from_db()
    with pytest.raises(ValidationError) as fout:
        wijzig_cijfer(cijfer, versie=1, naam="Taakstelling", waarde=Decimal(17000))
    assert set(fout.value.message_dict) == {"waarde"}


# At once


def tegelijk(*daden: Callable[[], Any]) -> list[Any]:
    """What each answers, done at once over connections of their own."""
    hek, uit = threading.Barrier(len(daden)), [None] * len(daden)

    def doe(plek: int, daad: Callable[[], Any]) -> None:
        try:
            hek.wait()
            uit[plek] = daad()
        except Exception as fout:
            uit[plek] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(plek, daad)) for plek, daad in enumerate(daden)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uit


@OP_ECHTE_VERBINDINGEN
def test_numbers_are_given_out_once(punt: Agendapunt) -> None:
    door = PersoonFactory()
    uit = tegelijk(*[lambda: besluit(punt, door=door).code for _ in range(8)])
    assert sorted(uit) == [f"lrt-2026-03-18-b0{n}" for n in range(1, 9)]
    assert sorted(Besluit.objects.values_list("volgorde", flat=True)) == list(range(1, 9))


@OP_ECHTE_VERBINDINGEN
@pytest.mark.parametrize("soort", ["inbreng", "besluit"])
def test_one_line_sent_at_once_is_one_line(punt: Agendapunt, soort: str) -> None:
    s = sleutel()
    uit = tegelijk(*[lambda: MAKEN[soort](punt, s).pk for _ in range(6)])
    assert len(set(uit)) == 1
    assert len(alle(punt)) == 1


@OP_ECHTE_VERBINDINGEN
def test_of_two_corrections_at_once_one_is_told(punt: Agendapunt) -> None:
    regel = MAKEN["inbreng"](punt, sleutel())
    uit = tegelijk(
        *[
            lambda t=t: wijzig_inbreng(regel, versie=1, soort="zorg", tekst=t, spreker="VNG").tekst  # type: ignore[misc]
            for t in ("Van de een.", "Van de ander.")
        ]
    )
    gelukt = [antwoord for antwoord in uit if isinstance(antwoord, str)]
    assert [type(antwoord) for antwoord in uit if not isinstance(antwoord, str)] == [Verouderd]
    assert Inbreng.objects.get().tekst == gelukt[0]


@OP_ECHTE_VERBINDINGEN
def test_adoption_and_a_line_never_pass_each_other(punt: Agendapunt) -> None:
    """While the minutes are being adopted a line waits; then it is refused."""
    later = VergaderingFactory(datum=DAG + datetime.timedelta(days=90))
    begonnen, mag_door = threading.Event(), threading.Event()

    def stel_vast() -> None:
        with transaction.atomic():
            rij = Vergadering.objects.select_for_update().get(pk=punt.vergadering_id)
            begonnen.set()
            mag_door.wait(10)
            Vergadering.objects.filter(pk=rij.pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)

    def noteer() -> Any:
        begonnen.wait(10)
        threading.Timer(0.5, mag_door.set).start()
        return MAKEN["actie"](punt, sleutel())

    _, uit = tegelijk(stel_vast, noteer)
    assert isinstance(uit, VerslagGesloten)
    assert (alle(punt), Trend.objects.count()) == ([], 0)
