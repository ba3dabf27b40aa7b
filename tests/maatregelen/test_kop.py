"""From every page people reach their own account, and the beheerder the list of people."""

from collections.abc import Callable

import pytest
from django.test import Client

from maatregelen.models import Persoon
from tests.conftest import Mensen

pytestmark = pytest.mark.django_db


def test_the_frame_leads_to_what_is_this_persons_to_do(mensen: Mensen, als: Callable[[Persoon], Client]) -> None:
    for persoon, mag_beheren in ((mensen.beheerder, True), (mensen.secretariaat, False), (mensen.partner, False)):
        antwoord = als(persoon).get("/agendas/")
        tekst = antwoord.content.decode()
        assert 'href="/mijn/"' in tekst
        assert ('href="/personen/"' in tekst) == mag_beheren
