from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0006_a_template_that_is_dropped_stays_for_what_was_written_with_it"),
        ("newsroom", "0026_a_variant_may_be_english"),
    ]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="messaging.channeltemplate",
            ),
        ),
        migrations.AddField(
            model_name="variant",
            name="values",
            field=models.JSONField(
                blank=True, default=list, help_text="What fills the template's places, in their order."
            ),
        ),
        migrations.AlterField(
            model_name="variant",
            name="text",
            field=models.TextField(help_text="With a template: as it arrives, its places filled.", verbose_name="teks"),
        ),
    ]
