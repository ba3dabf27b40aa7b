"""Keeping what was promised: every change of a termijn leaves what it was, why it changed and who did it.

A move needs a reason, a sharpening does not. A termijn that hangs on an event gets its day when
the event happens and gives it back when the event is taken back; a termijn that recurs makes its next one. Whoever
changes one termijn of an agenda waits for whoever is changing another, because one may hang on the other.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from maatregelen.betrokkenheid import raak
from maatregelen.dossiervoering import wijzig
from maatregelen.models import (
    Agenda,
    Maatregel,
    Mijlpaal,
    Persoon,
    Precisie,
    Relatie,
    Termijnwijziging,
    Wetsfase,
    Wetsstap,
    Wijzigingssoort,
)
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijnen import lees, reken, volgende
from maatregelen.termijngeschiedenis import aantal_verplaatst, met_verplaatst, oorspronkelijk
from maatregelen.termijnvergelijking import Termijnstand, soort_wijziging
from maatregelen.versiebewaking import om_de_beurt, vergrendel

# The whole matter from one door: what compares and what reads has a room of its own.
__all__ = ["Termijnstand", "aantal_verplaatst", "met_verplaatst", "oorspronkelijk", "soort_wijziging"]

VANZELF = {
    Wijzigingssoort.VERSCHERPT: "De termijn is preciezer gemaakt.",
    Wijzigingssoort.HERSCHREVEN: "De termijn is anders verwoord; de dagen zijn gelijk.",
}
GEEN_REDEN = {
    Wijzigingssoort.UITGESTELD: "De termijn wordt later. Schrijf waarom; de reden blijft bij de termijn staan.",
    Wijzigingssoort.VERVROEGD: "De termijn wordt eerder. Schrijf waarom; de reden blijft bij de termijn staan.",
    Wijzigingssoort.VERVAAGD: "De termijn verliest haar datum. Schrijf waarom; de reden blijft bij de termijn staan.",
    Wijzigingssoort.HERSTELD: "Schrijf wat er fout was ingevoerd.",
}
# The unit of a length says how precise the day is that follows from it.
_PRECISIE = {"D": Precisie.DAG, "W": Precisie.WEEK, "M": Precisie.MAAND, "Y": Precisie.JAAR, "H": Precisie.DAG}
_UITERSTE = (Relatie.BINNEN, Relatie.UITERLIJK, Relatie.VOOR, Relatie.TOT)


# --- Changing


def wijzig_mijlpaal(
    mijlpaal: Mijlpaal,
    velden: dict[str, Any],
    *,
    reden: str = "",
    is_herstel: bool = False,
    door: Persoon | None,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> list[str]:
    """Write the fields that differ and answer their names; a changed termijn gets a row of history with it.

    A termijn that moves (later, earlier, or without its day) needs a reason; one that is sharpened or reworded gets a
    plain one of itself. `is_herstel` says that what stood there was never meant: no move, but also with a reason. What
    hangs on an event takes its days from that event, whatever `velden` says of them.

    Raises Verouderd, or ValidationError: `reden` is missing, or `na_mijlpaal`, `na_fase` cannot be (see `hang_aan`).
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        wacht_op_agenda(mijlpaal.maatregel_id)
        rij = vergrendel(Mijlpaal.objects.all(), mijlpaal.pk, versie)
        velden = hang_aan(rij, velden)
        oud, nieuw = Termijnstand.van(rij), Termijnstand.van(rij, velden)
        soort, zin = _beoordeel(rij, velden, oud, nieuw, reden.strip(), is_herstel=is_herstel)
        anders = wijzig(mijlpaal, velden, versie=versie, moment=moment)
        if soort is not None:
            leg_wijziging_vast(mijlpaal, soort, oud, nieuw, reden=zin, door=door, moment=moment)
    return anders


def _beoordeel(
    rij: Mijlpaal, velden: dict[str, Any], oud: Termijnstand, nieuw: Termijnstand, reden: str, *, is_herstel: bool
) -> tuple[Wijzigingssoort | None, str]:
    soort = soort_wijziging(oud, nieuw)
    if soort is None:
        return None, ""
    if is_herstel:
        soort = Wijzigingssoort.HERSTELD
    elif oud.is_vaag and not nieuw.is_vaag and oud.tekst == nieuw.tekst and (zin := waarnaar(rij, velden)):
        # The same words, and the event on which they hang now has happened already.
        return Wijzigingssoort.BEPAALD, reden or zin
    if not reden and soort in GEEN_REDEN:
        raise ValidationError({"reden": GEEN_REDEN[soort]})
    return soort, reden or VANZELF.get(soort, "")


