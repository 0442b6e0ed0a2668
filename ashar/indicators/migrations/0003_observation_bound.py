from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0002_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='observation',
            name='bound',
            field=models.CharField(blank=True, choices=[('about', 'about'), ('at_least', 'at least'), ('more_than', 'more than')], default='', max_length=10, verbose_name='how exact'),
            preserve_default=False,
        ),
    ]
