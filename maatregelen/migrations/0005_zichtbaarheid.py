"""Who something is for: levels, embargoes, publication; reactions; and the views that hold what somebody may see."""

from pathlib import Path
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from maatregelen import blikveld
from maatregelen.blikveld import vensters as blikvensters
from maatregelen.tijdreis import vensters

TIJDREIS = Path(vensters.__file__).parent
BLIKVELD = Path(blikveld.__file__).parent

# What holds of a row within a whole: never wider than either. `a` is the whole, `b` what the row wants; without a level
# of its own it is as the whole. Whose it is stays with who may see the whole, else it is nobody's: the secretariaat's.
BINNEN = """CREATE OR REPLACE FUNCTION regiemonitor_binnen(
    a_zicht integer, a_voor bigint, a_stil timestamptz, a_stil_voor bigint,
    b_zicht integer, b_voor bigint, b_stil timestamptz, b_stil_voor bigint,
    OUT zicht integer, OUT voor bigint, OUT stil_tot timestamptz, OUT stil_voor bigint
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    zicht := LEAST(a_zicht, b_zicht);
    -- Kept by two organisations to themselves: only who belongs to both, and that does not pass.
    IF a_zicht = 0 AND b_zicht = 0 AND b_voor IS DISTINCT FROM a_voor THEN
        voor := b_voor;
        stil_tot := '9999-12-31 00:00+00';
        stil_voor := a_voor;
        RETURN;
    END IF;
    voor := CASE
        WHEN b_zicht IS NULL OR b_zicht > a_zicht THEN a_voor
        WHEN b_voor IS NOT DISTINCT FROM a_voor OR a_zicht >= 2 THEN b_voor
        WHEN a_zicht = 1 AND EXISTS (SELECT 1 FROM public.maatregelen_organisatie o WHERE o.id = b_voor AND o.is_rijk)
            THEN b_voor
        WHEN b_zicht = a_zicht AND a_zicht = 1
            AND EXISTS (SELECT 1 FROM public.maatregelen_organisatie o WHERE o.id = a_voor AND o.is_rijk) THEN a_voor
    END;
    stil_tot := GREATEST(a_stil, b_stil);
    stil_voor := CASE
        WHEN b_stil IS NULL THEN a_stil_voor
        WHEN a_stil IS NULL OR a_stil_voor IS NOT DISTINCT FROM b_stil_voor THEN b_stil_voor
    END;
END $$"""


def zet_wat_was(apps: Any, schema_editor: Any) -> None:
    """Whoever was signed in saw everything: so it stays, but for documents that came with the product.

    What was adopted says so; what follows, triggers fill in.
    """
    for tekst in (
        "UPDATE maatregelen_agenda SET zichtbaarheid = CASE WHEN bronwaarden = '{}' THEN 2"
        " WHEN slug IN ('2018', '2026') THEN 3 WHEN slug = '2023' THEN 1 ELSE 2 END,"
        " publicatie = CASE WHEN staat = 'vastgesteld' THEN 'vastgesteld' ELSE 'concept' END",
        "UPDATE maatregelen_maatregel m SET publicatie = a.publicatie FROM maatregelen_pijler p"
        " JOIN maatregelen_agenda a ON a.id = p.agenda_id WHERE p.id = m.pijler_id",
    ):
        schema_editor.execute(tekst)



