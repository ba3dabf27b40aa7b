"""Saying who something is for and publishing it: what may be, what follows for whom, and at which moment."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from maatregelen.models import Agenda, Maatregel, Organisatie, Publicatiestap, Zichtniveau
from maatregelen.publicatie import (
    ZELF_VOORGELEGD,
    herreken,
    leg_voor,
    moment_hier,
    ruim_embargo_op,
    scherm_af,
    soorten,
    stel_vast,
    terug_naar_concept,
    zet_beleid,
)
from maatregelen.publicatierechten import mag_afschermen, mag_publicatiebeleid_zetten, mag_vaststellen
from maatregelen.versiebewaking import Verouderd
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_maatregelen
from maatregelen.zichtgevolgen import voorzie
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory, PijlerFactory
from tests.maatregelen.test_zichtbaarheid import wie_mag

ZONE = ZoneInfo("Europe/Amsterdam")
NU = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
OPEN = datetime.datetime(2026, 3, 10, 9, 0, tzinfo=ZONE)
SECONDE = datetime.timedelta(seconds=1)
TAFEL = {"eigen", "collega", "vreemd", "secretariaat", "partner", "beheerder"}
RIJK = TAFEL - {"partner"}


def zet(
    stuk: Any, niveau: int | None = None, *, door: Any, voor: Any = None, tot: Any = None, **meer: Any
) -> list[str]:
    """Say who it is for, in its newest version."""
    return scherm_af(
        stuk, zichtbaarheid=niveau, afgeschermd_voor=voor, embargo_tot=tot, door=door, moment=NU, versie=None, **meer
    )  # fmt: skip


def ziet(mensen: Mensen, maatregel: Maatregel, moment: datetime.datetime = NU) -> set[str]:
    """Who sees that measure in a list at a moment."""

    def vraag(wie: Bevoegdheid) -> bool:
        wie.moment = moment
        return zichtbare_maatregelen(wie).filter(pk=maatregel.pk).exists()

    return wie_mag(mensen, vraag)


def fouten(aanroep: Any) -> dict[str, list[str]]:
    """What is refused, per field."""
    with pytest.raises(ValidationError) as fout:
        aanroep()
    return fout.value.message_dict


def test_every_kind_of_record_comes_after_its_whole(db: None) -> None:
    namen = [soort._meta.model_name for soort in soorten()]
    assert sorted(namen) == sorted(
        ["agenda", "pijler", "maatregel", "mijlpaal", "reactie", "vergadering", "agendapunt", "bijlage"]
    )
    for geheel, deel in (
        ("agenda", "pijler"), ("pijler", "maatregel"), ("maatregel", "mijlpaal"), ("maatregel", "reactie"),
        ("vergadering", "agendapunt"), ("agendapunt", "bijlage"),
    ):  # fmt: skip
        assert namen.index(geheel) < namen.index(deel)


def test_a_part_is_for_fewer_people_and_never_for_more(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    ander = MaatregelFactory(trekker=mensen.organisatie)
    assert ziet(mensen, maatregel) == TAFEL
    assert zet(maatregel, Zichtniveau.RIJK, door=mensen.eigen) == ["zichtbaarheid"]
    assert ziet(mensen, maatregel) == RIJK
    assert ziet(mensen, ander) == TAFEL
    assert fouten(lambda: zet(maatregel, Zichtniveau.OPENBAAR, door=mensen.eigen)) == {
        "zichtbaarheid": [
            f"Dit hoort bij pijler '{maatregel.pijler}', en die is alleen voor de regietafel: Rijk en partners. Een "
            "onderdeel kan voor minder mensen zijn dan het geheel, nooit voor meer."
        ]
    }
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    assert list(fouten(lambda: zet(mijlpaal, Zichtniveau.REGIETAFEL, door=mensen.eigen))) == ["zichtbaarheid"]
    assert ziet(mensen, maatregel) == RIJK
    assert fouten(lambda: zet(maatregel.pijler.agenda, None, door=mensen.secretariaat)) == {
        "zichtbaarheid": ["Kies wie dit mag zien."]
    }
    assert fouten(lambda: zet(maatregel, 7, door=mensen.eigen)) == {"zichtbaarheid": ["Kies wie dit mag zien."]}


def test_the_own_organisation_must_see_the_whole_and_whoever_does_it_still_sees_it(mensen: Mensen) -> None:
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.RIJK, houder=mensen.organisatie)
    maatregel = MaatregelFactory(pijler__agenda=agenda, trekker=mensen.organisatie)
    vng = Organisatie.objects.get(slug="vng")
    geweigerd = fouten(lambda: zet(maatregel, Zichtniveau.EIGEN, voor=vng, door=mensen.eigen))
    assert geweigerd == {
        "afgeschermd_voor": [f"VNG ziet pijler '{maatregel.pijler}' niet, en kan dus ook dit onderdeel niet zien."]
    }
    geweigerd = fouten(lambda: zet(maatregel, Zichtniveau.EIGEN, voor=mensen.ander, door=mensen.eigen))
    assert geweigerd == {"afgeschermd_voor": ["Dan ziet u dit zelf niet meer. Kies een organisatie waarvoor u werkt."]}
    assert ziet(mensen, maatregel) == RIJK
    zet(maatregel, Zichtniveau.EIGEN, voor=mensen.organisatie, door=mensen.eigen)
    assert ziet(mensen, maatregel) == {"eigen", "collega"}


def test_an_embargo_opens_by_itself_at_its_moment(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    vrij = MaatregelFactory(trekker=mensen.organisatie)
    zet(maatregel, door=mensen.eigen, voor=mensen.organisatie, tot=OPEN)
    eigen = {"eigen", "collega"}
    assert [ziet(mensen, maatregel, om) for om in (NU, OPEN - SECONDE, OPEN, OPEN + SECONDE)] == [
        eigen, eigen, TAFEL, TAFEL,
    ]  # fmt: skip
    assert ziet(mensen, vrij, NU) == TAFEL
    voorbij = {"embargo_tot": ["Kies een moment in de toekomst, of laat het embargo leeg."]}
    assert fouten(lambda: zet(maatregel, door=mensen.eigen, voor=mensen.organisatie, tot=NU)) == voorbij
    assert zet(maatregel, door=mensen.eigen, voor=mensen.organisatie, tot=NU + SECONDE) == ["embargo_tot"]


def test_the_clock_of_the_netherlands_skips_an_hour_and_has_one_twice() -> None:
    assert moment_hier(datetime.date(2026, 3, 29), datetime.time(1, 59)).isoformat() == "2026-03-29T01:59:00+01:00"
    assert moment_hier(datetime.date(2026, 3, 29), datetime.time(3, 0)).isoformat() == "2026-03-29T03:00:00+02:00"
    with pytest.raises(ValidationError, match=r"Op 29-03-2026 bestaat 2\.30 uur niet: dan begint de zomertijd"):
        moment_hier(datetime.date(2026, 3, 29), datetime.time(2, 30))
    with pytest.raises(ValidationError, match=r"Op 25-10-2026 is het twee keer 2\.30 uur"):
        moment_hier(datetime.date(2026, 10, 25), datetime.time(2, 30))


def test_clearing_an_embargo_that_is_over_is_a_change_and_opens_nothing_new(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    zet(maatregel, door=mensen.eigen, voor=mensen.organisatie, tot=OPEN)
    versie = maatregel.versie
    assert ruim_embargo_op(OPEN - SECONDE) == 0
    assert ruim_embargo_op(OPEN) == 1
    assert ruim_embargo_op(OPEN) == 0
    maatregel.refresh_from_db()
    mijlpaal.refresh_from_db()
    # Its time is that of the change, so that who pulls what is new gets it.
    assert (maatregel.embargo_tot, maatregel.stil_tot, maatregel.versie) == (None, None, versie + 1)
    assert maatregel.gewijzigd_op == OPEN
    assert mijlpaal.stil_tot is None


def test_a_version_that_is_old_overwrites_nothing(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    zet(maatregel, Zichtniveau.RIJK, door=mensen.eigen)
    with pytest.raises(Verouderd):
        scherm_af(
            maatregel, zichtbaarheid=None, afgeschermd_voor=None, embargo_tot=None, door=mensen.eigen, moment=NU,
            versie=1,
        )  # fmt: skip
    maatregel.refresh_from_db()
    assert maatregel.zicht == Zichtniveau.RIJK


def test_publishing_goes_step_by_step_and_takes_along_what_is_as_far(mensen: Mensen) -> None:
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.OPENBAAR, publicatie="concept", houder=mensen.organisatie)
    pijler = PijlerFactory(agenda=agenda)
    eerste, tweede = (MaatregelFactory(pijler=pijler, publicatie="concept") for _ in range(2))
    ander = MaatregelFactory(publicatie="concept")
    with pytest.raises(ValidationError, match="van daaruit kan het niet vastgesteld worden"):
        stel_vast(agenda, door=mensen.eigen, versie=None, moment=NU)
    assert leg_voor(agenda, door=mensen.eigen, toelichting="  Ter vaststelling.  ", versie=1, moment=NU) == 2
    terug_naar_concept(tweede, door=mensen.eigen, toelichting="Nog niet af.", versie=None, moment=NU)
    assert ziet(mensen, eerste) == TAFEL
    assert stel_vast(agenda, door=mensen.eigen, versie=None, moment=NU) == 1
    assert [m.publicatie for m in Maatregel.objects.order_by("pk")] == ["vastgesteld", "concept", "concept"]
    assert ziet(mensen, eerste) == {*TAFEL, "niemand"}
    assert ziet(mensen, tweede) == TAFEL
    assert ander.publicatie == "concept"
    assert list(agenda.publicatiestappen.values_list("van", "naar", "toelichting", "door")) == [
        ("concept", "voorgelegd", "Ter vaststelling.", mensen.eigen.pk),
        ("voorgelegd", "vastgesteld", "", mensen.eigen.pk),
    ]
    assert Publicatiestap.objects.count() == 6
    assert fouten(lambda: terug_naar_concept(agenda, door=mensen.eigen, toelichting=" ", versie=None, moment=NU)) == {
        "toelichting": ["Schrijf waarom dit weer een concept wordt."]
    }
    assert terug_naar_concept(agenda, door=mensen.eigen, toelichting="Fout erin.", versie=None, moment=NU) == 1
    assert ziet(mensen, eerste) == TAFEL


def test_with_four_eyes_who_submitted_does_not_adopt(mensen: Mensen) -> None:
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.OPENBAAR, publicatie="concept", houder=mensen.organisatie)
    maatregel = MaatregelFactory(pijler__agenda=agenda, publicatie="concept")
    assert zet_beleid(is_openbaar=True, vier_ogen=True, door=mensen.beheerder, moment=NU) == ["vier_ogen"]
    assert zet_beleid(is_openbaar=True, vier_ogen=True, door=mensen.beheerder, moment=NU) == []
    leg_voor(maatregel, door=mensen.collega, versie=None, moment=NU)
    leg_voor(agenda, door=mensen.eigen, versie=None, moment=NU)
    geweigerd = fouten(lambda: stel_vast(agenda, door=mensen.eigen, versie=None, moment=NU))
    assert geweigerd == {"naar": [ZELF_VOORGELEGD]}
    # What a person submitted by itself does not slip through with its agenda.
    assert stel_vast(agenda, door=mensen.collega, versie=None, moment=NU) == 0
    maatregel.refresh_from_db()
    assert maatregel.publicatie == "voorgelegd"
    assert list(fouten(lambda: stel_vast(maatregel, door=mensen.collega, versie=None, moment=NU))) == ["naar"]
    stel_vast(maatregel, door=mensen.eigen, versie=None, moment=NU)
    assert ziet(mensen, maatregel) == {*TAFEL, "niemand"}


def test_without_four_eyes_one_person_takes_both_steps(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(publicatie="concept")
    leg_voor(maatregel, door=mensen.eigen, versie=None, moment=NU)
    stel_vast(maatregel, door=mensen.eigen, versie=None, moment=NU)
    assert maatregel.publicatie == "vastgesteld"


def test_what_follows_is_counted_per_reader_and_nothing_of_it_stays(mensen: Mensen) -> None:
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.EIGEN, houder=mensen.organisatie)
    MijlpaalFactory(maatregel=MaatregelFactory(pijler__agenda=agenda))
    vast = MaatregelFactory(pijler__agenda=agenda, zichtbaarheid=Zichtniveau.EIGEN)
    MijlpaalFactory(maatregel=vast)
    MijlpaalFactory()
    versie = Agenda.objects.get(pk=agenda.pk).versie

    def maak_openbaar() -> None:
        zet(Agenda.objects.get(pk=agenda.pk), Zichtniveau.OPENBAAR, door=mensen.eigen, tot=OPEN)

    voorbeeld = voorzie(agenda, maak_openbaar, moment=NU)
    agenda.refresh_from_db()
    assert (agenda.zichtbaarheid, agenda.versie) == (Zichtniveau.EIGEN, versie)
    assert [dict(gevolg.straks) for gevolg in voorbeeld.gevolgen] == [
        {"agenda,agenda's": 0, "pijler,pijlers": 0, "maatregel,maatregelen": 0, "mijlpaal,mijlpalen": 0}
    ] * 3
    assert [dict(gevolg.later or ()) for gevolg in voorbeeld.gevolgen] == [
        {"agenda,agenda's": 1, "pijler,pijlers": 2, "maatregel,maatregelen": 1, "mijlpaal,mijlpalen": 1}
    ] * 3
    assert voorbeeld.wordt_openbaar
    assert voorbeeld.embargo_tot == OPEN
    niets = voorzie(agenda, lambda: None, moment=NU)
    assert not niets.wordt_openbaar
    assert not niets.verandert
    assert niets.kenmerk != voorbeeld.kenmerk


def test_when_an_organisation_is_of_the_rijk_what_follows_is_worked_out_anew(mensen: Mensen) -> None:
    vng = Organisatie.objects.get(slug="vng")
    agenda = AgendaFactory(zichtbaarheid=Zichtniveau.RIJK)
    maatregel = MaatregelFactory(pijler__agenda=agenda, zichtbaarheid=Zichtniveau.EIGEN, afgeschermd_voor=vng)
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    assert ziet(mensen, maatregel) == {"secretariaat"}
    Organisatie.objects.filter(pk=vng.pk).update(is_rijk=True)
    herreken()
    mijlpaal.refresh_from_db()
    assert ziet(mensen, maatregel) == {"partner"}
    assert mijlpaal.zicht_voor_id == vng.pk


def test_who_may_say_who_something_is_for(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    bijhouders = {"eigen", "collega", "secretariaat"}
    for stuk in (maatregel, mijlpaal):
        assert wie_mag(mensen, mag_afschermen, stuk) == bijhouders
    assert wie_mag(mensen, mag_vaststellen, maatregel) == bijhouders
    assert wie_mag(mensen, mag_afschermen, maatregel.pijler.agenda) == {"secretariaat"}
    assert wie_mag(mensen, mag_afschermen, maatregel.pijler) == {"secretariaat"}
    assert wie_mag(mensen, mag_publicatiebeleid_zetten) == {"beheerder"}
    terug = Bevoegdheid(mensen.eigen, NU.date(), kijkt_terug=True)
    assert not mag_afschermen(terug, maatregel)


def test_internal_fields_are_kept_in_their_own_order(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    assert zet(maatregel, door=mensen.eigen, interne_velden=["voorwaarde", "toelichting", "titel"]) == [
        "interne_velden"
    ]
    assert maatregel.interne_velden == ["toelichting", "voorwaarde"]
    assert zet(maatregel, door=mensen.eigen) == []
