"""Whatever is put in an address or a parameter: an answer or a refusal, never an error of the server."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatregelen import filters
from tests.conftest import Mensen
from tests.factories import MijlpaalFactory

FILTERS = {
    "agendas": filters.AgendaFilters,
    "pijlers": filters.PijlerFilters,
    "maatregelen": filters.MaatregelFilters,
    "mijlpalen": filters.MijlpaalFilters,
    "organisaties": filters.OrganisatieFilters,
    "statuswijzigingen": filters.StatuswijzigingFilters,
    "indicatoren": filters.IndicatorFilters,
    "wijzigingen": filters.WijzigingFilters,
}
PARAMETERS = [
    (lijst, naam) for lijst, soort in FILTERS.items() for naam in (*soort.base_filters, "page", "pageSize", "onbekend")
]
ONZIN = [
    "\x00", "a\x00b", "9" * 5000, "-1", "9223372036854775808", "²", "NaN", "😀" * 60, "\u202e", "'; --", "%",
    "maatregel-1", "-", "\n", "a" * 10000,
]  # fmt: skip
DAGEN = [
    "0001-01-01", "9999-12-31", "0000-00-00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-02-30",
    "2024-12-30 10:00", "24:00", "٢٠٢٤-١٢-٣٠",
]  # fmt: skip
OVER_TIJD = {"peildatum", "gewijzigdSinds", "sinds", "vanaf", "totEnMet"}


@pytest.fixture
def code(client: Client, sleutel: Callable[..., dict[str, str]], mensen: Mensen) -> Callable[[str], int]:
    """The status an address gives."""
    MijlpaalFactory(maatregel__trekker=mensen.organisatie)
    kop = sleutel(mensen.partner)

    def vraag(pad: str) -> int:
        antwoord = client.get(f"/api/v1/{pad}", headers=kop)
        assert antwoord["Content-Type"] == (
            "application/json" if antwoord.status_code == 200 else "application/problem+json"
        )
        return antwoord.status_code

    return vraag


@pytest.mark.parametrize(("lijst", "naam"), PARAMETERS)
def test_no_parameter_breaks(code: Callable[[str], int], lijst: str, naam: str) -> None:
    for onzin in (*ONZIN, *(DAGEN if naam in OVER_TIJD else ())):
        assert code(f"{lijst}?{naam}={quote(onzin)}") in (200, 400, 404), onzin


@pytest.mark.parametrize("lijst", FILTERS)
def test_no_bytes_break(code: Callable[[str], int], lijst: str) -> None:
    for ruw in ("%ff", "%ed%a0%80", "%", "%zz", "+", "&", "%00%00"):
        assert code(f"{lijst}?zoek={ruw}") in (200, 400), ruw
        assert code(f"{lijst}?{ruw}=1") in (200, 400), ruw


def test_no_address_breaks(code: Callable[[str], int]) -> None:
    for lijst in FILTERS:
        for onzin in (*(quote(waarde, safe="") for waarde in ONZIN[:10]), "%ff", "%ed%a0%80", "%2e%2e", "%2f"):
            assert code(f"{lijst}/{onzin}") == 404, (lijst, onzin)
            assert code(f"{lijst}/{onzin}/status") in (404, 405), (lijst, onzin)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PARAMETERS), st.text(max_size=30), st.sampled_from(PARAMETERS), st.text(max_size=30))
def test_no_pair_of_parameters_breaks(
    code: Callable[[str], int], een: tuple[str, str], waarde: str, twee: tuple[str, str], andere: str
) -> None:
    lijst, naam = een
    pad = f"{lijst}?{naam}={quote(waarde, errors='replace')}&{twee[1]}={quote(andere, errors='replace')}"
    assert code(pad) in (200, 400, 404)
