"""The root of Wagtail's tree is a row in the sheet where a page is chosen: it gets a name in the house's language."""

from django.db import migrations

ENGLISH, OURS = "Root", "Semua halaman"


def rename(old, new):
    def run(apps, schema_editor):
        apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=old).update(title=new, draft_title=new)

    return run


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0016_requests_and_redress")]

    operations = [migrations.RunPython(rename(ENGLISH, OURS), rename(OURS, ENGLISH))]
