"""Loads the meetings: from checked data files to records, again and again, without undoing what people did.

As with the documents a field follows its file only while nobody else changed it. Minutes that were adopted are closed:
of such a meeting nothing is touched.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from maatregelen.bronvergelijking import Lijstsoort, Rij, Soort, Vergelijking, Verslag
from maatregelen.documentcontrole import Gegevens
from maatregelen.documenten import SLOT
from maatregelen.documentschema import Object
from maatregelen.models import Maatregel, Mijlpaal, Organisatie
from regietafel.models import (
    Actiemaatregel,
    Actiepunt,
    Agendapunt,
    Besluit,
    Bijlage,
    Cijfermaatregel,
    Deelname,
    Inbreng,
    Inbrengmaatregel,
    Inleider,
    Puntmaatregel,
    Reeks,
    Reekslid,
    Reekspunt,
    Staatwijziging,
    Terugkoppeling,
    Trend,
    Vergadercijfer,
    Vergadering,
)
from regietafel.vergadercontrole import Vergadergegevens
from regietafel.vergaderrijen import (
    KINDEREN,
    actierij,
    besluitrij,
    bijlagerij,
    cijferrij,
    deelnamerij,
    inbrengrij,
    puntrij,
    reeksrij,
    terugkoppelingvelden,
    trendrij,
    vergaderingrij,
)

REGELS = ("regel_van", "regel_tot")
WIE = ("organisatie", "wie_tekst")
TERMIJN = ("termijn_tekst", "begin", "einde", "precisie", "relatie", "peildatum")
WANNEER = ("datum", "datum_tekst", "schatting_van", "schatting_tot")
AANWEZIG = ("aanwezigheid", "vervanging", "vervanger")
WAARDEN = ("waarde", "waarde_tot", "vorige_waarde")

REEKSEN = Soort(Reeks)
VERGADERINGEN = Soort(Vergadering, (WANNEER,), ("reeks",), frozenset({"deelnemers", "agendapunten"}))
DEELNAMES = Soort(Deelname, (AANWEZIG,), ("organisatie",))
PUNTEN = Soort(Agendapunt, blijvend=frozenset({"bijlagen", *KINDEREN}))
BIJLAGEN = Soort(Bijlage)
INBRENG = Soort(Inbreng, (REGELS, ("organisatie", "spreker")), ("organisatie",))
BESLUITEN = Soort(Besluit, (REGELS,), blijvend=frozenset({"terugkoppelingen"}))
TERUGKOPPELINGEN = Soort(Terugkoppeling)
ACTIES = Soort(Actiepunt, (REGELS, WIE, TERMIJN), ("organisatie", "besluit", "voor_vergadering", "mijlpaal__maatregel"))
CIJFERS = Soort(Vergadercijfer, (REGELS, WAARDEN))
TRENDS = Soort(Trend, (REGELS,))


def laad_vergaderingen(gegevens: Vergadergegevens, documenten: Gegevens, *, moment: datetime.datetime) -> Verslag:
    """Load checked data files in one transaction, as recorded at `moment`; the documents must be there already.

    A second time nothing is written.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        lading = _Lading(gegevens, documenten, moment)
        lading.voer_uit()
        verslag = lading.vergelijking.verslag
        if verslag.toegevoegd:
            # Without this the first pages after a load are planned as if the tables were empty, and take minutes.
            with connection.cursor() as cursor:
                for model in apps.get_app_config("regietafel").get_models():
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
        return verslag


def code_van(vergadering: Object, regel: Object) -> str:
    """The code of a decision or an action: of the meeting, and of the mark in its file (A-09: lrt-2025-03-19-a09)."""
    return f"{vergadering['slug']}-{regel['kenmerk'].lower().replace('-', '')}"


