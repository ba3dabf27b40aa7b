"""What a new key may do, and until when."""

import datetime
from typing import Any

from django import forms

from maatregelen.forms.grondslag import Datumveld, Invoer
from toegang.sleutels import DAGEN_HOOGSTENS, DAGEN_STANDAARD, ONDERDELEN, Sleutelwens, laatste_dag

ALLES, DEEL = "alles", "deel"


class Sleutelformulier(Invoer):
    """A name, read or write, which parts, and the last day."""

    naam = forms.CharField(
        label="Waarvoor is de sleutel?",
        max_length=80,
        help_text="Een naam waaraan u hem later herkent, zoals: rapportage BI.",
        error_messages={"required": "Schrijf waarvoor de sleutel is.", "max_length": "Houd dit onder 80 tekens."},
    )
    schrijven = forms.ChoiceField(
        label="Wat mag ermee?",
        widget=forms.RadioSelect,
        choices=[("nee", "Alleen lezen"), ("ja", "Lezen en wijzigen")],
        initial="nee",
        help_text="Een sleutel kan nooit meer dan wie hem gebruikt zelf mag.",
    )
    omvang = forms.ChoiceField(
        label="Voor welke onderdelen?",
        widget=forms.RadioSelect,
        choices=[(ALLES, "Voor alles"), (DEEL, "Alleen voor de onderdelen die ik hieronder aankruis")],
        initial=ALLES,
    )
    bereik = forms.MultipleChoiceField(
        label="Onderdelen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(ONDERDELEN.items()),
        error_messages={"invalid_choice": "Kies onderdelen uit de lijst."},
    )
    tot_en_met = Datumveld(
        label="Werkt tot en met",
        help_text=f"Standaard {DAGEN_STANDAARD} dagen, hoogstens {DAGEN_HOOGSTENS}. Maak daarna een nieuwe sleutel.",
        error_messages={"required": "Kies de laatste dag waarop de sleutel werkt."},
    )

    def __init__(self, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, initial={"tot_en_met": laatste_dag(vandaag)}, auto_id="sleutel-%s")
        kalender = self.fields["tot_en_met"].widget.attrs
        kalender["min"], kalender["max"] = f"{vandaag}", f"{laatste_dag(vandaag, DAGEN_HOOGSTENS)}"

    def clean(self) -> dict[str, Any]:
        """All or some: ticks that would mean nothing are no guess of ours."""
        gegevens = super().clean() or {}
        if "omvang" in gegevens and "bereik" in gegevens:
            if gegevens["omvang"] == DEEL and not gegevens["bereik"]:
                self.add_error("bereik", "Kruis aan voor welke onderdelen, of kies hierboven: voor alles.")
            if gegevens["omvang"] == ALLES and gegevens["bereik"]:
                self.add_error("omvang", "U kruiste onderdelen aan. Is de sleutel voor alles, of alleen daarvoor?")
        return gegevens

    def wens(self) -> Sleutelwens:
        """What was asked for; only after validation."""
        gegevens = self.cleaned_data
        return Sleutelwens(
            naam=gegevens["naam"],
            schrijven=gegevens["schrijven"] == "ja",
            bereik=tuple(gegevens["bereik"]),
            tot_en_met=gegevens["tot_en_met"],
        )
