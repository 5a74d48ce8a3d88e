from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_a_notice_is_kept_in_both_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='task',
            field=models.CharField(blank=True, help_text='The thing that waits for somebody, as a reference: done by anybody, this counts as read.', max_length=80),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None), models.Q(('task', ''), _negated=True)), fields=['task'], name='notice_waits_for_task'),
        ),
    ]
