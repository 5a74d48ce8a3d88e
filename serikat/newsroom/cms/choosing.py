"""What a chooser sends when nobody used its buttons: anything may stand there, and what is no number of a row counts as a row that is not there,
so that the form answers beside the field and not with an error of the database. And how the fields of a link's sheets are called, which Wagtail
leaves to their English names."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.widgets.chooser import BaseChooser

NO_ROW = "0"
FIELDS = {
    "link_text": _("Teks tautan"),
    "email_address": _("Alamat surel"),
    "subject": _("Perihal"),
    "body": _("Isi surel"),
    "phone_number": _("Nomor telepon"),
}
LINKS = (
    choosers.ExternalLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.PhoneLinkChooserForm,
    choosers.AnchorLinkChooserForm,
)
LONGEST = 18  # digits that every database takes


def install() -> None:
    BaseChooser.value_from_datadict = _a_number(BaseChooser.value_from_datadict)
    for form in LINKS:
        for name, field in form.base_fields.items():
            field.label = FIELDS.get(name, field.label)


def _a_number(read: Any) -> Any:
    @wraps(read)
    def value_from_datadict(chooser: BaseChooser, data: Any, files: Any, name: str) -> Any:
        value = read(chooser, data, files, name)
        sound = not isinstance(value, str) or (value.isascii() and value.isdecimal() and len(value) <= LONGEST)
        return value if sound else NO_ROW

    return value_from_datadict
