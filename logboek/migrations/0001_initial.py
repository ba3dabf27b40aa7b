import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uur', models.DateTimeField(help_text='Begin van het uur.', verbose_name='uur')),
                ('actie', models.CharField(max_length=40, verbose_name='actie')),
                ('object_soort', models.CharField(blank=True, max_length=60, verbose_name='soort')),
                ('object_sleutel', models.CharField(blank=True, max_length=120, verbose_name='sleutel')),
                ('object_naam', models.CharField(blank=True, max_length=200, verbose_name='object')),
                ('wie', models.CharField(help_text='Nummer van de persoon en van de sleutel.', max_length=120, verbose_name='waardoor')),
                ('oorsprong', models.CharField(choices=[('pagina', 'pagina'), ('api', 'API'), ('opdracht', 'opdracht op de server'), ('taak', 'taak op de achtergrond'), ('onbekend', 'onbekend')], max_length=10, verbose_name='oorsprong')),
                ('actor', models.UUIDField(null=True, verbose_name='wie')),
                ('herkomst', models.UUIDField(null=True, verbose_name='herkomst')),
                ('aantal', models.PositiveIntegerField(default=1, verbose_name='aantal')),
            ],
            options={
                'verbose_name': 'telling',
                'verbose_name_plural': 'tellingen',
            },
        ),
        migrations.CreateModel(
            name='Zegel',
            fields=[
                ('nummer', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='nummer')),
                ('tijdstip', models.DateTimeField(verbose_name='tijdstip')),
                ('vorige', models.CharField(max_length=64, verbose_name='vorig controlegetal')),
                ('getal', models.CharField(max_length=64, unique=True, verbose_name='controlegetal')),
            ],
            options={
                'verbose_name': 'zegel',
                'verbose_name_plural': 'zegels',
                'ordering': ['nummer'],
            },
        ),
        migrations.CreateModel(
            name='Zegeldeel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tabel', models.CharField(max_length=63, verbose_name='tabel')),
                ('kolommen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=63), help_text='Wat is meegeteld.', size=None, verbose_name='kolommen')),
                ('opnieuw', models.BooleanField(default=False, verbose_name='opnieuw')),
                ('sleutels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='sleutels van de rijen')),
                ('rijgetallen', models.BinaryField(help_text='Per rij 32 bytes, in die volgorde.', verbose_name='controlegetallen van de rijen')),
                ('getal', models.CharField(max_length=64, verbose_name='controlegetal')),
            ],
            options={
                'verbose_name': 'deel van een zegel',
                'verbose_name_plural': 'delen van zegels',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Zegelgrens',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grenzen', models.JSONField(verbose_name='hoogste nummer per tabel')),
                ('tot_transactie', models.BigIntegerField(verbose_name='eerste transactie daarna')),
            ],
            options={
                'verbose_name': 'grens van het volgende zegel',
                'verbose_name_plural': 'grenzen van het volgende zegel',
            },
        ),
        migrations.CreateModel(
            name='Betrokkene',
            fields=[
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('persoon', models.BigIntegerField(help_text='Nummer van de persoon; geen verwijzing, het mag wegvallen.', verbose_name='persoon')),
                ('naam', models.CharField(help_text='Zoals de persoon toen werd getoond.', max_length=200, verbose_name='naam')),
                ('adres', models.CharField(blank=True, help_text='Zoals het toen was.', max_length=254, verbose_name='e-mailadres')),
                ('maand', models.DateField(help_text='Eerste dag van de maand waarin de sleutel is gebruikt.', verbose_name='maand')),
            ],
            options={
                'verbose_name': 'betrokkene',
                'verbose_name_plural': 'betrokkenen',
                'indexes': [models.Index(fields=['persoon', 'maand'], name='logboek_bet_persoon_ff9879_idx'), models.Index(fields=['maand'], name='logboek_bet_maand_7c9d92_idx')],
            },
        ),
        migrations.CreateModel(
            name='Herkomst',
            fields=[
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('adres', models.CharField(max_length=45, verbose_name='netwerkadres')),
                ('programma', models.CharField(blank=True, max_length=300, verbose_name='browser of programma')),
                ('maand', models.DateField(help_text='Eerste dag van de maand waarin de sleutel is gebruikt.', verbose_name='maand')),
            ],
            options={
                'verbose_name': 'herkomst',
                'verbose_name_plural': 'herkomsten',
                'indexes': [models.Index(fields=['adres', 'maand'], name='logboek_her_adres_e301da_idx'), models.Index(fields=['maand'], name='logboek_her_maand_691018_idx')],
            },
        ),
        migrations.CreateModel(
            name='Logregel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tijdstip', models.DateTimeField(help_text='Moment waarop het gebeurde.', verbose_name='tijdstip')),
                ('actie', models.CharField(help_text='Wat er gebeurde, in een vast woord.', max_length=40, verbose_name='actie')),
                ('object_soort', models.CharField(blank=True, help_text='Waarmee het gebeurde.', max_length=60, verbose_name='soort')),
                ('object_sleutel', models.CharField(blank=True, help_text='Welk stuk van die soort.', max_length=120, verbose_name='sleutel')),
                ('object_naam', models.CharField(blank=True, help_text='Hoe lezers het kennen; nooit de naam van een persoon.', max_length=200, verbose_name='object')),
                ('resultaat', models.CharField(choices=[('gelukt', 'gelukt'), ('geweigerd', 'geweigerd'), ('mislukt', 'mislukt')], max_length=10, verbose_name='resultaat')),
                ('oorsprong', models.CharField(choices=[('pagina', 'pagina'), ('api', 'API'), ('opdracht', 'opdracht op de server'), ('taak', 'taak op de achtergrond'), ('onbekend', 'onbekend')], max_length=10, verbose_name='oorsprong')),
                ('herkomst', models.UUIDField(help_text='Sleutel van het adres waar het vandaan kwam.', null=True, verbose_name='herkomst')),
                ('actor', models.UUIDField(help_text='Sleutel van wie het deed; leeg: niemand die is ingelogd.', null=True, verbose_name='wie')),
                ('details', models.JSONField(default=dict, verbose_name='bijzonderheden')),
            ],
            options={
                'verbose_name': 'logregel',
                'verbose_name_plural': 'logregels',
                'ordering': ['-tijdstip', '-id'],
                'indexes': [models.Index(fields=['tijdstip', 'id'], name='logboek_log_tijdsti_db6026_idx'), models.Index(fields=['actor', 'tijdstip'], name='logboek_log_actor_0a64cf_idx'), models.Index(fields=['actie', 'tijdstip'], name='logboek_log_actie_2a1589_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actie__regex', '^[a-z]+(_[a-z]+)*$')), name='logregel_actie'), models.CheckConstraint(condition=models.Q(('resultaat__in', ['gelukt', 'geweigerd', 'mislukt'])), name='logregel_resultaat'), models.CheckConstraint(condition=models.Q(('oorsprong__in', ['pagina', 'api', 'opdracht', 'taak', 'onbekend'])), name='logregel_oorsprong')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logregel',
            trigger=pgtrigger.compiler.Trigger(name='alleen_toevoegen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='254daa32872e4cdb457dfebcdd248e416d5e4f44', operation='UPDATE OR DELETE', pgid='pgtrigger_alleen_toevoegen_d8874', table='logboek_logregel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logregel',
            trigger=pgtrigger.compiler.Trigger(name='niet_legen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'logboek: % wordt niet geleegd', TG_TABLE_NAME;", hash='850771ebd6dce755a8d4979f592bf12375f8552d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_niet_legen_06e95', table='logboek_logregel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logregel',
            trigger=pgtrigger.compiler.Trigger(name='eerst_een_nummer', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM pg_current_xact_id(); RETURN NULL;', hash='f5cff0b83c56589c6f1419d2c74d90ab807e1559', level='STATEMENT', operation='INSERT', pgid='pgtrigger_eerst_een_nummer_dfe30', table='logboek_logregel', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(fields=('uur', 'actie', 'object_soort', 'object_sleutel', 'wie'), name='telling_uniek'),
        ),
        migrations.AddConstraint(
            model_name='zegel',
            constraint=models.CheckConstraint(condition=models.Q(('nummer__gte', 1)), name='zegel_nummer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='zegel',
            trigger=pgtrigger.compiler.Trigger(name='alleen_toevoegen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a3c5b6dc8dee100f7bf576bd96396496b980e7a0', operation='UPDATE OR DELETE', pgid='pgtrigger_alleen_toevoegen_9f98b', table='logboek_zegel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='zegel',
            trigger=pgtrigger.compiler.Trigger(name='niet_legen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'logboek: % wordt niet geleegd', TG_TABLE_NAME;", hash='e0f0bd88a972cf6ace3386ccc2e067c0a1df6a39', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_niet_legen_191d7', table='logboek_zegel', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='zegeldeel',
            name='zegel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delen', to='logboek.zegel'),
        ),
        migrations.AddConstraint(
            model_name='zegelgrens',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='zegelgrens_een_rij'),
        ),
        migrations.AddIndex(
            model_name='zegeldeel',
            index=models.Index(fields=['tabel', 'id'], name='logboek_zeg_tabel_73d378_idx'),
        ),
        migrations.AddConstraint(
            model_name='zegeldeel',
            constraint=models.UniqueConstraint(fields=('zegel', 'tabel'), name='zegeldeel_uniek'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='zegeldeel',
            trigger=pgtrigger.compiler.Trigger(name='alleen_toevoegen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b95261e79af10c459f266d88905f6f876559111', operation='UPDATE OR DELETE', pgid='pgtrigger_alleen_toevoegen_a9b38', table='logboek_zegeldeel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='zegeldeel',
            trigger=pgtrigger.compiler.Trigger(name='niet_legen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'logboek: % wordt niet geleegd', TG_TABLE_NAME;", hash='c787f65a2523eabb3be9cda1158e6960871888f4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_niet_legen_e3963', table='logboek_zegeldeel', when='BEFORE')),
        ),
    ]
