"""Mail about actions before and after their latest day: what was told is a row under a unique key.

A run asks what is due (actieaanzegging), writes the rows that are not there yet, and hands the open ones over: one mail
per person. It asks again once that answer is old. A missed day, a moved date, a finished action or a lost message
therefore need no clean-up.
"""

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from maatregelen import briefpapier
from maatregelen.herinneringen import ANDER_BEZIG, GEEN_WERKDAG, Regel, Verslag
from maatregelen.huisadres import volledig
from maatregelen.mailvorm import Brief
from maatregelen.models import Hoedanigheid, Persoon, Uitkomst
from maatregelen.werkdagen import is_werkdag
from maatregelen.zendbeurt import zendbeurt
from maatregelen.zendlijnen import TIJD_OM, Overdracht, Uitslag
from regietafel import tafelpost
from regietafel.actieaanzegging import VERTELD, Aanzegging, Gevraagd, Kring, Sleutel, gevraagd
from regietafel.models import Actiebericht, Actiepunt, Berichtuitkomst

VERS = 60.0  # seconds after which is asked anew who must be told what


# What would go


def voorgenomen(vandaag: datetime.date, *, moment: datetime.datetime | None = None) -> list[Aanzegging]:
    """What would be told about actions on `vandaag` that was not told yet; nothing on a day off. Writes nothing.

    `vandaag` is the day by which termijnen are judged; people, roles and successors are those of the real day.
    """
    if not is_werkdag(vandaag):
        return []
    vraag = gevraagd(vandaag, timezone.localdate(moment or timezone.now()))
    return [een for een in vraag.aanzeggingen if een.sleutel not in vraag.verteld]


def zonder_ontvanger(vandaag: datetime.date, *, moment: datetime.datetime | None = None) -> list[Actiepunt]:
    """The actions at a step today while there is nobody at all to tell: no dossierhouder and no secretariaat."""
    return gevraagd(vandaag, timezone.localdate(moment or timezone.now())).zonder_ontvanger


def onderwerp(aanzeggingen: Sequence[Aanzegging], *, vandaag: datetime.date) -> str:
    """The subject of the mail about these."""
    return tafelpost.regel("mail/acties_onderwerp.txt", _kop(aanzeggingen, vandaag))


# Telling


def verstuur(
    vandaag: datetime.date,
    *,
    moment: datetime.datetime | None = None,
    wacht: bool = False,
    duur: float | None = None,
) -> Verslag:
    """Ask which actions are at a step on `vandaag`, put it in the ledger, hand it over; on working days only.

    `wacht`: wait for another process that is handing over. `duur`: seconds after which it stops by itself. What cannot
    be handed over stays open, for the next run.
    """
    if not is_werkdag(vandaag):
        return Verslag(gestopt=GEEN_WERKDAG)
    ronde = _Ronde(vandaag, moment or timezone.now(), duur)
    with zendbeurt(wacht=wacht) as aan_de_beurt:
        if not aan_de_beurt:
            return Verslag(gestopt=ANDER_BEZIG)
        ronde.doe()
    return ronde.verslag


def leg_vast(aanzeggingen: Sequence[Aanzegging], *, vandaag: datetime.date, moment: datetime.datetime) -> int:
    """Write the ledger rows that are not there yet, and answer how many. A row that was no longer needed and now is
    again is opened again; one that waits gets today's reason. Three queries at most.
    """
    boek = {
        _sleutel(rij): rij for rij in Actiebericht.objects.filter(actiepunt__in={een.actiepunt for een in aanzeggingen})
    }
    erbij, weer, anders = [], 0, []
    for een in aanzeggingen:
        rij = boek.get(een.sleutel)
        if rij is None:
            erbij.append(
                Actiebericht(
                    actiepunt=een.actiepunt,
                    persoon=een.persoon,
                    stap=een.stap,
                    trede=een.trede,
                    sleuteldag=een.sleuteldag,
                    reden=een.reden,
                    vandaag=vandaag,
                    gepland_op=moment,
                )
            )
        elif rij.uitkomst not in VERTELD and (rij.uitkomst, rij.reden) != (Berichtuitkomst.OPEN, een.reden):
            weer += rij.uitkomst == Berichtuitkomst.NIET_MEER_NODIG
            rij.uitkomst, rij.reden, rij.vandaag, rij.afgehandeld_op = Berichtuitkomst.OPEN, een.reden, vandaag, None
            anders.append(rij)
    Actiebericht.objects.bulk_create(erbij, ignore_conflicts=True)
    if anders:
        Actiebericht.objects.bulk_update(anders, ["uitkomst", "reden", "vandaag", "afgehandeld_op"])
    return len(erbij) + weer


