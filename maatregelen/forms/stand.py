"""Saying how it stands: status, progress, a milestone reached, a stage of the law reached."""

import datetime
from typing import Any

from django import forms

from maatregelen.forms.grondslag import Datumveld, Invoer, Stukformulier, Versieveld, veld_voor
from maatregelen.models import Maatregel, Mijlpaal, Voortgang, Wetsfase, Wetstraject
from maatregelen.statuswissel import toegestaan
from maatregelen.wetstrajecten import GEEN_GEZIEN


class Statusformulier(Invoer):
    """Another status, with its reason and the day it took effect.

    Only the moves that exist are offered; whether one is allowed is for the writer of status to say, because the
    measure may have moved since the page was made.
    """

    status = forms.CharField(
        label="Nieuwe status", widget=forms.RadioSelect, error_messages={"required": "Kies de nieuwe status."}
    )
    toelichting = forms.CharField(
        label="Reden",
        help_text="Eén zin: waardoor wijzigt de status?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf in een zin waarom de status wijzigt."},
    )
    per = Datumveld(
        label="Per", help_text="Dag waarop dit inging.", error_messages={"required": "Kies de dag waarop dit inging."}
    )
    versie = Versieveld()

    def __init__(self, maatregel: Maatregel, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, auto_id="status-%s", initial={"per": vandaag, "versie": maatregel.versie})
        # A single-choice widget on a text field: see the class.
        self.fields["status"].widget.choices = [(s.value, s.label) for s in toegestaan(maatregel.status)]


class Voortgangformulier(Invoer):
    """How the owner says it goes, in a word and a sentence."""

    voortgang = forms.ChoiceField(
        label="Hoe gaat het?",
        widget=forms.RadioSelect,
        choices=[(keuze.value, keuze.label) for keuze in Voortgang if keuze != Voortgang.NIET_GEMELD],
        error_messages={"required": "Kies hoe het gaat.", "invalid_choice": "Kies een van de drie."},
    )
    toelichting = forms.CharField(
        label="In een zin",
        help_text="Wat is er gedaan, wat houdt op?",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf in een zin hoe het gaat."},
    )
    versie = Versieveld()

    def __init__(self, maatregel: Maatregel, data: Any = None) -> None:
        super().__init__(data, auto_id="voortgang-%s", initial={"versie": maatregel.versie})


class Behaaldformulier(Invoer):
    """The day on which a milestone was reached, and what shows it."""

    op = Datumveld(label="Klaar op", error_messages={"required": "Kies de dag waarop het klaar was."})
    bewijs = forms.CharField(
        label="Waaruit blijkt dat?",
        help_text="Het besluit, de brief of de link.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Noem het besluit, de brief of de link waaruit blijkt dat dit klaar is."},
    )
    versie = Versieveld()

    def __init__(self, mijlpaal: Mijlpaal, data: Any = None) -> None:
        super().__init__(
            data,
            initial={
                # No default day: when it was done is a fact, and seldom today.
                "op": mijlpaal.behaald_op,
                "bewijs": mijlpaal.behaald_bewijs,
                "versie": mijlpaal.versie,
            },
        )


class Heropenformulier(Invoer):
    """Only the version: one button takes back that a milestone was reached."""

    versie = Versieveld()

    def __init__(self, mijlpaal: Mijlpaal, data: Any = None) -> None:
        super().__init__(data, auto_id="heropen-%s", initial={"versie": mijlpaal.versie})


class Wetstrajectformulier(Stukformulier):
    class Meta:
        model = Wetstraject
        fields = ("soort", "dossier", "stand_tekst")
        formfield_callback = veld_voor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["versie"].required = True
            self.initial["versie"] = GEEN_GEZIEN


class Wetsstapformulier(Invoer):
    """A stage that was reached, its day and its source."""

    fase = forms.ChoiceField(
        label="Fase", choices=[("", "Kies een fase"), *Wetsfase.choices], error_messages={"required": "Kies een fase."}
    )
    bereikt_op = Datumveld(label="Bereikt op", error_messages={"required": "Kies de dag waarop de fase begon."})
    bron = forms.CharField(
        label="Bron",
        max_length=250,
        help_text="Kamerstuk, Staatsblad of link waaruit dat blijkt.",
        error_messages={"required": "Noem het Kamerstuk, het Staatsblad of de link waaruit dit blijkt."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="stap-%s")
