"""A provider's template put to use: filled before it is kept, and looked at again before it goes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import inner
from serikat.kernel.errors import Refused
from serikat.messaging.models import Channel, ChannelTemplate
from serikat.messaging.rules.templates import LONGEST, clean, filled, places_of
from serikat.messaging.selectors.channels import verdict_words
from serikat.messaging.services.queueing import TooLong


class NoSuchTemplate(Refused):
    message = _("Templat ini tidak ada di saluran itu.")


class TemplateGone(Refused):
    message = _("Templatnya sudah dihapus dari saluran itu.")


class ValueMissing(Refused):
    message = _("Isian ini wajib.")


@inner("reads only")
def fill_template(*, channel: Channel, template: ChannelTemplate, values: Sequence[str]) -> tuple[str, list[str]]:
    """What arrives, and the values that go to the provider: as many as it has places, each in one line. A refusal names `value1`, `value2` …"""
    if template.channel_id != channel.pk:
        raise NoSuchTemplate(field="template")
    _is_in_use(template)
    given = [clean(value) for value in values][: places_of(template.text)]
    given += [""] * (places_of(template.text) - len(given))
    for number, value in enumerate(given, 1):
        if not value:
            raise ValueMissing(field=f"value{number}")
    text = filled(template.text, given)
    if len(text) > LONGEST:
        words = _("Templat dengan isiannya terlalu panjang: %(length)d dari %(most)d huruf.")
        longest = max(range(len(given)), key=lambda at: len(given[at]))
        raise TooLong(words % {"length": len(text), "most": LONGEST}, field=f"value{longest + 1}")
    return text, given


@inner("reads only")
def check_template(*, template: ChannelTemplate, text: str, values: Sequence[str]) -> None:
    """Before it goes: it is in use still, and says what was read."""
    _is_in_use(template)
    if len(values) != places_of(template.text) or filled(template.text, values) != text:
        words = _("Teks templat “%(name)s” berubah di saluran itu. Buka isinya, baca, dan simpan lagi.")
        raise TemplateGone(words % {"name": template.name}, field="template")


def _is_in_use(template: ChannelTemplate) -> None:
    if said := verdict_words(template):
        held = _("Templat “%(name)s” tidak dibawa: %(verdict)s. Pilih templat lain.")
        raise TemplateGone(held % {"name": template.name, "verdict": said}, field="template")
    if template.dropped_at is not None:
        words = _("Templat “%(name)s” sudah dihapus dari saluran itu. Pilih templat lain.") % {"name": template.name}
        raise TemplateGone(words, field="template")
