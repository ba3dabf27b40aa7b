"""What an organisation says of a measure, from when others may read it, and withdrawing it."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms

from maatregelen.forms.betrokken import organisatieveld
from maatregelen.forms.grondslag import Invoer, Versieveld
from maatregelen.forms.publicatie import Embargovelden
from maatregelen.models import Organisatie, Reactie, Reactiesoort
from maatregelen.reacties import LENGTE_TEKST


class Reactieformulier(Embargovelden):
    """A reaction or dissent; whose it is, where a person speaks for more than one."""

    organisatie = organisatieveld(label="Namens")
    soort = forms.ChoiceField(
        choices=[
            (Reactiesoort.REACTIE, "Reactie"),
            (Reactiesoort.AFWIJKEND, "Afwijkend standpunt: uw organisatie is het er niet mee eens"),
        ],
        initial=Reactiesoort.REACTIE,
        label="Wat is het?",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Tekst",
        max_length=LENGTE_TEKST,
        help_text="In eigen woorden. Dit staat bij de maatregel, in lijsten en in stukken voor de tafel.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schrijf wat uw organisatie ervan vindt."},
    )
    versie = Versieveld(required=False)
    field_order = ("organisatie", "soort", "tekst", "embargo_dag", "embargo_tijd", "versie")

    def __init__(
        self,
        moment: datetime.datetime,
        data: Any = None,
        *,
        organisaties: Collection[int] = (),
        reactie: Reactie | None = None,
    ) -> None:
        """`organisaties` are those this person speaks for; a reaction that is there stays of whom it is."""
        begin: dict[str, Any] = {}
        if reactie is not None:
            begin = {
                "soort": reactie.soort,
                "tekst": reactie.tekst,
                "versie": reactie.versie,
                **self.begin(reactie.embargo_tot),
            }
        super().__init__(data, initial=begin)
        self.moment, self.bewaard = moment, reactie.embargo_tot if reactie else None
        self.fields["embargo_dag"].label = "Zichtbaar vanaf: dag"
        self.fields["embargo_dag"].help_text = "Tot dan alleen voor uw organisatie. Leeg: meteen."
        self.fields["embargo_tijd"].label = "Zichtbaar vanaf: tijd"
        if reactie is not None:
            self.fields["versie"].required = True
        if reactie is not None or len(organisaties) == 1:
            del self.fields["organisatie"]
        else:
            veld: Any = self.fields["organisatie"]
            veld.queryset = Organisatie.objects.filter(pk__in=organisaties)
            veld.empty_label = "Kies uw organisatie"

    def clean(self) -> dict[str, Any]:
        """From when as one moment."""
        gegevens = super().clean() or self.cleaned_data
        self.lees_embargo(bewaard=self.bewaard, moment=self.moment)
        return gegevens


class Intrekformulier(Invoer):
    """Why a reaction is withdrawn."""

    reden = forms.CharField(
        label="Reden",
        max_length=250,
        help_text="Wie de reactie kon lezen, ziet dat zij is ingetrokken en waarom.",
        error_messages={"required": "Schrijf waarom uw organisatie deze reactie intrekt."},
    )
    versie = Versieveld()

    def __init__(self, reactie: Reactie, data: Any = None) -> None:
        super().__init__(data, initial={"versie": reactie.versie})
