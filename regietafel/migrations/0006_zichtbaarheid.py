"""Who a meeting, a point and an annex are for; and the views that hold what somebody may see of the table."""

from pathlib import Path
from typing import Any

import django.db.models.deletion
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from maatregelen.blikveld import vensters as blikvensters
from maatregelen.tijdreis import vensters

APP = Path(__file__).parent.parent
TIJDREIS, BLIKVELD = APP / "tijdreis", APP / "blikveld"


def zet_terug(apps: Any, schema_editor: Any) -> None:
    """Make the views again that the way back took away, where they are gone."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('gezien.regietafel_vergadering')")
        if cursor.fetchone()[0] is not None:
            return
    for naam in ("0002.sql", "0004_acties.sql", "0004_eerdere_besluiten.sql"):
        vensters.aanbrengen(TIJDREIS / naam)(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0005_zichtbaarheid'),
        ('regietafel', '0005_terug_naar_eerdere_vensters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agendapunt',
            name='vastgesteld_is_gesloten',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agendapunt',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agendapunt',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agendapunt',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='bijlage',
            name='vastgesteld_is_gesloten',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='bijlage',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='bijlage',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='bijlage',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='vergadering',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='vergadering',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='vergadering',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='agendapunt',
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
            model_name='agendapuntevent',
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
            model_name='bijlage',
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
            model_name='bijlageevent',
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
            model_name='vergadering',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(blank=True, db_index=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL REFERENCES maatregelen_organisatie (id) DEFERRABLE INITIALLY DEFERRED', models.ForeignKey(db_index=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NOT NULL DEFAULT 2 CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], default=2, help_text='Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.', verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='vergaderingevent',
            kolommen=[
                ('afgeschermd_voor', 'afgeschermd_voor_id', 'bigint NULL', models.ForeignKey(blank=True, db_constraint=False, help_text="Wie het ziet bij 'eigen organisatie' en tijdens een embargo; leeg: wie het geheel bijhoudt.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie', verbose_name='eigen organisatie')),
                ('embargo_tot', 'embargo_tot', 'timestamptz NULL', models.DateTimeField(blank=True, help_text='Tot dit moment ziet alleen de eigen organisatie het. Daarna gaat het vanzelf open, overal tegelijk.', null=True, verbose_name='embargo tot')),
                ('stil_tot', 'stil_tot', 'timestamptz NULL', models.DateTimeField(editable=False, help_text='Het laatste embargo.', null=True, verbose_name='embargo dat geldt')),
                ('stil_voor', 'stil_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het tijdens het embargo ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zicht', 'zicht', 'smallint NOT NULL DEFAULT 0 CHECK (zicht >= 0)', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Het niveau dat geldt.', verbose_name='zichtbaar vanaf')),
                ('zicht_voor', 'zicht_voor_id', 'bigint NULL', models.ForeignKey(db_constraint=False, editable=False, help_text='Welke organisatie het altijd ziet; leeg: alleen het LRT-secretariaat.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie')),
                ('zichtbaarheid', 'zichtbaarheid', 'smallint NOT NULL DEFAULT 2 CHECK (zichtbaarheid >= 0)', models.PositiveSmallIntegerField(choices=[(0, 'eigen organisatie'), (1, 'het Rijk'), (2, 'de regietafel: Rijk en partners'), (3, 'iedereen')], default=2, help_text='Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.', verbose_name='zichtbaar voor')),
            ],
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='vastgesteld_is_gesloten', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r RECORD;', func="IF TG_OP = 'UPDATE' THEN IF (to_jsonb(OLD) - ARRAY['zichtbaarheid', 'afgeschermd_voor_id', 'embargo_tot', 'zicht', 'zicht_voor_id', 'stil_tot', 'stil_voor_id', 'versie', 'gewijzigd_op']) = (to_jsonb(NEW) - ARRAY['zichtbaarheid', 'afgeschermd_voor_id', 'embargo_tot', 'zicht', 'zicht_voor_id', 'stil_tot', 'stil_voor_id', 'versie', 'gewijzigd_op']) THEN RETURN NEW; END IF; END IF; IF TG_OP <> 'INSERT' THEN r := OLD; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (r.vergadering_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; IF TG_OP <> 'DELETE' THEN r := NEW; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (r.vergadering_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN r;", hash='7ba099bf9a3b4524ac66d7af8f3a25f684186e37', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vastgesteld_is_gesloten_b1d5f', table='regietafel_agendapunt', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func='SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM regietafel_vergadering WHERE id = NEW.vergadering_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; RETURN NEW;', hash='d782453e245a7d140b337af26b486cc37bfb16f0', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "vergadering_id"', pgid='pgtrigger_zicht_volgt_93040', table='regietafel_agendapunt', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.zicht IS DISTINCT FROM NEW.zicht OR OLD.zicht_voor_id IS DISTINCT FROM NEW.zicht_voor_id OR OLD.stil_tot IS DISTINCT FROM NEW.stil_tot OR OLD.stil_voor_id IS DISTINCT FROM NEW.stil_voor_id)', func='IF EXISTS (SELECT 1 FROM regietafel_bijlage WHERE agendapunt_id = NEW.id) THEN UPDATE regietafel_bijlage SET zicht = zicht WHERE agendapunt_id = NEW.id; END IF; RETURN NULL;', hash='63dc61c4c37e22a62072d95e87d16efd3b28a656', operation='UPDATE', pgid='pgtrigger_zicht_deelt_5d138', table='regietafel_agendapunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_agendapuntevent" ("aangemaakt_op", "afgeschermd_voor_id", "bespreking", "bronwaarden", "doel", "doorschuifreden", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "vergadering_id", "versie", "vervolg_op_id", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bespreking", new_values."bronwaarden", new_values."doel", new_values."doorschuifreden", new_values."duur_minuten", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."vergadering_id", new_values."versie", new_values."vervolg_op_id", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf350e92c07631a9f1f84921bdd6b91b7b362350', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1a1ef', referencing='REFERENCING NEW TABLE AS new_values ', table='regietafel_agendapunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_agendapuntevent" ("aangemaakt_op", "afgeschermd_voor_id", "bespreking", "bronwaarden", "doel", "doorschuifreden", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "vergadering_id", "versie", "vervolg_op_id", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."bespreking", new_values."bronwaarden", new_values."doel", new_values."doorschuifreden", new_values."duur_minuten", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."vergadering_id", new_values."versie", new_values."vervolg_op_id", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='932c79f69ffa69ff72f295626bdde3740d2ef66a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_99ad7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regietafel_agendapunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_agendapuntevent" ("aangemaakt_op", "afgeschermd_voor_id", "bespreking", "bronwaarden", "doel", "doorschuifreden", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "titel", "toelichting", "vergadering_id", "versie", "vervolg_op_id", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."bespreking", old_values."bronwaarden", old_values."doel", old_values."doorschuifreden", old_values."duur_minuten", old_values."embargo_tot", old_values."gewijzigd_op", old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."regel_van", old_values."stil_tot", old_values."stil_voor_id", old_values."titel", old_values."toelichting", old_values."vergadering_id", old_values."versie", old_values."vervolg_op_id", old_values."volgorde", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a28c7458ee82faa50c201009e504107639ccca6c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bb803', referencing='REFERENCING OLD TABLE AS old_values ', table='regietafel_agendapunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='bijlage',
            trigger=pgtrigger.compiler.Trigger(name='vastgesteld_is_gesloten', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r RECORD;', func="IF TG_OP = 'UPDATE' THEN IF (to_jsonb(OLD) - ARRAY['zichtbaarheid', 'afgeschermd_voor_id', 'embargo_tot', 'zicht', 'zicht_voor_id', 'stil_tot', 'stil_voor_id', 'versie', 'gewijzigd_op']) = (to_jsonb(NEW) - ARRAY['zichtbaarheid', 'afgeschermd_voor_id', 'embargo_tot', 'zicht', 'zicht_voor_id', 'stil_tot', 'stil_voor_id', 'versie', 'gewijzigd_op']) THEN RETURN NEW; END IF; END IF; IF TG_OP <> 'INSERT' THEN r := OLD; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (SELECT p.vergadering_id FROM regietafel_agendapunt p WHERE p.id = r.agendapunt_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; IF TG_OP <> 'DELETE' THEN r := NEW; IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = (SELECT p.vergadering_id FROM regietafel_agendapunt p WHERE p.id = r.agendapunt_id) AND v.staat = 'verslag_vastgesteld') THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN r;", hash='203b48490bd47ecbd1a808e101c7945e92ef666d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vastgesteld_is_gesloten_0291c', table='regietafel_bijlage', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='bijlage',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func='SELECT zicht, zicht_voor_id, stil_tot, stil_voor_id INTO o FROM regietafel_agendapunt WHERE id = NEW.agendapunt_id FOR SHARE; r := regiemonitor_binnen(o.zicht, o.zicht_voor_id, o.stil_tot, o.stil_voor_id, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint, o.zicht_voor_id)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; RETURN NEW;', hash='756494507dc2e39e041781717272bcd1b2f7a299', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "agendapunt_id"', pgid='pgtrigger_zicht_volgt_2f336', table='regietafel_bijlage', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='bijlage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_bijlageevent" ("aangemaakt_op", "afgeschermd_voor_id", "agendapunt_id", "bestand", "bestandsnaam", "bijgevoegd_door_id", "bijgevoegd_op", "bronwaarden", "controlegetal", "embargo_tot", "gewijzigd_op", "grootte", "id", "inhoudstype", "naam", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."agendapunt_id", new_values."bestand", new_values."bestandsnaam", new_values."bijgevoegd_door_id", new_values."bijgevoegd_op", new_values."bronwaarden", new_values."controlegetal", new_values."embargo_tot", new_values."gewijzigd_op", new_values."grootte", new_values."id", new_values."inhoudstype", new_values."naam", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."versie", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b6bbb545dab42fd0ef9e4d69a86cc7b4743783e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1ca9', referencing='REFERENCING NEW TABLE AS new_values ', table='regietafel_bijlage', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='bijlage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_bijlageevent" ("aangemaakt_op", "afgeschermd_voor_id", "agendapunt_id", "bestand", "bestandsnaam", "bijgevoegd_door_id", "bijgevoegd_op", "bronwaarden", "controlegetal", "embargo_tot", "gewijzigd_op", "grootte", "id", "inhoudstype", "naam", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."agendapunt_id", new_values."bestand", new_values."bestandsnaam", new_values."bijgevoegd_door_id", new_values."bijgevoegd_op", new_values."bronwaarden", new_values."controlegetal", new_values."embargo_tot", new_values."gewijzigd_op", new_values."grootte", new_values."id", new_values."inhoudstype", new_values."naam", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."regel_van", new_values."stil_tot", new_values."stil_voor_id", new_values."versie", new_values."volgorde", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='71db18489ea0d9aee030a1c74717c7ded9e93bc6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_03e8b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regietafel_bijlage', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='bijlage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_bijlageevent" ("aangemaakt_op", "afgeschermd_voor_id", "agendapunt_id", "bestand", "bestandsnaam", "bijgevoegd_door_id", "bijgevoegd_op", "bronwaarden", "controlegetal", "embargo_tot", "gewijzigd_op", "grootte", "id", "inhoudstype", "naam", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel_van", "stil_tot", "stil_voor_id", "versie", "volgorde", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."agendapunt_id", old_values."bestand", old_values."bestandsnaam", old_values."bijgevoegd_door_id", old_values."bijgevoegd_op", old_values."bronwaarden", old_values."controlegetal", old_values."embargo_tot", old_values."gewijzigd_op", old_values."grootte", old_values."id", old_values."inhoudstype", old_values."naam", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."regel_van", old_values."stil_tot", old_values."stil_voor_id", old_values."versie", old_values."volgorde", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d3e2cef57185476e5cf655d8efc90395b34cb6ab', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_de8ac', referencing='REFERENCING OLD TABLE AS old_values ', table='regietafel_bijlage', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='zicht_volgt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE o RECORD; r RECORD;', func="r := regiemonitor_binnen(3, NULL::bigint, NULL, NULL, NEW.zichtbaarheid, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint), NEW.embargo_tot, COALESCE(NEW.afgeschermd_voor_id, NULL::bigint)); NEW.zicht := r.zicht; NEW.zicht_voor_id := r.voor; NEW.stil_tot := r.stil_tot; NEW.stil_voor_id := r.stil_voor; IF NEW.staat <> 'verslag_vastgesteld' THEN NEW.zicht := LEAST(NEW.zicht, 2); END IF; RETURN NEW;", hash='c7bbc7ccf378face8ac03da86d72fd07f51ffac2', operation='INSERT OR UPDATE OF "zichtbaarheid", "afgeschermd_voor_id", "embargo_tot", "zicht", "zicht_voor_id", "stil_tot", "stil_voor_id", "staat"', pgid='pgtrigger_zicht_volgt_0c791', table='regietafel_vergadering', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.zicht IS DISTINCT FROM NEW.zicht OR OLD.zicht_voor_id IS DISTINCT FROM NEW.zicht_voor_id OR OLD.stil_tot IS DISTINCT FROM NEW.stil_tot OR OLD.stil_voor_id IS DISTINCT FROM NEW.stil_voor_id)', func='IF EXISTS (SELECT 1 FROM regietafel_agendapunt WHERE vergadering_id = NEW.id) THEN UPDATE regietafel_agendapunt SET zicht = zicht WHERE vergadering_id = NEW.id; END IF; RETURN NULL;', hash='e582a702c37590e343aba2a4db9fcbdf263afd0a', operation='UPDATE', pgid='pgtrigger_zicht_deelt_39af4', table='regietafel_vergadering', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_vergaderingevent" ("aangemaakt_op", "afgeschermd_voor_id", "begintijd", "bekend_vanaf", "bronwaarden", "datum", "datum_tekst", "documentdatum", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "reeks_id", "schatting_tot", "schatting_van", "secretariaat", "slug", "soort", "staat", "stil_tot", "stil_voor_id", "titel", "toelichting", "vastgesteld_in_id", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."begintijd", new_values."bekend_vanaf", new_values."bronwaarden", new_values."datum", new_values."datum_tekst", new_values."documentdatum", new_values."duur_minuten", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."plaats", new_values."reeks_id", new_values."schatting_tot", new_values."schatting_van", new_values."secretariaat", new_values."slug", new_values."soort", new_values."staat", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."vastgesteld_in_id", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9aa8e420d0b265ab1035abdc4ee307e6ff32ba3d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_72357', referencing='REFERENCING NEW TABLE AS new_values ', table='regietafel_vergadering', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_vergaderingevent" ("aangemaakt_op", "afgeschermd_voor_id", "begintijd", "bekend_vanaf", "bronwaarden", "datum", "datum_tekst", "documentdatum", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "reeks_id", "schatting_tot", "schatting_van", "secretariaat", "slug", "soort", "staat", "stil_tot", "stil_voor_id", "titel", "toelichting", "vastgesteld_in_id", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT new_values."aangemaakt_op", new_values."afgeschermd_voor_id", new_values."begintijd", new_values."bekend_vanaf", new_values."bronwaarden", new_values."datum", new_values."datum_tekst", new_values."documentdatum", new_values."duur_minuten", new_values."embargo_tot", new_values."gewijzigd_op", new_values."id", new_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."plaats", new_values."reeks_id", new_values."schatting_tot", new_values."schatting_van", new_values."secretariaat", new_values."slug", new_values."soort", new_values."staat", new_values."stil_tot", new_values."stil_voor_id", new_values."titel", new_values."toelichting", new_values."vastgesteld_in_id", new_values."versie", new_values."zicht", new_values."zicht_voor_id", new_values."zichtbaarheid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d4d8da60996b8fcedf7644b0fcd304b20e9e13b1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d398b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='regietafel_vergadering', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "regietafel_vergaderingevent" ("aangemaakt_op", "afgeschermd_voor_id", "begintijd", "bekend_vanaf", "bronwaarden", "datum", "datum_tekst", "documentdatum", "duur_minuten", "embargo_tot", "gewijzigd_op", "id", "kenmerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plaats", "reeks_id", "schatting_tot", "schatting_van", "secretariaat", "slug", "soort", "staat", "stil_tot", "stil_voor_id", "titel", "toelichting", "vastgesteld_in_id", "versie", "zicht", "zicht_voor_id", "zichtbaarheid") SELECT old_values."aangemaakt_op", old_values."afgeschermd_voor_id", old_values."begintijd", old_values."bekend_vanaf", old_values."bronwaarden", old_values."datum", old_values."datum_tekst", old_values."documentdatum", old_values."duur_minuten", old_values."embargo_tot", old_values."gewijzigd_op", old_values."id", old_values."kenmerk", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."plaats", old_values."reeks_id", old_values."schatting_tot", old_values."schatting_van", old_values."secretariaat", old_values."slug", old_values."soort", old_values."staat", old_values."stil_tot", old_values."stil_voor_id", old_values."titel", old_values."toelichting", old_values."vastgesteld_in_id", old_values."versie", old_values."zicht", old_values."zicht_voor_id", old_values."zichtbaarheid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1befb645a87b93843449bf98d0c4a731d545badb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_67f19', referencing='REFERENCING OLD TABLE AS old_values ', table='regietafel_vergadering', when='AFTER')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='agendapunt',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='agendapunt_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='agendapunt',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='agendapunt_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='bijlage',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='bijlage_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='bijlage',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='bijlage_zicht'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='vergadering',
            constraint=models.CheckConstraint(condition=models.Q(('zichtbaarheid', None), ('zichtbaarheid__in', [0, 1, 2, 3]), _connector='OR'), name='vergadering_zichtbaarheid'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='vergadering',
            constraint=models.CheckConstraint(condition=models.Q(('zicht__in', [0, 1, 2, 3])), name='vergadering_zicht'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='agendapunt',
            index=models.Index(fields=['id'], include=('zicht', 'zicht_voor', 'stil_tot', 'stil_voor'), name='agendapunt_zichtindex'),
        ),
        # The way back takes all views of the table away; 0005 makes them again when those of the measures are back;
        # where it was only a step back, the first of these does.
        migrations.RunPython(zet_terug, vensters.wegnemen(TIJDREIS / "0002.sql")),
        migrations.RunPython(
            migrations.RunPython.noop, vensters.wegnemen(TIJDREIS / "0004_eerdere_besluiten.sql")
        ),
        migrations.RunPython(
            vensters.aanbrengen(TIJDREIS / "0006_zichtbaarheid.sql"), migrations.RunPython.noop
        ),
        migrations.RunPython(
            blikvensters.aanbrengen(BLIKVELD / "0006.sql"), blikvensters.wegnemen(BLIKVELD / "0006.sql")
        ),
        # Whoever was signed in saw every meeting: so it stays.
        migrations.RunSQL("UPDATE regietafel_vergadering SET zichtbaarheid = 2", migrations.RunSQL.noop),
    ]
