"""One milestone, one answer: order, filters, calendar, home, list and API agree about every shape of termijn."""

import datetime
import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.dossierinzage import lees
from maatregelen.models import Maatregel, Mijlpaal, Persoon
from maatregelen.statuswissel import wijzig_status
from maatregelen.templatetags.opmaak import volgende_mijlpaal
from maatregelen.termijnkalender import op_sleuteldag
from maatregelen.voortgang import aandacht
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory, PijlerFactory

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
VANDAAG = NU.date()
ROND = (None, -40, -1, 0, 1, 30, 31, 60, 61)


def dag(over: int | None) -> datetime.date | None:
    """A day so far from today."""
    return None if over is None else VANDAAG + datetime.timedelta(days=over)


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def alles(mensen: Mensen) -> list[Mijlpaal]:
    """Every shape of interval around today: reached or not, of running and finished work, reported or not."""
    kans = random.Random(2026)  # noqa: S311  the same set each time
    maatregelen = []
    for lopend, status, gemeld in itertools.product((True, False), ("aangekondigd", "vervallen"), (True, False)):
        pijler = PijlerFactory(agenda=AgendaFactory(is_lopend=lopend))
        maatregel = MaatregelFactory(pijler=pijler, trekker=mensen.organisatie, status=status)
        if gemeld and status == "aangekondigd":
            wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="x")
        maatregelen.append(maatregel)
    vormen = [
        (begin, einde)
        for begin, einde in itertools.product(ROND, ROND)
        if begin is None or einde is None or begin <= einde
    ]
    rijen = []
    for begin, einde in vormen:
        # The first of them is running work that was not finished: most of what matters.
        for maatregel in (maatregelen[0], maatregelen[1], kans.choice(maatregelen[2:])):
            klaar = {"behaald_op": VANDAAG, "behaald_bewijs": "Brief"} if kans.random() < 0.2 else {}
            rijen.append(
                MijlpaalFactory(
                    maatregel=maatregel, begin=dag(begin), einde=dag(einde), omschrijving=f"Mijlpaal {len(rijen)}",
                    precisie="vaag" if begin is None and einde is None else "dag", **klaar,
                )
            )  # fmt: skip
    return rijen


def is_open(rij: Mijlpaal) -> bool:
    """Still to be reached, of running work."""
    return rij.behaald_op is None and not rij.maatregel.is_afgerond and rij.maatregel.pijler.agenda.is_lopend


def volgorde(rijen: list[Mijlpaal]) -> list[int]:
    """The order that the words of the design ask for, in plain Python."""
    laatst = datetime.date.max
    return [
        rij.pk
        for rij in sorted(
            rijen, key=lambda rij: (rij.einde or rij.begin or laatst, rij.begin or datetime.date.min, rij.pk)
        )
    ]


def test_the_order_is_the_same_everywhere(
    mensen: Mensen, als: Als, sleutel: Callable[..., dict[str, str]], alles: list[Mijlpaal], client: Client
) -> None:
    verwacht = volgorde(alles)
    assert list(op_sleuteldag(Mijlpaal.objects.all()).values_list("pk", flat=True)) == verwacht
    api = client.get("/api/v1/mijlpalen?pageSize=500", headers=sleutel(mensen.partner)).json()["results"]
    assert [rij["id"] for rij in api] == verwacht
    kalender = als(mensen.partner).get("/termijnen/?lopend=").context["kalender"]
    getoond = [*kalender.mijlpalen_voorbij, *kalender.mijlpalen_komend, *kalender.vaag]
    assert [rij.pk for rij in getoond] == verwacht
    for maatregel in Maatregel.objects.select_related("pijler__agenda"):
        eigen = volgorde([rij for rij in alles if rij.maatregel_id == maatregel.pk])
        inzage = lees(Maatregel.objects.all(), maatregel.code, lezer=mensen.partner)
        assert [rij.pk for rij in inzage.mijlpalen] == eigen
        rij = client.get(f"/api/v1/maatregelen/{maatregel.code}", headers=sleutel(mensen.partner)).json()
        assert [mijlpaal["id"] for mijlpaal in rij["mijlpalen"]] == eigen
        open_ = [] if maatregel.is_afgerond else [r for r in alles if r.pk in eigen and r.behaald_op is None]
        eerste = volgende_mijlpaal(maatregel)
        assert (eerste and eerste.pk) == next(iter(volgorde(open_)), None)
    # The first termijn by which the list is sorted is the one it shows.
    lijst = als(mensen.partner).get("/maatregelen/?sorteer=termijn").context["pagina"].object_list
    dagen = [(rij.einde or rij.begin) if (rij := volgende_mijlpaal(maatregel)) else None for maatregel in lijst]
    assert dagen == sorted(dagen, key=lambda d: (d is None, d or VANDAAG))
    assert [maatregel.eerste_termijn for maatregel in lijst] == dagen


