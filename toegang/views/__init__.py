"""Pages of getting in. A page asks the matter, and shows; it decides nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from maatregelen.zichtbaarheid import Bevoegdheid


def kader(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs, also for somebody who has no role."""
    vandaag = timezone.localdate()
    return {"wie": Bevoegdheid(request.user, vandaag), "vandaag": vandaag}
