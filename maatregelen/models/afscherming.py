"""Who something is for: a level, an embargo, and how far it was adopted; and what follows from where it stands.

A row says what it wants for itself (`zichtbaarheid`, `afgeschermd_voor`, `embargo_tot`). What holds (`zicht` and the
three after it) is that, within what holds of everything it is part of: never wider. The database keeps it, in the same
statement, so that no writer can forget it and a list asks it of the row alone.
"""

import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from maatregelen.models.grondslag import historie
from maatregelen.models.organisatie import Organisatie, Persoon


class Zichtniveau(models.IntegerChoices):
    EIGEN = 0, "eigen organisatie"
    RIJK = 1, "het Rijk"
    REGIETAFEL = 2, "de regietafel: Rijk en partners"
    OPENBAAR = 3, "iedereen"


class Publicatie(models.TextChoices):
    CONCEPT = "concept", "concept"
    VOORGELEGD = "voorgelegd", "voorgelegd"
    VASTGESTELD = "vastgesteld", "vastgesteld"


class Afgeschermd(models.Model):
    """What has a level and an embargo of its own."""

    zichtbaarheid = models.PositiveSmallIntegerField(
        "zichtbaar voor",
        choices=Zichtniveau,
        null=True,
        blank=True,
        help_text="Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.",
    )
    afgeschermd_voor = models.ForeignKey(
        Organisatie,
        verbose_name="eigen organisatie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.",
    )
    embargo_tot = models.DateTimeField(
        "embargo tot",
        null=True,
        blank=True,
        help_text="Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.",
    )
    zicht = models.PositiveSmallIntegerField(
        "zichtbaar vanaf", default=Zichtniveau.EIGEN, editable=False, help_text="Het niveau dat geldt."
    )
    zicht_voor = models.ForeignKey(
        Organisatie,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.",
    )
    stil_tot = models.DateTimeField("embargo dat geldt", null=True, editable=False, help_text="Het laatste embargo.")
    stil_voor = models.ForeignKey(
        Organisatie,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.",
    )

    class Meta:
        abstract = True

    def heeft_embargo(self, moment: datetime.datetime) -> bool:
        """Whether it is still held back at that moment, by itself or by what it is part of."""
        return self.stil_tot is not None and self.stil_tot > moment

    @property
    def houden_twee_voor_zich(self) -> bool:
        """Whether two organisations keep it to themselves: then only who belongs to both sees it."""
        return self.stil_tot is not None and self.stil_tot.year == datetime.MAXYEAR

    @property
    def niveau(self) -> Zichtniveau:
        """The level that holds."""
        return Zichtniveau(self.zicht)


# What holds of what a row is part of; the row waits for who is changing that.
_VAN = "SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM {tabel} WHERE id = {sleutel} FOR SHARE; "
_EIGEN = (
    "r := regiemonitor_binnen({ouder}, NEW.zichtbaarheid, {voor}, NEW.embargo_tot, {voor}); "
    "NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; "
)
_OOK = (
    "r := regiemonitor_binnen(NEW.zicht, NEW.zicht_voor_id, NEW.stil_tot, NEW.stil_voor_id, "
    "o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id); "
    "NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; "
)
_OUDER = "o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id"
# Only what was adopted can be for everybody.
_NIET_VASTGESTELD = "IF NEW.{kolom} <> '{waarde}' THEN NEW.zicht := LEAST(NEW.zicht, 2); END IF; "
_OVERDRACHT = ("zicht", "zicht_voor_id", "stil_tot", "stil_voor_id")


def niet_openbaar_voor(kolom: str, waarde: str) -> str:
    """SQL for a trigger: below `openbaar` until that column has that value."""
    return _NIET_VASTGESTELD.format(kolom=kolom, waarde=waarde)


def volgt_uit(*kolommen: str, func: str) -> pgtrigger.Trigger:
    """The trigger by which what holds follows from the row and from what it is part of, as `kolommen` say."""
    return pgtrigger.Trigger(
        name="zicht_volgt",
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf(
            "zichtbaarheid",
            "afgeschermd_voor_id",
            "embargo_tot",
            *_OVERDRACHT,
            *kolommen,
        ),
        when=pgtrigger.Before,
        declare=[("o", "RECORD"), ("r", "RECORD")],
        func=pgtrigger.Func(f"{func}RETURN NEW;"),
    )


