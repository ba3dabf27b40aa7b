"""Keeping up organisations, people and their roles: the work of the beheerder.

Nobody who worked here is erased: a role ends on a day, a person becomes inactive, an organisation ends and leads on.
"""

import datetime
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from maatregelen.dossiervoering import wijzig
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.publicatie import herreken
from maatregelen.versiebewaking import Verouderd, vergrendel
from maatregelen.zichtbaarheid import kijkers

SLOT = 2018_2028  # of the advisory lock: people who keep up organisations and people take turns
# Read aloud by telephone without mistakes: no letters and figures that look alike.
LEESBAAR = "abcdefghjkmnpqrstuvwxyz23456789"


def _om_de_beurt() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def _controleer_organisatie(velden: dict[str, Any], zelf: Organisatie | None) -> None:
    """Raise ValidationError per field for what the database would refuse, or what would lead in a circle."""
    fouten: dict[str, str] = {}
    anderen = Organisatie.objects.exclude(pk=zelf.pk) if zelf else Organisatie.objects.all()
    if anderen.filter(naam=velden["naam"]).exists():
        fouten["naam"] = "Er is al een organisatie met deze naam."
    if velden["tooi_id"] and anderen.filter(tooi_id=velden["tooi_id"]).exists():
        fouten["tooi_id"] = "Er is al een organisatie met dit TOOI-id."
    if zelf is None and anderen.filter(slug=velden["slug"]).exists():
        fouten["slug"] = "Er is al een organisatie met deze adresnaam."
    hoger, gezien = velden["opvolger"], set()
    while hoger is not None and hoger.pk not in gezien:
        if zelf is not None and hoger.pk == zelf.pk:
            fouten["opvolger"] = "Deze opvolger leidt weer terug naar deze organisatie."
            break
        gezien.add(hoger.pk)
        hoger = hoger.opvolger
    if fouten:
        raise ValidationError(fouten)


