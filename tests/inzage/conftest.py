"""What the tests of the matrix share."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def stil() -> Iterator[None]:
    """Every refusal would be written down with where it came from, thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
