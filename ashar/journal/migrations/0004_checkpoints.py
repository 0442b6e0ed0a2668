"""Published marks of the journal may only be added too."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from ashar.journal.core import append_only_steps


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0003_hash_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number of entries')),
                ('root', models.CharField(max_length=64, verbose_name='root')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('occasion', models.CharField(blank=True, max_length=100, verbose_name='occasion')),
                ('note', models.TextField(verbose_name='signed note')),
                ('frontier', models.JSONField(default=list, editable=False)),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'ordering': ('-size',),
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=200, verbose_name='who cosigned')),
                ('line', models.TextField(verbose_name='signature')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='journal.checkpoint')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='cosignature_once')],
            },
        ),
        migrations.RunPython(*append_only_steps("journal_checkpoint")),
        migrations.RunPython(*append_only_steps("journal_cosignature")),
    ]
