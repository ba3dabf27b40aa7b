"""The views through which the past is seen: made and taken away by migrations.

An app has an SQL file for each migration that makes or changes views; it holds, per table, how its rows stood on a day
(`-- venster <table>`), and where a table has no history also what was known of it at a moment (`-- gezien <table>`).
See 0003.sql for the words in braces. From one file come three views per table, each with the name and the columns of
the table itself, so that a query finds them without knowing it:

    toen.<table>          how it stood on `regiemonitor.peildatum`
    gezien.<table>        what was known here at `regiemonitor.gezien_op`, from the history tables
    toen_gezien.<table>   how it stood on that day according to what was known at that moment

A later migration that adds a column brings a file with the views of that table alone: a view can take new columns at
its end. One that changes or drops a column takes the views away first (`wegnemen` with the files that made them, the
last one first), because PostgreSQL refuses it while a view looks at the column, and makes them again (`aanbrengen`).
Files stay as they are once their migration has run somewhere: they belong to it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOEN, GEZIEN, TOEN_GEZIEN = "toen", "gezien", "toen_gezien"

_DAG = "current_setting('regiemonitor.peildatum')::date"
_MOMENT = "current_setting('regiemonitor.gezien_op')::timestamptz"
_EINDE = f"(({_DAG} + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')"
_KOP = re.compile(r"^-- (venster|gezien) (\w+)(?: vast ((?:(?!nu\b)\w+ ?)+))?(?: ?nu ([\w ]+))?$", re.MULTILINE)
_VERWIJDERD = re.compile(r"\{met_verwijderd (\w+)\}")

Stap = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Venster:
    """The words of a file about one table; `vast` are the columns that never change in a row, `nu` those that are
    always shown as they are now: rights are those of today.
    """

    tabel: str
    tekst: str
    vast: tuple[str, ...] = ()
    nu: tuple[str, ...] = ()


def lees(tekst: str) -> tuple[list[Venster], dict[str, str]]:
    """The tables of a file in order, and per table without history the text of what was known of it."""
    koppen = list(_KOP.finditer(tekst))
    vensters, eigen = [], {}
    for kop, volgende in zip(koppen, [*koppen[1:], None], strict=True):
        soort, tabel, vast, nu = kop.groups()
        inhoud = tekst[kop.end() : volgende.start() if volgende else None].strip()
        if soort == "venster":
            vensters.append(Venster(tabel, inhoud, tuple((vast or "").split()), tuple((nu or "").split())))
        else:
            eigen[tabel] = inhoud
    return vensters, eigen


def _kolommen(cursor: Any, schema: str, tabel: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " ORDER BY ordinal_position",
        [schema, tabel],
    )
    return [naam for (naam,) in cursor.fetchall()]


def _gezien(venster: Venster, kolommen: list[str]) -> str:
    """The last known version of each row, found by the row itself or, where it is gone, by the event of its going.

    `(SELECT ...)` around the moment, so that its text is read once and not for every row.
    """
    vast = ("id", *venster.vast, *venster.nu)
    namen = ", ".join(f"o.{naam}" if naam in vast else f"h.{naam}" for naam in kolommen)
    historie = f"public.{venster.tabel}event"
    return f"""SELECT {namen}
FROM (SELECT {", ".join(vast)} FROM public.{venster.tabel}
    UNION ALL SELECT {", ".join(vast)} FROM {historie} WHERE pgh_label = 'delete') o
CROSS JOIN LATERAL (SELECT * FROM {historie} e WHERE e.pgh_obj_id = o.id AND e.pgh_created_at <= (SELECT {{moment}})
    ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT 1) h
