"""Policy agendas, their sections, their text."""

import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from maatregelen.models.afscherming import (
    Afgeschermd,
    Publicatie,
    Zichtniveau,
    bovenaan,
    deelt_met,
    en_onder,
    niet_openbaar_voor,
    onder,
    volgt_uit,
    zichtgrenzen,
)
from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.organisatie import Organisatie, Persoon


class Agendasoort(models.TextChoices):
    KAMERBRIEF = "kamerbrief", "Kamerbrief"
    CONCEPTBRIEF = "conceptbrief", "conceptbrief"
    GEZAMENLIJK = "gezamenlijk", "gezamenlijke agenda"
    VERSLAG = "verslag", "verslag met afspraken"
    AKKOORD = "akkoord", "coalitieakkoord"
    ANDERS = "anders", "anders"


class Agendastaat(models.TextChoices):
    CONCEPT = "concept", "concept, niet geaccordeerd"
    AANZET = "aanzet", "aanzet, nog vast te stellen"
    VASTGESTELD = "vastgesteld", "vastgesteld"
    INGETROKKEN = "ingetrokken", "ingetrokken"


class AgendaQuerySet(models.QuerySet["Agenda"]):
    def per(self, peildatum: datetime.date) -> Self:
        """Agendas that existed on a day."""
        return self.filter(geldt_vanaf__lte=peildatum)

    def lopend(self) -> Self:
        """Agendas whose measures ask for attention."""
        return self.filter(is_lopend=True)


