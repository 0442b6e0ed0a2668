"""Journals of other servers that this one cosigns."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0004_checkpoints'),
    ]

    operations = [
        migrations.CreateModel(
            name='WitnessedJournal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200, unique=True, verbose_name='journal')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='number of entries')),
                ('root', models.CharField(blank=True, max_length=64, verbose_name='root')),
            ],
        ),
    ]
