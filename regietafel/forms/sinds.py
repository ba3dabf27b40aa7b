"""From when to when, and of whom: the questions of the page about what changed."""

import datetime
from typing import Any

from django import forms

from maatregelen.models import Organisatie, Pijler
from regietafel.models import Vergadering
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.sinds import EERSTE_KEER, Wending

GEEN_MOMENT = "'%(waarde)s' is geen vergadering met een datum en geen dag. Kies er een, of schrijf JJJJ-MM-DD."


class Moment(forms.ChoiceField):
    """A held meeting (by its name in addresses) or a day; answers the day."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(required=False, **extra)
        self.vergaderingen: dict[str, Vergadering] = {}

    def toon(self, vergaderingen: list[Vergadering], gekozen: str) -> None:
        """Offer these meetings, and the day that was asked for when it is none of theirs."""
        self.vergaderingen = {rij.slug: rij for rij in vergaderingen}
        keuzes = [(rij.slug, rij.titel) for rij in vergaderingen]
        if gekozen and gekozen not in self.vergaderingen and (dag := _dag(gekozen)):
            keuzes.append((gekozen, f"{dag:%d-%m-%Y}"))
        self.choices = [("", "vandaag" if self.label == "Tot en met" else "de vorige vergadering"), *keuzes]

    def valid_value(self, value: Any) -> bool:
        """A meeting that was held on a known day, or a day."""
        return value in self.vergaderingen or _dag(value) is not None

    def clean(self, value: Any) -> Any:
        """The day, or None. Raises ValidationError for what is neither."""
        ruw = self.to_python(value)
        if not ruw:
            return None
        if not self.valid_value(ruw):
            raise forms.ValidationError(GEEN_MOMENT, params={"waarde": ruw})
        vergadering = self.vergaderingen.get(ruw)
        return vergadering.datum if vergadering else _dag(ruw)


def _dag(waarde: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(waarde) if len(waarde) == len("JJJJ-MM-DD") else None
    except ValueError:
        return None


class SindsForm(forms.Form):
    """What changed between when and when; all by the address."""

    van = Moment(label="Sinds")
    vanDag = forms.DateField(  # noqa: N815  keys of addresses are camelCase
        label="of sinds een andere dag",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tot = Moment(label="Tot en met")
    totDag = forms.DateField(  # noqa: N815  keys of addresses are camelCase
        label="of tot en met een andere dag",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    organisatie = forms.ModelChoiceField(
        Organisatie.objects.none(), to_field_name="slug", required=False, label="Van wie", empty_label="iedereen"
    )
    pijler = forms.ModelChoiceField(Pijler.objects.none(), required=False, label="Pijler", empty_label="alle pijlers")
    soort = forms.ChoiceField(label="Wat", required=False, choices=[("", "alles"), *Wending.choices])

    def __init__(
        self,
        data: Any,
        *,
        vergaderingen: VergaderingQuerySet,
        organisaties: Any,
        pijlers: Any,
        vandaag: datetime.date,
    ) -> None:
        """`vergaderingen`, `organisaties`, `pijlers`: what this person may see."""
        super().__init__(data)
        self.vandaag = vandaag
        gehouden = list(
            vergaderingen.geweest().exclude(datum=None).filter(datum__lte=vandaag).order_by("-datum", "-id")
        )
        self.gehouden = gehouden
        for naam in ("van", "tot"):
            veld = self.fields[naam]
            if isinstance(veld, Moment):
                veld.toon(gehouden, data.get(naam, ""))
        self.fields["organisatie"].queryset = organisaties  # type: ignore[attr-defined]
        self.fields["pijler"].queryset = pijlers  # type: ignore[attr-defined]
        self.fields["pijler"].label_from_instance = lambda rij: f"{rij.agenda.slug}: {rij}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both days, filled in: until today, since the meeting before that. Raises for the future, or backwards."""
        uit = super().clean() or {}
        if self.errors:
            return uit
        uit["tot"] = uit.get("totDag") or uit.get("tot") or self.vandaag
        eerder = [rij.datum for rij in self.gehouden if rij.datum and rij.datum < uit["tot"]]
        # Before the first meeting there is none to look back to.
        uit["van"] = uit.get("vanDag") or uit.get("van") or (eerder[0] if eerder else uit["tot"] - EERSTE_KEER)
        if uit["tot"] > self.vandaag:
            self.add_error("tot", "Dit ligt in de toekomst. Kies vandaag of een dag die is geweest.")
        elif uit["van"] > uit["tot"]:
            self.add_error("van", "Het begin ligt na het einde. Wissel de twee om.")
        return uit
