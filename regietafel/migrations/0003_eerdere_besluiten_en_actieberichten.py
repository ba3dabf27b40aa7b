from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from maatregelen.tijdreis import vensters

VENSTERS = Path(__file__).parent.with_name("tijdreis") / "0002.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('regietafel', '0002_vensters_op_het_verleden'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only on the way back: the views that 0004 took away, by the columns that are left.
        migrations.RunPython(migrations.RunPython.noop, vensters.aanbrengen(VENSTERS)),
        migrations.CreateModel(
            name='Actiebericht',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stap', models.CharField(choices=[('aankondiging', 'loopt af'), ('voorbij', 'is voorbij')], max_length=15, verbose_name='stap')),
                ('trede', models.PositiveSmallIntegerField(help_text='Stap van het schema: dagen voor de uiterste dag, of dagen erna.', verbose_name='trede')),
                ('sleuteldag', models.DateField(help_text='De uiterste dag zoals die toen gold.', verbose_name='over de datum')),
                ('reden', models.CharField(max_length=200, verbose_name='waarom deze persoon')),
                ('vandaag', models.DateField(help_text='De dag waarop de termijn is beoordeeld.', verbose_name='beoordeeld op')),
                ('uitkomst', models.CharField(choices=[('open', 'te versturen'), ('verzonden', 'verzonden'), ('geweigerd', 'geweigerd door de mailserver'), ('niet_meer_nodig', 'niet meer nodig')], db_index=True, default='open', max_length=16, verbose_name='uitkomst')),
                ('fout', models.CharField(blank=True, max_length=250, verbose_name='fout')),
                ('pogingen', models.PositiveIntegerField(default=0, verbose_name='pogingen')),
                ('kenmerk', models.CharField(blank=True, help_text='Message-ID van de mail.', max_length=200, verbose_name='kenmerk van de mail')),
                ('gepland_op', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gepland op')),
                ('afgehandeld_op', models.DateTimeField(null=True, verbose_name='afgehandeld op')),
                ('actiepunt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='berichten', to='regietafel.actiepunt')),
                ('persoon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bericht over een actiepunt',
                'verbose_name_plural': 'berichten over actiepunten',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Puntbesluit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agendapunt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='regietafel.agendapunt')),
                ('besluit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regietafel.besluit')),
            ],
            options={
                'verbose_name': 'eerder besluit bij een agendapunt',
                'verbose_name_plural': 'eerdere besluiten bij agendapunten',
            },
        ),
        migrations.CreateModel(
            name='PuntbesluitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('agendapunt', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regietafel.agendapunt')),
                ('besluit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regietafel.besluit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='regietafel.puntbesluit')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actiewijziging',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actiewijziging',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actiewijziging',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='actiewijziging',
            name='naar_persoon',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actiewijziging',
            name='van_persoon',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actiewijzigingevent',
            name='naar_persoon',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actiewijzigingevent',
            name='van_persoon',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='actiewijziging',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_actiewijzigingevent" ("actiepunt_id", "door_id", "id", "naar_organisatie_id", "naar_persoon_id", "naar_stand", "naar_termijn", "naar_wie_tekst", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reden", "sleutel", "soort", "termijnsoort", "van_organisatie_id", "van_persoon_id", "van_stand", "van_termijn", "van_wie_tekst", "vastgelegd_op") SELECT new_values."actiepunt_id", new_values."door_id", new_values."id", new_values."naar_organisatie_id", new_values."naar_persoon_id", new_values."naar_stand", new_values."naar_termijn", new_values."naar_wie_tekst", new_values."per", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reden", new_values."sleutel", new_values."soort", new_values."termijnsoort", new_values."van_organisatie_id", new_values."van_persoon_id", new_values."van_stand", new_values."van_termijn", new_values."van_wie_tekst", new_values."vastgelegd_op" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9c066659677b5857a2e98cdb8cc5e2e7c54c818d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_62804', referencing='REFERENCING NEW TABLE AS new_values ', table='regietafel_actiewijziging', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='actiewijziging',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_actiewijzigingevent" ("actiepunt_id", "door_id", "id", "naar_organisatie_id", "naar_persoon_id", "naar_stand", "naar_termijn", "naar_wie_tekst", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reden", "sleutel", "soort", "termijnsoort", "van_organisatie_id", "van_persoon_id", "van_stand", "van_termijn", "van_wie_tekst", "vastgelegd_op") SELECT new_values."actiepunt_id", new_values."door_id", new_values."id", new_values."naar_organisatie_id", new_values."naar_persoon_id", new_values."naar_stand", new_values."naar_termijn", new_values."naar_wie_tekst", new_values."per", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reden", new_values."sleutel", new_values."soort", new_values."termijnsoort", new_values."van_organisatie_id", new_values."van_persoon_id", new_values."van_stand", new_values."van_termijn", new_values."van_wie_tekst", new_values."vastgelegd_op" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7652166fa7b47ba5be373d886ba36811cec2afe3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_146f5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regietafel_actiewijziging', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='actiewijziging',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_actiewijzigingevent" ("actiepunt_id", "door_id", "id", "naar_organisatie_id", "naar_persoon_id", "naar_stand", "naar_termijn", "naar_wie_tekst", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reden", "sleutel", "soort", "termijnsoort", "van_organisatie_id", "van_persoon_id", "van_stand", "van_termijn", "van_wie_tekst", "vastgelegd_op") SELECT old_values."actiepunt_id", old_values."door_id", old_values."id", old_values."naar_organisatie_id", old_values."naar_persoon_id", old_values."naar_stand", old_values."naar_termijn", old_values."naar_wie_tekst", old_values."per", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reden", old_values."sleutel", old_values."soort", old_values."termijnsoort", old_values."van_organisatie_id", old_values."van_persoon_id", old_values."van_stand", old_values."van_termijn", old_values."van_wie_tekst", old_values."vastgelegd_op" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a5dcdaeac4b0d6663c25774379923734f4abcdb8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fa916', referencing='REFERENCING OLD TABLE AS old_values ', table='regietafel_actiewijziging', when='AFTER')),
        ),
        migrations.AddField(
            model_name='agendapunt',
            name='eerdere_besluiten',
            field=models.ManyToManyField(blank=True, help_text='Besluiten van eerdere vergaderingen waar het over gaat.', related_name='besproken_bij', through='regietafel.Puntbesluit', to='regietafel.besluit'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='actiebericht',
            constraint=models.UniqueConstraint(fields=('actiepunt', 'persoon', 'stap', 'trede', 'sleuteldag'), name='actiebericht_eenmaal'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='actiebericht',
            constraint=models.CheckConstraint(condition=models.Q(('stap__in', ['aankondiging', 'voorbij'])), name='actiebericht_stap'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='actiebericht',
            constraint=models.CheckConstraint(condition=models.Q(('uitkomst__in', ['open', 'verzonden', 'geweigerd', 'niet_meer_nodig'])), name='actiebericht_uitkomst'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='puntbesluit',
            constraint=models.UniqueConstraint(fields=('agendapunt', 'besluit'), name='punt_besluit_uniek'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='puntbesluit',
            trigger=pgtrigger.compiler.Trigger(name='vastgesteld_is_gesloten', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r RECORD;', func="IF TG_OP <> 'INSERT' THEN r := OLD; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (SELECT p.vergadering_id FROM regietafel_agendapunt p WHERE p.id = r.agendapunt_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; IF TG_OP <> 'DELETE' THEN r := NEW; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (SELECT p.vergadering_id FROM regietafel_agendapunt p WHERE p.id = r.agendapunt_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN r;", hash='1224447f6c5ff3f0e9052cce7fec070bda2821ee', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vastgesteld_is_gesloten_71b70', table='regietafel_puntbesluit', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='puntbesluit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_puntbesluitevent" ("agendapunt_id", "besluit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agendapunt_id", new_values."besluit_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3258d18d908c4ab4786319f7793d405acf9aea5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_45268', referencing='REFERENCING NEW TABLE AS new_values ', table='regietafel_puntbesluit', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='puntbesluit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_puntbesluitevent" ("agendapunt_id", "besluit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agendapunt_id", new_values."besluit_id", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='42dc1db2c01c9048a921b78170ee87c5b4ea1ef3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7301f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regietafel_puntbesluit', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='puntbesluit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_puntbesluitevent" ("agendapunt_id", "besluit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."agendapunt_id", old_values."besluit_id", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c53e1ec28dddc631ed3f9992b19d9668ae5bc482', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_83be3', referencing='REFERENCING OLD TABLE AS old_values ', table='regietafel_puntbesluit', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='puntbesluitevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='regietafel__pgh_obj_add8bb_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='puntbesluitevent',
            index=models.Index(fields=['pgh_created_at'], name='regietafel__pgh_cre_72e211_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='puntbesluitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1360a2967df897030f675d604f3328087b809f64', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b603f', table='regietafel_puntbesluitevent', when='BEFORE')),
        ),
    ]
