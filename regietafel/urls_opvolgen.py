"""Addresses of decisions, what became of them, and actions."""

from django.urls import URLPattern, path

from regietafel.views import actie_bijhouden, actiepunten, besluiten
from regietafel.views.voorbereiden import voorbereiden

_A = "actiepunten/<slug:code>"
_B = "besluiten/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("actiepunten/", actiepunten.actiepunten, name="actiepunten"),
    path(f"{_A}/", actiepunten.actiepunt, name="actiepunt"),
    path(f"{_A}/afronden/", actie_bijhouden.Afronden.as_view(), name="actie_afronden"),
    path(f"{_A}/overdragen/", actie_bijhouden.Overdragen.as_view(), name="actie_overdragen"),
    path(f"{_A}/splitsen/", actie_bijhouden.Splitsen.as_view(), name="actie_splitsen"),
    path(f"{_A}/verplaatsen/", actie_bijhouden.Verplaatsen.as_view(), name="actie_verplaatsen"),
    path(f"{_A}/vervallen/", actie_bijhouden.Vervallen.as_view(), name="actie_vervallen"),
    path(f"{_A}/heropenen/", actie_bijhouden.Heropenen.as_view(), name="actie_heropenen"),
    path(f"{_A}/afspreken/", actie_bijhouden.Afspreken.as_view(), name="actie_afspreken"),
    path("besluiten/", besluiten.besluiten, name="besluiten"),
    path(f"{_B}/", besluiten.besluit, name="besluit"),
    path(f"{_B}/<int:pk>/uitgevoerd/", besluiten.Uitgevoerd.as_view(), name="besluit_uitgevoerd"),
    path(f"{_B}/<int:pk>/aanvaard/", besluiten.Aanvaarden.as_view(), name="besluit_aanvaard"),
    path(f"{_B}/<int:pk>/ingetrokken/", besluiten.Intrekken.as_view(), name="besluit_ingetrokken"),
    path(f"{_B}/<int:pk>/niet-nodig/", besluiten.NietNodig.as_view(), name="besluit_niet_nodig"),
    path(f"{_B}/<int:pk>/heropenen/", besluiten.Heropenen.as_view(), name="besluit_heropenen"),
    path("vergaderingen/<slug:slug>/voorbereiden/", voorbereiden, name="vergadering_voorbereiden"),
]
