"""The views that hold what somebody may see: made and taken away by migrations.

An app has an SQL file for each migration that makes or changes them; it says per table which rows may be seen
(`-- zicht <table>`, then a condition on the row `t`) and what is shown instead of a column (`-- kolom <name>: <SQL>`).
From one file come up to five views per table, each with the name and columns of the table:

    zicht.<table>        over the table
    zicht_toen.<table>   and `zicht_gezien`, `zicht_toen_gezien`: over the view of the past of that name, where it is
    zicht.<table>event   over its history: of rows that may be seen now, and of rows that are gone and could be seen

The words in braces: {mag t} the rule of `Blik.ziet` for the row `t`, {verborgen naam} that who looks may not see the
value of that field, which is kept within the Rijk as of now, {zelf} the schema of the views, {basis} that of the rows,
{niveau} from which level on who looks sees things, {eigen} their organisations.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maatregelen.blikveld import ZICHT
from maatregelen.blikveld.regel import regel, verborgen
from maatregelen.tijdreis.vensters import GEZIEN, TOEN, TOEN_GEZIEN

_KOP = re.compile(r"^-- zicht (\w+)$", re.MULTILINE)
_KOLOM = re.compile(r"^-- kolom (\w+): (.+)$", re.MULTILINE)
_MAG_WOORD = re.compile(r"\{mag (\w+)\}")
_VERBORGEN_WOORD = re.compile(r"\{verborgen (\w+)\}")
_OPMERKING = re.compile(r"^--.*$", re.MULTILINE)
_BASES = ("public", GEZIEN, TOEN, TOEN_GEZIEN)

# What a setting is read as.
_SOORTEN = {"niveau": "int", "niveaus": "int[]", "eigen": "bigint[]", "moment": "timestamptz"}

# Per question or per row: see `aanbrengen`.
_PER_RIJ = {naam: f"current_setting('regiemonitor.{naam}')::{soort}" for naam, soort in _SOORTEN.items()}
_PER_VRAAG = {naam: f"(SELECT {_PER_RIJ[naam]})::{soort}" for naam, soort in _SOORTEN.items()}

Stap = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Afscherming:
    """The words of a file about one table."""

    tabel: str
    voorwaarde: str
    kolommen: dict[str, str]
    instellingen: dict[str, str]


def lees(tekst: str, instellingen: dict[str, str]) -> list[Afscherming]:
    """The tables of a file in order."""
    koppen = list(_KOP.finditer(tekst))
    uit = []
    for kop, volgende in zip(koppen, [*koppen[1:], None], strict=True):
        inhoud = tekst[kop.end() : volgende.start() if volgende else None]
        voorwaarde = _OPMERKING.sub("", inhoud).strip()
        uit.append(Afscherming(kop[1], voorwaarde, dict(_KOLOM.findall(inhoud)), instellingen))
    return uit


def _kolommen(cursor: Any, schema: str, tabel: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " ORDER BY ordinal_position",
        [schema, tabel],
    )
    return [naam for (naam,) in cursor.fetchall()]


def _schema(basis: str) -> str:
    return ZICHT if basis == "public" else f"{ZICHT}_{basis}"


def _vul(een: Afscherming, tekst: str, basis: str, interne: str = "t.interne_velden") -> str:
    niveau, niveaus, eigen, moment = een.instellingen.values()
    tekst = _MAG_WOORD.sub(lambda mag: regel(mag[1], niveaus=niveaus, eigen=eigen, moment=moment), tekst)
    tekst = _VERBORGEN_WOORD.sub(
        lambda veld: verborgen(veld[1], rij="t", interne=interne, niveau=niveau, eigen=eigen), tekst
    )
    woorden = {"basis": basis, "zelf": _schema(basis), "niveau": niveau, "eigen": f"ANY ({eigen})"}
    for woord, waarde in woorden.items():
        tekst = tekst.replace("{" + woord + "}", waarde)
    return tekst


def _namen(een: Afscherming, kolommen: list[str], basis: str, interne: str = "t.interne_velden") -> str:
    return ", ".join(
        f"{_vul(een, een.kolommen[naam], basis, interne)} AS {naam}" if naam in een.kolommen else f"t.{naam}"
        for naam in kolommen
    )


def aanbrengen(pad: Path, *, per_rij: bool = False) -> Stap:
    """The step of a migration that makes the views of a file, or gives those that exist their new text.

    `per_rij`: what the database was told of who looks is read for each row instead of once for each question. That is
    for tables of hundreds of rows that are asked through many views at once: each reading apart is planned apart, which
    takes longer there than reading does.
    """
    tabellen = lees(pad.read_text(), _PER_RIJ if per_rij else _PER_VRAAG)

    def stap(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for basis in _BASES:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_schema(basis)}")
                for een in tabellen:
                    if kolommen := _kolommen(cursor, basis, een.tabel):
                        cursor.execute(
                            f"CREATE OR REPLACE VIEW {_schema(basis)}.{een.tabel} AS {_rijen(een, kolommen, basis)}"
                        )
            for een in tabellen:
                if kolommen := _kolommen(cursor, "public", f"{een.tabel}event"):
                    cursor.execute(f"CREATE OR REPLACE VIEW {ZICHT}.{een.tabel}event AS {_historie(een, kolommen)}")

    return stap


def _rijen(een: Afscherming, kolommen: list[str], basis: str) -> str:
    namen, voorwaarde = _namen(een, kolommen, basis), _vul(een, een.voorwaarde, basis)
    return f"SELECT {namen} FROM {basis}.{een.tabel} t WHERE {voorwaarde}"  # noqa: S608  our own files and names


def _historie(een: Afscherming, kolommen: list[str]) -> str:
    tabel = een.tabel
    interne = f"(SELECT p.interne_velden FROM public.{tabel} p WHERE p.id = t.pgh_obj_id)"  # noqa: S608  our own names
    return f"""SELECT {_namen(een, kolommen, "public", interne)} FROM public.{tabel}event t
WHERE EXISTS (SELECT 1 FROM {ZICHT}.{tabel} x WHERE x.id = t.pgh_obj_id)
    OR NOT EXISTS (SELECT 1 FROM public.{tabel} x WHERE x.id = t.pgh_obj_id)
    AND ({_vul(een, een.voorwaarde, "public")})"""  # noqa: S608  our own files and names


def wegnemen(pad: Path) -> Stap:
    """The step that takes the views of a file away: to go back, or before a column changes."""
    tabellen = lees(pad.read_text(), _PER_VRAAG)

    def stap(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for een in reversed(tabellen):
                cursor.execute(f"DROP VIEW IF EXISTS {ZICHT}.{een.tabel}event")
            for basis in reversed(_BASES):
                for een in reversed(tabellen):
                    cursor.execute(f"DROP VIEW IF EXISTS {_schema(basis)}.{een.tabel}")

    return stap
