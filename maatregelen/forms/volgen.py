"""What a person follows: the name of a selection, and what mail it gives."""

from typing import Any

from django import forms

from maatregelen.forms.grondslag import Invoer
from maatregelen.models import Volgfilter
from maatregelen.volgfilters import MELDINGEN, NAAMLENGTE

WOORDEN = {
    "meld_nieuw": "nieuwe maatregelen",
    "meld_gewijzigd": "wijzigingen",
    "meld_nadert": "naderende termijnen",
    "meld_te_laat": "verstreken termijnen",
}


class Volgfilterformulier(Invoer):
    """Name and mail of one selection."""

    naam = forms.CharField(
        label="Naam", max_length=NAAMLENGTE, error_messages={"required": "Geef de selectie een naam."}
    )
    meldingen = forms.MultipleChoiceField(
        label="Mail mij over",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(naam, WOORDEN[naam]) for naam in MELDINGEN],
    )

    def __init__(self, volgfilter: Volgfilter, data: Any = None) -> None:
        # A page holds one form per selection.
        super().__init__(
            data,
            auto_id=f"selectie-{volgfilter.pk}-%s",
            initial={"naam": volgfilter.naam, "meldingen": aangezet(volgfilter)},
        )


def aangezet(volgfilter: Volgfilter) -> list[str]:
    """What this selection tells now."""
    return [naam for naam in MELDINGEN if getattr(volgfilter, naam)]
