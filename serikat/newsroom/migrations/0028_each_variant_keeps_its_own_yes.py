from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def somebody() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0027_a_variant_may_fill_a_template"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="variant", name="submitted_by", field=somebody()),
        migrations.AddField(model_name="variant", name="submitted_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="variant", name="approved_by", field=somebody()),
        migrations.AddField(model_name="variant", name="approved_at", field=models.DateTimeField(null=True)),
    ]
