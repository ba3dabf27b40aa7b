"""Forgetting people who left long ago: what they did stays, under a number; who they were goes.

The number of a person stands in history and in the chain of check numbers and stays; history never held the address
and the function.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen.models import Lidmaatschap, Persoon, Toegangssleutel

# Nobody can have an address here (RFC 2606); so it also says who was forgotten before.
DOMEIN = "onherkenbaar.invalid"
# Ways to get in, of the libraries that keep them.
TOEGANG = frozenset({"account", "mfa", "socialaccount", "usersessions", "knox"})


def vertrokken(moment: datetime.datetime, dagen: int) -> QuerySet[Persoon]:
    """The people who have had no role, no sign-in and no use of a key for `dagen` days at this moment."""
    grens = moment - datetime.timedelta(days=dagen)
    nog_lid = Lidmaatschap.objects.niet_voorbij(timezone.localdate(grens)).filter(persoon=OuterRef("pk"))
    nog_sleutel = Toegangssleutel.objects.filter(user=OuterRef("pk")).filter(
        Q(laatst_gebruikt_op__gt=grens) | Q(created__gt=grens)
    )
    return Persoon.objects.filter(
        ~Exists(nog_lid),
        ~Exists(nog_sleutel),
        Q(last_login=None) | Q(last_login__lte=grens),
        aangemaakt_op__lte=grens,
        is_programma=False,
    ).exclude(email__endswith=f"@{DOMEIN}")


def pseudonimiseer(*, moment: datetime.datetime, dagen: int) -> int:
    """Make them unrecognisable, each in a transaction of its own; answers how many. 0 days: never.

    Their address and function go, and with those every way to get in: password, keys, factors, sessions.
    """
    if not dagen:
        return 0
    aantal = 0
    for pk in list(vertrokken(moment, dagen).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            # Asked again under the lock: who signed in meanwhile stays.
            persoon = vertrokken(moment, dagen).select_for_update().filter(pk=pk).first()
            if persoon is None:
                continue
            _vergeet(persoon)
            schrijf(
                actie=Actie.PSEUDONIMISEREN,
                resultaat=Resultaat.GELUKT,
                moment=moment,
                over=Onderwerp("persoon", str(pk)),
                details={"na_dagen": dagen},
            )
        aantal += 1
    return aantal


def _vergeet(persoon: Persoon) -> None:
    for relatie in Persoon._meta.related_objects:
        model = relatie.related_model
        # Only what is theirs: a key that they made for a program goes on without them.
        if isinstance(model, type) and relatie.field.name == "user":
            if model is not Toegangssleutel and model._meta.app_label not in TOEGANG:
                continue
            model._default_manager.filter(user=persoon).delete()
    persoon.email = f"persoon-{persoon.pk}@{DOMEIN}"
    persoon.functie = f"Vertrokken medewerker {persoon.pk}"
    persoon.is_active = False
    persoon.last_login = None
    persoon.set_unusable_password()
    persoon.save(update_fields=["email", "functie", "is_active", "last_login", "password"])
