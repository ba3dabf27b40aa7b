"""Asking for a paper and making it: what is due is asked of the rows, so a lost message or killed worker does no harm.

Who makes a paper holds a lock that ends with its connection: two workers make it once, and that of a killed worker is
free at once.
"""

import contextlib
import datetime
import time
import uuid
from collections.abc import Callable, Iterator, Mapping

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from maatregelen.blikveld import kijkend
from maatregelen.huisadres import volledig
from maatregelen.models import Persoon
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Formaat, Maakstand, Stuk
from regietafel.stukken import odt, pdf, word
from regietafel.stukken.beschrijving import Inhoud, Omslag
from regietafel.stukken.bewaring import Opslagfout, bewaar, wis, wis_wat_niemand_noemt
from regietafel.stukken.inhoud import bouw
from regietafel.stukken.onderwerpen import BUNDEL, over
from regietafel.stukken.zicht import NietTeZien
from regietafel.zichtbaarheid import mag_stukken_maken

log = structlog.get_logger(__name__)

# What is done, in order; the page shows which of them it is.
STAPPEN = ("gegevens verzamelen", "stuk opmaken", "bestand bewaren")
SCHRIJVERS: dict[str, Callable[[Inhoud, Omslag], bytes]] = {
    Formaat.PDF: pdf.schrijf,
    Formaat.ODT: odt.schrijf,
    Formaat.DOCX: word.schrijf,
}
NA_SECONDEN = 60  # a paper that nobody took or finished by then is made by the tick
GEEF_OP_NA = datetime.timedelta(hours=1)  # a paper that fells each worker that makes it stops doing so
_SLOT = 0x53_74_75_6B  # "Stuk": the key of the lock in the database, with the number of the paper

TE_ZIEN = "Dit onderwerp is er niet (meer) voor u, of het was er op die dag nog niet."
VOL = (
    "Het bestand kon niet worden bewaard: de opslag is vol of niet bereikbaar. Er is niets half bewaard. "
    "Probeer het later opnieuw of meld het bij de beheerder."
)
FOUT = "Het maken is niet gelukt door een fout in het product. Die is vastgelegd voor de beheerder."
OPGEGEVEN = "Het maken is een paar keer begonnen en nooit afgekomen. Meld het bij de beheerder."


def vraag_aan(
    *,
    soort: str,
    formaten: list[str],
    onderwerp: Mapping[str, str],
    titel: str,
    door: Persoon,
    moment: datetime.datetime,
    peildatum: datetime.date | None = None,
    gezien_op: datetime.datetime | None = None,
    bundel: uuid.UUID | None = None,
) -> list[Stuk]:
    """Ask for a paper in one or more formats, of now or of a day or moment in the past: the same content in each.

    `moment`: now. Asked once more by the same person before it is made, it is the same paper.
    """
    gezien_op = gezien_op or moment
    kern = {
        "soort": soort,
        "peildatum": peildatum or timezone.localdate(gezien_op),
        "onderwerp": {**onderwerp, **({BUNDEL: str(bundel)} if bundel else {})},
        "gevraagd_door": door,
    }
    uit = []
    for formaat in formaten:
        wacht = Stuk.objects.filter(
            **kern, formaat=formaat, stand=Maakstand.GEVRAAGD, gevraagd_op__gt=moment - datetime.timedelta(seconds=10)
        ).first()
        uit.append(
            wacht
            or Stuk.objects.create(
                **kern,
                formaat=formaat,
                titel=titel,
                gezien_op=gezien_op,
                gevraagd_op=moment,
                stappen=len(STAPPEN),
            )
        )
    return uit


def opnieuw(stuk: Stuk, *, formaat: str, door: Persoon, moment: datetime.datetime) -> Stuk:
    """The same paper of the same moment once more, perhaps in another format; one that failed is tried again itself."""
    if stuk.stand == Maakstand.MISLUKT and formaat == stuk.formaat:
        Stuk.objects.filter(pk=stuk.pk, stand=Maakstand.MISLUKT).update(
            stand=Maakstand.GEVRAAGD, fout="", stap=0, begonnen_op=None, gevraagd_op=moment
        )
        return stuk
    return Stuk.objects.create(
        soort=stuk.soort,
        formaat=formaat,
        titel=stuk.titel,
        onderwerp=over(stuk),
        peildatum=stuk.peildatum,
        gezien_op=stuk.gezien_op,
        gevraagd_door=door,
        gevraagd_op=moment,
        stappen=len(STAPPEN),
    )


def adres_van_controle() -> str:
    """Where a number on paper is checked, in full."""
    return volledig(reverse("stuk_controle"))


