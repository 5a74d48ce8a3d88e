"""Forms: label, hint and error are tied to their field; errors are listed on top; what was typed is kept."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.db.models.fields.files import FieldFile, FileField
from django.utils import translation

from serikat.kernel.errors import Refused
from serikat.ui.forms import refuse
from serikat.ui.gallery.samples import filled_form, wrong_form

HOSTILE = '"><script>alert(1)</script>'


class Small(forms.Form):
    name = forms.CharField(label="Nama", help_text="Boleh bukan nama asli.", max_length=5)
    place = forms.ChoiceField(label="Tempat", widget=forms.RadioSelect, choices=[("p", "Pabrik"), ("k", "Kapal")])
    secret = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1)


def test_field_ties_label_hint_and_error_together():
    page = str(Small({"name": "terlalu panjang", "place": "p"}))
    assert '<label for="id_name">Nama' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'value="terlalu panjang"' in page


def test_summary_links_to_each_wrong_field_and_the_anchor_exists():
    page = str(wrong_form())
    anchors = re.findall(r'<a href="#([^"]+)"', page)
    assert len(anchors) == 7
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


class Empty(forms.Form):
    called = forms.CharField(label="Nama Anda")
    nik = forms.CharField(label="NIK:")
    place = forms.ChoiceField(label="Tempat", widget=forms.RadioSelect, choices=[("p", "Pabrik")])
    how = forms.ChoiceField(label="Lewat apa?", choices=[("p", "Pabrik")])
    proof = forms.FileField(label="Bukti")
    agreed = forms.BooleanField(label="Saya setuju.")
    own = forms.CharField(label="Kode", error_messages={"required": "Tulis kodenya."})
    secret = forms.CharField(widget=forms.HiddenInput)


def said(form):
    return {field.name: list(field.errors) for field in form}


def test_what_was_left_empty_is_named_unless_the_form_said_its_own():
    form = Empty({})
    told = said(form)
    assert told.pop("secret") == list(form.errors["secret"])
    assert told == {
        "called": ["Isi “Nama Anda”."],
        "nik": ["Isi “NIK”."],
        "place": ["Pilih “Tempat”."],
        "how": ["Jawab “Lewat apa?”."],
        "proof": ["Pilih “Bukti”."],
        "agreed": ["Beri tanda pada “Saya setuju”."],
        "own": ["Tulis kodenya."],
    }
    assert "Isi “Nama Anda”." in str(form)


def test_what_was_left_empty_is_named_in_english_too():
    with translation.override("en"):
        assert [said(Empty({}))[name] for name in ("called", "place")] == [["Fill in “Nama Anda”."], ["Choose “Tempat”."]]


def test_an_error_of_another_kind_beside_it_stays():
    form = Empty({})
    form.add_error("called", "Nama ini sudah dipakai.")
    assert said(form)["called"] == ["Isi “Nama Anda”.", "Nama ini sudah dipakai."]


def test_form_without_errors_has_no_summary():
    assert 'role="alert"' not in str(filled_form())


def test_error_of_a_hidden_field_is_said_on_top():
    assert 'role="alert"' in str(Small({"name": "Tun", "place": "p", "secret": "long"}))


@pytest.mark.parametrize("form", [filled_form, wrong_form])
def test_every_control_has_a_name_for_who_cannot_see_it(form):
    page = str(form())
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", page):
        if 'type="hidden"' in tag:
            continue
        ident = re.search(r' id="([^"]+)"', tag).group(1)
        assert "aria-label=" in tag or f'for="{ident}"' in page, tag
        assert page.count(f' id="{ident}"') == 1


def test_parts_of_a_date_keep_what_was_chosen():
    page = str(wrong_form()["born"].as_field_group())
    assert re.search(r'<option value="31" selected>', page)
    assert re.search(r'<option value="2" selected>', page)


def test_typed_markup_stays_text():
    page = str(Small({"name": HOSTILE, "place": HOSTILE}))
    assert "<script>" not in page


def test_refuse_puts_the_message_beside_its_field_or_on_top():
    form = Small({"name": "Tun", "place": "p"})
    form.is_valid()
    refuse(form, Refused("Nama ini sudah dipakai.", field="name"))
    refuse(form, Refused("Kantor sedang tutup.", field="unknown"))
    assert form.errors["name"] == ["Nama ini sudah dipakai."]
    assert form.non_field_errors() == ["Kantor sedang tutup."]


def test_password_is_never_sent_back():
    class Sign(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput)

    page = str(Sign({"password": "rahasia sekali"}))
    assert "rahasia" not in page
    assert 'data-show="id_password"' in page


def test_file_field_shows_what_is_there_and_offers_to_take_it_away():
    class Proof(forms.Form):
        proof = forms.FileField(label="Bukti", required=False)

    storage = InMemoryStorage(base_url="/f/")
    storage.save("slip.jpg", ContentFile(b"x"))
    stored = FieldFile(None, FileField(storage=storage), "slip.jpg")
    page = str(Proof(initial={"proof": stored}))
    assert 'href="/f/slip.jpg"' in page
    assert 'name="proof-clear"' in page
