import django.db.models.deletion
import django.utils.timezone
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RolbeleidEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('rol', models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], editable=False, max_length=20, verbose_name='rol')),
                ('tweede_factor_verplicht', models.BooleanField(default=True, help_text='Wie deze rol heeft, logt in met een tweede stap: een code van een app of een passkey. Zonder tweede stap komt iemand alleen op de pagina om die in te stellen.', verbose_name='tweede stap verplicht')),
                ('vier_ogen', models.BooleanField(default=False, help_text='Wat iemand met deze rol voorlegt, wordt pas vastgesteld door een ander dan wie het voorlegde.', verbose_name='vier ogen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Toegangslink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('uitnodiging', 'uitnodiging'), ('herstel', 'nieuw wachtwoord')], max_length=12, verbose_name='soort')),
                ('adres', models.EmailField(help_text='Waar de mail heen gaat. Van een aanvraag voor een onbekend adres blijft niets bewaard.', max_length=254, verbose_name='e-mailadres')),
                ('gemaakt_op', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gemaakt op')),
                ('kenmerk', models.CharField(blank=True, editable=False, max_length=64, verbose_name='kenmerk')),
                ('verzonden_op', models.DateTimeField(null=True, verbose_name='verzonden op')),
                ('verloopt_op', models.DateTimeField(null=True, verbose_name='verloopt op')),
                ('gebruikt_op', models.DateTimeField(null=True, verbose_name='gebruikt op')),
                ('ingetrokken_op', models.DateTimeField(null=True, verbose_name='ingetrokken op')),
            ],
            options={
                'verbose_name': 'toegangslink',
                'verbose_name_plural': 'toegangslinks',
                'ordering': ['-gemaakt_op', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Rolbeleid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rol', models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], editable=False, max_length=20, unique=True, verbose_name='rol')),
                ('tweede_factor_verplicht', models.BooleanField(default=True, help_text='Wie deze rol heeft, logt in met een tweede stap: een code van een app of een passkey. Zonder tweede stap komt iemand alleen op de pagina om die in te stellen.', verbose_name='tweede stap verplicht')),
                ('vier_ogen', models.BooleanField(default=False, help_text='Wat iemand met deze rol voorlegt, wordt pas vastgesteld door een ander dan wie het voorlegde.', verbose_name='vier ogen')),
            ],
            options={
                'verbose_name': 'rolbeleid',
                'verbose_name_plural': 'rolbeleid',
                'ordering': ['rol'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rol__in', ['lezer', 'dossierhouder', 'coordinator', 'secretariaat', 'beheerder', 'auditor'])), name='rolbeleid_rol')],
            },
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht", "vier_ogen") SELECT new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rol", new_values."tweede_factor_verplicht", new_values."vier_ogen" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='344f925546ac608c2178238dd17bb86bdb62c9f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e848b', referencing='REFERENCING NEW TABLE AS new_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht", "vier_ogen") SELECT new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rol", new_values."tweede_factor_verplicht", new_values."vier_ogen" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e6b92cf307a0535781ff96ec0864c103ec882205', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_826dc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht", "vier_ogen") SELECT old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rol", old_values."tweede_factor_verplicht", old_values."vier_ogen" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5d957ff68c418710e197c6d1630cbaf1efabe7b2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4f93d', referencing='REFERENCING OLD TABLE AS old_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
        migrations.AddField(
            model_name='rolbeleidevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='rolbeleidevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='toegang.rolbeleid'),
        ),
        migrations.AddField(
            model_name='toegangslink',
            name='gemaakt_door',
            field=models.ForeignKey(help_text='Wie uitnodigde; leeg bij een aanvraag van iemand die niet was ingelogd.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='toegangslink',
            name='persoon',
            field=models.ForeignKey(help_text='Wie er een wachtwoord mee kiest; leeg tot een aanvraag is bekeken.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='toegangslinks', to=settings.AUTH_USER_MODEL),
        ),
        maatregelen.bouwstappen.Index(
            model_name='rolbeleidevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='toegang_rol_pgh_obj_2d6766_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='rolbeleidevent',
            index=models.Index(fields=['pgh_created_at'], name='toegang_rol_pgh_cre_5b0767_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleidevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='472f951bebe449d0efc72c32d2aed0b28c7f3df6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_42835', table='toegang_rolbeleidevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='toegangslink',
            index=models.Index(condition=models.Q(('verzonden_op', None)), fields=['gemaakt_op'], name='toegangslink_te_versturen'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='toegangslink',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['uitnodiging', 'herstel'])), name='toegangslink_soort'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='toegangslink',
            constraint=models.UniqueConstraint(condition=models.Q(('kenmerk', ''), _negated=True), fields=('kenmerk',), name='toegangslink_kenmerk'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='toegangslink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kenmerk', ''), ('verloopt_op', None), ('verzonden_op', None)), models.Q(('persoon__isnull', False), ('verloopt_op__isnull', False), ('verzonden_op__isnull', False), models.Q(('kenmerk', ''), _negated=True)), _connector='OR'), name='toegangslink_verzonden'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='toegangslink',
            constraint=models.CheckConstraint(condition=models.Q(('gebruikt_op', None), ('verzonden_op__isnull', False), _connector='OR'), name='toegangslink_gebruikt'),
        ),
        # The table of Django's cache in the database: short counts of attempts, which a restart or a cache server that
        # is away must not forget. Made here and not by createcachetable, so that nobody has to remember that command.
        migrations.RunSQL(
            """
            CREATE TABLE toegang_geheugen (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX toegang_geheugen_expires ON toegang_geheugen (expires);
            """,
            "DROP TABLE toegang_geheugen",
        ),
    ]
