"""What every page with a form does: who may, what was filled in, keep it, and when that fails say so.

A page that cannot be saved comes back with everything that was typed: 422 for what is filled in, 409 for what another
person changed meanwhile or a move that does not exist, 503 for a database that is busy.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.views import View

from maatregelen.blikveld import kijkend
from maatregelen.models import Persoon
from maatregelen.models.grondslag import Dossierstuk
from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.versiebewaking import Tussenstand, Verouderd, wijzigingen_sinds
from maatregelen.views import bevoegdheid, toon
from maatregelen.zichtbaarheid import Bevoegdheid

GELUKT, ONJUIST, BOTST, BEZET = 200, 422, 409, 503

WIE_MAATREGEL = (
    "Deze maatregel wordt bijgehouden door dossierhouders van de verantwoordelijke organisatie, en door het "
    "LRT-secretariaat zolang er geen trekker is."
)
WIE_BETROKKEN = (
    "Wie erbij hoort leggen dossierhouders van de verantwoordelijke organisatie en het LRT-secretariaat vast."
)
WIE_TREKKER = "Een trekker wijst het LRT-secretariaat toe."
WIE_AGENDA = "Deze agenda wordt bijgehouden door het LRT-secretariaat en door dossierhouders van de houder."
WIE_PIJLER = (
    "Deze pijler wordt bijgehouden door het LRT-secretariaat, door de houder van de agenda en door dossierhouders van "
    "een verantwoordelijk ministerie."
)
WIE_CIJFERS = "Cijfers houdt het LRT-secretariaat bij."
WIE_BEHEER = "Organisaties, personen en rollen houdt een beheerder bij."

BOTSING = (
    "Dit botst met iets dat intussen is vastgelegd. Er is niets opgeslagen; wat u invulde staat er nog. "
    "Kijk of het er al staat."
)
DRUK = (
    "Iemand anders is nu met hetzelfde bezig. Er is niets opgeslagen; wat u invulde staat er nog. "
    "Wacht een paar tellen en sla opnieuw op."
)
TE_VEEL = "Iets is te lang of te groot om te bewaren. Er is niets opgeslagen; wat u invulde staat er nog."

ZELF = (
    "U hebt dit zelf al gewijzigd nadat u deze pagina opende, bijvoorbeeld in een ander venster of door twee keer te "
    "klikken. Er is nu niets opgeslagen. Bekijk hieronder wat er staat; wat u invulde staat er nog."
)

R = TypeVar("R")


def zin_bij_verouderd(fout: Verouderd, stand: Tussenstand | None, persoon: Persoon) -> str:
    """What is said of an older page: that somebody else was first, or that it was this person."""
    return ZELF if stand is not None and stand.door == persoon else str(fout)


def wie_is(request: HttpRequest) -> Persoon:
    """The person behind a request of a page that asks to sign in."""
    assert isinstance(request.user, Persoon)  # noqa: S101  the middleware lets nobody else in
    return request.user


def neem_fouten_over(form: forms.BaseForm, fout: ValidationError) -> None:
    """Put what a matter module refused at the fields it is about, and the rest above the form."""
    if not hasattr(fout, "error_dict"):
        form.add_error(None, fout)
        return
    for veld, fouten in fout.error_dict.items():
        form.add_error(veld if veld in form.fields else None, fouten)


def probeer(form: forms.BaseForm, daad: Callable[[], R]) -> tuple[R | None, int]:
    """Do what the form asks: its answer and GELUKT, or nothing and what went wrong, with the words in the form.

    Raises Verouderd: what is shown then differs per page.
    """
    try:
        return daad(), GELUKT
    except ValidationError as fout:
        neem_fouten_over(form, fout)
        return None, ONJUIST
    except OngeldigeOvergang as fout:
        form.add_error("status" if "status" in form.fields else None, str(fout))
        return None, BOTST
    except IntegrityError:
        form.add_error(None, BOTSING)
        return None, BOTST
    except DataError:
        form.add_error(None, TE_VEEL)
        return None, ONJUIST
    except OperationalError:
        form.add_error(None, DRUK)
        return None, BEZET


def met_nieuwe_stand(invoer: QueryDict, form: forms.BaseForm, stand: Tussenstand, versie: int) -> QueryDict:
    """What was filled in, on top of the new version: what this person left alone takes the other person's value."""
    nieuw = invoer.copy()
    nieuw["versie"] = str(versie)
    for verschil in stand.verschillen:
        veld = form.fields.get(verschil.veld)
        if veld is None:
            continue
        ingevuld = form.cleaned_data.get(verschil.veld)
        if getattr(ingevuld, "pk", ingevuld) != verschil.oud:
            continue
        waarde = veld.prepare_value(verschil.nieuw)
        if waarde is None or waarde is False:
            nieuw.pop(verschil.veld, None)
        else:
            nieuw[verschil.veld] = "on" if waarde is True else str(waarde)
    return nieuw


