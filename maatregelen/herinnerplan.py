"""Who is due what: two questions to the database, each one statement whatever the number of reminders, and the ledger.

Asked in SQL because a run over a hundred thousand reminders must not carry them through Python. The steps per kind of
termijn and the people who act for an organisation are few; they go along as parameters, so that the rules about them
stay where they can be read (herinnerschema, ontvangers). The same question plans, previews and checks once more before
a mail leaves: what is not in its answer any more is not sent.
"""

import datetime
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from psycopg import sql

from maatregelen.blikveld.regel import regel
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
    Uitkomst,
)
from maatregelen.ontvangers import NIEMAND, Ontvangers
from maatregelen.werkdagen import EEN_DAG, is_eerste_van_week, weekoverzicht_vanaf, werkdag_tot

# A follower is told what is news. What could not be sent in this time was put in the ledger, and is sent however late.
NIEUWSDAGEN = 14
KWARTIER = 15 * 60  # seconds: changes of content are told when their quarter of an hour is over
ZONE = ZoneInfo("Europe/Amsterdam")
PER_MAIL = (Bezorging.DIRECT, Bezorging.DAG, Bezorging.WEEK)
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
    """A question from its file, with the selections that both share, of what each person may see."""
    delen = {"selecties": sql.SQL(_tekst("selecties")), **{f"ziet_{rij}": _ziet(rij) for rij in ("ma", "mi", "e")}}
    return sql.SQL(_tekst("zichtbaar")).format(vraag=sql.SQL(_tekst(naam)).format(**delen), **delen)


def _ziet(rij: str) -> sql.SQL:
    """Whether the person of `b` (zichtbaar.sql) may see this row."""
    voorwaarde: Any = regel(rij, niveaus="b.niveaus", eigen="b.eigen", moment="%(nu)s")
    return sql.SQL(voorwaarde)


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
# Told already; or part of an overview that went out: what comes after it waits for the next.
_NOG_NIET_VERTELD = """
    NOT EXISTS (SELECT 1 FROM maatregelen_herinnering h WHERE {zelfde} AND {verteld})
    AND NOT (v.bezorging <> 'direct' AND EXISTS (
        SELECT 1 FROM maatregelen_herinnering o WHERE o.persoon_id = v.persoon_id AND o.bezorging = v.bezorging
            AND o.bezorgen_op = v.bezorgen_op AND o.uitkomst = 'verzonden' AND o.bezorging <> 'direct'))
    """
_NIET_IN_DE_POST = sql.SQL(_NOG_NIET_VERTELD).format(
    zelfde=_ZELFDE, verteld=sql.SQL("h.uitkomst NOT IN ('niet_meer_nodig', 'open')")
)
# A row that waits comes along as its person wants it by now.
_NIET_IN_HET_BOEK = sql.SQL(_NOG_NIET_VERTELD).format(
    zelfde=_ZELFDE,
    verteld=sql.SQL("h.uitkomst <> 'niet_meer_nodig' AND NOT (h.uitkomst = 'open' AND h.bezorging <> v.bezorging)"),
)


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
                "bezorgingen": list(map(str, PER_MAIL)),
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


def _gedeeld(vandaag: datetime.date, ontvangers: Ontvangers) -> dict[str, Any]:
    """Parameters of both questions."""
    blikken = [
        {"persoon": persoon, "niveaus": blik.niveaus, "eigen": sorted(blik.eigen), "alles": blik.alles}
        for persoon, blik in ontvangers.blikken.items()
    ]
    if ontvangers.noem_niemand:
        blikken.append({"persoon": NIEMAND, "niveaus": [], "eigen": [], "alles": True})
    return {
        "blikken": json.dumps(blikken),
        "nu": ontvangers.moment,
        "vandaag": vandaag,
        # The overview of this week; a missed one is made up for on a later day.
        "weekdag": overzichtsdag(vandaag),
        "kijkers": sorted(ontvangers.mensen),
        "personen": None,
        "maatregelen": None,
        "mijlpalen": None,
        "verantwoordelijk": str(BetrokkenheidRol.VERANTWOORDELIJK),
        "aanduiding": str(Organisatiesoort.AANDUIDING),
    }


