"""The table of a demonstration: one meeting ahead, once, and only with the demo switch."""

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from regietafel.demotafel import TafelOntbreekt, plan_demovergadering
from regietafel.models import Reeks, Vergadering
from tests.factories import OrganisatieFactory
from tests.regietafel.factories import ReeksFactory, VergaderingFactory

MOMENT = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)


@pytest.fixture
def reeks(db: None) -> Reeks:
    """The series, with a member and two standing points."""
    reeks: Reeks = ReeksFactory(slug="lrt", naam="Landelijke Regietafel Migratie")
    reeks.leden.create(organisatie=OrganisatieFactory(), ambt="minister", is_voorzitter=True, vanaf="2025-03-19")
    reeks.leden.create(organisatie=OrganisatieFactory(), ambt="oud", vanaf="2025-03-19", tot="2026-02-23")
    reeks.punten.create(titel="Opening", volgorde=1)
    reeks.punten.create(titel="Sluiting", volgorde=2, is_slot=True)
    return reeks


def test_a_meeting_is_planned_once(reeks: Reeks) -> None:
    VergaderingFactory(reeks=reeks, staat="gepland", datum=None, datum_tekst="een volgend LRT")
    VergaderingFactory(reeks=reeks, staat="gepland", datum=datetime.date(2026, 11, 19))
    VergaderingFactory(staat="gepland", datum=datetime.date(2026, 12, 1))
    vergadering = plan_demovergadering(moment=MOMENT)
    assert vergadering is not None
    assert (vergadering.titel, vergadering.datum, vergadering.staat, vergadering.bekend_vanaf) == (
        "Landelijke Regietafel Migratie van 16 december 2026 (demonstratie)",
        datetime.date(2026, 12, 16),
        "gepland",
        datetime.date(2026, 11, 20),
    )
    assert list(vergadering.deelnames.values_list("ambt", "rol")) == [("minister", "voorzitter")]
    assert list(vergadering.agendapunten.values_list("titel", flat=True)) == ["Opening", "Sluiting"]
    assert plan_demovergadering(moment=MOMENT) is None
    assert plan_demovergadering(moment=MOMENT + datetime.timedelta(days=26)) is None
    assert Vergadering.objects.count() == 4
    # The day after, there is nothing ahead any more; Christmas and New Year are no days for a meeting.
    volgende = plan_demovergadering(moment=MOMENT + datetime.timedelta(days=27))
    assert volgende is not None
    assert volgende.datum == datetime.date(2027, 1, 13)


@pytest.mark.django_db
def test_without_the_series_nothing_is_planned(settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(TafelOntbreekt):
        plan_demovergadering(moment=MOMENT)
    with pytest.raises(CommandError, match="laad_agendas"):
        call_command("laad_demotafel")
    assert Vergadering.objects.count() == 0


def test_only_in_a_demonstration(reeks: Reeks, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="alleen in de demostand"):
        call_command("laad_demotafel")
    assert reeks.vergaderingen.count() == 0
    settings.DEMO = True
    call_command("laad_demotafel")
    call_command("laad_demotafel")
    regels = capsys.readouterr().out.splitlines()
    assert regels == [f"Gepland: {reeks.vergaderingen.get()}.", "Er is al een vergadering in het vooruitzicht."]
