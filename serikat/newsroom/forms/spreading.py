"""The shapes of what an editor types about a distribution."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from serikat.newsroom.models import Variant
from serikat.newsroom.rules.spreading import Style
from serikat.newsroom.selectors.spreading import longest_of, style_of
from serikat.ui.forms import MomentInput

TITLED = (Style.MAIL, Style.PUSH)


class VariantForm(forms.Form):
    """The words for one channel, and when they go."""

    subject = forms.CharField(label=_("Judul"), max_length=300)
    text = forms.CharField(label=_("Teks"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 7}))
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
        self.fields["text"].widget.attrs |= {"data-count": style.value, "data-longest": str(longest_of(variant.channel))}

    def given(self) -> dict[str, Any]:
        return {"subject": "", **self.cleaned_data}


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
