"""A figure is told in a document that its writer may see: no other is offered, and no other is taken."""

from collections.abc import Callable

import pytest
from django.test import Client

from maatregelen.models import Indicator, Meting, Persoon, Zichtniveau
from tests.conftest import Mensen
from tests.factories import AgendaFactory

pytestmark = pytest.mark.django_db


def test_a_hidden_document_is_not_offered_and_not_taken(mensen: Mensen, als: Callable[[Persoon], Client]) -> None:
    Indicator.objects.create(slug="bezetting", naam="Bezetting", eenheid="plekken")
    AgendaFactory(slug="zichtbaar", titel="Zichtbare agenda")
    dicht = AgendaFactory(
        slug="dicht", titel="Geheime agenda", zichtbaarheid=Zichtniveau.EIGEN, afgeschermd_voor=mensen.organisatie
    )
    client = als(mensen.secretariaat)
    getypt = {"waarde": "1", "peildatum": "2024-12-01", "bron": "Telling", "agenda": str(dicht.pk)}
    geweigerd = client.post("/cijfers/bezetting/metingen/nieuw/", getypt)
    assert geweigerd.status_code == 422
    assert "Zichtbare agenda" in geweigerd.content.decode()
    assert "Geheime agenda" not in geweigerd.content.decode()
    assert not Meting.objects.exists()
