"""A phone that fills in what nobody sees is asked once more, and then believed."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from serikat.ui.traps import TrappedForm


class Wish(TrappedForm):
    salt = "uji"
    topics = forms.MultipleChoiceField(choices=[("upah", "Upah"), ("lembur", "Lembur")])


def sent(**given):
    data = QueryDict(mutable=True)
    for name, values in given.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    return Wish(data)


def opened_a_while_ago(monkeypatch):
    monkeypatch.setattr("serikat.ui.traps.QUICKEST", 0)
    monkeypatch.setattr("django.core.signing.time.time", iter(range(10**9, 10**9 + 100)).__next__)
    return Wish().initial["since"]


def test_a_phone_that_fills_in_the_trap_each_time_is_asked_once(monkeypatch):
    first = sent(website="Siti", since=opened_a_while_ago(monkeypatch), topics=["upah", "lembur"])
    assert (first.is_meant(), first["website"].value(), first["topics"].value()) == (False, "", ["upah", "lembur"])
    again = sent(website="Siti", since=first["since"].value(), topics=["upah", "lembur"])
    assert (again.is_meant(), again.cleaned_data["topics"]) == (True, ["upah", "lembur"])


def test_the_sign_of_another_form_or_of_a_machine_is_none(monkeypatch):
    class Other(Wish):
        salt = "lain"

    opened_a_while_ago(monkeypatch)
    foreign = Other()._signer.sign("asked")
    for since in ("", "asked", "asked:1:x", foreign):
        assert sent(website="x", since=since, topics=["upah"]).is_meant() is False
