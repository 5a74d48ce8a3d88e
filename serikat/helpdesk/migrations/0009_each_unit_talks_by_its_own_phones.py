"""What stood on the one channel of phones in hands goes to a channel of each conversation's own unit, with all that was said in it."""

from __future__ import annotations

import secrets

from django.db import migrations
from django.db.models import F


def split(apps, schema_editor):
    Channel, Message = apps.get_model("messaging", "Channel"), apps.get_model("messaging", "Message")
    Conversation, Unit = apps.get_model("helpdesk", "Conversation"), apps.get_model("units", "Unit")
    astray = Conversation.objects.filter(channel__kind="hand", channel__retired_at=None).exclude(unit=F("channel__unit"))
    for channel_id, unit_id in list(astray.order_by("channel", "unit").values_list("channel", "unit").distinct()):
        old, unit = Channel.objects.get(pk=channel_id), Unit.objects.get(pk=unit_id)
        talks = Conversation.objects.filter(channel=old, unit=unit)
        addresses = talks.values("address")
        own = Channel.objects.filter(kind="hand", retired_at=None, unit=unit).exclude(
            pk__in=Conversation.objects.filter(address__in=addresses, channel__unit=unit).values("channel")
        )
        new = own.order_by("pk").first() or Channel.objects.create(
            unit=unit, kind="hand", scheme=old.scheme, name=f"Ponsel petugas {unit.name}"[:60], price=old.price,
            a_second=old.a_second, active=old.active, key=secrets.token_urlsafe(18),
        )  # fmt: skip
        Message.objects.filter(channel=old, address__in=addresses).update(channel=new)
        talks.update(channel=new)


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk", "0008_the_inbox_by_wait"),
        ("messaging", "0005_what_a_person_stopped_does_not_go_out_again"),
        ("units", "0001_initial"),
    ]

    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