def bovenaan(voor: str) -> str:
    """SQL for a trigger: the row is part of nothing; `voor` is the organisation that keeps it."""
    return _EIGEN.format(ouder=f"3, {voor}, NULL, NULL", voor=f"COALESCE(NEW.afgeschermd_voor_id, {voor})")


def onder(tabel: str, sleutel: str, voor: str = "NULL::bigint") -> str:
    """SQL for a trigger: the row is part of a row of `tabel`; `voor` is whose it is, else as that of the whole."""
    eigen = f"COALESCE(NEW.afgeschermd_voor_id, {voor}, o.zicht_voor_id)"
    return _VAN.format(tabel=tabel, sleutel=sleutel) + _EIGEN.format(ouder=_OUDER, voor=eigen)


def en_onder(tabel: str, sleutel: str) -> str:
    """SQL for a trigger, after `onder`: the row is part of another row as well."""
    return f"IF {sleutel} IS NOT NULL THEN {_VAN.format(tabel=tabel, sleutel=sleutel)}{_OOK}END IF; "


# For whom these rows are otherwise than they were: of all rows of a statement at once.
_ANDERS = "SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE {verschil}; "
# A statement that changes nothing would still wake the triggers of history.
_DEEL = (
    "IF EXISTS (SELECT 1 FROM {tabel} WHERE {kolom} = ANY (anders)) THEN "
    "UPDATE {tabel} SET zicht = zicht WHERE {kolom} = ANY (anders); END IF; "
)


def deelt_met(*kinderen: tuple[str, str]) -> pgtrigger.Trigger:
    """The trigger by which a change of what holds reaches what is part of the row: (table, column) each."""
    return pgtrigger.Trigger(
        name="zicht_deelt",
        level=pgtrigger.Statement,
        operation=pgtrigger.Update,
        when=pgtrigger.After,
        referencing=pgtrigger.Referencing(old="oud", new="nieuw"),
        declare=[("anders", "BIGINT[]")],
        func=pgtrigger.Func(
            _ANDERS.format(verschil=" OR ".join(f"o.{naam} IS DISTINCT FROM n.{naam}" for naam in _OVERDRACHT))
            + "IF anders IS NOT NULL THEN "
            + "".join(_DEEL.format(tabel=tabel, kolom=kolom) for tabel, kolom in kinderen)
            + "END IF; RETURN NULL;"
        ),
    )


def zichtindex(naam: str) -> models.Index:
    """Lets a count of what hangs on rows of the table called `naam` see whether they may be seen without the rows."""
    return models.Index(
        name=f"{naam}_zichtindex", fields=["id"], include=["zicht", "zicht_voor", "stil_tot", "stil_voor"]
    )


def zichtgrenzen(naam: str) -> list[models.BaseConstraint]:
    """What must always hold, for the table called `naam`."""
    return [
        models.CheckConstraint(
            name=f"{naam}_zichtbaarheid",
            condition=Q(zichtbaarheid=None) | Q(zichtbaarheid__in=Zichtniveau.values),
        ),
        models.CheckConstraint(name=f"{naam}_zicht", condition=Q(zicht__in=Zichtniveau.values)),
    ]


@historie()
class Publicatiebeleid(models.Model):
    """How this installation publishes; one row, kept by the beheerder."""

    is_openbaar = models.BooleanField(
        "openbaar deel",
        default=True,
        help_text="Aangevinkt: wie niet is ingelogd ziet wat openbaar en vastgesteld is. Anders ziet die niets.",
    )
    vier_ogen = models.BooleanField(
        "vier ogen",
        default=False,
        help_text="Aangevinkt: wie iets voorlegt kan het niet zelf vaststellen.",
    )
    gewijzigd_door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField("gewijzigd op", null=True, editable=False)

    class Meta:
        verbose_name = "publicatiebeleid"
        verbose_name_plural = "publicatiebeleid"
        constraints = [models.CheckConstraint(name="publicatiebeleid_een_rij", condition=Q(id=1))]

    def __str__(self) -> str:
        return "publicatiebeleid"
