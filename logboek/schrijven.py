"""Writing a line: who did what with what, how it ended, from where, when.

Which of the three to call:
- `schrijf` for what changes something: in the same transaction as the change. Both are there, or neither.
- `schrijf_los` for what only reads or was about to leave (a file, a paper): in a transaction of its own, before the
  answer goes. What cannot be written down does not leave: the error is for the caller to let through.
- `schrijf_weigering` for what was refused anyway: in a transaction of its own, limited per person and hour, and it
  never fails: a full disk must not turn a refusal into something else. It then stands in the application's own log.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, DateField, Func, Model, UUIDField, Value
from django.utils import timezone

from logboek.bron import Bron, deze_bron
from logboek.geheimen import Waarde, keur_details, keur_tekst, verberg
from logboek.models import Actie, Betrokkene, Herkomst, Logregel, Oorsprong, Resultaat, Telling

log = structlog.get_logger(__name__)

# Refusals of one person in an hour that get a line of their own; who tries more gets one line that says so.
WEIGERINGEN_PER_UUR = 20

Persoon = AbstractBaseUser | AnonymousUser | None


@dataclass(frozen=True)
class Onderwerp:
    """What it happened with: a kind in one word, its key, and how readers know it. Never a person's name.

    A person is Onderwerp("persoon", str(persoon.pk)): the page finds the name, as long as it is kept.
    """

    soort: str = ""
    sleutel: str = ""
    naam: str = ""


NIETS = Onderwerp()


def onderwerp(stuk: Model, naam: str = "") -> Onderwerp:
    """A record as a subject; `naam` for readers, empty for a person."""
    return Onderwerp(stuk._meta.model_name or "", str(stuk.pk), naam)


def verborgen(over: Onderwerp) -> Onderwerp:
    """The same subject without what may not be written down: for what follows from an address somebody typed."""
    return Onderwerp(verberg(over.soort), verberg(over.sleutel), verberg(over.naam))


def eerste_van_de_maand(moment: datetime.datetime) -> datetime.date:
    """The month that keys of this moment belong to, by the calendar here."""
    return timezone.localtime(moment).date().replace(day=1)


def sleutel_van(wie: Persoon, moment: datetime.datetime) -> Any:
    """The key of a person in the month of this moment, found or made by the database; None for nobody."""
    if not isinstance(wie, AbstractBaseUser) or wie.pk is None:
        return None
    hoe, waar = _hoe_en_waar(wie)
    return Func(
        Value(wie.pk),
        Value(hoe, output_field=CharField()),
        Value(waar, output_field=CharField()),
        Value(eerste_van_de_maand(moment), output_field=DateField()),
        function="logboek_betrokkene",
        output_field=UUIDField(),
    )


def sleutel_van_herkomst(bron: Bron, moment: datetime.datetime) -> Any:
    """The key of an address in the month of this moment, found or made by the database; None without an address."""
    if not bron.adres:
        return None
    return Func(
        Value(bron.adres, output_field=CharField()),
        Value(bron.programma[: _lengte(Herkomst, "programma")], output_field=CharField()),
        Value(eerste_van_de_maand(moment), output_field=DateField()),
        function="logboek_herkomst",
        output_field=UUIDField(),
    )


def schrijf(
    *,
    actie: Actie,
    resultaat: Resultaat,
    moment: datetime.datetime,
    actor: Persoon = None,
    over: Onderwerp = NIETS,
    details: Mapping[str, Waarde] | None = None,
    bron: Bron | None = None,
) -> None:
    """Write a line in the transaction of the caller; one query.

    `actor` is who did it, None when nobody is signed in. `bron` is where it came from, by default what the
    middleware, the command or the task said of itself. Raises Geweigerd (a ValueError) for a detail or a label that
    could hold a secret or an e-mail address, TypeError for a detail that is no plain value, DatabaseError when it
    cannot be written.
    """
    bron = bron or deze_bron()
    alles: dict[str, Waarde] = dict(details or {})
    if bron.naam:
        alles.setdefault("vanuit", bron.naam)
    Logregel.objects.create(
        tijdstip=moment,
        actie=actie.value,
        object_soort=_kort("object_soort", over.soort),
        object_sleutel=_kort("object_sleutel", over.sleutel),
        object_naam=_kort("object_naam", over.naam),
        resultaat=resultaat.value,
        oorsprong=bron.oorsprong.value,
        herkomst=sleutel_van_herkomst(bron, moment),
        actor=sleutel_van(actor, moment),
        details=keur_details(alles),
    )


def schrijf_los(
    *,
    actie: Actie,
    resultaat: Resultaat,
    moment: datetime.datetime,
    actor: Persoon = None,
    over: Onderwerp = NIETS,
    details: Mapping[str, Waarde] | None = None,
    bron: Bron | None = None,
) -> None:
    """Write a line that stays whatever happens next: in a transaction of its own. Raises what `schrijf` raises, and
    RuntimeError inside another transaction: a line that goes with somebody else's change is no line.
    """
    with transaction.atomic(durable=True):
        schrijf(actie=actie, resultaat=resultaat, moment=moment, actor=actor, over=over, details=details, bron=bron)


def schrijf_weigering(
    *,
    actie: Actie,
    moment: datetime.datetime,
    actor: Persoon = None,
    over: Onderwerp = NIETS,
    details: Mapping[str, Waarde] | None = None,
    bron: Bron | None = None,
    resultaat: Resultaat = Resultaat.GEWEIGERD,
) -> None:
    """Write down a refusal, unless this person had `WEIGERINGEN_PER_UUR` of this kind in the past hour already.

    Never raises DatabaseError: the refusal stands, and is told in the application's log. What was asked for may be
    anything, so what could be a secret is made unreadable here; only a detail whose name says that it holds one
    raises Geweigerd, for that name stands in the code. Raises TypeError as `schrijf` does, RuntimeError inside
    another transaction.
    """
    bron = bron or deze_bron()
    over = verborgen(over)
    try:
        with transaction.atomic(durable=True):
            eerder = _eerder(actie, resultaat, moment, actor)
            if eerder >= WEIGERINGEN_PER_UUR:
                return
            alles = {naam: _verborgen_waarde(waarde) for naam, waarde in (details or {}).items()}
            if eerder == WEIGERINGEN_PER_UUR - 1:
                alles["hierna"] = "meer in dit uur staat niet in het logboek"
            schrijf(actie=actie, resultaat=resultaat, moment=moment, actor=actor, over=over, details=alles, bron=bron)
    except DatabaseError as fout:
        log.error(
            "logregel niet vastgelegd",
            actie=actie.value,
            resultaat=resultaat.value,
            soort=over.soort,
            sleutel=over.sleutel,
            persoon=getattr(actor, "pk", None),
            fout=type(fout).__name__,
        )


def tel(
    *,
    actie: Actie,
    moment: datetime.datetime,
    actor: Persoon,
    over: Onderwerp,
    langs: str = "",
    details: Mapping[str, Waarde] | None = None,
    bron: Bron | None = None,
) -> None:
    """Write a line the first time in an hour that this person does this with this, and count from there.

    `langs` tells ways apart that count by themselves: the number of a key, never the key. `schrijf_tellingen` writes
    down how often it was when the hour is over. One query. Raises what `schrijf` raises.
    """
    bron = bron or deze_bron()
    kan_wie = isinstance(actor, AbstractBaseUser) and actor.pk is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT logboek_tel(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
            [
                moment,
                actie.value,
                _kort("object_soort", over.soort),
                _kort("object_sleutel", over.sleutel),
                _kort("object_naam", over.naam),
                keur_tekst("langs", f"{actor.pk if actor and kan_wie else ''}:{langs}"),
                bron.oorsprong.value,
                actor.pk if actor and kan_wie else None,
                *(_hoe_en_waar(actor) if isinstance(actor, AbstractBaseUser) else ("", "")),
                bron.adres,
                bron.programma[: _lengte(Herkomst, "programma")],
                eerste_van_de_maand(moment),
                json.dumps(keur_details(details or {})),
            ],
        )


def schrijf_tellingen(moment: datetime.datetime) -> int:
    """Write down how often, for every hour that was over at this moment; answers how many lines."""
    begin = moment.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        voorbij = list(Telling.objects.select_for_update(skip_locked=True).filter(uur__lt=begin).order_by("id"))
        regels = [
            Logregel(
                tijdstip=min(telling.uur + datetime.timedelta(hours=1), moment),
                actie=telling.actie,
                object_soort=telling.object_soort,
                object_sleutel=telling.object_sleutel,
                object_naam=telling.object_naam,
                resultaat=Resultaat.GELUKT,
                oorsprong=Oorsprong(telling.oorsprong),
                herkomst=telling.herkomst,
                actor=telling.actor,
                details={"aantal": telling.aantal, "uur": telling.uur.isoformat()},
            )
            for telling in voorbij
            if telling.aantal > 1
        ]
        Logregel.objects.bulk_create(regels, batch_size=500)
        Telling.objects.filter(pk__in=[telling.pk for telling in voorbij]).delete()
    return len(regels)


def _eerder(actie: Actie, resultaat: Resultaat, moment: datetime.datetime, actor: Persoon) -> int:
    """How many lines of this kind this person has in the hour before; 0 for nobody: that is limited elsewhere."""
    if not isinstance(actor, AbstractBaseUser):
        return 0
    return Logregel.objects.filter(
        actor__in=Betrokkene.objects.filter(persoon=actor.pk).values("sleutel"),
        actie=actie.value,
        resultaat=resultaat.value,
        tijdstip__gt=moment - datetime.timedelta(hours=1),
        tijdstip__lte=moment,
    ).count()


def _hoe_en_waar(wie: AbstractBaseUser) -> tuple[str, str]:
    """How a person is shown and written to, as far as is kept."""
    adres = str(getattr(wie, wie.get_email_field_name(), "") or "")
    return str(wie)[: _lengte(Betrokkene, "naam")], adres[: _lengte(Betrokkene, "adres")]


def _verborgen_waarde(waarde: Waarde) -> Waarde:
    if isinstance(waarde, list):
        return [verberg(deel) if isinstance(deel, str) else deel for deel in waarde]  # type: ignore[return-value]
    return verberg(waarde) if isinstance(waarde, str) else waarde


def _lengte(model: type[Model], veld: str) -> int:
    return int(model._meta.get_field(veld).max_length)  # type: ignore[union-attr,arg-type]


def _kort(veld: str, tekst: str) -> str:
    return keur_tekst(veld, tekst)[: _lengte(Logregel, veld)]
