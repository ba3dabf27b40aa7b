"""Steps of a migration that add something to one table: an index, a constraint, a trigger.

Django's own do the same, and then make all models anew that this one is tied to: over a hundred, for each of hundreds
of steps, which took a first start more than a minute. None of these three changes what a model holds.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


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
