"""The nouns of getting in."""

from toegang.models.rolbeleid import Rolbeleid
from toegang.models.toegangslink import Linksoort, Toegangslink

__all__ = ["Linksoort", "Rolbeleid", "Toegangslink"]
