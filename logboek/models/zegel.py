"""The chain of check numbers over the log and the history tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from logboek.models.logregel import onwisbaar


class Zegel(models.Model):
    """A check number over the rows that came since the previous seal, and over that seal."""

    nummer = models.BigIntegerField("nummer", primary_key=True)
    tijdstip = models.DateTimeField("tijdstip")
    vorige = models.CharField("vorig controlegetal", max_length=64)
    getal = models.CharField("controlegetal", max_length=64, unique=True)

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"
        ordering = ["nummer"]
        constraints = [models.CheckConstraint(name="zegel_nummer", condition=Q(nummer__gte=1))]
        triggers = onwisbaar()

    def __str__(self) -> str:
        return f"zegel {self.nummer}"


class Zegeldeel(models.Model):
    """The rows of one table under a seal, each with its own check number, so that a change can be pointed at."""

    zegel = models.ForeignKey(Zegel, on_delete=models.PROTECT, related_name="delen")
    tabel = models.CharField("tabel", max_length=63)
    kolommen = ArrayField(models.CharField(max_length=63), verbose_name="kolommen", help_text="Wat is meegeteld.")
    # Sealed anew after a column went: from here on this table is looked at, the older parts are only links.
    opnieuw = models.BooleanField("opnieuw", default=False)
    sleutels = ArrayField(models.CharField(max_length=40), verbose_name="sleutels van de rijen")
    rijgetallen = models.BinaryField("controlegetallen van de rijen", help_text="Per rij 32 bytes, in die volgorde.")
    getal = models.CharField("controlegetal", max_length=64)

    class Meta:
        verbose_name = "deel van een zegel"
        verbose_name_plural = "delen van zegels"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="zegeldeel_uniek", fields=["zegel", "tabel"])]
        indexes = [models.Index(fields=["tabel", "id"])]
        triggers = onwisbaar()

    def __str__(self) -> str:
        return f"{self.tabel} in {self.zegel_id}"


class Zegelgrens(models.Model):
    """Up to where the next seal may go, once every transaction that was writing at this moment is over. One row."""

    grenzen = models.JSONField("hoogste nummer per tabel")
    schrijvers = models.JSONField("wie toen bezig was", default=list)

    class Meta:
        verbose_name = "grens van het volgende zegel"
        verbose_name_plural = "grenzen van het volgende zegel"
        constraints = [models.CheckConstraint(name="zegelgrens_een_rij", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"grens met {len(self.schrijvers)} die bezig zijn"
