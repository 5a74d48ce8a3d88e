from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_what_a_person_stopped_does_not_go_out_again")]

    operations = [
        migrations.AddField(
            model_name="channeltemplate",
            name="dropped_at",
            field=models.DateTimeField(
                editable=False, help_text="Not approved any more; it stays for what was written with it.", null=True
            ),
        ),
    ]
