"""The papers of somebody else: no name of a subject one may not see, and no file that tells more than one may know."""

import io
import uuid
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from maatregelen.models import Organisatie, Persoon, Zichtniveau
from regietafel.models import Stuk
from regietafel.stukken import maken
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, PijlerFactory
from tests.regietafel.factories import VergaderingFactory
from tests.regietafel.stukstof import gevraagd

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]


def gemaakt(door: Persoon, soort: str, titel: str, bundel: uuid.UUID, **onderwerp: str) -> Stuk:
    stuk = gevraagd(door, soort, bundel=bundel, **onderwerp)
    assert maken.maak(stuk.pk)
    Stuk.objects.filter(pk=stuk.pk).update(titel=titel)
    stuk.refresh_from_db()
    return stuk


@pytest.fixture
def stukken(mensen: Mensen) -> dict[str, Stuk]:
    """Asked for by `eigen`, about what is only for their organisation and about what everybody at the table sees."""
    Organisatie.objects.filter(pk=mensen.organisatie.pk).update(is_rijk=True)
    dicht = {"zichtbaarheid": Zichtniveau.EIGEN, "afgeschermd_voor": mensen.organisatie}
    agenda = AgendaFactory(slug="dicht", **dicht)
    pijler = PijlerFactory(agenda=agenda)
    binnen = MaatregelFactory(pijler=pijler)
    buiten = MaatregelFactory(titel="Opvang")
    tafel = VergaderingFactory(slug="dichte-tafel", **dicht)
    bundel = uuid.uuid4()
    # What is said of the open measure leads to what is within.
    binnen.opvolgingen.create(naar=buiten, soort="voortgezet")
    return {
        "maatregel": gemaakt(mensen.eigen, "onepager", "Geheime maatregel", bundel, maatregel=binnen.code),
        "pijler": gemaakt(mensen.eigen, "onepager", "Geheime pijler", bundel, agenda="dicht", pijler=pijler.nummer),
        "vergadering": gemaakt(mensen.eigen, "agenda", "Geheime tafel", bundel, vergadering=tafel.slug),
        "open": gemaakt(mensen.eigen, "onepager", "Open maatregel", bundel, maatregel=buiten.code),
    }


def test_names_only_what_may_be_seen(mensen: Mensen, als: Als, stukken: dict[str, Stuk]) -> None:
    bundel = stukken["open"].onderwerp["bundel"]
    for persoon, verwacht in (
        (mensen.eigen, {stuk.titel for stuk in stukken.values()}),
        (mensen.secretariaat, {"Open maatregel"}),
        (mensen.vreemd, set()),
    ):
        for adres in ("/stukken/", f"/stukken/bundel/{bundel}/"):
            bladzijde = als(persoon).get(adres).content.decode()
            assert {stuk.titel for stuk in stukken.values() if stuk.titel in bladzijde} == verwacht, (persoon, adres)


def test_a_file_for_who_may_see_more_is_not_handed_to_others(
    mensen: Mensen, als: Als, stukken: dict[str, Stuk]
) -> None:
    open_, bundel = stukken["open"], stukken["open"].onderwerp["bundel"]
    eigen, bureau = als(mensen.eigen), als(mensen.secretariaat)
    assert b"".join(eigen.get(f"/stukken/{open_.pk}/bestand/").streaming_content)  # type: ignore[attr-defined]
    geweigerd = bureau.get(f"/stukken/{open_.pk}/bestand/")
    assert geweigerd.status_code == 403
    assert "Vraag het stuk opnieuw aan" in geweigerd.content.decode()
    assert bureau.get(f"/stukken/bundel/{bundel}/alles.zip").status_code == 404
    alles = b"".join(eigen.get(f"/stukken/bundel/{bundel}/alles.zip").streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(alles)) as pak:
        assert len(pak.namelist()) == len(stukken)
    # What it says is the same for both once nothing is hidden: then the file is.
    zelfde = gemaakt(mensen.eigen, "onepager", "Zelfde", uuid.uuid4(), maatregel=MaatregelFactory().code)
    assert b"".join(bureau.get(f"/stukken/{zelfde.pk}/bestand/").streaming_content)  # type: ignore[attr-defined]
