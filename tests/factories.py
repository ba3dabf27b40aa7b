"""Records for tests, each valid by itself; a test names only what it is about."""

import datetime
from typing import Any, TypeVar

import factory
from factory.django import DjangoModelFactory

from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Status,
    Statuswijziging,
    Tijdsaanduiding,
    Zichtniveau,
)

Stuk = TypeVar("Stuk")


class AfgeschermdFactory(DjangoModelFactory[Stuk]):
    """A record of which the database says for whom it is: read back, as everybody who did not just write it does."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        stuk = super()._create(model_class, *args, **kwargs)
        stuk.refresh_from_db(fields=["zicht", "zicht_voor", "stil_tot", "stil_voor"])
        return stuk


class OrganisatieFactory(DjangoModelFactory[Organisatie]):
    class Meta:
        model = Organisatie

    afkorting = factory.Sequence(lambda n: f"ORG{n}")
    naam = factory.LazyAttribute(lambda o: f"Organisatie {o.afkorting}")
    slug = factory.LazyAttribute(lambda o: o.afkorting.lower())
    soort = "ministerie"
    is_rijk = factory.LazyAttribute(lambda o: o.soort in ("ministerie", "onderdeel"))


class PersoonFactory(DjangoModelFactory[Persoon]):
    class Meta:
        model = Persoon

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.nl")
    functie = factory.Sequence(lambda n: f"Medewerker {n}")


class LidmaatschapFactory(DjangoModelFactory[Lidmaatschap]):
    class Meta:
        model = Lidmaatschap

    persoon = factory.SubFactory(PersoonFactory)
    organisatie = factory.SubFactory(OrganisatieFactory)
    rol = "dossierhouder"
    vanaf = datetime.date(2020, 1, 1)


class AgendaFactory(AfgeschermdFactory[Agenda]):
    class Meta:
        model = Agenda

    slug = factory.Sequence(lambda n: f"agenda-{n}")
    titel = factory.Sequence(lambda n: f"Agenda {n}")
    soort = "gezamenlijk"
    staat = "vastgesteld"
    documentdatum = datetime.date(2024, 9, 26)
    geldt_vanaf = factory.SelfAttribute("documentdatum")
    is_lopend = True
    # For everybody who takes part, as most tests mean.
    zichtbaarheid = Zichtniveau.REGIETAFEL
    publicatie = "vastgesteld"


class PijlerFactory(AfgeschermdFactory[Pijler]):
    class Meta:
        model = Pijler

    agenda = factory.SubFactory(AgendaFactory)
    nummer = factory.Sequence(str)
    volgorde = factory.Sequence(lambda n: n)
    titel = factory.LazyAttribute(lambda o: f"Pijler {o.nummer}")


class MaatregelFactory(AfgeschermdFactory[Maatregel]):
    """A measure with its first row of history; `trekker=` gives it a responsible organisation."""

    class Meta:
        model = Maatregel
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"m-{n}")
    pijler = factory.SubFactory(PijlerFactory)
    volgorde = factory.Sequence(lambda n: n)
    titel = factory.LazyAttribute(lambda o: f"Maatregel {o.code}")
    soort = "besluit"
    publicatie = "vastgesteld"
    geldt_vanaf = factory.LazyAttribute(lambda o: o.pijler.agenda.geldt_vanaf)
    status = Status.AANGEKONDIGD

    @factory.post_generation
    def eerste_status(obj: Maatregel, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        """The row by which every measure starts."""
        if create:
            Statuswijziging.objects.create(
                maatregel=obj,
                van=None,
                naar=obj.status,
                per=obj.geldt_vanaf,
                toelichting="Zo staat het in het document.",
            )

    @factory.post_generation
    def trekker(obj: Maatregel, create: bool, extracted: Organisatie | None, **kwargs: Any) -> None:  # noqa: N805
        """The organisation that is responsible."""
        if create and extracted:
            BetrokkenheidFactory(maatregel=obj, organisatie=extracted)


class BetrokkenheidFactory(DjangoModelFactory[Betrokkenheid]):
    class Meta:
        model = Betrokkenheid

    maatregel = factory.SubFactory(MaatregelFactory)
    organisatie = factory.SubFactory(OrganisatieFactory)
    rol = "verantwoordelijk"
    herkomst = "genoemd"
    vanaf = factory.LazyAttribute(lambda o: o.maatregel.geldt_vanaf)


class MijlpaalFactory(AfgeschermdFactory[Mijlpaal]):
    class Meta:
        model = Mijlpaal

    maatregel = factory.SubFactory(MaatregelFactory)
    omschrijving = "Verdeelbesluit genomen"
    termijn_tekst = "voor 31 december 2024"
    einde = datetime.date(2024, 12, 30)
    precisie = "dag"
    relatie = "voor"
    peildatum = factory.LazyAttribute(lambda o: o.maatregel.geldt_vanaf)


class TijdsaanduidingFactory(DjangoModelFactory[Tijdsaanduiding]):
    class Meta:
        model = Tijdsaanduiding

    maatregel = factory.SubFactory(MaatregelFactory)
    termijn_tekst = "per direct"
    precisie = "vaag"
    relatie = "op"
    peildatum = factory.LazyAttribute(lambda o: o.maatregel.geldt_vanaf)
