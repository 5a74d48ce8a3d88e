"""The shapes of what an editor types about a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.messaging.rules.templates import places_of
from serikat.messaging.selectors.channels import templates_of
from serikat.newsroom.models import Variant
from serikat.newsroom.rules.spreading import Style
from serikat.newsroom.selectors.spreading import longest_of, style_of
from serikat.ui.forms import MomentInput

TITLED = (Style.MAIL, Style.PUSH)


class VariantForm(forms.Form):
    """The words for one channel, or what fills the places of its template, and when they go."""

    subject = forms.CharField(label=_("Judul"), max_length=300)
    text = forms.CharField(label=_("Teks"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 7}))
    names: Sequence[str] = ()  # of the fields for the template's places
    send_at = forms.SplitDateTimeField(
        label=_("Kirim pada"),
        required=False,
        widget=MomentInput(),
        help_text=_("Kosong: begitu disetujui."),
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        begun = {"subject": variant.subject, "text": variant.text, "send_at": variant.send_at}
        super().__init__(*args, **{"initial": begun, **kwargs})
        style = style_of(variant.channel)
        if style not in TITLED:
            del self.fields["subject"]
        if variant.template is None:
            self.fields["text"].widget.attrs |= {"data-count": style.value, "data-longest": str(longest_of(variant.channel))}
            return
        del self.fields["text"]
        places = range(1, places_of(variant.template.text) + 1)
        self.names = [f"value{n}" for n in places]
        for n, name in zip(places, self.names, strict=True):
            self.fields[name] = forms.CharField(
                label=_("Isian %(n)s") % {"n": f"{{{{{n}}}}}"}, max_length=1024, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.initial.setdefault(name, variant.values[n - 1] if n <= len(variant.values) else "")
        self.order_fields([*self.names, "send_at"])

    def given(self) -> dict[str, Any]:
        values = [self.cleaned_data[name] for name in self.names]
        return {
            "subject": self.cleaned_data.get("subject", ""),
            "text": self.cleaned_data.get("text", ""),
            "values": values,
            "send_at": self.cleaned_data["send_at"],
        }


class TemplateForm(forms.Form):
    """In which of its provider's templates a channel says it."""

    template: Any = forms.ModelChoiceField(
        label=_("Templat penyedia"),
        queryset=None,
        required=False,
        empty_label=_("tanpa templat: hanya bagi yang menulis dalam 24 jam terakhir"),
    )

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"template": variant.template_id}, **kwargs})
        self.fields["template"].queryset = templates_of(variant.channel)  # type: ignore[attr-defined]
        self.fields["template"].label_from_instance = lambda one: f"{one.name}: {one.text}"[:100]  # type: ignore[attr-defined]


class TopicsForm(forms.Form):
    """Whose subscribers get it. With none, only those of the article's place do."""

    topics: Any = forms.ModelMultipleChoiceField(
        label=_("Topik"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]


class ApproveDistributionForm(forms.Form):
    """A yes to exactly what was read."""

    seal = forms.RegexField(regex=r"^[0-9a-f]{32}$", widget=forms.HiddenInput)


class SendBackDistributionForm(forms.Form):
    reason = forms.CharField(label=_("Apa yang harus diperbaiki"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
