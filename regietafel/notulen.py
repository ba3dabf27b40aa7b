"""Taking minutes: the lock every line of them goes through, the running text of a point, addenda, and reading it back.

Whoever writes a line holds the meeting until the transaction ends. So a line and the adoption of the minutes never pass
each other, numbers are given out once, and two note-takers wait for each other instead of overwriting.
"""

import datetime
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Prefetch, QuerySet, Value
from django.utils import timezone

from maatregelen.dossiervoering import wijzig
from maatregelen.models import Maatregel, Persoon
from maatregelen.termijnen import uitleg
from maatregelen.termijninvoer import lezingen
from maatregelen.versiebewaking import Verouderd
from regietafel.models import (
    Actiepunt,
    Addendum,
    Agendapunt,
    Besluit,
    Inbreng,
    Terugkoppeling,
    Trend,
    Vergadercijfer,
    Vergadering,
)

Regel = Inbreng | Besluit | Actiepunt | Vergadercijfer | Trend

INBRENG, BESLUIT, ACTIE, CIJFER, TREND = "inbreng", "besluit", "actie", "cijfer", "trend"
FAMILIES: dict[str, type[Regel]] = {
    INBRENG: Inbreng,
    BESLUIT: Besluit,
    ACTIE: Actiepunt,
    CIJFER: Vergadercijfer,
    TREND: Trend,
}

GESLOTEN = (
    "Het verslag van deze vergadering is vastgesteld. Er is niets opgeslagen. Een verbetering legt u vast als addendum."
)
WEG = "Iemand anders heeft deze regel intussen verwijderd. Er is niets opgeslagen."
NOG_OPEN = "Het verslag is nog niet vastgesteld: verbeter de notulen zelf. Er is niets opgeslagen."


class VerslagGesloten(Exception):  # noqa: N818  it names what happened, as the user reads it
    """The minutes were adopted: nothing in them changes any more."""

    def __init__(self) -> None:
        super().__init__(GESLOTEN)


class Verwijderd(Exception):  # noqa: N818  it names what happened, as the user reads it
    """Somebody removed the line; sending it once more does not bring it back."""

    def __init__(self) -> None:
        super().__init__(WEG)


def houd_vast(vergadering: int) -> Vergadering:
    """The meeting, held until the transaction ends, so that nobody adopts its minutes or writes in them meanwhile."""
    return Vergadering.objects.select_for_update(of=("self",), no_key=True).get(pk=vergadering)


def houd_open(vergadering: int) -> Vergadering:
    """The same, of a meeting whose minutes are open. Raises VerslagGesloten when they were adopted."""
    rij = houd_vast(vergadering)
    if rij.is_gesloten:
        raise VerslagGesloten
    return rij


def volgende_plaats(agendapunt: Agendapunt) -> int:
    """The place of the next line of a point: lines of all kinds stand in the order in which they were noted."""
    plaatsen = [
        rijen.order_by().values_list("volgorde", flat=True)
        for rijen in (model._default_manager.filter(agendapunt=agendapunt) for model in FAMILIES.values())
    ]
    return 1 + max(plaatsen[0].union(*plaatsen[1:]), default=0)


def is_verwijderd(model: type[Regel], sleutel: uuid.UUID) -> bool:
    """Whether a line with this key was here and was removed."""
    historie: Any = model.pgh_event_model.objects  # type: ignore[union-attr]
    return bool(historie.filter(sleutel=sleutel).exists())


def schrijf_bespreking(
    agendapunt: Agendapunt, tekst: str, *, versie: int, moment: datetime.datetime | None = None
) -> Agendapunt:
    """Keep the running text of a point and answer the point as it is now.

    `versie` is what the person looked at. A newer version of which the text is the same (somebody changed its title) is
    no conflict, nor is a text that is here already. Raises VerslagGesloten, or Verouderd when somebody wrote another
    text meanwhile; then nothing has changed.
    """
    with transaction.atomic():
        houd_open(agendapunt.vergadering_id)
        nu = Agendapunt.objects.get(pk=agendapunt.pk)
        if nu.bespreking != tekst:
            if nu.versie != versie and _bespreking_bij(nu, versie) != nu.bespreking:
                raise Verouderd(nu.versie)
            wijzig(nu, {"bespreking": tekst}, versie=nu.versie, moment=moment)
    return nu


def _bespreking_bij(agendapunt: Agendapunt, versie: int) -> str | None:
    """The running text as it was in that version; None when history does not know it."""
    historie: Any = agendapunt.pgh_event_model.objects  # type: ignore[attr-defined]
    return next(iter(historie.filter(pgh_obj=agendapunt.pk, versie=versie).values_list("bespreking", flat=True)), None)


