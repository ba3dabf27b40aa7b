"""Figures: named once, one per source and day, targets that stay."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from maatregelen.cijfervoering import maak_indicator, stel_doelwaarde, voeg_meting_toe, wijzig_meting
from maatregelen.models import Doelwaarde, Indicator, Meting
from maatregelen.versiebewaking import Verouderd
from tests.conftest import Mensen
from tests.maatregelen.test_dossiervoering import fouten, historie, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
DAG = datetime.date(2024, 12, 17)


def indicator(naam: str = "Bezetting") -> Indicator:
    """A thing to measure."""
    return maak_indicator({"naam": naam, "eenheid": "personen", "omschrijving": ""})


def meting(**anders: Any) -> dict[str, Any]:
    """A figure as a form gives it."""
    return {"waarde": Decimal("12.50"), "peildatum": DAG, "bron": "COA", **anders}


def test_addresses_come_from_names_and_differ(mensen: Mensen) -> None:
    assert [indicator(naam).slug for naam in ("Bezetting", "bezetting!", "???", "x" * 200)] == [
        "bezetting", "bezetting-2", "indicator", "x" * 76,
    ]  # fmt: skip
    assert indicator("x" * 199).slug == "x" * 76 + "-2"
    assert fouten(indicator) == {"naam": ["Er is al een indicator met deze naam."]}


def test_one_figure_per_source_and_day(mensen: Mensen) -> None:
    wat = indicator()
    een = voeg_meting_toe(wat, meting())
    twee = voeg_meting_toe(wat, meting(bron="IND"))
    voeg_meting_toe(indicator("Ander"), meting())
    assert list(fouten(lambda: voeg_meting_toe(wat, meting()))) == ["bron"]
    assert list(fouten(lambda: wijzig_meting(twee, meting(), versie=1))) == ["bron"]
    assert wijzig_meting(een, meting(), versie=1) == []
    assert historie(een) == 1
    assert wijzig_meting(een, meting(waarde=Decimal(13)), versie=1) == ["waarde"]
    with pytest.raises(Verouderd):
        wijzig_meting(een, meting(waarde=Decimal(14)), versie=1)
    assert Meting.objects.get(pk=een.pk).waarde == 13


def test_a_target_is_added_and_the_former_stays(mensen: Mensen) -> None:
    wat = indicator()
    doel = {"waarde": Decimal(100), "geldig_vanaf": DAG, "periode": "", "reden": "LRT van december"}
    stel_doelwaarde(wat, doel, door=mensen.secretariaat)
    assert fouten(lambda: stel_doelwaarde(wat, doel, door=mensen.secretariaat)) == {
        "": ["Deze doelwaarde is al vastgelegd."]
    }
    stel_doelwaarde(wat, {**doel, "waarde": Decimal(90)}, door=mensen.secretariaat)
    assert list(Doelwaarde.objects.values_list("waarde", "door")) == [
        (90, mensen.secretariaat.pk), (100, mensen.secretariaat.pk),
    ]  # fmt: skip


@echte_transacties
def test_two_people_name_one_thing(mensen: Mensen) -> None:
    uit = tegelijk(indicator, indicator)
    assert sorted(type(antwoord).__name__ for antwoord in uit) == ["Indicator", "ValidationError"]
