"""Per role every right there is, of the own organisation's work and of another's; found in the code, so none is missed.

A right that is added anywhere shows up here by itself, and asks for its place in the table.
"""

import ast
import datetime
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maatregelen.models import Organisatie, Persoon, Pijlerbetrokkenheid, Reactie, Rol, Volger
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_maatregelen
from regietafel.models import Actiepunt
from regietafel.zichtbaarheid import eigen_actiepunten
from tests.factories import (
    AgendaFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PersoonFactory,
    PijlerFactory,
)
from tests.regietafel.factories import ActiepuntFactory, TerugkoppelingFactory

HUIS = Path(__file__).resolve().parents[2]
DAG = datetime.date(2026, 11, 22)

# What only shows something, or has something made of what may be seen.
LEZEN = {
    "mag_wijzigingen_zien",
    "mag_verzending_inzien",
    "mag_volgers_zien",
    "mag_herinneringen_van",
    "mag_logboek_lezen",
    "mag_stukken_maken",
    "mag_actiepost_inzien",
}
VAN_IEDEREEN = {"mag_wijzigingen_zien", "mag_stukken_maken", "mag_volgen"}
INZIEN = {"mag_verzending_inzien", "mag_volgers_zien", "mag_herinneringen_van", "mag_actiepost_inzien"}
EIGEN_ACTIE = {"mag_actie_melden", "mag_actiepost_inzien"}
PUBLICEREN = {"mag_afschermen", "mag_voorleggen", "mag_vaststellen"}
REAGEREN = {"mag_reageren", "mag_reactie_wijzigen"}
EIGEN_WERK = {
    "mag_maatregel_bijhouden",
    "mag_status_wijzigen",
    "mag_betrokkenheid_bijhouden",
    "mag_agenda_bijhouden",
    "mag_pijler_bijhouden",
    "mag_maatregel_maken",
    "mag_brontekst_toevoegen",
    "mag_verzending_inzien",
    "mag_uitstellen",
    "mag_uitvoering_melden",
    *PUBLICEREN,
    *REAGEREN,
}
TAFEL = {
    "mag_betrokkenheid_bijhouden",
    "mag_trekker_toewijzen",
    "mag_agenda_maken",
    "mag_agenda_bijhouden",
    "mag_pijler_bijhouden",
    "mag_maatregel_maken",
    "mag_brontekst_toevoegen",
    "mag_cijfers_bijhouden",
    "mag_uitstellen",
    "mag_vergaderingen_bijhouden",
    "mag_actie_melden",
    "mag_actie_afspreken",
    "mag_uitvoering_melden",
    "mag_terugkoppeling_sluiten",
    "mag_status_bij_besluit",
    *PUBLICEREN,
}
BEHEER = {"mag_beheren", "mag_programmas_bijhouden", "mag_publicatiebeleid_zetten"}
# Per role: what it may of the own organisation's, and of another's.
VERWACHT = {
    Rol.LEZER: (VAN_IEDEREEN | EIGEN_ACTIE, VAN_IEDEREEN),
    Rol.DOSSIERHOUDER: (
        VAN_IEDEREEN | EIGEN_ACTIE | EIGEN_WERK | {"mag_agenda_maken"},
        VAN_IEDEREEN | {"mag_agenda_maken", "mag_reageren"},
    ),
    Rol.COORDINATOR: (
        VAN_IEDEREEN | EIGEN_ACTIE | EIGEN_WERK | {"mag_verdelen", "mag_rol_verdelen", "mag_programmas_bijhouden"},
        VAN_IEDEREEN | {"mag_verdelen", "mag_reageren"},
    ),
    Rol.SECRETARIAAT: (VAN_IEDEREEN | INZIEN | TAFEL, VAN_IEDEREEN | INZIEN | TAFEL),
    Rol.BEHEERDER: (
        VAN_IEDEREEN | INZIEN | EIGEN_ACTIE | BEHEER,
        VAN_IEDEREEN | INZIEN | BEHEER,
    ),
    Rol.AUDITOR: (
        LEZEN,
        LEZEN,
    ),
}


def alle_rechten() -> dict[str, Callable[..., bool]]:
    """Every question that asks what `wie` may, in whatever module of the product it stands."""
    rechten = {}
    for app in ("maatregelen", "regietafel", "toegang", "logboek"):
        for pad in sorted((HUIS / app).rglob("*.py")):
            namen = [
                knoop.name
                for knoop in ast.parse(pad.read_text()).body
                if isinstance(knoop, ast.FunctionDef) and knoop.name.startswith("mag_")
            ]
            if namen:
                module = importlib.import_module(".".join(pad.relative_to(HUIS).with_suffix("").parts))
                rechten.update({naam: getattr(module, naam) for naam in namen})
    return {naam: recht for naam, recht in rechten.items() if next(iter(inspect.signature(recht).parameters)) == "wie"}


