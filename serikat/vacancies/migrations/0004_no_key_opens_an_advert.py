from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0003_a_mark_of_each_senders_code")]

    operations = [
        migrations.AlterField(
            "advert",
            "mark",
            models.CharField(
                max_length=64, unique=True, editable=False, help_text="Keyed hash of the sender's code: sent twice, it is one advert."
            ),
        ),
        migrations.RemoveField("advert", "key"),
    ]
