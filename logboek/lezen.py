"""Reading: lines of the log and changes in the history tables as one list, newest first; and what a change changed."""

import datetime
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Q

from logboek.afscherming import historietabellen
from logboek.geheimen import is_geheime_naam
from logboek.models import Actie, Betrokkene, Herkomst, Logregel, Oorsprong, Resultaat

LOGTABEL = Logregel._meta.db_table
VERANDERINGEN = (Actie.TOEVOEGEN, Actie.WIJZIGEN, Actie.VERWIJDEREN)
# By which column readers know a record; the first that its history has.
_NAAMKOLOMMEN = ("code", "titel", "naam", "omschrijving", "onderwerp", "slug")
# More people than this are no search for somebody.
_HOOGSTENS_PERSONEN = 200


@dataclass(frozen=True)
class Vraag:
    """What is looked for; what is empty does not count. `tot` itself is not in it."""

    van: datetime.datetime | None = None
    tot: datetime.datetime | None = None
    wie: str = ""
    actie: str = ""
    soort: str = ""
    object: str = ""
    resultaat: str = ""
    oorsprong: str = ""

    @property
    def gebruikt(self) -> list[str]:
        """The names of what was filled in: the log keeps these, not what was searched for."""
        return [naam for naam in self.__dataclass_fields__ if getattr(self, naam)]


@dataclass(frozen=True, order=True)
class Plek:
    """A place in the list."""

    tijdstip: datetime.datetime
    tabel: str
    nummer: int


@dataclass(frozen=True)
class Regel:
    """Something that happened; `wie` and `vanwaar` are words for readers."""

    plek: Plek
    actie: str
    soort: str
    sleutel: str
    naam: str
    resultaat: str
    oorsprong: str
    persoon: int | None
    actor: uuid.UUID | None
    herkomst: uuid.UUID | None
    details: dict[str, Any] = field(default_factory=dict)
    wie: str = ""
    vanwaar: str = ""

    @property
    def actienaam(self) -> str:
        """The action in words; a word that is not known any more as it is."""
        return Actie(self.actie).label if self.actie in Actie.values else self.actie

    @property
    def resultaatnaam(self) -> str:
        """How it ended, in words."""
        return str(Resultaat(self.resultaat).label)

    @property
    def oorsprongnaam(self) -> str:
        """Through which door, in words."""
        return str(Oorsprong(self.oorsprong).label) if self.oorsprong in Oorsprong.values else self.oorsprong

    @property
    def is_verandering(self) -> bool:
        """Whether it stands in a history table, with what it changed."""
        return self.plek.tabel != LOGTABEL


@dataclass(frozen=True)
class Veldverschil:
    """A field before and after."""

    naam: str
    voor: str
    na: str
    is_anders: bool


def soorten() -> list[tuple[str, str]]:
    """The kinds of records that have history, by their name."""
    return sorted(((_soort(model), _woord(model)) for model in historietabellen()), key=lambda paar: paar[1])


def regels(vraag: Vraag, *, na: Plek | None = None, aantal: int) -> list[Regel]:
    """Up to `aantal` lines after a place in the list, newest first. Four queries, whatever is asked."""
    delen: list[str] = []
    waarden: list[Any] = []
    personen = personen_bij(vraag.wie) if vraag.wie else None
    for model in (None, *historietabellen()):
        deel = _logdeel(vraag, personen) if model is None else _historiedeel(model, vraag, personen)
        if deel is None:
            continue
        sql, invulling, tabel, moment, nummer = deel
        if na is not None:
            if tabel == na.tabel:
                sql += f" AND ({moment}, {nummer}) < (%s, %s)"
                invulling += [na.tijdstip, na.nummer]
            else:
                sql += f" AND {moment} {'<=' if tabel < na.tabel else '<'} %s"
                invulling.append(na.tijdstip)
        delen.append(f"({sql} ORDER BY {moment} DESC, {nummer} DESC LIMIT %s)")
        waarden += [*invulling, aantal]
    if not delen:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({' UNION ALL '.join(delen)}) alles (tijdstip, tabel, nummer)"  # noqa: S608  names from the models
            ' ORDER BY tijdstip DESC, tabel COLLATE "C" DESC, nummer DESC LIMIT %s',
            [*waarden, aantal],
        )
        gevonden = [_als_regel(rij) for rij in cursor.fetchall()]
    return _met_namen(gevonden)


def alle_regels(vraag: Vraag, *, per_keer: int = 1000) -> Iterator[Regel]:
    """Every line, in pieces: an export of a million lines fits in memory."""
    na: Plek | None = None
    while stuk := regels(vraag, na=na, aantal=per_keer):
        yield from stuk
        na = stuk[-1].plek