def werk_van(organisatie: Organisatie) -> dict[str, Any]:
    """One of everything that a right can be about, of this organisation."""
    agenda = AgendaFactory(houder=organisatie)
    pijler = PijlerFactory(agenda=agenda)
    Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=organisatie, rol="verantwoordelijk")
    maatregel = MaatregelFactory(pijler=pijler, trekker=organisatie)
    lid = LidmaatschapFactory(organisatie=organisatie, rol="lezer", persoon=PersoonFactory())
    werk = {
        "agenda": agenda,
        "pijler": pijler,
        "maatregel": maatregel,
        "stuk": maatregel,
        "reactie": Reactie.objects.create(maatregel=maatregel, organisatie=organisatie, tekst="Wij zien dit anders."),
        "mijlpaal": MijlpaalFactory(maatregel=maatregel),
        "actiepunt": ActiepuntFactory(organisatie=organisatie),
        "terugkoppeling": TerugkoppelingFactory(maatregel=maatregel),
        "organisatie": organisatie,
        "persoon": lid.persoon,
        "rol": Rol.LEZER,
        "volgt": False,
    }
    # For whom a row is, the database says.
    for stuk in (agenda, pijler, maatregel, werk["reactie"]):
        stuk.refresh_from_db()
    return werk


def mag(persoon: Persoon, werk: dict[str, Any]) -> set[str]:
    """The names of what this person may of this work."""
    gevonden = set()
    for naam, recht in alle_rechten().items():
        delen = {deel: werk[deel] for deel in list(inspect.signature(recht).parameters)[1:]}
        if recht(Bevoegdheid(persoon, DAG), **delen):
            gevonden.add(naam)
    return gevonden


@pytest.mark.django_db
@pytest.mark.parametrize("rol", Rol.values)
def test_what_each_role_may_of_the_own_and_of_anothers_work(rol: str) -> None:
    eigen, ander = OrganisatieFactory(), OrganisatieFactory()
    persoon = LidmaatschapFactory(organisatie=eigen, rol=rol).persoon
    assert (mag(persoon, werk_van(eigen)), mag(persoon, werk_van(ander))) == VERWACHT[Rol(rol)]


@pytest.mark.django_db
def test_an_auditor_changes_nothing_also_not_what_carries_their_name() -> None:
    eigen = OrganisatieFactory()
    auditor = LidmaatschapFactory(organisatie=eigen, rol=Rol.AUDITOR).persoon
    werk = werk_van(eigen)
    # On the auditor's name, followed before the role became this one, and of the organisation.
    Actiepunt.objects.filter(pk=werk["actiepunt"].pk).update(persoon=auditor)
    werk["actiepunt"].refresh_from_db()
    Volger.objects.create(maatregel=werk["maatregel"], persoon=auditor)
    werk |= {"volgt": True, "persoon": auditor}
    assert mag(auditor, werk) == LEZEN
    wie = Bevoegdheid(auditor, DAG)
    assert zichtbare_maatregelen(wie).count() == 1
    assert not eigen_actiepunten(wie).exists()


@pytest.mark.django_db
def test_who_is_an_auditor_here_and_works_there_takes_part_there_only() -> None:
    hier, daar = OrganisatieFactory(), OrganisatieFactory()
    persoon = LidmaatschapFactory(organisatie=hier, rol=Rol.AUDITOR).persoon
    LidmaatschapFactory(organisatie=daar, rol=Rol.DOSSIERHOUDER, persoon=persoon)
    van_hier, van_daar = werk_van(hier), werk_van(daar)
    assert "mag_actie_melden" not in mag(persoon, van_hier)
    assert {"mag_actie_melden", "mag_maatregel_bijhouden"} <= mag(persoon, van_daar)
    assert list(eigen_actiepunten(Bevoegdheid(persoon, DAG))) == [van_daar["actiepunt"]]


@pytest.mark.django_db
@pytest.mark.parametrize("verschil", [-1, 0])
def test_a_role_that_is_over_gives_nothing_from_its_last_day_on(verschil: int) -> None:
    eigen = OrganisatieFactory()
    lid = LidmaatschapFactory(organisatie=eigen, rol=Rol.COORDINATOR, tot=DAG - datetime.timedelta(days=verschil))
    verwacht = VERWACHT[Rol.COORDINATOR][0] if verschil else set()
    assert mag(lid.persoon, werk_van(eigen)) == verwacht
