"""The command that makes a key prints the key, once, and nothing else."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from knox.models import get_token_model

from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.factories import MaatregelFactory


def maak(*opties: str) -> str:
    """What the command prints."""
    uit = StringIO()
    call_command("maak_token", *opties, stdout=uit)
    return uit.getvalue()


def test_the_key_reads_and_only_with_the_option_writes(mensen: Mensen, client: Client) -> None:
    MaatregelFactory(code="a", trekker=mensen.organisatie)
    for opties, code in (((), 403), (("--schrijven",), 201)):
        regel = maak("--gebruiker", " Eigen@voorbeeld.nl ", *opties)
        assert regel == f"{regel.strip()}\n"
        assert len(regel.split()) == 1
        kop = {"Authorization": f"Token {regel.strip()}"}
        assert client.get("/api/v1/maatregelen", headers=kop).json()["count"] == 1
        antwoord = client.post(
            "/api/v1/maatregelen/a/status", {"status": "vervallen", "toelichting": "x"}, "application/json", headers=kop
        )
        assert antwoord.status_code == code
        assert not get_token_model().objects.filter(digest__contains=regel.strip()).exists()
    assert sorted(get_token_model().objects.values_list("naam", "schrijven")) == [
        ("opdrachtregel", False),
        ("opdrachtregel 2", True),
    ]


def test_nobody_to_give_it_to(mensen: Mensen) -> None:
    with pytest.raises(CommandError, match=r"^Er is niemand met het e-mailadres wie@voorbeeld\.nl\.$"):
        maak("--gebruiker", "wie@voorbeeld.nl")
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    with pytest.raises(CommandError, match=r"^eigen@voorbeeld\.nl is niet actief\."):
        maak("--gebruiker", "eigen@voorbeeld.nl")
    assert get_token_model().objects.count() == 0


def test_name_range_and_days_are_what_was_asked(mensen: Mensen) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC), tick=False):
        maak("--gebruiker", "eigen@voorbeeld.nl")
        maak("--gebruiker", "eigen@voorbeeld.nl", "--naam", "BI", "--bereik", "wijzigingen, agendas", "--dagen", "1")
    assert list(get_token_model().objects.order_by("expiry").values_list("naam", "bereik", "expiry")) == [
        ("BI", ["agendas", "wijzigingen"], datetime.datetime(2026, 11, 21, 23, 0, tzinfo=datetime.UTC)),
        ("opdrachtregel", [], datetime.datetime(2027, 2, 18, 23, 0, tzinfo=datetime.UTC)),
    ]


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (("--dagen", "0"), r"^--dagen is 1 tot en met 365\.$"),
        (("--dagen", "366"), r"^--dagen is 1 tot en met 365\.$"),
        (("--bereik", "agendas,alles"), r"^Dit onderdeel is er niet: alles\.$"),
        (("--naam", "BI"), r"^Er is al een sleutel met deze naam\. Kies een andere naam\.$"),
    ],
)
def test_what_cannot_be_is_said_and_makes_nothing(mensen: Mensen, opties: tuple[str, ...], zin: str) -> None:
    maak("--gebruiker", "eigen@voorbeeld.nl", "--naam", "bi")
    with pytest.raises(CommandError, match=zin):
        maak("--gebruiker", "eigen@voorbeeld.nl", *opties)
    assert get_token_model().objects.count() == 1
