"""Drawing the fields of a form. Used by `ui/forms/`; a page says `{{ form }}` or `{{ form.field.as_field_group }}`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from serikat.ui.components import register
from serikat.ui.components.frame import icon
from serikat.ui.forms import part_name

MANY = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: tick, pick, parts, password, file, or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, MANY):
        return "pick"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "parts"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "file" if isinstance(widget, forms.ClearableFileInput) else "plain"


@register.simple_tag
def field_widget(field: BoundField) -> SafeString:
    """The widget with the house's class."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return _parts(field, widget)
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"in {own}".strip()})


def _parts(field: BoundField, widget: forms.Widget) -> SafeString:
    """Each part is drawn by itself, with a name of its own."""
    attrs = field.build_widget_attrs({"id": field.auto_id, "class": "in"}, widget)
    shown = widget.get_context(field.html_name, field.value(), attrs)["widget"]["subwidgets"]
    drawn = []
    for number, part in enumerate(shown):
        part["attrs"] |= {"id": f"{field.auto_id}_{number}", "aria-label": part_name(widget, number, part["name"])}
        drawn.append((mark_safe(field.form.renderer.render(part["template_name"], {"widget": part})),))  # noqa: S308 - Django's own template
    return format_html('<div class="parts">{}</div>', format_html_join("", "{}", drawn))


@register.simple_tag
def field_anchor(field: BoundField) -> str:
    """The id that a link to this field leads to: of its first part, where it has parts."""
    if field_kind(field) in ("pick", "parts"):
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


@register.simple_tag
def password_toggle(field: BoundField) -> SafeString:
    """Shows what was typed; comes to life with the script."""
    return format_html(
        '<button class="btn" type="button" data-show="{}" aria-pressed="false" hidden>{}<span class="vh">{}</span></button>',
        field.auto_id,
        icon("eye"),
        gettext("Tampilkan sandi"),
    )


@register.inclusion_tag("ui/forms/summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What must be mended, on top, with a link to each field."""
    wrong = [field for field in form if field.errors and not field.is_hidden]
    hidden = [error for field in form if field.is_hidden for error in field.errors]
    count = len(wrong)
    return {
        "wrong": wrong,
        "general": [*form.non_field_errors(), *hidden],
        "words": ngettext("%(n)d isian perlu dibetulkan.", "%(n)d isian perlu dibetulkan.", count) % {"n": count}
        if count
        else "",
    }


@register.inclusion_tag("ui/forms/file_input.html")
def field_file(field: BoundField) -> dict[str, Any]:
    """A file field: what is there now, whether to take it away, and the choice of another."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"id": field.auto_id, "class": "in"}
    if field.aria_describedby:
        attrs["aria-describedby"] = field.aria_describedby
    shown = widget.get_context(field.html_name, field.value(), field.build_widget_attrs(attrs, widget))["widget"]
    return {"widget": shown}
