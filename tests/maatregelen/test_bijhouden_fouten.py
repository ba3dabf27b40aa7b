"""What forms refuse: everything the database would, in words, with everything typed kept and nothing changed."""

import datetime
import re
from typing import Any

import pytest
from django.utils import timezone

from maatregelen.models import Agenda, Indicator, Lidmaatschap, Maatregel, Meting, Organisatie, Persoon
from maatregelen.templatetags.opmaak import datum
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, OrganisatieFactory, PijlerFactory
from tests.maatregelen.test_bijhouden import (
    AGENDA,
    DOEL,
    KWAAD,
    LANG,
    MAATREGEL,
    METING,
    MIJLPAAL,
    ORGANISATIE,
    PERSOON,
    PIJLER,
    VEILIG,
    Als,
    Dossier,
    _nu,
    afdruk,
    dossier,
    tekst,
)

__all__ = ["_nu", "dossier"]

JAREN = {"9999-12-31", "1899-12-31", "0000-00-00", "31-02-2026", "2026-02-31", "x", "99999-01-01"}


def gevallen() -> list[Any]:
    """Form, what is wrong with it, and at which field it is said."""
    datums = [(veld, dag) for veld in ("documentdatum", "schatting_van", "geldt_vanaf") for dag in sorted(JAREN)]
    return [
        *(("agenda", {veld: dag, "datum_basis": "x"}, veld) for veld, dag in datums),
        ("agenda", {"documentdatum": ""}, "documentdatum"),
        ("agenda", {"documentdatum": "", "schatting_van": "2026-01-01"}, "datum_basis"),
        ("agenda", {"documentdatum": "", "schatting_van": "2026-01-01", "datum_basis": "  "}, "datum_basis"),
        ("agenda", {"schatting_tot": "2026-01-01", "datum_basis": "x"}, "schatting_van"),
        (
            "agenda",
            {"schatting_van": "2026-02-01", "schatting_tot": "2026-01-31", "datum_basis": "x"},
            "schatting_tot",
        ),
        ("agenda", {"slug": "2024"}, "slug"),
        ("agenda", {"slug": "nieuw"}, "slug"),
        ("agenda", {"slug": "Met Spatie"}, "slug"),
        ("agenda", {"slug": "x" * 25}, "slug"),
        ("agenda", {"slug": "-x"}, "slug"),
        ("agenda", {"soort": "onzin"}, "soort"),
        ("agenda", {"staat": ""}, "staat"),
        ("agenda", {"titel": LANG}, "titel"),
        ("agenda", {"titel": "nul\x00"}, "titel"),
        ("agenda", {"titel": "   "}, "titel"),
        ("agenda", {"toelichting": "nul\x00"}, "toelichting"),
        ("agenda", {"houder": "999999"}, "houder"),
        ("agenda", {"houder": "x"}, "houder"),
        ("pijler", {"nummer": "2"}, "nummer"),
        ("pijler", {"nummer": "§"}, "nummer"),
        ("pijler", {"nummer": "x" * 11}, "nummer"),
        ("pijler", {"bovenliggend": "{vreemde_pijler}"}, "bovenliggend"),
        ("pijler", {"bovenliggend": "x"}, "bovenliggend"),
        ("pijler", {"regel_van": "3"}, "regel_tot"),
        ("pijler", {"regel_tot": "3"}, "regel_van"),
        ("pijler", {"regel_van": "0", "regel_tot": "0"}, "regel_van"),
        ("pijler", {"regel_van": "3", "regel_tot": "2"}, "regel_tot"),
        ("pijler", {"regel_van": "-1", "regel_tot": "2"}, "regel_van"),
        ("pijler", {"regel_van": "9" * 12, "regel_tot": "9" * 12}, "regel_van"),
        ("pijler", {"verantwoordelijken": ["999999"]}, "verantwoordelijken"),
        ("pijler", {"verantwoordelijken": ["{aanduiding}"]}, "verantwoordelijken"),
        ("pijler", {"verantwoordelijken": ["{opgeheven}"]}, "verantwoordelijken"),
        ("maatregel", {"titel": LANG}, "titel"),
        ("maatregel", {"titel": ""}, "titel"),
        ("maatregel", {"soort": "onzin"}, "soort"),
        ("maatregel", {"aard": "onzin"}, "aard"),
        ("maatregel", {"bovenliggend": "{vreemde_maatregel}"}, "bovenliggend"),
        ("maatregel", {"geldt_vanaf": "2026-11-23"}, "geldt_vanaf"),
        ("maatregel", {"verwijzingen": "x" * 251}, "verwijzingen"),
        ("maatregel", {"verwijzingen": "nul\x00"}, "verwijzingen"),
        ("maatregel", {"regel_van": "5", "regel_tot": "4"}, "regel_tot"),
        ("wijzigen", {"bovenliggend": "{zelf}"}, "bovenliggend"),
        ("wijzigen", {"bovenliggend": "{onderdeel}"}, "bovenliggend"),
        ("wijzigen", {"bovenliggend": "{vreemde_maatregel}"}, "bovenliggend"),
        ("wijzigen", {"versie": ""}, "versie"),
        ("wijzigen", {"versie": "1.5"}, "versie"),
        ("mijlpaal", {"precisie": "vaag"}, "einde"),
        ("mijlpaal", {"precisie": "duur", "einde": "", "begin": "2026-01-01"}, "begin"),
        ("mijlpaal", {"einde": ""}, "einde"),
        ("mijlpaal", {"einde": "", "relatie": "vanaf"}, "begin"),
        ("mijlpaal", {"begin": "2027-07-01"}, "einde"),
        ("mijlpaal", {"einde": "31-02-2027"}, "einde"),
        ("mijlpaal", {"termijn_tekst": " "}, "termijn_tekst"),
        ("mijlpaal", {"termijn_tekst": LANG}, "termijn_tekst"),
        ("mijlpaal", {"hardheid": ""}, "hardheid"),
        ("mijlpaal", {"herhaling": "P9000Y"}, "herhaling"),
        ("mijlpaal", {"peildatum": ""}, "peildatum"),
        ("mijlpaal", {"lezing": "7"}, "lezing"),
        ("mijlpaal", {"hangt_aan": "m999999"}, "hangt_aan"),
        ("mijlpaal", {"hangt_aan": "onzin"}, "hangt_aan"),
        ("mijlpaal", {"hangt_aan": "fadvies"}, "hangt_aan"),  # an event and days by hand
        ("mijlpaal", {"hangt_aan": "fadvies", "precisie": "", "relatie": "", "einde": ""}, "hangt_aan"),  # no length
        ("indicator", {"naam": "Bezetting"}, "naam"),
        ("indicator", {"naam": LANG}, "naam"),
        ("meting", {"waarde": ""}, "waarde"),
        ("meting", {"waarde": "NaN"}, "waarde"),
        ("meting", {"waarde": "1e99"}, "waarde"),
        ("meting", {"waarde": "1,234"}, "waarde"),
        ("meting", {"waarde_tot": "12"}, "waarde_tot"),
        ("meting", {"waarde": "", "waarde_tekst": "B1", "waarde_tot": "3"}, "waarde"),
        ("meting", {"peildatum": "2026-11-23"}, "peildatum"),
        ("meting", {"peildatum": "2026-11-22", "bron": "IND"}, "bron"),
        ("doelwaarde", {"reden": " "}, "reden"),
        ("doelwaarde", {"waarde": "x"}, "waarde"),
        ("organisatie", {"naam": "Organisatie OCW"}, "naam"),
        ("organisatie", {"slug": "ocw"}, "slug"),
        ("organisatie", {"slug": "nieuw"}, "slug"),
        ("organisatie", {"tooi_id": "onzin"}, "tooi_id"),
        ("organisatie", {"geldig_van": "2026-01-01", "geldig_tot": "2026-01-01"}, "geldig_tot"),
        ("organisatie", {"opvolger": "{ander}"}, "geldig_tot"),
        ("organisatie", {"opvolger": "{aanduiding}", "geldig_tot": "2026-01-01"}, "opvolger"),
        ("organisatie", {"soort": "onzin"}, "soort"),
        ("organisatie_wijzigen", {"opvolger": "{zelf_organisatie}", "geldig_tot": "2026-01-01"}, "opvolger"),
        ("persoon", {"email": "geen adres"}, "email"),
        ("persoon", {"email": "EIGEN@voorbeeld.nl"}, "email"),
        ("persoon", {"functie": LANG}, "functie"),
        ("persoon", {"functie": ""}, "functie"),
    ]  # fmt: skip


