"""The page of one person takes several forms. Names it does not have and values that are nothing change nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from maatregelen.models import Lidmaatschap, Persoon
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
ONZIN = ["", "x", "-1", "0", "1.5", "²", "[1]", "\x00", "9" * 18, "9" * 19, "9" * 400]


def _stand() -> tuple[list[object], list[object]]:
    mensen = Persoon.objects.order_by("pk").values_list(
        "pk", "email", "functie", "is_active", "is_programma", "password"
    )
    rollen = Lidmaatschap.objects.order_by("pk").values_list("pk", "rol", "vanaf", "tot", "leidinggevende")
    return list(mensen), list(rollen)


@pytest.mark.parametrize(
    ("naam", "code"),
    [("leiding_van", 404), ("lidmaatschap", 404), ("organisatie", 422), ("leidinggevende", 422), ("gezien", 422)],
)
def test_what_is_no_number_of_a_row_is_refused(naam: str, code: int, mensen: Mensen, als: Als) -> None:
    wie = LidmaatschapFactory(persoon=mensen.secretariaat, organisatie=mensen.organisatie, rol="beheerder").persoon
    lid = LidmaatschapFactory(persoon=mensen.partner, organisatie=mensen.organisatie, rol="dossierhouder")
    gegevens = {
        "leiding_van": {"leidinggevende": str(wie.pk)},
        "lidmaatschap": {"tot": "2030-01-01"},
        "organisatie": {"rol": "lezer", "vanaf": "2026-01-01"},
        "leidinggevende": {"leiding_van": str(lid.pk), "gezien": ""},
        "gezien": {"leiding_van": str(lid.pk), "leidinggevende": str(wie.pk)},
    }[naam]
    client, voor, adres = als(wie), _stand(), f"/personen/{mensen.partner.pk}/"
    # An empty chief is nobody, and that is a choice.
    onzin = [waarde for waarde in ONZIN if waarde or naam in ("leiding_van", "lidmaatschap", "organisatie")]
    antwoorden = {waarde: client.post(adres, {**gegevens, naam: waarde}).status_code for waarde in onzin}
    # A number that could have been seen, and was not, is a page that is too old.
    toegestaan = {code, 409} if naam == "gezien" else {code}
    assert {waarde: gekregen for waarde, gekregen in antwoorden.items() if gekregen not in toegestaan} == {}
    assert client.post(adres, {**gegevens, naam: ["x", "y"]}).status_code == code
    assert _stand() == voor


def test_names_that_no_form_of_the_page_has_change_nothing(mensen: Mensen, als: Als) -> None:
    wie = LidmaatschapFactory(persoon=mensen.secretariaat, organisatie=mensen.organisatie, rol="beheerder").persoon
    client, voor = als(wie), _stand()
    for naam in ("is_staff", "is_superuser", "password", "wachtwoord", "pk", "id", "groups", "persoon", "is_programma"):
        antwoord = client.post(f"/personen/{mensen.partner.pk}/", {naam: ["1", "on"]})
        assert (naam, antwoord.status_code) == (naam, 422)
    assert _stand() == voor
