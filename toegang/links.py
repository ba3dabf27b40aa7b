"""Links in mails by which people choose a password: asked for, sent, taken back, used.

Whoever asks for a new password writes a row, whether the address is known or not, and nothing else: the answer and the
time it takes are the same. Who it is, is looked up when the mail is made; the secret in the mail is made then too, and
only its hash is kept.
"""

import datetime
import hashlib
import secrets

import structlog
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from logboek.models import Actie, Resultaat
from logboek.schrijven import NIETS, onderwerp, schrijf
from maatregelen.briefpapier import kenmerk
from maatregelen.huisadres import volledig
from maatregelen.mailvorm import Brief
from maatregelen.models import Lidmaatschap, Persoon
from maatregelen.verzending import Mislukt, Postbode
from toegang.models import Linksoort, Toegangslink
from toegang.sessies import beeindig_alle
from toegang.toegangspost import breng_rond, brief

log = structlog.get_logger(__name__)

# A request that could not be mailed for so long is of no use any more.
OPGEVEN_NA = datetime.timedelta(days=1)
ONBRUIKBAAR = "Deze link werkt niet meer: hij is gebruikt, ingetrokken of verlopen."


def kenmerk_van(geheim: str) -> str:
    """What is kept of the secret in a mail."""
    return hashlib.sha256(geheim.encode()).hexdigest()


def geldigheid(soort: str) -> datetime.timedelta:
    """How long a link of this kind opens, from the moment it was mailed."""
    duur: datetime.timedelta = (
        settings.UITNODIGING_GELDIG if soort == Linksoort.UITNODIGING else settings.HERSTEL_GELDIG
    )
    return duur


def mag_link_krijgen(persoon: Persoon) -> bool:
    """Whether this person chooses a password here: a human being who is active."""
    return persoon.is_active and not persoon.is_programma


def vraag_herstel(adres: str, *, moment: datetime.datetime) -> Toegangslink:
    """Note that somebody asked for a new password for this address, known or not."""
    with transaction.atomic():
        _noteer(Actie.WACHTWOORD_VRAGEN, moment, None, None)
        return Toegangslink.objects.create(soort=Linksoort.HERSTEL, adres=adres.strip().lower(), gemaakt_op=moment)


def nodig_uit(persoon: Persoon, *, door: Persoon, moment: datetime.datetime) -> Toegangslink:
    """Invite somebody who has no password yet; an earlier invitation opens no more.

    Raises ValidationError for who chose a password already, is not active, or is no human being.
    """
    with transaction.atomic():
        rij = Persoon.objects.select_for_update().get(pk=persoon.pk)
        if not mag_link_krijgen(rij):
            raise ValidationError("Wie niet actief is, en een programma, krijgt geen uitnodiging.")
        if rij.has_usable_password() and not rij.moet_wachtwoord_wijzigen:
            raise ValidationError("Deze persoon heeft al een wachtwoord, en kan zelf een nieuw aanvragen.")
        _sluit(rij, moment)
        _noteer(Actie.UITNODIGEN, moment, rij, door)
        return Toegangslink.objects.create(
            soort=Linksoort.UITNODIGING, adres=rij.email, persoon=rij, gemaakt_door=door, gemaakt_op=moment
        )


def trek_open_in(persoon: Persoon, *, door: Persoon, moment: datetime.datetime) -> int:
    """Take back every link of this person that still opens, and answer how many.

    Raises ValidationError when there is none: it was used or taken back already.
    """
    with transaction.atomic():
        aantal = _sluit(persoon, moment)
        if not aantal:
            raise ValidationError("De uitnodiging is al gebruikt of ingetrokken.")
        _noteer(Actie.UITNODIGING_INTREKKEN, moment, persoon, door)
    return aantal


def sluit_alle(persoon: Persoon, *, moment: datetime.datetime) -> int:
    """Close every link of somebody who chose a password another way, and answer how many."""
    return _sluit(persoon, moment)


def _sluit(persoon: Persoon, moment: datetime.datetime) -> int:
    return persoon.toegangslinks.filter(gebruikt_op=None, ingetrokken_op=None).update(ingetrokken_op=moment)


def _noteer(actie: Actie, moment: datetime.datetime, over: Persoon | None, actor: Persoon | None) -> None:
    schrijf(
        actie=actie,
        resultaat=Resultaat.GELUKT,
        moment=moment,
        actor=actor,
        over=onderwerp(over) if over is not None else NIETS,
    )