GEVALLEN = gevallen()


@pytest.mark.parametrize(
    ("form", "anders", "veld"), GEVALLEN, ids=[f"{form}-{n}-{veld}" for n, (form, _, veld) in enumerate(GEVALLEN)]
)
def test_bad_input_is_said_at_the_field_and_changes_nothing(
    mensen: Mensen, als: Als, dossier: Dossier, form: str, anders: dict[str, Any], veld: str
) -> None:
    onderdeel = MaatregelFactory(pijler=dossier.pijler, bovenliggend=dossier.maatregel)
    namen = {
        "vreemde_pijler": PijlerFactory(agenda=AgendaFactory()).pk,
        "vreemde_maatregel": MaatregelFactory().pk,
        "aanduiding": OrganisatieFactory(afkorting="kabinet", soort="aanduiding").pk,
        "opgeheven": OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23)).pk,
        "zelf": dossier.maatregel.pk, "onderdeel": onderdeel.pk, "ander": mensen.ander.pk,
        "zelf_organisatie": mensen.organisatie.pk,
    }  # fmt: skip

    def vul(waarde: Any) -> Any:
        return (
            [vul(w) for w in waarde]
            if isinstance(waarde, list)
            else re.sub(r"{(\w+)}", lambda m: str(namen[m[1]]), waarde)
        )

    wie, pad, basis = {
        "agenda": (mensen.secretariaat, "/agendas/nieuw/", AGENDA),
        "pijler": (mensen.secretariaat, "/agendas/2024/pijlers/nieuw/", PIJLER),
        "maatregel": (mensen.secretariaat, f"/pijlers/{dossier.pijler.pk}/maatregelen/nieuw/", MAATREGEL),
        "wijzigen": (mensen.eigen, "/maatregelen/2024-2-03/wijzigen/", {**MAATREGEL, "versie": "1"}),
        "mijlpaal": (mensen.eigen, "/maatregelen/2024-2-03/mijlpalen/nieuw/", MIJLPAAL),
        "indicator": (mensen.secretariaat, "/cijfers/nieuw/", {"naam": "Nieuw", "eenheid": "stuks"}),
        "meting": (mensen.secretariaat, "/cijfers/bezetting/metingen/nieuw/", METING),
        "doelwaarde": (mensen.secretariaat, "/cijfers/bezetting/doelwaarden/nieuw/", DOEL),
        "organisatie": (mensen.beheerder, "/organisaties/nieuw/", ORGANISATIE),
        "organisatie_wijzigen": (mensen.beheerder, "/organisaties/szw/wijzigen/", {**ORGANISATIE, "versie": "1"}),
        "persoon": (mensen.beheerder, "/personen/nieuw/", PERSOON),
    }[form]  # fmt: skip
    gegevens = {**basis, **{naam: vul(waarde) for naam, waarde in anders.items()}}
    vooraf = afdruk()
    antwoord = als(wie).post(pad, gegevens)
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors
    pagina = tekst(antwoord)
    assert "Dit is nog niet opgeslagen." in pagina
    getypt = [
        waarde
        for naam, waarde in gegevens.items()
        if isinstance(waarde, str) and waarde.strip() and naam in ("titel", "omschrijving", "naam", "functie", "reden")
    ]
    assert all(waarde.replace("\x00", "\ufffd") in pagina.replace("\x00", "\ufffd") for waarde in getypt)
    assert afdruk() == vooraf


