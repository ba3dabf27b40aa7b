"""Progress is the owner's word, in the owner's name, wherever it is shown."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pad", ["/maatregelen/2024-1-01/", "/maatregelen/", "/organisaties/szw/"])
def test_progress_is_told_in_the_name_of_the_owner(mensen: Mensen, als: Callable[[Persoon], Client], pad: str) -> None:
    maatregel = MaatregelFactory(
        code="2024-1-01",
        voortgang="aandacht",
        voortgang_op=datetime.date(2026, 1, 1),
        voortgang_toelichting="Later.",
        voortgang_door=mensen.eigen,
    )
    mensen.organisatie.slug = "szw"
    mensen.organisatie.save()
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie)
    for persoon in (mensen.eigen, mensen.partner):
        tekst = als(persoon).get(pad).content.decode()
        assert "volgens SZW vraagt aandacht" in tekst
        assert "Bevoegdheid" not in tekst
