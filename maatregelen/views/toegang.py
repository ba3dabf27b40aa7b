"""Whether the service is alive, and what a refusal looks like."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maatregelen.models import Agenda
from maatregelen.views import GeenRol
from maatregelen.views.verantwoording import contactadres


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
