"""What was said, decided and shown at a point of a meeting, and what is added to closed minutes."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from maatregelen.models import Maatregel, Meting, Organisatie, Persoon
from maatregelen.models.grondslag import Dossierstuk, historie
from regietafel.models.agendapunt import Agendapunt
from regietafel.models.sluiting import PUNT, alleen_open
from regietafel.models.vergadering import Vergadering


class Verslagregel(Dossierstuk):
    """A line of minutes. `sleutel` is chosen by who types it, so that sending it twice makes one line."""

    sleutel = models.UUIDField("sleutel", default=uuid.uuid4, unique=True, editable=False)
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    regel_van = models.PositiveIntegerField("regel", null=True, blank=True, help_text="Regel in de brontekst.")
    regel_tot = models.PositiveIntegerField("tot en met regel", null=True, blank=True)
    bron_id = models.CharField("kenmerk in de bron", max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True


class Inbrengsoort(models.TextChoices):
    STANDPUNT = "standpunt", "standpunt"
    VRAAG = "vraag", "vraag"
    ZORG = "zorg", "zorg"
    VOORSTEL = "voorstel", "voorstel"
    OPROEP = "oproep", "oproep"
    VOORNEMEN = "voornemen", "voornemen"
    RISICO = "risico", "risico"


@historie()
class Inbreng(Verslagregel):
    """Who said what."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="inbreng")
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="inbreng", help_text="Namens wie."
    )
    spreker = models.CharField("spreker", max_length=120, blank=True, help_text="Zoals in het stuk: SJenV.")
    soort = models.CharField("soort", max_length=12, choices=Inbrengsoort, help_text="Wat voor inbreng het is.")
    tekst = models.TextField("tekst", help_text="Wat is ingebracht.")
    is_open = models.BooleanField("nog open", default=False, help_text="Een vraag waarop nog geen antwoord kwam.")
    maatregelen: "models.ManyToManyField[Maatregel, Any]" = models.ManyToManyField(
        Maatregel, through="Inbrengmaatregel", blank=True, related_name="inbreng", help_text="Waar het over gaat."
    )

    class Meta:
        verbose_name = "inbreng"
        verbose_name_plural = "inbreng"
        ordering = ["agendapunt", "volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="inbreng_soort", condition=Q(soort__in=Inbrengsoort.values)),
            models.CheckConstraint(name="inbreng_tekst", condition=Q(tekst__regex=r"\S")),
            models.CheckConstraint(
                name="inbreng_wie", condition=Q(organisatie__isnull=False) | Q(spreker__regex=r"\S")
            ),
        ]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.spreker or self.organisatie}: {self.tekst}"


@historie()
class Inbrengmaatregel(models.Model):
    """A measure that a contribution is about."""

    inbreng = models.ForeignKey(Inbreng, on_delete=models.CASCADE, related_name="+")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "maatregel bij een inbreng"
        constraints = [models.UniqueConstraint(name="inbreng_maatregel_uniek", fields=["inbreng", "maatregel"])]

    def __str__(self) -> str:
        return f"{self.inbreng_id}: {self.maatregel_id}"


class Besluitsoort(models.TextChoices):
    BESLUIT = "besluit", "besluit"
    PROCEDUREAFSPRAAK = "procedureafspraak", "procedureafspraak"
    MEDEDELING = "mededeling", "mededeling"


# What the table itself decided; a communication was decided elsewhere and only reported here.
DOOR_DE_TAFEL = (Besluitsoort.BESLUIT, Besluitsoort.PROCEDUREAFSPRAAK)


