"""From the words of a data file of meetings to the records it wants: nothing is read or written here."""

import datetime
from collections.abc import Iterable
from typing import Any

from maatregelen.bronvergelijking import Rij
from maatregelen.documentrijen import dag, getal, kenmerken, regels
from maatregelen.documentschema import Object
from maatregelen.models import Mijlpaal, Organisatie
from regietafel.models import (
    DOOR_DE_TAFEL,
    Agendapunt,
    Besluit,
    Reeks,
    Terugkoppelstand,
    Vergadering,
)

# The lists of a point whose entries are records of their own.
KINDEREN = ("inbreng", "besluiten", "actiepunten", "cijfers", "trends")


def reeksrij(stuk: Object, slug_van: dict[str, str]) -> Rij:
    """A series, with its seats and its standing points in order."""
    return Rij(
        stuk["slug"],
        {"slug": stuk["slug"]},
        {
            "naam": stuk["naam"],
            "afkorting": stuk["afkorting"],
            "duur_minuten": stuk["duurMinuten"],
            "plaats": stuk.get("plaats", ""),
        },
        {
            "leden": [
                {
                    "organisatie": slug_van[lid["organisatie"]],
                    "ambt": lid["ambt"],
                    "aanhef": lid.get("aanhef", ""),
                    "naam": lid.get("naam", ""),
                    "is_voorzitter": lid.get("voorzitter", False),
                    "vanaf": lid["vanaf"],
                    "tot": lid.get("tot"),
                }
                for lid in stuk["leden"]
            ],
            "punten": [
                {
                    "titel": punt["titel"],
                    "doel": punt.get("doel", ""),
                    "duur_minuten": punt.get("duurMinuten"),
                    "is_slot": punt.get("slot", False),
                }
                for punt in stuk["punten"]
            ],
        },
    )


def vergaderingrij(stuk: Object, reeks: Reeks | None, vastgesteld_in: Vergadering | None) -> Rij:
    """A meeting, as far as the file knows it; how far it is only counts when it is made."""
    return Rij(
        stuk["slug"],
        {"slug": stuk["slug"], "staat": stuk["staten"][-1]["naar"], "vastgesteld_in": vastgesteld_in},
        {
            "reeks": reeks,
            "soort": stuk["soort"],
            "titel": stuk["titel"],
            "datum": dag(stuk, "datum"),
            "datum_tekst": stuk.get("datumTekst", ""),
            "schatting_van": dag(stuk, "schattingVan"),
            "schatting_tot": dag(stuk, "schattingTot"),
            "documentdatum": dag(stuk, "documentdatum"),
            "plaats": stuk.get("plaats", ""),
            "kenmerk": stuk.get("kenmerk", ""),
            "secretariaat": stuk.get("secretariaat", ""),
            "bekend_vanaf": dag(stuk, "bekendVanaf"),
            "toelichting": stuk.get("toelichting", ""),
        },
        {
            "deelnemers": kenmerken(deelnemer["kenmerk"] for deelnemer in stuk.get("deelnemers", [])),
            "agendapunten": kenmerken(str(punt["nummer"]) for punt in stuk.get("agendapunten", [])),
        },
    )


def deelnamerij(
    stuk: Object, vergadering: Vergadering, organisatie: Organisatie | None, plaats: int, *, mag_nieuw: bool
) -> Rij:
    """Somebody at a meeting, missing from it, or acting in its minutes without being on the list."""
    return Rij(
        f"{vergadering.slug}/{stuk['kenmerk']}",
        {"vergadering": vergadering, "volgorde": plaats},
        {
            "organisatie": organisatie,
            "aanhef": stuk.get("aanhef", ""),
            "naam": stuk.get("naam", ""),
            "ambt": stuk.get("ambt", ""),
            "is_ambt_afgeleid": stuk.get("ambtAfgeleid", False),
            "rol": stuk["rol"],
            "aanwezigheid": stuk["aanwezigheid"],
            "vervanging": stuk.get("vervanging", ""),
            "vervanger": stuk.get("vervanger", ""),
            "toelichting": stuk.get("toelichting", ""),
            "regel_van": stuk.get("regel"),
        },
        mag_nieuw=mag_nieuw,
        merk={"kenmerk": stuk["kenmerk"]},
    )


def puntrij(
    stuk: Object,
    vergadering: Vergadering,
    inleiders: Iterable[str],
    maatregelen: Iterable[str],
    volgorde: int,
    *,
    mag_nieuw: bool,
) -> Rij:
    """A point, with who opens it (slugs), what it is about (codes), and the names of what was said and decided."""
    return Rij(
        f"{vergadering.slug}/{stuk['nummer']}",
        {"vergadering": vergadering, "volgorde": volgorde},
        {
            "titel": stuk["titel"],
            "doel": stuk.get("doel", ""),
            "duur_minuten": stuk.get("duurMinuten"),
            "toelichting": stuk.get("toelichting", ""),
            "regel_van": stuk.get("regel"),
        },
        {
            "inleiders": [{"organisatie": slug} for slug in inleiders],
            "maatregelen": [{"maatregel": code} for code in maatregelen],
            "bijlagen": kenmerken(bijlage["naam"] for bijlage in stuk.get("bijlagen", [])),
            **{lijst: kenmerken(regel["kenmerk"] for regel in stuk.get(lijst, [])) for lijst in KINDEREN},
        },
        mag_nieuw,
        {"kenmerk": str(stuk["nummer"])},
    )


