"""Who is involved, and how a measure lives on in another."""

import datetime
from functools import partial
from typing import Any

from django import forms

from maatregelen.betrokkenheid import LENGTE_REDEN
from maatregelen.forms.grondslag import Datumveld, Invoer, Versieveld
from maatregelen.models import BetrokkenheidRol, Maatregel, Opvolgingsoort, Organisatie, Organisatiesoort
from maatregelen.models.maatregel import MaatregelQuerySet

VOORT, UIT = "voort", "uit"


class Organisatieveld(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An organisation, by its short and its full name."""

    def label_from_instance(self, obj: Organisatie) -> str:
        """AenM, Ministerie van Asiel en Migratie."""
        return obj.afkorting if obj.afkorting == obj.naam else f"{obj.afkorting}, {obj.naam}"


def met_ministeries_voorop(veld: forms.ModelChoiceField) -> list[tuple[Any, Any]]:  # type: ignore[type-arg]
    """The organisations of a field as choices: ministries first, because that is what is chosen most."""
    ministeries: list[tuple[int, str]] = []
    andere: list[tuple[int, str]] = []
    for organisatie in veld.queryset or ():
        doel = ministeries if organisatie.soort == Organisatiesoort.MINISTERIE else andere
        doel.append((organisatie.pk, veld.label_from_instance(organisatie)))
    return [("", "Kies een organisatie"), ("Ministeries", ministeries), ("Andere organisaties", andere)]


def organisatieveld(**opties: Any) -> Organisatieveld:
    """A field for one organisation; its choices are set when the form is made."""
    return Organisatieveld(
        queryset=Organisatie.objects.none(),
        error_messages={
            "required": "Kies een organisatie.",
            "invalid_choice": "Deze organisatie kan hier niet gekozen worden.",
        },
        **opties,
    )


def redenveld(hulp: str, leeg: str) -> forms.CharField:
    """A reason in one sentence."""
    return forms.CharField(label="Reden", help_text=hulp, max_length=LENGTE_REDEN, error_messages={"required": leeg})


class Trekkerformulier(Invoer):
    """Who becomes responsible: only organisations with people that exist today."""

    organisatie = organisatieveld(label="Trekker")
    reden = redenveld("Waarom deze organisatie?", "Schrijf waarom deze organisatie erbij komt.")
    versie = Versieveld()

    def __init__(self, maatregel: Maatregel, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, auto_id="trekker-%s", initial={"versie": maatregel.versie})
        veld: Any = self.fields["organisatie"]
        veld.queryset = Organisatie.objects.mogelijke_trekkers(vandaag)
        veld.choices = partial(met_ministeries_voorop, veld)


class Betrokkenheidformulier(Invoer):
    """An organisation, its role, since when, and why."""

    organisatie = organisatieveld(label="Organisatie")
    rol = forms.ChoiceField(
        label="Rol",
        choices=BetrokkenheidRol.choices,
        initial=BetrokkenheidRol.BETROKKEN,
        help_text="Verantwoordelijk: legt verantwoording af. Uitvoerder: voert uit. Betrokken: werkt of praat mee.",
    )
    vanaf = Datumveld(
        label="Vanaf", help_text="Eerste dag van de betrokkenheid.", error_messages={"required": "Kies een dag."}
    )
    reden = redenveld("Waaruit blijkt dat?", "Schrijf waarom deze organisatie erbij komt.")
    versie = Versieveld()

    def __init__(self, maatregel: Maatregel, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, initial={"versie": maatregel.versie, "vanaf": vandaag})
        veld: Any = self.fields["organisatie"]
        veld.queryset = Organisatie.objects.geldig(vandaag)
        veld.choices = partial(met_ministeries_voorop, veld)


class Eindeformulier(Invoer):
    """Per which day an organisation is no longer involved, and why."""

    per = Datumveld(
        label="Per", help_text="Eerste dag waarop het niet meer geldt.", error_messages={"required": "Kies een dag."}
    )
    reden = redenveld("Waardoor eindigt dit?", "Schrijf waarom deze organisatie er niet meer bij hoort.")

    def __init__(self, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, initial={"per": vandaag})


class Opvolgingformulier(Invoer):
    """How this measure lives on in a later one, or which earlier one it came from."""

    richting = forms.ChoiceField(
        label="Wat wilt u vastleggen?",
        choices=[(VOORT, "Deze maatregel leeft voort in een latere"), (UIT, "Deze maatregel komt uit een eerdere")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een van beide."},
    )
    ander = forms.CharField(
        label="Code van de andere maatregel",
        max_length=40,
        help_text="Bijvoorbeeld 2026-4-05.",
        error_messages={"required": "Vul de code van de andere maatregel in."},
    )
    soort = forms.ChoiceField(
        label="Hoe leeft zij voort?",
        choices=[("", "Kies"), *Opvolgingsoort.choices],
        error_messages={"required": "Kies hoe de maatregel voortleeft."},
    )
    toelichting = forms.CharField(label="Waaruit blijkt dat?", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, zichtbaar: MaatregelQuerySet, data: Any = None) -> None:
        super().__init__(data)
        self.zichtbaar = zichtbaar

    def clean_ander(self) -> Maatregel:
        """The other measure, among those the person may see."""
        code = self.cleaned_data["ander"].strip()
        maatregel = self.zichtbaar.filter(code=code).first()
        if maatregel is None:
            raise forms.ValidationError(f"Er is geen maatregel met code '{code}'. Een code ziet eruit als 2024-2-03.")
        return maatregel
