"""A line of minutes as it is typed: one form for every kind, in which only the fields of the chosen kind count."""

import datetime
import re
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from maatregelen.forms.grondslag import ONVOLLEDIG, Datumveld, Invoer, Versieveld
from maatregelen.forms.mijlpaal import Gelezen, gelezen
from maatregelen.models import Maatregel, Organisatie, Status
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.termijninvoer import gelezen_als, lezingen
from regietafel.models import Actiesoort, Agendapunt, Besluitsoort, Inbrengsoort, Vergadering
from regietafel.notulen import ACTIE, BESLUIT, CIJFER, INBRENG, TREND, Notulenregel

LANGSTE_TEKST = 10_000
BESLUIT_VAN_DE_TAFEL = f"{BESLUIT}-{Besluitsoort.BESLUIT}"
SOORTEN: dict[str, list[tuple[str, str]]] = {
    "Inbreng": [(f"{INBRENG}-{waarde}", label) for waarde, label in Inbrengsoort.choices],
    "Besluit": [(f"{BESLUIT}-{waarde}", label) for waarde, label in Besluitsoort.choices],
    "Actie": [
        (f"{ACTIE}-{waarde}", "actiepunt" if waarde == Actiesoort.ACTIE else label)
        for waarde, label in Actiesoort.choices
    ],
    "Cijfer of trend": [(CIJFER, "cijfer"), (TREND, "trend in woorden")],
}
VAN_FAMILIE = {
    INBRENG: "Inbreng",
    BESLUIT: "Besluit",
    ACTIE: "Actie",
    CIJFER: "Cijfer of trend",
    TREND: "Cijfer of trend",
}
# Which fields count for which kind; the same words stand in the markup, where a style sheet shows only these.
VELDEN: dict[str, tuple[str, ...]] = {
    INBRENG: ("wie", "tekst", "maatregelen", "is_open"),
    BESLUIT: ("tekst", "maatregelen", "status_van", "status_naar", "status_per"),
    ACTIE: ("wie", "tekst", "termijn_tekst", "lezing", "maatregelen", "voor_vergadering"),
    CIJFER: ("naam", "waarde", "eenheid", "vorige_waarde", "maatregelen"),
    TREND: ("onderwerp", "duiding"),
}


class Getalveld(forms.DecimalField):
    """A number as the Dutch write it: 17.700 is seventeen thousand seven hundred, 13,5 is thirteen and a half."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(
            max_digits=16, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **opties
        )
        zin = "Schrijf een getal, zoals 15.000 of 13,5, met hoogstens twee cijfers achter de komma."
        self.error_messages |= {"invalid": zin, "max_decimal_places": zin, "max_digits": "Dit getal is te groot."}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; raises ValidationError for anything else."""
        if isinstance(value, str):
            value = value.strip().replace(" ", "")
            if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", value):
                value = value.replace(".", "")
            value = value.replace(",", ".")
        return super().to_python(value)


def getal_woorden(waarde: Decimal | None) -> str:
    """A number as it is typed: 15000, 13,5."""
    if waarde is None:
        return ""
    return format(waarde.normalize(), "f").replace(".", ",")