@historie()
class Agenda(Dossierstuk, Afgeschermd):
    zichtbaarheid = models.PositiveSmallIntegerField(
        "zichtbaar voor",
        choices=Zichtniveau,
        default=Zichtniveau.EIGEN,
        help_text="Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.",
    )
    slug = models.SlugField("adresnaam", unique=True, max_length=60, help_text="Naam in het webadres; blijft gelijk.")
    titel = models.CharField(
        "titel", max_length=250, help_text="Titel van de beleidsagenda; nooit die van een vergadering."
    )
    titel_bron = models.CharField(
        "herkomst van de titel", max_length=250, blank=True, help_text="Waar de titel vandaan komt."
    )
    soort = models.CharField("soort", max_length=20, choices=Agendasoort, help_text="Uit wat voor stuk de agenda komt.")
    soort_tekst = models.CharField(
        "soort volgens de bron", max_length=120, blank=True, help_text="Letterlijke aanduiding."
    )
    documentdatum = models.DateField(
        "documentdatum",
        null=True,
        blank=True,
        help_text="Datum die in het stuk zelf staat; leeg als er geen datum in staat.",
    )
    schatting_van = models.DateField(
        "geschat, vroegst", null=True, blank=True, help_text="Vroegste dag waarop het stuk er geweest kan zijn."
    )
    schatting_tot = models.DateField(
        "geschat, laatst", null=True, blank=True, help_text="Laatste dag waarop het stuk er geweest kan zijn."
    )
    datum_basis = models.TextField(
        "basis van de schatting",
        blank=True,
        help_text="Waarop de geschatte of gekozen datum berust; wordt altijd getoond.",
    )
    geldt_vanaf = models.DateField(
        "geldt vanaf",
        db_index=True,
        help_text="Dag vanaf wanneer de maatregelen gelden: de datum van het stuk, of bij een verslag de vergaderdag.",
    )
    kenmerk = models.CharField("kenmerk", max_length=120, blank=True, help_text="Kamerstuk- of briefnummer.")
    staat = models.CharField(
        "staat", max_length=20, choices=Agendastaat, help_text="Of en hoe de agenda is vastgesteld."
    )
    staat_tekst = models.CharField(
        "staat in woorden", max_length=250, blank=True, help_text="Hoe het stuk zijn eigen staat omschrijft."
    )
    is_lopend = models.BooleanField(
        "lopend",
        default=False,
        help_text="Alleen lopende agenda's vragen aandacht: de andere zijn geschiedenis of nooit afgesproken.",
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Wat lezers over dit stuk moeten weten.")
    houder = models.ForeignKey(
        Organisatie,
        verbose_name="bijgehouden door",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendas",
        help_text="Organisatie waarvan de dossierhouders deze agenda bijhouden; leeg: alleen het LRT-secretariaat.",
    )
    bronbestand = models.CharField(
        "bronbestand",
        max_length=120,
        blank=True,
        help_text="Naam van het tekstbestand waar regelnummers naar verwijzen.",
    )
    publicatie = models.CharField(
        "publicatie",
        max_length=12,
        choices=Publicatie,
        default=Publicatie.CONCEPT,
        editable=False,
        help_text="Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.",
    )

    objects: ClassVar[AgendaQuerySet] = AgendaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda's"
        ordering = ["-geldt_vanaf", "slug"]
        constraints = [
            models.CheckConstraint(name="agenda_soort", condition=Q(soort__in=Agendasoort.values)),
            models.CheckConstraint(name="agenda_staat", condition=Q(staat__in=Agendastaat.values)),
            models.CheckConstraint(
                name="agenda_heeft_datum", condition=Q(documentdatum__isnull=False) | Q(schatting_van__isnull=False)
            ),
            models.CheckConstraint(
                name="agenda_schatting_heeft_basis", condition=Q(schatting_van=None) | ~Q(datum_basis="")
            ),
            models.CheckConstraint(
                name="agenda_schatting_volgorde",
                condition=Q(schatting_tot=None) | Q(schatting_tot__gte=F("schatting_van")),
            ),
            models.CheckConstraint(name="agenda_publicatie", condition=Q(publicatie__in=Publicatie.values)),
            *zichtgrenzen("agenda"),
        ]
        triggers = [
            volgt_uit(
                "houder_id",
                "publicatie",
                func=bovenaan("NEW.houder_id") + niet_openbaar_voor("publicatie", Publicatie.VASTGESTELD),
            ),
            deelt_met(("maatregelen_pijler", "agenda_id")),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        """The page of this agenda."""
        return f"/agendas/{self.slug}/"

    @property
    def is_datum_geschat(self) -> bool:
        """Whether the text itself carries no date."""
        return self.documentdatum is None


@historie()
class Ondertekenaar(models.Model):
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="ondertekenaars")
    rol = models.CharField("ambt", max_length=200, help_text="Ambt waarin is ondertekend.")
    naam = models.CharField("naam", max_length=120, help_text="Naam zoals onder het stuk.")
    regel_van = models.PositiveIntegerField("regel", null=True, help_text="Regel in de brontekst.")

    class Meta:
        verbose_name = "ondertekenaar"
        ordering = ["regel_van", "id"]
        constraints = [models.UniqueConstraint(name="ondertekenaar_uniek", fields=["agenda", "rol", "naam"])]

    def __str__(self) -> str:
        return f"{self.naam}, {self.rol}"


@historie()
class Brontekst(models.Model):
    """The text of a document, attached by people; it is not part of the product's own data."""

    agenda = models.OneToOneField(Agenda, on_delete=models.PROTECT, related_name="brontekst")
    bestandsnaam = models.CharField("bestandsnaam", max_length=120, help_text="Naam van het bijgevoegde bestand.")
    tekst = models.TextField("tekst", help_text="Volledige tekst; regelnummers tellen vanaf 1.")
    controlegetal = models.CharField("controlegetal", max_length=64, help_text="SHA-256 van de tekst.")
    bijgevoegd_door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    bijgevoegd_op = models.DateTimeField("bijgevoegd op")

    class Meta:
        verbose_name = "brontekst"
        verbose_name_plural = "bronteksten"

    def __str__(self) -> str:
        return self.bestandsnaam

    def passage(self, van: int, tot: int, rondom: int = 2) -> list[tuple[int, str, bool]]:
        """Lines `van`..`tot` (1-based, inclusive) with some lines around them: (number, text, is it the passage)."""
        regels = self.tekst.split("\n")
        eerste = max(1, van - rondom)
        return [
            (nummer, regel, van <= nummer <= tot)
            for nummer, regel in enumerate(regels[eerste - 1 : tot + rondom], start=eerste)
        ]


class Pijlerrol(models.TextChoices):
    VERANTWOORDELIJK = "verantwoordelijk", "verantwoordelijk ministerie"
    INLEIDER = "inleider", "inleider van het agendapunt"


@historie()
class Pijler(Dossierstuk, Afgeschermd):
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="pijlers")
    bovenliggend = models.ForeignKey(
        "self",
        verbose_name="valt onder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="onderdelen",
        help_text="Pijler waar deze een onderdeel van is.",
    )
    nummer = models.CharField(
        "nummer", max_length=10, help_text="Nummer in het stuk, of toegekend als het stuk niet nummert."
    )
    volgorde = models.PositiveIntegerField("volgorde", default=0, help_text="Plaats in de agenda.")
    titel = models.CharField(
        "titel", max_length=250, help_text="Onderwerp van deze pijler: een hoofdstuk van de agenda."
    )
    kop_letterlijk = models.CharField(
        "letterlijke kop", max_length=300, blank=True, help_text="De kop zoals in het stuk."
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Wat lezers over deze pijler moeten weten.")
    regel_van = models.PositiveIntegerField(
        "van regel", null=True, blank=True, help_text="Eerste regel in de brontekst."
    )
    regel_tot = models.PositiveIntegerField("tot en met regel", null=True, blank=True, help_text="Laatste regel.")

    class Meta:
        verbose_name = "pijler"
        verbose_name_plural = "pijlers"
        ordering = ["agenda", "volgorde", "nummer"]
        constraints = [
            models.UniqueConstraint(name="pijler_nummer_uniek", fields=["agenda", "nummer"]),
            models.CheckConstraint(
                name="pijler_niet_onder_zichzelf", condition=Q(bovenliggend=None) | ~Q(bovenliggend=F("id"))
            ),
            models.CheckConstraint(
                name="pijler_regels",
                condition=Q(regel_van=None, regel_tot=None) | Q(regel_van__gte=1, regel_tot__gte=F("regel_van")),
            ),
            *zichtgrenzen("pijler"),
        ]
        triggers = [
            volgt_uit(
                "agenda_id",
                "bovenliggend_id",
                func=onder("maatregelen_agenda", "NEW.agenda_id")
                + en_onder("maatregelen_pijler", "NEW.bovenliggend_id"),
            ),
            deelt_met(("maatregelen_pijler", "bovenliggend_id"), ("maatregelen_maatregel", "pijler_id")),
            pgtrigger.Trigger(
                name="zelfde_agenda",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__bovenliggend__isnull=False),
                func=pgtrigger.Func(
                    "IF NOT EXISTS (SELECT 1 FROM maatregelen_pijler b WHERE b.id = NEW.bovenliggend_id "
                    "AND b.agenda_id = NEW.agenda_id) THEN "
                    "RAISE EXCEPTION 'pijler en bovenliggende pijler horen bij verschillende agendas' "
                    "USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.titel}"

    def get_absolute_url(self) -> str:
        """Its chapter on the page of its agenda."""
        return f"/agendas/{self.agenda.slug}/#pijler-{self.nummer}"


@historie()
class Pijlerbetrokkenheid(models.Model):
    """An organisation in the heading of a section: its measures inherit the responsible ones, never the presenters."""

    pijler = models.ForeignKey(Pijler, on_delete=models.CASCADE, related_name="betrokkenheden")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="pijlerbetrokkenheden")
    rol = models.CharField(
        "rol", max_length=20, choices=Pijlerrol, help_text="Verantwoordelijk geldt ook voor de maatregelen eronder."
    )
    volgorde = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "betrokkenheid bij een pijler"
        ordering = ["volgorde", "id"]
        constraints = [
            models.UniqueConstraint(name="pijlerbetrokkenheid_uniek", fields=["pijler", "organisatie", "rol"]),
            models.CheckConstraint(name="pijlerbetrokkenheid_rol", condition=Q(rol__in=Pijlerrol.values)),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie} ({self.get_rol_display()})"