def test_everything_typed_comes_back_as_text(mensen: Mensen, als: Als, dossier: Dossier) -> None:
    """Each form with `<script>` in every field at once: refused or not, it never runs."""
    paden = {
        mensen.secretariaat: [
            "/agendas/nieuw/", "/agendas/2024/wijzigen/", "/agendas/2024/pijlers/nieuw/",
            f"/pijlers/{dossier.pijler.pk}/maatregelen/nieuw/", "/cijfers/nieuw/",
            "/cijfers/bezetting/metingen/nieuw/", "/cijfers/bezetting/doelwaarden/nieuw/",
        ],
        mensen.eigen: [
            "/maatregelen/2024-2-03/wijzigen/", "/maatregelen/2024-2-03/mijlpalen/nieuw/",
            "/maatregelen/2024-2-03/betrokkenen/nieuw/", "/maatregelen/2024-2-03/opvolging/nieuw/",
            f"/mijlpalen/{dossier.mijlpaal.pk}/behaald/", "/maatregelen/2024-2-03/wetstraject/",
        ],
        mensen.beheerder: ["/organisaties/nieuw/", "/personen/nieuw/", f"/personen/{mensen.eigen.pk}/"],
    }  # fmt: skip
    for wie, lijst in paden.items():
        client = als(wie)
        for pad in lijst:
            velden = client.get(pad).context["form"].fields
            antwoord = client.post(pad, dict.fromkeys(velden, KWAAD))
            assert (pad, antwoord.status_code) == (pad, 422)
            assert "<script>" not in tekst(antwoord)
            assert VEILIG in tekst(antwoord)


