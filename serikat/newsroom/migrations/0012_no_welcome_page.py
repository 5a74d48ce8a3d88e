"""Wagtail's first migrations put a welcome page and a site there. The site's own front page is founded later (`services/site.py`); until then
there is none."""

from __future__ import annotations

from typing import Any

from django.db import migrations

WELCOME = "Welcome to your new Wagtail site!"


def remove_welcome(apps: Any, schema_editor: Any) -> None:
    pages, sites = apps.get_model("wagtailcore", "Page").objects, apps.get_model("wagtailcore", "Site").objects
    welcome = pages.filter(depth=2, numchild=0, title=WELCOME)
    sites.filter(root_page__in=welcome).delete()
    pages.filter(depth=1).update(numchild=pages.filter(depth=2).count() - welcome.count())
    welcome.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0011_clips"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(remove_welcome, migrations.RunPython.noop)]
