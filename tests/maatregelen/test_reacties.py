"""Reactions and dissents: whose they are, from when others see them, and where they then stand."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from maatregelen.models import Maatregel, Organisatie, Reactie, Zichtniveau
from maatregelen.publicatie import ruim_embargo_op
from maatregelen.publicatierechten import mag_reactie_wijzigen, mag_reageren
from maatregelen.reacties import dien_in, trek_in, wijzig_reactie
from maatregelen.versiebewaking import Verouderd
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_reacties
from tests.conftest import Mensen
from tests.factories import AgendaFactory, LidmaatschapFactory, MaatregelFactory
from tests.maatregelen.test_publicatie import NU, OPEN, SECONDE, TAFEL, fouten
from tests.maatregelen.test_zichtbaarheid import als, wie_mag

LATER = OPEN + datetime.timedelta(days=1)


def vng() -> Organisatie:
    """The organisation of the partner."""
    return Organisatie.objects.get(slug="vng")


@pytest.fixture
def koepel(mensen: Mensen) -> Mensen:
    """The same people; the partner keeps up the work of the VNG, and so may speak for it."""
    LidmaatschapFactory(persoon=mensen.partner, organisatie=vng(), rol="dossierhouder")
    return mensen


def reageer(maatregel: Maatregel, mensen: Mensen, *, tot: Any = None, moment: Any = NU, **meer: Any) -> Reactie:
    """A dissent of the VNG."""
    gegevens = {"soort": "afwijkend", "tekst": "  De lasten liggen bij gemeenten. ", **meer}
    return dien_in(maatregel, vng(), embargo_tot=tot, door=mensen.partner, moment=moment, **gegevens)


def leest(mensen: Mensen, reactie: Reactie, moment: datetime.datetime = NU) -> set[str]:
    """Who may read it at a moment."""

    def vraag(wie: Bevoegdheid) -> bool:
        wie.moment = moment
        return zichtbare_reacties(wie).filter(pk=reactie.pk).exists()

    return wie_mag(mensen, vraag)


def test_a_reaction_is_read_from_the_moment_its_organisation_chose(koepel: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=koepel.organisatie)
    reactie = reageer(maatregel, koepel, tot=OPEN)
    assert reactie.tekst == "De lasten liggen bij gemeenten."
    assert [leest(koepel, reactie, om) for om in (NU, OPEN - SECONDE, OPEN, LATER)] == [
        {"partner"}, {"partner"}, TAFEL, TAFEL,
    ]  # fmt: skip
    meteen = reageer(maatregel, koepel)
    assert leest(koepel, meteen) == TAFEL
    maatregel.refresh_from_db()
    assert (maatregel.status, maatregel.versie) == ("aangekondigd", 1)


def test_a_reaction_is_never_for_more_people_than_its_measure(koepel: Mensen) -> None:
    openbaar = MaatregelFactory(pijler__agenda=AgendaFactory(zichtbaarheid=Zichtniveau.OPENBAAR))
    assert leest(koepel, reageer(openbaar, koepel)) == {*TAFEL, "niemand"}
    rijk = MaatregelFactory(pijler__agenda=AgendaFactory(zichtbaarheid=Zichtniveau.RIJK))
    assert fouten(lambda: reageer(rijk, koepel)) == {"organisatie": ["VNG ziet deze maatregel niet."]}
    assert Reactie.objects.count() == 1


def test_what_is_filed_is_checked_per_field(koepel: Mensen) -> None:
    maatregel = MaatregelFactory()
    assert fouten(lambda: reageer(maatregel, koepel, soort="mening", tekst="  ", tot=NU)) == {
        "soort": ["Kies reactie of afwijkend standpunt."],
        "tekst": ["Schrijf wat uw organisatie ervan vindt."],
        "embargo_tot": ["Kies een moment in de toekomst, of laat het leeg om meteen zichtbaar te zijn."],
    }
    assert fouten(lambda: reageer(maatregel, koepel, tekst="x" * 5001)) == {
        "tekst": ["Houd de tekst onder 5000 tekens."]
    }
    assert reageer(maatregel, koepel, tekst="x" * 5000, tot=NU + SECONDE).pk


def test_it_changes_until_others_can_see_it_and_never_after(koepel: Mensen) -> None:
    reactie = reageer(MaatregelFactory(), koepel, tot=OPEN)

    def wijzig(moment: datetime.datetime, versie: int | None = None) -> list[str]:
        return wijzig_reactie(
            reactie, soort="reactie", tekst=f"Om {moment:%H.%M.%S}", embargo_tot=LATER, door=koepel.partner,
            versie=versie, moment=moment,
        )  # fmt: skip

    with pytest.raises(Verouderd):
        wijzig(NU, versie=7)
    assert wijzig(NU, versie=1) == ["soort", "tekst", "embargo_tot"]
    assert wijzig(LATER - SECONDE) == ["tekst"]
    with pytest.raises(ValidationError, match="Anderen kunnen deze reactie al lezen"):
        wijzig(LATER)
    reactie.refresh_from_db()
    assert reactie.tekst == "Om 08.59.59"
    # After the embargo was cleared it stays as it is as well.
    ruim_embargo_op(LATER)
    with pytest.raises(ValidationError, match="Anderen kunnen deze reactie al lezen"):
        wijzig(LATER + SECONDE)


def test_it_is_withdrawn_once_with_a_reason_and_stays_to_be_read(koepel: Mensen) -> None:
    reactie = reageer(MaatregelFactory(), koepel)
    assert fouten(lambda: trek_in(reactie, reden="  ", versie=1, moment=NU)) == {
        "reden": ["Schrijf waarom uw organisatie deze reactie intrekt."]
    }
    trek_in(reactie, reden=" We zijn het eens geworden. ", versie=1, moment=LATER)
    reactie.refresh_from_db()
    assert (reactie.ingetrokken_op, reactie.intrekreden) == (LATER, "We zijn het eens geworden.")
    assert leest(koepel, reactie, LATER) == TAFEL
    with pytest.raises(ValidationError, match="al ingetrokken"):
        trek_in(reactie, reden="Nog eens.", versie=None, moment=LATER)
    historie: Any = Reactie.pgh_event_model.objects  # type: ignore[attr-defined]
    assert list(historie.filter(pgh_obj=reactie.pk).order_by("pgh_id").values_list("tekst", "intrekreden")) == [
        ("De lasten liggen bij gemeenten.", ""),
        ("De lasten liggen bij gemeenten.", "We zijn het eens geworden."),
    ]


def test_what_is_withdrawn_before_anybody_saw_it_never_opens(koepel: Mensen) -> None:
    reactie = reageer(MaatregelFactory(), koepel, tot=OPEN)
    trek_in(reactie, reden="Bij nader inzien niet.", versie=1, moment=OPEN - SECONDE)
    ruim_embargo_op(OPEN)
    assert [leest(koepel, reactie, om) for om in (OPEN, LATER)] == [{"partner"}, {"partner"}]
    # One second later it had been read: then it stays to be read.
    ander = reageer(MaatregelFactory(), koepel, tot=OPEN)
    trek_in(ander, reden="Te laat bedacht.", versie=1, moment=OPEN)
    assert leest(koepel, ander, LATER) == TAFEL


def test_who_only_reads_speaks_for_nobody(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    maatregel.refresh_from_db()
    assert wie_mag(mensen, mag_reageren, maatregel) == {"eigen", "collega", "vreemd"}
    LidmaatschapFactory(persoon=mensen.partner, organisatie=vng(), rol="coordinator")
    assert wie_mag(mensen, mag_reageren, maatregel) == {"eigen", "collega", "vreemd", "partner"}
    reactie = reageer(maatregel, mensen)
    assert wie_mag(mensen, mag_reactie_wijzigen, reactie) == {"partner"}
    assert not mag_reageren(Bevoegdheid(mensen.partner, NU.date(), kijkt_terug=True), maatregel)
    maatregel.zichtbaarheid = Zichtniveau.RIJK
    maatregel.save(update_fields=["zichtbaarheid"])
    maatregel.refresh_from_db()
    assert not mag_reageren(als(mensen.partner), maatregel)
    # And then also what it said there is out of its sight.
    assert "partner" not in leest(mensen, reactie)


def test_lists_count_what_stands(koepel: Mensen) -> None:
    maatregel, ander = MaatregelFactory(), MaatregelFactory()
    reageer(maatregel, koepel)
    reageer(maatregel, koepel, soort="reactie")
    trek_in(reageer(maatregel, koepel), reden="Vervallen.", versie=None, moment=NU)
    rijen: Any = Maatregel.objects.met_reacties().order_by("pk")
    assert [(rij.aantal_reacties, rij.aantal_afwijkend) for rij in rijen] == [(2, 1), (0, 0)]
    assert ander.pk
