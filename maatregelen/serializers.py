"""What the API shows of each noun.

A serializer here is declared once, in snake_case; three things follow from it: the schema (Django REST framework reads
the fields, help texts come from the models), the query (only the columns that are shown) and the JSON (camelCase keys).
Rows go from the database straight into dictionaries, because making model instances and walking fields per row costs
more than everything else together. The docstrings of serializers are Dutch because the schema publishes them.
"""

import datetime
import functools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from rest_framework import serializers

from maatregelen.models import (
    Aard,
    Agenda,
    Agendasoort,
    Agendastaat,
    Betrokkenheid,
    BetrokkenheidRol,
    Doelwaarde,
    Hardheid,
    Herkomst,
    Indicator,
    Maatregel,
    Maatregelsoort,
    Meting,
    Mijlpaal,
    Ondertekenaar,
    Organisatie,
    Organisatiesoort,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
    Precisie,
    Relatie,
    Status,
    Statuswijziging,
    Voortgang,
)
from maatregelen.tijdreis import betrokkenheden_per, mijlpalen_per
from maatregelen.wijzigingen import ACTIES, NAMEN

Inhoud = dict[str, Any]


def json_naam(naam: str) -> str:
    """`gewijzigd_op` is `gewijzigdOp` in JSON."""
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


class Adres(serializers.URLField):
    """The address of the page about this record."""

    def __init__(self, pad: str, **extra: Any) -> None:
        """`pad` holds `{}` where the key comes."""
        self.pad = pad
        super().__init__(help_text="Adres van de pagina hierover.", **extra)

    def vorm(self, waarde: str) -> str:
        """The address in full."""
        return str(settings.SITE_URL) + self.pad.format(waarde)


class Tooiadres(serializers.URLField):
    """The identifier of an organisation in full, or null."""

    def vorm(self, waarde: str) -> str | None:
        """The address, if there is an identifier."""
        return Organisatie(tooi_id=waarde).tooi_url or None


class IsAanduiding(serializers.BooleanField):
    """Whether an organisation is only a word from a text."""

    def vorm(self, waarde: str) -> bool:
        """From the kind of organisation."""
        return waarde == Organisatiesoort.AANDUIDING


@dataclass(frozen=True)
class Plan:
    """How the columns of a row become JSON; made once per serializer."""

    kolommen: tuple[str, ...]
    sleutels: tuple[str, ...]
    vormen: tuple[tuple[str, Callable[[Any], Any]], ...]
    objecten: tuple[tuple[str, "Plan", int, int], ...]
    reeksen: tuple[tuple[type["Rij"], tuple[str, ...]], ...]
    leeg: tuple[str, ...]

    def vul(self, rijen: Sequence[tuple[Any, ...]]) -> list[Inhoud]:
        """The rows as dictionaries, without their lists of related rows."""
        sleutels = self.sleutels
        uit = [dict(zip(sleutels, rij, strict=False)) for rij in rijen]
        for sleutel, vorm in self.vormen:
            for inhoud in uit:
                inhoud[sleutel] = vorm(inhoud[sleutel])
        for sleutel, plan, van, tot in self.objecten:
            for inhoud, deel in zip(uit, plan.vul([rij[van:tot] for rij in rijen]), strict=True):
                inhoud[sleutel] = deel
        for sleutel in self.leeg:
            for inhoud in uit:
                inhoud[sleutel] = None
        return uit


@functools.cache
def _plan(rij: type["Rij"], toen: bool) -> Plan:
    kolommen: list[str] = []
    sleutels: list[str] = []
    vormen: list[tuple[str, Callable[[Any], Any]]] = []
    leeg: list[str] = []
    genest: list[tuple[str, str, type[Rij]]] = []
    reeksen: dict[type[Rij], list[str]] = defaultdict(list)
    for naam, veld in rij._declared_fields.items():
        sleutel = json_naam(naam)
        bron = (veld.source or naam).replace(".", "__")
        if isinstance(veld, serializers.ListSerializer):
            reeksen[type(cast(Rij, veld.child))].append(sleutel)
        elif isinstance(veld, Rij):
            genest.append((sleutel, bron, type(veld)))
        elif toen and rij.op_peildatum.get(naam, bron) is None:
            leeg.append(sleutel)
        else:
            kolommen.append(rij.op_peildatum.get(naam, bron) or bron if toen else bron)
            sleutels.append(sleutel)
            if vorm := getattr(veld, "vorm", None):
                vormen.append((sleutel, vorm))
    objecten = []
    for sleutel, bron, soort in genest:
        deel = _plan(soort, toen)
        objecten.append((sleutel, deel, len(kolommen), len(kolommen) + len(deel.kolommen)))
        kolommen += [f"{bron}__{kolom}" for kolom in deel.kolommen]
    return Plan(
        tuple(kolommen),
        tuple(sleutels),
        tuple(vormen),
        tuple(objecten),
        tuple((soort, tuple(namen)) for soort, namen in reeksen.items()),
        tuple(leeg),
    )


