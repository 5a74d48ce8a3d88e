"""A merge that was a mistake may be taken back: one more answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="mergeproposal",
            name="answer",
            field=models.CharField(
                choices=[
                    ("waiting", "menunggu orang kedua"),
                    ("agreed", "disetujui"),
                    ("declined", "ditolak"),
                    ("undone", "dipisahkan lagi"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="reveal",
            name="answer",
            field=models.CharField(
                choices=[
                    ("waiting", "menunggu orang kedua"),
                    ("agreed", "disetujui"),
                    ("declined", "ditolak"),
                    ("undone", "dipisahkan lagi"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
    ]
