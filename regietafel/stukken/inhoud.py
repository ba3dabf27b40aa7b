"""The content of a paper, from the data as of its moment.

Always built while looking back, also for a paper of today: what was known at that moment is the same whenever it is
asked, so that a paper made again later has the same content and the same check number.
"""

import datetime
from collections.abc import Callable, Mapping

from django.utils import timezone

from maatregelen.tijdreis import terug
from maatregelen.zichtbaarheid import Bevoegdheid, terugkijkend
from regietafel.models import Stuksoort
from regietafel.stukken import inhoud_acties, inhoud_maatregelen, inhoud_sinds, inhoud_vergadering, inhoud_verslag
from regietafel.stukken.beschrijving import Inhoud, schoon
from regietafel.stukken.inhoud_maatregelen import Deel
from regietafel.stukken.zicht import NietTeZien, Zicht

Bouwer = Callable[[Mapping[str, str], Zicht], Deel]

# What a paper can be about: its kind, the keys of its subject, and who builds it.
BOUWERS: dict[tuple[str, frozenset[str]], Bouwer] = {
    (Stuksoort.ONEPAGER, frozenset({"maatregel"})): inhoud_maatregelen.maatregel,
    (Stuksoort.ONEPAGER, frozenset({"agenda", "pijler"})): inhoud_maatregelen.pijler,
    (Stuksoort.ONEPAGER, frozenset({"thema"})): inhoud_maatregelen.thema,
    (Stuksoort.ONEPAGER, frozenset({"vergadering"})): inhoud_vergadering.onepager,
    (Stuksoort.AGENDA, frozenset({"vergadering"})): inhoud_vergadering.agenda,
    (Stuksoort.UITNODIGING, frozenset({"vergadering"})): inhoud_vergadering.uitnodiging,
    (Stuksoort.VERSLAG, frozenset({"vergadering"})): inhoud_verslag.verslag,
    (Stuksoort.SINDS, frozenset({"vergadering"})): inhoud_sinds.sinds,
    (Stuksoort.ACTIELIJST, frozenset({"vergadering"})): inhoud_acties.actielijst,
    (Stuksoort.ACTIELIJST, frozenset({"vergadering", "organisatie"})): inhoud_acties.actielijst,
    (Stuksoort.ACTIELIJST, frozenset({"organisatie"})): inhoud_acties.actielijst,
    (Stuksoort.ACTIELIJST, frozenset()): inhoud_acties.actielijst,
}


def bestaat(soort: str, onderwerp: Mapping[str, str]) -> bool:
    """Whether there is such a paper about such a subject."""
    return (soort, frozenset(onderwerp)) in BOUWERS


def bouw(
    soort: str,
    onderwerp: Mapping[str, str],
    *,
    wie: Bevoegdheid,
    peildatum: datetime.date,
    gezien_op: datetime.datetime,
) -> Inhoud:
    """What stands in this paper for this person: how it stood on `peildatum`, as known here at `gezien_op`.

    The rights are those of today. Raises NietTeZien for a subject that is not there for this person at that moment.
    Not to be called while looking back already.
    """
    try:
        bouwer = BOUWERS[soort, frozenset(onderwerp)]
    except KeyError:
        raise NietTeZien(soort) from None
    verleden = peildatum < timezone.localdate(gezien_op)
    zicht = Zicht(terugkijkend(wie, peildatum), peildatum, verleden)
    with terug(peildatum=peildatum if verleden else None, gezien_op=gezien_op):
        bovenschrift, titel, banden, blokken = bouwer(onderwerp, zicht)
    return Inhoud(
        soort=soort,
        onderwerp={sleutel: onderwerp[sleutel] for sleutel in sorted(onderwerp)},
        bovenschrift=schoon(bovenschrift),
        titel=schoon(titel),
        peildatum=peildatum,
        gezien_op=gezien_op,
        banden=banden,
        blokken=tuple(_zonder_leeg(blokken)),
    )


def _zonder_leeg(blokken: list) -> list:  # type: ignore[type-arg]
    """Without blocks that say nothing: facts of which none is known, a list without points."""
    return [blok for blok in blokken if getattr(blok, "rijen", True) and getattr(blok, "punten", True)]
