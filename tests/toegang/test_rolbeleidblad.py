"""The page that says which roles ask for a second step shows what holds: saving it untouched changes nothing."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from maatregelen.models import Persoon, Rol
from tests.conftest import Mensen
from toegang.beleid import zet_rollen_met_tweede_stap
from toegang.tweedestap import rollen_met_tweede_stap

Als = Callable[[Persoon], Client]
pytestmark = pytest.mark.django_db
BLAD = "/beheer/rollen/"


def aangevinkt(client: Client) -> set[str]:
    """The roles that are ticked on the page, as a browser would send them back."""
    vakken = re.findall(r'<input type="checkbox"[^>]*name="rollen"[^>]*>', client.get(BLAD).content.decode())
    assert len(vakken) == len(Rol)
    return {
        gevonden.group(1)
        for vak in vakken
        if re.search(r"\schecked\b", vak) and (gevonden := re.search(r'value="(\w+)"', vak))
    }


@pytest.mark.parametrize("rollen", [set(Rol.values), {"beheerder", "auditor"}, set()], ids=["all", "two", "none"])
def test_what_holds_is_ticked_and_saving_it_untouched_changes_nothing(
    mensen: Mensen, als: Als, rollen: set[str]
) -> None:
    zet_rollen_met_tweede_stap(rollen, door=mensen.beheerder, moment=timezone.now())
    client = als(mensen.beheerder)
    assert aangevinkt(client) == rollen
    antwoord = client.post(BLAD, {"rollen": sorted(aangevinkt(client))}, follow=True)
    assert "Er is niets gewijzigd." in antwoord.content.decode()
    assert rollen_met_tweede_stap() == rollen


def test_without_anything_said_every_role_is_ticked(mensen: Mensen, als: Als) -> None:
    assert aangevinkt(als(mensen.beheerder)) == set(Rol.values)


def test_a_stranger_does_not_see_it_and_changes_nothing(mensen: Mensen, als: Als) -> None:
    for vreemd in (mensen.secretariaat, mensen.eigen, mensen.partner):
        assert als(vreemd).get(BLAD).status_code == 403
        assert als(vreemd).post(BLAD, {}).status_code == 403
    assert rollen_met_tweede_stap() == set(Rol.values)
