"""Following up: what became of an action, and of a decision."""

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from maatregelen.forms.betrokken import Organisatieveld, met_ministeries_voorop
from maatregelen.forms.grondslag import EERSTE_DAG, LAATSTE_DAG, Datumveld, Invoer, Versieveld
from maatregelen.forms.mijlpaal import Gelezen, gelezen
from maatregelen.models import Organisatie, Persoon
from maatregelen.models.grondslag import Dossierstuk
from regietafel.actiepunten import LENGTE_WIE, Deel, Trekker
from regietafel.models import Actiepunt, Terugkoppeling, Vergadering
from regietafel.models.vergadering import VergaderingQuerySet

LENGTE_TERMIJN: int = Actiepunt._meta.get_field("termijn_tekst").max_length or 0
MINSTE_DELEN, MEESTE_DELEN = 2, 10
WAT, WAAROM = "wat", "Schrijf in een zin waarom."


def _tekst(label: str, hulp: str, leeg: str, *, regels: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": regels}),
        error_messages={"required": leeg},
    )


class Bijformulier(Invoer):
    """A form about a record; it carries the version that was looked at."""

    versie = Versieveld()

    def __init__(self, stuk: Dossierstuk, data: Any = None, **begin: Any) -> None:
        super().__init__(data, initial={"versie": stuk.versie, **begin})


class Redenformulier(Bijformulier):
    """Only why."""

    reden = _tekst("Reden", "Eén zin: waarom?", WAAROM)


class Afrondformulier(Bijformulier):
    """On which day it was done, and what it brought."""

    op = Datumveld(label="Klaar op", error_messages={"required": "Kies de dag waarop het klaar was."})
    afronding = _tekst(
        "Wat heeft het opgeleverd?",
        "Een zin of twee; noem de brief, de afspraak of de link.",
        "Schrijf in een zin wat het heeft opgeleverd.",
    )


def _zet_organisaties(veld: Any, vandaag: datetime.date, leeg: str) -> None:
    veld.queryset = Organisatie.objects.mogelijke_trekkers(vandaag)
    veld.choices = partial(_met_leeg, veld, leeg)


def _met_leeg(veld: Any, leeg: str) -> list[tuple[Any, Any]]:
    return [("", leeg), *met_ministeries_voorop(veld)[1:]]


def _organisatie(label: str) -> Organisatieveld:
    return Organisatieveld(
        queryset=Organisatie.objects.none(),
        required=False,
        label=label,
        error_messages={"invalid_choice": "Deze organisatie kan hier niet gekozen worden."},
    )


class Overdraagformulier(Bijformulier):
    """To whom: an organisation, a person of it, or in words."""

    organisatie = _organisatie("Naar organisatie")
    persoon = forms.ModelChoiceField(
        queryset=Persoon.objects.none(),
        required=False,
        label="Persoon",
        help_text="Alleen als het op iemands naam moet komen; die ziet het dan op de eerste pagina.",
        empty_label="niemand in het bijzonder",
        error_messages={"invalid_choice": "Deze persoon kan hier niet gekozen worden."},
    )
    wie_tekst = forms.CharField(
        label="Wie, in woorden",
        required=False,
        max_length=LENGTE_WIE,
        help_text="Bijvoorbeeld: directeur Opvang, samen met de VNG.",
    )
    reden = _tekst("Reden", "Eén zin: waarom?", WAAROM)

    def __init__(
        self, actiepunt: Actiepunt, vandaag: datetime.date, mensen: Iterable[Persoon], data: Any = None
    ) -> None:
        super().__init__(actiepunt, data)
        _zet_organisaties(self.fields["organisatie"], vandaag, "geen organisatie")
        persoon: Any = self.fields["persoon"]
        persoon.queryset = mensen

    def trekker(self) -> Trekker:
        """Who was chosen."""
        gekozen = self.cleaned_data
        return Trekker(gekozen["organisatie"], gekozen["persoon"], gekozen["wie_tekst"])


class Verplaatsformulier(Bijformulier):
    """Another termijn in words, with what the words are taken to mean beside them, and why."""

    termijn_tekst = forms.CharField(
        label="Nieuwe termijn",
        max_length=LENGTE_TERMIJN,
        help_text="In de woorden van de afspraak: voor de zomer, uiterlijk 1 oktober, derde kwartaal 2026.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Schrijf wanneer het klaar is."},
    )
    peildatum = Datumveld(
        label="Gerekend vanaf",
        help_text="Woorden als 'dit najaar' tellen vanaf deze dag.",
        error_messages={"required": "Kies vanaf welke dag de woorden tellen."},
    )
    lezing = forms.ChoiceField(required=False, choices=[("0", "0"), ("1", "1")], label="Wat is bedoeld")
    reden = _tekst(
        "Reden", "Eén zin: waarom verandert de termijn? Later of eerder telt als verplaatsing, preciezer niet.", WAAROM
    )

    def __init__(self, actiepunt: Actiepunt, vandaag: datetime.date, data: Any = None, **getypt: Any) -> None:
        super().__init__(actiepunt, data, **{"peildatum": vandaag, **getypt})
        self._vandaag = vandaag

    def gelezen(self) -> Gelezen | None:
        """What the words in the field are taken to mean just now; None while there are no words."""
        tekst = str(self["termijn_tekst"].value() or "").strip()
        if not tekst or len(tekst) > LENGTE_TERMIJN:
            return None
        try:
            dag = self.fields["peildatum"].to_python(self["peildatum"].value())
        except ValidationError:
            dag = None
        dag = dag if dag and EERSTE_DAG <= dag <= LAATSTE_DAG else self._vandaag
        return gelezen(tekst, dag, keuze=str(self["lezing"].value() or "0"))


