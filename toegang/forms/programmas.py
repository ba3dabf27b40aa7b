"""A new program: its name and its role."""

from typing import Any

from django import forms

from maatregelen.forms.grondslag import Invoer
from toegang.programmas import LENGTE_NAAM, ROLLEN


class Programmaformulier(Invoer):
    """What the program is called and what it may."""

    naam = forms.CharField(
        label="Naam van het programma",
        max_length=LENGTE_NAAM,
        help_text="Zo staat het bij alles wat het wijzigt, bijvoorbeeld: Dashboard migratie VNG.",
        error_messages={
            "required": "Schrijf hoe het programma heet.",
            "max_length": f"Houd dit onder {LENGTE_NAAM} tekens.",
        },
    )
    rol = forms.ChoiceField(
        label="Rol",
        widget=forms.RadioSelect,
        choices=[
            (rol.value, zin)
            for rol, zin in zip(
                ROLLEN, ("Lezer: haalt gegevens op", "Dossierhouder: werkt ook de eigen maatregelen bij"), strict=True
            )
        ],
        error_messages={"required": "Kies wat het programma mag."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="programma-%s")
