"""Who may do what at the table: nobody in the past, whoever they are today; and everybody by a right of today."""

import datetime
import inspect

from maatregelen.zichtbaarheid import Bevoegdheid, terugkijkend
from regietafel import zichtbaarheid
from tests.conftest import Mensen
from tests.factories import MaatregelFactory
from tests.regietafel.factories import ActiepuntFactory, TerugkoppelingFactory

NU, TOEN = datetime.date(2026, 11, 22), datetime.date(2025, 1, 1)
# What only shows something, or has something made of what may be seen.
LEZEN = {"mag_stukken_maken", "mag_actiepost_inzien"}


def test_nobody_may_change_the_past_of_the_table(mensen: Mensen) -> None:
    """Every right of the table, also one that is added later: it changes something, or is in the list of reading."""
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    waarden = {
        "maatregel": maatregel,
        "actiepunt": ActiepuntFactory(organisatie=mensen.organisatie),
        "terugkoppeling": TerugkoppelingFactory(maatregel=maatregel),
        "persoon": mensen.eigen,
        "volgt": True,
    }
    # Those of the measures that are used here have a test of their own.
    rechten = {
        naam: recht
        for naam, recht in vars(zichtbaarheid).items()
        if naam.startswith("mag_") and recht.__module__ == zichtbaarheid.__name__
    }
    gegeven = {
        naam: {deel: waarden[deel] for deel in list(inspect.signature(recht).parameters)[1:]}
        for naam, recht in rechten.items()
    }
    heeft: set[str] = set()
    for persoon in (mensen.eigen, mensen.vreemd, mensen.secretariaat, mensen.partner, mensen.beheerder):
        nu = Bevoegdheid(persoon, NU)
        toen = terugkijkend(nu, TOEN)
        heeft |= {naam for naam, recht in rechten.items() if recht(nu, **gegeven[naam])}
        assert [naam for naam, recht in rechten.items() if naam not in LEZEN and recht(toen, **gegeven[naam])] == []
    # Each of them is somebody's today: it is the past that refuses.
    assert heeft == set(rechten)
    assert set(rechten) >= LEZEN


def test_a_right_of_then_is_none_today(mensen: Mensen) -> None:
    """Who was a member on the day that is looked at and is not today sees nothing of it; the other way round, all."""
    mensen.partner.lidmaatschappen.update(tot=datetime.date(2025, 6, 1))
    mensen.eigen.lidmaatschappen.update(vanaf=datetime.date(2026, 1, 1))
    TerugkoppelingFactory()
    for persoon, aantal in ((mensen.partner, 0), (mensen.eigen, 1)):
        toen = terugkijkend(Bevoegdheid(persoon, NU), TOEN)
        assert zichtbaarheid.zichtbare_besluiten(toen).count() == aantal
        assert zichtbaarheid.zichtbare_vergaderingen(toen).count() == aantal
