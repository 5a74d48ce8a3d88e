from django.db import migrations

from serikat.kernel import fulltext


class Migration(migrations.Migration):
    """The index in which readers of English search what was translated."""

    dependencies = [("newsroom", "0012_no_welcome_page")]

    operations = [migrations.RunPython(fulltext.make("newsroom_english"), fulltext.unmake("newsroom_english"))]
