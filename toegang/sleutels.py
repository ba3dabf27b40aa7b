"""Keys by which a person's scripts and an organisation's programs come in: made, recognised, limited, revoked.

A key is shown once and kept as a hash. It opens the API and nothing else, and never does more than its person may at
that moment. `migratie/rest.py` asks here, at every request.
"""

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from knox.crypto import hash_token
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from logboek.geheimen import Geweigerd, keur_tekst
from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf, schrijf_weigering
from maatregelen.models import Persoon, Toegangssleutel
from toegang.accountberichten import noteer
from toegang.models import Berichtsoort

HOOGSTENS = 20
DAGEN_STANDAARD = 90
DAGEN_HOOGSTENS = 365
# A script asks many times a minute; when it last did is only interesting to the minute.
GEBRUIK_PER = datetime.timedelta(minutes=1)
# Names a key in addresses: from its hash, so nothing of the key itself is in them.
LENGTE_KENMERK = 16

# What a key can be limited to: the lists of the API, with what is in them.
ONDERDELEN = {
    "agendas": "agenda's",
    "pijlers": "pijlers",
    "maatregelen": "maatregelen, met hun status",
    "mijlpalen": "mijlpalen en termijnen",
    "organisaties": "organisaties",
    "statuswijzigingen": "statuswijzigingen",
    "indicatoren": "cijfers",
    "reacties": "reacties en afwijkende standpunten",
    "vergaderingen": "vergaderingen",
    "agendapunten": "agendapunten",
    "inbreng": "inbreng",
    "besluiten": "besluiten",
    "terugkoppelingen": "terugkoppelingen",
    "actiepunten": "actiepunten",
    "wijzigingen": "wijzigingen, van alle onderdelen",
}
GEEN_GEHEIM = "Zet in een naam geen e-mailadres en niets dat op een wachtwoord of sleutel lijkt."
# What says nothing of the dossier: which lists there are, and the description of the API.
VRIJ = frozenset({"api/v1", "api/v1/openapi.json"})
_SEGMENT = re.compile(r"[a-z]+")
VERLOPEN, WEG, ALLEEN_LEZEN, BUITEN_BEREIK = "verlopen", "houder niet actief", "mag alleen lezen", "buiten bereik"


@dataclass(frozen=True)
class Sleutelwens:
    """What a key is to be: its name, whether it writes, which parts (none: all), the last day on which it works."""

    naam: str
    schrijven: bool
    bereik: tuple[str, ...]
    tot_en_met: datetime.date


def laatste_dag(vandaag: datetime.date, dagen: int = DAGEN_STANDAARD) -> datetime.date:
    """The last day of a key of so many days that is made today."""
    return vandaag + datetime.timedelta(days=dagen)


def _einde(tot_en_met: datetime.date) -> datetime.datetime:
    """The first moment at which a key no longer works: the midnight after its last day."""
    morgen = tot_en_met + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(morgen, datetime.time()))


def is_verlopen(sleutel: Toegangssleutel, moment: datetime.datetime) -> bool:
    """Whether it works no more; at the very moment it ends it does not."""
    return sleutel.expiry is not None and sleutel.expiry <= moment


def sleutels_van(persoon: Persoon) -> QuerySet[Toegangssleutel]:
    """The keys of a person or program, the newest first; who made each comes along."""
    rijen: QuerySet[Toegangssleutel] = Toegangssleutel.objects.filter(user=persoon)
    return rijen.select_related("gemaakt_door").order_by("-created", "digest")


def kenmerk_van(sleutel: Toegangssleutel) -> str:
    """By which an address names this key."""
    return str(sleutel.digest)[:LENGTE_KENMERK]


def begin_van(sleutel: Toegangssleutel) -> str:
    """How the key begins, to recognise it by: too little to use, or to guess the rest from."""
    return str(sleutel.token_key)[:12]


