"""A meeting: when (a day, or words that are read), its state, and who was there."""

import datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from maatregelen.forms.betrokken import Organisatieveld, met_ministeries_voorop, organisatieveld
from maatregelen.forms.grondslag import Datumveld, Invoer, Stukformulier, Versieveld, veld_voor
from maatregelen.forms.inhoud import ADRESNAAM
from maatregelen.forms.mijlpaal import Gelezen, gelezen
from maatregelen.models import Organisatie
from maatregelen.termijninvoer import Zelfbepaald, velden_van
from regietafel.models import (
    Aanwezigheid,
    Deelname,
    Reeks,
    Reekslid,
    Reekspunt,
    Vergadering,
    Vergaderstaat,
    Vervangingsoort,
)
from regietafel.vergadercyclus import GERESERVEERD, toegestaan

ZELF = ("schatting_van", "schatting_tot")


def _met_tijd(modelveld: Any, **opties: Any) -> forms.Field | None:
    """As veld_voor, with the browser's own field for a time."""
    veld = veld_voor(modelveld, **opties)
    if isinstance(veld, forms.TimeField):
        veld.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        veld.error_messages["invalid"] = "Schrijf de tijd als uren en minuten, zoals 14:30."
    return veld


class Vergaderformulier(Stukformulier):
    """When and what kind; the words are read into an estimate unless that is given by hand."""

    alleen_nieuw = ("met_punten", "met_leden")
    lezing = forms.ChoiceField(required=False, choices=[("0", "0"), ("1", "1")], label="Wat is bedoeld")
    met_punten = forms.BooleanField(required=False, initial=True, label="Neem de vaste agendapunten van de reeks over")
    met_leden = forms.BooleanField(required=False, initial=True, label="Neem de leden over die op die dag lid zijn")

    class Meta:
        model = Vergadering
        fields = (
            "reeks", "soort", "titel", "datum", "datum_tekst", "schatting_van", "schatting_tot", "begintijd",
            "duur_minuten", "plaats", "documentdatum", "kenmerk", "secretariaat", "toelichting",
        )  # fmt: skip
        formfield_callback = _met_tijd

    def __init__(self, *args: Any, vandaag: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        reeks: Any = self.fields["reeks"]
        reeks.queryset = Reeks.objects.all()
        reeks.empty_label = "geen reeks"
        self.fields["datum"].help_text = "De dag van de vergadering, als die vaststaat."
        self.fields["datum_tekst"].label = "of in woorden"
        self.fields["datum_tekst"].help_text = "Zolang de dag niet vaststaat: voor de zomer, begin maart."
        self.fields["datum_tekst"].widget.attrs["autocomplete"] = "off"
        self.fields["schatting_van"].help_text = ""
        self.fields["schatting_tot"].help_text = ""
        self.fields["duur_minuten"].widget.attrs["min"] = 5
        if not self.instance.pk:
            self.fields["titel"].required = False
            self.fields["titel"].help_text = "Leeg: de naam van de reeks en de dag."
            self.fields["duur_minuten"].help_text = self.fields["plaats"].help_text = "Leeg: zoals in de reeks."

    def gelezen(self) -> Gelezen | None:
        """What the words in the field are taken to mean just now, when that is what decides."""
        tekst = str(self["datum_tekst"].value() or "").strip()
        if not tekst or (self.instance.pk and tekst == self.instance.datum_tekst):
            return None
        return gelezen(tekst, self.vandaag, keuze=str(self["lezing"].value() or "0"))

    def is_zelf_open(self) -> bool:
        """Whether an estimate was given by hand, or is wrong there."""
        return any(self[naam].value() or self[naam].errors for naam in ZELF)

    def is_meer_open(self) -> bool:
        """Whether something is wrong among what seldom is filled in."""
        return any(self[naam].errors for naam in ("kenmerk", "secretariaat", "toelichting", "documentdatum"))

    def clean(self) -> dict[str, Any]:
        """A day or words; the estimate from the words, unless it was given; a title that says what it is."""
        gegevens = super().clean() or self.cleaned_data
        if any(naam in self.errors for naam in ("datum", "datum_tekst", "lezing", *ZELF)):
            return gegevens
        if not gegevens.get("datum") and not gegevens.get("datum_tekst", "").strip():
            self.fout("datum", "Kies een dag, of schrijf hieronder in woorden wanneer het ongeveer is.")
            return gegevens
        self._lees_schatting(gegevens)
        if not gegevens.get("titel", "").strip() and "titel" not in self.errors:
            if gegevens.get("reeks"):
                gegevens["titel"] = self._titel(gegevens)
            else:
                self.fout("titel", "Schrijf hoe de vergadering heet, of kies een reeks.")
        return gegevens

    def _lees_schatting(self, gegevens: dict[str, Any]) -> None:
        woorden_nieuw = not self.instance.pk or "datum_tekst" in self.changed_data
        zelf_anders = any(naam in self.changed_data for naam in ZELF)
        if not woorden_nieuw or not gegevens["datum_tekst"]:
            if not gegevens["datum_tekst"]:
                gegevens["schatting_van"] = gegevens["schatting_tot"] = None
            elif gegevens["schatting_van"] and gegevens["schatting_tot"]:
                self._controleer_volgorde(gegevens)
            return
        # New words, and an estimate that still is the one of the former words: the words decide.
        zelf = Zelfbepaald(gegevens["schatting_van"], gegevens["schatting_tot"]) if zelf_anders else Zelfbepaald()
        try:
            termijn = velden_van(gegevens["datum_tekst"], self.vandaag, zelf=zelf, ander=gegevens["lezing"] == "1")
        except ValidationError:
            self._controleer_volgorde(gegevens)
            return
        gegevens["schatting_van"], gegevens["schatting_tot"] = termijn["begin"], termijn["einde"]

    def _controleer_volgorde(self, gegevens: dict[str, Any]) -> None:
        if gegevens["schatting_tot"] < gegevens["schatting_van"]:
            self.fout("schatting_tot", "De laatste dag kan niet voor de eerste liggen.")

    def _titel(self, gegevens: dict[str, Any]) -> str:
        wanneer = f"van {date_format(gegevens['datum'], 'j F Y')}" if gegevens["datum"] else gegevens["datum_tekst"]
        return f"{gegevens['reeks'].naam} {wanneer}"[:200]


class Staatformulier(Invoer):
    """The next state, or a step back with a reason; which moves exist is for the writer of the state to say."""

    staat = forms.CharField(
        label="Nieuwe staat", widget=forms.RadioSelect, error_messages={"required": "Kies de nieuwe staat."}
    )
    vastgesteld_in = forms.ModelChoiceField(
        label="Vastgesteld door",
        queryset=Vergadering.objects.none(),
        required=False,
        empty_label="Kies de vergadering",
        help_text="Alleen bij 'verslag vastgesteld': de latere vergadering die het verslag vaststelde.",
    )
    per = Datumveld(
        label="Per", help_text="Dag waarop dit inging.", error_messages={"required": "Kies de dag waarop dit inging."}
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        help_text="Nodig als u een stap teruggaat.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    versie = Versieveld()

    def __init__(
        self, vergadering: Vergadering, vaststellers: list[Vergadering], vandaag: datetime.date, data: Any = None
    ) -> None:
        super().__init__(data, initial={"versie": vergadering.versie, "per": vandaag})
        keuzes = [(staat.value, staat.label) for staat in toegestaan(vergadering.staat)]
        # A single-choice widget on a text field: the meeting may have moved since the page was made.
        self.fields["staat"].widget.choices = keuzes
        if keuzes:
            self.initial["staat"] = keuzes[0][0]
        if Vergaderstaat.VERSLAG_VASTGESTELD not in toegestaan(vergadering.staat):
            del self.fields["vastgesteld_in"]
            return
        veld: Any = self.fields["vastgesteld_in"]
        veld.queryset = Vergadering.objects.filter(pk__in=[rij.pk for rij in vaststellers])
        if len(vaststellers) == 1:
            self.initial["vastgesteld_in"] = vaststellers[0].pk


def _kies_uit_organisaties(veld: Any, leeg: str) -> None:
    veld.queryset = Organisatie.objects.echt()
    veld.choices = partial(_met_leeg, veld, leeg)


def _met_leeg(veld: Any, leeg: str) -> list[tuple[Any, Any]]:
    return [("", leeg), *met_ministeries_voorop(veld)[1:]]


class Deelnemerformulier(Stukformulier):
    class Meta:
        model = Deelname
        fields = (
            "organisatie", "aanhef", "naam", "ambt", "rol", "aanwezigheid", "vervanging", "vervanger", "toelichting",
        )  # fmt: skip
        formfield_callback = veld_voor
        field_classes = {"organisatie": Organisatieveld}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _kies_uit_organisaties(self.fields["organisatie"], "namens niemand, of onbekend")
        vervanging: Any = self.fields["vervanging"]
        vervanging.choices = Vervangingsoort.choices
        self.fields[
            "rol"
        ].help_text = "Genoemd: handelt of spreekt volgens het verslag, maar staat niet op de presentielijst."


class Presentieregel(Invoer):
    """One row of the attendance of a meeting; `versie` is that of the row."""

    aanwezigheid = forms.ChoiceField(label="Aanwezigheid", choices=Aanwezigheid.choices)
    vervanging = forms.ChoiceField(label="Vervanging", choices=Vervangingsoort.choices, required=False)
    vervanger = forms.CharField(label="Vervanger", max_length=120, required=False)
    toelichting = forms.CharField(label="Toelichting", max_length=250, required=False)
    versie = Versieveld()

    def __init__(self, deelname: Deelname, data: Any = None) -> None:
        velden = ("aanwezigheid", "vervanging", "vervanger", "toelichting", "versie")
        super().__init__(
            data,
            prefix=f"d{deelname.pk}",
            auto_id=f"d{deelname.pk}-%s",
            initial={naam: getattr(deelname, naam) for naam in velden},
        )
        self.deelname = deelname
        for naam in velden[:-1]:
            self.fields[naam].widget.attrs["aria-label"] = f"{self.fields[naam].label} van {deelname}"


class Reeksformulier(Stukformulier):
    alleen_nieuw = ("slug",)

    class Meta:
        model = Reeks
        fields = ("naam", "afkorting", "slug", "duur_minuten", "plaats")
        formfield_callback = veld_voor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].validators = [ADRESNAAM]

    def clean_slug(self) -> str:
        """An address that is free and leads nowhere else."""
        slug = str(self.cleaned_data["slug"])
        if slug in GERESERVEERD or Reeks.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Deze adresnaam is al in gebruik. Kies een andere.")
        return slug

    def clean_naam(self) -> str:
        """A name that no other series has."""
        naam = str(self.cleaned_data["naam"])
        if Reeks.objects.filter(naam=naam).exclude(pk=self.instance.pk or 0).exists():
            raise forms.ValidationError("Er is al een reeks met deze naam.")
        return naam


class Lidformulier(Invoer):
    """A seat at the table, since when and until when; `versie` is that of the series."""

    organisatie = organisatieveld(label="Organisatie")
    ambt = forms.CharField(
        label="Ambt",
        max_length=200,
        help_text="Zoals minister van Asiel en Migratie.",
        error_messages={"required": "Schrijf welk ambt deze stoel heeft."},
    )
    aanhef = forms.CharField(label="Aanhef", max_length=20, required=False, help_text="Mw., Dhr. of leeg.")
    naam = forms.CharField(label="Naam", max_length=120, required=False, help_text="Wie het ambt bekleedt.")
    is_voorzitter = forms.BooleanField(label="Zit de vergadering voor", required=False)
    vanaf = Datumveld(label="Vanaf", error_messages={"required": "Kies de eerste dag van het lidmaatschap."})
    tot = Datumveld(label="Tot", required=False, help_text="Eerste dag waarop het niet meer geldt.")
    versie = Versieveld()

    def __init__(self, reeks: Reeks, lid: Reekslid | None, vandaag: datetime.date, data: Any = None) -> None:
        namen = ("organisatie", "ambt", "aanhef", "naam", "is_voorzitter", "vanaf", "tot")
        begin: dict[str, Any] = {naam: getattr(lid, naam) for naam in namen} if lid else {"vanaf": vandaag}
        super().__init__(data, initial={**begin, "versie": reeks.versie})
        _kies_uit_organisaties(self.fields["organisatie"], "Kies een organisatie")


class Vastpuntformulier(forms.ModelForm):  # type: ignore[type-arg]
    """A standing point; `versie` is that of the series."""

    versie = Versieveld()

    class Meta:
        model = Reekspunt
        fields = ("titel", "doel", "duur_minuten", "is_slot")
        formfield_callback = veld_voor

    def __init__(self, *args: Any, reeks: Reeks, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial["versie"] = reeks.versie
        self.fields["titel"].error_messages["required"] = "Schrijf hoe het punt heet."

    def velden(self) -> dict[str, Any]:
        """The model fields as filled in."""
        return {naam: self.cleaned_data[naam] for naam in self.Meta.fields}
