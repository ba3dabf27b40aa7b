"""Two people at once: who works from an older version overwrites nothing, and is told what the other one changed."""

import datetime
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from maatregelen.models import Persoon
from maatregelen.models.grondslag import Dossierstuk

Stuk = TypeVar("Stuk", bound=models.Model)

# What every record carries beside its content, and what follows from where it stands.
ADMINISTRATIE = frozenset(
    {"id", "aangemaakt_op", "gewijzigd_op", "versie", "bronwaarden", "zicht", "zicht_voor", "stil_tot", "stil_voor"}
)


class Verouderd(Exception):  # noqa: N818  it names what happened, as the user reads it
    """Somebody changed the record after this person opened it; nothing was changed."""

    def __init__(self, versie: int) -> None:
        super().__init__(
            "Iemand anders heeft dit gewijzigd nadat u het opende. Er is niets opgeslagen. "
            "Bekijk hieronder de nieuwe stand en sla daarna opnieuw op; wat u invulde staat er nog."
        )
        self.versie = versie


@dataclass(frozen=True)
class Veldverschil:
    """A field that another person changed: its name, its label, and what it was and is, as values and in words."""

    veld: str
    label: str
    oud: Any
    nieuw: Any
    oud_woorden: str
    nieuw_woorden: str


@dataclass(frozen=True)
class Tussenstand:
    """What happened to a record since a version: who changed it last (None: unknown), when, and which fields."""

    door: Persoon | None
    op: datetime.datetime | None
    verschillen: tuple[Veldverschil, ...]


def vergrendel(rijen: QuerySet[Stuk], sleutel: int, versie: int | None) -> Stuk:
    """The row, locked until the transaction ends.

    `versie` is the version the person looked at (None: they did not look, as a script may). Raises Verouderd when the
    row has moved on, DoesNotExist when it is gone.
    """
    stuk = rijen.select_for_update(of=("self",)).get(pk=sleutel)
    huidig: int = stuk.versie  # type: ignore[attr-defined]
    if versie is not None and versie != huidig:
        raise Verouderd(huidig)
    return stuk


def om_de_beurt(waarvoor: str) -> None:
    """Wait for whoever is busy with the same thing, until their transaction ends; ours holds it until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [waarvoor])


def _in_woorden(veld: "models.Field[Any, Any]", rij: models.Model) -> str:
    """The value of a field as a reader knows it."""
    waarde = getattr(rij, veld.name)
    if veld.choices and waarde is not None:
        return str(dict(veld.flatchoices).get(waarde, waarde))
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime.date):
        return f"{waarde:%d-%m-%Y}"
    if isinstance(waarde, list):
        return "; ".join(str(deel) for deel in waarde)
    return "" if waarde is None else str(waarde)


def wijzigingen_sinds(stuk: Dossierstuk, versie: int) -> Tussenstand:
    """What changed in a record since that version, from the history that the database keeps of every row.

    `stuk` is the record as it is now. A version that history does not know gives no differences.
    """
    historie: Any = stuk.pgh_event_model.objects  # type: ignore[attr-defined]
    gezien = historie.filter(pgh_obj=stuk.pk, versie=versie).order_by("-pgh_id").first()
    if gezien is None:
        return Tussenstand(None, None, ())
    later = historie.filter(pgh_obj=stuk.pk, versie__gt=versie).select_related("pgh_context").order_by("-pgh_id")
    laatste = later.first()
    door = None
    if laatste is not None and laatste.pgh_context is not None:
        door = Persoon.objects.filter(pk=laatste.pgh_context.metadata.get("user")).first()
    verschillen = tuple(
        Veldverschil(
            veld=veld.name,
            label=str(veld.verbose_name),
            oud=getattr(gezien, veld.attname),
            nieuw=getattr(stuk, veld.attname),
            oud_woorden=_in_woorden(veld, gezien),
            nieuw_woorden=_in_woorden(veld, stuk),
        )
        for veld in stuk._meta.concrete_fields
        if veld.name not in ADMINISTRATIE and getattr(gezien, veld.attname) != getattr(stuk, veld.attname)
    )
    return Tussenstand(door, laatste.pgh_created_at if laatste else None, verschillen)