def leg_wijziging_vast(
    mijlpaal: Mijlpaal,
    soort: Wijzigingssoort,
    oud: Termijnstand,
    nieuw: Termijnstand,
    *,
    reden: str,
    door: Persoon | None,
    moment: datetime.datetime,
) -> Termijnwijziging:
    """Write one row of the history of a termijn; the caller changes the termijn in the same transaction."""
    return Termijnwijziging.objects.create(
        mijlpaal=mijlpaal,
        soort=soort,
        **{f"van_{naam}": waarde for naam, waarde in vars(oud).items()},
        **{f"naar_{naam}": waarde for naam, waarde in vars(nieuw).items()},
        reden=reden,
        door=door,
        vastgelegd_op=moment,
    )


def wacht_op_agenda(maatregel: int) -> None:
    """Wait for whoever is changing a termijn of the same agenda, until their transaction ends."""
    _wacht_op(Maatregel.objects.values_list("pijler__agenda", flat=True).get(pk=maatregel))


def wacht_op_agendas(slugs: Iterable[str]) -> None:
    """Wait for whoever is changing a termijn of these agendas, one after another in a fixed order."""
    for agenda in Agenda.objects.filter(slug__in=list(slugs)).order_by("pk").values_list("pk", flat=True):
        _wacht_op(agenda)


def _wacht_op(agenda: int) -> None:
    om_de_beurt(f"termijnen van agenda {agenda}")


# --- Hanging on an event


def hang_aan(rij: Mijlpaal, velden: dict[str, Any]) -> dict[str, Any]:
    """The fields of a termijn that hangs on an event, with the days that follow from it; other fields as they are.

    Raises ValidationError at `na_mijlpaal` or `na_fase`: both at once, no length in the words, a milestone of another
    agenda, or one that (over however many steps) hangs on this one. The caller waited for its turn in the agenda.
    """
    na_mijlpaal: Mijlpaal | None = velden.get("na_mijlpaal", rij.na_mijlpaal)
    na_fase: str = velden.get("na_fase", rij.na_fase)
    if na_mijlpaal is None and not na_fase:
        return velden
    veld = "na_mijlpaal" if na_mijlpaal is not None else "na_fase"
    if na_mijlpaal is not None and na_fase:
        raise ValidationError(
            {veld: "Een termijn hangt aan één gebeurtenis: een mijlpaal of een fase, niet aan beide."}
        )
    duur: str = velden.get("duur", rij.duur)
    if not duur:
        raise ValidationError(
            {veld: "Uit de woorden volgt niet hoe lang na de gebeurtenis. Schrijf zoiets als: binnen zes weken na …"}
        )
    if na_mijlpaal is not None:
        _controleer_keten(rij, na_mijlpaal)
    op = gebeurd_op(na_mijlpaal, na_fase, rij.maatregel_id)
    return {**velden, **_dagen_na(op, duur, velden.get("precisie", rij.precisie), velden.get("relatie", rij.relatie))}


def _controleer_keten(rij: Mijlpaal, na: Mijlpaal) -> None:
    agendas = dict(
        Maatregel.objects.filter(pk__in=[rij.maatregel_id, na.maatregel_id]).values_list("pk", "pijler__agenda")
    )
    if agendas[rij.maatregel_id] != agendas[na.maatregel_id]:
        raise ValidationError({"na_mijlpaal": "Kies een mijlpaal van dezelfde agenda."})
    hoger: int | None = na.pk
    gezien: set[int] = set()
    while hoger is not None and hoger not in gezien:
        if hoger == rij.pk:
            raise ValidationError({"na_mijlpaal": "Die mijlpaal hangt zelf aan deze; kies een andere."})
        gezien.add(hoger)
        hoger = Mijlpaal.objects.values_list("na_mijlpaal", flat=True).get(pk=hoger)