class _Lading:
    """The records of one load, in the order in which they lean on each other."""

    def __init__(self, gegevens: Vergadergegevens, documenten: Gegevens, moment: datetime.datetime) -> None:
        self.gegevens = gegevens
        self.moment = moment
        self.vergelijking = Vergelijking(moment)
        self.slug_van = documenten.organisatie_bij_naam()
        self.organisaties = {organisatie.slug: organisatie for organisatie in Organisatie.objects.all()}
        codes = {code for stuk in _met_maatregelen(gegevens) for code in stuk.get("maatregelen", [])}
        self.maatregelen = {maatregel.code: maatregel for maatregel in Maatregel.objects.filter(code__in=codes)}
        self.mijlpalen = {
            f"{mijlpaal.maatregel.code}/{mijlpaal.bron_id}": mijlpaal
            for mijlpaal in Mijlpaal.objects.filter(maatregel__in=self.maatregelen.values())
            .exclude(bron_id="")
            .select_related("maatregel")
        }
        self.reeksen: dict[str, Reeks] = {}
        self.vergaderingen: dict[str, Vergadering] = {}
        self.open: list[Object] = []  # the entries of meetings whose minutes are not closed
        self.punten: dict[str, Agendapunt] = {}
        self.besluiten: dict[str, Besluit] = {}

    def voer_uit(self) -> None:
        self._reeksen()
        self._vergaderingen()
        self._deelnames()
        self._punten()
        self._bijlagen()
        self._inbreng()
        self._besluiten()
        self._terugkoppelingen()
        self._acties()
        self._cijfers()
        self._trends()
        self.vergelijking.werk_lijsten_bij(
            {
                (Reeks, "leden"): Lijstsoort(Reekslid, self._lid, _lid_weg),
                (Reeks, "punten"): Lijstsoort(Reekspunt, _vast_punt, _vast_punt_weg),
                (Agendapunt, "inleiders"): Lijstsoort(Inleider, self._inleider, _inleider_weg),
                **{
                    (soort, "maatregelen"): self._maatregelsoort(koppeling, veld)
                    for soort, koppeling, veld in (
                        (Agendapunt, Puntmaatregel, "agendapunt"),
                        (Inbreng, Inbrengmaatregel, "inbreng"),
                        (Actiepunt, Actiemaatregel, "actiepunt"),
                        (Vergadercijfer, Cijfermaatregel, "cijfer"),
                    )
                },
            }
        )

    # --- The meetings

    def _reeksen(self) -> None:
        bestaand = {reeks.slug: reeks for reeks in Reeks.objects.all()}
        op_naam = {reeks.naam: reeks for reeks in bestaand.values()}
        for stuk in self.gegevens.reeksen:  # made by people under the same name: theirs counts
            if stuk["slug"] not in bestaand and stuk["naam"] in op_naam:
                bestaand[stuk["slug"]] = op_naam[stuk["naam"]]
        rijen = [reeksrij(stuk, self.slug_van) for stuk in self.gegevens.reeksen]
        self.reeksen = self.vergelijking.verwerk(REEKSEN, rijen, bestaand)

    def _vergaderingen(self) -> None:
        slugs = [stuk["slug"] for stuk in self.gegevens.vergaderingen]
        bestaand = {
            vergadering.slug: vergadering
            for vergadering in Vergadering.objects.filter(slug__in=slugs).select_related("reeks")
        }
        gesloten = {slug for slug, vergadering in bestaand.items() if vergadering.is_gesloten}
        self.vergaderingen = {slug: bestaand[slug] for slug in gesloten}
        self.open = [stuk for stuk in self.gegevens.vergaderingen if stuk["slug"] not in gesloten]
        self.vergelijking.verslag.gelaten += [
            f"vergadering {stuk['slug']}: het verslag is vastgesteld"
            for stuk in self.gegevens.vergaderingen
            if stuk["slug"] in gesloten and "vastgesteldIn" not in stuk
        ]
        # Minutes are adopted by a later meeting, so that one is there first.
        for laag in (
            [stuk for stuk in self.open if "vastgesteldIn" not in stuk],
            [stuk for stuk in self.open if "vastgesteldIn" in stuk],
        ):
            rijen = [
                vergaderingrij(
                    stuk, self.reeksen.get(stuk["reeks"]), self.vergaderingen.get(stuk.get("vastgesteldIn", ""))
                )
                for stuk in laag
            ]
            self.vergaderingen |= self.vergelijking.verwerk(VERGADERINGEN, rijen, bestaand)
        self._staatwijzigingen()

    def _staatwijzigingen(self) -> None:
        """The steps of each new meeting, as far as the texts tell them, by nobody here."""
        nieuw = {id(vergadering) for vergadering in self.vergelijking.nieuwe[Vergadering]}
        rijen = [
            Staatwijziging(
                vergadering=self.vergaderingen[stuk["slug"]],
                van=stuk["staten"][nummer - 1]["naar"] if nummer else "",
                vastgelegd_op=self.moment,
                **stap,
            )
            for stuk in self.open
            if id(self.vergaderingen[stuk["slug"]]) in nieuw
            for nummer, stap in enumerate(stuk["staten"])
        ]
        Staatwijziging.objects.bulk_create(rijen)
        self.vergelijking.tel(self.vergelijking.verslag.toegevoegd, Staatwijziging, len(rijen))

    def _deelnames(self) -> None:
        bestaand = {
            f"{deelname.vergadering.slug}/{deelname.bronwaarden['kenmerk']}": deelname
            for deelname in Deelname.objects.filter(
                vergadering__in=self._pks(), bronwaarden__has_key="kenmerk"
            ).select_related("vergadering", "organisatie")
        }
        rijen = [
            deelnamerij(
                deelnemer,
                self.vergaderingen[stuk["slug"]],
                self._organisatie(deelnemer),
                plaats,
                mag_nieuw=self.vergelijking.is_erbij(Vergadering, stuk["slug"], "deelnemers", deelnemer["kenmerk"]),
            )
            for stuk in self.open
            for plaats, deelnemer in enumerate(stuk.get("deelnemers", []), start=1)
        ]
        self.vergelijking.verwerk(DEELNAMES, rijen, bestaand)

    def _punten(self) -> None:
        bestaand: dict[str, Agendapunt] = {}
        bezet: dict[int, set[int]] = {}
        for punt in Agendapunt.objects.filter(vergadering__in=self._pks()).select_related("vergadering"):
            bezet.setdefault(punt.vergadering_id, set()).add(punt.volgorde)
            if kenmerk := punt.bronwaarden.get("kenmerk"):
                bestaand[f"{punt.vergadering.slug}/{kenmerk}"] = punt
        rijen = []
        for stuk in self.open:
            vergadering = self.vergaderingen[stuk["slug"]]
            plekken = bezet.setdefault(vergadering.pk, set())
            for punt in stuk.get("agendapunten", []):
                nummer = punt["nummer"]
                # People may have put a point of their own there: theirs stays.
                volgorde = max(plekken, default=0) + 1 if nummer in plekken else nummer
                rij = puntrij(
                    punt,
                    vergadering,
                    [self.slug_van[naam] for naam in punt.get("inleiders", [])],
                    self._codes(punt),
                    volgorde,
                    mag_nieuw=self.vergelijking.is_erbij(Vergadering, stuk["slug"], "agendapunten", str(nummer)),
                )
                if rij.sleutel not in bestaand and rij.mag_nieuw:
                    plekken.add(volgorde)
                rijen.append(rij)
        self.punten = self.vergelijking.verwerk(PUNTEN, rijen, bestaand)

    # --- What stands at the points

    def _bijlagen(self) -> None:
        bestaand = {
            f"{bijlage.agendapunt.vergadering.slug}/{bijlage.agendapunt.bronwaarden.get('kenmerk')}"
            f"/{bijlage.bronwaarden['kenmerk']}": bijlage
            for bijlage in Bijlage.objects.filter(
                agendapunt__vergadering__in=self._pks(), bronwaarden__has_key="kenmerk"
            ).select_related("agendapunt__vergadering")
        }
        rijen = []
        for stuk, punt in self._puntstukken():
            sleutel = f"{stuk['slug']}/{punt['nummer']}"
            for plaats, bijlage in enumerate(punt.get("bijlagen", []), start=1):
                erbij = self.vergelijking.is_erbij(Agendapunt, sleutel, "bijlagen", bijlage["naam"])
                eigen = f"{sleutel}/{bijlage['naam']}"
                rijen.append(bijlagerij(bijlage, eigen, self.punten[sleutel], plaats, mag_nieuw=erbij))
        self.vergelijking.verwerk(BIJLAGEN, rijen, bestaand)

    def _inbreng(self) -> None:
        rijen = [
            inbrengrij(regel, sleutel, punt, self._organisatie(regel), self._codes(regel), mag_nieuw=erbij)
            for _, regel, sleutel, punt, erbij in self._regels("inbreng")
        ]
        self.vergelijking.verwerk(INBRENG, rijen, self._bestaand(Inbreng, "organisatie"))

    def _besluiten(self) -> None:
        rijen = [
            besluitrij(regel, code_van(stuk, regel), punt, self._codes(regel), mag_nieuw=erbij)
            for stuk, regel, _, punt, erbij in self._regels("besluiten")
        ]
        bestaand = {
            besluit.code: besluit for besluit in Besluit.objects.filter(code__in=[rij.sleutel for rij in rijen])
        }
        self.besluiten = self.vergelijking.verwerk(BESLUITEN, rijen, bestaand)

    def _terugkoppelingen(self) -> None:
        bestaand = {
            f"{rij.besluit.code}/{rij.maatregel.code if rij.maatregel else ''}": rij
            for rij in Terugkoppeling.objects.filter(besluit__in=self.besluiten.values()).select_related(
                "besluit", "maatregel"
            )
        }
        rijen = [
            Rij(
                f"{code}/{maatregel}",
                {
                    "besluit": self.besluiten[code],
                    "maatregel": self.maatregelen.get(maatregel),
                    **terugkoppelingvelden(regel),
                },
                {},
                mag_nieuw=self.vergelijking.is_erbij(Besluit, code, "terugkoppelingen", maatregel),
            )
            for stuk, regel, *_ in self._regels("besluiten")
            if (code := code_van(stuk, regel)) in self.besluiten
            for maatregel in self._codes(regel) or [""]
        ]
        self.vergelijking.verwerk(TERUGKOPPELINGEN, rijen, bestaand)

    def _acties(self) -> None:
        rijen = []
        for stuk, regel, _, punt, erbij in self._regels("actiepunten"):
            besluit = code_van(stuk, {"kenmerk": regel["besluit"]}) if "besluit" in regel else ""
            rijen.append(
                actierij(
                    regel,
                    code_van(stuk, regel),
                    punt,
                    self._organisatie(regel),
                    self.besluiten.get(besluit),
                    self.vergaderingen.get(regel.get("voorVergadering", "")),
                    self.mijlpalen.get(regel.get("mijlpaal", "")),
                    self._codes(regel),
                    # Words such as "deze maand" count from the meeting, or from when one first knew of it.
                    datetime.date.fromisoformat(stuk["datum"] if "datum" in stuk else stuk["bekendVanaf"]),
                    mag_nieuw=erbij,
                )
            )
        acties = Actiepunt.objects.filter(code__in=[rij.sleutel for rij in rijen]).select_related(*ACTIES.verwanten)
        self.vergelijking.verwerk(ACTIES, rijen, {actie.code: actie for actie in acties})

    def _cijfers(self) -> None:
        rijen = [
            cijferrij(regel, sleutel, punt, self._codes(regel), mag_nieuw=erbij)
            for _, regel, sleutel, punt, erbij in self._regels("cijfers")
        ]
        self.vergelijking.verwerk(CIJFERS, rijen, self._bestaand(Vergadercijfer))

    def _trends(self) -> None:
        rijen = [
            trendrij(regel, sleutel, punt, mag_nieuw=erbij) for _, regel, sleutel, punt, erbij in self._regels("trends")
        ]
        self.vergelijking.verwerk(TRENDS, rijen, self._bestaand(Trend))

    # --- Finding the way

    def _pks(self) -> list[int]:
        return [self.vergaderingen[stuk["slug"]].pk for stuk in self.open]

    def _organisatie(self, stuk: Object) -> Organisatie | None:
        return self.organisaties.get(self.slug_van[stuk["organisatie"]]) if "organisatie" in stuk else None

    def _codes(self, stuk: Object) -> list[str]:
        """The measures of an entry, as far as they are here."""
        return [code for code in stuk.get("maatregelen", []) if code in self.maatregelen]

    def _puntstukken(self) -> Iterator[tuple[Object, Object]]:
        """Each point that is here, with its meeting."""
        for stuk in self.open:
            for punt in stuk.get("agendapunten", []):
                if f"{stuk['slug']}/{punt['nummer']}" in self.punten:
                    yield stuk, punt

    def _regels(self, lijst: str) -> Iterator[tuple[Object, Object, str, Agendapunt, bool]]:
        """Each line of a kind: its meeting, itself with its place at the point, its key, its point, and whether it is
        named for the first time.
        """
        for stuk, punt in self._puntstukken():
            sleutel = f"{stuk['slug']}/{punt['nummer']}"
            plaatsen = _plaatsen(punt)
            for regel in punt.get(lijst, []):
                erbij = self.vergelijking.is_erbij(Agendapunt, sleutel, lijst, regel["kenmerk"])
                eigen = f"{stuk['slug']}/{regel['kenmerk']}"
                yield stuk, {**regel, "volgorde": plaatsen[regel["kenmerk"]]}, eigen, self.punten[sleutel], erbij

    def _bestaand(self, model: type[Model], *verwanten: str) -> dict[str, Any]:
        rijen: Any = model._default_manager.filter(agendapunt__vergadering__in=self._pks()).exclude(bron_id="")
        return {
            f"{rij.agendapunt.vergadering.slug}/{rij.bron_id}": rij
            for rij in rijen.select_related("agendapunt__vergadering", *verwanten)
        }

    # --- What hangs from them. Taken away is only what still is as the file delivered it.

    def _lid(self, reeks: Reeks, inhoud: Object, plaats: int) -> Reekslid:
        organisatie = self.organisaties[inhoud["organisatie"]]
        return Reekslid(reeks=reeks, volgorde=plaats, **{**inhoud, "organisatie": organisatie})

    def _inleider(self, punt: Agendapunt, inhoud: Object, plaats: int) -> Inleider:
        return Inleider(agendapunt=punt, organisatie=self.organisaties[inhoud["organisatie"]], volgorde=plaats)

    def _maatregelsoort(self, koppeling: type[Model], veld: str) -> Lijstsoort:
        """How a measure is hung from a record, and taken from it."""

        def maak(stuk: Any, inhoud: Object, _plaats: int) -> Model:
            return koppeling(**{veld: stuk}, maatregel=self.maatregelen[inhoud["maatregel"]])

        def weg(stuk: Any, inhoud: Object) -> QuerySet[Any]:
            rijen: Any = koppeling._default_manager
            gevonden: QuerySet[Any] = rijen.filter(**{veld: stuk}, maatregel__code=inhoud["maatregel"])
            return gevonden

        return Lijstsoort(koppeling, maak, weg)


