"""A milestone: what must be ready, and its termijn in words, with what the words are taken to mean beside them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from maatregelen.forms.grondslag import EERSTE_DAG, LAATSTE_DAG, Stukformulier, veld_voor
from maatregelen.models import Maatregel, Mijlpaal, Wetsfase
from maatregelen.termijnen import Lezing, uitleg
from maatregelen.termijninvoer import Zelfbepaald, gelezen_als, lezingen, velden_van

EENMALIG = "geen"
HERHALINGEN = (
    ("", "zoals in de woorden"),
    (EENMALIG, "eenmalig"),
    ("P1W", "elke week"),
    ("P2W", "elke 2 weken"),
    ("P1M", "elke maand"),
    ("P3M", "elk kwartaal"),
    ("P6M", "elk half jaar"),
    ("P1Y", "elk jaar"),
    ("P2Y", "elke 2 jaar"),
)
ZELF = ("begin", "einde", "precisie", "relatie")
# What decides the days together: who leaves all of these alone takes over what another person made of them.
TERMIJNVELDEN = ("termijn_tekst", "peildatum", "lezing", "herhaling", "hangt_aan", *ZELF)
# Where a matter module says something of a field that this form shows as another one.
PLAATS_VAN_FOUT = {"na_mijlpaal": "hangt_aan", "na_fase": "hangt_aan"}


@dataclass(frozen=True)
class Keuzelezing:
    """One way to read the words: its number, the days, by what they are judged, and whether it is the one meant."""

    nummer: str
    dagen: str
    oordeel: str
    gekozen: bool


@dataclass(frozen=True)
class Gelezen:
    """What words are taken to mean, for under the field: a sentence, or two judgements to choose from."""

    zin: str
    keuzes: tuple[Keuzelezing, ...] = ()
    gebeurtenis: str = ""


def _oordeel(lezing: Lezing) -> str:
    if lezing.begin is None and lezing.einde is not None:
        if (lezing.einde.month, lezing.einde.day) == (6, 20):
            return "de zomer begint op 21 juni"
        if lezing.einde.month == 7:
            return "de laatste dag voor het zomerreces van de Tweede Kamer"
    return ""


def gelezen(tekst: str, peildatum: datetime.date, *, keuze: str = "0") -> Gelezen:
    """What the words come to, counted from the day; `keuze` is the judgement that was chosen. Pure."""
    gevonden = lezingen(tekst, peildatum)
    if len(gevonden) == 1:
        return Gelezen(uitleg(gevonden[0]), gebeurtenis=gevonden[0].gebeurtenis)
    return Gelezen(
        "De woorden kunnen twee dingen betekenen. Wat is bedoeld?",
        tuple(
            Keuzelezing(str(nummer), uitleg(lezing), _oordeel(lezing), str(nummer) == keuze)
            for nummer, lezing in enumerate(gevonden)
        ),
    )


def _waaraan(instance: Mijlpaal) -> str:
    if instance.na_mijlpaal_id is not None:
        return f"m{instance.na_mijlpaal_id}"
    return f"f{instance.na_fase}" if instance.na_fase else ""


class Mijlpaalformulier(Stukformulier):
    lezing = forms.ChoiceField(required=False, choices=[("0", "0"), ("1", "1")], label="Wat is bedoeld")
    herhaling = forms.ChoiceField(label="Herhaling", required=False, choices=HERHALINGEN)
    hangt_aan = forms.ChoiceField(
        label="Hangt aan",
        required=False,
        help_text="Voor woorden als 'binnen drie maanden na inwerkingtreding': de termijn krijgt haar datum zodra dit "
        "gebeurt.",
        error_messages={"invalid_choice": "Kies een mijlpaal van deze agenda of een fase van het wetstraject."},
    )
    reden = forms.CharField(
        label="Waarom verandert de termijn?",
        required=False,
        max_length=5000,
        help_text="Nodig als de datum later of eerder wordt of vervalt. Preciezer maken heeft geen reden nodig.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_herstel = forms.BooleanField(
        label="Dit herstelt een invoerfout",
        required=False,
        help_text="Het telt dan niet als verplaatsing. Schrijf hierboven wat er fout was.",
    )

    class Meta:
        model = Mijlpaal
        fields = (
            "omschrijving", "termijn_tekst", "peildatum", "begin", "einde", "precisie", "relatie", "herhaling",
            "hardheid", "voor_wie", "cyclus", "bron", "toelichting", "regel_van", "regel_tot",
        )  # fmt: skip
        formfield_callback = veld_voor

    def __init__(self, *args: Any, maatregel: Maatregel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.maatregel = maatregel
        self._termijn: dict[str, Any] = {}
        tekst = self.fields["termijn_tekst"]
        tekst.help_text = (
            "Zoals afgesproken: voor de zomer, tweede helft 2026, binnen drie maanden na inwerkingtreding."
        )
        tekst.widget.attrs["autocomplete"] = "off"
        for naam in ("precisie", "relatie"):
            veld: Any = self.fields[naam]
            veld.required = False
            veld.choices = [("", "volgt uit de dagen"), *(keuze for keuze in veld.choices if keuze[0])]
        self.fields["begin"].help_text = "Leeg als alleen een uiterste dag is afgesproken."
        if not self.instance.pk:
            self.initial.setdefault("peildatum", timezone.localdate())
            for naam in ("reden", "is_herstel"):
                del self.fields[naam]
        else:
            self._zet_huidige(kwargs.get("initial") or {})
        self._zet_gebeurtenissen()

    def _zet_huidige(self, getypt: Mapping[str, Any]) -> None:
        """The termijn as it is: by its words alone, or by what was decided beside them."""
        nu: Mijlpaal = self.instance
        zelf = Zelfbepaald.van(nu)
        uit_woorden = lezingen(nu.termijn_tekst, nu.peildatum)[0].herhaling
        begin = {
            **{naam: getattr(zelf, naam) for naam in ZELF},
            "lezing": str(gelezen_als(nu) or 0),
            "herhaling": "" if nu.herhaling == uit_woorden else nu.herhaling or EENMALIG,
            "hangt_aan": _waaraan(nu),
        }
        self.initial.update({naam: waarde for naam, waarde in begin.items() if naam not in getypt})
        if nu.herhaling not in dict(HERHALINGEN):
            veld: Any = self.fields["herhaling"]
            veld.choices = [*HERHALINGEN, (nu.herhaling, nu.herhaling)]

    def _zet_gebeurtenissen(self) -> None:
        anderen = (
            Mijlpaal.objects.filter(maatregel__pijler__agenda=self.maatregel.pijler.agenda_id)
            .exclude(pk=self.instance.pk or 0)
            .order_by("maatregel__code", "pk")
            .values_list("pk", "maatregel__code", "omschrijving")
        )
        veld: Any = self.fields["hangt_aan"]
        veld.choices = [
            ("", "nergens aan"),
            ("Fase van het wetstraject van deze maatregel", [(f"f{fase.value}", fase.label) for fase in Wetsfase]),
            ("Mijlpaal van deze agenda", [(f"m{pk}", f"{code}: {wat}") for pk, code, wat in anderen]),
        ]
        veld.widget.attrs["class"] = "keuzelijst-breed"

    def _peildatum(self) -> datetime.date:
        try:
            dag = self.fields["peildatum"].to_python(self["peildatum"].value())
        except ValidationError:
            dag = None
        return dag if dag and EERSTE_DAG <= dag <= LAATSTE_DAG else timezone.localdate()

    def gelezen(self) -> Gelezen | None:
        """What the words in the field are taken to mean just now; None while there are no words."""
        tekst = str(self["termijn_tekst"].value() or "").strip()
        if not tekst or len(tekst) > (Mijlpaal._meta.get_field("termijn_tekst").max_length or 0):
            return None
        return gelezen(tekst, self._peildatum(), keuze=str(self["lezing"].value() or "0"))

    def is_zelf_open(self) -> bool:
        """Whether something was decided beside the words, or is wrong there."""
        return any(self[naam].value() or self[naam].errors for naam in (*ZELF, "herhaling", "hangt_aan"))

    def is_meer_open(self) -> bool:
        """Whether more is known of this milestone, or something is wrong there."""
        namen = ("voor_wie", "cyclus", "bron", "toelichting", "regel_van", "regel_tot")
        return any(self[naam].value() or self[naam].errors for naam in namen)

    def clean(self) -> dict[str, Any]:
        """Words with the days that follow from them, or days given by hand that can be; source lines that fit."""
        gegevens = super().clean() or self.cleaned_data
        self.controleer_regels()
        if any(naam in self.errors for naam in (*TERMIJNVELDEN, "lezing")):
            return gegevens
        zelf = Zelfbepaald(gegevens["begin"], gegevens["einde"], gegevens["precisie"], gegevens["relatie"])
        try:
            self._termijn = velden_van(
                gegevens["termijn_tekst"],
                gegevens["peildatum"],
                zelf=zelf,
                ander=gegevens["lezing"] == "1",
                waaraan="hangt_aan" if gegevens["hangt_aan"] else "",
            )
        except ValidationError as fout:
            for naam, zinnen in fout.message_dict.items():
                self.fout(naam, zinnen[0])
        return gegevens

    def velden(self) -> dict[str, Any]:
        """The model fields as filled in: the days from the words or by hand, and on what the termijn hangs."""
        gegevens = {**super().velden(), **self._termijn}
        if herhaling := self.cleaned_data["herhaling"]:
            gegevens["herhaling"] = "" if herhaling == EENMALIG else herhaling
        waaraan = self.cleaned_data["hangt_aan"]
        gegevens["na_fase"] = waaraan[1:] if waaraan.startswith("f") else ""
        gegevens["na_mijlpaal"] = Mijlpaal.objects.get(pk=int(waaraan[1:])) if waaraan.startswith("m") else None
        nu: Mijlpaal = self.instance
        zelfde = ("termijn_tekst", "peildatum")
        if nu.pk and not waaraan and not any(naam in self.changed_data for naam in zelfde):
            # The same words: what a document said of length and event beside them stays.
            for naam in ("duur", "gebeurtenis"):
                del gegevens[naam]
        return gegevens