def gebeurd_op(na_mijlpaal: Mijlpaal | None, na_fase: str, maatregel: int) -> datetime.date | None:
    """The day of the event, if it happened.

    A stage that was reached more than once counts from its first day: what is recorded later is a later part of the
    same rule, and a termijn that has begun to run does not begin again.
    """
    if na_mijlpaal is not None:
        return Mijlpaal.objects.values_list("behaald_op", flat=True).get(pk=na_mijlpaal.pk)
    stappen = Wetsstap.objects.filter(wetstraject__maatregel=maatregel, fase=na_fase)
    dag: datetime.date | None = stappen.aggregate(eerste=Min("bereikt_op"))["eerste"]
    return dag


def _dagen_na(op: datetime.date | None, duur: str, precisie: str, relatie: str) -> dict[str, Any]:
    if op is None:
        woorden = precisie if precisie in (Precisie.VAAG, Precisie.DUUR) else Precisie.VAAG
        return {"begin": None, "einde": None, "precisie": woorden, "relatie": relatie}
    try:
        dag = reken(op, duur)
    except ValueError:  # beyond the calendar: no day then
        return _dagen_na(None, duur, precisie, relatie)
    gevonden = {"precisie": _PRECISIE[duur.rstrip()[-1]]}
    if relatie == Relatie.VANAF:
        return {**gevonden, "begin": dag, "einde": None, "relatie": relatie}
    return {**gevonden, "begin": None, "einde": dag, "relatie": relatie if relatie in _UITERSTE else Relatie.BINNEN}


def waarnaar(rij: Mijlpaal, velden: dict[str, Any]) -> str:
    """The event on which a termijn hangs, as the reason of its day; empty when it hangs on nothing that happened."""
    na_mijlpaal: Mijlpaal | None = velden.get("na_mijlpaal", rij.na_mijlpaal)
    na_fase: str = velden.get("na_fase", rij.na_fase)
    op = gebeurd_op(na_mijlpaal, na_fase, rij.maatregel_id) if na_mijlpaal is not None or na_fase else None
    return zin_gebeurtenis(na_mijlpaal.omschrijving if na_mijlpaal else Wetsfase(na_fase).label, op) if op else ""


def zin_gebeurtenis(wat: str, op: datetime.date | None) -> str:
    """The reason of a termijn that an event filled in or emptied again."""
    if op is None:
        return f"'{wat}' is toch niet gebeurd; de termijn wacht er weer op."
    return f"'{wat}' was op {op:%d-%m-%Y}; daarvandaan telt de termijn."


def bepaal_na_mijlpaal(
    mijlpaal: Mijlpaal, *, op: datetime.date | None, door: Persoon | None, moment: datetime.datetime
) -> int:
    """Give what hangs on a milestone its days, or take them back (`op` None); answers how many termijnen changed."""
    return _bepaal(Mijlpaal.objects.filter(na_mijlpaal=mijlpaal), mijlpaal.omschrijving, op, door, moment)


def bepaal_na_fase(maatregel: int, fase: str, *, door: Persoon | None, moment: datetime.datetime) -> int:
    """Give what hangs on a stage of the legal track of a measure its days; answers how many termijnen changed."""
    wachtend = Mijlpaal.objects.filter(maatregel=maatregel, na_fase=fase)
    return _bepaal(wachtend, str(Wetsfase(fase).label), gebeurd_op(None, fase, maatregel), door, moment)


def _bepaal(
    wachtend: MijlpaalQuerySet,
    wat: str,
    op: datetime.date | None,
    door: Persoon | None,
    moment: datetime.datetime,
) -> int:
    aantal = 0
    for sleutel in wachtend.order_by("pk").values_list("pk", flat=True):
        rij = vergrendel(Mijlpaal.objects.select_related("maatregel"), sleutel, None)
        velden = _dagen_na(op, rij.duur, rij.precisie, rij.relatie)
        oud, nieuw = Termijnstand.van(rij), Termijnstand.van(rij, velden)
        if oud == nieuw:
            continue
        wijzig(rij, velden, versie=None, moment=moment)
        reden = zin_gebeurtenis(wat, op)
        leg_wijziging_vast(rij, Wijzigingssoort.BEPAALD, oud, nieuw, reden=reden, door=door, moment=moment)
        aantal += 1
    return aantal


# --- Recurring


