from django.db import migrations

from serikat.kernel import fulltext


class Migration(migrations.Migration):
    """The index of public answers counts its words, so that a slip of the finger finds what was meant."""

    dependencies = [("helpdesk", "0011_names_of_the_guarded_are_not_left_behind")]

    operations = [migrations.RunPython(fulltext.add_words("helpdesk_answers"), migrations.RunPython.noop)]
