"""What a data file says now, what it said last time, and what people have made of it: a three-way merge.

A field follows the file only while it still holds what the file last said. Fields that only make sense together (a
day and its precision) move together or not at all.
"""

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from maatregelen.models import Mijlpaal, Pijler

Inhoud = dict[str, Any]


def als_json(waarde: Any) -> Any:
    """A value as kept in `bronwaarden`: days and amounts as text, other records by the name that never changes."""
    match waarde:
        case datetime.date():
            return waarde.isoformat()
        case Decimal():
            return format(waarde.normalize(), "f")
        case Pijler():
            return f"{waarde.agenda.slug}/{waarde.nummer}"
        case Mijlpaal():
            return f"{waarde.maatregel.code}/{waarde.bron_id}"
        case Model():
            return next(getattr(waarde, naam) for naam in ("slug", "code") if hasattr(waarde, naam))
        case _:
            return waarde


@dataclass
class Verschil:
    """What to change in a record, and which fields stay because people changed them."""

    zetten: dict[str, Any] = field(default_factory=dict)
    gelaten: list[str] = field(default_factory=list)


def verschil(stuk: Model, waarden: dict[str, Any], bron: dict[str, Any], samen: Iterable[tuple[str, ...]]) -> Verschil:
    """Compare a record with what the file says (`waarden`) and said before (`bron`; empty: people made the record)."""
    uit = Verschil()
    groepen = [tuple(veld for veld in groep if veld in waarden) for groep in samen]
    los = [(veld,) for veld in waarden if not any(veld in groep for groep in groepen)]
    for groep in [*groepen, *los]:
        nieuw = {veld: als_json(waarden[veld]) for veld in groep}
        nu = {veld: als_json(getattr(stuk, veld)) for veld in groep}
        if nieuw == nu:
            continue
        oud = {veld: bron[veld] if veld in bron else _standaard(stuk, veld) for veld in groep}
        if bron and nu == oud:
            uit.zetten |= {veld: waarden[veld] for veld in groep}
        else:
            uit.gelaten += [veld for veld in groep if nieuw[veld] != nu[veld]]
    return uit


def _standaard(stuk: Model, veld: str) -> Any:
    kolom: Any = stuk._meta.get_field(veld)
    return als_json(kolom.get_default())


def sleutel(inhoud: dict[str, Any]) -> str:
    """The identity of something that is not edited but added and taken away: its whole content."""
    return json.dumps(inhoud, sort_keys=True)


@dataclass
class Lijstverschil:
    """What the file adds to and takes from a list since last time. What people ended since is in neither."""

    erbij: list[dict[str, Any]]
    eraf: list[dict[str, Any]]


def lijstverschil(nieuw: list[dict[str, Any]], oud: list[dict[str, Any]]) -> Lijstverschil:
    """Compare a list in the file with the same list last time."""
    sleutels_nieuw, sleutels_oud = {sleutel(inhoud) for inhoud in nieuw}, {sleutel(inhoud) for inhoud in oud}
    return Lijstverschil(
        erbij=[inhoud for inhoud in nieuw if sleutel(inhoud) not in sleutels_oud],
        eraf=[inhoud for inhoud in oud if sleutel(inhoud) not in sleutels_nieuw],
    )


@dataclass
class Rij:
    """A record as the file wants it: `vast` only counts when it is made, `waarden` and `lijsten` are kept up later."""

    sleutel: str
    vast: dict[str, Any]
    waarden: dict[str, Any]
    lijsten: dict[str, list[Inhoud]] = field(default_factory=dict)
    mag_nieuw: bool = True
    # Kept in `bronwaarden` when it is made: by this a record is found again whose own fields people may all change.
    merk: Inhoud = field(default_factory=dict)


@dataclass(frozen=True)
class Soort:
    """How records of a model are compared: which fields move together, what to fetch along, which lists they carry."""

    model: type[Model]
    samen: tuple[tuple[str, ...], ...] = ()
    verwanten: tuple[str, ...] = ()
    # Lists that name records of their own: what a file no longer names is reported, never deleted.
    blijvend: frozenset[str] = frozenset()
    # The verb through which a change goes, where more follows from it than the fields: record, fields, moment.
    wijzig: Callable[[Any, dict[str, Any], datetime.datetime], None] | None = None

    @property
    def naam(self) -> str:
        """What one of them is called."""
        return str(self.model._meta.verbose_name)


@dataclass(frozen=True)
class Lijstsoort:
    """Something that hangs from a record: how it is made, and where what may be taken away is found."""

    model: type[Model]
    maak: Callable[[Any, Inhoud, int], Model]
    weg: Callable[[Any, Inhoud], QuerySet[Any]]


@dataclass
class Verslag:
    """What a load did: how many records per model, and which it left as people made them."""

    toegevoegd: Counter[type[Model]] = field(default_factory=Counter)
    bijgewerkt: Counter[type[Model]] = field(default_factory=Counter)
    verwijderd: Counter[type[Model]] = field(default_factory=Counter)
    gelaten: list[str] = field(default_factory=list)
    verdwenen: list[str] = field(default_factory=list)


