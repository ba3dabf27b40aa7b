"""What a role asks, and handing out roles."""

import datetime
from typing import Any

from django import forms

from maatregelen.forms.grondslag import Datumveld, Invoer
from maatregelen.models import Organisatie, Rol
from toegang.rolverdeling import TE_VERDELEN


class Beleidformulier(Invoer):
    """Which roles ask for a second step."""

    rollen = forms.MultipleChoiceField(
        label="Voor welke rollen is een tweede stap verplicht?",
        choices=Rol.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Een code van een app of een passkey, na het wachtwoord. Wie meer rollen heeft, voldoet aan de "
        "strengste.",
        error_messages={"invalid_choice": "Deze rol bestaat niet."},
    )


class Verdeelformulier(Invoer):
    """A role at the own organisation, for somebody who is here or who is invited."""

    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        help_text="Wie hier nog niet is, krijgt een uitnodiging per mail.",
        error_messages={"invalid": "Dit is geen e-mailadres, zoals naam@ministerie.nl."},
    )
    functie = forms.CharField(
        label="Functie",
        max_length=120,
        required=False,
        help_text="Alleen nodig voor wie hier nog niet is. Bijvoorbeeld: dossierhouder SZW.",
    )
    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisatie.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": "U verdeelt rollen binnen uw eigen organisatie."},
    )
    rol = forms.ChoiceField(
        label="Rol",
        choices=[(rol.value, rol.label) for rol in TE_VERDELEN],
        help_text="Lezer: kijkt en volgt. Dossierhouder: houdt de maatregelen van uw organisatie bij. Coördinator: "
        "verdeelt daar werk en rollen, zoals u.",
        error_messages={"invalid_choice": "Deze rol geeft een beheerder."},
    )
    vanaf = Datumveld(label="Vanaf", help_text="Mag later zijn.", error_messages={"required": "Kies een dag."})
    tot = Datumveld(label="Tot", required=False, help_text="Eerste dag waarop de rol niet meer geldt.")

    def __init__(self, organisaties: list[Organisatie], vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, auto_id="verdeel-%s", initial={"vanaf": vandaag, "rol": Rol.LEZER})
        veld: Any = self.fields["organisatie"]
        veld.queryset = Organisatie.objects.filter(pk__in=[organisatie.pk for organisatie in organisaties])
