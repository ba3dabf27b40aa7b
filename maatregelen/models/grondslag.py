"""What every record of a dossier shares: its moments, its version, and what a data file last said of it."""

from typing import Any

import pghistory
from django.db import models
from django.utils import timezone


class Dossierstuk(models.Model):
    """A record that people keep up in forms and that a data file may have delivered."""

    aangemaakt_op = models.DateTimeField(
        "vastgelegd op", default=timezone.now, editable=False, help_text="Moment waarop dit hier is vastgelegd."
    )
    gewijzigd_op = models.DateTimeField(
        "gewijzigd op",
        default=timezone.now,
        editable=False,
        db_index=True,
        help_text="Moment waarop de inhoud voor het laatst is gewijzigd.",
    )
    versie = models.PositiveIntegerField(
        "versie",
        default=1,
        editable=False,
        help_text="Telt elke wijziging; wie een oudere versie voor zich heeft, overschrijft niets.",
    )
    # What the data file last said, per field: a later load touches a field only while it still holds that value.
    bronwaarden = models.JSONField("waarden uit de bron", default=dict, editable=False)

    class Meta:
        abstract = True


def historie(**opties: Any) -> Any:
    """The history of a model, written by database triggers: who, when, and the whole row after each change."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pghistory.Statement,
        # The versions of a record in order, and everything since a moment, whatever the length of history.
        obj_field=pghistory.ObjForeignKey(db_index=False),
        meta={"indexes": [models.Index(fields=["pgh_obj", "pgh_id"]), models.Index(fields=["pgh_created_at"])]},
        **opties,
    )
