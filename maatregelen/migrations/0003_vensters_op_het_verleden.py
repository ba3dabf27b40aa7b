"""The views through which the past is seen; see maatregelen/tijdreis/vensters.py."""

from pathlib import Path

from django.db import migrations

from maatregelen.tijdreis import vensters

TEKST = Path(vensters.__file__).with_name("0003.sql")


class Migration(migrations.Migration):
    dependencies = [("maatregelen", "0002_termijnen_en_herinneren")]

    operations = [migrations.RunPython(vensters.aanbrengen(TEKST), vensters.wegnemen(TEKST))]