def test_an_older_form_hears_what_changed_and_takes_what_it_left_alone(
    mensen: Mensen, als: Als, dossier: Dossier
) -> None:
    """Two people change different fields of one measure: both changes live, after the second one looked."""
    pad = "/maatregelen/2024-2-03/wijzigen/"
    basis = {**MAATREGEL, "titel": dossier.maatregel.titel, "toelichting": "", "versie": "1"}
    van_collega = {**basis, "soort": "pilot", "voorwaarde": "Als er geld is", "toelichting": "Van de collega"}
    del van_collega["geaccordeerd"]
    assert als(mensen.collega).post(pad, van_collega).status_code == 302
    antwoord = als(mensen.eigen).post(pad, {**basis, "titel": "Mijn titel", "toelichting": "Van mij"})
    pagina = tekst(antwoord)
    assert antwoord.status_code == 409
    # The moment is that of the database, whatever the clock of the test says.
    gewijzigd_op = Maatregel.pgh_event_model.objects.latest("pgh_created_at").pgh_created_at  # type: ignore[attr-defined]
    assert f"Collega wijzigde dit op {datum(timezone.localdate(gewijzigd_op))}" in pagina
    for rij in (
        '<th scope="row">Soort</th><td>besluit</td><td>pilot</td>',
        '<th scope="row">Geaccordeerd</th><td>ja</td><td>nee</td>',
        '<th scope="row">Voorwaarde</th><td>leeg</td><td>Als er geld is</td>',
        '<th scope="row">Toelichting</th><td>leeg</td><td>Van de collega</td>',
    ):
        assert rij in pagina
    form = antwoord.context["form"]
    assert {naam: form[naam].value() for naam in ("titel", "soort", "voorwaarde", "toelichting", "versie")} == {
        "titel": "Mijn titel", "soort": "pilot", "voorwaarde": "Als er geld is", "toelichting": "Van mij",
        "versie": "2",
    }  # fmt: skip
    assert form["geaccordeerd"].value() is False
    assert Maatregel.objects.get(code="2024-2-03").titel == dossier.maatregel.titel
    opnieuw = {veld.name: veld.value() for veld in form if veld.value() not in (None, False)}
    assert als(mensen.eigen).post(pad, opnieuw).status_code == 302
    vers = Maatregel.objects.get(code="2024-2-03")
    assert (vers.titel, vers.soort, vers.voorwaarde, vers.toelichting, vers.geaccordeerd, vers.versie) == (
        "Mijn titel", "pilot", "Als er geld is", "Van mij", False, 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wie", "pad", "gegevens", "getypt"),
    [
        ("secretariaat", "/agendas/2024/wijzigen/", {**AGENDA, "titel": "Van mij"}, "Van mij"),
        ("secretariaat", "/pijlers/{pijler}/wijzigen/", {**PIJLER, "titel": "Van mij"}, "Van mij"),
        (
            "eigen",
            "/mijlpalen/{mijlpaal}/wijzigen/",
            {**MIJLPAAL, "omschrijving": "Van mij", "reden": "Zo is besloten."},
            "Van mij",
        ),
        ("secretariaat", "/cijfers/bezetting/wijzigen/", {"naam": "Van mij", "eenheid": "x"}, "Van mij"),
        ("secretariaat", "/metingen/{meting}/wijzigen/", {**METING, "bron": "Van mij"}, "Van mij"),
        ("beheerder", "/organisaties/szw/wijzigen/", {**ORGANISATIE, "naam": "Van mij"}, "Van mij"),
    ],
)
def test_every_edit_form_guards_its_version(
    mensen: Mensen, als: Als, dossier: Dossier, wie: str, pad: str, gegevens: dict[str, str], getypt: str
) -> None:
    pad = pad.format(pijler=dossier.pijler.pk, mijlpaal=dossier.mijlpaal.pk, meting=dossier.meting.pk)
    for model in (Agenda, type(dossier.pijler), type(dossier.mijlpaal), Indicator, Meting, Organisatie):
        model._default_manager.update(versie=5)
    vooraf = afdruk()
    antwoord = als(getattr(mensen, wie)).post(pad, {**gegevens, "versie": "4"})
    assert antwoord.status_code == 409
    assert f'value="{getypt}"' in tekst(antwoord)
    assert antwoord.context["form"]["versie"].value() == "5"
    assert afdruk() == vooraf
    assert als(getattr(mensen, wie)).post(pad, {**gegevens, "versie": "5"}).status_code == 302


