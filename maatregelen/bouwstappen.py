"""Steps of a migration that add something to one table: an index, a constraint, a trigger, columns.

Django's own do the same, and then make all models anew that this one is tied to: over a hundred, for each of hundreds
of steps, which took a first start more than a minute. None of the first three changes what a model holds;
columns come all at once, so that the models are made anew once.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field
from pgtrigger.migrations import AddTrigger, RemoveTrigger


class _ZonderModellen:
    """Takes the models that were made out of the way while the step is written down."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state after this step."""
        modellen = state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)  # type: ignore[misc]
        if modellen is not None:
            state.__dict__["apps"] = modellen

    def reduce(self, operation: Any, app_label: str) -> Any:
        """Leaves itself as it is: what was written down once stays readable beside Django's own."""
        return False


class Index(_ZonderModellen, migrations.AddIndex):
    """AddIndex."""


class Voorwaarde(_ZonderModellen, migrations.AddConstraint):
    """AddConstraint."""


class Trigger(_ZonderModellen, AddTrigger):  # type: ignore[misc]  # it has no types
    """AddTrigger."""


class TriggerWeg(_ZonderModellen, RemoveTrigger):  # type: ignore[misc]  # it has no types
    """RemoveTrigger."""


class Kolommen(Operation):
    """AddField for the columns of one table: (name, column, how it is written in SQL, field) each.

    A default fills the rows there are; Django gives those that come, so the column keeps none.
    """

    reversible = True

    def __init__(self, model_name: str, kolommen: Sequence[tuple[str, str, str, "Field[Any, Any]"]]) -> None:
        """`model_name` in small letters."""
        self.model_name, self.kolommen = model_name, kolommen

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state after this step; the models are made anew when something asks for them."""
        state.__dict__.pop("apps", None)
        for naam, _, _, veld in self.kolommen:
            state.add_field(app_label, self.model_name, naam, veld, preserve_default=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One statement for all columns."""
        tabel = f"{app_label}_{self.model_name}"
        schema_editor.execute(f"ALTER TABLE {tabel} {', '.join(f'ADD COLUMN {k} {s}' for _, k, s, _ in self.kolommen)}")
        zonder = [f"ALTER COLUMN {k} DROP DEFAULT" for _, k, s, _ in self.kolommen if " DEFAULT " in s]
        if zonder:
            schema_editor.execute(f"ALTER TABLE {tabel} {', '.join(zonder)}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The table without them."""
        weg = ", ".join(f"DROP COLUMN {kolom}" for _, kolom, _, _ in self.kolommen)
        schema_editor.execute(f"ALTER TABLE {app_label}_{self.model_name} {weg}")

    def describe(self) -> str:
        """What it does, for who reads along."""
        return f"Add {', '.join(naam for naam, *_ in self.kolommen)} to {self.model_name}"
