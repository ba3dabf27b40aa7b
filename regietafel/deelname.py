"""Who sits at the table: taken from the series, who was there, who replaced whom, who acts without being listed."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.versiebewaking import Verouderd, vergrendel
from regietafel.models import Aanwezigheid, Deelname, Deelnamerol, Reeks, Reekslid, Vergadering
from regietafel.vergadercyclus import vergrendel_open, verhoog


def peildag(vergadering: Vergadering, vandaag: datetime.date) -> datetime.date:
    """The day by which membership is judged: the meeting's own, or the last of its estimate, or today."""
    return vergadering.datum or vergadering.schatting_tot or vergadering.schatting_van or vandaag


def neem_leden_over(vergadering: Vergadering, *, moment: datetime.datetime | None = None) -> list[Deelname]:
    """Put the members of the series on the list who are members on that day and not on it yet; raises Gesloten."""
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk)
        if rij.reeks is None:
            return []
        leden = rij.reeks.leden.geldig(peildag(rij, timezone.localdate(moment)))
        bestaand = list(rij.deelnames.all())
        al = {(d.organisatie_id, d.naam, d.ambt) for d in bestaand}
        heeft_voorzitter = any(d.rol == Deelnamerol.VOORZITTER for d in bestaand)
        volgorde = 1 + max((d.volgorde for d in bestaand), default=-1)
        nieuw: list[Deelname] = []
        for lid in leden:
            if (lid.organisatie_id, lid.naam, lid.ambt) in al:
                continue
            voorzitter = lid.is_voorzitter and not heeft_voorzitter
            heeft_voorzitter = heeft_voorzitter or voorzitter
            nieuw.append(
                Deelname(
                    vergadering=rij,
                    organisatie_id=lid.organisatie_id,
                    aanhef=lid.aanhef,
                    naam=lid.naam,
                    ambt=lid.ambt,
                    rol=Deelnamerol.VOORZITTER if voorzitter else Deelnamerol.LID,
                    volgorde=volgorde + len(nieuw),
                    aangemaakt_op=moment,
                    gewijzigd_op=moment,
                )
            )
        return Deelname.objects.bulk_create(nieuw)


def controleer(velden: dict[str, Any]) -> dict[str, Any]:
    """The fields of a participation as they can be kept. Raises ValidationError per field.

    Only who is absent is replaced; a substitute with a name was replaced somehow.
    """
    velden = {naam: waarde.strip() if isinstance(waarde, str) else waarde for naam, waarde in velden.items()}
    fouten: dict[str, str] = {}
    if "naam" in velden and not velden["naam"] and not velden.get("ambt"):
        fouten["naam"] = "Vul een naam of een ambt in."
    aanwezig = velden.get("aanwezigheid")
    if (
        aanwezig is not None
        and aanwezig != Aanwezigheid.AFWEZIG
        and (velden.get("vervanging") or velden.get("vervanger"))
    ):
        fouten["vervanging"] = "Alleen wie afwezig is wordt vervangen. Kies 'afwezig' of maak dit leeg."
    elif aanwezig == Aanwezigheid.AFWEZIG and velden.get("vervanger") and not velden.get("vervanging"):
        fouten["vervanging"] = "Kies of de vervanging ambtelijk of bestuurlijk was."
    if fouten:
        raise ValidationError(fouten)
    return velden


def _geef_voorzitterschap(vergadering: Vergadering, velden: dict[str, Any], behalve: int | None, moment: Any) -> None:
    """There is one chair: who was it becomes a member. Raises nothing: the database holds the rest."""
    if velden.get("rol") != Deelnamerol.VOORZITTER:
        return
    for vorige in vergadering.deelnames.select_for_update(of=("self",)).filter(rol=Deelnamerol.VOORZITTER):
        if vorige.pk != behalve:
            vorige.rol = Deelnamerol.LID
            verhoog(vorige, moment, "rol")


def voeg_deelnemer_toe(
    vergadering: Vergadering, velden: dict[str, Any], *, moment: datetime.datetime | None = None
) -> Deelname:
    """Somebody more at the table, or somebody who acts without being listed. Raises ValidationError or Gesloten."""
    moment = moment or timezone.now()
    velden = controleer(velden)
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk)
        _geef_voorzitterschap(rij, velden, None, moment)
        laatste = rij.deelnames.order_by("-volgorde").first()
        return Deelname.objects.create(
            **velden,
            vergadering=rij,
            volgorde=laatste.volgorde + 1 if laatste else 0,
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )


