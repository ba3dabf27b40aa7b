"""How the beheerder sets reminding: the steps per kind of termijn, and who is told when nothing happens."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from maatregelen.forms.grondslag import ONVOLLEDIG, Invoer, Versieveld
from maatregelen.herinnerschema import LANGST, MEESTE_ESCALATIES, Escalatiestap, Regel
from maatregelen.models import Escalatiedoel, Fijnheid, Persoon

PERSOON = "persoon-"
LEGE_RIJEN = 2


class Dagenveld(forms.CharField):
    """Days before a deadline, as one types them: 30, 14, 7, 1, 0."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(required=False, max_length=200, **opties)
        self.error_messages["max_length"] = "Kies hoogstens twaalf momenten."

    def prepare_value(self, value: Any) -> Any:
        """Numbers with commas; what was typed stays as typed."""
        return ", ".join(str(dag) for dag in value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> list[int]:
        """The days, most first. Raises ValidationError for what is no whole number of days."""
        delen = [deel for deel in re.split(r"[\s,;]+", str(super().clean(value))) if deel]
        for deel in delen:
            if not re.fullmatch(r"[0-9]{1,4}", deel):
                raise forms.ValidationError(
                    f"'{deel[:20]}' is geen aantal dagen. Schrijf hele getallen met een komma ertussen, "
                    "zoals 30, 14, 7, 1, 0."
                )
        return sorted({int(deel) for deel in delen}, reverse=True)


def _aantal(label: str, hulp: str, leeg: str, vanaf: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hulp,
        min_value=vanaf,
        max_value=LANGST,
        error_messages={
            "required": leeg,
            "invalid": "Schrijf een heel aantal dagen, zoals 7.",
            "min_value": "Kies 1 dag of meer." if vanaf else "Kies 0 dagen of meer.",
            "max_value": f"Kies hoogstens {LANGST} dagen.",
        },
    )


class Regelformulier(Invoer):
    """The steps of one kind of termijn: only what means something for that kind is asked."""

    vooraf = Dagenveld(
        label="Dagen vooraf",
        help_text="Met een komma ertussen, zoals 30, 14, 7, 1, 0. De 0 is de uiterste dag zelf. Leeg: vooraf niets.",
    )
    stil_na_begin = _aantal(
        "Stil aan het begin", "Zoveel dagen na het begin van een periode gaat er niets uit.", "0 is: niet stil."
    )
    daarna_elke = _aantal(
        "Daarna elke",
        "Om de hoeveel dagen na de uiterste dag. 0 is één keer.",
        "Vul in om de hoeveel dagen; 0 is één keer.",
    )
    stopt_na = _aantal(
        "Stopt na", "Zoveel dagen na de uiterste dag. 0 is: daarna niets.", "Vul in na hoeveel dagen het stopt."
    )
    vaag_na = _aantal(
        "Al lang vaag na",
        "Zoveel dagen na de datum van de tekst heet een termijn zonder dag 'al lang vaag'.",
        "Vul in na hoeveel dagen.",
    )
    versie = Versieveld()

    def __init__(self, regel: Regel, data: Any = None) -> None:
        super().__init__(data, initial=regel.als_invoer())
        self.regel = regel
        vaag, dag = regel.fijnheid == Fijnheid.VAAG, regel.fijnheid == Fijnheid.DAG
        weg = ["vooraf", "stil_na_begin", "daarna_elke", "stopt_na"] if vaag else ["vaag_na"]
        for naam in [*weg, *(["stil_na_begin"] if dag else [])]:
            del self.fields[naam]

    def stappen(self) -> dict[str, Any]:
        """All steps: as filled in, and what was not asked as it stands."""
        namen = ("vooraf", "stil_na_begin", "daarna_elke", "stopt_na", "vaag_na")
        return {naam: self.cleaned_data.get(naam, getattr(self.regel, naam)) for naam in namen}


class Escalatieformulier(Invoer):
    """The steps of a chain, a row each: after so many days, to whom. Rows that are left empty do not count."""

    gezien = forms.CharField(widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG})

    def __init__(
        self, stappen: Sequence[Escalatiestap], mensen: Iterable[Persoon], kenmerk: str, data: Any = None
    ) -> None:
        super().__init__(data, auto_id="stap-%s", initial={"gezien": kenmerk})
        self.mensen = {persoon.pk: persoon for persoon in mensen}
        for stap in stappen:
            if stap.persoon is not None:
                # Whoever stands there stays to be seen, also when that person has left.
                self.mensen.setdefault(stap.persoon.pk, stap.persoon)
        keuzes = [
            ("", "Kies wie"),
            *((doel.value, doel.label) for doel in Escalatiedoel if doel != Escalatiedoel.PERSOON),
            ("Een vaste persoon", [(f"{PERSOON}{pk}", f"{p.functie} ({p.email})") for pk, p in self.mensen.items()]),
        ]
        gestuurd = sum(f"dagen_{n}" in data for n in range(MEESTE_ESCALATIES)) if data is not None else 0
        self.hoeveel = min(max(gestuurd, len(stappen) + LEGE_RIJEN), MEESTE_ESCALATIES)
        for n in range(self.hoeveel):
            stap_nu = stappen[n] if n < len(stappen) else None
            dagen = _aantal(f"Stap {n + 1}: na hoeveel dagen", "", "", vanaf=1)
            naar = forms.ChoiceField(
                label=f"Stap {n + 1}: naar wie", choices=keuzes, required=False,
                error_messages={"invalid_choice": "Deze persoon kan hier niet gekozen worden."},
            )  # fmt: skip
            dagen.required = False
            self.fields[f"dagen_{n}"], self.fields[f"naar_{n}"] = dagen, naar
            if stap_nu is not None:
                self.initial[f"dagen_{n}"] = stap_nu.na_dagen
                self.initial[f"naar_{n}"] = f"{PERSOON}{stap_nu.persoon.pk}" if stap_nu.persoon else stap_nu.doel

    def rijen(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each row."""
        return [(self[f"dagen_{n}"], self[f"naar_{n}"]) for n in range(self.hoeveel)]

    def clean(self) -> dict[str, Any]:
        """A row has both or none."""
        gegevens = super().clean() or self.cleaned_data
        for n in range(self.hoeveel):
            dagen, naar = f"dagen_{n}", f"naar_{n}"
            if dagen in self.errors or naar in self.errors:
                continue
            if gegevens[naar] and gegevens[dagen] is None:
                self.add_error(dagen, "Vul in na hoeveel dagen.")
            elif gegevens[dagen] is not None and not gegevens[naar]:
                self.add_error(naar, "Kies naar wie.")
        return gegevens

    def stappen(self) -> list[Escalatiestap]:
        """The rows that were filled in, by days."""
        uit = []
        for n in range(self.hoeveel):
            dagen, naar = self.cleaned_data[f"dagen_{n}"], cast(str, self.cleaned_data[f"naar_{n}"])
            if not naar:
                continue
            if naar.startswith(PERSOON):
                uit.append(
                    Escalatiestap(dagen, str(Escalatiedoel.PERSOON), self.mensen[int(naar.removeprefix(PERSOON))])
                )
            else:
                uit.append(Escalatiestap(dagen, naar))
        return sorted(uit, key=lambda stap: stap.na_dagen)
