"""Leaving at one click what one follows (RFC 8058): the address in a mail, and what happens when it is used.

The address needs no sign-in: whoever holds the mail may stop it. It can do nothing but stop mail to one person about
what that person chose to follow, so it needs no secrecy beyond that of the mail itself and may stand in a log.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.core import signing
from django.db import transaction

from maatregelen.berichtvoorkeuren import voorkeur_van, zet_voorkeur
from maatregelen.huisadres import volledig
from maatregelen.models import Berichtvoorkeur, Bezorging, Maatregel, Persoon, Volger, Volgfilter
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_maatregelen

PAD = "/afmelden/"
# No moment in the address: it must work for as long as somebody keeps the mail. What it stops is looked up when used.
_ONDERTEKENAAR = signing.Signer(sep=".", salt="maatregelen.afmelding")


class Afmeldsoort(StrEnum):
    """What one can leave at a click: never the reminders of what is one's own."""

    MAATREGEL = "maatregel"
    SELECTIE = "selectie"
    GEVOLGD = "gevolgd"


class OngeldigAdres(ValueError):  # noqa: N818  it names what it is
    """Not an address that was ever given out, or of somebody who is no longer known."""


@dataclass(frozen=True)
class Afmelding:
    """Who leaves what; `sleutel` is the id of the measure or of the selection, 0 for all that is followed."""

    persoon_id: int
    soort: Afmeldsoort
    sleutel: int


def afmeldadres(persoon_id: int, soort: str, sleutel: int = 0) -> str:
    """The address, in full, at which this person leaves a measure, a selection (by id), or all that is followed.

    Always the same for the same thing. Raises ValueError for an unknown soort.
    """
    inhoud = [persoon_id, Afmeldsoort(soort).value, sleutel]
    return volledig(f"{PAD}{_ONDERTEKENAAR.sign_object(inhoud)}/")


def lees(token: str) -> Afmelding:
    """What an address is about. Raises OngeldigAdres for one that we did not write."""
    try:
        persoon_id, soort, sleutel = _ONDERTEKENAAR.unsign_object(token)
        return Afmelding(int(persoon_id), Afmeldsoort(soort), int(sleutel))
    except (signing.BadSignature, ValueError, TypeError) as fout:
        raise OngeldigAdres from fout


def meld_af(token: str) -> bool:
    """Stop the mail that an address is about; whether there was any left to stop. Raises OngeldigAdres.

    A selection stays in its person's list without notifying anything, so that it can be turned on again as it was.
    """
    afmelding = lees(token)
    with transaction.atomic():
        # One after another: of two clicks at once the second finds that it was done.
        persoon = Persoon.objects.select_for_update().filter(pk=afmelding.persoon_id).first()
        if persoon is None:
            raise OngeldigAdres
        if not krijgt_bericht(afmelding):
            return False
        if afmelding.soort == Afmeldsoort.MAATREGEL:
            Volger.objects.filter(persoon=persoon, maatregel=afmelding.sleutel).delete()
        elif afmelding.soort == Afmeldsoort.SELECTIE:
            Volgfilter.objects.filter(pk=afmelding.sleutel, persoon=persoon).update(
                meld_nieuw=False, meld_gewijzigd=False, meld_nadert=False, meld_te_laat=False
            )
        else:
            Berichtvoorkeur.objects.select_for_update().filter(persoon=persoon).first()
            zet_voorkeur(persoon, eigen=voorkeur_van(persoon).eigen, gevolgd=Bezorging.GEEN, versie=None)
        return True


def krijgt_bericht(afmelding: Afmelding) -> bool:
    """Whether mail about it still goes out because of what this person follows, leaving other choices aside."""
    if afmelding.soort == Afmeldsoort.MAATREGEL:
        return Volger.objects.filter(persoon=afmelding.persoon_id, maatregel=afmelding.sleutel).exists()
    if afmelding.soort == Afmeldsoort.SELECTIE:
        selectie = Volgfilter.objects.filter(pk=afmelding.sleutel, persoon=afmelding.persoon_id).first()
        return selectie is not None and selectie.meldt
    return not Persoon.objects.filter(pk=afmelding.persoon_id, berichtvoorkeur__gevolgd=Bezorging.GEEN).exists()


@dataclass(frozen=True)
class Onderwerp:
    """What an address is about, in the words of the page: `naam` is empty where its person may not see it today."""

    persoon: Persoon
    naam: str
    maatregel: Maatregel | None = None


def onderwerp(afmelding: Afmelding, *, vandaag: datetime.date) -> Onderwerp:
    """What it is about, as far as its person may see that today. Raises OngeldigAdres for a person who is not known."""
    persoon = Persoon.objects.filter(pk=afmelding.persoon_id).first()
    if persoon is None:
        raise OngeldigAdres
    if afmelding.soort == Afmeldsoort.MAATREGEL:
        zichtbaar = zichtbare_maatregelen(Bevoegdheid(persoon, vandaag))
        stuk = zichtbaar.filter(pk=afmelding.sleutel).first()
        return Onderwerp(persoon, stuk.titel if stuk else "", stuk)
    if afmelding.soort == Afmeldsoort.SELECTIE:
        selectie = Volgfilter.objects.filter(pk=afmelding.sleutel, persoon=persoon).first()
        return Onderwerp(persoon, selectie.naam if selectie else "")
    return Onderwerp(persoon, "")