def bijlagerij(stuk: Object, sleutel: str, punt: Agendapunt, plaats: int, *, mag_nieuw: bool) -> Rij:
    """An annex that the text names; the file itself is not there."""
    return Rij(
        sleutel,
        {"agendapunt": punt, "volgorde": plaats},
        {"naam": stuk["naam"], "regel_van": stuk.get("regel")},
        mag_nieuw=mag_nieuw,
        merk={"kenmerk": stuk["naam"]},
    )


def _vast(stuk: Object, punt: Agendapunt) -> dict[str, Any]:
    return {"agendapunt": punt, "bron_id": stuk["kenmerk"], "volgorde": stuk["volgorde"]}


def _maatregelen(codes: Iterable[str]) -> dict[str, list[Object]]:
    return {"maatregelen": [{"maatregel": code} for code in codes]}


def inbrengrij(
    stuk: Object,
    sleutel: str,
    punt: Agendapunt,
    organisatie: Organisatie | None,
    maatregelen: Iterable[str],
    *,
    mag_nieuw: bool,
) -> Rij:
    """Who said what."""
    return Rij(
        sleutel,
        _vast(stuk, punt),
        {
            "organisatie": organisatie,
            "spreker": stuk["spreker"],
            "soort": stuk["soort"],
            "tekst": stuk["tekst"],
            "is_open": stuk.get("open", False),
            **regels(stuk),
        },
        _maatregelen(maatregelen),
        mag_nieuw,
    )


def besluitrij(stuk: Object, code: str, punt: Agendapunt, maatregelen: Iterable[str], *, mag_nieuw: bool) -> Rij:
    """A decision, with the measures it is about; one row of reporting back for each, or one without a measure."""
    return Rij(
        code,
        {**_vast(stuk, punt), "code": code},
        {
            "soort": stuk["soort"],
            "tekst": stuk["tekst"],
            "toelichting": stuk.get("toelichting", ""),
            **regels(stuk),
        },
        {"terugkoppelingen": kenmerken(list(maatregelen) or [""])},
        mag_nieuw,
    )


def terugkoppelingvelden(stuk: Object) -> dict[str, Any]:
    """What became of a decision, as far as the text says. What needs no reporting back: decided elsewhere and only
    mentioned here, or done in the meeting itself.
    """
    if gedaan := stuk.get("uitgevoerd"):
        return {
            "stand": Terugkoppelstand.NIET_NODIG,
            "uitgevoerd_op": datetime.date.fromisoformat(gedaan["op"]),
            "uitkomst": gedaan["uitkomst"],
        }
    door_de_tafel = stuk["soort"] in DOOR_DE_TAFEL
    return {"stand": Terugkoppelstand.OPEN if door_de_tafel else Terugkoppelstand.NIET_NODIG}


def actierij(
    stuk: Object,
    code: str,
    punt: Agendapunt,
    organisatie: Organisatie | None,
    besluit: Besluit | None,
    voor_vergadering: Vergadering | None,
    mijlpaal: Mijlpaal | None,
    maatregelen: Iterable[str],
    peildatum: datetime.date,
    *,
    mag_nieuw: bool,
) -> Rij:
    """What somebody would do, with the words of its termijn as counted from `peildatum`, the day of the meeting."""
    return Rij(
        code,
        {**_vast(stuk, punt), "code": code},
        {
            "soort": stuk["soort"],
            "wat": stuk["wat"],
            "organisatie": organisatie,
            "wie_tekst": stuk.get("wie", ""),
            "is_afgesproken": stuk.get("afgesproken", True),
            "termijn_tekst": stuk.get("termijnTekst", ""),
            "begin": dag(stuk, "begin"),
            "einde": dag(stuk, "einde"),
            "precisie": stuk.get("precisie", ""),
            "relatie": stuk.get("relatie", ""),
            "peildatum": peildatum,
            "voorwaarde": stuk.get("voorwaarde", ""),
            "besluit": besluit,
            "voor_vergadering": voor_vergadering,
            "mijlpaal": mijlpaal,
            "toelichting": stuk.get("toelichting", ""),
            **regels(stuk),
        },
        _maatregelen(maatregelen),
        mag_nieuw,
    )


def cijferrij(stuk: Object, sleutel: str, punt: Agendapunt, maatregelen: Iterable[str], *, mag_nieuw: bool) -> Rij:
    """A figure that was shown or agreed."""
    return Rij(
        sleutel,
        _vast(stuk, punt),
        {
            "naam": stuk["naam"],
            "waarde": getal(stuk, "waarde"),
            "waarde_tot": getal(stuk, "waardeTot"),
            "vorige_waarde": getal(stuk, "vorigeWaarde"),
            "eenheid": stuk.get("eenheid", ""),
            "kwalificatie": stuk.get("kwalificatie", ""),
            "periode": stuk.get("periode", ""),
            "toelichting": stuk.get("toelichting", ""),
            **regels(stuk),
        },
        _maatregelen(maatregelen),
        mag_nieuw,
    )


def trendrij(stuk: Object, sleutel: str, punt: Agendapunt, *, mag_nieuw: bool) -> Rij:
    """How something goes, in words."""
    return Rij(
        sleutel,
        _vast(stuk, punt),
        {"onderwerp": stuk["onderwerp"], "duiding": stuk["duiding"], **regels(stuk)},
        mag_nieuw=mag_nieuw,
    )
