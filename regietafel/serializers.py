"""What the API shows of the table; how that works is in maatregelen/serializers/grondslag.py.

The docstrings of serializers are Dutch because the schema publishes them.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from maatregelen.models import VERPLAATSINGEN, Precisie, Relatie
from maatregelen.serializers.grondslag import Adres, Inhoud, Invoer, Niveau, Rij
from regietafel.models import (
    Aanwezigheid,
    Actiemaatregel,
    Actiepunt,
    Actiesoort,
    Actiestand,
    Actiewijziging,
    Actiewijzigingsoort,
    Agendapunt,
    Besluit,
    Besluitsoort,
    Bijlage,
    Deelname,
    Deelnamerol,
    Doel,
    Inbreng,
    Inbrengmaatregel,
    Inbrengsoort,
    Inleider,
    Puntbesluit,
    Puntmaatregel,
    Terugkoppeling,
    Terugkoppelstand,
    Vergadering,
    Vergadersoort,
    Vergaderstaat,
    Vervangingsoort,
)

WAAR = "Adresnaam van de vergadering."
PUNT = "Nummer (id) van het agendapunt."
ONDERWERPEN = "Maatregelen waar het over gaat."


@extend_schema_field({"type": "string", "format": "time-local"})
class Kloktijd(serializers.TimeField):
    """A time of day where the meeting is."""


class DeelnameSerializer(Rij):
    """Iemand bij een vergadering, of die er niet was; ook wie in het verslag handelt zonder op de lijst te staan."""

    model = Deelname
    onder = "vergadering"

    organisatie = serializers.CharField(source="organisatie.slug", help_text="Adresnaam van de organisatie.")
    aanhef = serializers.CharField()
    naam = serializers.CharField()
    ambt = serializers.CharField()
    ambt_afgeleid = serializers.BooleanField(source="is_ambt_afgeleid")
    rol = serializers.ChoiceField(choices=Deelnamerol.choices)
    aanwezigheid = serializers.ChoiceField(choices=Aanwezigheid.choices)
    vervanging = serializers.ChoiceField(choices=list(Vervangingsoort.values))
    vervanger = serializers.CharField()
    toelichting = serializers.CharField()

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """The chair first."""
        return Deelname.objects.op_rang()


class PuntKortSerializer(Rij):
    """Een agendapunt in het kort."""

    model = Agendapunt
    onder = "vergadering"

    id = serializers.IntegerField(help_text="Vast nummer van dit agendapunt.")
    volgorde = serializers.IntegerField()
    titel = serializers.CharField()
    doel = serializers.ChoiceField(choices=["", *Doel.values])

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """In the order of the agenda."""
        return Agendapunt.objects.order_by("volgorde", "id")


class VergaderingSerializer(Rij):
    """Een vergadering: wanneer, wie er zit, en hoe ver de stukken zijn."""

    model = Vergadering
    leeg_toen = ("gewijzigd_op", "versie")

    slug = serializers.CharField()
    reeks = serializers.CharField(source="reeks.slug", help_text="Adresnaam van de reeks.")
    soort = serializers.ChoiceField(choices=Vergadersoort.choices)
    titel = serializers.CharField()
    datum = serializers.DateField()
    datum_tekst = serializers.CharField()
    schatting_van = serializers.DateField()
    schatting_tot = serializers.DateField()
    begintijd = Kloktijd()
    duur_minuten = serializers.IntegerField()
    plaats = serializers.CharField()
    documentdatum = serializers.DateField()
    kenmerk = serializers.CharField()
    secretariaat = serializers.CharField()
    staat = serializers.ChoiceField(choices=Vergaderstaat.choices)
    vastgesteld_in = serializers.CharField(
        source="vastgesteld_in.slug", help_text="Adresnaam van de latere vergadering die het verslag vaststelde."
    )
    bekend_vanaf = serializers.DateField()
    toelichting = serializers.CharField()
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/vergaderingen/{}/", source="slug")
    deelnemers = DeelnameSerializer(many=True, help_text="Wie er was, wie niet, en wie alleen is genoemd.")
    agendapunten = PuntKortSerializer(many=True, help_text="De agenda, op volgorde.")


class InleiderSerializer(Rij):
    """Wie een agendapunt inleidt."""

    model = Inleider
    onder = "agendapunt"

    organisatie = serializers.CharField(source="organisatie.slug", help_text="Adresnaam van de organisatie.")
    afkorting = serializers.CharField(source="organisatie.afkorting")


class BijlageSerializer(Rij):
    """Een bijlage; zonder bestandsnaam is alleen bekend dat zij er was."""

    model = Bijlage
    onder = "agendapunt"

    naam = serializers.CharField()
    bestandsnaam = serializers.CharField()
    inhoudstype = serializers.CharField()
    grootte = serializers.IntegerField()
    controlegetal = serializers.CharField()


class _OverMaatregel(Rij):
    """Een maatregel waar het over gaat."""

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """By code."""
        return cls.model._default_manager.order_by("maatregel__code")


class PuntmaatregelSerializer(_OverMaatregel):
    """Een maatregel waar een agendapunt over gaat."""

    model = Puntmaatregel
    onder = "agendapunt"

    code = serializers.CharField(source="maatregel.code")
    titel = serializers.CharField(source="maatregel.titel")


class PuntbesluitSerializer(Rij):
    """Een eerder besluit waar een agendapunt over gaat."""

    model = Puntbesluit
    onder = "agendapunt"

    code = serializers.CharField(source="besluit.code")
    tekst = serializers.CharField(source="besluit.tekst")
    vergadering = serializers.CharField(source="besluit.agendapunt.vergadering.slug", help_text=WAAR)

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """By code."""
        return Puntbesluit.objects.order_by("besluit__code")


class InbrengmaatregelSerializer(_OverMaatregel):
    """Een maatregel waar inbreng over gaat."""

    model = Inbrengmaatregel
    onder = "inbreng"

    code = serializers.CharField(source="maatregel.code")
    titel = serializers.CharField(source="maatregel.titel")


class ActiemaatregelSerializer(_OverMaatregel):
    """Een maatregel waar een actiepunt bij hoort."""

    model = Actiemaatregel
    onder = "actiepunt"

    code = serializers.CharField(source="maatregel.code")
    titel = serializers.CharField(source="maatregel.titel")


class AgendapuntSerializer(Rij):
    """Een punt van een vergadering: waar het over gaat en wat is besproken."""

    model = Agendapunt
    leeg_toen = ("gewijzigd_op", "versie")

    id = serializers.IntegerField(help_text="Vast nummer van dit agendapunt.")
    vergadering = serializers.CharField(source="vergadering.slug", help_text=WAAR)
    volgorde = serializers.IntegerField()
    titel = serializers.CharField()
    doel = serializers.ChoiceField(choices=["", *Doel.values])
    duur_minuten = serializers.IntegerField()
    toelichting = serializers.CharField()
    bespreking = serializers.CharField()
    regel_van = serializers.IntegerField()
    vervolg_op = serializers.IntegerField(
        source="vervolg_op_id", allow_null=True, help_text="Nummer (id) van het punt dat is doorgeschoven."
    )
    doorschuifreden = serializers.CharField()
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    inleiders = InleiderSerializer(many=True, help_text="Wie het punt inleidt.")
    bijlagen = BijlageSerializer(many=True, help_text="Bijlagen bij het punt.")
    maatregelen = PuntmaatregelSerializer(many=True, help_text=ONDERWERPEN)
    eerdere_besluiten = PuntbesluitSerializer(
        many=True, help_text="Besluiten van eerdere vergaderingen waar het over gaat."
    )


class InbrengSerializer(Rij):
    """Wie wat inbracht."""

    model = Inbreng
    leeg_toen = ("gewijzigd_op", "versie")

    id = serializers.IntegerField(help_text="Vast nummer van deze inbreng.")
    vergadering = serializers.CharField(source="agendapunt.vergadering.slug", help_text=WAAR)
    agendapunt = serializers.IntegerField(source="agendapunt_id", help_text=PUNT)
    organisatie = serializers.CharField(source="organisatie.slug", help_text="Adresnaam van de organisatie.")
    spreker = serializers.CharField()
    soort = serializers.ChoiceField(choices=Inbrengsoort.choices)
    tekst = serializers.CharField()
    open = serializers.BooleanField(source="is_open")
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    maatregelen = InbrengmaatregelSerializer(many=True, help_text=ONDERWERPEN)


class TerugkoppelingSerializer(Rij):
    """Wat er van een besluit is gekomen, voor een maatregel of voor het besluit zelf."""

    model = Terugkoppeling
    onder = "besluit"
    leeg_toen = ("gewijzigd_op", "versie")

    id = serializers.IntegerField(help_text="Vast nummer van deze terugkoppeling.")
    vergadering = serializers.CharField(source="besluit.agendapunt.vergadering.slug", help_text=WAAR)
    besluit = serializers.CharField(source="besluit.code", help_text="Code van het besluit.")
    maatregel = serializers.CharField(
        source="maatregel.code", help_text="Code van de maatregel; leeg als het besluit over geen maatregel gaat."
    )
    stand = serializers.ChoiceField(choices=Terugkoppelstand.choices)
    uitgevoerd_op = serializers.DateField()
    uitkomst = serializers.CharField()
    aanvaard_in = serializers.CharField(
        source="aanvaard_in.slug", help_text="Adresnaam van de vergadering die het aanvaardde of het besluit introk."
    )
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """By measure."""
        return Terugkoppeling.objects.order_by("maatregel__code", "id")


class BesluitSerializer(Rij):
    """Een besluit, procedureafspraak of mededeling, met wat ervan kwam."""

    model = Besluit
    leeg_toen = ("gewijzigd_op", "versie")

    code = serializers.CharField()
    vergadering = serializers.CharField(source="agendapunt.vergadering.slug", help_text=WAAR)
    agendapunt = serializers.IntegerField(source="agendapunt_id", help_text=PUNT)
    soort = serializers.ChoiceField(choices=Besluitsoort.choices)
    tekst = serializers.CharField()
    toelichting = serializers.CharField()
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/besluiten/{}/", source="code")
    terugkoppelingen = TerugkoppelingSerializer(many=True, help_text="Wat ervan kwam, per maatregel.")


class ActiepuntSerializer(Rij):
    """Wat iemand zou doen, werd gevraagd of aanbood; wanneer, en wat ervan kwam."""

    model = Actiepunt
    leeg_toen = ("gewijzigd_op", "versie")
    afgeleid: ClassVar[tuple[str, ...]] = ("aantal_verplaatst",)

    code = serializers.CharField()
    vergadering = serializers.CharField(source="agendapunt.vergadering.slug", help_text=WAAR)
    agendapunt = serializers.IntegerField(source="agendapunt_id", help_text=PUNT)
    besluit = serializers.CharField(source="besluit.code", help_text="Code van het besluit waar dit uit volgt.")
    soort = serializers.ChoiceField(choices=Actiesoort.choices)
    wat = serializers.CharField()
    organisatie = serializers.CharField(
        source="organisatie.slug", help_text="Adresnaam van wie het doet; leeg als niemand is aangewezen."
    )
    wie = serializers.CharField(source="wie_tekst")
    afgesproken = serializers.BooleanField(source="is_afgesproken")
    termijn_tekst = serializers.CharField()
    begin = serializers.DateField()
    einde = serializers.DateField()
    precisie = serializers.ChoiceField(choices=["", *Precisie.values])
    relatie = serializers.ChoiceField(choices=["", *Relatie.values])
    peildatum = serializers.DateField()
    voorwaarde = serializers.CharField()
    voor_vergadering = serializers.CharField(
        source="voor_vergadering.slug", help_text="Adresnaam van de vergadering waarvoor dit is toegezegd."
    )
    mijlpaal = serializers.IntegerField(
        source="mijlpaal_id", allow_null=True, help_text="Nummer (id) van de mijlpaal die hetzelfde belooft."
    )
    stand = serializers.ChoiceField(choices=Actiestand.choices)
    afgerond_op = serializers.DateField()
    afronding = serializers.CharField()
    afgesplitst_van = serializers.CharField(
        source="afgesplitst_van.code", help_text="Code van het actiepunt waar dit een deel van is."
    )
    toelichting = serializers.CharField()
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/actiepunten/{}/", source="code")
    aantal_verplaatst = serializers.IntegerField(
        help_text="Hoe vaak de termijn later of eerder werd of haar datum verloor; preciezer maken telt niet."
    )
    maatregelen = ActiemaatregelSerializer(many=True, help_text=ONDERWERPEN)

    @classmethod
    def vul_aan(cls, rijen: Sequence[Inhoud]) -> None:
        """How often each moved."""
        aantallen = dict(
            Actiewijziging.objects.filter(
                actiepunt__code__in=[rij["code"] for rij in rijen], termijnsoort__in=VERPLAATSINGEN
            )
            .order_by()
            .values("actiepunt__code")
            .annotate(aantal=Count("pk"))
            .values_list("actiepunt__code", "aantal")
        )
        for rij in rijen:
            rij["aantalVerplaatst"] = aantallen.get(rij["code"], 0)


class ActiewijzigingSerializer(Rij):
    """Een wijziging van een actiepunt: wat, waarom, door wie."""

    model = Actiewijziging

    soort = serializers.ChoiceField(choices=Actiewijzigingsoort.choices)
    van_stand = serializers.ChoiceField(choices=["", *Actiestand.values])
    naar_stand = serializers.ChoiceField(choices=["", *Actiestand.values])
    reden = serializers.CharField()
    per = serializers.DateField()
    door = serializers.CharField(source="door.functie", help_text="Functie van wie dit deed.")
    vastgelegd_op = serializers.DateTimeField()


class StandInvoerSerializer(Invoer):
    """Wat u stuurt om te melden dat een actiepunt klaar is, vervalt of weer open staat."""

    stand = serializers.ChoiceField(
        choices=[(stand.value, stand.label) for stand in Actiestand if stand != Actiestand.GESPLITST],
        help_text="De nieuwe stand; splitsen kan alleen op de pagina.",
    )
    toelichting = serializers.CharField(
        help_text="Een zin: wat het heeft opgeleverd, of waarom het vervalt of weer open staat.", max_length=5000
    )
    op = serializers.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="Dag waarop het klaar was, niet in de toekomst; alleen bij afgerond. Zonder waarde is dat vandaag.",
    )
    versie = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2147483647,
        help_text="De versie die u voor u had; is het actiepunt intussen gewijzigd, dan gebeurt er niets (409).",
    )


class StandGewijzigdSerializer(serializers.Serializer[Any]):
    """De wijziging, en het actiepunt zoals het nu is."""

    wijziging = ActiewijzigingSerializer()
    actiepunt = ActiepuntSerializer()
