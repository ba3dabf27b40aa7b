"""Mails to somebody about the own account: noted together with what happened, sent afterwards.

Noting is a row in the same transaction: what happened and the message about it are both kept, or neither is. Sending is
the work of a task, so a mail server that is away undoes nothing and keeps nobody waiting. A mail holds no secret and no
address to click on: who expects such a mail is who can be fooled by one that looks like it.
"""

import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from maatregelen.briefpapier import kenmerk
from maatregelen.mailvorm import Brief
from maatregelen.models import Persoon, Toegangssleutel
from maatregelen.verzending import Geweigerd, Mislukt, Postbode
from toegang.models import Accountbericht, Berichtsoort
from toegang.toegangspost import breng_rond, brief

log = structlog.get_logger(__name__)

# A message that could not be handed over for so long tells nobody anything any more.
OPGEVEN_NA = datetime.timedelta(days=7)
# What was sent is not kept for longer; what it was about stands in the log.
BEWAREN = datetime.timedelta(days=90)
ONDERWERPEN = {
    Berichtsoort.WACHTWOORD: "Uw wachtwoord is gewijzigd",
    Berichtsoort.TIJDELIJK_WACHTWOORD: "U kreeg een tijdelijk wachtwoord",
    Berichtsoort.APP_ERBIJ: "Er is een app gekoppeld aan uw account",
    Berichtsoort.APP_WEG: "De app is losgekoppeld van uw account",
    Berichtsoort.PASSKEY_ERBIJ: "Er is een passkey toegevoegd aan uw account",
    Berichtsoort.PASSKEY_WEG: "Er is een passkey verwijderd van uw account",
    Berichtsoort.TWEEDE_STAP_WEG: "De tweede stap is weggehaald van uw account",
    Berichtsoort.HERSTELCODES: "Er zijn nieuwe herstelcodes voor uw account",
    Berichtsoort.HERSTELCODE_GEBRUIKT: "Er is een herstelcode van uw account gebruikt",
    Berichtsoort.OVERAL_UITGELOGD: "Uw account is overal uitgelogd",
    Berichtsoort.AANMELDPUNT_ERBIJ: "Er is een manier van inloggen bij gekomen voor uw account",
    Berichtsoort.AANMELDPUNT_WEG: "Er is een manier van inloggen weggehaald van uw account",
    Berichtsoort.SLEUTEL_GEMAAKT: "Er is een sleutel gemaakt",
    Berichtsoort.SLEUTEL_EINDIGT: "Een sleutel werkt binnenkort niet meer",
}


def krijgt_bericht(persoon: Persoon) -> bool:
    """Whether mail about an account goes to this person: a human being who is active."""
    return persoon.is_active and not persoon.is_programma


def noteer(
    soort: Berichtsoort,
    persoon: Persoon,
    *,
    moment: datetime.datetime,
    door: Persoon | None = None,
    naam: str = "",
    aantal: int | None = None,
) -> None:
    """Have this person told what happened to the account at that moment; who does not read mail here is not.

    `door`: who did it, when known. `naam`: of the key or provider. `aantal`: of recovery codes that are left.
    """
    if not krijgt_bericht(persoon):
        return
    Accountbericht.objects.create(
        soort=soort,
        persoon_id=persoon.pk,
        gebeurd_op=moment,
        door_ander=door is not None and door.pk != persoon.pk,
        naam=naam,
        aantal=aantal,
    )


def verstuur(moment: datetime.datetime) -> int:
    """Mail what was noted and not mailed yet, and answer how many went out.

    Where the mail server is away, the next tick asks again; what was sent long ago is forgotten.
    """
    Accountbericht.objects.filter(gebeurd_op__lte=moment - BEWAREN, sleutel=None).delete()
    wachtend = Accountbericht.objects.te_versturen()
    if te_laat := wachtend.filter(gebeurd_op__lte=moment - OPGEVEN_NA).update(opgegeven_op=moment):
        log.warning("accountberichten opgegeven", aantal=te_laat)
    sleutels = list(wachtend.order_by("gebeurd_op", "pk").values_list("pk", flat=True))
    return breng_rond(sleutels, lambda sleutel, postbode: _verstuur_een(sleutel, postbode, moment))


def _verstuur_een(sleutel: int, postbode: Postbode, moment: datetime.datetime) -> bool:
    """Whether it went out. One at a time: a row that another process is sending is passed over."""
    with transaction.atomic():
        rij = (
            Accountbericht.objects.te_versturen()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("persoon", "sleutel__user")
            .filter(pk=sleutel)
            .first()
        )
        if rij is None:
            return False
        verzonden = False
        if not _is_nog_van_belang(rij, moment):
            rij.opgegeven_op = moment
        else:
            try:
                postbode.bezorg(_brief(rij))
            except Geweigerd as fout:
                log.warning("accountbericht geweigerd", soort=rij.soort, persoon=rij.persoon_id, fout=str(fout))
                rij.opgegeven_op = moment
            except Mislukt as fout:
                log.warning("accountbericht niet verstuurd", soort=rij.soort, persoon=rij.persoon_id, fout=str(fout))
                return False
            else:
                rij.verzonden_op, verzonden = moment, True
        rij.save(update_fields=["verzonden_op", "opgegeven_op"])
    return verzonden


def _is_nog_van_belang(rij: Accountbericht, moment: datetime.datetime) -> bool:
    """Not to who left meanwhile, and not about a key that ended before its end could be announced."""
    voorbij = rij.sleutel is not None and rij.sleutel.expiry is not None and rij.sleutel.expiry <= moment
    return krijgt_bericht(rij.persoon) and not voorbij


def laatste_dag_van(sleutel: Toegangssleutel) -> datetime.date | None:
    """The last day on which a key works; None for one without an end."""
    return timezone.localdate(sleutel.expiry - datetime.timedelta(seconds=1)) if sleutel.expiry else None


def _brief(rij: Accountbericht) -> Brief:
    onderwerp = ONDERWERPEN[Berichtsoort(rij.soort)]
    inhoud = {
        "bericht": rij,
        "persoon": rij.persoon,
        "onderwerp": onderwerp,
        "laatste_dag": laatste_dag_van(rij.sleutel) if rij.sleutel else None,
        "programma": rij.sleutel.user if rij.sleutel and rij.sleutel.user.is_programma else None,
    }
    message_id = kenmerk("account", rij.pk, rij.gebeurd_op)
    return brief(rij.persoon.email, f"{onderwerp} (Regiemonitor)", "account", inhoud, message_id=message_id)