WHERE h.pgh_label <> 'delete'"""  # noqa: S608  names of tables and columns of our own


def _met_verwijderd(tabel: str, kolommen: list[str]) -> str:
    """Also rows that were recorded by the end of the day and deleted after it."""
    namen, historie = ", ".join(kolommen), f"public.{tabel}event"
    return f"""(SELECT {namen} FROM {{basis}}.{tabel}
    UNION ALL SELECT {", ".join(f"e.{naam}" for naam in kolommen)} FROM {historie} e
    WHERE e.pgh_label = 'delete' AND e.pgh_created_at >= {{einde}} AND {{bekend}} AND EXISTS (
        SELECT 1 FROM {historie} b WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_created_at < {{einde}}))"""  # noqa: S608  our names


def _vul(tekst: str, schema: str) -> str:
    """The text with its words filled in for one schema."""
    woorden = {
        "basis": "public" if schema == TOEN else GEZIEN,
        "zelf": schema,
        "dag": _DAG,
        "einde": _EINDE,
        "moment": _MOMENT,
        "bekend": "true" if schema == TOEN else f"e.pgh_created_at <= {_MOMENT}",
    }
    for woord, waarde in woorden.items():
        tekst = tekst.replace("{" + woord + "}", waarde)
    return tekst


def aanbrengen(pad: Path) -> Stap:
    """The step of a migration that makes the views of a file, or gives those that exist their new text."""
    vensters, eigen = lees(pad.read_text())

    def stap(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for schema in (GEZIEN, TOEN, TOEN_GEZIEN):
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            kolommen = {venster.tabel: _kolommen(cursor, "public", venster.tabel) for venster in vensters}
            for venster in vensters:
                tabel = venster.tabel
                tekst = eigen.get(tabel) or _gezien(venster, kolommen[tabel])
                cursor.execute(f"CREATE OR REPLACE VIEW {GEZIEN}.{tabel} AS {_vul(tekst, GEZIEN)}")
                if tabel not in eigen:
                    _richt_historie_in(cursor, venster)
            for schema in (TOEN, TOEN_GEZIEN):
                for venster in vensters:
                    tekst = _VERWIJDERD.sub(lambda deel: _met_verwijderd(deel[1], kolommen[deel[1]]), venster.tekst)
                    cursor.execute(f"CREATE OR REPLACE VIEW {schema}.{venster.tabel} AS {_vul(tekst, schema)}")

    return stap


def _richt_historie_in(cursor: Any, venster: Venster) -> None:
    """What makes history quick to ask and right to read by moment.

    Versions follow each other in time, also when the clock was put back, or when a transaction that began earlier had
    to wait for one that began later: then the later version gets the moment of the one before it.
    """
    tabel, historie = venster.tabel, f"{venster.tabel}event"
    cursor.execute(
        f"CREATE INDEX IF NOT EXISTS {historie}_moment ON public.{historie}"
        " (pgh_obj_id, pgh_created_at, pgh_id) INCLUDE (pgh_label)"
    )
    cursor.execute(
        f"CREATE INDEX IF NOT EXISTS {historie}_weg ON public.{historie} (pgh_created_at) WHERE pgh_label = 'delete'"
    )
    cursor.execute(
        f"""CREATE OR REPLACE FUNCTION public.{historie}_volgt() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            SELECT greatest(NEW.pgh_created_at, max(e.pgh_created_at)) INTO NEW.pgh_created_at
            FROM public.{historie} e WHERE e.pgh_obj_id = NEW.pgh_obj_id;
            RETURN NEW;
        END $$"""  # noqa: S608  names of tables of our own
    )
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {historie}_volgt BEFORE INSERT ON public.{historie}"
        f" FOR EACH ROW EXECUTE FUNCTION public.{historie}_volgt()"
    )
    if not venster.vast:
        return
    cursor.execute(
        """CREATE OR REPLACE FUNCTION public.regiemonitor_blijft_hangen() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'een rij van % blijft waar zij aan hangt', TG_TABLE_NAME
        USING ERRCODE = 'check_violation'; END $$"""
    )
    anders = " OR ".join(f"OLD.{naam} IS DISTINCT FROM NEW.{naam}" for naam in venster.vast)
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {tabel}_hangt_vast BEFORE UPDATE OF {', '.join(venster.vast)} ON public.{tabel}"
        f" FOR EACH ROW WHEN ({anders}) EXECUTE FUNCTION public.regiemonitor_blijft_hangen()"
    )


def wegnemen(pad: Path) -> Stap:
    """The step that takes the views of a file away: to go back, or before a column changes."""
    vensters, eigen = lees(pad.read_text())

    def stap(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for schema in (TOEN_GEZIEN, TOEN, GEZIEN):
                for venster in reversed(vensters):
                    cursor.execute(f"DROP VIEW IF EXISTS {schema}.{venster.tabel}")
            for tabel in (venster.tabel for venster in vensters if venster.tabel not in eigen):
                cursor.execute(f"DROP INDEX IF EXISTS public.{tabel}event_weg, public.{tabel}event_moment")
                cursor.execute(f"DROP FUNCTION IF EXISTS public.{tabel}event_volgt() CASCADE")
                cursor.execute(f"DROP TRIGGER IF EXISTS {tabel}_hangt_vast ON public.{tabel}")

    return stap