def zoek(geheim: str, *, moment: datetime.datetime) -> Toegangslink | None:
    """The link with this secret, when it opens at this moment for somebody who may come in."""
    link = Toegangslink.objects.bruikbaar(moment).filter(kenmerk=kenmerk_van(geheim)).select_related("persoon").first()
    return link if link is not None and link.persoon is not None and mag_link_krijgen(link.persoon) else None


def kies_wachtwoord(geheim: str, wachtwoord: str, *, moment: datetime.datetime) -> Persoon:
    """Give the person of this link a password of their own. All their sessions end, all their links close.

    Raises ValidationError: a link that does not open, or a password that is too weak.
    """
    with transaction.atomic():
        link = zoek(geheim, moment=moment)
        if link is None or link.persoon_id is None:
            raise ValidationError(ONBRUIKBAAR)
        persoon = Persoon.objects.select_for_update().get(pk=link.persoon_id)
        # Only now, while nobody else can: two clicks at once make one password.
        if not Toegangslink.objects.bruikbaar(moment).filter(pk=link.pk).update(gebruikt_op=moment):
            raise ValidationError(ONBRUIKBAAR)
        validate_password(wachtwoord, persoon)
        persoon.set_password(wachtwoord)
        persoon.moet_wachtwoord_wijzigen = False
        persoon.save(update_fields=["password", "moet_wachtwoord_wijzigen"])
        _sluit(persoon, moment)
        beeindig_alle(persoon)
        uitgenodigd = link.soort == Linksoort.UITNODIGING
        _noteer(Actie.UITNODIGING_AANVAARDEN if uitgenodigd else Actie.WACHTWOORD_HERSTELLEN, moment, persoon, persoon)
    return persoon


def verstuur(moment: datetime.datetime) -> int:
    """Mail what was asked for and not mailed yet, and answer how many went out.

    A request for an address that nobody here has vanishes. Where the mail server is away, the next tick asks again.
    """
    Toegangslink.objects.te_versturen().filter(gemaakt_op__lte=moment - OPGEVEN_NA).update(ingetrokken_op=moment)
    sleutels = list(Toegangslink.objects.te_versturen().order_by("gemaakt_op", "pk").values_list("pk", flat=True))
    return breng_rond(sleutels, lambda sleutel, postbode: _verstuur_een(sleutel, postbode, moment))


def _verstuur_een(sleutel: int, postbode: Postbode, moment: datetime.datetime) -> bool:
    with transaction.atomic():
        link = (
            Toegangslink.objects.te_versturen()
            .select_for_update(skip_locked=True, of=("self",))
            .filter(pk=sleutel)
            .first()
        )
        if link is None:
            return False
        persoon = link.persoon or Persoon.objects.filter(email=link.adres).first()
        if persoon is None or not mag_link_krijgen(persoon):
            link.delete()
            return False
        geheim = secrets.token_urlsafe(32)
        try:
            postbode.bezorg(_brief(link, persoon, geheim, moment))
        except Mislukt as fout:
            log.warning("toegangsmail niet verstuurd", soort=link.soort, fout=str(fout))
            return False
        if link.soort == Linksoort.HERSTEL:
            persoon.toegangslinks.filter(soort=Linksoort.HERSTEL, gebruikt_op=None, ingetrokken_op=None).update(
                ingetrokken_op=moment
            )
        link.persoon, link.kenmerk = persoon, kenmerk_van(geheim)
        link.verzonden_op, link.verloopt_op = moment, moment + geldigheid(link.soort)
        link.save(update_fields=["persoon", "kenmerk", "verzonden_op", "verloopt_op"])
    return True


def _brief(link: Toegangslink, persoon: Persoon, geheim: str, moment: datetime.datetime) -> Brief:
    verloopt = timezone.localtime(moment + geldigheid(link.soort))
    inhoud = {
        "link": link,
        "persoon": persoon,
        "rollen": Lidmaatschap.objects.filter(persoon=persoon, tot=None).select_related("organisatie"),
        "adres": volledig(reverse("wachtwoord_kiezen", args=[geheim])),
        "site": volledig("/"),
        "verloopt_op": verloopt,
    }
    uitnodiging = link.soort == Linksoort.UITNODIGING
    onderwerp = "Uitnodiging voor Regiemonitor" if uitnodiging else "Nieuw wachtwoord voor Regiemonitor"
    # A word of chance: the secret in it is another at each try, so no mail program may take one for the other.
    message_id = kenmerk("toegang", secrets.token_hex(16), moment)
    return brief(persoon.email, onderwerp, "toegang", inhoud, message_id=message_id)