class Splitsformulier(Bijformulier):
    """The actions that take its place; `aantal` is how many rows the form has."""

    aantal = forms.IntegerField(widget=forms.HiddenInput, min_value=MINSTE_DELEN, max_value=MEESTE_DELEN)
    reden = _tekst("Reden", "Eén zin: waarom wordt dit gesplitst?", WAAROM)

    def __init__(self, actiepunt: Actiepunt, vandaag: datetime.date, data: Any = None, *, erbij: int = 0) -> None:
        ruw = str((data or {}).get("aantal", ""))
        geteld = int(ruw) if ruw.isascii() and ruw.isdecimal() and len(ruw) < 3 else MINSTE_DELEN
        self.hoeveel = max(MINSTE_DELEN, min(MEESTE_DELEN, geteld + erbij))
        if erbij and data is not None:
            data = data.copy()
            data["aantal"] = str(self.hoeveel)
        super().__init__(actiepunt, data, aantal=self.hoeveel)
        for nummer in range(1, self.hoeveel + 1):
            self.fields[f"wat{nummer}"] = forms.CharField(
                label="Wat moet er gebeuren?",
                required=nummer <= MINSTE_DELEN,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Schrijf wat er moet gebeuren."},
            )
            veld = _organisatie("Wie")
            _zet_organisaties(veld, vandaag, "nog niemand")
            self.fields[f"organisatie{nummer}"] = veld
            self.fields[f"wie{nummer}"] = forms.CharField(
                label="Wie, in woorden", required=False, max_length=LENGTE_WIE
            )
            self.fields[f"termijn{nummer}"] = forms.CharField(
                label="Termijn", required=False, max_length=LENGTE_TERMIJN, help_text="Leeg: zoals het nu is."
            )
        for veldnaam in self.fields.values():
            veldnaam.error_messages.setdefault("invalid_choice", "Kies iets uit de lijst.")

    @property
    def kan_meer(self) -> bool:
        """Whether one more row fits."""
        return self.hoeveel < MEESTE_DELEN

    def rijen(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each part, for the page."""
        namen = ("wat", "organisatie", "wie", "termijn")
        return [(nr, [self[f"{naam}{nr}"] for naam in namen]) for nr in range(1, self.hoeveel + 1)]

    def clean(self) -> dict[str, Any]:
        """A row with anything in it says what is to be done."""
        gegevens = super().clean() or self.cleaned_data
        for nummer in range(MINSTE_DELEN + 1, self.hoeveel + 1):
            iets = any(gegevens.get(f"{naam}{nummer}") for naam in ("organisatie", "wie", "termijn"))
            if iets and not gegevens.get(f"wat{nummer}"):
                self.add_error(f"wat{nummer}", "Schrijf wat er moet gebeuren.")
        return gegevens

    def delen(self) -> list[Deel]:
        """The parts as filled in, without empty rows."""
        g = self.cleaned_data
        return [
            Deel(g[f"wat{nr}"], Trekker(g[f"organisatie{nr}"], None, g[f"wie{nr}"]), g[f"termijn{nr}"])
            for nr in range(1, self.hoeveel + 1)
            if g[f"wat{nr}"].strip()
        ]


# --- Decisions


class Uitvoeringsformulier(Bijformulier):
    """On which day a decision was carried out, and what came of it."""

    op = Datumveld(label="Uitgevoerd op", error_messages={"required": "Kies de dag waarop het gedaan was."})
    uitkomst = _tekst(
        "Wat is ervan gekomen?", "Een zin of twee.", "Schrijf in een zin of twee wat ervan is gekomen.", regels=3
    )

    def __init__(self, rij: Terugkoppeling, data: Any = None) -> None:
        begin = {"op": rij.uitgevoerd_op, "uitkomst": rij.uitkomst} if rij.uitgevoerd_op else {}
        super().__init__(rij, data, **begin)


class Vergaderingveld(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A meeting, by its title and when it is."""

    def label_from_instance(self, obj: Vergadering) -> str:
        """Landelijke Regietafel, 11-06-2025."""
        wanneer = f"{obj.datum:%d-%m-%Y}" if obj.datum else obj.datum_tekst
        return f"{obj.titel}, {wanneer}"


def vergaderingveld(label: str, **opties: Any) -> Vergaderingveld:
    """A field for one meeting; its choices are set when the form is made."""
    return Vergaderingveld(
        queryset=Vergadering.objects.none(),
        label=label,
        empty_label="Kies een vergadering",
        error_messages={
            "required": "Kies een vergadering.",
            "invalid_choice": "Deze vergadering kan hier niet gekozen worden.",
        },
        **opties,
    )


class Aanvaardformulier(Bijformulier):
    """Which meeting accepted it."""

    vergadering = vergaderingveld(
        "Aanvaard in", help_text="De vergadering die hoorde wat ervan is gekomen, en daarmee instemde."
    )

    def __init__(self, rij: Terugkoppeling, vergaderingen: VergaderingQuerySet, data: Any = None) -> None:
        super().__init__(rij, data)
        veld: Any = self.fields["vergadering"]
        veld.queryset = vergaderingen


class Intrekformulier(Aanvaardformulier):
    """Which meeting withdrew it, and why."""

    vergadering = vergaderingveld("Ingetrokken in", help_text="De vergadering die het besluit introk.")
    reden = _tekst("Reden", "Eén zin: waarom?", WAAROM)
