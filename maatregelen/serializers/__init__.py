"""What the API shows of each noun; how that works is in grondslag, milestones have a room of their own.

The docstrings of serializers are Dutch because the schema publishes them.
"""

from typing import Any

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
    Herkomst,
    Indicator,
    Maatregel,
    Maatregelsoort,
    Meting,
    Ondertekenaar,
    Organisatie,
    Organisatiesoort,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
    Publicatie,
    Status,
    Statuswijziging,
    Voortgang,
)
from maatregelen.serializers.grondslag import (
    Adres,
    Invoer,
    IsAanduiding,
    Niveau,
    Rij,
    Tooiadres,
    json_naam,
)
from maatregelen.serializers.mijlpaal import (
    MijlpaalDetailSerializer,
    MijlpaalGelezenSerializer,
    MijlpaalInvoerSerializer,
    MijlpaalSerializer,
    MijlpaalWijzigingSerializer,
)
from maatregelen.serializers.reactie import ReactieSerializer
from maatregelen.wijzigingen import ACTIES, namen

__all__ = [
    "MijlpaalDetailSerializer",
    "MijlpaalGelezenSerializer",
    "MijlpaalInvoerSerializer",
    "MijlpaalSerializer",
    "MijlpaalWijzigingSerializer",
    "ReactieSerializer",
    "Rij",
    "json_naam",
]


class OndertekenaarSerializer(Rij):
    """Wie het stuk ondertekende."""

    model = Ondertekenaar
    onder = "agenda"

    rol = serializers.CharField()
    naam = serializers.CharField()


class AgendaSerializer(Rij):
    """Een beleidsagenda: een stuk met afspraken, nooit de agenda van een vergadering."""

    model = Agenda
    leeg_toen = ("gewijzigd_op", "versie")

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
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    publicatie = serializers.ChoiceField(choices=Publicatie.choices)
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
    leeg_toen = ("gewijzigd_op", "versie")

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
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
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
    def alle(cls) -> QuerySet[Any]:
        """What holds."""
        return Betrokkenheid.objects.geldend()


class MaatregelSerializer(Rij):
    """Een maatregel: wat er moet gebeuren, door wie, wanneer, en hoe het ermee staat."""

    model = Maatregel
    leeg_toen = ("gewijzigd_op", "versie")
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
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    publicatie = serializers.ChoiceField(choices=Publicatie.choices)
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    url = Adres("/maatregelen/{}/", source="code")
    pijler = PijlerKortSerializer(help_text="Pijler van de agenda waarin dit staat.")
    verantwoordelijken = BetrokkenheidSerializer(many=True, help_text="Wie verantwoording aflegt.")
    betrokkenen = BetrokkenheidSerializer(many=True, help_text="Wie uitvoert, meewerkt of meepraat.")
    mijlpalen = MijlpaalSerializer(many=True, help_text="Wat er wanneer klaar moet zijn.")
    reacties = ReactieSerializer(many=True, help_text="Wat organisaties ervan vinden, naast de status.")


class OrganisatieSerializer(Rij):
    """Een organisatie, met de dagen waartussen zij bestaat."""

    model = Organisatie
    leeg_toen = ("gewijzigd_op", "versie")

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
    leeg_toen = ("vastgelegd_op",)

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


class IndicatorSerializer(Rij):
    """Wat wordt gemeten, wat het doel is en wat er is gevonden."""

    model = Indicator
    leeg_toen = ("gewijzigd_op", "versie")

    slug = serializers.CharField()
    naam = serializers.CharField()
    eenheid = serializers.CharField()
    omschrijving = serializers.CharField()
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    doelwaarden = DoelwaardeSerializer(many=True, help_text="Wat moet worden gehaald; de nieuwste eerst.")
    metingen = MetingSerializer(many=True, help_text="Wat er is gevonden; de nieuwste eerst.")


class StatusInvoerSerializer(Invoer):
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


class StatusGewijzigdSerializer(serializers.Serializer[Any]):
    """De wijziging, en de maatregel zoals die nu is."""

    statuswijziging = StatuswijzigingSerializer()
    maatregel = MaatregelSerializer()


class WijzigingSerializer(serializers.Serializer[Any]):
    """Een wijziging van de inhoud."""

    id = serializers.CharField(help_text="Plaats in de reeks: geef de laatste die u kreeg mee als 'na'.")
    soort = serializers.ChoiceField(choices=namen(), help_text="Wat er is gewijzigd.")
    sleutel = serializers.CharField(help_text="Waarmee u het opvraagt: adresnaam, code of nummer.")
    maatregel = serializers.CharField(allow_null=True, help_text="Code van de maatregel waar het bij hoort.")
    actie = serializers.ChoiceField(choices=tuple(ACTIES.values()), help_text="Wat ermee gebeurde.")
    gewijzigdOp = serializers.DateTimeField(help_text="Moment van de wijziging.")  # noqa: N815  the key in JSON