def kenmerk(rij: Actiebericht) -> str:
    """The Message-ID of the mail whose first row this is: the same when it must be repeated after a crash."""
    return briefpapier.kenmerk("actie", rij.pk, rij.gepland_op)


def _sleutel(rij: Actiebericht) -> Sleutel:
    return (rij.actiepunt_id, rij.persoon_id, rij.stap, rij.trede, rij.sleuteldag)


@dataclass(frozen=True)
class _Post:
    """One mail: to whom, the rows that it tells, and what they say."""

    persoon: Persoon
    rijen: list[Actiebericht]
    aanzeggingen: list[Aanzegging]

    def __str__(self) -> str:
        return self.message_id

    @cached_property
    def message_id(self) -> str:
        """That of its first row."""
        return kenmerk(min(self.rijen, key=lambda rij: rij.pk))


@dataclass
class _Ronde:
    """One run: asking, writing and handing over, until nobody is left to whom it was not tried."""

    vandaag: datetime.date
    moment: datetime.datetime
    duur: float | None
    verslag: Verslag = field(default_factory=Verslag)
    geprobeerd: set[int] = field(default_factory=set)

    def doe(self) -> None:
        verslag = self.verslag
        overdracht = Overdracht(
            self._schrijf, self._noteer, stop_op=time.monotonic() + self.duur if self.duur else None
        )
        while True:
            self.vraag = self._gevraagd()
            verslag.gepland += leg_vast(self.vraag.aanzeggingen, vandaag=self.vandaag, moment=self.moment)
            wachtend = self._wachtend()
            uitslagen = overdracht.draag_over(wachtend, vers_tot=time.monotonic() + VERS)
            verslag.regels += [_regel(uitslag) for uitslag in uitslagen]
            self.geprobeerd |= {uitslag.brief.persoon.pk for uitslag in uitslagen}
            verslag.blijft_open = len(wachtend) - len(uitslagen)
            if overdracht.gestopt or not verslag.blijft_open:
                break
        if verslag.blijft_open or overdracht.gestopt != TIJD_OM:
            verslag.gestopt = overdracht.gestopt
        verslag.meld("berichten over actiepunten")

    def _gevraagd(self) -> Gevraagd:
        return gevraagd(self.vandaag, timezone.localdate(self.moment))

    def _wachtend(self) -> list[_Post]:
        """The mails of the open rows that are still wanted, those that failed before last; closes the other rows."""
        nodig = {een.sleutel: een for een in self.vraag.aanzeggingen}
        per_persoon: dict[int, list[Actiebericht]] = {}
        over = []
        for rij in Actiebericht.objects.filter(uitkomst=Berichtuitkomst.OPEN).order_by("pogingen", "id"):
            if _sleutel(rij) not in nodig:
                over.append(rij.pk)
            elif rij.persoon_id not in self.geprobeerd:
                per_persoon.setdefault(rij.persoon_id, []).append(rij)
        if over:
            Actiebericht.objects.filter(pk__in=over, uitkomst=Berichtuitkomst.OPEN).update(
                uitkomst=Berichtuitkomst.NIET_MEER_NODIG, afgehandeld_op=timezone.now()
            )
            self.verslag.regels += [Regel(Uitkomst.NIET_MEER_NODIG) for _ in over]
        return [
            _Post(nodig[_sleutel(rijen[0])].persoon, rijen, [nodig[_sleutel(rij)] for rij in rijen])
            for rijen in per_persoon.values()
        ]

    def _schrijf(self, post: _Post) -> Brief:
        return bericht(
            post.persoon,
            post.aanzeggingen,
            vandaag=self.vandaag,
            kring=self.vraag.kring,
            message_id=post.message_id,
        )

    def _noteer(self, uitslagen: Sequence[Uitslag[_Post]]) -> None:
        """Record what became of these mails, each by itself."""
        for uitslag in uitslagen:
            post = uitslag.brief
            Actiebericht.objects.filter(pk__in=[rij.pk for rij in post.rijen], uitkomst=Berichtuitkomst.OPEN).update(
                uitkomst=Berichtuitkomst(str(uitslag.uitkomst)),
                fout=uitslag.fout[:250],
                kenmerk=post.message_id,
                vandaag=self.vandaag,
                pogingen=F("pogingen") + 1,
                afgehandeld_op=None if uitslag.uitkomst == Uitkomst.OPEN else timezone.now(),
            )


