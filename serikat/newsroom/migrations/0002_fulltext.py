from django.db import migrations

from serikat.kernel import fulltext


class Migration(migrations.Migration):
    """The index in which readers search articles and pages."""

    dependencies = [("newsroom", "0001_initial")]

    operations = [migrations.RunPython(fulltext.make("newsroom"), fulltext.unmake("newsroom"))]