class Formulierblad(View):
    """A page with one form. What it needs is found in `zoek`, who may in `mag`, what it does in `bewaar`."""

    http_method_names = ["get", "head", "post"]
    sjabloon = "maatregelen/bijhouden/formulier.html"
    titel = ""
    inleiding = ""
    knop = "Opslaan"
    wie_mag = ""
    gelukt = "Opgeslagen."

    wie: Bevoegdheid
    stuk: Dossierstuk | None = None

    def zoek(self, **sleutels: Any) -> None:
        """Find what the page is about, among what this person may see. Raises Http404."""

    def mag(self) -> bool:
        """Whether this person may do this."""
        raise NotImplementedError

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The form, filled in or not."""
        raise NotImplementedError

    def bewaar(self, form: Any) -> Any:
        """Keep what was filled in; may raise what `probeer` knows, or Verouderd."""
        raise NotImplementedError

    def terug(self, uitkomst: Any = None) -> str:
        """Where the person goes afterwards, or when they change their mind."""
        raise NotImplementedError

    def paden(self) -> list[tuple[str, str]]:
        """The way back: (url, name)."""
        return []

    def inhoud(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def melding(self, uitkomst: Any) -> str:
        """What is said when it was kept."""
        return self.gelukt

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Rights first, for looking at the form as for sending it."""
        self.wie = bevoegdheid(request)
        self.persoon = wie_is(request)
        self.zoek(**kwargs)
        if not self.mag():
            raise PermissionDenied(self.wie_mag)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form as it stands."""
        return self.toon(self.formulier())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it, or show it again with everything that was typed."""
        form = self.formulier(request.POST, request.FILES or None)
        if not form.is_valid():
            return self.toon(form, status=ONJUIST)
        try:
            uitkomst, status = probeer(form, lambda: self.bewaar(form))
        except Verouderd as verouderd:
            return self.verouderd(form, verouderd)
        if status != GELUKT:
            return self.toon(form, status=status)
        messages.success(request, self.melding(uitkomst))
        return HttpResponseRedirect(self.terug(uitkomst))

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """Show what another person changed; saving once more is then a choice."""
        stand: Tussenstand | None = None
        invoer = self.request.POST.copy()
        if self.stuk is not None and self.stuk.pk:
            # What another person changed is shown as far as this one may see it.
            with kijkend(self.wie.blik):
                try:
                    self.stuk.refresh_from_db()
                except ObjectDoesNotExist:
                    raise Http404("stuk") from None
                stand = wijzigingen_sinds(self.stuk, int(form.cleaned_data["versie"]))
            invoer = self.samengevoegd(form, stand)
        opnieuw = self.formulier(invoer)
        opnieuw.is_valid()
        opnieuw.add_error(None, zin_bij_verouderd(fout, stand, self.persoon))
        return self.toon(opnieuw, status=BOTST, stand=stand)

    def samengevoegd(self, form: forms.BaseForm, stand: Tussenstand) -> QueryDict:
        """What was filled in, on top of what another person made of the record (`self.stuk`)."""
        assert self.stuk is not None  # noqa: S101  there is a newer version of something
        return met_nieuwe_stand(self.request.POST, form, stand, self.stuk.versie)

    def toon(self, form: forms.BaseForm, *, status: int = 200, stand: Tussenstand | None = None) -> HttpResponse:
        """The page with this form."""
        inhoud = {
            "bladtitel": self.titel,
            "inleiding": self.inleiding,
            "knop": self.knop,
            "paden": self.paden(),
            "terug": self.terug(),
            "form": form,
            "stand": stand,
            **self.inhoud(),
        }
        return toon(self.request, self.sjabloon, self.wie, inhoud, status=status)