def maak_organisatie(velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Organisatie:
    """A new organisation. Raises ValidationError when name, address or TOOI-id is taken."""
    moment = moment or timezone.now()
    with transaction.atomic():
        _om_de_beurt()
        _controleer_organisatie(velden, None)
        return Organisatie.objects.create(**velden, aangemaakt_op=moment, gewijzigd_op=moment)


def wijzig_organisatie(
    organisatie: Organisatie, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Change an organisation and answer which fields changed; its address stays.

    Ending it with a successor moves its open work there from that day, because rights and mail follow the successor.
    Raises Verouderd, or ValidationError: name or TOOI-id taken, successors in a circle.
    """
    with transaction.atomic():
        _om_de_beurt()
        vergrendel(Organisatie.objects.all(), organisatie.pk, versie)
        _controleer_organisatie(velden, organisatie)
        anders = wijzig(organisatie, velden, versie=versie, moment=moment)
        if "is_rijk" in anders:
            herreken()
    return anders


def maak_persoon(*, email: str, functie: str, is_active: bool = True) -> Persoon:
    """A new person, who cannot sign in before a first password was set.

    Raises ValidationError when the address is none, or taken.
    """
    with transaction.atomic():
        _om_de_beurt()
        adres = email.strip().lower()
        _controleer_adres(adres, None)
        return Persoon.objects.create_user(adres, functie=functie, is_active=is_active)


def wijzig_persoon(persoon: Persoon, *, email: str, functie: str, is_active: bool, gezien: dict[str, Any]) -> list[str]:
    """Change a person and answer which fields changed. An earlier address lets nobody in any more.

    `gezien` is what the beheerder had before them, per field. Raises Verouderd when that has changed, ValidationError
    when the address is taken or the last beheerder would become inactive.
    """
    with transaction.atomic():
        _om_de_beurt()
        rij = Persoon.objects.select_for_update().get(pk=persoon.pk)
        if any(getattr(rij, veld) != waarde for veld, waarde in gezien.items()):
            raise Verouderd(0)
        adres = email.strip().lower()
        velden = {"email": adres, "functie": functie, "is_active": is_active}
        anders = [veld for veld, waarde in velden.items() if getattr(rij, veld) != waarde]
        if not anders:
            return []
        _controleer_adres(adres, rij)
        if "is_active" in anders and not is_active and _is_laatste_beheerder(rij):
            raise ValidationError({"is_active": "Dit is de laatste beheerder. Geef eerst iemand anders die rol."})
        for veld in anders:
            setattr(rij, veld, velden[veld])
        rij.save(update_fields=anders)
        if "email" in anders:
            EmailAddress.objects.filter(user=rij).delete()
    return anders


def _controleer_adres(adres: str, zelf: Persoon | None) -> None:
    try:
        validate_email(adres)
    except ValidationError:
        raise ValidationError({"email": "Dit is geen e-mailadres, zoals naam@ministerie.nl."}) from None
    anderen = Persoon.objects.exclude(pk=zelf.pk) if zelf else Persoon.objects.all()
    if anderen.filter(email=adres).exists():
        raise ValidationError({"email": "Er is al iemand met dit e-mailadres."})


def _is_laatste_beheerder(persoon: Persoon) -> bool:
    """Whether nobody would be left today to keep up organisations and people without this person."""
    vandaag = timezone.localdate()
    houders = set(
        Lidmaatschap.objects.geldig(vandaag)
        .filter(rol=Rol.BEHEERDER, persoon__is_active=True)
        .values_list("persoon_id", flat=True)
    )
    return houders == {persoon.pk}


def geef_tijdelijk_wachtwoord(persoon: Persoon) -> str:
    """Set a random password that passes our own rules, and answer it: it is shown once and kept nowhere.

    Raises ValidationError for a program: that comes in by a key only.

    The beheerder hands it over and the person replaces it. So a first way in needs neither mail nor a page that is
    open to the internet, and nobody thinks up "Welkom2026". Sessions with the old password end. Raises ValueError for a
    program: it comes in with a key.
    """
    if persoon.is_programma:
        raise ValueError("Een programma heeft geen wachtwoord.")
    wachtwoord = "-".join("".join(secrets.choice(LEESBAAR) for _ in range(5)) for _ in range(4))
    validate_password(wachtwoord, persoon)
    with transaction.atomic():
        rij = Persoon.objects.select_for_update().get(pk=persoon.pk)
        if rij.is_programma:
            raise ValidationError("Een programma logt niet in. Geef het een sleutel.")
        rij.set_password(wachtwoord)
        rij.moet_wachtwoord_wijzigen = True
        rij.save(update_fields=["password", "moet_wachtwoord_wijzigen"])
    return wachtwoord


def geef_rol(
    persoon: Persoon,
    organisatie: Organisatie,
    rol: str,
    *,
    vanaf: datetime.date,
    leidinggevende: Persoon | None = None,
    moment: datetime.datetime | None = None,
) -> Lidmaatschap:
    """Give a person a role at an organisation from a day on, which may be a day to come.

    Raises ValidationError per field: an organisation without people or that has ended, a role they have on that day, or
    a chief who cannot be.
    """
    vandaag = timezone.localdate(moment or timezone.now())
    _controleer_leidinggevende(persoon.pk, leidinggevende, vandaag)
    if organisatie.is_aanduiding:
        raise ValidationError({"organisatie": f"'{organisatie}' is een algemene aanduiding: er horen geen mensen bij."})
    if organisatie.is_opgeheven(max(vanaf, vandaag)):
        opvolger = f" Kies {organisatie.opvolger}." if organisatie.opvolger else ""
        raise ValidationError({"organisatie": f"{organisatie} bestaat dan niet meer.{opvolger}"})
    with transaction.atomic():
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        zelfde = persoon.lidmaatschappen.filter(organisatie=organisatie, rol=rol)
        if zelfde.filter(tot=None).exists():
            raise ValidationError({"rol": "Deze persoon heeft deze rol daar al."})
        if laatste := zelfde.filter(tot__gt=vanaf).order_by("-tot").first():
            raise ValidationError({"vanaf": f"Deze persoon heeft deze rol daar tot {laatste.tot:%d-%m-%Y}."})
        return Lidmaatschap.objects.create(
            persoon=persoon, organisatie=organisatie, rol=rol, vanaf=vanaf, leidinggevende=leidinggevende
        )


def _controleer_leidinggevende(persoon: int, leidinggevende: Persoon | None, vandaag: datetime.date) -> None:
    """Raise ValidationError for a chief who would hear nothing, or who is the person."""
    if leidinggevende is None:
        return
    if leidinggevende.pk == persoon:
        raise ValidationError({"leidinggevende": "Iemand kan niet de eigen leidinggevende zijn. Kies iemand anders."})
    if not kijkers(vandaag).filter(pk=leidinggevende.pk).exists():
        raise ValidationError(
            {
                "leidinggevende": f"{leidinggevende} is niet actief of heeft hier geen rol, en krijgt dus geen "
                "berichten. Kies iemand anders, of geef eerst een rol."
            }
        )


def zet_leidinggevende(
    lidmaatschap: Lidmaatschap, leidinggevende: Persoon | None, *, gezien: int | None, vandaag: datetime.date
) -> bool:
    """Say who hears it when what this person keeps up stays past (None: nobody); answers whether that is a change.

    `gezien` is the id of the chief the beheerder had before them. Raises Verouderd when that has changed, and
    ValidationError: a role that has ended, oneself, or somebody who gets no mail here.
    """
    with transaction.atomic():
        rij = Lidmaatschap.objects.select_for_update().get(pk=lidmaatschap.pk)
        if rij.leidinggevende_id != gezien:
            raise Verouderd(0)
        if rij.leidinggevende_id == (leidinggevende.pk if leidinggevende else None):
            return False
        if rij.tot is not None and rij.tot <= vandaag:
            raise ValidationError(f"Deze rol is beëindigd per {rij.tot:%d-%m-%Y}.")
        _controleer_leidinggevende(rij.persoon_id, leidinggevende, vandaag)
        rij.leidinggevende = leidinggevende
        rij.save(update_fields=["leidinggevende"])
    return True


def beeindig_rol(lidmaatschap: Lidmaatschap, *, per: datetime.date) -> None:
    """End a role per a day, which may be a day to come.

    Raises ValidationError: a day before it began, a role that ended already, or the last beheerder.
    """
    with transaction.atomic():
        _om_de_beurt()
        rij = Lidmaatschap.objects.select_for_update().select_related("persoon").get(pk=lidmaatschap.pk)
        if rij.tot is not None:
            raise ValidationError(f"Deze rol was al beëindigd per {rij.tot:%d-%m-%Y}.")
        if per < rij.vanaf:
            raise ValidationError({"tot": f"De rol begon pas op {rij.vanaf:%d-%m-%Y}."})
        if rij.rol == Rol.BEHEERDER and rij.persoon.is_active and not _blijft_beheerder(rij, per):
            raise ValidationError("Dit is de laatste beheerder. Geef eerst iemand anders die rol.")
        rij.tot = per
        rij.save(update_fields=["tot"])


def _blijft_beheerder(lidmaatschap: Lidmaatschap, per: datetime.date) -> bool:
    """Whether somebody active still is beheerder on that day when this role ends."""
    return (
        Lidmaatschap.objects.geldig(per)
        .filter(tot=None, rol=Rol.BEHEERDER, persoon__is_active=True)
        .exclude(pk=lidmaatschap.pk)
        .exists()
    )
