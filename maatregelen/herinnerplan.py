"""Who is due what: two questions to the database, each one statement whatever the number of reminders, and the ledger.

Asked in SQL because a run over a hundred thousand reminders must not carry them through Python. The steps per kind of
termijn and the people who act for an organisation are few; they go along as parameters, so that the rules about them
stay where they can be read (herinnerschema, ontvangers). The same question plans, previews and checks once more before
a mail leaves: what is not in its answer any more is not sent.
"""

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

from maatregelen.herinnerschema import grens_vooraf, regels
from maatregelen.models import (
    AFGEROND,
    FIJNHEID_VAN,
    Betrokkenheid,
    BetrokkenheidRol,
    Bezorging,
    Hoedanigheid,
    Organisatie,
    Organisatiesoort,
)
from maatregelen.ontvangers import Ontvangers
from maatregelen.werkdagen import is_eerste_van_week, weekoverzicht_vanaf

# A follower is told what is news. What could not be sent in this time was put in the ledger, and is sent however late.
NIEUWSDAGEN = 14
ALTIJD = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
RANGEN = {str(hoedanigheid): rang for rang, hoedanigheid in enumerate(Hoedanigheid)}

# The columns of an answer; the first eight are the key by which the ledger knows a row.
SLEUTEL = (
    "persoon_id", "maatregel_id", "stap", "mijlpaal_id", "trede", "sleuteldag", "statuswijziging_id",
    "termijnwijziging_id",
)  # fmt: skip
ALTIJD_GEVULD = ("persoon_id", "maatregel_id", "stap")
KOLOMMEN = (*SLEUTEL, "hoedanigheid", "reden", "bezorging", "bezorgen_op", "volgt_maatregel", "volgfilter_id")

_MAP = Path(__file__).parent / "vragen"


def _vraag(naam: str) -> sql.Composed:
    """A question from its file, with the selections that both share."""
    selecties = sql.SQL(_tekst("selecties"))
    return sql.SQL(_tekst(naam)).format(selecties=selecties)


def _tekst(naam: str) -> Any:
    return (_MAP / f"{naam}.sql").read_text(encoding="utf-8")


_TERMIJNEN, _NIEUWS = _vraag("termijnen"), _vraag("nieuws")

# A ledger row is about the same: equality where there always is a value, so that the unique index is used.
_ZELFDE = sql.SQL(" AND ").join(
    sql.SQL("h.{kolom} = v.{kolom}" if kolom in ALTIJD_GEVULD else "h.{kolom} IS NOT DISTINCT FROM v.{kolom}").format(
        kolom=sql.Identifier(kolom)
    )
    for kolom in SLEUTEL
)
# Told already, or about to be; or part of an overview that went out: what comes after it waits for the next.
_NOG_NIET_VERTELD = sql.SQL(
    """
    NOT EXISTS (SELECT 1 FROM maatregelen_herinnering h WHERE {zelfde} AND h.uitkomst <> 'niet_meer_nodig')
    AND NOT (v.bezorging <> 'direct' AND EXISTS (
        SELECT 1 FROM maatregelen_herinnering o WHERE o.persoon_id = v.persoon_id AND o.bezorging = v.bezorging
            AND o.bezorgen_op = v.bezorgen_op AND o.uitkomst = 'verzonden' AND o.bezorging <> 'direct'))
    """
).format(zelfde=_ZELFDE)


def _kolommen(namen: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier("v", naam) for naam in namen)


@dataclass(frozen=True)
class Vraag:
    """A due question with its parameters, ready to be asked for all or for some."""

    sql: sql.Composed
    waarden: dict[str, Any]

    def over(self, *, personen: Collection[int], maatregelen: Collection[int], mijlpalen: Collection[int]) -> "Vraag":
        """The same question about these only, however long ago it became due."""
        return Vraag(
            self.sql,
            {
                **self.waarden,
                "grens": ALTIJD,
                "personen": sorted(personen),
                "maatregelen": sorted(maatregelen),
                "mijlpalen": sorted(mijlpalen),
            },
        )


@dataclass(frozen=True)
class Aanzegging:
    """One answer: this person must be told this."""

    persoon_id: int
    maatregel_id: int
    stap: str
    mijlpaal_id: int | None
    trede: int
    sleuteldag: datetime.date | None
    statuswijziging_id: int | None
    termijnwijziging_id: int | None
    hoedanigheid: str
    reden: str
    bezorging: str
    bezorgen_op: datetime.date
    volgt_maatregel: bool
    volgfilter_id: int | None


def _gedeeld(vandaag: datetime.date, kijkers: Collection[int]) -> dict[str, Any]:
    """Parameters of both questions."""
    is_overzichtsdag = is_eerste_van_week(vandaag)
    return {
        "vandaag": vandaag,
        # The overview of this week; a missed one is made up for on a later day.
        "weekdag": vandaag if is_overzichtsdag else _weekdag_voor(vandaag),
        "kijkers": sorted(kijkers),
        "personen": None,
        "maatregelen": None,
        "mijlpalen": None,
        "verantwoordelijk": str(BetrokkenheidRol.VERANTWOORDELIJK),
        "aanduiding": str(Organisatiesoort.AANDUIDING),
    }


def _weekdag_voor(vandaag: datetime.date) -> datetime.date:
    """The last day up to today on which a weekly overview goes out."""
    dag = vandaag
    while not is_eerste_van_week(dag):
        dag -= datetime.timedelta(days=1)
    return dag