@contextlib.contextmanager
def _alleen(pk: int) -> Iterator[bool]:
    """Whether nobody else makes this paper, until the end of the `with` block."""
    sleutel = {"slot": _SLOT, "stuk": pk % 2**31}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%(slot)s, %(stuk)s)", sleutel)
        gekregen = bool(cursor.fetchone()[0])
    try:
        yield gekregen
    finally:
        # A connection that broke has given up its locks by itself.
        if gekregen and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%(slot)s, %(stuk)s)", sleutel)


def maak(pk: int) -> bool:
    """Make this paper unless it is made, failed, or being made by somebody else. Whether it was made now.

    Not to be called within a transaction: progress must be seen. A database that is away is the caller's to hear of;
    then the paper is made later.
    """
    with _alleen(pk) as gekregen:
        if not gekregen:
            return False
        rij = Stuk.objects.filter(pk=pk, stand__in=(Maakstand.GEVRAAGD, Maakstand.BEZIG))
        nu = timezone.now()
        if not rij.update(stand=Maakstand.BEZIG, begonnen_op=Coalesce(F("begonnen_op"), nu), stap=0, fout=""):
            return False
        stuk = Stuk.objects.select_related("gevraagd_door").get(pk=pk)
        if stuk.begonnen_op is not None and stuk.begonnen_op < nu - GEEF_OP_NA:
            return _mislukt(rij, OPGEGEVEN)
        try:
            return _maak(stuk, rij)
        except NietTeZien:
            return _mislukt(rij, TE_ZIEN)
        except Opslagfout:
            log.exception("stuk niet bewaard", stuk=pk)
            return _mislukt(rij, VOL)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("stuk niet gemaakt", stuk=pk)
            return _mislukt(rij, FOUT)


def _maak(stuk: Stuk, rij: QuerySet[Stuk]) -> bool:
    if stuk.gevraagd_door is None:
        raise NietTeZien(stuk.soort)
    wie = Bevoegdheid(stuk.gevraagd_door, timezone.localdate())
    if not mag_stukken_maken(wie):
        raise NietTeZien(stuk.soort)
    rij.update(stap=1)
    with kijkend(wie.blik):
        inhoud = bouw(stuk.soort, over(stuk), wie=wie, peildatum=stuk.peildatum, gezien_op=stuk.gezien_op)
    rij.update(stap=2)
    gemaakt_op = timezone.now()
    controlegetal = inhoud.controlegetal
    bestand = SCHRIJVERS[stuk.formaat](inhoud, Omslag(gemaakt_op, controlegetal, adres_van_controle()))
    rij.update(stap=3)
    plek = bewaar(bestand)
    try:
        klaar = rij.update(
            stand=Maakstand.KLAAR,
            titel=f"{inhoud.bovenschrift}: {inhoud.titel}"[:250],
            controlegetal=controlegetal,
            bestand=plek,
            grootte=len(bestand),
            gemaakt_op=gemaakt_op,
        )
    except DatabaseError:
        wis(plek)
        raise
    if not klaar:
        wis(plek)
    return bool(klaar)


def _mislukt(rij: QuerySet[Stuk], waarom: str) -> bool:
    rij.update(stand=Maakstand.MISLUKT, fout=waarom)
    return False


def achtergebleven(nu: datetime.datetime) -> QuerySet[Stuk]:
    """What was asked and not made: nobody took it, or who took it is gone. Oldest first."""
    sinds = nu - datetime.timedelta(seconds=NA_SECONDEN)
    return Stuk.objects.filter(
        Q(stand=Maakstand.GEVRAAGD, gevraagd_op__lt=sinds) | Q(stand=Maakstand.BEZIG, begonnen_op__lt=sinds)
    ).order_by("gevraagd_op", "pk")


def maak_achtergebleven(nu: datetime.datetime, *, duur: float) -> int:
    """Make what was left, for at most about `duur` seconds. How many were made."""
    tot, aantal = time.monotonic() + duur, 0
    for pk in list(achtergebleven(nu).values_list("pk", flat=True)):
        if time.monotonic() > tot:
            break
        aantal += maak(pk)
    return aantal


def ruim_op(nu: datetime.datetime) -> int:
    """Take away the files of papers that are older than is settled, and files that no row names. How many.

    The rows stay: a number on paper is known for ever, and the paper of that moment can be made again.
    """
    dagen, aantal = int(settings.STUKKEN_BEWAARDAGEN), 0
    if dagen:
        oud = Stuk.objects.filter(
            stand=Maakstand.KLAAR, grootte__isnull=False, gemaakt_op__lt=nu - datetime.timedelta(days=dagen)
        )
        for stuk in oud.iterator():
            wis(stuk.bestand)
            aantal += Stuk.objects.filter(pk=stuk.pk, bestand=stuk.bestand).update(grootte=None)
    genoemd = Stuk.objects.filter(grootte__isnull=False).exclude(bestand="").values_list("bestand", flat=True)
    return aantal + wis_wat_niemand_noemt(genoemd, voor=nu - datetime.timedelta(days=1))
