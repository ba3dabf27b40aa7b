"""The command that makes a key prints the key, once, and nothing else."""

from io import StringIO

import pytest
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
    assert get_token_model().objects.count() == 2


def test_nobody_to_give_it_to(mensen: Mensen) -> None:
    with pytest.raises(CommandError, match=r"^Er is niemand met het e-mailadres wie@voorbeeld\.nl\.$"):
        maak("--gebruiker", "wie@voorbeeld.nl")
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    with pytest.raises(CommandError, match=r"^eigen@voorbeeld\.nl is niet actief\."):
        maak("--gebruiker", "eigen@voorbeeld.nl")
    assert get_token_model().objects.count() == 0
