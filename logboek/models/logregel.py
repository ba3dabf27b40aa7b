"""A line of the log; and apart from it, erasable, who a key stands for and where it came from."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from logboek.models.actie import Oorsprong, Resultaat


def onwisbaar() -> list[Any]:
    """Triggers of a table whose rows are written once: nothing changes, nothing goes, nothing is emptied."""
    return [
        pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="niet_legen",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'logboek: % wordt niet geleegd', TG_TABLE_NAME;",
        ),
    ]


class Logregel(models.Model):
    """Something that happened and that the history tables do not hold: written once, without a person's name."""

    tijdstip = models.DateTimeField("tijdstip", help_text="Moment waarop het gebeurde.")
    actie = models.CharField("actie", max_length=40, help_text="Wat er gebeurde, in een vast woord.")
    object_soort = models.CharField("soort", max_length=60, blank=True, help_text="Waarmee het gebeurde.")
    object_sleutel = models.CharField("sleutel", max_length=120, blank=True, help_text="Welk stuk van die soort.")
    object_naam = models.CharField(
        "object", max_length=200, blank=True, help_text="Hoe lezers het kennen; nooit de naam van een persoon."
    )
    resultaat = models.CharField("resultaat", max_length=10, choices=Resultaat)
    oorsprong = models.CharField("oorsprong", max_length=10, choices=Oorsprong)
    herkomst = models.UUIDField("herkomst", null=True, help_text="Sleutel van het adres waar het vandaan kwam.")
    actor = models.UUIDField("wie", null=True, help_text="Sleutel van wie het deed; leeg: niemand die is ingelogd.")
    details = models.JSONField("bijzonderheden", default=dict)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ["-tijdstip", "-id"]
        indexes = [
            models.Index(fields=["tijdstip", "id"]),
            models.Index(fields=["actor", "tijdstip"]),
            models.Index(fields=["actie", "tijdstip"]),
        ]
        constraints = [
            models.CheckConstraint(name="logregel_actie", condition=Q(actie__regex=r"^[a-z]+(_[a-z]+)*$")),
            models.CheckConstraint(name="logregel_resultaat", condition=Q(resultaat__in=Resultaat.values)),
            models.CheckConstraint(name="logregel_oorsprong", condition=Q(oorsprong__in=Oorsprong.values)),
        ]
        triggers = onwisbaar()

    def __str__(self) -> str:
        return f"{self.tijdstip:%Y-%m-%d %H:%M} {self.actie} {self.object_naam}".strip()


class Betrokkene(models.Model):
    """Who a key stands for. A person has another key each month, so that what is old can be erased by itself.

    Two rows for the same person and month are harmless: nobody waits for somebody else's transaction to find a key.
    """

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.BigIntegerField("persoon", help_text="Nummer van de persoon; geen verwijzing, het mag wegvallen.")
    naam = models.CharField("naam", max_length=200, help_text="Zoals de persoon toen werd getoond.")
    adres = models.CharField("e-mailadres", max_length=254, blank=True, help_text="Zoals het toen was.")
    maand = models.DateField("maand", help_text="Eerste dag van de maand waarin de sleutel is gebruikt.")

    class Meta:
        verbose_name = "betrokkene"
        verbose_name_plural = "betrokkenen"
        indexes = [models.Index(fields=["persoon", "maand"]), models.Index(fields=["maand"])]

    def __str__(self) -> str:
        return self.naam


class Herkomst(models.Model):
    """Where a key of origin stands for: a network address and what the browser said it was. Another key each month."""

    sleutel = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    adres = models.CharField("netwerkadres", max_length=45)
    programma = models.CharField("browser of programma", max_length=300, blank=True)
    maand = models.DateField("maand", help_text="Eerste dag van de maand waarin de sleutel is gebruikt.")

    class Meta:
        verbose_name = "herkomst"
        verbose_name_plural = "herkomsten"
        indexes = [models.Index(fields=["adres", "maand"]), models.Index(fields=["maand"])]

    def __str__(self) -> str:
        return self.adres


class Telling(models.Model):
    """How often something happened in an hour that gets one line at its first time; written down when it is over."""

    uur = models.DateTimeField("uur", help_text="Begin van het uur.")
    actie = models.CharField("actie", max_length=40)
    object_soort = models.CharField("soort", max_length=60, blank=True)
    object_sleutel = models.CharField("sleutel", max_length=120, blank=True)
    object_naam = models.CharField("object", max_length=200, blank=True)
    wie = models.CharField("waardoor", max_length=120, help_text="Nummer van de persoon en van de sleutel.")
    oorsprong = models.CharField("oorsprong", max_length=10, choices=Oorsprong)
    actor = models.UUIDField("wie", null=True)
    herkomst = models.UUIDField("herkomst", null=True)
    aantal = models.PositiveIntegerField("aantal", default=1)

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        constraints = [
            models.UniqueConstraint(
                name="telling_uniek", fields=["uur", "actie", "object_soort", "object_sleutel", "wie"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.aantal} x {self.actie}"
