"""Programs: accounts of an organisation by which its software comes in, with keys and without a password.

A program belongs to no person: it keeps working when whoever made it leaves. It has a role at one organisation, as
people have, so the same question says what it may see and change. It gets no mail and signs in nowhere.
"""

import datetime
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen.beheer import geef_rol
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.zichtbaarheid import Bevoegdheid, alleen_nu
from toegang.sleutels import GEEN_GEHEIM, kan_in_logboek, trek_alles_in

ROLLEN = (Rol.LEZER, Rol.DOSSIERHOUDER)
LENGTE_NAAM = 120
# No mail server in the world delivers to this domain (RFC 2606): the address is only the unique name of the row.
DOMEIN = "programma.invalid"


@alleen_nu
def mag_programmas_bijhouden(wie: Bevoegdheid, organisatie: Organisatie) -> bool:
    """Who makes, changes and ends programs of an organisation: a beheerder, and its own coördinator."""
    return wie.is_beheerder or any(
        lid.rol == Rol.COORDINATOR and lid.organisatie_id == organisatie.pk for lid in wie.lidmaatschappen
    )


def kan_programmas_hebben(organisatie: Organisatie, vandaag: datetime.date) -> bool:
    """Whether a new program can be made here: not at a word from a text, and not at what has ended."""
    return not organisatie.is_aanduiding and not organisatie.is_opgeheven(vandaag)


def programmas_van(organisatie: Organisatie) -> QuerySet[Persoon]:
    """The programs an organisation has or had, those that work first."""
    eigen = Lidmaatschap.objects.filter(organisatie=organisatie).values("persoon")
    return Persoon.objects.filter(is_programma=True, pk__in=eigen).order_by("-is_active", "functie", "pk")


def rol_van(programma: Persoon, organisatie: Organisatie, vandaag: datetime.date) -> Lidmaatschap | None:
    """The role of a program at this organisation on a day."""
    return Lidmaatschap.objects.geldig(vandaag).filter(persoon=programma, organisatie=organisatie).first()


def maak_programma(
    organisatie: Organisatie, *, naam: str, rol: str, door: Persoon | None, moment: datetime.datetime | None = None
) -> Persoon:
    """A new program of this organisation, with its role from today on; it has no key yet.

    Raises ValidationError per field: no name or one in use here, a role that is not for programs, an organisation that
    has ended.
    """
    moment = moment or timezone.now()
    net = " ".join(naam.split())
    if not net or len(net) > LENGTE_NAAM:
        raise ValidationError({"naam": f"Schrijf hoe het programma heet, in hoogstens {LENGTE_NAAM} tekens."})
    if not kan_in_logboek(net):
        raise ValidationError({"naam": GEEN_GEHEIM})
    if rol not in ROLLEN:
        raise ValidationError({"rol": "Een programma is lezer of dossierhouder."})
    with transaction.atomic():
        # One at a time per organisation, so that two windows cannot take a name together.
        Organisatie.objects.select_for_update().get(pk=organisatie.pk)
        if programmas_van(organisatie).filter(is_active=True, functie__iexact=net).exists():
            raise ValidationError({"naam": "Er is hier al een programma met deze naam. Kies een andere naam."})
        programma = Persoon.objects.create_user(
            f"{secrets.token_hex(10)}@{DOMEIN}", functie=net, is_programma=True, aangemaakt_op=moment
        )
        geef_rol(programma, organisatie, rol, vanaf=timezone.localdate(moment), moment=moment)
        schrijf(
            actie=Actie.PROGRAMMA_TOEVOEGEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=door,
            over=Onderwerp("persoon", str(programma.pk)),
            details={"organisatie": organisatie.slug, "rol": str(rol)},
        )
    return programma


def beeindig_programma(programma: Persoon, *, door: Persoon | None, moment: datetime.datetime | None = None) -> int:
    """The end of a program, at once: its keys stop, its roles end today. Answers how many keys it had.

    What it did stays, under its name. Twice is once. Raises ValueError for a person of flesh and blood.
    """
    if not programma.is_programma:
        raise ValueError("Dit is geen programma.")
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    with transaction.atomic():
        rij = Persoon.objects.select_for_update().get(pk=programma.pk)
        aantal = trek_alles_in(rij, door=door, moment=moment)
        for lid in Lidmaatschap.objects.niet_voorbij(vandaag).filter(persoon=rij):
            lid.tot = max(vandaag, lid.vanaf)
            lid.save(update_fields=["tot"])
        if rij.is_active:
            rij.is_active = False
            rij.save(update_fields=["is_active"])
            schrijf(
                actie=Actie.PROGRAMMA_BEEINDIGEN,
                resultaat=Resultaat.GELUKT,
                moment=moment,
                actor=door,
                over=Onderwerp("persoon", str(rij.pk)),
                details={"sleutels": aantal},
            )
    return aantal
