"""The nouns of getting in."""

from toegang.models.aanmeldpunt import Aanmeldpunt, Claimkoppeling, Claimrol
from toegang.models.accountbericht import Accountbericht, Berichtsoort
from toegang.models.rolbeleid import Rolbeleid
from toegang.models.toegangslink import Linksoort, Toegangslink

__all__ = [
    "Aanmeldpunt",
    "Accountbericht",
    "Berichtsoort",
    "Claimkoppeling",
    "Claimrol",
    "Linksoort",
    "Rolbeleid",
    "Toegangslink",
]