def _regel(uitslag: Uitslag[_Post]) -> Regel:
    post = uitslag.brief
    redenen = "; ".join(dict.fromkeys(een.reden for een in post.aanzeggingen))
    return Regel(
        uitslag.uitkomst, post.persoon.email, uitslag.onderwerp, redenen, uitslag.fout, aantal=len(post.aanzeggingen)
    )


# What it says


def bericht(
    persoon: Persoon, aanzeggingen: Sequence[Aanzegging], *, vandaag: datetime.date, kring: Kring, message_id: str
) -> Brief:
    """The mail that tells one person of these actions, what is past first, worded as seen on `vandaag`. No queries."""
    inhoud = _kop(aanzeggingen, vandaag)
    regels = [_actieregel(een, vandaag, kring) for een in inhoud["aanzeggingen"]]
    allemaal_eigen = all(een.rol.hoedanigheid == Hoedanigheid.DOSSIERHOUDER for een in aanzeggingen)
    inhoud |= {
        "delen": [
            (kop, _gedeeld(groep), groep)
            for kop, voorbij in (("Voorbij", True), ("Loopt af", False))
            if (groep := [regel for regel in regels if regel["is_voorbij"] == voorbij])
        ],
        "een": regels[0] if len(regels) == 1 else None,
        "allemaal_eigen": allemaal_eigen,
        "adres": regels[0]["adres"] if len(regels) == 1 else volledig(f"/actiepunten/{'?eigen=ja' * allemaal_eigen}"),
    }
    if settings.ANTWOORDADRES:
        antwoord_aan = [settings.ANTWOORDADRES]
    else:
        antwoord_aan = [kring.ontvangers.mensen[pk].email for pk in kring.ontvangers.secretariaat[:1]]
    return tafelpost.brief(persoon.email, "acties", inhoud, message_id=message_id, antwoord_aan=antwoord_aan)


def _kop(aanzeggingen: Sequence[Aanzegging], vandaag: datetime.date) -> dict[str, Any]:
    """What the subject needs."""
    op_rij = sorted(aanzeggingen, key=lambda een: (een.sleuteldag, een.actiepunt.code))
    voorbij = sum(1 for een in op_rij if een.is_voorbij)
    return {
        "aanzeggingen": op_rij,
        "eerste": op_rij[0],
        "aantal": len(op_rij),
        "voorbij": voorbij,
        "nadert": len(op_rij) - voorbij,
        "vandaag": vandaag,
    }


def _gedeeld(regels: Sequence[dict[str, Any]]) -> str:
    """What can be done about all of these, said once; nothing where it differs."""
    doen = {regel["doen"] for regel in regels}
    return str(doen.pop()) if len(doen) == 1 else ""


def _actieregel(een: Aanzegging, vandaag: datetime.date, kring: Kring) -> dict[str, Any]:
    """One action in the mail: its words, and what can be done by whom it is told."""
    actie = een.actiepunt
    inhoud: dict[str, Any] = {
        "actie": actie,
        "is_voorbij": een.is_voorbij,
        "sleuteldag": een.sleuteldag,
        "dagen": abs((een.sleuteldag - vandaag).days),
        "vandaag": vandaag,
        "wie": kring.wie(actie),
        "reden": een.reden,
        "adres": volledig(actie.get_absolute_url()),
        "is_opgeschaald": een.rol.hoedanigheid in (Hoedanigheid.LEIDINGGEVENDE, Hoedanigheid.AANGEWEZEN),
        "is_van_secretariaat": een.rol.hoedanigheid == Hoedanigheid.SECRETARIAAT,
    }
    return {
        **inhoud,
        "zin": tafelpost.regel("mail/acties_zin.txt", inhoud),
        "doen": tafelpost.regel("mail/acties_doen.txt", inhoud),
    }