def _met_maatregelen(gegevens: Vergadergegevens) -> Iterable[Object]:
    """Everything in the files that may name measures."""
    for vergadering in gegevens.vergaderingen:
        for punt in vergadering.get("agendapunten", []):
            yield punt
            for lijst in KINDEREN:
                yield from punt.get(lijst, [])


def _plaatsen(punt: Object) -> dict[str, int]:
    """The place of each line among all lines of its point: in the order of the text."""
    regels = [regel for lijst in KINDEREN for regel in punt.get(lijst, [])]
    op_regel = sorted(regels, key=lambda regel: int(regel.get("regelVan", 0)))
    return {regel["kenmerk"]: plaats for plaats, regel in enumerate(op_regel, start=1)}


def _lid_weg(reeks: Reeks, inhoud: Object) -> QuerySet[Any]:
    vast = {veld: waarde for veld, waarde in inhoud.items() if veld != "organisatie"}
    return Reekslid.objects.filter(reeks=reeks, organisatie__slug=inhoud["organisatie"], **vast)


def _vast_punt(reeks: Reeks, inhoud: Object, plaats: int) -> Reekspunt:
    return Reekspunt(reeks=reeks, volgorde=plaats, **inhoud)


def _vast_punt_weg(reeks: Reeks, inhoud: Object) -> QuerySet[Any]:
    return Reekspunt.objects.filter(reeks=reeks, **inhoud)


def _inleider_weg(punt: Agendapunt, inhoud: Object) -> QuerySet[Any]:
    return Inleider.objects.filter(agendapunt=punt, organisatie__slug=inhoud["organisatie"])