def over(sleutel: Toegangssleutel) -> Onderwerp:
    """The key as the subject of a line in the log."""
    return Onderwerp("toegangssleutel", kenmerk_van(sleutel), sleutel.naam)


def kan_in_logboek(naam: str) -> bool:
    """Whether a name that somebody chose can stand in the log: no address of a person, nothing like a secret."""
    try:
        keur_tekst("naam", naam)
    except Geweigerd:
        return False
    return True


def vrije_naam(persoon: Persoon, naam: str) -> str:
    """This name, with a number behind it when the person has a key of that name."""
    bezet = set(sleutels_van(persoon).values_list("naam", flat=True))
    nummer, vrij = 1, naam
    while vrij in bezet:
        nummer += 1
        vrij = f"{naam} {nummer}"
    return vrij


def _controleer(wens: Sleutelwens, vandaag: datetime.date) -> None:
    fouten: dict[str, str] = {}
    if not wens.naam.strip():
        fouten["naam"] = "Schrijf waarvoor de sleutel is."
    elif not kan_in_logboek(wens.naam):
        fouten["naam"] = GEEN_GEHEIM
    if vreemd := set(wens.bereik) - ONDERDELEN.keys():
        fouten["bereik"] = f"Dit onderdeel is er niet: {', '.join(sorted(vreemd))}."
    if not vandaag <= wens.tot_en_met <= laatste_dag(vandaag, DAGEN_HOOGSTENS):
        uiterst = laatste_dag(vandaag, DAGEN_HOOGSTENS)
        fouten["tot_en_met"] = f"Kies een dag van vandaag tot en met {uiterst:%d-%m-%Y}."
    if fouten:
        raise ValidationError(fouten)


def maak_sleutel(
    persoon: Persoon,
    wens: Sleutelwens,
    *,
    door: Persoon | None,
    moment: datetime.datetime | None = None,
    hoogstens: int | None = HOOGSTENS,
) -> tuple[Toegangssleutel, str]:
    """A new key of this person or program and its secret, which is to be shown once: it cannot be found back.

    `hoogstens`: how many keys one may have (None: no limit). Raises ValueError for who is not active, ValidationError
    per field of the wish: no name or one that is in use, an unknown part, a last day too far away, too many keys.
    """
    moment = moment or timezone.now()
    if not persoon.is_active:
        raise ValueError("Wie niet actief is krijgt geen sleutel.")
    _controleer(wens, timezone.localdate(moment))
    naam = " ".join(wens.naam.split())
    with transaction.atomic():
        # One at a time per person, so that two windows cannot pass the limit or take a name together.
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        eigen = sleutels_van(persoon)
        if hoogstens is not None and eigen.count() >= hoogstens:
            raise ValidationError(f"Er zijn al {hoogstens} sleutels. Trek er eerst een in die niemand meer gebruikt.")
        if eigen.filter(naam__iexact=naam).exists():
            raise ValidationError({"naam": "Er is al een sleutel met deze naam. Kies een andere naam."})
        controlegetal, geheim = get_digest_token()
        sleutel = Toegangssleutel(
            digest=controlegetal,
            token_key=geheim[: CONSTANTS.TOKEN_KEY_LENGTH],
            user=persoon,
            naam=naam,
            schrijven=wens.schrijven,
            bereik=[deel for deel in ONDERDELEN if deel in wens.bereik],
            expiry=_einde(wens.tot_en_met),
            gemaakt_door=door,
        )
        sleutel.save(force_insert=True)
        schrijf(
            actie=Actie.SLEUTEL_MAKEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=door,
            over=over(sleutel),
            details={
                "houder": persoon.pk,
                "schrijven": sleutel.schrijven,
                "bereik": list(sleutel.bereik),
                "tot_en_met": wens.tot_en_met.isoformat(),
            },
        )
        # Of a key of a program who made it is told: a program reads no mail.
        eigenaar = door if persoon.is_programma else persoon
        if eigenaar is not None:
            noteer(Berichtsoort.SLEUTEL_GEMAAKT, eigenaar, moment=moment, door=door, naam=naam)
    return sleutel, str(geheim)


