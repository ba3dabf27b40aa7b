"""Records of the table for tests, each valid by itself; a test names only what it is about."""

import datetime

import factory
from factory.django import DjangoModelFactory

from regietafel.models import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Deelname,
    Inbreng,
    Reeks,
    Terugkoppeling,
    Vergadering,
)
from tests.factories import AfgeschermdFactory

DAG = datetime.date(2026, 3, 18)


class ReeksFactory(DjangoModelFactory[Reeks]):
    class Meta:
        model = Reeks

    slug = factory.Sequence(lambda n: f"reeks-{n}")
    naam = factory.Sequence(lambda n: f"Regietafel {n}")
    afkorting = "LRT"


class VergaderingFactory(AfgeschermdFactory[Vergadering]):
    """A meeting that was held on 18 March 2026; its minutes are a draft."""

    class Meta:
        model = Vergadering

    slug = factory.Sequence(lambda n: f"lrt-{n}")
    titel = factory.Sequence(lambda n: f"Landelijke Regietafel {n}")
    datum = DAG
    documentdatum = factory.LazyAttribute(lambda o: o.datum - datetime.timedelta(days=7) if o.datum else None)
    bekend_vanaf = datetime.date(2026, 1, 5)
    staat = "verslag_concept"


class DeelnameFactory(DjangoModelFactory[Deelname]):
    class Meta:
        model = Deelname

    vergadering = factory.SubFactory(VergaderingFactory)
    naam = factory.Sequence(lambda n: f"Deelnemer {n}")
    volgorde = factory.Sequence(int)


class AgendapuntFactory(AfgeschermdFactory[Agendapunt]):
    class Meta:
        model = Agendapunt

    vergadering = factory.SubFactory(VergaderingFactory)
    volgorde = factory.Sequence(lambda n: n + 1)
    titel = factory.Sequence(lambda n: f"Punt {n}")
    doel = "bespreken"


class InbrengFactory(DjangoModelFactory[Inbreng]):
    class Meta:
        model = Inbreng

    agendapunt = factory.SubFactory(AgendapuntFactory)
    spreker = "VNG"
    soort = "standpunt"
    tekst = factory.Sequence(lambda n: f"Inbreng {n}")


class BesluitFactory(DjangoModelFactory[Besluit]):
    class Meta:
        model = Besluit

    agendapunt = factory.SubFactory(AgendapuntFactory)
    code = factory.Sequence(lambda n: f"lrt-b{n:02}")
    soort = "besluit"
    tekst = factory.Sequence(lambda n: f"Besluit {n}")


class TerugkoppelingFactory(DjangoModelFactory[Terugkoppeling]):
    class Meta:
        model = Terugkoppeling

    besluit = factory.SubFactory(BesluitFactory)


class ActiepuntFactory(DjangoModelFactory[Actiepunt]):
    """An agreed action with a day; `wie_tekst` and `organisatie` are empty: nobody's."""

    class Meta:
        model = Actiepunt

    agendapunt = factory.SubFactory(AgendapuntFactory)
    code = factory.Sequence(lambda n: f"lrt-a{n:02}")
    wat = factory.Sequence(lambda n: f"Actie {n}")
    termijn_tekst = "voor 1 juni 2026"
    einde = datetime.date(2026, 5, 31)
    precisie = "dag"
    relatie = "voor"
    peildatum = DAG
