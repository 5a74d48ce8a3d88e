from __future__ import annotations

from typing import Any

from django.db import migrations, models

WITH_A_YES = ("approved", "sending", "sent", "failed", "doubt", "withdrawn")


def hand_over(apps: Any, schema_editor: Any) -> None:
    """What was not a draft was submitted; what went on from there was approved, as far as the plan still knows by whom."""
    variants = apps.get_model("newsroom", "Variant").objects
    for plan in apps.get_model("newsroom", "Distribution").objects.exclude(submitted_at=None):
        rows = variants.filter(distribution=plan)
        submitted = {"submitted_by_id": plan.submitted_by_id, "submitted_at": plan.submitted_at}
        rows.exclude(state__in=["draft", "dropped"]).update(**submitted)
        if plan.approved_at is not None:
            approved = {"approved_by_id": plan.approved_by_id, "approved_at": plan.approved_at}
            rows.filter(state__in=WITH_A_YES).update(**approved)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0028_each_variant_keeps_its_own_yes")]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="distribution", name="approved_at"),
        migrations.RemoveField(model_name="distribution", name="approved_by"),
        migrations.AlterField(
            model_name="distribution",
            name="submitted_at",
            field=models.DateTimeField(help_text="The last time; each variant keeps its own.", null=True),
        ),
    ]
