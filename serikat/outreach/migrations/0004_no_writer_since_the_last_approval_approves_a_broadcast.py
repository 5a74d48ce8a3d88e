from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0003_a_list_sent_twice_is_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="broadcast",
            name="writers",
            field=models.ManyToManyField(
                help_text="All since the last approval: they may not approve it.",
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
