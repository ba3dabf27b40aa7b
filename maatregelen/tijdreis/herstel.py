"""Where the two clocks differ: what is now known of a day, and was not recorded here by the end of that day.

Either nothing was known of a measure then (it was entered later), or something else was (it was put right later).
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from maatregelen import blikveld
from maatregelen.models import Status, Voortgang
from maatregelen.tijdreis import einde_van, hier
from maatregelen.tijdreis.vensters import TOEN_GEZIEN

# What of a measure has a day: per measure its status, the owner's word, who is responsible, and its milestones.
_STAND = """SELECT '{kant}', m.id, m.status, m.voortgang,
    (SELECT string_agg(o.afkorting, ', ' ORDER BY o.afkorting) FROM {waar}maatregelen_betrokkenheid b
        JOIN {namen}maatregelen_organisatie o ON o.id = b.organisatie_id
        WHERE b.maatregel_id = m.id AND b.rol = 'verantwoordelijk' AND b.tot IS NULL),
    (SELECT jsonb_object_agg(j.id, jsonb_build_array(j.omschrijving, j.termijn_tekst, j.behaald_op))
        FROM {waar}maatregelen_mijlpaal j WHERE j.maatregel_id = m.id)
FROM {waar}maatregelen_maatregel m WHERE m.id = ANY(%s)"""
_NU = _STAND.format(kant="nu", waar="", namen="")


def _toen() -> str:
    return _STAND.format(kant="toen", waar=f"{blikveld.van(TOEN_GEZIEN)}.", namen=f"{TOEN_GEZIEN}.")


@dataclass(frozen=True)
class Verschil:
    """What is now known of a day, and what was known at its end; an empty text for nothing."""

    wat: str
    nu: str
    toen: str


@dataclass(frozen=True)
class Later:
    """That something was recorded here only after `dag`. `verschillen` is empty where nothing at all was known."""

    dag: datetime.date
    verschillen: tuple[Verschil, ...] = ()

    @property
    def is_ingevoerd(self) -> bool:
        """Whether nothing was known of it by the end of the day."""
        return not self.verschillen

    @property
    def woord(self) -> str:
        """In two words: entered later, or put right later."""
        return "later ingevoerd" if self.is_ingevoerd else "later hersteld"


def later_vastgelegd(maatregelen: Iterable[int]) -> dict[int, Later]:
    """The measures of which more is known now than at the end of the day that is looked at, by their ids.

    One query; four where one asks what was known at a later moment. Empty in the present, and where one asks what was
    known on that day or before it.
    """
    sleutels, daar = list(maatregelen), hier()
    if not sleutels or daar is None or daar.peildatum is None or daar.bekend_tot < einde_van(daar.peildatum):
        return {}
    with connection.cursor() as cursor:
        if daar.gezien_op is None:
            cursor.execute(f"{_NU} UNION ALL {_toen()}", [sleutels, sleutels])
            rijen = cursor.fetchall()
        else:
            cursor.execute(_NU, [sleutels])
            rijen = cursor.fetchall()
            _zie_tot(cursor, einde_van(daar.peildatum))
            cursor.execute(_toen(), [sleutels])
            rijen += cursor.fetchall()
            _zie_tot(cursor, daar.bekend_tot)
    kanten: dict[str, dict[int, Any]] = {"nu": {}, "toen": {}}
    for kant, sleutel, *stand in rijen:
        kanten[kant][sleutel] = stand
    uit = {}
    for sleutel, nu in kanten["nu"].items():
        toen = kanten["toen"].get(sleutel)
        verschillen = tuple(_verschillen(nu, toen)) if toen else ()
        if toen is None or verschillen:
            uit[sleutel] = Later(daar.peildatum, verschillen)
    return uit


def _zie_tot(cursor: Any, moment: datetime.datetime) -> None:
    cursor.execute("SELECT set_config('regiemonitor.gezien_op', %s, true)", [moment.isoformat()])


def _verschillen(nu: list[Any], toen: list[Any]) -> Iterable[Verschil]:
    status_nu, voortgang_nu, wie_nu, mijlpalen_nu = nu
    status_toen, voortgang_toen, wie_toen, mijlpalen_toen = toen
    if status_nu != status_toen:
        yield Verschil("Status", str(Status(status_nu).label), str(Status(status_toen).label))
    if voortgang_nu != voortgang_toen:
        yield Verschil("Voortgang", str(Voortgang(voortgang_nu).label), str(Voortgang(voortgang_toen).label))
    if wie_nu != wie_toen:
        yield Verschil("Verantwoordelijk", wie_nu or "niemand", wie_toen or "niemand")
    was = json.loads(mijlpalen_toen or "{}")
    for sleutel, (omschrijving, termijn, behaald) in json.loads(mijlpalen_nu or "{}").items():
        _, termijn_toen, behaald_toen = was.get(sleutel, (omschrijving, "niet vastgelegd", behaald))
        if termijn != termijn_toen:
            yield Verschil(f"Termijn van '{omschrijving}'", termijn, termijn_toen)
        if behaald != behaald_toen:
            yield Verschil(
                f"'{omschrijving}'", *("behaald" if dag else "niet behaald" for dag in (behaald, behaald_toen))
            )