class Rij(serializers.Serializer[Any]):
    """A noun as the API shows it. `model` gives the help texts, `op_peildatum` what replaces a field
    when a day is asked for."""

    model: ClassVar[type[models.Model]]
    # With a peildatum: the annotation of tijdreis that is shown instead, or None where all we have is later knowledge.
    op_peildatum: ClassVar[Mapping[str, str | None]] = {}
    # As rows below another noun: the foreign key to that noun, and which rows belong in a list of this name.
    onder: ClassVar[str] = ""
    verdeling: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields for the schema: camelCase, described by the model, null where the database or a day says so."""
        uit: dict[str, serializers.Field[Any, Any, Any, Any]] = {}
        for naam, veld in super().get_fields().items():
            sleutel = json_naam(naam)
            if veld.source is None and sleutel != naam:
                veld.source = naam
            veld.read_only = True
            kolom, leegbaar = self._kolom(veld.source or naam)
            if kolom is not None and not veld.help_text and not isinstance(veld, serializers.BaseSerializer):
                veld.help_text = kolom.help_text or kolom.verbose_name.capitalize()
            veld.allow_null = veld.allow_null or leegbaar or self.op_peildatum.get(naam, "") is None
            uit[sleutel] = veld
        return uit

    def _kolom(self, bron: str) -> tuple[Any, bool]:
        model: Any = self.model
        kolom: Any = None
        leegbaar = False
        for stap in bron.split("."):
            try:
                kolom = model._meta.get_field(stap)
            except FieldDoesNotExist:
                return None, leegbaar
            if not hasattr(kolom, "help_text"):
                return None, leegbaar
            leegbaar = leegbaar or bool(kolom.null)
            model = kolom.related_model
        return kolom, leegbaar

    @classmethod
    def alle(cls, peildatum: datetime.date | None) -> QuerySet[Any]:
        """All rows of this noun that may stand below another one, in order; on a day: those that held then."""
        return cls.model._default_manager.all()

    @classmethod
    def query(cls, rijen: QuerySet[Any], peildatum: datetime.date | None = None) -> QuerySet[Any, Any]:
        """The columns that are shown, and the key as the last one; page through this, then ask `inhoud`."""
        return rijen.values_list(*_plan(cls, peildatum is not None).kolommen, "pk")

    @classmethod
    def inhoud(cls, rijen: Sequence[tuple[Any, ...]], peildatum: datetime.date | None = None) -> list[Inhoud]:
        """The rows of `query` as JSON: one more query for each kind of related rows."""
        plan = _plan(cls, peildatum is not None)
        uit = plan.vul(rijen)
        if not uit:
            return uit
        for soort, namen in plan.reeksen:
            onder = soort._onder([rij[-1] for rij in rijen], peildatum)
            for naam in namen:
                veld, waarden = cls.verdeling.get(naam, ("", ()))
                for inhoud, rij in zip(uit, rijen, strict=True):
                    reeks = onder[rij[-1]]
                    inhoud[naam] = [deel for deel in reeks if deel[veld] in waarden] if veld else reeks
        return uit

    @classmethod
    def lees(cls, rijen: QuerySet[Any], peildatum: datetime.date | None = None) -> list[Inhoud]:
        """All these rows as JSON."""
        return cls.inhoud(list(cls.query(rijen, peildatum)), peildatum)

    @classmethod
    def _onder(cls, sleutels: list[Any], peildatum: datetime.date | None) -> dict[Any, list[Inhoud]]:
        plan = _plan(cls, peildatum is not None)
        rijen = list(
            cls.alle(peildatum).filter(**{f"{cls.onder}__in": sleutels}).values_list(*plan.kolommen, cls.onder)
        )
        uit: dict[Any, list[Inhoud]] = defaultdict(list)
        for rij, inhoud in zip(rijen, plan.vul(rijen), strict=True):
            uit[rij[-1]].append(inhoud)
        return uit


class OndertekenaarSerializer(Rij):
    """Wie het stuk ondertekende."""

    model = Ondertekenaar
    onder = "agenda"

    rol = serializers.CharField()
    naam = serializers.CharField()


class AgendaSerializer(Rij):
    """Een beleidsagenda: een stuk met afspraken, nooit de agenda van een vergadering."""

    model = Agenda
    op_peildatum = {"gewijzigd_op": None, "versie": None}

    slug = serializers.CharField()
    titel = serializers.CharField()
    titel_bron = serializers.CharField()
    soort = serializers.ChoiceField(choices=Agendasoort.choices)
    soort_tekst = serializers.CharField()
    staat = serializers.ChoiceField(choices=Agendastaat.choices)
    staat_tekst = serializers.CharField()
    lopend = serializers.BooleanField(source="is_lopend")
    documentdatum = serializers.DateField()
    schatting_van = serializers.DateField()
    schatting_tot = serializers.DateField()
    datum_basis = serializers.CharField()
    geldt_vanaf = serializers.DateField()
    kenmerk = serializers.CharField()
    houder = serializers.CharField(source="houder.slug", help_text="Adresnaam van de organisatie die dit bijhoudt.")
    toelichting = serializers.CharField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/agendas/{}/", source="slug")
    ondertekenaars = OndertekenaarSerializer(many=True, help_text="Wie het stuk ondertekende.")


class PijlerbetrokkenheidSerializer(Rij):
    """Een organisatie in de kop van een pijler."""

    model = Pijlerbetrokkenheid
    onder = "pijler"

    organisatie = serializers.CharField(source="organisatie.slug")
    afkorting = serializers.CharField(source="organisatie.afkorting")
    rol = serializers.ChoiceField(choices=Pijlerrol.choices)
    is_aanduiding = IsAanduiding(
        source="organisatie.soort", help_text="Of dit een algemeen woord uit de tekst is, zonder mensen."
    )


class PijlerSerializer(Rij):
    """Een hoofdstuk van een agenda."""

    model = Pijler
    op_peildatum = {"gewijzigd_op": None, "versie": None}

    id = serializers.IntegerField(help_text="Vast nummer van deze pijler.")
    agenda = serializers.CharField(source="agenda.slug", help_text="Adresnaam van de agenda.")
    bovenliggend = serializers.IntegerField(source="bovenliggend_id", allow_null=True)
    nummer = serializers.CharField()
    volgorde = serializers.IntegerField()
    titel = serializers.CharField()
    kop_letterlijk = serializers.CharField()
    toelichting = serializers.CharField()
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    betrokkenheden = PijlerbetrokkenheidSerializer(
        many=True, help_text="Organisaties in de kop; maatregelen erven de verantwoordelijke."
    )


class PijlerKortSerializer(Rij):
    """De pijler waarin een maatregel staat."""

    model = Pijler

    id = serializers.IntegerField(help_text="Vast nummer van deze pijler.")
    nummer = serializers.CharField()
    titel = serializers.CharField()


class BetrokkenheidSerializer(Rij):
    """Een organisatie met een rol bij een maatregel."""

    model = Betrokkenheid
    onder = "maatregel"

    organisatie = serializers.CharField(source="organisatie.slug", help_text="Adresnaam van de organisatie.")
    afkorting = serializers.CharField(source="organisatie.afkorting")
    rol = serializers.ChoiceField(choices=BetrokkenheidRol.choices)
    herkomst = serializers.ChoiceField(choices=Herkomst.choices)
    is_aanduiding = IsAanduiding(
        source="organisatie.soort", help_text="Of dit een algemeen woord uit de tekst is, zonder mensen."
    )
    vanaf = serializers.DateField()

    @classmethod
    def alle(cls, peildatum: datetime.date | None) -> QuerySet[Any]:
        """What holds now, or what held on the day."""
        alle = Betrokkenheid.objects.all()
        return betrokkenheden_per(alle, peildatum) if peildatum else alle.geldend()


class MijlpaalSerializer(Rij):
    """Wat er klaar moet zijn, met de letterlijke woorden van de termijn en wat die betekenen."""

    model = Mijlpaal
    onder = "maatregel"
    op_peildatum = {"behaald_op": "behaald_per", "behaald_bewijs": "bewijs_per", "gewijzigd_op": None, "versie": None}

    id = serializers.IntegerField(help_text="Vast nummer van deze mijlpaal.")
    maatregel = serializers.CharField(source="maatregel.code", help_text="Code van de maatregel.")
    omschrijving = serializers.CharField()
    termijn_tekst = serializers.CharField()
    begin = serializers.DateField()
    einde = serializers.DateField()
    precisie = serializers.ChoiceField(choices=Precisie.choices)
    relatie = serializers.ChoiceField(choices=Relatie.choices)
    herhaling = serializers.CharField()
    duur = serializers.CharField()
    hardheid = serializers.ChoiceField(choices=Hardheid.choices)
    cyclus = serializers.CharField()
    voor_wie = serializers.CharField()
    bron = serializers.CharField()
    toelichting = serializers.CharField()
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    behaald_op = serializers.DateField()
    behaald_bewijs = serializers.CharField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()

    @classmethod
    def alle(cls, peildatum: datetime.date | None) -> QuerySet[Any]:
        """All of them, or those whose words had been written by the day."""
        alle = Mijlpaal.objects.all()
        return mijlpalen_per(alle, peildatum) if peildatum else alle


class MaatregelSerializer(Rij):
    """Een maatregel: wat er moet gebeuren, door wie, wanneer, en hoe het ermee staat."""

    model = Maatregel
    op_peildatum = {
        "status": "status_per",
        "voortgang": "voortgang_per",
        "voortgang_op": "voortgang_op_per",
        "voortgang_toelichting": "voortgang_toelichting_per",
        "gewijzigd_op": None,
        "versie": None,
    }
    verdeling = {
        "verantwoordelijken": ("rol", (BetrokkenheidRol.VERANTWOORDELIJK.value,)),
        "betrokkenen": ("rol", (BetrokkenheidRol.UITVOERDER.value, BetrokkenheidRol.BETROKKEN.value)),
    }

    code = serializers.CharField()
    titel = serializers.CharField()
    agenda = serializers.CharField(source="pijler.agenda.slug", help_text="Adresnaam van de agenda.")
    bovenliggend = serializers.CharField(
        source="bovenliggend.code", help_text="Code van de maatregel waar deze een onderdeel van is."
    )
    soort = serializers.ChoiceField(choices=Maatregelsoort.choices)
    aard = serializers.ChoiceField(choices=Aard.choices)
    status = serializers.ChoiceField(choices=Status.choices)
    voortgang = serializers.ChoiceField(choices=Voortgang.choices)
    voortgang_op = serializers.DateField()
    voortgang_toelichting = serializers.CharField()
    geaccordeerd = serializers.BooleanField()
    voorwaarde = serializers.CharField()
    toelichting = serializers.CharField()
    verwijzingen = serializers.ListField(child=serializers.CharField())
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    geldt_vanaf = serializers.DateField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/maatregelen/{}/", source="code")
    pijler = PijlerKortSerializer(help_text="Pijler van de agenda waarin dit staat.")
    verantwoordelijken = BetrokkenheidSerializer(many=True, help_text="Wie verantwoording aflegt.")
    betrokkenen = BetrokkenheidSerializer(many=True, help_text="Wie uitvoert, meewerkt of meepraat.")
    mijlpalen = MijlpaalSerializer(many=True, help_text="Wat er wanneer klaar moet zijn.")


class OrganisatieSerializer(Rij):
    """Een organisatie, met de dagen waartussen zij bestaat."""

    model = Organisatie
    op_peildatum = {"gewijzigd_op": None, "versie": None}

    slug = serializers.CharField()
    naam = serializers.CharField()
    afkorting = serializers.CharField()
    soort = serializers.ChoiceField(choices=Organisatiesoort.choices)
    is_aanduiding = IsAanduiding(source="soort", help_text="Of dit een algemeen woord uit de tekst is, zonder mensen.")
    tooi_id = serializers.CharField()
    tooi_url = Tooiadres(source="tooi_id", allow_null=True, help_text="Kenmerk in het register, voluit.")
    geldig_van = serializers.DateField()
    geldig_tot = serializers.DateField()
    opvolger = serializers.CharField(source="opvolger.slug", help_text="Adresnaam van wie het open werk overnam.")
    toelichting = serializers.CharField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/organisaties/{}/", source="slug")


class StatuswijzigingSerializer(Rij):
    """Een wijziging van de status van een maatregel."""

    model = Statuswijziging
    op_peildatum = {"vastgelegd_op": None}

    id = serializers.IntegerField(help_text="Vast nummer van deze wijziging.")
    maatregel = serializers.CharField(source="maatregel.code", help_text="Code van de maatregel.")
    van = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    naar = serializers.ChoiceField(choices=Status.choices)
    per = serializers.DateField()
    toelichting = serializers.CharField()
    door = serializers.CharField(source="door.functie", help_text="Functie van wie dit deed; leeg: uit een stuk.")
    vastgelegd_op = serializers.DateTimeField()


class DoelwaardeSerializer(Rij):
    """Een doel, met het besluit erachter."""

    model = Doelwaarde
    onder = "indicator"

    waarde = serializers.DecimalField(max_digits=16, decimal_places=2, coerce_to_string=False)
    geldig_vanaf = serializers.DateField()
    periode = serializers.CharField()
    reden = serializers.CharField()

    @classmethod
    def alle(cls, peildatum: datetime.date | None) -> QuerySet[Any]:
        """All of them, or those decided by the day."""
        alle = Doelwaarde.objects.all()
        return alle.filter(geldig_vanaf__lte=peildatum) if peildatum else alle


class MetingSerializer(Rij):
    """Een cijfer, met de bron en de dag waarop het gold."""

    model = Meting
    onder = "indicator"

    waarde = serializers.DecimalField(max_digits=16, decimal_places=2, coerce_to_string=False)
    waarde_tot = serializers.DecimalField(max_digits=16, decimal_places=2, coerce_to_string=False)
    waarde_tekst = serializers.CharField()
    vorige = serializers.CharField()
    kwalificatie = serializers.CharField()
    periode = serializers.CharField()
    peildatum = serializers.DateField()
    bron = serializers.CharField()
    agenda = serializers.CharField(source="agenda.slug", help_text="Adresnaam van de agenda waar het cijfer in staat.")
    regel_van = serializers.IntegerField()

    @classmethod
    def alle(cls, peildatum: datetime.date | None) -> QuerySet[Any]:
        """All of them, or those that held by the day."""
        alle = Meting.objects.all()
        return alle.filter(peildatum__lte=peildatum) if peildatum else alle


class IndicatorSerializer(Rij):
    """Wat wordt gemeten, wat het doel is en wat er is gevonden."""

    model = Indicator
    op_peildatum = {"gewijzigd_op": None, "versie": None}

    slug = serializers.CharField()
    naam = serializers.CharField()
    eenheid = serializers.CharField()
    omschrijving = serializers.CharField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    doelwaarden = DoelwaardeSerializer(many=True, help_text="Wat moet worden gehaald; de nieuwste eerst.")
    metingen = MetingSerializer(many=True, help_text="Wat er is gevonden; de nieuwste eerst.")


class StatusInvoerSerializer(serializers.Serializer[Any]):
    """Wat u stuurt om een status te wijzigen."""

    status = serializers.ChoiceField(choices=Status.choices, help_text="De nieuwe status.")
    toelichting = serializers.CharField(help_text="Een zin: waarom de status wijzigt.", max_length=5000)
    per = serializers.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="Dag waarop de status inging, niet in de toekomst; zonder waarde is dat vandaag.",
    )
    versie = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2147483647,
        help_text="De versie die u voor u had; is de maatregel intussen gewijzigd, dan gebeurt er niets (409).",
    )

    def to_internal_value(self, data: Any) -> Any:
        """The values; raises ValidationError for unknown names too, because a typing error must not pass unseen."""
        if isinstance(data, Mapping) and (onbekend := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(naam): ["Dit veld bestaat niet."] for naam in sorted(onbekend)})
        return super().to_internal_value(data)


class StatusGewijzigdSerializer(serializers.Serializer[Any]):
    """De wijziging, en de maatregel zoals die nu is."""

    statuswijziging = StatuswijzigingSerializer()
    maatregel = MaatregelSerializer()


class WijzigingSerializer(serializers.Serializer[Any]):
    """Een wijziging van de inhoud."""

    id = serializers.CharField(help_text="Plaats in de reeks: geef de laatste die u kreeg mee als 'na'.")
    soort = serializers.ChoiceField(choices=NAMEN, help_text="Wat er is gewijzigd.")
    sleutel = serializers.CharField(help_text="Waarmee u het opvraagt: adresnaam, code of nummer.")
    maatregel = serializers.CharField(allow_null=True, help_text="Code van de maatregel waar het bij hoort.")
    actie = serializers.ChoiceField(choices=tuple(ACTIES.values()), help_text="Wat ermee gebeurde.")
    gewijzigdOp = serializers.DateTimeField(help_text="Moment van de wijziging.")  # noqa: N815  the key in JSON
