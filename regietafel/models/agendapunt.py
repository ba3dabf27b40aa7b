"""What a meeting is about: its points in order, who opens them, what is annexed, what they concern."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from maatregelen.models import Indicator, Maatregel, Organisatie, Persoon
from maatregelen.models.afscherming import Afgeschermd, deelt_met, onder, volgt_uit, zichtgrenzen, zichtindex
from maatregelen.models.grondslag import Dossierstuk, historie
from regietafel.models.sluiting import PUNT, VERGADERING, alleen_open
from regietafel.models.vergadering import Reeks, Vergadering


class Doel(models.TextChoices):
    INFORMEREN = "informeren", "ter informatie"
    BESPREKEN = "bespreken", "ter bespreking"
    BESLUITEN = "besluiten", "ter besluitvorming"


@historie()
class Reekspunt(models.Model):
    """A point that every meeting of a series starts with."""

    reeks = models.ForeignKey(Reeks, on_delete=models.CASCADE, related_name="punten")
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    titel = models.CharField("titel", max_length=250)
    doel = models.CharField("doel", max_length=12, choices=Doel, blank=True)
    duur_minuten = models.PositiveIntegerField("minuten", null=True, blank=True)
    is_slot = models.BooleanField("hoort achteraan", default=False, help_text="Zoals rondvraag en sluiting.")

    class Meta:
        verbose_name = "vast agendapunt"
        verbose_name_plural = "vaste agendapunten"
        ordering = ["is_slot", "volgorde", "id"]
        constraints = [models.CheckConstraint(name="reekspunt_titel", condition=Q(titel__regex=r"\S"))]

    def __str__(self) -> str:
        return self.titel


@historie()
class Agendapunt(Dossierstuk, Afgeschermd):
    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="agendapunten")
    volgorde = models.PositiveIntegerField("volgorde", help_text="Plaats op de agenda; ook het nummer van het punt.")
    titel = models.CharField("titel", max_length=250, help_text="Waar het over gaat.")
    doel = models.CharField(
        "doel", max_length=12, choices=Doel, blank=True, help_text="Informeren, bespreken of besluiten; leeg: onbekend."
    )
    duur_minuten = models.PositiveIntegerField("minuten", null=True, blank=True, help_text="Hoe lang het mag duren.")
    toelichting = models.TextField("annotatie", blank=True, help_text="Wat de tafel vooraf moet weten.")
    bespreking = models.TextField("bespreking", blank=True, help_text="Wat is besproken, in lopende tekst.")
    regel_van = models.PositiveIntegerField("regel", null=True, blank=True, help_text="Regel in de brontekst.")
    vervolg_op = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="vervolg",
        help_text="Het punt van een eerdere vergadering dat is doorgeschoven; dat blijft daar staan.",
    )
    doorschuifreden = models.CharField("reden van doorschuiven", max_length=250, blank=True, editable=False)
    inleiders: "models.ManyToManyField[Organisatie, Inleider]" = models.ManyToManyField(
        Organisatie, through="Inleider", related_name="+"
    )
    maatregelen: "models.ManyToManyField[Maatregel, Any]" = models.ManyToManyField(
        Maatregel, through="Puntmaatregel", blank=True, related_name="agendapunten", help_text="Waar het over gaat."
    )
    indicatoren: "models.ManyToManyField[Indicator, Any]" = models.ManyToManyField(
        Indicator, through="Puntindicator", blank=True, related_name="agendapunten", help_text="Welke cijfers."
    )
    eerdere_besluiten: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "regietafel.Besluit",
        through="Puntbesluit",
        blank=True,
        related_name="besproken_bij",
        help_text="Besluiten van eerdere vergaderingen waar het over gaat.",
    )

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["vergadering", "volgorde", "id"]
        constraints = [
            models.UniqueConstraint(
                name="agendapunt_volgorde_uniek",
                fields=["vergadering", "volgorde"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="agendapunt_titel", condition=Q(titel__regex=r"\S")),
            models.CheckConstraint(name="agendapunt_doel", condition=Q(doel__in=["", *Doel.values])),
            models.CheckConstraint(name="agendapunt_volgorde_vanaf_een", condition=Q(volgorde__gte=1)),
            models.CheckConstraint(name="agendapunt_niet_zelf", condition=~Q(vervolg_op=F("id"))),
            models.CheckConstraint(
                name="agendapunt_doorgeschoven_met_reden",
                condition=Q(vervolg_op=None) | Q(doorschuifreden__regex=r"\S"),
            ),
            *zichtgrenzen("agendapunt"),
        ]
        indexes = [zichtindex("agendapunt")]
        triggers = [
            alleen_open(VERGADERING, afgeschermd=True),
            volgt_uit("vergadering_id", func=onder("regietafel_vergadering", "NEW.vergadering_id")),
            deelt_met(("regietafel_bijlage", "agendapunt_id")),
        ]

    def __str__(self) -> str:
        return f"{self.volgorde}. {self.titel}"

    def get_absolute_url(self) -> str:
        """Its place on the page of the meeting."""
        return f"{self.vergadering.get_absolute_url()}#punt-{self.volgorde}"


@historie()
class Inleider(models.Model):
    """Who opens a point."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.CASCADE, related_name="inleiding")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    volgorde = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "inleider"
        ordering = ["volgorde", "id"]
        constraints = [models.UniqueConstraint(name="inleider_uniek", fields=["agendapunt", "organisatie"])]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return str(self.organisatie)