def overzichtsdag(vandaag: datetime.date) -> datetime.date:
    """The last day up to today on which a weekly overview goes out."""
    dag = vandaag
    while not is_eerste_van_week(dag):
        dag -= EEN_DAG
    return dag


@dataclass(frozen=True)
class Rondedag:
    """The days that a run of a working day goes by. `overzicht`: that of its weekly overviews. `sinds_`: the first days
    that the run before did not cover, of each working day and of each week. `grens_`: steps before it are due.
    """

    dag: datetime.date
    overzicht: datetime.date
    sinds_dag: datetime.date
    sinds_week: datetime.date
    grens_dag: datetime.date
    grens_week: datetime.date


@lru_cache(maxsize=1024)
def rondedag(dag: datetime.date) -> Rondedag:
    """What the run of that day goes by."""
    overzicht = overzichtsdag(dag)
    return Rondedag(
        dag,
        overzicht,
        sinds_dag=werkdag_tot(dag - EEN_DAG) + EEN_DAG,
        sinds_week=overzichtsdag(overzicht - EEN_DAG) + EEN_DAG,
        grens_dag=grens_vooraf(dag),
        grens_week=weekoverzicht_vanaf(dag + EEN_DAG),
    )


def termijnvraag(vandaag: datetime.date, ontvangers: Ontvangers) -> Vraag:
    """Who must be told about which termijn, as judged on `vandaag`, with the people of `ontvangers`. Four queries."""
    op = rondedag(vandaag)
    van_kracht = [regel for regel in regels().values() if regel.vooraf or regel.fijnheid != "vaag"]
    trekkers = list(
        Organisatie.objects.filter(pk__in=Betrokkenheid.objects.trekkers().values("organisatie")).order_by("id")
    )
    mensen = ontvangers.van(trekkers)
    return Vraag(
        _TERMIJNEN,
        {
            **_gedeeld(vandaag, ontvangers),
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
            "grens_dag": op.grens_dag,
            "grens_week": op.grens_week,
            "afgerond": [str(status) for status in AFGEROND],
            "sinds_dag": op.sinds_dag,
            "sinds_week": op.sinds_week,
            "vroegst": op.sinds_week
            - datetime.timedelta(days=max((regel.stopt_na for regel in van_kracht), default=0)),
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
    bezorgingen: Sequence[str] = PER_MAIL,
) -> Vraag:
    """Who must be told which news of the last days about what they follow, for these ways of delivery."""
    return Vraag(
        _NIEUWS,
        {
            **_gedeeld(vandaag, ontvangers),
            "grens": moment - datetime.timedelta(days=NIEUWSDAGEN),
            "kwartier": KWARTIER,
            "rijp": datetime.datetime.fromtimestamp(moment.timestamp() // KWARTIER * KWARTIER, datetime.UTC),
            "weekgrens": moment
            if overzichtsdag(vandaag) == vandaag
            else datetime.datetime.combine(overzichtsdag(vandaag), datetime.time(), ZONE),
            "zone": ZONE.key,
            "bezorgingen": [str(bezorging) for bezorging in bezorgingen],
        },
    )


def lees(vraag: Vraag) -> list[Aanzegging]:
    """What is due and was not told yet, what waits in the ledger included, by termijn. One query."""
    opdracht = sql.SQL(
        "SELECT {kolommen} FROM ({vraag}) v WHERE {nog_niet} "
        "ORDER BY v.sleuteldag, v.maatregel_id, v.persoon_id, v.stap"
    ).format(kolommen=_kolommen(KOLOMMEN), vraag=vraag.sql, nog_niet=_NIET_IN_DE_POST)
    with connection.cursor() as cursor:
        cursor.execute(opdracht.as_string(), vraag.waarden)
        return [Aanzegging(*rij) for rij in cursor.fetchall()]


def leg_vast(vraag: Vraag, *, vandaag: datetime.date, moment: datetime.datetime) -> int:
    """Write the ledger rows that are due and not there yet, and answer how many. A row that was no longer needed and
    now is again is opened again; one that waits follows what its person chose since. One statement: who loses the race
    to write a row is silent.
    """
    namen = (*SLEUTEL, "hoedanigheid", "reden", "bezorging", "bezorgen_op")
    opdracht = sql.SQL(
        """
        INSERT INTO maatregelen_herinnering (
            {namen}, vandaag, uitkomst, gepland_op, pogingen, laatste_fout, kenmerk)
        SELECT {kolommen}, %(beoordeeld)s, 'open', %(moment)s, 0, '', '' FROM ({vraag}) v WHERE {nog_niet}
        -- In the order in which it happened, or falls: so it goes out.
        ORDER BY v.statuswijziging_id, v.termijnwijziging_id, v.sleuteldag, v.trede
        ON CONFLICT ON CONSTRAINT herinnering_eenmaal DO UPDATE
        SET uitkomst = 'open', afgehandeld_op = NULL, vandaag = EXCLUDED.vandaag, reden = EXCLUDED.reden,
            hoedanigheid = EXCLUDED.hoedanigheid, bezorging = EXCLUDED.bezorging, bezorgen_op = EXCLUDED.bezorgen_op
        WHERE maatregelen_herinnering.uitkomst IN ('niet_meer_nodig', 'open')
        """
    ).format(
        namen=sql.SQL(", ").join(map(sql.Identifier, namen)),
        kolommen=_kolommen(namen),
        vraag=vraag.sql,
        nog_niet=_NIET_IN_HET_BOEK,
    )
    with connection.cursor() as cursor:
        cursor.execute(opdracht.as_string(), {**vraag.waarden, "beoordeeld": vandaag, "moment": moment})
        return int(cursor.rowcount)


def nog_nodig(vraag: Vraag, rijen: Collection[int]) -> dict[int, Aanzegging]:
    """Of these ledger rows (ids) those that are still wanted, with what holds now. One query."""
    opdracht = sql.SQL(
        # Asked once, whatever the database thinks of the number of rows: else it may ask again for each of them.
        "WITH v AS MATERIALIZED ({vraag}) SELECT h.id, {kolommen} FROM maatregelen_herinnering h JOIN v ON {zelfde} "
        "WHERE h.id = ANY(%(rijen)s)"
    ).format(kolommen=_kolommen(KOLOMMEN), vraag=vraag.sql, zelfde=_ZELFDE)
    with connection.cursor() as cursor:
        cursor.execute(opdracht.as_string(), {**vraag.waarden, "rijen": list(rijen)})
        return {rij[0]: Aanzegging(*rij[1:]) for rij in cursor.fetchall()}


def noteer(
    kenmerken: Mapping[int, str],
    *,
    uitkomst: Uitkomst,
    fout: str,
    vandaag: datetime.date,
    moment: datetime.datetime,
    overzicht_van: datetime.date | None = None,
) -> None:
    """Record what became of mails that ended alike: their open rows (ids), each with the Message-ID of its mail. One
    statement, as plain as can be: every mail waits for it.

    `overzicht_van`: the day whose overview these were, also when some of it waited since an earlier one.
    """
    rijen = list(kenmerken)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE maatregelen_herinnering SET uitkomst = %s, laatste_fout = %s, "
            "kenmerk = (%s::text[])[array_position(%s::bigint[], id)], vandaag = %s, "
            "afgehandeld_op = %s, bezorgen_op = COALESCE(%s, bezorgen_op), pogingen = pogingen + 1 "
            "WHERE id = ANY(%s) AND uitkomst = 'open'",
            [
                str(uitkomst),
                fout,
                list(kenmerken.values()),
                rijen,
                vandaag,
                None if uitkomst == Uitkomst.OPEN else moment,
                overzicht_van,
                rijen,
            ],
        )