@historie()
class Besluit(Verslagregel):
    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="besluiten")
    code = models.CharField(
        "code", max_length=60, unique=True, help_text="Kenmerk dat nooit verandert, zoals lrt-2025-03-19-b03."
    )
    soort = models.CharField(
        "soort",
        max_length=20,
        choices=Besluitsoort,
        help_text="Besluit en procedureafspraak nam de tafel zelf; een mededeling is elders besloten.",
    )
    tekst = models.TextField("tekst", help_text="Wat is besloten.")
    toelichting = models.TextField("toelichting", blank=True, help_text="Twijfel of leeswijzer.")

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["agendapunt", "volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="besluit_soort", condition=Q(soort__in=Besluitsoort.values)),
            models.CheckConstraint(name="besluit_tekst", condition=Q(tekst__regex=r"\S")),
            models.CheckConstraint(name="besluit_code", condition=Q(code__regex=r"^[0-9a-z]+(-[0-9a-z]+)*$")),
        ]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return self.tekst

    def get_absolute_url(self) -> str:
        """Its own page."""
        return f"/besluiten/{self.code}/"


class Terugkoppelstand(models.TextChoices):
    OPEN = "open", "nog uit te voeren"
    UITGEVOERD = "uitgevoerd", "uitgevoerd, niet teruggekoppeld"
    TERUGGEKOPPELD = "teruggekoppeld", "teruggekoppeld en aanvaard"
    INGETROKKEN = "ingetrokken", "ingetrokken door de tafel"
    NIET_NODIG = "niet_nodig", "terugkoppelen is niet nodig"


# Nothing remains to be reported back.
GESLOTEN = (Terugkoppelstand.TERUGGEKOPPELD, Terugkoppelstand.INGETROKKEN, Terugkoppelstand.NIET_NODIG)


class TerugkoppelingQuerySet(models.QuerySet["Terugkoppeling"]):
    def te_doen(self) -> Self:
        """What the table still has to hear: not carried out, or carried out and never reported back."""
        return self.exclude(stand__in=GESLOTEN)

    def niet_teruggekoppeld(self) -> Self:
        """Carried out, and no meeting has accepted it."""
        return self.filter(stand=Terugkoppelstand.UITGEVOERD)