def regel(tabel: str, nummer: int) -> Regel | None:
    """One line by its place, or None."""
    model = next((model for model in historietabellen() if model._meta.db_table == tabel), None)
    if model is None and tabel != LOGTABEL:
        return None
    deel = _logdeel(Vraag(), None) if model is None else _historiedeel(model, Vraag(), None)
    assert deel is not None  # noqa: S101  # an empty question leaves out nothing
    sql, invulling, _, _, sleutel = deel
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} AND {sleutel} = %s", [*invulling, nummer])
        rij = cursor.fetchone()
    return _met_namen([_als_regel(rij)])[0] if rij else None


def verschillen(tabel: str, nummer: int) -> list[Veldverschil]:
    """What a change changed, field by field, without secrets; empty for a line of the log. Two queries."""
    model: Any = next((model for model in historietabellen() if model._meta.db_table == tabel), None)
    nu = model.objects.filter(pk=nummer).first() if model else None
    if nu is None:
        return []
    vorige = None
    if nu.pgh_label != Actie.TOEVOEGEN:
        vorige = model.objects.filter(pgh_obj_id=nu.pgh_obj_id, pgh_id__lt=nu.pgh_id).order_by("-pgh_id").first()
    weg = nu.pgh_label == Actie.VERWIJDEREN
    uit = []
    for veld in model._meta.local_concrete_fields:
        if veld.name.startswith("pgh_") or veld.name == "id":
            continue
        voor = _tekst(veld, nu if weg else vorige)
        na = "" if weg else _tekst(veld, nu)
        if voor or na:
            # By what stands there, not by what is shown of it: that a secret changed is told.
            anders = weg or vorige is None or getattr(vorige, veld.attname) != getattr(nu, veld.attname)
            uit.append(Veldverschil(str(veld.verbose_name), voor, na, anders))
    return uit


def personen_bij(zoek: str) -> list[int]:
    """The numbers of people whose name or address, now or as it was, has this in it."""
    mensen: Any = get_user_model()
    velden = (mensen.USERNAME_FIELD, *mensen.REQUIRED_FIELDS)
    waar = Q()
    for veld in velden:
        waar |= Q(**{f"{veld}__icontains": zoek})
    nu = mensen.objects.filter(waar).values_list("pk", flat=True)[:_HOOGSTENS_PERSONEN]
    toen = Betrokkene.objects.filter(Q(naam__icontains=zoek) | Q(adres__icontains=zoek)).order_by()
    return sorted({*nu, *toen.values_list("persoon", flat=True).distinct()[:_HOOGSTENS_PERSONEN]})


def _logdeel(vraag: Vraag, personen: list[int] | None) -> tuple[str, list[Any], str, str, str] | None:
    if vraag.actie in VERANDERINGEN:
        return None
    waar: list[str] = ["true"]
    waarden: list[Any] = []
    for kolom in ("actie", "resultaat", "oorsprong"):
        if gekozen := getattr(vraag, kolom):
            waar.append(f"{kolom} = %s")
            waarden.append(gekozen)
    if vraag.soort:
        waar.append("object_soort = %s")
        waarden.append(vraag.soort)
    if personen is not None:
        waar.append("actor IN (SELECT sleutel FROM logboek_betrokkene WHERE persoon = ANY(%s))")
        waarden.append(personen)
    if vraag.object:
        waar.append("(object_sleutel = %s OR strpos(lower(object_naam), lower(%s)) > 0)")
        waarden += [vraag.object, vraag.object]
    _periode(vraag, "tijdstip", waar, waarden)
    sql = (
        f"SELECT tijdstip, '{LOGTABEL}', id, actie, object_soort, object_sleutel, object_naam, resultaat, oorsprong,"  # noqa: S608  names from the models
        f" NULL::bigint, actor, herkomst, details FROM {LOGTABEL} WHERE {' AND '.join(waar)}"
    )
    return sql, waarden, LOGTABEL, "tijdstip", "id"


