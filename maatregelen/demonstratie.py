"""The people of a demonstration: one per role, shown by function, with one password that is told to who starts it."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction

from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol

KLINKERS, MEDEKLINKERS = "aeiou", "bdfghjklmnprstvwz"
EERDER = datetime.date(2024, 7, 2)  # the day the ministry of AenM began
OVERGANG = datetime.date(2026, 2, 23)  # the day it became part of JenV


class OrganisatieOntbreekt(Exception):  # noqa: N818 - Dutch, like every name of the domain
    """The organisations of the demo people are not there: the documents must be loaded first."""


@dataclass(frozen=True)
class Rolbij:
    """A role at an organisation (by its slug), for a while or until further notice."""

    rol: Rol
    organisatie: str
    vanaf: datetime.date = EERDER
    tot: datetime.date | None = None


MENSEN: dict[str, tuple[str, list[Rolbij]]] = {
    "dossier.aenm@voorbeeld.nl": (
        "Dossierhouder migratie bij JenV (voorheen AenM)",
        [Rolbij(Rol.DOSSIERHOUDER, "aenm", tot=OVERGANG), Rolbij(Rol.DOSSIERHOUDER, "jenv", vanaf=OVERGANG)],
    ),
    "dossier.szw@voorbeeld.nl": ("Dossierhouder migratie bij SZW", [Rolbij(Rol.DOSSIERHOUDER, "szw")]),
    "secretariaat@voorbeeld.nl": ("LRT-secretariaat", [Rolbij(Rol.SECRETARIAAT, "lrt-secretariaat")]),
    "partner.vng@voorbeeld.nl": ("Beleidsadviseur bij de VNG", [Rolbij(Rol.DOSSIERHOUDER, "vng")]),
    "beheer@voorbeeld.nl": ("Functioneel beheerder", [Rolbij(Rol.BEHEERDER, "functioneel-beheer")]),
    "coordinator.szw@voorbeeld.nl": ("Coördinator migratie bij SZW", [Rolbij(Rol.COORDINATOR, "szw")]),
    "auditor@voorbeeld.nl": ("Auditor", [Rolbij(Rol.AUDITOR, "functioneel-beheer")]),
}


def maak_demomensen(*, wachtwoord: str, stempel: str = "") -> tuple[list[Persoon], str]:
    """The demo people, with their roles and this password. What exists and fits is left alone, ended roles too.

    Also gives a stamp of passwords that fit: handed back the next time, it spares the slow check of each of them.
    Raises OrganisatieOntbreekt when one of their organisations has not been loaded.
    """
    with transaction.atomic():
        slugs = {rolbij.organisatie for _, rollen in MENSEN.values() for rolbij in rollen}
        organisaties = {organisatie.slug: organisatie for organisatie in Organisatie.objects.filter(slug__in=slugs)}
        if ontbreekt := sorted(slugs - set(organisaties)):
            raise OrganisatieOntbreekt(", ".join(ontbreekt))
        bestaand = {persoon.email: persoon for persoon in Persoon.objects.filter(email__in=MENSEN)}
        past = stempel == _stempel(wachtwoord, bestaand.values())
        mensen = []
        for email, (functie, rollen) in MENSEN.items():
            persoon = bestaand.get(email)
            if persoon is None:
                persoon = Persoon.objects.create_user(email, wachtwoord, functie=functie)
            elif not past and not persoon.check_password(wachtwoord):
                persoon.set_password(wachtwoord)
                persoon.save(update_fields=["password"])
            mensen.append(persoon)
            _geef_rollen(persoon, rollen, organisaties)
        _bevestig_adressen(mensen)
    return mensen, _stempel(wachtwoord, mensen)


def _stempel(wachtwoord: str, mensen: Iterable[Persoon]) -> str:
    """Changes with the password and with each stored hash."""
    delen = [wachtwoord, *sorted(persoon.password for persoon in mensen)]
    return hashlib.sha256("\0".join(delen).encode()).hexdigest()


def _geef_rollen(persoon: Persoon, rollen: list[Rolbij], organisaties: dict[str, Organisatie]) -> None:
    bekend = set(persoon.lidmaatschappen.values_list("organisatie__slug", "rol"))
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(
            persoon=persoon,
            organisatie=organisaties[rolbij.organisatie],
            rol=rolbij.rol,
            vanaf=rolbij.vanaf,
            tot=rolbij.tot,
        )
        for rolbij in rollen
        if (rolbij.organisatie, rolbij.rol) not in bekend
    )


def _bevestig_adressen(mensen: list[Persoon]) -> None:
    """Mail to these addresses never leaves the machine, so nobody could confirm them."""
    bekend = set(EmailAddress.objects.filter(user__in=mensen).values_list("email", flat=True))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=persoon, email=persoon.email, verified=True, primary=True)
        for persoon in mensen
        if persoon.email not in bekend
    )


def bepaal_wachtwoord(gekozen: str, bewaard: Path) -> str:
    """The password of the demo people: the chosen one, else the one kept in `bewaard`, else a new readable one.

    It is kept in that file, readable by its owner only, so that each start can show it.
    """
    eerder = lees_geheim(bewaard)
    wachtwoord = gekozen or eerder or _leesbaar_wachtwoord()
    if wachtwoord != eerder:
        bewaar_geheim(bewaard, wachtwoord)
    return wachtwoord


def lees_geheim(pad: Path) -> str:
    """What is kept in a file, or an empty text."""
    return pad.read_text(encoding="utf-8").strip() if pad.exists() else ""


def bewaar_geheim(pad: Path, tekst: str) -> None:
    """Keep a text in a file that only its owner can read, also while it is being written."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    vers = pad.with_name(f"{pad.name}.nieuw")
    vers.unlink(missing_ok=True)
    vers.touch(mode=0o600, exist_ok=False)
    vers.write_text(f"{tekst}\n", encoding="utf-8")
    vers.replace(pad)


def _leesbaar_wachtwoord() -> str:
    """Four made-up words of two syllables, such as bavo-timu-rosa-weki: about 51 bits of chance."""
    return "-".join(
        "".join(secrets.choice(MEDEKLINKERS) + secrets.choice(KLINKERS) for _ in range(2)) for _ in range(4)
    )