def termijnvraag(vandaag: datetime.date, ontvangers: Ontvangers) -> Vraag:
    """Who must be told about which termijn, as judged on `vandaag`, with the people of `ontvangers`. Four queries."""
    van_kracht = [regel for regel in regels().values() if regel.vooraf or regel.fijnheid != "vaag"]
    trekkers = list(
        Organisatie.objects.filter(pk__in=Betrokkenheid.objects.trekkers().values("organisatie")).order_by("id")
    )
    mensen = ontvangers.van(trekkers)
    return Vraag(
        _TERMIJNEN,
        {
            **_gedeeld(vandaag, ontvangers.mensen),
            "regels": json.dumps([regel.als_invoer() for regel in van_kracht]),
            "fijnheden": json.dumps([{"precisie": str(p), "fijnheid": str(f)} for p, f in FIJNHEID_VAN.items()]),
            "ontvangers": json.dumps(
                [
                    {
                        "organisatie": een.organisatie,
                        "persoon": een.persoon,
                        "rang": RANGEN[een.hoedanigheid],
                        "na_dagen": een.na_dagen,
                        "reden": een.reden,
                        "nood": een.nood,
                    }
                    for een in mensen
                ]
            ),
            "onbemand": sorted({een.organisatie for een in mensen if een.nood}),
            "grens_dag": grens_vooraf(vandaag),
            "grens_week": weekoverzicht_vanaf(vandaag + datetime.timedelta(days=1)),
            "afgerond": [str(status) for status in AFGEROND],
            "vroegst": vandaag - datetime.timedelta(days=max((regel.stopt_na for regel in van_kracht), default=0)),
            "laatst": vandaag
            + datetime.timedelta(days=14 + max((dag for regel in van_kracht for dag in regel.vooraf), default=0)),
            "volger": RANGEN["volger"],
            "dossierhouder": RANGEN["dossierhouder"],
            # A follower is told once before and once after, whatever the steps.
            "volgertrede": -1,
            "hoedanigheden": [str(hoedanigheid) for hoedanigheid in Hoedanigheid],
        },
    )


def nieuwsvraag(
    moment: datetime.datetime,
    vandaag: datetime.date,
    ontvangers: Ontvangers,
    *,
    bezorgingen: Sequence[str] = (Bezorging.DIRECT, Bezorging.DAG, Bezorging.WEEK),
) -> Vraag:
    """Who must be told which news of the last days about what they follow, for these ways of delivery."""
    return Vraag(
        _NIEUWS,
        {
            **_gedeeld(vandaag, ontvangers.mensen),
            "grens": moment - datetime.timedelta(days=NIEUWSDAGEN),
            "zone": "Europe/Amsterdam",
            "bezorgingen": [str(bezorging) for bezorging in bezorgingen],
        },
    )


def lees(vraag: Vraag) -> list[Aanzegging]:
    """What is due and was not told yet, in the order of the ledger. One query."""
    opdracht = sql.SQL(
        "SELECT {kolommen} FROM ({vraag}) v WHERE {nog_niet} "
        "ORDER BY v.sleuteldag, v.maatregel_id, v.persoon_id, v.stap"
    ).format(kolommen=_kolommen(KOLOMMEN), vraag=vraag.sql, nog_niet=_NOG_NIET_VERTELD)
    with connection.cursor() as cursor:
        cursor.execute(opdracht, vraag.waarden)
        return [Aanzegging(*rij) for rij in cursor.fetchall()]


def leg_vast(vraag: Vraag, *, vandaag: datetime.date, moment: datetime.datetime) -> int:
    """Write the ledger rows that are due and not there yet, and answer how many; a row that was no longer needed and
    now is again is opened again. One statement: who loses the race to write a row is silent.
    """
    namen = (*SLEUTEL, "hoedanigheid", "reden", "bezorging", "bezorgen_op")
    opdracht = sql.SQL(
        """
        INSERT INTO maatregelen_herinnering (
            {namen}, vandaag, uitkomst, gepland_op, pogingen, laatste_fout, kenmerk)
        SELECT {kolommen}, %(beoordeeld)s, 'open', %(moment)s, 0, '', '' FROM ({vraag}) v WHERE {nog_niet}
        ON CONFLICT ON CONSTRAINT herinnering_eenmaal DO UPDATE
        SET uitkomst = 'open', afgehandeld_op = NULL, vandaag = EXCLUDED.vandaag, reden = EXCLUDED.reden,
            hoedanigheid = EXCLUDED.hoedanigheid, bezorging = EXCLUDED.bezorging, bezorgen_op = EXCLUDED.bezorgen_op
        WHERE maatregelen_herinnering.uitkomst = 'niet_meer_nodig'
        """
    ).format(
        namen=sql.SQL(", ").join(map(sql.Identifier, namen)),
        kolommen=_kolommen(namen),
        vraag=vraag.sql,
        nog_niet=_NOG_NIET_VERTELD,
    )
    with connection.cursor() as cursor:
        cursor.execute(opdracht, {**vraag.waarden, "beoordeeld": vandaag, "moment": moment})
        return int(cursor.rowcount)


def nog_nodig(vraag: Vraag, rijen: Collection[int]) -> dict[int, Aanzegging]:
    """Of these ledger rows (ids) those that are still wanted, with what holds now. One query."""
    opdracht = sql.SQL(
        "SELECT h.id, {kolommen} FROM maatregelen_herinnering h JOIN ({vraag}) v ON {zelfde} "
        "WHERE h.id = ANY(%(rijen)s)"
    ).format(kolommen=_kolommen(KOLOMMEN), vraag=vraag.sql, zelfde=_ZELFDE)
    with connection.cursor() as cursor:
        cursor.execute(opdracht, {**vraag.waarden, "rijen": list(rijen)})
        return {rij[0]: Aanzegging(*rij[1:]) for rij in cursor.fetchall()}
