"""Secret addresses of a calendar and a feed: made, found, revoked, and which measures they are about.

The address is the key: calendar and feed readers cannot sign in. So it is long, it is shown once, only a hash of it is
kept, it opens nothing but reading, and it never shows more than its person may see at that moment.
"""

import datetime
import hashlib
import re
import secrets

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from maatregelen.models import (
    Abonnement,
    Agenda,
    Betrokkenheid,
    BetrokkenheidRol,
    Inhoudsoort,
    Lidmaatschap,
    Organisatie,
    Persoon,
    Volger,
    Volgfilter,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.zichtbaarheid import Bevoegdheid, eigen_maatregelen, zichtbare_maatregelen

GEHEIM_BYTES = 32
HOOGSTENS = 20
# A reader asks every few minutes; when it last did is only interesting to the hour.
GEBRUIK_PER = datetime.timedelta(hours=1)

# What no text of a calendar and no XML may contain; a line break may.
_STUURTEKEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

log = structlog.get_logger(__name__)


def _sleutel(geheim: str) -> str:
    """What is kept of a secret. No salt and no slow hash: it is random and far too long to guess."""
    return hashlib.sha256(geheim.encode("utf-8", "replace")).hexdigest()


def maak_abonnement(
    persoon: Persoon,
    inhoud: str,
    *,
    organisatie: Organisatie | None = None,
    agenda: Agenda | None = None,
    moment: datetime.datetime | None = None,
) -> tuple[Abonnement, str]:
    """A new address and its secret, which is to be shown once: it cannot be found back.

    `organisatie` or `agenda` goes with the `inhoud` (an Inhoudsoort) of that name. Raises ValidationError when the
    person has as many open addresses as one may have, ValueError for a person who is not active.
    """
    if not persoon.is_active:
        raise ValueError("Wie niet actief is krijgt geen adres.")
    geheim = secrets.token_urlsafe(GEHEIM_BYTES)
    with transaction.atomic():
        # One at a time per person, so that two windows cannot pass the limit together.
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        if Abonnement.objects.geldig().filter(persoon=persoon).count() >= HOOGSTENS:
            raise ValidationError(
                f"U hebt al {HOOGSTENS} adressen. Trek er eerst een in dat u niet meer gebruikt; dan kunt u een nieuw "
                "adres maken."
            )
        abonnement = Abonnement.objects.create(
            persoon=persoon,
            inhoud=inhoud,
            organisatie=organisatie,
            agenda=agenda,
            sleutel=_sleutel(geheim),
            gemaakt_op=moment or timezone.now(),
        )
    return abonnement, geheim


def trek_in(abonnement: Abonnement, *, moment: datetime.datetime | None = None) -> bool:
    """End an address for ever; answers whether it was still open."""
    geraakt = Abonnement.objects.geldig().filter(pk=abonnement.pk).update(ingetrokken_op=moment or timezone.now())
    return bool(geraakt)


def vernieuw(abonnement: Abonnement, *, moment: datetime.datetime | None = None) -> tuple[Abonnement, str]:
    """End an address and make another one for the same. Raises ValidationError when it had been revoked already."""
    with transaction.atomic():
        if not trek_in(abonnement, moment=moment):
            raise ValidationError("Dit adres was al ingetrokken. Maak een nieuw adres.")
        return maak_abonnement(
            abonnement.persoon,
            abonnement.inhoud,
            organisatie=abonnement.organisatie,
            agenda=abonnement.agenda,
            moment=moment,
        )


def zoek(geheim: str, *, vandaag: datetime.date) -> Abonnement | None:
    """The open address with this secret, of a person who is active and has a role on that day; None for anything else.

    One query whatever the reason, so that the time it takes tells nothing.
    """
    rol = Lidmaatschap.objects.geldig(vandaag).filter(persoon=OuterRef("persoon"))
    return (
        Abonnement.objects.geldig()
        .filter(Exists(rol), sleutel=_sleutel(geheim), persoon__is_active=True)
        .select_related("persoon", "organisatie", "agenda")
        .first()
    )


def gebruikt(abonnement: Abonnement, *, moment: datetime.datetime | None = None) -> None:
    """Note that it was used, to the hour. Whoever reads never waits for this note and never fails by it."""
    moment = moment or timezone.now()
    grens = moment - GEBRUIK_PER
    if abonnement.laatst_gebruikt_op is not None and abonnement.laatst_gebruikt_op > grens:
        return
    try:
        with transaction.atomic():
            te_lang = Q(laatst_gebruikt_op=None) | Q(laatst_gebruikt_op__lte=grens)
            vrij = Abonnement.objects.filter(te_lang, pk=abonnement.pk).select_for_update(skip_locked=True)
            Abonnement.objects.filter(pk__in=vrij.values("pk")).update(laatst_gebruikt_op=moment)
    except DatabaseError:
        log.warning("gebruik van adres niet genoteerd", abonnement=abonnement.pk, exc_info=True)


def maatregelen_van(abonnement: Abonnement, wie: Bevoegdheid) -> MaatregelQuerySet:
    """The measures that an address is about, among those its person (`wie`) may see."""
    zichtbaar = zichtbare_maatregelen(wie)
    if abonnement.inhoud == Inhoudsoort.AGENDA:
        return zichtbaar.filter(pijler__agenda=abonnement.agenda_id)
    if abonnement.organisatie_id is not None:
        # As on the page of the organisation: the open work of those it succeeded is its own.
        namens = Organisatie.objects.waarvoor_optreedt([abonnement.organisatie_id], wie.vandaag)
        verantwoordelijk = Betrokkenheid.objects.geldend().filter(
            rol=BetrokkenheidRol.VERANTWOORDELIJK, organisatie__in=namens
        )
        return zichtbaar.filter(pk__in=verantwoordelijk.values("maatregel"))
    keuze = Q(pk__in=eigen_maatregelen(wie).values("pk"))
    keuze |= Q(pk__in=Volger.objects.filter(persoon=abonnement.persoon_id).values("maatregel"))
    for volgfilter in Volgfilter.objects.filter(persoon=abonnement.persoon_id):
        keuze |= Q(pk__in=zichtbaar.van_filter(volgfilter).order_by().values("pk"))
    return zichtbaar.filter(keuze)


def naam_van(abonnement: Abonnement, wie: Bevoegdheid) -> str:
    """What an address is called, to its owner (`wie`) and in a calendar: Van mij, AenM, the title of an agenda.

    The title of an agenda that its owner may not see any more stays out of it.
    """
    if abonnement.organisatie is not None:
        return abonnement.organisatie.afkorting
    if abonnement.inhoud != Inhoudsoort.AGENDA:
        return "Van mij en wat ik volg"
    agenda = _agenda_van(abonnement, wie)
    return agenda.titel if agenda is not None else "Een agenda die u niet meer mag zien"


def pad_van(abonnement: Abonnement, wie: Bevoegdheid) -> str:
    """The page where one reads the same with all there is to it."""
    if abonnement.organisatie is not None:
        return abonnement.organisatie.get_absolute_url()
    agenda = _agenda_van(abonnement, wie)
    return agenda.get_absolute_url() if agenda is not None else "/"


def _agenda_van(abonnement: Abonnement, wie: Bevoegdheid) -> Agenda | None:
    agenda = abonnement.agenda
    return agenda if agenda is not None and wie.blik.ziet(agenda) else None


def leesbaar(tekst: str) -> str:
    """Text without what calendars and feeds cannot carry, with one kind of line break."""
    return _STUURTEKEN.sub(" ", tekst.replace("\r\n", "\n").replace("\r", "\n"))


def regel(tekst: str) -> str:
    """Text on one line, fit for calendars and feeds."""
    return " ".join(leesbaar(tekst).split())
