"""Actions after the meeting: the only writer of an action's stand, owner and termijn.

Each change is a row of its history, with what held before, why, by whom and from which day. Minutes that were adopted
close what was said and decided; what becomes of an action goes on.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Lidmaatschap, Organisatie, Persoon
from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.termijninvoer import Zelfbepaald, velden_van
from maatregelen.termijnvergelijking import Termijnstand, soort_wijziging
from maatregelen.versiebewaking import vergrendel
from regietafel.models import Actiepunt, Actiestand, Actiewijziging, Actiewijzigingsoort

# What a termijn of an action consists of; kept in its history as it was and as it became.
TERMIJNVELDEN = (
    "termijn_tekst", "begin", "einde", "precisie", "relatie", "herhaling", "duur", "gebeurtenis", "peildatum",
)  # fmt: skip
LENGTE_CODE: int = Actiepunt._meta.get_field("code").max_length or 0
LENGTE_WIE: int = Actiepunt._meta.get_field("wie_tekst").max_length or 0


class Actiegesloten(OngeldigeOvergang):
    """The action is in a stand in which this cannot be done; nothing was changed."""


@dataclass(frozen=True)
class Trekker:
    """Who does it: an organisation, a person of it, words; or nobody yet."""

    organisatie: Organisatie | None = None
    persoon: Persoon | None = None
    wie_tekst: str = ""

    @property
    def is_niemand(self) -> bool:
        """Whether nobody was named in any way."""
        return self.organisatie is None and self.persoon is None and not self.wie_tekst.strip()

    @property
    def woorden(self) -> str:
        """The words, else the function of the person: what history keeps beside the organisation."""
        return (self.wie_tekst.strip() or (self.persoon.functie if self.persoon else ""))[:LENGTE_WIE]


@dataclass(frozen=True)
class Deel:
    """One of the actions that a split makes: what, who, and by when in words (empty: as the whole)."""

    wat: str
    trekker: Trekker = Trekker()
    termijn_tekst: str = ""


def _reden(tekst: str, veld: str = "reden") -> str:
    reden = tekst.strip()
    if not reden:
        raise ValidationError({veld: "Schrijf in een zin waarom."})
    return reden


def _vergrendeld(actiepunt: Actiepunt, versie: int | None) -> Actiepunt:
    return vergrendel(
        Actiepunt.objects.select_related("organisatie", "persoon", "agendapunt__vergadering"), actiepunt.pk, versie
    )


def _eis_open(rij: Actiepunt) -> None:
    if rij.stand != Actiestand.OPEN:
        raise Actiegesloten(f"Dit actiepunt is {rij.get_stand_display()}. Zet het eerst weer open.")


def _eis_afgesproken(rij: Actiepunt) -> None:
    _eis_open(rij)
    if not rij.is_afgesproken:
        raise Actiegesloten(
            f"Dit is een {rij.get_soort_display()} en nog niet afgesproken. Leg eerst vast dat het is afgesproken."
        )


def _eis_niet_later(dag: datetime.date, vandaag: datetime.date, veld: str) -> None:
    if dag > vandaag:
        raise ValidationError({veld: "Deze dag kan niet in de toekomst liggen."})


def _controleer(trekker: Trekker, vandaag: datetime.date) -> None:
    """Raise ValidationError for an owner who cannot be one: ended, only a word, or a person of elsewhere."""
    wie = trekker.organisatie
    if wie is not None and wie.is_aanduiding:
        zin = f"{wie} is een woord uit de teksten; er horen geen mensen bij. Schrijf het bij 'wie, in woorden'."
        raise ValidationError({"organisatie": zin})
    if wie is not None and wie.is_opgeheven(vandaag):
        opvolger = f" Kies {wie.opvolger}." if wie.opvolger else ""
        raise ValidationError({"organisatie": f"{wie} is opgeheven.{opvolger}"})
    if trekker.persoon is None:
        return
    if wie is None:
        raise ValidationError({"organisatie": "Kies ook de organisatie van deze persoon."})
    if not Lidmaatschap.objects.geldig(vandaag).filter(persoon=trekker.persoon, organisatie=wie).exists():
        raise ValidationError({"persoon": f"Deze persoon hoort niet bij {wie}."})


def _bewaar(actiepunt: Actiepunt, rij: Actiepunt, velden: dict[str, Any], moment: datetime.datetime) -> None:
    """Write these fields of the locked row, and show them on the record that was given."""
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.versie += 1
    rij.gewijzigd_op = moment
    namen = [*velden, "versie", "gewijzigd_op"]
    rij.save(update_fields=namen)
    for naam in namen:
        setattr(actiepunt, naam, getattr(rij, naam))


def _als_json(rij: Actiepunt) -> dict[str, Any]:
    waarden = {naam: getattr(rij, naam) for naam in TERMIJNVELDEN}
    return {n: w.isoformat() if isinstance(w, datetime.date) else w for n, w in waarden.items()}


def _wissel_stand(
    actiepunt: Actiepunt,
    rij: Actiepunt,
    naar: Actiestand,
    soort: Actiewijzigingsoort,
    *,
    reden: str,
    per: datetime.date,
    door: Persoon,
    moment: datetime.datetime,
) -> Actiewijziging:
    van, is_open = rij.stand, naar == Actiestand.OPEN
    velden = {"stand": naar, "afgerond_op": None if is_open else per, "afronding": "" if is_open else reden}
    _bewaar(actiepunt, rij, velden, moment)
    return Actiewijziging.objects.create(
        actiepunt=rij,
        soort=soort,
        van_stand=van,
        naar_stand=naar,
        reden=reden,
        per=per,
        door=door,
        vastgelegd_op=moment,
    )


def rond_af(
    actiepunt: Actiepunt,
    *,
    op: datetime.date,
    afronding: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """It is done, on a day; `afronding` says what came of it.

    Raises ValidationError, Actiegesloten (not open, or never agreed on) or Verouderd.
    """
    reden = afronding.strip()
    if not reden:
        raise ValidationError({"afronding": "Schrijf in een zin wat het heeft opgeleverd."})
    _eis_niet_later(op, vandaag, "op")
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_afgesproken(rij)
        return _wissel_stand(
            actiepunt, rij, Actiestand.AFGEROND, Actiewijzigingsoort.AFGEROND,
            reden=reden, per=op, door=door, moment=moment or timezone.now(),
        )  # fmt: skip


def laat_vervallen(
    actiepunt: Actiepunt,
    *,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """It need not be done any more; also a request or offer of which nothing comes.

    Raises ValidationError, Actiegesloten or Verouderd.
    """
    woorden = _reden(reden)
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_open(rij)
        return _wissel_stand(
            actiepunt, rij, Actiestand.VERVALLEN, Actiewijzigingsoort.VERVALLEN,
            reden=woorden, per=vandaag, door=door, moment=moment or timezone.now(),
        )  # fmt: skip


def heropen(
    actiepunt: Actiepunt,
    *,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """What was done or dropped is to be done after all; history keeps what was said of it.

    Raises ValidationError, Actiegesloten (it is open, or its parts took its place) or Verouderd.
    """
    woorden = _reden(reden)
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        if rij.stand == Actiestand.OPEN:
            raise Actiegesloten("Dit actiepunt staat al open.")
        if rij.stand == Actiestand.GESPLITST:
            raise Actiegesloten("Dit actiepunt is gesplitst; de delen zijn ervoor in de plaats gekomen.")
        return _wissel_stand(
            actiepunt, rij, Actiestand.OPEN, Actiewijzigingsoort.HEROPEND,
            reden=woorden, per=vandaag, door=door, moment=moment or timezone.now(),
        )  # fmt: skip


def draag_over(
    actiepunt: Actiepunt,
    naar: Trekker,
    *,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """Somebody else does it from today; also what was nobody's gets an owner this way.

    Raises ValidationError (nobody named, the same as now, an owner that cannot be one), Actiegesloten or Verouderd.
    """
    woorden, moment = _reden(reden), moment or timezone.now()
    if naar.is_niemand:
        raise ValidationError({"organisatie": "Kies een organisatie, of schrijf in woorden wie het doet."})
    _controleer(naar, vandaag)
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_afgesproken(rij)
        oud = Trekker(rij.organisatie, rij.persoon, rij.wie_tekst)
        nieuw = Trekker(naar.organisatie, naar.persoon, naar.wie_tekst.strip())
        if oud == nieuw:
            raise ValidationError({"organisatie": "Dit actiepunt ligt daar al."})
        velden = {"organisatie": nieuw.organisatie, "persoon": nieuw.persoon, "wie_tekst": nieuw.wie_tekst}
        _bewaar(actiepunt, rij, velden, moment)
        return Actiewijziging.objects.create(
            actiepunt=rij,
            soort=Actiewijzigingsoort.OVERGEDRAGEN,
            van_organisatie=oud.organisatie,
            van_persoon=oud.persoon,
            van_wie_tekst=oud.woorden,
            naar_organisatie=nieuw.organisatie,
            naar_persoon=nieuw.persoon,
            naar_wie_tekst=nieuw.woorden,
            reden=woorden,
            per=vandaag,
            door=door,
            vastgelegd_op=moment,
        )


def verplaats(
    actiepunt: Actiepunt,
    termijn_tekst: str,
    *,
    peildatum: datetime.date | None = None,
    zelf: Zelfbepaald | None = None,
    ander: bool = False,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """Another termijn, in words counted from `peildatum` (default today); `zelf` and `ander` as in velden_van.

    A termijn that only becomes more precise is no move, as with milestones. Raises ValidationError (no words, the same
    termijn, days that cannot be), Actiegesloten or Verouderd.
    """
    woorden, moment = _reden(reden), moment or timezone.now()
    tekst = termijn_tekst.strip()
    if not tekst:
        raise ValidationError({"termijn_tekst": "Schrijf wanneer het klaar is."})
    nieuw = velden_van(tekst, peildatum or vandaag, zelf=zelf, ander=ander)
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_afgesproken(rij)
        soort = soort_wijziging(Termijnstand.van(rij), Termijnstand.van(rij, nieuw))
        if soort is None:
            raise ValidationError({"termijn_tekst": "Dit is de termijn die er al staat."})
        van = _als_json(rij)
        _bewaar(actiepunt, rij, nieuw, moment)
        return Actiewijziging.objects.create(
            actiepunt=rij,
            soort=Actiewijzigingsoort.VERPLAATST,
            termijnsoort=soort,
            van_termijn=van,
            naar_termijn=_als_json(rij),
            reden=woorden,
            per=vandaag,
            door=door,
            vastgelegd_op=moment,
        )


def spreek_af(
    actiepunt: Actiepunt,
    *,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> Actiewijziging:
    """A request, offer or expectation is agreed on after all; what it was at first stays readable.

    Raises ValidationError, Actiegesloten (not open, or agreed on already) or Verouderd.
    """
    woorden, moment = _reden(reden), moment or timezone.now()
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_open(rij)
        if rij.is_afgesproken:
            raise Actiegesloten("Dit was al afgesproken.")
        _bewaar(actiepunt, rij, {"is_afgesproken": True}, moment)
        return Actiewijziging.objects.create(
            actiepunt=rij,
            soort=Actiewijzigingsoort.AFGESPROKEN,
            reden=woorden,
            per=vandaag,
            door=door,
            vastgelegd_op=moment,
        )


def _vrije_codes(code: str, aantal: int) -> list[str]:
    """Codes for parts: the code of the whole and a number that is not taken."""
    bezet = set(Actiepunt.objects.filter(code__startswith=f"{code}-").values_list("code", flat=True))
    codes: list[str] = []
    nummer = 0
    while len(codes) < aantal:
        nummer += 1
        if (nieuw := f"{code}-{nummer}") not in bezet:
            codes.append(nieuw)
    if len(codes[-1]) > LENGTE_CODE:
        raise ValidationError("De code van dit actiepunt is te lang om nog eens te splitsen.")
    return codes


def splits(
    actiepunt: Actiepunt,
    delen: Sequence[Deel],
    *,
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> list[Actiepunt]:
    """The actions that take its place; each keeps where it came from, and its termijn unless it has words of its own.

    Raises ValidationError (fewer than two, one without words, an owner that cannot be one), Actiegesloten or Verouderd.
    """
    woorden, moment = _reden(reden), moment or timezone.now()
    if len(delen) < 2:
        raise ValidationError("Splits in minstens twee actiepunten.")
    if any(not deel.wat.strip() for deel in delen):
        raise ValidationError("Schrijf bij elk deel wat er moet gebeuren.")
    for deel in delen:
        _controleer(deel.trekker, vandaag)
    with transaction.atomic():
        rij = _vergrendeld(actiepunt, versie)
        _eis_afgesproken(rij)
        hele = {naam: getattr(rij, naam) for naam in TERMIJNVELDEN}
        maatregelen = list(rij.maatregelen.all())
        nieuw = []
        for deel, code in zip(delen, _vrije_codes(rij.code, len(delen)), strict=True):
            tekst = deel.termijn_tekst.strip()
            stuk = Actiepunt.objects.create(
                **(velden_van(tekst, vandaag) if tekst and tekst != rij.termijn_tekst else hele),
                agendapunt_id=rij.agendapunt_id,
                besluit_id=rij.besluit_id,
                code=code,
                soort=rij.soort,
                wat=deel.wat.strip(),
                organisatie=deel.trekker.organisatie,
                persoon=deel.trekker.persoon,
                wie_tekst=deel.trekker.wie_tekst.strip(),
                voorwaarde=rij.voorwaarde,
                voor_vergadering_id=rij.voor_vergadering_id,
                volgorde=rij.volgorde,
                afgesplitst_van=rij,
                aangemaakt_op=moment,
                gewijzigd_op=moment,
            )
            stuk.maatregelen.set(maatregelen)
            nieuw.append(stuk)
        _wissel_stand(
            actiepunt, rij, Actiestand.GESPLITST, Actiewijzigingsoort.GESPLITST,
            reden=woorden, per=vandaag, door=door, moment=moment,
        )  # fmt: skip
    return nieuw
