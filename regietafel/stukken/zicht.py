"""From where the content of a paper is looked at: who looks, on which day things are judged, and whether it is past."""

import datetime
from dataclasses import dataclass

from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.stukken.beschrijving import Band
from regietafel.stukken.woorden import datum


class NietTeZien(LookupError):  # noqa: N818  it names what happened
    """The subject does not exist, or not for this person, or not yet at that moment."""


@dataclass(frozen=True)
class Zicht:
    """`wie` has the rights of today; `dag` is the day of the data."""

    wie: Bevoegdheid
    dag: datetime.date
    is_verleden: bool

    def banden(self, *meer: Band) -> tuple[Band, ...]:
        """What must be said first: that this is the past, and what else there is to say."""
        if not self.is_verleden:
            return meer
        return (Band(f"Stand per {datum(self.dag)}", "Dit stuk laat zien hoe het er op die dag voor stond."), *meer)
