"""Mail before a meeting: what changed since the previous one, to who sits at the table or works for who does.

What is due is asked: a meeting whose agenda was sent, on a working day in its last week. One row per person is what
prevents a second mail; a missed tick, a killed worker or a mail server that is away is made up for by the next tick.
"""

import datetime
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from maatregelen import briefpapier
from maatregelen.blikveld import kijkend
from maatregelen.herinneringen import ANDER_BEZIG, GEEN_WERKDAG, Regel, Verslag
from maatregelen.huisadres import volledig
from maatregelen.mailvorm import Brief
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol, Uitkomst
from maatregelen.ontvangers import Ontvangers
from maatregelen.werkdagen import is_werkdag
from maatregelen.zendbeurt import zendbeurt
from maatregelen.zendlijnen import Overdracht, Uitslag
from maatregelen.zichtbaarheid import Bevoegdheid, kijkers, zichtbare_maatregelen
from regietafel import tafelpost
from regietafel.models import Berichtsoort, Berichtuitkomst, Reekslid, Vergaderbericht, Vergadering, Vergaderstaat
from regietafel.sinds import EERSTE_KEER, Tijdvak, Wending, van_de_tafel, verschil, vorige_vergadering
from regietafel.zichtbaarheid import zichtbare_actiepunten, zichtbare_terugkoppelingen, zichtbare_vergaderingen

DAGEN_VOORAF = 7  # the agenda is read in the last week
VERS = 60.0  # seconds after which is asked anew who must be told


def aan_de_beurt(vandaag: datetime.date) -> list[Vergadering]:
    """The meetings before which is told today what changed: agenda sent, within a week, not over yet."""
    return list(
        Vergadering.objects.filter(
            staat=Vergaderstaat.AGENDA_VERZONDEN,
            datum__gte=vandaag,
            datum__lte=vandaag + datetime.timedelta(days=DAGEN_VOORAF),
        ).order_by("datum", "id")
    )


def ontvangers(vergadering: Vergadering, op: datetime.date) -> list[Persoon]:
    """Who is told: people of the organisations at the table, of those that took over from one, and the secretariaat.

    Five queries and those of succession.
    """
    leden = Reekslid.objects.geldig(op).filter(reeks=vergadering.reeks_id).values_list("organisatie", flat=True)
    tafel = {*leden, *vergadering.deelnames.exclude(organisatie=None).values_list("organisatie", flat=True)}
    for oud, nieuw in Organisatie.objects.filter(geldig_tot__lte=op, opvolger__isnull=False).values_list(
        "id", "opvolger"
    ):
        if oud in tafel and nieuw is not None:
            tafel.add(nieuw)
    rollen = Lidmaatschap.objects.geldig(op).filter(Q(organisatie__in=tafel) | Q(rol=Rol.SECRETARIAAT))
    wie = Ontvangers(op)
    mensen = kijkers(op).filter(pk__in=rollen.values("persoon")).order_by("email")
    return [persoon for persoon in mensen if wie.kan_zien(persoon.pk, vergadering)]


def verstuur(vandaag: datetime.date, *, duur: float | None = None) -> Verslag:
    """Write who must be told and hand over what is open; on working days only. `duur`: seconds until it stops."""
    verslag = Verslag()
    if not is_werkdag(vandaag):
        verslag.gestopt = GEEN_WERKDAG
        return verslag
    with zendbeurt() as beurt:
        if not beurt:
            verslag.gestopt = ANDER_BEZIG
            return verslag
        komend = aan_de_beurt(vandaag)
        for vergadering in komend:
            rijen = [
                Vergaderbericht(vergadering=vergadering, persoon=persoon, soort=Berichtsoort.SINDS)
                for persoon in ontvangers(vergadering, vandaag)
            ]
            eerder = Vergaderbericht.objects.count()
            Vergaderbericht.objects.bulk_create(rijen, ignore_conflicts=True)
            verslag.gepland += Vergaderbericht.objects.count() - eerder
        _draag_over(komend, vandaag, verslag, duur)
    verslag.meld("berichten over vergaderingen")
    return verslag


