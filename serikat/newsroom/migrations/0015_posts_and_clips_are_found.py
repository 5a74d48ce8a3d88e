from django.db import migrations

from serikat.kernel import fulltext

NAMES = ("newsroom_posts", "newsroom_clips")


class Migration(migrations.Migration):
    """The indexes in which readers search workers' posts and clips. `serikat reindex` fills them with what was there before."""

    dependencies = [("newsroom", "0014_english_versions")]

    operations = [migrations.RunPython(fulltext.make(name), fulltext.unmake(name)) for name in NAMES]
