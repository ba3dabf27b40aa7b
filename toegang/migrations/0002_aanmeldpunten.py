import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0004_rollen_en_sleutels'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('toegang', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AanmeldpuntEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop dit hier is vastgelegd.', verbose_name='vastgelegd op')),
                ('gewijzigd_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop de inhoud voor het laatst is gewijzigd.', verbose_name='gewijzigd op')),
                ('versie', models.PositiveIntegerField(default=1, editable=False, help_text='Telt elke wijziging; wie een oudere versie voor zich heeft, overschrijft niets.', verbose_name='versie')),
                ('bronwaarden', models.JSONField(default=dict, editable=False, verbose_name='waarden uit de bron')),
                ('adresnaam', models.CharField(help_text='Naam in het webadres en van het geheim op de server, zoals rijk. Kan later niet meer anders.', max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9-]{1,39}\\Z', 'Gebruik 2 tot 40 kleine letters, cijfers en streepjes; begin met een letter.')], verbose_name='adresnaam')),
                ('naam', models.CharField(help_text="Staat op de knop: 'Inloggen met' en dan deze naam.", max_length=60, verbose_name='naam')),
                ('uitgever', models.CharField(help_text='Adres van de aanbieder precies zoals die het opgeeft, zoals https://login.voorbeeld.nl/rijk. Kan later niet meer anders: een andere aanbieder is een nieuw aanmeldpunt.', max_length=255, verbose_name='uitgever (issuer)')),
                ('client_id', models.CharField(help_text='Waaronder de Regiemonitor bij de aanbieder bekend is.', max_length=191, verbose_name='client-id')),
                ('actief', models.BooleanField(default=False, help_text='Aangevinkt: de knop staat op de inlogpagina. Zonder komt niemand binnen.', verbose_name='in gebruik')),
                ('extra_scopes', models.CharField(blank=True, help_text='Wat de Regiemonitor naast openid, profile en email vraagt; scheid met spaties.', max_length=200, verbose_name='extra scopes')),
                ('sleutelclaim', models.CharField(default='sub', help_text='Waaraan iemand elke keer wordt herkend. Bijna altijd sub. Kan niet meer anders als er mensen gekoppeld zijn.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de vaste sleutel')),
                ('emailclaim', models.CharField(default='email', help_text='Meestal email.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met het e-mailadres')),
                ('functieclaim', models.CharField(default='title', help_text='Waarmee een nieuwe persoon wordt getoond. Zonder deze claim: de rol met de organisatie.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de functie')),
                ('organisatieclaim', models.CharField(default='organisatie', help_text='Een claim in een claim schrijft u met een punt, zoals realm_access.groups.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de organisatie')),
                ('rolclaim', models.CharField(default='rollen', help_text='Mag één waarde of een lijst zijn.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de rol')),
                ('emaildomeinen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text="Voor welke e-maildomeinen deze aanbieder zegt wie iemand is, zoals minszw.nl. Alleen mensen met zo'n adres worden gekoppeld of toegevoegd. Leeg: niemand.", size=None, verbose_name='vertrouwde e-maildomeinen')),
                ('tweedestapwaarden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text='Waarden van amr of acr waarmee de aanbieder zegt dat iemand een tweede stap nam, zoals mfa. Leeg: de Regiemonitor vraagt zelf om de tweede stap.', size=None, verbose_name='waarden die als tweede stap gelden')),
                ('wachtwoord_blijft', models.BooleanField(default=True, help_text='Niet aangevinkt: wie gekoppeld is logt alleen nog via deze aanbieder in. Een beheerder die die rol hier kreeg houdt altijd een wachtwoord, zodat er iemand in kan als de aanbieder weg is.', verbose_name='wachtwoord blijft bruikbaar')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Claimkoppeling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisatiewaarde', models.CharField(blank=True, help_text='Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.', max_length=200, verbose_name='waarde van de organisatieclaim')),
                ('rolwaarde', models.CharField(blank=True, help_text='Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.', max_length=200, verbose_name='waarde van de rolclaim')),
                ('rol', models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], help_text='Welke rol iemand daar krijgt.', max_length=20, verbose_name='rol')),
                ('uitdrukkelijk', models.BooleanField(default=False, help_text='Alleen nodig bij beheerder en auditor: wie de aanbieder beheert, bepaalt dan wie hier alles mag of ziet.', verbose_name='ja, ook beheerder of auditor')),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='vastgelegd op')),
            ],
            options={
                'verbose_name': 'claimkoppeling',
                'verbose_name_plural': 'claimkoppelingen',
                'ordering': ['organisatiewaarde', 'rolwaarde', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClaimkoppelingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('organisatiewaarde', models.CharField(blank=True, help_text='Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.', max_length=200, verbose_name='waarde van de organisatieclaim')),
                ('rolwaarde', models.CharField(blank=True, help_text='Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.', max_length=200, verbose_name='waarde van de rolclaim')),
                ('rol', models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], help_text='Welke rol iemand daar krijgt.', max_length=20, verbose_name='rol')),
                ('uitdrukkelijk', models.BooleanField(default=False, help_text='Alleen nodig bij beheerder en auditor: wie de aanbieder beheert, bepaalt dan wie hier alles mag of ziet.', verbose_name='ja, ook beheerder of auditor')),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='vastgelegd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Claimrol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verleend_op', models.DateTimeField(help_text='Bij welke aanmelding de rol kwam.', verbose_name='verleend op')),
                ('beeindigd_op', models.DateTimeField(help_text='Bij welke aanmelding de aanbieder de rol niet meer gaf.', null=True, verbose_name='beëindigd op')),
            ],
            options={
                'verbose_name': 'rol uit een claim',
                'verbose_name_plural': 'rollen uit claims',
                'ordering': ['verleend_op'],
            },
        ),
        migrations.CreateModel(
            name='ClaimrolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('verleend_op', models.DateTimeField(help_text='Bij welke aanmelding de rol kwam.', verbose_name='verleend op')),
                ('beeindigd_op', models.DateTimeField(help_text='Bij welke aanmelding de aanbieder de rol niet meer gaf.', null=True, verbose_name='beëindigd op')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Aanmeldpunt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aangemaakt_op', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Moment waarop dit hier is vastgelegd.', verbose_name='vastgelegd op')),
                ('gewijzigd_op', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, help_text='Moment waarop de inhoud voor het laatst is gewijzigd.', verbose_name='gewijzigd op')),
                ('versie', models.PositiveIntegerField(default=1, editable=False, help_text='Telt elke wijziging; wie een oudere versie voor zich heeft, overschrijft niets.', verbose_name='versie')),
                ('bronwaarden', models.JSONField(default=dict, editable=False, verbose_name='waarden uit de bron')),
                ('adresnaam', models.CharField(help_text='Naam in het webadres en van het geheim op de server, zoals rijk. Kan later niet meer anders.', max_length=40, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9-]{1,39}\\Z', 'Gebruik 2 tot 40 kleine letters, cijfers en streepjes; begin met een letter.')], verbose_name='adresnaam')),
                ('naam', models.CharField(help_text="Staat op de knop: 'Inloggen met' en dan deze naam.", max_length=60, unique=True, verbose_name='naam')),
                ('uitgever', models.CharField(help_text='Adres van de aanbieder precies zoals die het opgeeft, zoals https://login.voorbeeld.nl/rijk. Kan later niet meer anders: een andere aanbieder is een nieuw aanmeldpunt.', max_length=255, verbose_name='uitgever (issuer)')),
                ('client_id', models.CharField(help_text='Waaronder de Regiemonitor bij de aanbieder bekend is.', max_length=191, verbose_name='client-id')),
                ('actief', models.BooleanField(default=False, help_text='Aangevinkt: de knop staat op de inlogpagina. Zonder komt niemand binnen.', verbose_name='in gebruik')),
                ('extra_scopes', models.CharField(blank=True, help_text='Wat de Regiemonitor naast openid, profile en email vraagt; scheid met spaties.', max_length=200, verbose_name='extra scopes')),
                ('sleutelclaim', models.CharField(default='sub', help_text='Waaraan iemand elke keer wordt herkend. Bijna altijd sub. Kan niet meer anders als er mensen gekoppeld zijn.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de vaste sleutel')),
                ('emailclaim', models.CharField(default='email', help_text='Meestal email.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met het e-mailadres')),
                ('functieclaim', models.CharField(default='title', help_text='Waarmee een nieuwe persoon wordt getoond. Zonder deze claim: de rol met de organisatie.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de functie')),
                ('organisatieclaim', models.CharField(default='organisatie', help_text='Een claim in een claim schrijft u met een punt, zoals realm_access.groups.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de organisatie')),
                ('rolclaim', models.CharField(default='rollen', help_text='Mag één waarde of een lijst zijn.', max_length=120, validators=[django.core.validators.RegexValidator('\\A[!-~]{1,120}\\Z', 'De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups.')], verbose_name='claim met de rol')),
                ('emaildomeinen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text="Voor welke e-maildomeinen deze aanbieder zegt wie iemand is, zoals minszw.nl. Alleen mensen met zo'n adres worden gekoppeld of toegevoegd. Leeg: niemand.", size=None, verbose_name='vertrouwde e-maildomeinen')),
                ('tweedestapwaarden', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text='Waarden van amr of acr waarmee de aanbieder zegt dat iemand een tweede stap nam, zoals mfa. Leeg: de Regiemonitor vraagt zelf om de tweede stap.', size=None, verbose_name='waarden die als tweede stap gelden')),
                ('wachtwoord_blijft', models.BooleanField(default=True, help_text='Niet aangevinkt: wie gekoppeld is logt alleen nog via deze aanbieder in. Een beheerder die die rol hier kreeg houdt altijd een wachtwoord, zodat er iemand in kan als de aanbieder weg is.', verbose_name='wachtwoord blijft bruikbaar')),
            ],
            options={
                'verbose_name': 'aanmeldpunt',
                'verbose_name_plural': 'aanmeldpunten',
                'ordering': ['naam'],
                'constraints': [models.CheckConstraint(condition=models.Q(('uitgever__startswith', 'https://'), ('uitgever__startswith', 'http://'), _connector='OR'), name='aanmeldpunt_uitgever')],
            },
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='aanmeldpunt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_aanmeldpuntevent" ("aangemaakt_op", "actief", "adresnaam", "bronwaarden", "client_id", "emailclaim", "emaildomeinen", "extra_scopes", "functieclaim", "gewijzigd_op", "id", "naam", "organisatieclaim", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolclaim", "sleutelclaim", "tweedestapwaarden", "uitgever", "versie", "wachtwoord_blijft") SELECT new_values."aangemaakt_op", new_values."actief", new_values."adresnaam", new_values."bronwaarden", new_values."client_id", new_values."emailclaim", new_values."emaildomeinen", new_values."extra_scopes", new_values."functieclaim", new_values."gewijzigd_op", new_values."id", new_values."naam", new_values."organisatieclaim", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rolclaim", new_values."sleutelclaim", new_values."tweedestapwaarden", new_values."uitgever", new_values."versie", new_values."wachtwoord_blijft" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='14c0d8ff50d5505f7042d89919d78e02e1da7e04', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8a672', referencing='REFERENCING NEW TABLE AS new_values ', table='toegang_aanmeldpunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='aanmeldpunt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_aanmeldpuntevent" ("aangemaakt_op", "actief", "adresnaam", "bronwaarden", "client_id", "emailclaim", "emaildomeinen", "extra_scopes", "functieclaim", "gewijzigd_op", "id", "naam", "organisatieclaim", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolclaim", "sleutelclaim", "tweedestapwaarden", "uitgever", "versie", "wachtwoord_blijft") SELECT new_values."aangemaakt_op", new_values."actief", new_values."adresnaam", new_values."bronwaarden", new_values."client_id", new_values."emailclaim", new_values."emaildomeinen", new_values."extra_scopes", new_values."functieclaim", new_values."gewijzigd_op", new_values."id", new_values."naam", new_values."organisatieclaim", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rolclaim", new_values."sleutelclaim", new_values."tweedestapwaarden", new_values."uitgever", new_values."versie", new_values."wachtwoord_blijft" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4a047155937ee3aadd31efd328fc15d71f30187a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bad0d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='toegang_aanmeldpunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='aanmeldpunt',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_aanmeldpuntevent" ("aangemaakt_op", "actief", "adresnaam", "bronwaarden", "client_id", "emailclaim", "emaildomeinen", "extra_scopes", "functieclaim", "gewijzigd_op", "id", "naam", "organisatieclaim", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolclaim", "sleutelclaim", "tweedestapwaarden", "uitgever", "versie", "wachtwoord_blijft") SELECT old_values."aangemaakt_op", old_values."actief", old_values."adresnaam", old_values."bronwaarden", old_values."client_id", old_values."emailclaim", old_values."emaildomeinen", old_values."extra_scopes", old_values."functieclaim", old_values."gewijzigd_op", old_values."id", old_values."naam", old_values."organisatieclaim", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rolclaim", old_values."sleutelclaim", old_values."tweedestapwaarden", old_values."uitgever", old_values."versie", old_values."wachtwoord_blijft" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1686891a859e78a6dd54e6038dddebab432c2b1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2b541', referencing='REFERENCING OLD TABLE AS old_values ', table='toegang_aanmeldpunt', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aanmeldpuntevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='aanmeldpuntevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='toegang.aanmeldpunt'),
        ),
        migrations.AddField(
            model_name='claimkoppeling',
            name='aanmeldpunt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='koppelingen', to='toegang.aanmeldpunt'),
        ),
        migrations.AddField(
            model_name='claimkoppeling',
            name='organisatie',
            field=models.ForeignKey(help_text='Waar iemand de rol krijgt.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='maatregelen.organisatie'),
        ),
        migrations.AddField(
            model_name='claimkoppelingevent',
            name='aanmeldpunt',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='toegang.aanmeldpunt'),
        ),
        migrations.AddField(
            model_name='claimkoppelingevent',
            name='organisatie',
            field=models.ForeignKey(db_constraint=False, help_text='Waar iemand de rol krijgt.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.organisatie'),
        ),
        migrations.AddField(
            model_name='claimkoppelingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='claimkoppelingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='toegang.claimkoppeling'),
        ),
        migrations.AddField(
            model_name='claimrol',
            name='aanmeldpunt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claimrollen', to='toegang.aanmeldpunt'),
        ),
        migrations.AddField(
            model_name='claimrol',
            name='lidmaatschap',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claimrol', to='maatregelen.lidmaatschap'),
        ),
        migrations.AddField(
            model_name='claimrolevent',
            name='aanmeldpunt',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='toegang.aanmeldpunt'),
        ),
        migrations.AddField(
            model_name='claimrolevent',
            name='lidmaatschap',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='maatregelen.lidmaatschap'),
        ),
        migrations.AddField(
            model_name='claimrolevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='claimrolevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='toegang.claimrol'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='aanmeldpuntevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='toegang_aan_pgh_obj_445740_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='aanmeldpuntevent',
            index=models.Index(fields=['pgh_created_at'], name='toegang_aan_pgh_cre_64a0e2_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='aanmeldpuntevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='43c537fb49c2f2d836d624aeabccf69ca621cf81', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebe73', table='toegang_aanmeldpuntevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='claimkoppeling',
            constraint=models.CheckConstraint(condition=models.Q(('rol__in', ['lezer', 'dossierhouder', 'coordinator', 'secretariaat', 'beheerder', 'auditor'])), name='claimkoppeling_rol'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='claimkoppeling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisatiewaarde', ''), _negated=True), models.Q(('rolwaarde', ''), _negated=True), _connector='OR'), name='claimkoppeling_waarde'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='claimkoppeling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rol__in', ('auditor', 'beheerder')), _negated=True), ('uitdrukkelijk', True), _connector='OR'), name='claimkoppeling_uitdrukkelijk'),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='claimkoppeling',
            constraint=models.UniqueConstraint(fields=('aanmeldpunt', 'organisatiewaarde', 'rolwaarde', 'organisatie', 'rol'), name='claimkoppeling_uniek'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimkoppeling',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimkoppelingevent" ("aangemaakt_op", "aanmeldpunt_id", "id", "organisatie_id", "organisatiewaarde", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "rolwaarde", "uitdrukkelijk") SELECT new_values."aangemaakt_op", new_values."aanmeldpunt_id", new_values."id", new_values."organisatie_id", new_values."organisatiewaarde", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rol", new_values."rolwaarde", new_values."uitdrukkelijk" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='24975a8a5b214f36b4d24563b74c1b896edd1e30', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a99aa', referencing='REFERENCING NEW TABLE AS new_values ', table='toegang_claimkoppeling', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimkoppeling',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimkoppelingevent" ("aangemaakt_op", "aanmeldpunt_id", "id", "organisatie_id", "organisatiewaarde", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "rolwaarde", "uitdrukkelijk") SELECT new_values."aangemaakt_op", new_values."aanmeldpunt_id", new_values."id", new_values."organisatie_id", new_values."organisatiewaarde", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rol", new_values."rolwaarde", new_values."uitdrukkelijk" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9634d596e1072eb7180acc4f1075671eb3b97e3a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d86ea', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='toegang_claimkoppeling', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimkoppeling',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimkoppelingevent" ("aangemaakt_op", "aanmeldpunt_id", "id", "organisatie_id", "organisatiewaarde", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "rolwaarde", "uitdrukkelijk") SELECT old_values."aangemaakt_op", old_values."aanmeldpunt_id", old_values."id", old_values."organisatie_id", old_values."organisatiewaarde", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rol", old_values."rolwaarde", old_values."uitdrukkelijk" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='29a149401c8ea79d82ece11dc64dc2cdf56986ce', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_31942', referencing='REFERENCING OLD TABLE AS old_values ', table='toegang_claimkoppeling', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='claimkoppelingevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='toegang_cla_pgh_obj_e39160_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='claimkoppelingevent',
            index=models.Index(fields=['pgh_created_at'], name='toegang_cla_pgh_cre_22cda8_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimkoppelingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3647b0672c896fce89330263d47ca6c296a859e0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_31ee3', table='toegang_claimkoppelingevent', when='BEFORE')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='claimrol',
            constraint=models.CheckConstraint(condition=models.Q(('beeindigd_op', None), ('beeindigd_op__gte', models.F('verleend_op')), _connector='OR'), name='claimrol_volgorde'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimrol',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimrolevent" ("aanmeldpunt_id", "beeindigd_op", "id", "lidmaatschap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verleend_op") SELECT new_values."aanmeldpunt_id", new_values."beeindigd_op", new_values."id", new_values."lidmaatschap_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."verleend_op" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a44355472ea1f5387d37e44a3f37c893ddedd196', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a6255', referencing='REFERENCING NEW TABLE AS new_values ', table='toegang_claimrol', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimrol',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimrolevent" ("aanmeldpunt_id", "beeindigd_op", "id", "lidmaatschap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verleend_op") SELECT new_values."aanmeldpunt_id", new_values."beeindigd_op", new_values."id", new_values."lidmaatschap_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."verleend_op" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ca3feff423db812bfa9b148b5f6536dfc0c593f7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9aa79', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='toegang_claimrol', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimrol',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_claimrolevent" ("aanmeldpunt_id", "beeindigd_op", "id", "lidmaatschap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verleend_op") SELECT old_values."aanmeldpunt_id", old_values."beeindigd_op", old_values."id", old_values."lidmaatschap_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."verleend_op" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='271240a8e48f7b3a7faa5f53462b274dce0e6521', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_058bf', referencing='REFERENCING OLD TABLE AS old_values ', table='toegang_claimrol', when='AFTER')),
        ),
        maatregelen.bouwstappen.Index(
            model_name='claimrolevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='toegang_cla_pgh_obj_e8983b_idx'),
        ),
        maatregelen.bouwstappen.Index(
            model_name='claimrolevent',
            index=models.Index(fields=['pgh_created_at'], name='toegang_cla_pgh_cre_72f20c_idx'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='claimrolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b159134934d2b0f10d71528eea83697981fb43a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64fe6', table='toegang_claimrolevent', when='BEFORE')),
        ),
    ]