def test_the_beheerder_keeps_up_people(mensen: Mensen, als: Als) -> None:
    client = als(mensen.beheerder)
    antwoord = client.post("/personen/nieuw/", PERSOON)
    persoon = Persoon.objects.get(email="nieuw@voorbeeld.nl")
    pad = f"/personen/{persoon.pk}/"
    assert antwoord["Location"] == pad
    assert "nog geen wachtwoord en kan niet inloggen" in tekst(client.get(pad))
    antwoord = client.post(pad, {"wachtwoord": "tijdelijk"})
    (wachtwoord,) = re.findall(r'<code class="wachtwoord">([^<]+)</code>', tekst(antwoord))
    persoon.refresh_from_db()
    assert persoon.check_password(wachtwoord)
    assert "no-store" in antwoord["Cache-Control"]
    assert wachtwoord not in tekst(client.get(pad))
    rol = {"organisatie": str(mensen.organisatie.pk), "rol": "dossierhouder", "vanaf": "2026-12-01"}
    for fout in ({"organisatie": "999999"}, {"rol": "baas"}, {"vanaf": "31-02-2026"}):
        antwoord = client.post(pad, {**rol, **fout})
        assert (fout, antwoord.status_code) == (fout, 422)
        assert "Dit is nog niet opgeslagen." in tekst(antwoord)
    assert client.post(pad, rol).status_code == 302
    assert client.post(pad, rol).status_code == 422
    lid = Lidmaatschap.objects.get(persoon=persoon)
    for fout, code in (
        ({"tot": "2026-11-30"}, 422), ({"tot": ""}, 422), ({"lidmaatschap": "x"}, 404),
        ({"lidmaatschap": str(mensen.eigen.lidmaatschappen.get().pk)}, 404),
    ):  # fmt: skip
        antwoord = client.post(pad, {"lidmaatschap": str(lid.pk), "tot": "2026-12-31", **fout})
        assert (fout, antwoord.status_code) == (fout, code)
    assert client.post(pad, {"lidmaatschap": str(lid.pk), "tot": "2026-12-31"}).status_code == 302
    assert Lidmaatschap.objects.get(pk=lid.pk).tot == datetime.date(2026, 12, 31)
    gezien = {"gezien_email": "nieuw@voorbeeld.nl", "gezien_functie": "Nieuwe collega", "gezien_actief": "ja"}
    assert client.post(pad, {"functie": "Anders", "email": "nieuw@voorbeeld.nl", **gezien}).status_code == 302
    persoon.refresh_from_db()
    assert (persoon.functie, persoon.is_active) == ("Anders", False)
    antwoord = client.post(pad, {"functie": "Van mij", "email": "nieuw@voorbeeld.nl", **gezien})
    assert (antwoord.status_code, 'value="Van mij"' in tekst(antwoord)) == (409, True)
    assert "Nu staat er: Anders, nieuw@voorbeeld.nl, niet actief." in tekst(antwoord)
    assert antwoord.context["form"]["gezien_functie"].value() == "Anders"


def test_the_list_of_people_asks_the_same_number_of_queries(
    mensen: Mensen, als: Als, django_assert_num_queries: Any
) -> None:
    client = als(mensen.beheerder)
    for _ in range(2):
        with django_assert_num_queries(5):
            inhoud = tekst(client.get("/personen/"))
        for n in range(3):
            Lidmaatschap.objects.create(
                persoon=Persoon.objects.create_user(f"p{_}{n}@voorbeeld.nl", functie="P"),
                organisatie=mensen.ander, rol="lezer", vanaf=datetime.date(2026, 1, 1),
            )  # fmt: skip
    assert "geen rol: ziet niets" in inhoud


def test_everybody_replaces_the_own_password(mensen: Mensen, als: Als) -> None:
    mensen.partner.set_password("een-oud-wachtwoord")
    mensen.partner.save()
    client, elders = als(mensen.partner), als(mensen.partner)
    goed = {
        "old_password": "een-oud-wachtwoord",
        "new_password1": "paars-fiets-9-lamp",
        "new_password2": "paars-fiets-9-lamp",
    }
    for fout in (
        {"old_password": "x"}, {"new_password2": "anders"}, {"new_password1": "kort", "new_password2": "kort"},
        {"new_password1": "partner@voorbeeld.nl", "new_password2": "partner@voorbeeld.nl"},
    ):  # fmt: skip
        antwoord = client.post("/mijn/wachtwoord/", {**goed, **fout})
        assert (fout, antwoord.status_code) == (fout, 422)
        assert "paars-fiets" not in tekst(antwoord)
    assert client.post("/mijn/wachtwoord/", goed)["Location"] == "/mijn/"
    assert client.get("/mijn/").status_code == 200
    assert elders.get("/mijn/").status_code == 302
    assert Persoon.objects.get(pk=mensen.partner.pk).check_password("paars-fiets-9-lamp")
