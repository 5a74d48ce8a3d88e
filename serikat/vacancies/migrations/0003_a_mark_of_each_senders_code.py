"""Each advert gets the mark of a sender's code. Those of before get one that no code has: the address that opened them opens nothing any more."""

import secrets

from django.db import migrations, models


def mark_what_is_there(apps, schema_editor):
    Advert = apps.get_model("vacancies", "Advert")
    for pk in Advert.objects.values_list("pk", flat=True):
        Advert.objects.filter(pk=pk).update(mark=secrets.token_hex(32))


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0002_who_sends_an_advert")]

    operations = [
        migrations.AddField("advert", "mark", models.CharField(max_length=64, null=True)),
        migrations.RunPython(mark_what_is_there, migrations.RunPython.noop),
    ]