def wijzig_deelname(
    deelname: Deelname, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Change who somebody is or whether they were there; answers which fields changed.

    Raises Verouderd (also when it is gone), Gesloten, or ValidationError per field.
    """
    moment = moment or timezone.now()
    velden = controleer(velden)
    with transaction.atomic():
        vergadering = vergrendel_open(deelname.vergadering_id)
        rij = _vergrendel(deelname.pk, versie)
        anders = [naam for naam, waarde in velden.items() if getattr(rij, naam) != waarde]
        if anders:
            _geef_voorzitterschap(vergadering, velden, rij.pk, moment)
            for naam in anders:
                setattr(rij, naam, velden[naam])
            verhoog(rij, moment, *anders)
    for naam in [*anders, "versie"]:
        setattr(deelname, naam, getattr(rij, naam))
    return anders


def _vergrendel(sleutel: int, versie: int | None) -> Deelname:
    try:
        return vergrendel(Deelname.objects.all(), sleutel, versie)
    except Deelname.DoesNotExist:
        raise Verouderd(0) from None


def verwijder_deelname(deelname: Deelname, *, versie: int | None) -> None:
    """Take somebody off the list; history keeps that they stood there. Raises Verouderd or Gesloten."""
    with transaction.atomic():
        vergrendel_open(deelname.vergadering_id)
        _vergrendel(deelname.pk, versie).delete()


@dataclass(frozen=True)
class Aanwezigheidsregel:
    """What is noted of one person on the list: the row, the version that was seen, and what it says now."""

    deelname: int
    versie: int
    velden: dict[str, Any]


class Ingehaald(Exception):  # noqa: N818  it names what happened, as the user reads it
    """Rows of the list that somebody else changed meanwhile (their ids); nothing was changed."""

    def __init__(self, deelnames: list[int]) -> None:
        super().__init__("Iemand anders heeft de presentie intussen gewijzigd. Er is niets opgeslagen.")
        self.deelnames = deelnames


def leg_aanwezigheid_vast(
    vergadering: Vergadering, regels: list[Aanwezigheidsregel], *, moment: datetime.datetime | None = None
) -> int:
    """Note who was there, for the whole list at once; answers how many rows changed.

    All or nothing. Raises Ingehaald, Gesloten, or ValidationError.
    """
    moment = moment or timezone.now()
    gecontroleerd = [(regel, controleer(regel.velden)) for regel in regels]
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk)
        nu = {d.pk: d for d in rij.deelnames.select_for_update(of=("self",))}
        # Only who changes something here is in anybody's way.
        te_doen = [
            (regel, velden)
            for regel, velden in gecontroleerd
            if regel.deelname not in nu or any(getattr(nu[regel.deelname], n) != w for n, w in velden.items())
        ]
        verouderd = [
            regel.deelname
            for regel, _ in te_doen
            if regel.deelname not in nu or nu[regel.deelname].versie != regel.versie
        ]
        if verouderd:
            raise Ingehaald(verouderd)
        for regel, velden in te_doen:
            deelname = nu[regel.deelname]
            for naam, waarde in velden.items():
                setattr(deelname, naam, waarde)
            verhoog(deelname, moment, *velden)
    return len(te_doen)


def zet_lid(
    reeks: Reeks,
    lid: Reekslid | None,
    velden: dict[str, Any],
    *,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Reekslid:
    """A seat at the table from a day on, new or changed; `versie` is that of the series.

    Raises Verouderd, or ValidationError per field: an end that is not after the beginning, or a seat that is there.
    """
    if velden.get("tot") and velden["tot"] <= velden["vanaf"]:
        raise ValidationError({"tot": "Kies een dag na de eerste dag van het lidmaatschap."})
    with transaction.atomic():
        rij = vergrendel(Reeks.objects.all(), reeks.pk, versie)
        zelfde = rij.leden.filter(**{naam: velden[naam] for naam in ("organisatie", "ambt", "naam", "vanaf")})
        if zelfde.exclude(pk=lid.pk if lid else 0).exists():
            raise ValidationError({"vanaf": "Dit lid staat er al vanaf die dag."})
        if lid is None:
            laatste = rij.leden.order_by("-volgorde").first()
            lid = Reekslid(reeks=rij, volgorde=laatste.volgorde + 1 if laatste else 0)
        for naam, waarde in velden.items():
            setattr(lid, naam, waarde)
        lid.save()
        verhoog(rij, moment or timezone.now())
    return lid
