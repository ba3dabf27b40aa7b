"""Two people at once: who works from an older version overwrites nothing."""

from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

Stuk = TypeVar("Stuk", bound=models.Model)


class Verouderd(Exception):  # noqa: N818  it names what happened, as the user reads it
    """Somebody changed the record after this person opened it; nothing was changed."""

    def __init__(self, versie: int) -> None:
        super().__init__(
            "Iemand anders heeft dit gewijzigd nadat u het opende. Er is niets opgeslagen. "
            "Bekijk hieronder de nieuwe stand en sla daarna opnieuw op; wat u invulde staat er nog."
        )
        self.versie = versie


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
