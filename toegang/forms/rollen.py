"""What a role asks, and handing out roles."""

import datetime
from typing import Any

from django import forms

from maatregelen.forms.grondslag import Datumveld, Invoer
from maatregelen.models import Organisatie, Rol
from toegang.models import Rolbeleid
from toegang.rolverdeling import TE_VERDELEN


class Beleidformulier(Invoer):
    """What one role asks."""

    tweede_factor_verplicht = forms.BooleanField(label="Tweede stap verplicht bij inloggen", required=False)
    vier_ogen = forms.BooleanField(label="Vier ogen bij vaststellen", required=False)

    def __init__(self, beleid: Rolbeleid, data: Any = None) -> None:
        super().__init__(
            data,
            auto_id=f"{beleid.rol}-%s",
            initial={"tweede_factor_verplicht": beleid.tweede_factor_verplicht, "vier_ogen": beleid.vier_ogen},
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
