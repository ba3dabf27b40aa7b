"""Choosing what comes on an agenda: which things, and what to do with them."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from maatregelen.forms.grondslag import Invoer
from regietafel.agendavoorbereiding import LENGTE_REDEN, LENGTE_TITEL
from regietafel.forms.opvolgen import vergaderingveld
from regietafel.models import Agendapunt
from regietafel.models.vergadering import VergaderingQuerySet

# The id of the form with the boxes to tick.
FORMULIER = "voorbereiding"
APART, SAMEN, BIJ, WEG, NAAR = "apart", "samen", "bij", "weg", "naar"
WAT = [
    (APART, "Op de agenda, elk als eigen punt"),
    (SAMEN, "Op de agenda, samen in één punt"),
    (BIJ, "Op de agenda, bij een punt dat er al staat"),
    (WEG, "Niet op deze agenda"),
    (NAAR, "Naar een andere vergadering"),
]


class Puntveld(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A point of the agenda, by its number and title."""

    def label_from_instance(self, obj: Agendapunt) -> str:
        """3. Voortgang opvang."""
        return str(obj)


class Voorstelformulier(Invoer):
    """What to do with the things that were ticked; which ones is read apart, because they stand among the groups."""

    wat = forms.ChoiceField(
        label="Wat doet u met wat u aanvinkte?",
        choices=WAT,
        initial=APART,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u ermee doet."},
    )
    titel = forms.CharField(
        label="Titel van het punt", required=False, max_length=LENGTE_TITEL, help_text="Alleen voor samen in één punt."
    )
    punt = Puntveld(
        queryset=Agendapunt.objects.none(),
        required=False,
        label="Bij welk punt",
        help_text="Alleen voor een punt dat er al staat.",
        empty_label="Kies een punt",
        error_messages={"invalid_choice": "Dit punt staat niet meer op de agenda."},
    )
    naar = vergaderingveld(
        "Naar welke vergadering", required=False, help_text="Alleen voor naar een andere vergadering."
    )
    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=LENGTE_REDEN,
        help_text="Nodig als iets niet op deze agenda komt of naar een andere vergadering gaat.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, punten: QuerySet[Agendapunt], bestemmingen: VergaderingQuerySet, data: Any = None) -> None:
        super().__init__(data)
        punt: Any = self.fields["punt"]
        naar: Any = self.fields["naar"]
        punt.queryset, naar.queryset = punten, bestemmingen
        for veld in self.fields.values():
            # They stand beside the list of things, not inside its form.
            veld.widget.attrs["form"] = FORMULIER

    def clean(self) -> dict[str, Any]:
        """What goes with the choice is filled in."""
        gegevens = super().clean() or self.cleaned_data
        wat = gegevens.get("wat")
        nodig = {
            SAMEN: {"titel": "Geef het punt een titel."},
            BIJ: {"punt": "Kies bij welk punt."},
            WEG: {"reden": "Schrijf in een zin waarom het niet op deze agenda komt."},
            NAAR: {"naar": "Kies naar welke vergadering.", "reden": "Schrijf in een zin waarom."},
        }
        for veld, zin in nodig.get(str(wat), {}).items():
            if not gegevens.get(veld) and veld not in self.errors:
                self.add_error(veld, zin)
        return gegevens
