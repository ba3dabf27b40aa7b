"""Fixtures: a civil servant, a colleague, a stranger; the secretariaat; a partner; the documents, loaded once."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import get_token_model

from maatregelen.models import Organisatie, Persoon
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory

# What takes longest begins first, so that at the end no process waits long for another: by folder.
LANGSTE_EERST = ("inzage", "verhalen", "trouw", "toegang")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In what order files are handed out to processes."""

    def plaats(item: pytest.Item) -> int:
        map_ = item.path.parent.name
        return LANGSTE_EERST.index(map_) if map_ in LANGSTE_EERST else len(LANGSTE_EERST)

    items.sort(key=plaats)


@pytest.fixture(autouse=True)
def _eigen_map(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Everything a test writes lands in its own folder; passwords are hashed quickly."""
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@dataclass
class Mensen:
    """The people of a story: `eigen` works for `organisatie`, `vreemd` for another one."""

    organisatie: Organisatie
    ander: Organisatie
    eigen: Persoon
    collega: Persoon
    vreemd: Persoon
    secretariaat: Persoon
    partner: Persoon
    beheerder: Persoon
    rolloos: Persoon


@pytest.fixture
def mensen(db: None) -> Mensen:
    """One person per role, and one without any role."""
    organisatie, ander = OrganisatieFactory(afkorting="SZW"), OrganisatieFactory(afkorting="OCW")
    koepel = OrganisatieFactory(afkorting="VNG", soort="koepel")
    bureau = OrganisatieFactory(afkorting="LRT-secretariaat", soort="onderdeel", slug="lrt-secretariaat")

    def lid(naam: str, bij: Organisatie, rol: str) -> Persoon:
        persoon = PersoonFactory(email=f"{naam}@voorbeeld.nl", functie=naam.capitalize())
        LidmaatschapFactory(persoon=persoon, organisatie=bij, rol=rol)
        return persoon

    return Mensen(
        organisatie=organisatie,
        ander=ander,
        eigen=lid("eigen", organisatie, "dossierhouder"),
        collega=lid("collega", organisatie, "dossierhouder"),
        vreemd=lid("vreemd", ander, "dossierhouder"),
        secretariaat=lid("secretariaat", bureau, "secretariaat"),
        partner=lid("partner", koepel, "lezer"),
        beheerder=lid("beheerder", bureau, "beheerder"),
        rolloos=PersoonFactory(email="rolloos@voorbeeld.nl", functie="Zonder rol"),
    )


@pytest.fixture
def als() -> Callable[[Persoon], Client]:
    """A browser in which this person is signed in."""

    def inloggen(persoon: Persoon) -> Client:
        client = Client()
        client.force_login(persoon, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return inloggen


@pytest.fixture
def sleutel() -> Callable[..., dict[str, str]]:
    """The Authorization header of a token of this person."""

    def maken(persoon: Persoon, *, schrijven: bool = False) -> dict[str, str]:
        _, geheim = get_token_model().objects.create(
            # As one that is in use: the first time notes down that it was.
            user=persoon,
            schrijven=schrijven,
            laatst_gebruikt_op=timezone.now(),
        )
        return {"Authorization": f"Token {geheim}"}

    return maken


@pytest.fixture
def vandaag() -> datetime.date:
    """A fixed day, shortly before the deadline of 30 December 2024."""
    return datetime.date(2024, 12, 17)


@pytest.fixture
def mailmap(settings: pytest.FixtureRequest) -> Callable[[], list[Path]]:
    """The mails that were handed over so far, sorted by name."""

    def lijst() -> list[Path]:
        return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"))  # type: ignore[attr-defined]

    return lijst
