"""Whether the service is alive, how to report, and what a refusal looks like."""

import datetime
from email.utils import parseaddr
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maatregelen.models import Agenda
from maatregelen.views import GeenRol

GELDIG_DAGEN = 180


def contactadres() -> str:
    """The address where people report things: that of the sender of our mail."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@login_not_required
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """What was tested, what was not, and how to report that something does not work."""
    return render(request, "maatregelen/toegankelijkheid.html", {"contactadres": contactadres()})


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); it never expires while the product runs."""
    verloopt = (timezone.now() + datetime.timedelta(days=GELDIG_DAGEN)).astimezone(datetime.UTC)
    regels = [
        f"Contact: mailto:{contactadres()}",
        f"Expires: {verloopt.replace(hour=0, minute=0, second=0, microsecond=0):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


def _stand(fout: str = "") -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE if fout else HTTPStatus.OK
    return HttpResponse(f"{fout or 'ok'}\n", content_type="text/plain; charset=utf-8", status=status)


@login_not_required
@never_cache
@require_safe
def health_live(request: HttpRequest) -> HttpResponse:
    """Alive means that there is something to show: the documents are in the database."""
    try:
        return _stand("" if Agenda.objects.exists() else "nog geen agenda's geladen")
    except DatabaseError:
        return _stand("de database antwoordt niet")


@login_not_required
@never_cache
@require_safe
def health_ready(request: HttpRequest) -> HttpResponse:
    """Ready for requests: the database answers and has every migration."""
    try:
        uitvoering = MigrationExecutor(connection)
        open_stappen = uitvoering.migration_plan(uitvoering.loader.graph.leaf_nodes())
    except DatabaseError:
        return _stand("de database antwoordt niet")
    return _stand(f"nog {len(open_stappen)} migraties uit te voeren" if open_stappen else "")


def niet_begrepen(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the address or the form says wrong, in our own words only."""
    melding = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"melding": melding}, status=400)


def geen_toegang(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not allowed, or no role at all, which is another page."""
    sjabloon = "maatregelen/geen_rol.html" if isinstance(exception, GeenRol) else "403.html"
    return render(request, sjabloon, {"contactadres": contactadres(), "waarom": str(exception)}, status=403)
