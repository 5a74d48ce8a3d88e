from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_cache_table'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='text_en',
            field=models.CharField(blank=True, help_text='The same in English, where it differs.', max_length=500),
        ),
    ]