def test_filters_calendar_home_and_api_find_the_same(
    mensen: Mensen, als: Als, sleutel: Callable[..., dict[str, str]], alles: list[Mijlpaal], client: Client
) -> None:
    lezer, kop = als(mensen.partner), sleutel(mensen.partner)

    def gevonden(vraag: str, *, ook_api: bool = True) -> set[int]:
        kalender = lezer.get(f"/termijnen/?lopend=&{vraag}").context["kalender"]
        pagina = {rij.pk for rij in (*kalender.mijlpalen_voorbij, *kalender.mijlpalen_komend, *kalender.vaag)}
        if ook_api:
            api = client.get(f"/api/v1/mijlpalen?pageSize=500&{vraag}", headers=kop).json()
            assert {rij["id"] for rij in api["results"]} == pagina, vraag
            assert api["count"] == len(pagina)
        return pagina

    def waar(vraag: Callable[[Mijlpaal], bool]) -> set[int]:
        return {rij.pk for rij in alles if vraag(rij)}

    gemeld = set(Maatregel.objects.met_stand_gemeld().filter(stand_gemeld=True).values_list("pk", flat=True))
    laat = waar(lambda rij: is_open(rij) and rij.is_te_laat(VANDAAG))
    te_laat = {pk for pk in laat if Mijlpaal.objects.get(pk=pk).maatregel_id in gemeld}
    assert laat > te_laat > set()
    assert gevonden("teLaat=true") == te_laat
    assert gevonden("standNietGemeld=true") == laat - te_laat
    assert gevonden("vaag=true") == waar(lambda rij: rij.begin is None and rij.einde is None)
    assert gevonden("open=true", ook_api=False) == waar(is_open)
    for van, tot in itertools.product(ROND, ROND):
        vraag = "&".join(
            f"{naam}={dag(over)}" for naam, over in (("vanaf", van), ("totEnMet", tot)) if over is not None
        )
        # What has no day falls in no period.
        assert gevonden(vraag) == waar(
            lambda rij, van=van, tot=tot: (
                (van is None or bool((d := rij.einde or rij.begin) and d >= dag(van)))
                and (tot is None or bool((d := rij.einde or rij.begin) and d <= dag(tot)))
            )
        ), vraag

    thuis = lezer.get("/?van=iedereen").context["aantallen"]
    assert thuis == aandacht(Mijlpaal.objects.all(), VANDAAG)

    def binnen(dagen: int) -> set[int]:
        return waar(lambda rij: is_open(rij) and bool((d := rij.einde or rij.begin) and VANDAAG <= d <= dag(dagen)))

    assert (thuis.te_laat, thuis.stand_niet_gemeld) == (len(te_laat), len(laat - te_laat))
    assert (thuis.komend, thuis.verder) == (len(binnen(30)), len(binnen(60)))
    for dagen in (30, 60):
        vraag = f"open=true&vanaf={VANDAAG}&totEnMet={dag(dagen)}"
        assert gevonden(vraag, ook_api=False) == binnen(dagen)
        assert {rij.pk for rij in Mijlpaal.objects.komend(VANDAAG, dagen)} == binnen(dagen)


def test_the_calendar_puts_each_in_the_month_of_its_key_day(mensen: Mensen, als: Als, alles: list[Mijlpaal]) -> None:
    kalender = als(mensen.partner).get("/termijnen/?lopend=").context["kalender"]
    for maand in (*kalender.voorbij, *kalender.komend):
        for rij in maand.mijlpalen:
            assert (rij.einde or rij.begin).replace(day=1) == maand.begin
    assert all(maand.begin < VANDAAG.replace(day=1) for maand in kalender.voorbij)
    assert {rij.pk for rij in kalender.vaag} == {r.pk for r in alles if r.is_vaag}