class Sleutelinvoer(forms.UUIDField):
    """The key by which a line is known, made by who types it."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG, "invalid": ONVOLLEDIG})


def _regelveld(label: str, *, lengte: int, hulp: str = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=lengte,
        required=False,
        help_text=hulp,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class Regelformulier(Invoer):
    """One line: its kind, and the fields of that kind."""

    sleutel = Sleutelinvoer()
    versie = Versieveld(required=False)
    soort = forms.ChoiceField(label="Soort", error_messages={"required": "Kies wat voor regel dit is."})
    wie = _regelveld("Wie", lengte=120, list="organisaties")
    naam = _regelveld("Wat het cijfer zegt", lengte=200)
    onderwerp = _regelveld("Onderwerp", lengte=200)
    duiding = _regelveld("Hoe het gaat", lengte=200)
    waarde = Getalveld(label="Waarde", required=False)
    eenheid = _regelveld("Eenheid", lengte=60)
    vorige_waarde = Getalveld(label="Was eerst", required=False)
    maatregelen = _regelveld("Maatregelen (codes)", lengte=500)
    tekst = forms.CharField(
        label="Tekst", required=False, max_length=LANGSTE_TEKST, widget=forms.Textarea(attrs={"rows": 2})
    )
    termijn_tekst = _regelveld("Wanneer, in woorden", lengte=250)
    lezing = forms.ChoiceField(required=False, choices=[("0", "0"), ("1", "1")], label="Wat is bedoeld")
    voor_vergadering = forms.ModelChoiceField(
        label="Voor welke vergadering", required=False, queryset=Vergadering.objects.none(), empty_label="geen"
    )
    is_open = forms.BooleanField(label="Nog zonder antwoord", required=False)
    status_van = _regelveld("Wijzig de status van (code)", lengte=60)
    status_naar = forms.ChoiceField(label="naar", required=False, choices=[("", "niet wijzigen"), *Status.choices])
    status_per = Datumveld(label="per", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        punt: Agendapunt,
        peildag: datetime.date,
        organisaties: Sequence[Organisatie],
        maatregelen: MaatregelQuerySet,
        vergaderingen: Sequence[Vergadering],
        regel: Notulenregel | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        merk = f"r{regel.regel.pk}{regel.familie}" if regel else f"p{punt.pk}"
        begin = invoer_van(regel) if regel else {"sleutel": uuid.uuid4()}
        super().__init__(data, auto_id=f"{merk}-%s", initial={**begin, **(initial or {})})
        self.punt, self.peildag, self.organisaties, self.zichtbaar, self.regel = (
            punt,
            peildag,
            organisaties,
            maatregelen,
            regel,
        )
        soort: Any = self.fields["soort"]
        if regel:
            soort.choices = [k for k in SOORTEN[VAN_FAMILIE[regel.familie]] if k[0].startswith(regel.familie)]
            for naam in ("status_van", "status_naar", "status_per"):
                del self.fields[naam]
        else:
            soort.choices = list(SOORTEN.items())
        naar: Any = self.fields["voor_vergadering"]
        if regel and regel.familie == ACTIE and regel.regel.voor_vergadering_id:
            naar.queryset = Vergadering.objects.filter(
                pk__in=[regel.regel.voor_vergadering_id, *(v.pk for v in vergaderingen)]
            )
        elif vergaderingen:
            naar.queryset = Vergadering.objects.filter(pk__in=[v.pk for v in vergaderingen])
            naar.choices = [("", "geen"), *((v.pk, v.titel) for v in vergaderingen)]
        else:
            del self.fields["voor_vergadering"]

    @property
    def familie(self) -> str:
        """The kind of line that was chosen, without its own kinds."""
        return str(self["soort"].value() or "").partition("-")[0]

    def gelezen(self) -> Gelezen | None:
        """What the words of a termijn are taken to mean just now; None while there are none."""
        woorden = str(self["termijn_tekst"].value() or "").strip()
        if not woorden or len(woorden) > 250:
            return None
        return gelezen(woorden, self.peildag, keuze=str(self["lezing"].value() or "0"))

    def vakken(self) -> list[tuple[forms.BoundField, str]]:
        """The visible fields in order, each with the kinds it counts for, as words for the style sheet."""
        uit = []
        for veld in self.visible_fields():
            if veld.name in ("soort", "lezing"):
                continue
            bij = [familie for familie, namen in VELDEN.items() if veld.name in namen]
            uit.append((veld, " ".join(bij)))
        return uit

    def clean(self) -> dict[str, Any]:
        """What the chosen kind needs, and nothing of the others: what is not shown does not count."""
        gegevens = super().clean() or self.cleaned_data
        familie = str(gegevens.get("soort", "")).partition("-")[0]
        tellend = VELDEN.get(familie, ())
        for naam in list(self.errors):
            if naam not in (*tellend, "soort", "sleutel", "versie", "__all__"):
                del self.errors[naam]
        nodig = {
            INBRENG: {"tekst": "Schrijf wat is ingebracht.", "wie": "Schrijf wie dit inbracht."},
            BESLUIT: {"tekst": "Schrijf wat is besloten."},
            ACTIE: {"tekst": "Schrijf wat er moet gebeuren."},
            CIJFER: {"naam": "Schrijf wat het cijfer zegt.", "waarde": "Vul het cijfer in. Geen cijfer is geen nul."},
            TREND: {"onderwerp": "Schrijf waar het over gaat.", "duiding": "Schrijf hoe het gaat."},
        }.get(familie, {})
        for naam, zin in nodig.items():
            if naam not in self.errors and gegevens.get(naam) in (None, ""):
                self.add_error(naam, zin)
        if "maatregelen" in tellend and "maatregelen" not in self.errors:
            self._lees_maatregelen(gegevens)
        if familie == BESLUIT and "status_van" in self.fields:
            self._lees_status(gegevens)
        if "wie" in tellend and "wie" not in self.errors:
            self._lees_wie(gegevens)
        return gegevens

    def _lees_wie(self, gegevens: dict[str, Any]) -> None:
        """An organisation that is known here, else the words."""
        woorden = gegevens.get("wie", "").strip()
        gezocht = woorden.casefold()
        gevonden = [o for o in self.organisaties if gezocht and gezocht in (o.afkorting.casefold(), o.naam.casefold())]
        if len(gevonden) > 1:
            gevonden = [o for o in gevonden if not o.is_opgeheven(self.peildag)] or gevonden
        if len(gevonden) > 1:
            self.add_error("wie", f"'{woorden}' kan meer dan één organisatie zijn. Schrijf de naam voluit.")
        gegevens["organisatie"] = gevonden[0] if len(gevonden) == 1 else None
        gegevens["wie_tekst"] = "" if gevonden else woorden

    def _zoek(self, codes: Sequence[str], veld: str) -> list[Maatregel]:
        """The measures with these codes, in this order; says it at the field when one is not there."""
        gevonden = {maatregel.code: maatregel for maatregel in self.zichtbaar.filter(code__in=codes)} if codes else {}
        if onbekend := [code for code in codes if code not in gevonden]:
            self.add_error(
                veld, f"Er is geen maatregel met code {', '.join(onbekend)}. Een code ziet eruit als 2024-2-03."
            )
        return [gevonden[code] for code in codes if code in gevonden]

    def _lees_maatregelen(self, gegevens: dict[str, Any]) -> None:
        codes = list(dict.fromkeys(re.split(r"[\s,;]+", gegevens.get("maatregelen", "").strip().lower())))
        gegevens["maatregelen"] = self._zoek([code for code in codes if code], "maatregelen")

    def _lees_status(self, gegevens: dict[str, Any]) -> None:
        code, naar = gegevens.get("status_van", "").strip().lower(), gegevens.get("status_naar", "")
        gegevens["status_maatregel"] = None
        if gegevens.get("soort") != BESLUIT_VAN_DE_TAFEL:
            return
        if bool(code) != bool(naar):
            self.add_error("status_naar" if code else "status_van", "Vul beide in, of maak beide leeg.")
        elif code and (gevonden := self._zoek([code], "status_van")):
            gegevens["status_maatregel"] = gevonden[0]


def invoer_van(regel: Notulenregel) -> dict[str, Any]:
    """What the form of a line holds, as it was typed; plain texts and numbers, for pages and for a browser alike."""
    rij = regel.regel
    velden: dict[str, Any] = {"sleutel": str(rij.sleutel), "versie": rij.versie}
    velden["soort"] = f"{regel.familie}-{rij.soort}" if hasattr(rij, "soort") else regel.familie
    if regel.familie == CIJFER:
        velden |= {
            "naam": rij.naam,
            "waarde": getal_woorden(rij.waarde),
            "eenheid": rij.eenheid,
            "vorige_waarde": getal_woorden(rij.vorige_waarde),
        }
    elif regel.familie == TREND:
        velden |= {"onderwerp": rij.onderwerp, "duiding": rij.duiding}
    else:
        velden["tekst"] = regel.tekst
    if regel.familie in (INBRENG, ACTIE):
        velden["wie"] = rij.organisatie.afkorting if rij.organisatie else regel.wie
    if regel.familie == INBRENG:
        velden["is_open"] = rij.is_open
    if regel.familie == ACTIE:
        velden |= {"termijn_tekst": rij.termijn_tekst, "voor_vergadering": rij.voor_vergadering_id or ""}
        if rij.termijn_tekst and len(lezingen(rij.termijn_tekst, rij.peildatum)) > 1:
            velden["lezing"] = str(gelezen_als(rij) or 0)
    if regel.familie != TREND:
        velden["maatregelen"] = " ".join(maatregel.code for maatregel in regel.maatregelen)
    return velden


class Besprekingformulier(Invoer):
    """The running text of a point."""

    versie = Versieveld()
    bespreking = forms.CharField(
        label="Bespreking",
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Deze tekst is te lang voor één punt."},
    )

    def __init__(self, data: Any = None, *, punt: Agendapunt) -> None:
        super().__init__(data, auto_id=f"t{punt.pk}-%s", initial={"versie": punt.versie, "bespreking": punt.bespreking})

    def clean_bespreking(self) -> str:
        """The text with the line ends of here: browsers send them as a typewriter does."""
        return str(self.cleaned_data["bespreking"]).replace("\r\n", "\n").replace("\r", "\n").rstrip()


class Verwijderformulier(Invoer):
    """Which version of the line was looked at."""

    versie = Versieveld()


class Addendumformulier(Invoer):
    """What is added to adopted minutes: where it belongs, what, why."""

    agendapunt = forms.ModelChoiceField(
        label="Bij punt", required=False, queryset=Agendapunt.objects.none(), empty_label="de vergadering als geheel"
    )
    tekst = forms.CharField(
        label="Verbetering of aanvulling",
        max_length=LANGSTE_TEKST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schrijf de verbetering of aanvulling."},
    )
    reden = forms.CharField(
        label="Waarom", max_length=250, error_messages={"required": "Schrijf waarom dit wordt toegevoegd."}
    )

    def __init__(self, vergadering: Vergadering, data: Any = None) -> None:
        super().__init__(data)
        veld: Any = self.fields["agendapunt"]
        veld.queryset = Agendapunt.objects.filter(vergadering=vergadering).order_by("volgorde", "id")
