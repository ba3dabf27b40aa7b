"""A line is written once, in the right transaction, without secrets; nobody can change it."""

import pytest
from django.conf import settings
from django.utils import timezone

from logboek.models import Actie, Logregel, Resultaat
from logboek.schrijven import schrijf


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_a_test_that_commits_can_clean_up() -> None:
    schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=timezone.now())
    assert Logregel.objects.count() == 1
