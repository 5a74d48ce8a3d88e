from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_messages_are_found_by_state_and_by_what_they_are_about")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="meant",
            field=models.CharField(
                blank=True,
                default="",
                help_text="CANCELLED or HELD: a person said so, perhaps while a worker had it. It does not go out again, whatever becomes of that try.",
                max_length=9,
            ),
        ),
    ]
