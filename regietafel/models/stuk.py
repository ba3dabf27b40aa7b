"""Papers that were made here, and mail about meetings: what was asked, how far it is, what it contained."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models import Persoon, Stap
from regietafel.models.actiepunt import Actiepunt
from regietafel.models.vergadering import Vergadering


class Stuksoort(models.TextChoices):
    ONEPAGER = "onepager", "onepager"
    AGENDA = "agenda", "geannoteerde agenda"
    UITNODIGING = "uitnodiging", "uitnodiging"
    VERSLAG = "verslag", "verslag"
    SINDS = "sinds", "wat veranderde sinds"
    ACTIELIJST = "actielijst", "actielijst"


class Formaat(models.TextChoices):
    PDF = "pdf", "PDF"
    ODT = "odt", "ODT"
    DOCX = "docx", "Word"


class Maakstand(models.TextChoices):
    GEVRAAGD = "gevraagd", "wacht op zijn beurt"
    BEZIG = "bezig", "wordt gemaakt"
    KLAAR = "klaar", "klaar"
    MISLUKT = "mislukt", "niet gelukt"


class Stuk(models.Model):
    """A paper: about what, as of which moment of data, and the check number by which it is recognised later."""

    soort = models.CharField("soort", max_length=12, choices=Stuksoort)
    formaat = models.CharField("formaat", max_length=5, choices=Formaat)
    titel = models.CharField("titel", max_length=250)
    onderwerp = models.JSONField("onderwerp", help_text="Waarover: maatregel, pijler, thema, vergadering, van en tot.")
    peildatum = models.DateField("peildatum", help_text="Dag waarop het stuk de stand geeft.")
    gezien_op = models.DateTimeField("gegevens van", help_text="Moment tot wanneer is meegenomen wat hier bekend was.")
    stand = models.CharField("stand", max_length=10, choices=Maakstand, default=Maakstand.GEVRAAGD, db_index=True)
    stap = models.PositiveIntegerField("stap", default=0)
    stappen = models.PositiveIntegerField("van stappen", default=0)
    fout = models.TextField("wat er misging", blank=True)
    controlegetal = models.CharField(
        "controlegetal", max_length=64, blank=True, db_index=True, help_text="Gelijk zolang de inhoud gelijk is."
    )
    bestand = models.CharField("plaats van het bestand", max_length=120, blank=True)
    grootte = models.PositiveBigIntegerField("grootte in bytes", null=True)
    gevraagd_door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="stukken")
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    begonnen_op = models.DateTimeField("begonnen op", null=True)
    gemaakt_op = models.DateTimeField("gemaakt op", null=True)

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        ordering = ["-gevraagd_op", "-id"]
        constraints = [
            models.CheckConstraint(name="stuk_soort", condition=Q(soort__in=Stuksoort.values)),
            models.CheckConstraint(name="stuk_formaat", condition=Q(formaat__in=Formaat.values)),
            models.CheckConstraint(name="stuk_stand", condition=Q(stand__in=Maakstand.values)),
            models.CheckConstraint(
                name="stuk_klaar_is_volledig",
                condition=~Q(stand=Maakstand.KLAAR)
                | (~Q(controlegetal="") & ~Q(bestand="") & Q(gemaakt_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.titel


class Berichtsoort(models.TextChoices):
    UITNODIGING = "uitnodiging", "uitnodiging"
    SINDS = "sinds", "wat veranderde sinds de vorige vergadering"


class Berichtuitkomst(models.TextChoices):
    OPEN = "open", "te versturen"
    VERZONDEN = "verzonden", "verzonden"
    GEWEIGERD = "geweigerd", "geweigerd door de mailserver"
    NIET_MEER_NODIG = "niet_meer_nodig", "niet meer nodig"


class Vergaderbericht(models.Model):
    """A mail to one person about one meeting. One row, one mail: the unique key is what prevents a second one."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="berichten")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField("soort", max_length=12, choices=Berichtsoort)
    volgnummer = models.PositiveIntegerField(
        "volgnummer", default=0, help_text="Telt op als de vergadering verandert; ook dat van de agenda-uitnodiging."
    )
    uitkomst = models.CharField(
        "uitkomst", max_length=16, choices=Berichtuitkomst, default=Berichtuitkomst.OPEN, db_index=True
    )
    fout = models.CharField("fout", max_length=250, blank=True)
    pogingen = models.PositiveIntegerField("pogingen", default=0)
    gepland_op = models.DateTimeField("gepland op", default=timezone.now)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True)

    class Meta:
        verbose_name = "bericht over een vergadering"
        verbose_name_plural = "berichten over vergaderingen"
        ordering = ["-gepland_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="vergaderbericht_eenmaal", fields=["vergadering", "persoon", "soort", "volgnummer"]
            ),
            models.CheckConstraint(name="vergaderbericht_soort", condition=Q(soort__in=Berichtsoort.values)),
            models.CheckConstraint(name="vergaderbericht_uitkomst", condition=Q(uitkomst__in=Berichtuitkomst.values)),
        ]

    def __str__(self) -> str:
        return f"{self.soort} aan {self.persoon_id}"


# Before the latest day, and after it: an action is told of like a termijn of a measure.
ACTIESTAPPEN = (Stap.AANKONDIGING, Stap.VOORBIJ)


class Actiebericht(models.Model):
    """A row of the ledger of actions, written before it is sent: this person is told this step of this date once.

    What one person is told on one day goes in one mail, which carries the Message-ID of its first row.
    """

    actiepunt = models.ForeignKey(Actiepunt, on_delete=models.PROTECT, related_name="berichten")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    stap = models.CharField("stap", max_length=15, choices=[(stap.value, stap.label) for stap in ACTIESTAPPEN])
    trede = models.PositiveSmallIntegerField(
        "trede", help_text="Stap van het schema: dagen voor de uiterste dag, of dagen erna."
    )
    sleuteldag = models.DateField("over de datum", help_text="De uiterste dag zoals die toen gold.")
    reden = models.CharField("waarom deze persoon", max_length=200)
    vandaag = models.DateField("beoordeeld op", help_text="De dag waarop de termijn is beoordeeld.")
    uitkomst = models.CharField(
        "uitkomst", max_length=16, choices=Berichtuitkomst, default=Berichtuitkomst.OPEN, db_index=True
    )
    fout = models.CharField("fout", max_length=250, blank=True)
    pogingen = models.PositiveIntegerField("pogingen", default=0)
    kenmerk = models.CharField("kenmerk van de mail", max_length=200, blank=True, help_text="Message-ID van de mail.")
    gepland_op = models.DateTimeField("gepland op", default=timezone.now)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True)

    class Meta:
        verbose_name = "bericht over een actiepunt"
        verbose_name_plural = "berichten over actiepunten"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="actiebericht_eenmaal", fields=["actiepunt", "persoon", "stap", "trede", "sleuteldag"]
            ),
            models.CheckConstraint(
                name="actiebericht_stap", condition=Q(stap__in=[str(stap) for stap in ACTIESTAPPEN])
            ),
            models.CheckConstraint(name="actiebericht_uitkomst", condition=Q(uitkomst__in=Berichtuitkomst.values)),
        ]

    def __str__(self) -> str:
        return f"{self.stap} {self.trede} aan {self.persoon_id}"