def maak_volgende(
    mijlpaal: Mijlpaal, *, vandaag: datetime.date, moment: datetime.datetime | None = None
) -> Mijlpaal | None:
    """The next one of a termijn that recurs, once: the first whose latest day is today or later.

    The same words, counted from the day after this one, so that they read as the new days. None when there is one
    already, when the very same one was recorded by hand, or when no day follows. Two at once make one.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        wacht_op_agenda(mijlpaal.maatregel_id)
        maatregel = vergrendel(Maatregel.objects.all(), mijlpaal.maatregel_id, None)
        rij = vergrendel(Mijlpaal.objects.all(), mijlpaal.pk, None)
        dag = rij.einde or rij.begin
        if not rij.herhaling or dag is None or Mijlpaal.objects.filter(vorige=rij).exists():
            return None
        vanaf = max(dag + datetime.timedelta(days=1), vandaag)
        begin, einde = _volgende_dagen(rij, vanaf)
        zelfde = maatregel.mijlpalen.filter(omschrijving=rij.omschrijving, begin=begin, einde=einde)
        if (begin is None and einde is None) or zelfde.exists():
            return None
        nieuw = Mijlpaal.objects.create(
            maatregel=maatregel,
            vorige=rij,
            begin=begin,
            einde=einde,
            peildatum=vanaf,
            aangemaakt_op=moment,
            gewijzigd_op=moment,
            **{naam: getattr(rij, naam) for naam in _BLIJFT},
        )
        raak(maatregel, moment)
    return nieuw


# What the next one takes over. Not the round it belongs to (`cyclus`), nor the event from which the first was counted.
_BLIJFT = (
    "omschrijving", "termijn_tekst", "precisie", "relatie", "herhaling", "duur", "gebeurtenis", "voor_wie", "hardheid",
    "bron", "toelichting", "regel_van", "regel_tot",
)  # fmt: skip


def _volgende_dagen(rij: Mijlpaal, vanaf: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """First and latest day of the next one: the words read again where they gave these days, else the same days later.

    Words know what a step cannot: Prinsjesdag is another day each year.
    """
    opnieuw = lees(rij.termijn_tekst, vanaf)
    eerder = lees(rij.termijn_tekst, rij.peildatum)
    dag = opnieuw.einde or opnieuw.begin
    if (eerder.begin, eerder.einde) == (rij.begin, rij.einde) and opnieuw.herhaling and dag and dag >= vanaf:
        return opnieuw.begin, opnieuw.einde
    try:
        return volgende(begin=rij.begin, einde=rij.einde, herhaling=rij.herhaling, vanaf=vanaf)
    except ValueError:
        return None, None


def maak_verstreken_volgende(vandaag: datetime.date, *, moment: datetime.datetime | None = None) -> int:
    """The next ones of all recurring termijnen that passed without being reached; answers how many were made.

    What passed stays open, and late. Asked again it makes nothing, so a day without asking needs no repair.
    """
    verstreken = Mijlpaal.objects.verlopen(vandaag).filter(volgende=None).exclude(herhaling="")
    return sum(maak_volgende(rij, vandaag=vandaag, moment=moment) is not None for rij in verstreken.order_by("pk"))


# --- Without a day for long


def vaag_sinds(mijlpaal: Mijlpaal) -> datetime.date:
    """Since when no day is known: what `met_vaag_sinds` asked of the database, else the day of the text."""
    sinds: datetime.date = getattr(mijlpaal, "vaag_sinds", mijlpaal.peildatum)
    return sinds


def is_lang_vaag(mijlpaal: Mijlpaal, *, vandaag: datetime.date, na_dagen: int) -> bool:
    """Whether a termijn has been without a day for more than so many days: never late, but not forgotten either.

    Not what hangs on an event, which gives it its day; nor a length without a beginning ("maximaal 14 weken"), which
    is a rule and awaits no day. Whether the measure still runs is for the caller.
    """
    wacht = mijlpaal.na_mijlpaal_id is not None or bool(mijlpaal.na_fase)
    if mijlpaal.behaald_op is not None or not mijlpaal.is_vaag or wacht or mijlpaal.precisie == Precisie.DUUR:
        return False
    return (vandaag - vaag_sinds(mijlpaal)).days > na_dagen


def zonder_dagen(stand: Termijnstand) -> Termijnstand:
    """The same termijn before an event gave it its days."""
    return replace(stand, begin=None, einde=None, precisie=str(Precisie.VAAG))