class Vergelijking:
    """One load: compares record after record with the file, writes what differs, and keeps the report."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment
        self.verslag = Verslag()
        self.nieuwe: dict[type[Model], list[Model]] = {}
        self._werk: list[tuple[Model, str, Lijstverschil, list[Inhoud]]] = []
        self._erbij: set[tuple[type[Model], str, str, str]] = set()

    def is_erbij(self, model: type[Model], sleutel_: str, naam: str, kenmerk: str) -> bool:
        """Whether the file names this child for the first time; if not, and it is gone, somebody took it away."""
        return (model, sleutel_, naam, kenmerk) in self._erbij

    def verwerk(self, soort: Soort, rijen: list[Rij], bestaand: Mapping[str, Any]) -> dict[str, Any]:
        """Make what is new in one statement, change what differs, and return the records by their key."""
        uit: dict[str, Any] = {}
        nieuw: list[Model] = []
        for rij in rijen:
            if (stuk := bestaand.get(rij.sleutel)) is not None:
                uit[rij.sleutel] = self._houd_bij(soort, stuk, rij)
            elif rij.mag_nieuw:
                uit[rij.sleutel] = self._maak(soort, rij)
                nieuw.append(uit[rij.sleutel])
            else:
                self.verslag.gelaten.append(f"{soort.naam} {rij.sleutel}: hier weggehaald")
        soort.model._default_manager.bulk_create(nieuw)
        self.nieuwe.setdefault(soort.model, []).extend(nieuw)
        self.tel(self.verslag.toegevoegd, soort.model, len(nieuw))
        return uit

    def _maak(self, soort: Soort, rij: Rij) -> Any:
        stuk: Any = soort.model(**rij.vast, **rij.waarden)
        stuk.aangemaakt_op = stuk.gewijzigd_op = self.moment
        stuk.bronwaarden = {veld: als_json(waarde) for veld, waarde in rij.waarden.items()} | rij.lijsten | rij.merk
        for naam, inhoud in rij.lijsten.items():
            self._onthoud(soort, stuk, rij, naam, Lijstverschil(erbij=inhoud, eraf=[]))
        return stuk

    def _houd_bij(self, soort: Soort, stuk: Any, rij: Rij) -> Any:
        anders, lijsten = self._vergelijk(soort, stuk, rij)
        if anders.zetten or any(
            deel.erbij or (deel.eraf and naam not in soort.blijvend) for naam, deel in lijsten.items()
        ):
            # Judged again on the locked row: somebody may have changed it meanwhile.
            rijen = soort.model._default_manager.select_for_update(of=("self",))
            stuk = rijen.select_related(*soort.verwanten).get(pk=stuk.pk) if soort.verwanten else rijen.get(pk=stuk.pk)
            anders, lijsten = self._vergelijk(soort, stuk, rij)
            bron = stuk.bronwaarden | {veld: als_json(waarde) for veld, waarde in anders.zetten.items()}
            for naam, deel in lijsten.items():
                blijft = naam in soort.blijvend
                bron[naam] = bron.get(naam, []) + deel.erbij if blijft else rij.lijsten[naam]
            self._schrijf(soort, stuk, {**anders.zetten, "bronwaarden": bron})
            self.tel(self.verslag.bijgewerkt, soort.model, 1)
        for naam, deel in lijsten.items():
            self._onthoud(soort, stuk, rij, naam, deel)
        if anders.gelaten:
            self.verslag.gelaten.append(f"{soort.naam} {rij.sleutel}: {', '.join(anders.gelaten)}")
        return stuk

    def _schrijf(self, soort: Soort, stuk: Any, velden: dict[str, Any]) -> None:
        """Write these fields of a locked record, through its verb where it has one."""
        if soort.wijzig is not None:
            soort.wijzig(stuk, velden, self.moment)
            return
        for veld, waarde in velden.items():
            setattr(stuk, veld, waarde)
        stuk.versie += 1
        stuk.gewijzigd_op = self.moment
        stuk.save(update_fields=[*velden, "versie", "gewijzigd_op"])

    def _vergelijk(self, soort: Soort, stuk: Any, rij: Rij) -> tuple[Verschil, dict[str, Lijstverschil]]:
        bron = stuk.bronwaarden
        # Without values from a file people made this record, and its lists are theirs as well.
        return verschil(stuk, rij.waarden, bron, soort.samen), {
            naam: lijstverschil(inhoud, bron.get(naam, [])) if bron else Lijstverschil([], [])
            for naam, inhoud in rij.lijsten.items()
        }

    def _onthoud(self, soort: Soort, stuk: Model, rij: Rij, naam: str, deel: Lijstverschil) -> None:
        if naam in soort.blijvend:
            self._erbij |= {(soort.model, rij.sleutel, naam, kind["kenmerk"]) for kind in deel.erbij}
            self.verslag.verdwenen += [f"{soort.naam} {rij.sleutel}: {naam} {kind['kenmerk']}" for kind in deel.eraf]
        elif deel.erbij or deel.eraf:
            self._werk.append((stuk, naam, deel, rij.lijsten[naam]))

    def werk_lijsten_bij(self, soorten: Mapping[tuple[type[Model], str], Lijstsoort]) -> None:
        """Take away and add what hangs from the records, per kind in one statement."""
        nieuw: dict[type[Model], list[Model]] = {}
        for stuk, naam, deel, inhoud in self._werk:
            soort = soorten[type(stuk), naam]
            for eraf in deel.eraf:
                self.tel(self.verslag.verwijderd, soort.model, soort.weg(stuk, eraf).delete()[0])
            nieuw.setdefault(soort.model, []).extend(
                soort.maak(stuk, erbij, inhoud.index(erbij)) for erbij in deel.erbij
            )
        for model, stukken in nieuw.items():
            # What people had already added themselves stays as it is.
            model._default_manager.bulk_create(stukken, ignore_conflicts=True)
            self.tel(self.verslag.toegevoegd, model, len(stukken))

    @staticmethod
    def tel(teller: Counter[type[Model]], model: type[Model], aantal: int) -> None:
        """Add to the report."""
        if aantal:
            teller[model] += aantal