def trek_in(sleutel: Toegangssleutel, *, door: Persoon | None, moment: datetime.datetime | None = None) -> None:
    """The end of a key, at once; twice is once."""
    with transaction.atomic():
        weg, _ = Toegangssleutel.objects.filter(pk=sleutel.pk).delete()
        if weg:
            schrijf(
                actie=Actie.SLEUTEL_INTREKKEN,
                resultaat=Resultaat.GELUKT,
                moment=moment or timezone.now(),
                actor=door,
                over=over(sleutel),
                details={"houder": sleutel.user_id},
            )


def trek_alles_in(persoon: Persoon, *, door: Persoon | None, moment: datetime.datetime | None = None) -> int:
    """The end of all keys of a person or program; answers how many there were."""
    rijen = list(sleutels_van(persoon))
    for rij in rijen:
        trek_in(rij, door=door, moment=moment)
    return len(rijen)


def zoek_sleutel(geheim: bytes) -> Toegangssleutel | None:
    """The key with this secret, and its person, whether it works or not; one query, by its hash."""
    if not geheim.isascii() or b"\x00" in geheim:
        return None
    rij: Toegangssleutel | None = (
        Toegangssleutel.objects.select_related("user").filter(pk=hash_token(geheim.decode("ascii"))).first()
    )
    return rij


def waarom_niet(sleutel: Toegangssleutel, moment: datetime.datetime) -> str | None:
    """Why a key does not work at this moment, for the log; None when it works."""
    if is_verlopen(sleutel, moment):
        return VERLOPEN
    return None if sleutel.user.is_active else WEG


def meld_gebruik(sleutel: Toegangssleutel, moment: datetime.datetime) -> bool:
    """Note that it is used, at most once a minute; answers whether that was written. The first time is logged."""
    vers = moment - GEBRUIK_PER
    if sleutel.laatst_gebruikt_op is not None and sleutel.laatst_gebruikt_op > vers:
        return False
    oud = Toegangssleutel.objects.filter(Q(laatst_gebruikt_op=None) | Q(laatst_gebruikt_op__lte=vers), pk=sleutel.pk)
    if sleutel.laatst_gebruikt_op is not None:
        return bool(oud.update(laatst_gebruikt_op=moment))
    with transaction.atomic():
        eerste = bool(oud.update(laatst_gebruikt_op=moment))
        if eerste:
            schrijf(
                actie=Actie.SLEUTEL_GEBRUIKEN,
                resultaat=Resultaat.GELUKT,
                moment=moment,
                actor=sleutel.user,
                over=over(sleutel),
                details={"keer": "eerste"},
            )
    return eerste


def meld_weigering(sleutel: Toegangssleutel, waarom: str, moment: datetime.datetime) -> None:
    """Write down that a key that exists was refused. One that does not exist is nobody's: only the web server knows."""
    schrijf_weigering(
        actie=Actie.SLEUTEL_GEBRUIKEN,
        moment=moment,
        actor=sleutel.user,
        over=over(sleutel),
        details={"waarom": waarom},
    )


def onderdeel_van(route: str) -> str | None:
    """Which part of the API a route reads or writes: the last list it names, so the milestones of a measure are
    milestones and its status is the measure's. None where it names none.
    """
    delen = [deel for deel in route.split("/") if _SEGMENT.fullmatch(deel) and deel in ONDERDELEN]
    return delen[-1] if delen else None


def buiten_bereik(sleutel: Toegangssleutel, route: str) -> str | None:
    """What the key would need to reach this route of the API, None when it may.

    Closed by default: a route that is not known is beyond every key that is limited.
    """
    if not sleutel.bereik or route in VRIJ:
        return None
    onderdeel = onderdeel_van(route)
    return None if onderdeel in sleutel.bereik else onderdeel or "alles"
