"""What follows from saying who something is for, before it is kept: done, counted, and undone again.

Counting what really happens cannot differ from what will happen.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from maatregelen.blikveld import Blik
from maatregelen.models import Organisatie, Zichtniveau
from maatregelen.models.afscherming import Afgeschermd
from maatregelen.publicatie import boven_van, soorten

# Who is counted for, in words; who belongs to none of the organisations that see more.
LEZERS = (
    ("Iedereen, ook zonder in te loggen", Zichtniveau.OPENBAAR),
    ("Partners aan de regietafel", Zichtniveau.REGIETAFEL),
    ("Het Rijk", Zichtniveau.RIJK),
)

BUREAU = "het LRT-secretariaat"

Telling = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Gevolg:
    """What one kind of reader sees of it: now, right after, and (where an embargo ends) from then on."""

    wie: str
    niveau: Zichtniveau
    nu: Telling
    straks: Telling
    later: Telling | None

    @property
    def wordt_meer(self) -> bool:
        """Whether these readers come to see something they do not see now."""
        return any(aantal > nu for (_, aantal), (_, nu) in zip(self.later or self.straks, self.nu, strict=True))

    @property
    def verandert(self) -> bool:
        """Whether anything changes for these readers."""
        return self.straks != self.nu or (self.later is not None and self.later != self.nu)


@dataclass(frozen=True)
class Voorbeeld:
    """What follows, per kind of reader."""

    gevolgen: tuple[Gevolg, ...]
    embargo_tot: datetime.datetime | None
    # Who sees it anyhow, during an embargo too: an organisation, or the secretariaat.
    altijd: str

    @property
    def wordt_openbaar(self) -> bool:
        """Whether everybody comes to see something."""
        return any(gevolg.niveau == Zichtniveau.OPENBAAR and gevolg.wordt_meer for gevolg in self.gevolgen)

    @property
    def verandert(self) -> bool:
        """Whether anything changes for anybody but the organisations that see it anyhow."""
        return any(gevolg.verandert for gevolg in self.gevolgen)

    @property
    def kenmerk(self) -> str:
        """Differs as soon as something else would follow: who agreed, agreed to this."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


class _Terug(Exception):  # noqa: N818  it is no error
    """What was done is undone."""


Delen = dict[type[Afgeschermd], set[int]]


def delen_van(stuk: Afgeschermd) -> Delen:
    """The record and everything that is part of it, per kind: what a change of the one reaches."""
    delen: Delen = {soort: set() for soort in soorten()}
    delen[type(stuk)].add(stuk.pk)
    for soort, gevonden in delen.items():
        boven = boven_van(soort)
        vorige = -1
        while vorige != len(gevonden):
            vorige = len(gevonden)
            for naam, model in boven:
                if delen[model]:
                    rijen = soort._default_manager.filter(**{f"{naam}__in": delen[model]})
                    gevonden |= set(rijen.values_list("pk", flat=True))
            if all(model is not soort for _, model in boven):
                break
    return {soort: sleutels for soort, sleutels in delen.items() if sleutels}


def _tel(delen: Delen, niveau: Zichtniveau, moment: datetime.datetime) -> Telling:
    blik = Blik(niveau, moment)
    return tuple(
        (_woord(soort, sleutels), soort._default_manager.filter(blik.voorwaarde(), pk__in=sleutels).count())
        for soort, sleutels in delen.items()
    )


def _woord(soort: type[Afgeschermd], sleutels: Collection[int]) -> str:
    meta = soort._meta
    return f"{meta.verbose_name},{meta.verbose_name_plural}"


def voorzie(stuk: Afgeschermd, daad: Callable[[], object], *, moment: datetime.datetime) -> Voorbeeld:
    """What would follow for whom if `daad` were done now; nothing of it stays. Raises what `daad` raises."""
    delen = delen_van(stuk)
    embargo: datetime.datetime | None = None
    altijd: Organisatie | None = None
    nu = {niveau: _tel(delen, niveau, moment) for _, niveau in LEZERS}
    straks: dict[Zichtniveau, Telling] = {}
    later: dict[Zichtniveau, Telling] = {}
    try:
        with transaction.atomic():
            daad()
            rij = type(stuk)._default_manager.select_related("zicht_voor", "stil_voor").get(pk=stuk.pk)
            embargo = rij.stil_tot if rij.heeft_embargo(moment) else None
            altijd = rij.stil_voor if embargo else rij.zicht_voor
            for _, niveau in LEZERS:
                straks[niveau] = _tel(delen, niveau, moment)
                if embargo is not None:
                    later[niveau] = _tel(delen, niveau, embargo)
            raise _Terug
    except _Terug:
        pass
    return Voorbeeld(
        tuple(Gevolg(wie, niveau, nu[niveau], straks[niveau], later.get(niveau)) for wie, niveau in LEZERS),
        embargo,
        altijd.afkorting if altijd else BUREAU,
    )
