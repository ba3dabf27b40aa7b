"""Who gets a paper, and where its file is: a folder that only the product reads, and names that lead nowhere else."""

import datetime
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maatregelen.models import Maatregel, Persoon
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Stuk
from regietafel.stukken import maken
from regietafel.stukken.bewaring import bewaar, plaats
from regietafel.stukken.controle import zoek
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.regietafel.stukstof import gevraagd

TOEN = datetime.date(2024, 9, 26)


@pytest.fixture(autouse=True)
def stukkenmap(settings: Any, tmp_path: Path) -> Path:
    """A folder of this test's own."""
    settings.STUKKENMAP = tmp_path / "stukken"
    return tmp_path / "stukken"


@pytest.mark.parametrize("naam", ["", "x", "../x", "../../etc/passwd", "/etc/passwd", "aa/bb/cc", "aa/../../x", ".."])
def test_a_name_that_is_none_of_ours_has_no_place(naam: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        plaats(naam)


def test_only_the_product_reads_the_folder_and_its_files(stukkenmap: Path) -> None:
    """Whatever the machine gives to new files."""
    oud = os.umask(0)
    try:
        pad = plaats(bewaar(b"x"))
    finally:
        os.umask(oud)
    assert stat.S_IMODE(pad.stat().st_mode) == 0o600
    assert stat.S_IMODE(pad.parent.stat().st_mode) == 0o700
    assert pad.parent.parent == stukkenmap


def test_a_paper_about_what_one_may_not_see_any_more_is_not_handed_over(
    mensen: Mensen, als: Callable[[Persoon], Client]
) -> None:
    """Who asked for it keeps no right to it: that is asked again each time."""
    stuk = gevraagd(mensen.eigen, maatregel=MaatregelFactory().code)
    assert maken.maak(stuk.pk)
    client = als(mensen.eigen)
    adressen = [reverse(naam, args=[stuk.pk]) for naam in ("stuk", "stuk_stand", "stuk_bestand")]

    def standen() -> list[int]:
        antwoorden = [client.get(adres) for adres in adressen]
        for antwoord in antwoorden:
            if antwoord.streaming:
                assert antwoord.getvalue().startswith(b"%PDF")
        return [antwoord.status_code for antwoord in antwoorden]

    assert standen() == [200, 200, 200]
    stuk.refresh_from_db()
    wie = Bevoegdheid(mensen.eigen, timezone.localdate())
    assert len(zoek(stuk.controlegetal, wie)) == 1
    Stuk.objects.filter(pk=stuk.pk).update(onderwerp={"maatregel": "niet-voor-u"})
    assert standen() == [404, 404, 404]
    assert zoek(stuk.controlegetal, wie) == []
    opnieuw = client.post(reverse("stuk_opnieuw", args=[stuk.pk]), {"formaat": "odt"})
    assert (opnieuw.status_code, Stuk.objects.count(), Maatregel.objects.count()) == (404, 1, 1)


def test_a_paper_about_nothing_in_particular_needs_a_role_too(mensen: Mensen) -> None:
    """A list of all open actions has no subject that could be refused."""
    stuk = gevraagd(mensen.rolloos, "actielijst")
    assert not maken.maak(stuk.pk)
    stuk.refresh_from_db()
    assert (stuk.stand, stuk.fout, stuk.bestand) == ("mislukt", maken.TE_ZIEN, "")


def test_a_paper_of_then_is_made_by_the_rights_of_today(mensen: Mensen) -> None:
    """Who came later may have it made; who left before today may not."""
    code = MaatregelFactory(geldt_vanaf=TOEN, pijler__agenda__geldt_vanaf=TOEN).code
    mensen.eigen.lidmaatschappen.update(vanaf=datetime.date(2025, 6, 1))
    mensen.partner.lidmaatschappen.update(tot=datetime.date(2025, 6, 1))
    for persoon, gemaakt in ((mensen.eigen, True), (mensen.partner, False)):
        stuk = gevraagd(persoon, maatregel=code, peildatum=datetime.date(2025, 3, 19))
        assert maken.maak(stuk.pk) is gemaakt