def _historiedeel(model: Any, vraag: Vraag, personen: list[int] | None) -> tuple[str, list[Any], str, str, str] | None:
    if (
        vraag.soort not in ("", _soort(model))
        or vraag.resultaat not in ("", Resultaat.GELUKT)
        or (vraag.actie and vraag.actie not in VERANDERINGEN)
    ):
        return None
    kolommen = {veld.column for veld in model._meta.local_concrete_fields}
    naam = next((f"e.{kolom}" for kolom in _NAAMKOLOMMEN if kolom in kolommen), "''")
    deur = "coalesce(c.metadata->>'oorsprong', CASE WHEN c.metadata ? 'url' THEN 'pagina' ELSE 'onbekend' END)"
    waar: list[str] = ["true"]
    waarden: list[Any] = []
    if vraag.actie:
        waar.append("e.pgh_label = %s")
        waarden.append(vraag.actie)
    if vraag.oorsprong:
        waar.append(f"{deur} = %s")
        waarden.append(vraag.oorsprong)
    if personen is not None:
        waar.append("c.metadata->>'user' = ANY(%s)")
        waarden.append([str(persoon) for persoon in personen])
    if vraag.object:
        waar.append(f"(e.pgh_obj_id::text = %s OR strpos(lower({naam}), lower(%s)) > 0)")
        waarden += [vraag.object, vraag.object]
    _periode(vraag, "e.pgh_created_at", waar, waarden)
    sql = (
        f"SELECT e.pgh_created_at, '{model._meta.db_table}', e.pgh_id, e.pgh_label, '{_soort(model)}',"  # noqa: S608  names from the models
        f" e.pgh_obj_id::text, left({naam}, 200), 'gelukt', {deur}, (c.metadata->>'user')::bigint, NULL::uuid,"
        " (c.metadata->>'herkomst')::uuid,"
        " coalesce(c.metadata - '{user,oorsprong,herkomst}'::text[], '{}'::jsonb)"
        f" FROM {model._meta.db_table} e LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"
        f" WHERE {' AND '.join(waar)}"
    )
    return sql, waarden, model._meta.db_table, "e.pgh_created_at", "e.pgh_id"


def _periode(vraag: Vraag, kolom: str, waar: list[str], waarden: list[Any]) -> None:
    if vraag.van:
        waar.append(f"{kolom} >= %s")
        waarden.append(vraag.van)
    if vraag.tot:
        waar.append(f"{kolom} < %s")
        waarden.append(vraag.tot)


def _als_regel(rij: tuple[Any, ...]) -> Regel:
    return Regel(Plek(*rij[:3]), *(*rij[3:12], json.loads(rij[12])))


def _met_namen(gevonden: list[Regel]) -> list[Regel]:
    """The same lines with who and from where in words, as far as that is still kept. Three queries."""
    betrokkenen = Betrokkene.objects.in_bulk({rij.actor for rij in gevonden if rij.actor})
    herkomsten = Herkomst.objects.in_bulk({rij.herkomst for rij in gevonden if rij.herkomst})
    nummers = {rij.persoon for rij in gevonden if rij.persoon is not None}
    nummers |= {int(rij.sleutel) for rij in gevonden if rij.soort == "persoon" and rij.sleutel.isdigit()}
    mensen: Any = get_user_model()
    personen = mensen.objects.in_bulk(nummers)

    def wie(rij: Regel) -> str:
        if rij.actor:
            return str(betrokkenen[rij.actor]) if rij.actor in betrokkenen else f"onherkenbaar ({rij.actor})"
        if rij.persoon is not None:
            return str(personen.get(rij.persoon, f"persoon {rij.persoon}"))
        return ""

    def naam(rij: Regel) -> str:
        if rij.soort == "persoon" and rij.sleutel.isdigit():
            return str(personen.get(int(rij.sleutel), f"persoon {rij.sleutel}"))
        return rij.naam

    def vanwaar(rij: Regel) -> str:
        if rij.herkomst is None:
            return ""
        gevonden_herkomst = herkomsten.get(rij.herkomst)
        return str(gevonden_herkomst) if gevonden_herkomst else f"onherkenbaar ({rij.herkomst})"

    return [replace(rij, wie=wie(rij), naam=naam(rij), vanwaar=vanwaar(rij)) for rij in gevonden]


def _soort(model: type[models.Model]) -> str:
    return str(model.pgh_tracked_model._meta.model_name)  # type: ignore[attr-defined]


def _woord(model: type[models.Model]) -> str:
    return str(model.pgh_tracked_model._meta.verbose_name)  # type: ignore[attr-defined]


def _tekst(veld: Any, rij: Any) -> str:
    if rij is None:
        return ""
    waarde = getattr(rij, veld.attname)
    if waarde is None or waarde in ("", [], {}):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if is_geheime_naam(veld.name):
        return "(niet getoond)"
    if isinstance(waarde, list | dict):
        # What it holds may be of any kind, also what has no order or cannot be looked up.
        return json.dumps(waarde, ensure_ascii=False, sort_keys=True, default=str)
    return str(dict(veld.flatchoices).get(waarde, waarde))