class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0004_rollen_en_sleutels'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, vensters.aanbrengen(TIJDREIS / "0004_organisatie.sql")),
        migrations.RunPython(migrations.RunPython.noop, vensters.aanbrengen(TIJDREIS / "0003.sql")),
        migrations.RunSQL(BINNEN, "DROP FUNCTION regiemonitor_binnen"),
        migrations.CreateModel(
            name='Publicatiebeleid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_openbaar', models.BooleanField(default=True, help_text='Aangevinkt: wie niet is ingelogd ziet wat openbaar en vastgesteld is. Anders ziet die niets.', verbose_name='openbaar deel')),
                ('vier_ogen', models.BooleanField(default=False, help_text='Aangevinkt: wie iets voorlegt kan het niet zelf vaststellen.', verbose_name='vier ogen')),
                ('gewijzigd_op', models.DateTimeField(editable=False, null=True, verbose_name='gewijzigd op')),
                ('gewijzigd_door', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'publicatiebeleid',
                'verbose_name_plural': 'publicatiebeleid',
            },
        ),
        migrations.CreateModel(
            name='PublicatiebeleidEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_openbaar', models.BooleanField(default=True, help_text='Aangevinkt: wie niet is ingelogd ziet wat openbaar en vastgesteld is. Anders ziet die niets.', verbose_name='openbaar deel')),
                ('vier_ogen', models.BooleanField(default=False, help_text='Aangevinkt: wie iets voorlegt kan het niet zelf vaststellen.', verbose_name='vier ogen')),
                ('gewijzigd_op', models.DateTimeField(editable=False, null=True, verbose_name='gewijzigd op')),
                ('gewijzigd_door', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='maatregelen.publicatiebeleid')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Publicatiestap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('van', models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], max_length=12, verbose_name='van')),
                ('naar', models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], max_length=12, verbose_name='naar')),
                ('toelichting', models.CharField(blank=True, help_text='Waarom, of waarmee.', max_length=250, verbose_name='toelichting')),
                ('vastgelegd_op', models.DateTimeField(default=django.utils.timezone.now, verbose_name='vastgelegd op')),
                ('agenda', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publicatiestappen', to='maatregelen.agenda')),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('maatregel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publicatiestappen', to='maatregelen.maatregel')),
            ],
            options={
                'verbose_name': 'publicatiestap',
                'verbose_name_plural': 'publicatiestappen',
                'ordering': ['vastgelegd_op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PublicatiestapEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('van', models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], max_length=12, verbose_name='van')),
                ('naar', models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], max_length=12, verbose_name='naar')),
                ('toelichting', models.CharField(blank=True, help_text='Waarom, of waarmee.', max_length=250, verbose_name='toelichting')),
                ('vastgelegd_op', models.DateTimeField(default=django.utils.timezone.now, verbose_name='vastgelegd op')),
                ('agenda', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.agenda')),
                ('door', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('maatregel', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.maatregel')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='maatregelen.publicatiestap')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reactie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop dit hier is vastgelegd.', verbose_name='vastgelegd op')),
                ('gewijzigd_op', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, help_text='Moment waarop de inhoud voor het laatst is gewijzigd.', verbose_name='gewijzigd op')),
                ('versie', models.PositiveIntegerField(default=1, editable=False, help_text='Telt elke wijziging; wie een oudere versie voor zich heeft, overschrijft niets.', verbose_name='versie')),
                ('bronwaarden', models.JSONField(default=dict, editable=False, verbose_name='waarden uit de bron')),
                ('zichtbaarheid', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
                ('embargo_tot', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('zicht', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('stil_tot', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('soort', models.CharField(choices=[('reactie', 'reactie'), ('afwijkend', 'afwijkend standpunt')], default='reactie', help_text='Een afwijkend standpunt staat overal naast de officiële status, ook in stukken.', max_length=10, verbose_name='soort')),
                ('tekst', models.TextField(help_text='Wat de organisatie ervan vindt, in eigen woorden.', verbose_name='tekst')),
                ('ingetrokken_op', models.DateTimeField(editable=False, null=True, verbose_name='ingetrokken op')),
                ('intrekreden', models.CharField(blank=True, editable=False, max_length=250, verbose_name='waarom ingetrokken')),
                ('afgeschermd_voor', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('door', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('maatregel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reacties', to='maatregelen.maatregel')),
                ('organisatie', models.ForeignKey(help_text='Namens wie.', on_delete=django.db.models.deletion.PROTECT, related_name='reacties', to='maatregelen.organisatie')),
                ('stil_voor', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht_voor', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
            ],
            options={
                'verbose_name': 'reactie',
                'verbose_name_plural': 'reacties',
                'ordering': ['aangemaakt_op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReactieEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop dit hier is vastgelegd.', verbose_name='vastgelegd op')),
                ('gewijzigd_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop de inhoud voor het laatst is gewijzigd.', verbose_name='gewijzigd op')),
                ('versie', models.PositiveIntegerField(default=1, editable=False, help_text='Telt elke wijziging; wie een oudere versie voor zich heeft, overschrijft niets.', verbose_name='versie')),
                ('bronwaarden', models.JSONField(default=dict, editable=False, verbose_name='waarden uit de bron')),
                ('zichtbaarheid', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
                ('embargo_tot', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('zicht', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('stil_tot', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('soort', models.CharField(choices=[('reactie', 'reactie'), ('afwijkend', 'afwijkend standpunt')], default='reactie', help_text='Een afwijkend standpunt staat overal naast de officiële status, ook in stukken.', max_length=10, verbose_name='soort')),
                ('tekst', models.TextField(help_text='Wat de organisatie ervan vindt, in eigen woorden.', verbose_name='tekst')),
                ('ingetrokken_op', models.DateTimeField(editable=False, null=True, verbose_name='ingetrokken op')),
                ('intrekreden', models.CharField(blank=True, editable=False, max_length=250, verbose_name='waarom ingetrokken')),
                ('afgeschermd_voor', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('door', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('maatregel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.maatregel')),
                ('organisatie', models.ForeignKey(db_constraint=False, help_text='Namens wie.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='maatregelen.reactie')),
                ('stil_voor', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht_voor', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
            ],
            options={
                'abstract': False,
            },
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agenda',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agenda',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agenda',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='maatregel',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='maatregel',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='maatregel',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='mijlpaal',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='mijlpaal',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='mijlpaal',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='pijler',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='pijler',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='pijler',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='agenda',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('publicatie', 'publicatie', "varchar(12) NOT NULL DEFAULT 'concept'", models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], default='concept', editable=False, help_text='Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.', max_length=12, verbose_name='publicatie')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NOT NULL DEFAULT 0 CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], default=0, help_text='Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.', verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='agendaevent',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('publicatie', 'publicatie', "varchar(12) NOT NULL DEFAULT 'concept'", models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], default='concept', editable=False, help_text='Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.', max_length=12, verbose_name='publicatie')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NOT NULL DEFAULT 0 CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], default=0, help_text='Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.', verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='maatregel',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('interne_velden', 'interne_velden', "varchar(20)[] NOT NULL DEFAULT '{}'", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('toelichting', 'de toelichting'), ('voorwaarde', 'de voorwaarde'), ('voortgang', 'de voortgang en de zin daarbij')], max_length=20), blank=True, default=list, help_text='Onderdelen die partners en publiek niet zien, ook als zij de maatregel zien.', size=None, verbose_name='alleen voor het Rijk')),
                ('publicatie', 'publicatie', "varchar(12) NOT NULL DEFAULT 'concept'", models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], default='concept', editable=False, help_text='Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.', max_length=12, verbose_name='publicatie')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='maatregelevent',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('interne_velden', 'interne_velden', "varchar(20)[] NOT NULL DEFAULT '{}'", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('toelichting', 'de toelichting'), ('voorwaarde', 'de voorwaarde'), ('voortgang', 'de voortgang en de zin daarbij')], max_length=20), blank=True, default=list, help_text='Onderdelen die partners en publiek niet zien, ook als zij de maatregel zien.', size=None, verbose_name='alleen voor het Rijk')),
                ('publicatie', 'publicatie', "varchar(12) NOT NULL DEFAULT 'concept'", models.CharField(choices=[('concept', 'concept'), ('voorgelegd', 'voorgelegd'), ('vastgesteld', 'vastgesteld')], default='concept', editable=False, help_text='Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.', max_length=12, verbose_name='publicatie')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='mijlpaal',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='mijlpaalevent',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='pijler',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='pijlerevent',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NULL CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], help_text='Leeg: zoals het geheel waar het bij hoort. Anders alleen strenger.', null=True, verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func="r := regiemonitor_binnen(3, NEW.houder_id, NULL, NULL, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NEW.houder_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NEW.houder_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; IF NEW.publicatie <> 'vastgesteld' THEN NEW.zicht := LEAST(NEW.zicht, 2); END IF; RETURN NEW;", hash='1c7436240905947521950ef580d32537e3dd7528', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "houder_id", "publicatie"', pgid='pgtrigger_zicht_volgt_d18ba', table='maatregelen_agenda', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.zicht IS DISTINCT FROM NEW.zicht OR OLD.zicht_voor_id IS DISTINCT FROM NEW.zicht_voor_id OR OLD.stil_tot IS DISTINCT FROM NEW.stil_tot OR OLD.stil_voor_id IS DISTINCT FROM NEW.stil_voor_id)', func='IF EXISTS (SELECT 1 FROM maatregelen_pijler WHERE agenda_id = NEW.id) THEN UPDATE maatregelen_pijler SET zicht = zicht WHERE agenda_id = NEW.id; END IF; RETURN NULL;', hash='dec6fafae7d4551c94b41a8bf0ec9f40c7c2d750', operation='UPDATE', pgid='pgtrigger_zicht_deelt_1ad99', table='maatregelen_agenda', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_agendaevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronbestand", "bronwaarden", "datum_basis", "documentdatum", "embargo_tot", "geldt_vanaf", "gewijzigd_op", "houder_id", "id", "is_lopend", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicatie", "schatting_tot", "schatting_van", "slug", "soort", "soort_tekst", "staat", "staat_tekst", "stil_tot", "stil_voor_id", "titel", "titel_bron", "toelichting", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bronbestand", new_values."bronwaarden", new_values."datum_basis", new_values."documentdatum", new_values."embargo_tot", new_values."geldt_vanaf", new_values."gewijzigd_op", new_values."houder_id", new_values."id", new_values."is_lopend", new_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."publicatie", new_values."schatting_tot", new_values."schatting_van", new_values."slug", new_values."soort", new_values."soort_tekst", new_values."staat", new_values."staat_tekst", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."titel_bron", new_values."toelichting", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1932e0d56b8022bdbed5b4ce1038642388815165', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_82cfd', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_agenda', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_agendaevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronbestand", "bronwaarden", "datum_basis", "documentdatum", "embargo_tot", "geldt_vanaf", "gewijzigd_op", "houder_id", "id", "is_lopend", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicatie", "schatting_tot", "schatting_van", "slug", "soort", "soort_tekst", "staat", "staat_tekst", "stil_tot", "stil_voor_id", "titel", "titel_bron", "toelichting", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bronbestand", new_values."bronwaarden", new_values."datum_basis", new_values."documentdatum", new_values."embargo_tot", new_values."geldt_vanaf", new_values."gewijzigd_op", new_values."houder_id", new_values."id", new_values."is_lopend", new_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."publicatie", new_values."schatting_tot", new_values."schatting_van", new_values."slug", new_values."soort", new_values."soort_tekst", new_values."staat", new_values."staat_tekst", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."titel_bron", new_values."toelichting", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ef0fe99c7017c7e073c027cd390f147b626427e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_eada5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_agenda', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_agendaevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronbestand", "bronwaarden", "datum_basis", "documentdatum", "embargo_tot", "geldt_vanaf", "gewijzigd_op", "houder_id", "id", "is_lopend", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicatie", "schatting_tot", "schatting_van", "slug", "soort", "soort_tekst", "staat", "staat_tekst", "stil_tot", "stil_voor_id", "titel", "titel_bron", "toelichting", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."bronbestand", old_values."bronwaarden", old_values."datum_basis", old_values."documentdatum", old_values."embargo_tot", old_values."geldt_vanaf", old_values."gewijzigd_op", old_values."houder_id", old_values."id", old_values."is_lopend", old_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."publicatie", old_values."schatting_tot", old_values."schatting_van", old_values."slug", old_values."soort", old_values."soort_tekst", old_values."staat", old_values."staat_tekst", old_values."stil_tot", old_values."stil_voor_id", old_values."titel", old_values."titel_bron", old_values."toelichting", old_values."versie", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7b730bf2affad6b23a7e5df52abcd588943014b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f5de8', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_agenda', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func="SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_pijler WHERE id = NEW.pijler_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; IF NEW.bovenliggend_id IS NOT NULL THEN SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_maatregel WHERE id = NEW.bovenliggend_id FOR SHARE; r := regiemonitor_binnen(NEW.zicht, NEW.zicht_voor_id, NEW.stil_tot, NEW.stil_voor_id, o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; END IF; IF NEW.publicatie <> 'vastgesteld' THEN NEW.zicht := LEAST(NEW.zicht, 2); END IF; RETURN NEW;", hash='330ada5dcf26e19fbeeb5e22b7489653070a472d', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "pijler_id", "bovenliggend_id", "publicatie"', pgid='pgtrigger_zicht_volgt_35653', table='maatregelen_maatregel', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.zicht IS DISTINCT FROM NEW.zicht OR OLD.zicht_voor_id IS DISTINCT FROM NEW.zicht_voor_id OR OLD.stil_tot IS DISTINCT FROM NEW.stil_tot OR OLD.stil_voor_id IS DISTINCT FROM NEW.stil_voor_id)', func='IF EXISTS (SELECT 1 FROM maatregelen_maatregel WHERE bovenliggend_id = NEW.id) THEN UPDATE maatregelen_maatregel SET zicht = zicht WHERE bovenliggend_id = NEW.id; END IF; IF EXISTS (SELECT 1 FROM maatregelen_mijlpaal WHERE maatregel_id = NEW.id) THEN UPDATE maatregelen_mijlpaal SET zicht = zicht WHERE maatregel_id = NEW.id; END IF; IF EXISTS (SELECT 1 FROM maatregelen_reactie WHERE maatregel_id = NEW.id) THEN UPDATE maatregelen_reactie SET zicht = zicht WHERE maatregel_id = NEW.id; END IF; RETURN NULL;', hash='5c60dfe5b51381a259c3e72e2af7c24d588c4154', operation='UPDATE', pgid='pgtrigger_zicht_deelt_eadd2', table='maatregelen_maatregel', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_maatregelevent" ("aangemaakt_op", "aard", "afgeschermd_voor_id", "bovenliggend_id", "bronwaarden", "code", "embargo_tot", "geaccordeerd", "geldt_vanaf", "gewijzigd_op", "id", "interne_velden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pijler_id", "publicatie", "regel_tot", "regel_van", "soort", "status", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "verwijzingen", "volgorde", "voortgang", "voortgang_door_id", "voortgang_op", "voortgang_toelichting", "voorwaarde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."aard", new_values."afgeschermd_voor_id", new_values."bovenliggend_id", new_values."bronwaarden", new_values."code", new_values."embargo_tot", new_values."geaccordeerd", new_values."geldt_vanaf", new_values."gewijzigd_op", new_values."id", new_values."interne_velden", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."pijler_id", new_values."publicatie", new_values."regel_tot", new_values."regel_van", new_values."soort", new_values."status", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."versie", new_values."verwijzingen", new_values."volgorde", new_values."voortgang", new_values."voortgang_door_id", new_values."voortgang_op", new_values."voortgang_toelichting", new_values."voorwaarde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9ee221808056903c9281212069880007a501cb8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bda84', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_maatregel', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_maatregelevent" ("aangemaakt_op", "aard", "afgeschermd_voor_id", "bovenliggend_id", "bronwaarden", "code", "embargo_tot", "geaccordeerd", "geldt_vanaf", "gewijzigd_op", "id", "interne_velden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pijler_id", "publicatie", "regel_tot", "regel_van", "soort", "status", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "verwijzingen", "volgorde", "voortgang", "voortgang_door_id", "voortgang_op", "voortgang_toelichting", "voorwaarde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."aard", new_values."afgeschermd_voor_id", new_values."bovenliggend_id", new_values."bronwaarden", new_values."code", new_values."embargo_tot", new_values."geaccordeerd", new_values."geldt_vanaf", new_values."gewijzigd_op", new_values."id", new_values."interne_velden", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."pijler_id", new_values."publicatie", new_values."regel_tot", new_values."regel_van", new_values."soort", new_values."status", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."versie", new_values."verwijzingen", new_values."volgorde", new_values."voortgang", new_values."voortgang_door_id", new_values."voortgang_op", new_values."voortgang_toelichting", new_values."voorwaarde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3bb2dd831186390409222f7b4a0dc4cd872b416', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_76b06', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_maatregel', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_maatregelevent" ("aangemaakt_op", "aard", "afgeschermd_voor_id", "bovenliggend_id", "bronwaarden", "code", "embargo_tot", "geaccordeerd", "geldt_vanaf", "gewijzigd_op", "id", "interne_velden", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pijler_id", "publicatie", "regel_tot", "regel_van", "soort", "status", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "verwijzingen", "volgorde", "voortgang", "voortgang_door_id", "voortgang_op", "voortgang_toelichting", "voorwaarde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."aard", old_values."afgeschermd_voor_id", old_values."bovenliggend_id", old_values."bronwaarden", old_values."code", old_values."embargo_tot", old_values."geaccordeerd", old_values."geldt_vanaf", old_values."gewijzigd_op", old_values."id", old_values."interne_velden", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."pijler_id", old_values."publicatie", old_values."regel_tot", old_values."regel_van", old_values."soort", old_values."status", old_values."stil_tot", old_values."stil_voor_id", old_values."titel", old_values."toelichting", old_values."versie", old_values."verwijzingen", old_values."volgorde", old_values."voortgang", old_values."voortgang_door_id", old_values."voortgang_op", old_values."voortgang_toelichting", old_values."voorwaarde", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d4f487f717b3bf0a44584f0eb2f5a98c45a9f1b6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_af8cb', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_maatregel', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='mijlpaal',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func='SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_maatregel WHERE id = NEW.maatregel_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; RETURN NEW;', hash='dcac914a384810c434b8ddef6d08c96fff1d0688', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "maatregel_id"', pgid='pgtrigger_zicht_volgt_e4d9f', table='maatregelen_mijlpaal', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='mijlpaal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_mijlpaalevent" ("aangemaakt_op", "afgeschermd_voor_id", "begin", "behaald_bewijs", "behaald_door_id", "behaald_op", "bron", "bron_id", "bronwaarden", "cyclus", "duur", "einde", "embargo_tot", "gebeurtenis", "gewijzigd_op", "hardheid", "herhaling", "id", "maatregel_id", "na_fase", "na_mijlpaal_id", "omschrijving", "peildatum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precisie", "regel_tot", "regel_van", "relatie", "stil_tot", "stil_voor_id", "termijn_tekst", "toelichting", "versie", "voor_wie", "vorige_id", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."begin", new_values."behaald_bewijs", new_values."behaald_door_id", new_values."behaald_op", new_values."bron", new_values."bron_id", new_values."bronwaarden", new_values."cyclus", new_values."duur", new_values."einde", new_values."embargo_tot", new_values."gebeurtenis", new_values."gewijzigd_op", new_values."hardheid", new_values."herhaling", new_values."id", new_values."maatregel_id", new_values."na_fase", new_values."na_mijlpaal_id", new_values."omschrijving", new_values."peildatum", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."precisie", new_values."regel_tot", new_values."regel_van", new_values."relatie", new_values."stil_tot", new_values."stil_voor_id", new_values."termijn_tekst", new_values."toelichting", new_values."versie", new_values."voor_wie", new_values."vorige_id", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1c2d882df07181f9f8df28829102e0ec2a4418b7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_810ab', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_mijlpaal', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='mijlpaal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_mijlpaalevent" ("aangemaakt_op", "afgeschermd_voor_id", "begin", "behaald_bewijs", "behaald_door_id", "behaald_op", "bron", "bron_id", "bronwaarden", "cyclus", "duur", "einde", "embargo_tot", "gebeurtenis", "gewijzigd_op", "hardheid", "herhaling", "id", "maatregel_id", "na_fase", "na_mijlpaal_id", "omschrijving", "peildatum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precisie", "regel_tot", "regel_van", "relatie", "stil_tot", "stil_voor_id", "termijn_tekst", "toelichting", "versie", "voor_wie", "vorige_id", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."begin", new_values."behaald_bewijs", new_values."behaald_door_id", new_values."behaald_op", new_values."bron", new_values."bron_id", new_values."bronwaarden", new_values."cyclus", new_values."duur", new_values."einde", new_values."embargo_tot", new_values."gebeurtenis", new_values."gewijzigd_op", new_values."hardheid", new_values."herhaling", new_values."id", new_values."maatregel_id", new_values."na_fase", new_values."na_mijlpaal_id", new_values."omschrijving", new_values."peildatum", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."precisie", new_values."regel_tot", new_values."regel_van", new_values."relatie", new_values."stil_tot", new_values."stil_voor_id", new_values."termijn_tekst", new_values."toelichting", new_values."versie", new_values."voor_wie", new_values."vorige_id", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='164502e0de4aab836cba45733440d7c1b523187f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_46143', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_mijlpaal', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='mijlpaal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_mijlpaalevent" ("aangemaakt_op", "afgeschermd_voor_id", "begin", "behaald_bewijs", "behaald_door_id", "behaald_op", "bron", "bron_id", "bronwaarden", "cyclus", "duur", "einde", "embargo_tot", "gebeurtenis", "gewijzigd_op", "hardheid", "herhaling", "id", "maatregel_id", "na_fase", "na_mijlpaal_id", "omschrijving", "peildatum", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precisie", "regel_tot", "regel_van", "relatie", "stil_tot", "stil_voor_id", "termijn_tekst", "toelichting", "versie", "voor_wie", "vorige_id", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."begin", old_values."behaald_bewijs", old_values."behaald_door_id", old_values."behaald_op", old_values."bron", old_values."bron_id", old_values."bronwaarden", old_values."cyclus", old_values."duur", old_values."einde", old_values."embargo_tot", old_values."gebeurtenis", old_values."gewijzigd_op", old_values."hardheid", old_values."herhaling", old_values."id", old_values."maatregel_id", old_values."na_fase", old_values."na_mijlpaal_id", old_values."omschrijving", old_values."peildatum", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."precisie", old_values."regel_tot", old_values."regel_van", old_values."relatie", old_values."stil_tot", old_values."stil_voor_id", old_values."termijn_tekst", old_values."toelichting", old_values."versie", old_values."voor_wie", old_values."vorige_id", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3c27766a22bb65de40a8fe129dd714eae855c2c4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_51bc0', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_mijlpaal', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func='SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_agenda WHERE id = NEW.agenda_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; IF NEW.bovenliggend_id IS NOT NULL THEN SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_pijler WHERE id = NEW.bovenliggend_id FOR SHARE; r := regiemonitor_binnen(NEW.zicht, NEW.zicht_voor_id, NEW.stil_tot, NEW.stil_voor_id, o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; END IF; RETURN NEW;', hash='eb1178e8c31843ed41ada68c3fc6a1035c0adc51', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "agenda_id", "bovenliggend_id"', pgid='pgtrigger_zicht_volgt_fadd7', table='maatregelen_pijler', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.zicht IS DISTINCT FROM NEW.zicht OR OLD.zicht_voor_id IS DISTINCT FROM NEW.zicht_voor_id OR OLD.stil_tot IS DISTINCT FROM NEW.stil_tot OR OLD.stil_voor_id IS DISTINCT FROM NEW.stil_voor_id)', func='IF EXISTS (SELECT 1 FROM maatregelen_pijler WHERE bovenliggend_id = NEW.id) THEN UPDATE maatregelen_pijler SET zicht = zicht WHERE bovenliggend_id = NEW.id; END IF; IF EXISTS (SELECT 1 FROM maatregelen_maatregel WHERE pijler_id = NEW.id) THEN UPDATE maatregelen_maatregel SET zicht = zicht WHERE pijler_id = NEW.id; END IF; RETURN NULL;', hash='9192731f55e13893e110721486a3e386dcc67848', operation='UPDATE', pgid='pgtrigger_zicht_deelt_58598', table='maatregelen_pijler', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_pijlerevent" ("aangemaakt_op", "afgeschermd_voor_id", "agenda_id", "bovenliggend_id", "bronwaarden", "embargo_tot", "gewijzigd_op", "id", "kop_letterlijk", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_tot", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."agenda_id", new_values."bovenliggend_id", new_values."bronwaarden", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."kop_letterlijk", new_values."nummer", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."regel_tot", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."versie", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='73ce2fdeb081f635de9a65187f03ec16633ea453', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_423c3', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_pijler', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_pijlerevent" ("aangemaakt_op", "afgeschermd_voor_id", "agenda_id", "bovenliggend_id", "bronwaarden", "embargo_tot", "gewijzigd_op", "id", "kop_letterlijk", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_tot", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."agenda_id", new_values."bovenliggend_id", new_values."bronwaarden", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."kop_letterlijk", new_values."nummer", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."regel_tot", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."versie", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='30715140c727f1fe360e8b2c115f5780ceed5065', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6355f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_pijler', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_pijlerevent" ("aangemaakt_op", "afgeschermd_voor_id", "agenda_id", "bovenliggend_id", "bronwaarden", "embargo_tot", "gewijzigd_op", "id", "kop_letterlijk", "nummer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_tot", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."agenda_id", old_values."bovenliggend_id", old_values."bronwaarden", old_values."embargo_tot", old_values."gewijzigd_op", old_values."id", old_values."kop_letterlijk", old_values."nummer", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."regel_tot", old_values."regel_van", old_values."stil_tot", old_values."stil_voor_id", old_values."titel", old_values."toelichting", old_values."versie", old_values."volgorde", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='259b202a82e5002c62c06b8e9f9250be68b497a2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_02fb7', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_pijler', when='AFTER')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='agenda',
            constraint=models.CheckConstraint(condition=models.Q(('publicatie__in', ['concept', 'voorgelegd', 'vastgesteld'])), name='agenda_publicatie'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='agenda',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='agenda_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='agenda',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='agenda_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='maatregel',
            constraint=models.CheckConstraint(condition=models.Q(('publicatie__in', ['concept', 'voorgelegd', 'vastgesteld'])), name='maatregel_publicatie'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='maatregel',
            constraint=models.CheckConstraint(condition=models.Q(('interne_velden__contained_by', ['toelichting', 'voorwaarde', 'voortgang'])), name='maatregel_interne_velden'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='maatregel',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='maatregel_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='maatregel',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='maatregel_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='mijlpaal',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='mijlpaal_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='mijlpaal',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='mijlpaal_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='pijler',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='pijler_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='pijler',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='pijler_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='publicatiebeleid',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='publicatiebeleid_een_rij'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiebeleid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiebeleidevent" ("gewijzigd_door_id", "gewijzigd_op", "id", "is_openbaar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vier_ogen") SELECT new_values."gewijzigd_door_id", new_values."gewijzigd_op", new_values."id", new_values."is_openbaar", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."vier_ogen" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bbdbe373ad82c9e6ea1e67e0092ff29894d0764e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d36c5', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_publicatiebeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiebeleid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiebeleidevent" ("gewijzigd_door_id", "gewijzigd_op", "id", "is_openbaar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vier_ogen") SELECT new_values."gewijzigd_door_id", new_values."gewijzigd_op", new_values."id", new_values."is_openbaar", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."vier_ogen" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1dad40d507ec57423240dff4b499d878ee878916', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2c7d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_publicatiebeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiebeleid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiebeleidevent" ("gewijzigd_door_id", "gewijzigd_op", "id", "is_openbaar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "vier_ogen") SELECT old_values."gewijzigd_door_id", old_values."gewijzigd_op", old_values."id", old_values."is_openbaar", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."vier_ogen" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='26d8c5fa9ea45bdc388f2231f09807188ee08aae', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_69b06', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_publicatiebeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='publicatiebeleidevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='maatregelen_pgh_obj_3440f4_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='publicatiebeleidevent',
            index=models.Index(fields=['pgh_created_at'], name='maatregelen_pgh_cre_a8b8cd_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiebeleidevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4be16f8ce2e6636ebfd68013a313eb428a6773d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b1b', table='maatregelen_publicatiebeleidevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='publicatiestap',
            constraint=models.CheckConstraint(condition=models.Q(('van', models.F('naar')), _negated=True), name='publicatiestap_verandert'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='publicatiestap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agenda', None), ('maatregel__isnull', False)), models.Q(('agenda__isnull', False), ('maatregel', None)), _connector='OR'), name='publicatiestap_van_een'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiestap',
            trigger=pgtrigger.compiler.Trigger(name='alleen_toevoegen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c676453bb94be280324691e1be3f00d7afd91f2', operation='UPDATE OR DELETE', pgid='pgtrigger_alleen_toevoegen_6c5f6', table='maatregelen_publicatiestap', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiestap',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiestapevent" ("agenda_id", "door_id", "id", "maatregel_id", "naar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "toelichting", "van", "vastgelegd_op") SELECT new_values."agenda_id", new_values."door_id", new_values."id", new_values."maatregel_id", new_values."naar", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."toelichting", new_values."van", new_values."vastgelegd_op" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='17237585f387e36e3b3b82e8cb77ab3654e4ec97', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_54fc1', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_publicatiestap', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiestap',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiestapevent" ("agenda_id", "door_id", "id", "maatregel_id", "naar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "toelichting", "van", "vastgelegd_op") SELECT new_values."agenda_id", new_values."door_id", new_values."id", new_values."maatregel_id", new_values."naar", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."toelichting", new_values."van", new_values."vastgelegd_op" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='85bbf65dc4a0815f548396f3a02f7b8e9b1c0552', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_99cf1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_publicatiestap', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiestap',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_publicatiestapevent" ("agenda_id", "door_id", "id", "maatregel_id", "naar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "toelichting", "van", "vastgelegd_op") SELECT old_values."agenda_id", old_values."door_id", old_values."id", old_values."maatregel_id", old_values."naar", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."toelichting", old_values."van", old_values."vastgelegd_op" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ed566093896fc75006bdb3bc60eb2df52f67f2c6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_baac7', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_publicatiestap', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='publicatiestapevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='maatregelen_pgh_obj_9a5049_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='publicatiestapevent',
            index=models.Index(fields=['pgh_created_at'], name='maatregelen_pgh_cre_7a4cf2_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='publicatiestapevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='019a59ecea3390f623d855cf196d7429e6c0be1a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f063', table='maatregelen_publicatiestapevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='reactie',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['reactie', 'afwijkend'])), name='reactie_soort'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='reactie',
            constraint=models.CheckConstraint(condition=models.Q(('tekst__regex', '\\S')), name='reactie_tekst'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='reactie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ingetrokken_op', None), ('intrekreden', '')), models.Q(('ingetrokken_op__isnull', False), ('intrekreden__regex', '\\S')), _connector='OR'), name='reactie_ingetrokken_met_reden'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='reactie',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='reactie_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='reactie',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='reactie_zicht'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='reactie',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func='SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM maatregelen_maatregel WHERE id = NEW.maatregel_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NEW.organisatie_id, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NEW.organisatie_id, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; RETURN NEW;', hash='53721e229b1b47447a9b0049aada67dc8646701a', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "maatregel_id", "organisatie_id"', pgid='pgtrigger_zicht_volgt_ff1dc', table='maatregelen_reactie', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='reactie',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_reactieevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronwaarden", "door_id", "embargo_tot", "gewijzigd_op", "id", "ingetrokken_op", "intrekreden", "maatregel_id", "organisatie_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soort", "stil_tot", "stil_voor_id", "tekst", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bronwaarden", new_values."door_id", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."ingetrokken_op", new_values."intrekreden", new_values."maatregel_id", new_values."organisatie_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."soort", new_values."stil_tot", new_values."stil_voor_id", new_values."tekst", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c71201a2a76396d07793516d4e3a13a0899789e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_39526', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_reactie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='reactie',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_reactieevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronwaarden", "door_id", "embargo_tot", "gewijzigd_op", "id", "ingetrokken_op", "intrekreden", "maatregel_id", "organisatie_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soort", "stil_tot", "stil_voor_id", "tekst", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bronwaarden", new_values."door_id", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."ingetrokken_op", new_values."intrekreden", new_values."maatregel_id", new_values."organisatie_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."soort", new_values."stil_tot", new_values."stil_voor_id", new_values."tekst", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='35254e5c16cedd9631156ed614ce6929418f17ab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_efab3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_reactie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='reactie',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_reactieevent" ("aangemaakt_op", "afgeschermd_voor_id", "bronwaarden", "door_id", "embargo_tot", "gewijzigd_op", "id", "ingetrokken_op", "intrekreden", "maatregel_id", "organisatie_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "soort", "stil_tot", "stil_voor_id", "tekst", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."bronwaarden", old_values."door_id", old_values."embargo_tot", old_values."gewijzigd_op", old_values."id", old_values."ingetrokken_op", old_values."intrekreden", old_values."maatregel_id", old_values."organisatie_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."soort", old_values."stil_tot", old_values."stil_voor_id", old_values."tekst", old_values."versie", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='878809cc0ce9aa766a331e42c6e36fb23cc7c9c1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2a4e1', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_reactie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='reactieevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='maatregelen_pgh_obj_3a2fb9_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='reactieevent',
            index=models.Index(fields=['pgh_created_at'], name='maatregelen_pgh_cre_ef0c96_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='reactieevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1bbe6a70433d6da7b28635135c369eb35f1d5c9d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3f098', table='maatregelen_reactieevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='maatregel',
            index=models.Index(fields=['id'], include=('zicht', 'zicht_voor', 'stil_tot', 'stil_voor'), name='maatregel_zichtindex'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='mijlpaal',
            index=models.Index(fields=['id'], include=('zicht', 'zicht_voor', 'stil_tot', 'stil_voor'), name='mijlpaal_zichtindex'),
        ),
        # The way back takes all views away that look at columns that go; the first steps make them again.
        migrations.RunPython(vensters.aanbrengen(TIJDREIS / "0005_zichtbaarheid.sql"), vensters.wegnemen(TIJDREIS / "0003.sql")),
        migrations.RunPython(
            vensters.aanbrengen(TIJDREIS / "0005_reacties.sql"), vensters.wegnemen(TIJDREIS / "0005_reacties.sql")
        ),
        migrations.RunPython(
            blikvensters.aanbrengen(BLIKVELD / "0005.sql"), blikvensters.wegnemen(BLIKVELD / "0005.sql")
        ),
        migrations.RunPython(zet_wat_was, migrations.RunPython.noop),
    ]