def _draag_over(komend: list[Vergadering], vandaag: datetime.date, verslag: Verslag, duur: float | None) -> None:
    nu = timezone.now()
    openstaand = Vergaderbericht.objects.filter(uitkomst=Berichtuitkomst.OPEN, soort=Berichtsoort.SINDS)
    nodig = Q(pk__in=[])
    for vergadering in komend:
        nodig |= Q(vergadering=vergadering, persoon__in=ontvangers(vergadering, vandaag))
    # Over by now, called off, or somebody who left: not told any more.
    vervallen = openstaand.exclude(nodig).update(uitkomst=Berichtuitkomst.NIET_MEER_NODIG, afgehandeld_op=nu)
    verslag.regels += [Regel(Uitkomst.NIET_MEER_NODIG) for _ in range(vervallen)]
    rijen = list(openstaand.select_related("vergadering", "persoon").order_by("pogingen", "id"))
    inhoud = _Inhoud(vandaag)
    overdracht = Overdracht(inhoud.schrijf, _noteer, stop_op=time.monotonic() + duur if duur else None)
    uitslagen = overdracht.draag_over(rijen, vers_tot=time.monotonic() + (duur or VERS * 10))
    verslag.regels += [
        Regel(uitslag.uitkomst, uitslag.brief.persoon.email, uitslag.onderwerp, fout=uitslag.fout)
        for uitslag in uitslagen
    ]
    verslag.blijft_open = len(rijen) - len(uitslagen)
    verslag.gestopt = overdracht.gestopt


def _noteer(uitslagen: Sequence[Uitslag[Vergaderbericht]]) -> None:
    """Record what became of these mails, each by itself."""
    for uitslag in uitslagen:
        Vergaderbericht.objects.filter(pk=uitslag.brief.pk).update(
            uitkomst=Berichtuitkomst(str(uitslag.uitkomst)),
            fout=uitslag.fout[:250],
            pogingen=F("pogingen") + 1,
            afgehandeld_op=None if uitslag.uitkomst == Uitkomst.OPEN else timezone.now(),
        )


def kenmerk(rij: Vergaderbericht) -> str:
    """The Message-ID of a row: a repeat after a crash carries the same one."""
    return briefpapier.kenmerk("vergadering", rij.pk, rij.gepland_op)


@dataclass(frozen=True)
class _Inhoud:
    """What the mails of one run say, each with what its reader may see."""

    vandaag: datetime.date

    def schrijf(self, rij: Vergaderbericht) -> Brief:
        wie = Bevoegdheid(rij.persoon, self.vandaag)
        with kijkend(wie.blik):
            return self._brief(rij, wie)

    def _brief(self, rij: Vergaderbericht, wie: Bevoegdheid) -> Brief:
        vergadering, persoon = rij.vergadering, rij.persoon
        vorige = vorige_vergadering(zichtbare_vergaderingen(wie), vergadering.datum or self.vandaag)
        begin = vorige.datum if vorige and vorige.datum else self.vandaag - EERSTE_KEER
        vak = Tijdvak(min(begin, self.vandaag), self.vandaag)
        alles = verschil(zichtbare_maatregelen(wie), vak)
        organisaties = Organisatie.objects.filter(pk__in=wie.eigen_organisaties)
        eigen = [groep for groep in alles.per_organisatie if groep.sleutel in {rij.slug for rij in organisaties}]
        inhoud: dict[str, Any] = {
            "vergadering": vergadering,
            "vorige": vorige,
            "vak": vak,
            "verschil": alles,
            "soorten": [
                (soort.label, alles.tellingen[soort.value]) for soort in Wending if alles.tellingen[soort.value]
            ],
            "eigen": eigen,
            "tafel": van_de_tafel(
                zichtbare_terugkoppelingen(wie), zichtbare_actiepunten(wie), zichtbare_vergaderingen(wie), vak
            ),
            "adres": volledig(f"/sinds/?{urlencode({'van': vak.van.isoformat()})}"),
            "vergaderadres": volledig(vergadering.get_absolute_url()),
        }
        antwoord_aan = [settings.ANTWOORDADRES] if settings.ANTWOORDADRES else []
        return tafelpost.brief(persoon.email, "sinds", inhoud, message_id=kenmerk(rij), antwoord_aan=antwoord_aan)
