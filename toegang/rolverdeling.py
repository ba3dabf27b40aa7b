"""What a coördinator hands out: roles within the own organisation, and no more than that."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from maatregelen.beheer import beeindig_rol, geef_rol, maak_persoon
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.zichtbaarheid import Bevoegdheid
from toegang.links import nodig_uit

# What a coördinator may hand out. The rest is of the whole table, and comes from a beheerder.
TE_VERDELEN = (Rol.LEZER, Rol.DOSSIERHOUDER, Rol.COORDINATOR)
NIET_ZELF = "Uw eigen rollen wijzigt een andere coördinator of een beheerder."
NIET_UW_ORGANISATIE = "U verdeelt rollen binnen uw eigen organisatie."
NIET_DEZE_ROL = "Deze rol geeft een beheerder."


def mag_verdelen(wie: Bevoegdheid) -> bool:
    """Whether this person hands out roles somewhere."""
    return not wie.kijkt_terug and bool(wie.coordineert)


def organisaties_van(wie: Bevoegdheid) -> list[Organisatie]:
    """The organisations in which this person hands out roles."""
    return list(Organisatie.objects.filter(pk__in=wie.coordineert)) if mag_verdelen(wie) else []


def lidmaatschappen_bij(wie: Bevoegdheid) -> list[Lidmaatschap]:
    """The roles at those organisations that are in force or to come."""
    return list(
        Lidmaatschap.objects.niet_voorbij(wie.vandaag)
        .filter(organisatie__in=organisaties_van(wie))
        .select_related("persoon", "organisatie")
        .order_by("organisatie__afkorting", "persoon__functie", "persoon__email", "rol")
    )


def mag_rol_verdelen(wie: Bevoegdheid, persoon: Persoon | None, organisatie: Organisatie, rol: str) -> bool:
    """Whether this coördinator may give or end this role: of somebody else, at the own organisation, and not above."""
    return (
        mag_verdelen(wie)
        and organisatie.pk in wie.coordineert
        and rol in TE_VERDELEN
        and (persoon is None or (persoon != wie.persoon and not persoon.is_programma))
    )


def _weiger(wie: Bevoegdheid, persoon: Persoon | None, organisatie: Organisatie, rol: str) -> None:
    if mag_rol_verdelen(wie, persoon, organisatie, rol):
        return
    if persoon is not None and persoon == wie.persoon:
        raise ValidationError(NIET_ZELF)
    raise ValidationError(NIET_UW_ORGANISATIE if rol in TE_VERDELEN else NIET_DEZE_ROL)


def verdeel_rol(
    wie: Bevoegdheid,
    *,
    email: str,
    functie: str,
    organisatie: Organisatie,
    rol: str,
    vanaf: datetime.date,
    tot: datetime.date | None,
    moment: datetime.datetime,
) -> tuple[Lidmaatschap, bool]:
    """Give somebody a role at the own organisation; answers the role and whether somebody new was invited for it.

    Raises ValidationError: what may not be handed out, what geef_rol refuses, a new person without a function.
    """
    door = wie.persoon
    assert isinstance(door, Persoon)  # noqa: S101  who coordinates has signed in
    with transaction.atomic():
        persoon = Persoon.objects.filter(email=email.strip().lower()).first()
        _weiger(wie, persoon, organisatie, rol)
        if tot is not None and tot <= vanaf:
            raise ValidationError({"tot": "De rol eindigt pas na de eerste dag."})
        if persoon is not None and not persoon.is_active:
            raise ValidationError({"email": "Deze persoon is niet actief. Vraag een beheerder."})
        nieuw = persoon is None
        if persoon is None:
            if not functie.strip():
                raise ValidationError({"functie": "Dit is iemand die hier nog niet is. Vul de functie in."})
            persoon = maak_persoon(email=email, functie=functie.strip())
        lid = geef_rol(persoon, organisatie, rol, vanaf=vanaf, moment=moment)
        if tot is not None:
            beeindig_rol(lid, per=tot)
            lid.tot = tot
        if nieuw:
            nodig_uit(persoon, door=door, moment=moment)
    return lid, nieuw


def beeindig_verdeelde_rol(wie: Bevoegdheid, lid: Lidmaatschap, *, per: datetime.date) -> None:
    """End a role at the own organisation. Raises ValidationError as verdeel_rol does."""
    _weiger(wie, lid.persoon, lid.organisatie, lid.rol)
    beeindig_rol(lid, per=per)
