from django.db import migrations

from serikat.kernel import fulltext

NAMES = ("newsroom", "newsroom_english", "newsroom_posts", "newsroom_clips")


class Migration(migrations.Migration):
    """The indexes of the site count their words, so that a slip of the finger finds what was meant."""

    dependencies = [("newsroom", "0029_a_plan_hands_its_yes_to_its_variants")]

    operations = [migrations.RunPython(fulltext.add_words(name), migrations.RunPython.noop) for name in NAMES]