def voeg_addendum_toe(
    vergadering: Vergadering,
    *,
    tekst: str,
    reden: str,
    agendapunt: Agendapunt | None = None,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Addendum:
    """Add to adopted minutes; there is no verb that changes or removes it.

    Raises ValidationError per field: no text or reason, a point of another meeting, minutes that were not adopted yet
    (those are corrected themselves), or the very same addendum, as by clicking twice.
    """
    moment = moment or timezone.now()
    fouten: dict[str, str] = {}
    tekst, reden = tekst.strip(), reden.strip()
    if not tekst:
        fouten["tekst"] = "Schrijf de verbetering of aanvulling."
    if not reden:
        fouten["reden"] = "Schrijf waarom dit wordt toegevoegd."
    if agendapunt is not None and agendapunt.vergadering_id != vergadering.pk:
        fouten["agendapunt"] = "Kies een punt van deze vergadering."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        rij = houd_vast(vergadering.pk)
        if not rij.is_gesloten:
            raise ValidationError(NOG_OPEN)
        if rij.addenda.filter(tekst=tekst, agendapunt=agendapunt).exists():
            raise ValidationError("Dit addendum staat er al. Er is niets toegevoegd.")
        return Addendum.objects.create(
            vergadering=rij,
            agendapunt=agendapunt,
            tekst=tekst,
            reden=reden,
            door=door,
            op=timezone.localdate(moment),
            vastgelegd_op=moment,
        )


@dataclass(frozen=True)
class Notulenregel:
    """A line as its readers see it, whatever its kind."""

    familie: str
    regel: Any

    @property
    def sleutel(self) -> str:
        """The key by which pages and browsers know it."""
        return str(self.regel.sleutel)

    @property
    def kop(self) -> str:
        """What kind of line it is, in words."""
        if self.familie == CIJFER:
            return "cijfer"
        return "trend" if self.familie == TREND else str(self.regel.get_soort_display())

    @property
    def tekst(self) -> str:
        """What it says."""
        if self.familie == ACTIE:
            return str(self.regel.wat)
        if self.familie == TREND:
            return f"{self.regel.onderwerp}: {self.regel.duiding}"
        return str(self.regel.naam if self.familie == CIJFER else self.regel.tekst)

    @property
    def wie(self) -> str:
        """Who said it or will do it, in words, where it is no organisation that is known here."""
        if self.familie == INBRENG:
            return str(self.regel.spreker)
        return str(self.regel.wie_tekst) if self.familie == ACTIE else ""

    @property
    def maatregelen(self) -> list[Maatregel]:
        """The measures it is about, by code; from what was read along."""
        if self.familie == TREND:
            return []
        if self.familie == BESLUIT:
            gevonden = [rij.maatregel for rij in self.regel.terugkoppelingen.all() if rij.maatregel is not None]
        else:
            gevonden = list(self.regel.maatregelen.all())
        return sorted(gevonden, key=lambda maatregel: maatregel.code)

    @property
    def lezing(self) -> str:
        """What the termijn of an action was taken to mean; empty without words."""
        if self.familie != ACTIE or not self.regel.termijn_tekst:
            return ""
        gevonden = lezingen(self.regel.termijn_tekst, self.regel.peildatum)
        dagen = (self.regel.begin, self.regel.einde)
        return uitleg(next((lezing for lezing in gevonden if (lezing.begin, lezing.einde) == dagen), gevonden[0]))


@dataclass
class Puntnotulen:
    """A point with what was noted at it so far, in order."""

    punt: Agendapunt
    regels: list[Notulenregel] = field(default_factory=list)


def _met_maatregelen(familie: str, rijen: QuerySet[Any]) -> QuerySet[Any]:
    codes = Maatregel.objects.only("id", "code", "titel")
    if familie == BESLUIT:
        terug = Terugkoppeling.objects.prefetch_related(Prefetch("maatregel", codes))
        return rijen.prefetch_related(Prefetch("terugkoppelingen", terug))
    if familie == TREND:
        return rijen
    return rijen.prefetch_related(Prefetch("maatregelen", codes))


def lees_regels(rijen: Iterable[tuple[str, QuerySet[Any]]]) -> list[Notulenregel]:
    """The lines of these querysets with all that is shown of them, in the order in which they were noted."""
    gevonden = []
    for familie, deel in rijen:
        if familie in (INBRENG, ACTIE):
            deel = deel.select_related("organisatie")
        gevonden += [Notulenregel(familie, regel) for regel in _met_maatregelen(familie, deel)]
    return sorted(gevonden, key=lambda r: (r.regel.volgorde, r.regel.aangemaakt_op, r.familie, r.regel.pk))


def lees_notulen(vergadering: Vergadering) -> list[Puntnotulen]:
    """The points of a meeting in order, each with its lines."""
    codes = Maatregel.objects.only("id", "code", "titel")
    punten = vergadering.agendapunten.prefetch_related(Prefetch("maatregelen", codes)).order_by("volgorde", "id")
    per_punt = {punt.pk: Puntnotulen(punt) for punt in punten}
    rijen = ((f, model._default_manager.filter(agendapunt__in=list(per_punt))) for f, model in FAMILIES.items())
    for regel in lees_regels(rijen):
        per_punt[regel.regel.agendapunt_id].regels.append(regel)
    return list(per_punt.values())


def zoek_regel(vergadering: Vergadering, sleutel: uuid.UUID) -> Notulenregel | None:
    """The line of a meeting with this key; None when there is none (any more)."""
    rijen = (
        (f, model._default_manager.filter(agendapunt__vergadering=vergadering, sleutel=sleutel))
        for f, model in FAMILIES.items()
    )
    return next(iter(lees_regels(rijen)), None)


def stempel(vergadering: Vergadering) -> str:
    """A mark that changes with every line, text or point of a meeting, and with its state; one query."""
    merk: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(agendapunt__vergadering=vergadering)
        .order_by()
        .values_list(Value(familie, CharField()), "pk", "versie")
        for familie, model in FAMILIES.items()
    ]
    punten = vergadering.agendapunten.order_by().values_list(Value("punt", CharField()), "pk", "versie")
    alles = sorted(punten.union(*merk, all=True))
    return hashlib.sha256(repr((vergadering.staat, alles)).encode()).hexdigest()[:32]