@historie()
class Puntmaatregel(models.Model):
    """A measure that a point is about."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.CASCADE, related_name="+")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "maatregel bij een agendapunt"
        ordering = ["maatregel__code"]
        constraints = [models.UniqueConstraint(name="punt_maatregel_uniek", fields=["agendapunt", "maatregel"])]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.agendapunt_id}: {self.maatregel_id}"


@historie()
class Puntindicator(models.Model):
    """A figure that a point is about."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "cijfer bij een agendapunt"
        constraints = [models.UniqueConstraint(name="punt_indicator_uniek", fields=["agendapunt", "indicator"])]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.agendapunt_id}: {self.indicator_id}"


@historie()
class Puntbesluit(models.Model):
    """A decision of an earlier meeting that a point is about."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.CASCADE, related_name="+")
    besluit = models.ForeignKey("regietafel.Besluit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "eerder besluit bij een agendapunt"
        verbose_name_plural = "eerdere besluiten bij agendapunten"
        constraints = [models.UniqueConstraint(name="punt_besluit_uniek", fields=["agendapunt", "besluit"])]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.agendapunt_id}: {self.besluit_id}"


@historie()
class Bijlage(Dossierstuk, Afgeschermd):
    """An annex of a point: a stored file, or only its name when the text mentions it and nobody added it yet."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="bijlagen")
    naam = models.CharField("naam", max_length=200, help_text="Zoals op de agenda: verslag vorig LRT.")
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    bestand = models.CharField("plaats van het bestand", max_length=120, blank=True, editable=False)
    bestandsnaam = models.CharField("bestandsnaam", max_length=200, blank=True, editable=False)
    inhoudstype = models.CharField("soort bestand", max_length=100, blank=True, editable=False)
    grootte = models.PositiveBigIntegerField("grootte in bytes", null=True, editable=False)
    controlegetal = models.CharField("controlegetal", max_length=64, blank=True, editable=False)
    bijgevoegd_door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    bijgevoegd_op = models.DateTimeField("bijgevoegd op", null=True, editable=False)
    regel_van = models.PositiveIntegerField("regel", null=True, blank=True, help_text="Regel in de brontekst.")

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="bijlage_naam", condition=Q(naam__regex=r"\S")),
            models.CheckConstraint(
                name="bijlage_bestand_volledig",
                condition=Q(bestand="", bestandsnaam="", inhoudstype="", grootte=None, controlegetal="")
                | (
                    ~Q(bestand="")
                    & ~Q(bestandsnaam="")
                    & ~Q(inhoudstype="")
                    & Q(grootte__gt=0)
                    & Q(controlegetal__regex=r"^[0-9a-f]{64}$")
                ),
            ),
            *zichtgrenzen("bijlage"),
        ]
        triggers = [
            alleen_open(PUNT, afgeschermd=True),
            volgt_uit("agendapunt_id", func=onder("regietafel_agendapunt", "NEW.agendapunt_id")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def heeft_bestand(self) -> bool:
        """Whether the file itself is here."""
        return bool(self.bestand)