@historie()
class Terugkoppeling(Dossierstuk):
    """What became of a decision for one measure (or for itself, when it is about none). Done is not closed:
    closing needs the meeting that accepted it.
    """

    besluit = models.ForeignKey(Besluit, on_delete=models.PROTECT, related_name="terugkoppelingen")
    maatregel = models.ForeignKey(
        Maatregel, null=True, blank=True, on_delete=models.PROTECT, related_name="terugkoppelingen"
    )
    stand = models.CharField(
        "stand", max_length=20, choices=Terugkoppelstand, default=Terugkoppelstand.OPEN, editable=False, db_index=True
    )
    uitgevoerd_op = models.DateField("uitgevoerd op", null=True, editable=False, help_text="Dag waarop het gedaan was.")
    uitkomst = models.TextField("wat ervan is gekomen", blank=True, editable=False, help_text="In een zin of twee.")
    gemeld_door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    aanvaard_in = models.ForeignKey(
        Vergadering,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="aanvaarde_terugkoppelingen",
        help_text="De vergadering die de terugkoppeling aanvaardde, of het besluit introk.",
    )

    objects: ClassVar[TerugkoppelingQuerySet] = TerugkoppelingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ["besluit", "maatregel__code", "id"]
        constraints = [
            models.UniqueConstraint(name="terugkoppeling_uniek", fields=["besluit", "maatregel"], nulls_distinct=False),
            models.CheckConstraint(name="terugkoppeling_stand", condition=Q(stand__in=Terugkoppelstand.values)),
            models.CheckConstraint(
                name="terugkoppeling_gedaan_met_uitkomst",
                condition=~Q(stand__in=["uitgevoerd", "teruggekoppeld"])
                | (Q(uitgevoerd_op__isnull=False) & Q(uitkomst__regex=r"\S")),
            ),
            models.CheckConstraint(
                name="terugkoppeling_gesloten_door_vergadering",
                condition=(Q(stand__in=["teruggekoppeld", "ingetrokken"]) & Q(aanvaard_in__isnull=False))
                | (~Q(stand__in=["teruggekoppeld", "ingetrokken"]) & Q(aanvaard_in=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.besluit_id}: {self.get_stand_display()}"

    @property
    def is_gesloten(self) -> bool:
        """Whether nothing remains to be reported back."""
        return self.stand in GESLOTEN


@historie()
class Vergadercijfer(Verslagregel):
    """A figure that was shown or agreed at a point."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="cijfers")
    naam = models.CharField("naam", max_length=200, help_text="Wat het cijfer zegt.")
    waarde = models.DecimalField("waarde", max_digits=16, decimal_places=2)
    waarde_tot = models.DecimalField("tot", max_digits=16, decimal_places=2, null=True, blank=True)
    vorige_waarde = models.DecimalField(
        "was", max_digits=16, decimal_places=2, null=True, blank=True, help_text="Waarde die hiermee vervalt."
    )
    eenheid = models.CharField("eenheid", max_length=60, blank=True)
    kwalificatie = models.CharField("kwalificatie", max_length=60, blank=True, help_text="Zoals bijna, ongeveer.")
    periode = models.CharField("periode", max_length=60, blank=True, help_text="Waarover het gaat.")
    toelichting = models.CharField("toelichting", max_length=250, blank=True)
    meting = models.ForeignKey(
        Meting,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Dezelfde meting bij Cijfers.",
    )
    maatregelen: "models.ManyToManyField[Maatregel, Any]" = models.ManyToManyField(
        Maatregel, through="Cijfermaatregel", blank=True, related_name="vergadercijfers"
    )

    class Meta:
        verbose_name = "cijfer in een vergadering"
        verbose_name_plural = "cijfers in een vergadering"
        ordering = ["agendapunt", "volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="vergadercijfer_naam", condition=Q(naam__regex=r"\S")),
            models.CheckConstraint(
                name="vergadercijfer_bereik", condition=Q(waarde_tot=None) | Q(waarde_tot__gte=F("waarde"))
            ),
        ]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.naam}: {self.waarde}"


@historie()
class Cijfermaatregel(models.Model):
    """A measure that a figure is about."""

    cijfer = models.ForeignKey(Vergadercijfer, on_delete=models.CASCADE, related_name="+")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "maatregel bij een cijfer"
        constraints = [models.UniqueConstraint(name="cijfer_maatregel_uniek", fields=["cijfer", "maatregel"])]

    def __str__(self) -> str:
        return f"{self.cijfer_id}: {self.maatregel_id}"


@historie()
class Trend(Verslagregel):
    """How something goes, in words, where no figure was given."""

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="trends")
    onderwerp = models.CharField("onderwerp", max_length=200, help_text="Zoals situatie Ter Apel.")
    duiding = models.CharField("duiding", max_length=200, help_text="Zoals stabiel, daalt, te veel.")

    class Meta:
        verbose_name = "trend in woorden"
        verbose_name_plural = "trends in woorden"
        ordering = ["agendapunt", "volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="trend_ingevuld", condition=Q(onderwerp__regex=r"\S") & Q(duiding__regex=r"\S"))
        ]
        triggers = [alleen_open(PUNT)]

    def __str__(self) -> str:
        return f"{self.onderwerp}: {self.duiding}"


@historie()
class Addendum(models.Model):
    """What is corrected after the minutes were adopted: added, visible as such, and itself never changed."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="addenda")
    agendapunt = models.ForeignKey(
        Agendapunt,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="addenda",
        help_text="Waar het bij hoort.",
    )
    tekst = models.TextField("tekst", help_text="De verbetering of aanvulling.")
    reden = models.CharField("reden", max_length=250, help_text="Waarom dit is toegevoegd.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateField("datum", help_text="Dag van het addendum.")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "addendum"
        verbose_name_plural = "addenda"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.CheckConstraint(name="addendum_ingevuld", condition=Q(tekst__regex=r"\S") & Q(reden__regex=r"\S"))
        ]

    def __str__(self) -> str:
        return self.tekst
