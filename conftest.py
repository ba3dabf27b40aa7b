"""The log and the history are never emptied, not by TRUNCATE either; tests that commit for real empty the tables after
themselves, so in a database of tests that one guard is off. tests/logboek puts it on where it is about it.
"""

from collections.abc import Generator
from typing import Any

import pytest
from django.db import connection

from tests.zonder_leegwacht import UITZETTEN


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """After the database of the tests is made."""
    uitkomst = yield
    if fixturedef.argname == "django_db_setup":
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute(UITZETTEN)
    return uitkomst
