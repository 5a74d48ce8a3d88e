"""Files of a form that came back: held for its next sending, once, within limits, for its sender alone, for an hour, and forgotten with who sent them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django import forms
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from serikat.files import services
from serikat.files.forms import HoldsFiles, UploadField, UploadsField
from serikat.files.models import HeldFile
from serikat.files.selectors import held_of
from serikat.files.tests.conftest import pdf_bytes, picture_bytes
from serikat.kernel.access import ANONYMOUS, Actor
from serikat.kernel.forgetting import Forgetting

pytestmark = pytest.mark.django_db
PDF = pdf_bytes()


class Letter(HoldsFiles, forms.Form):
    words = forms.CharField()
    pictures = UploadsField(label="Gambar", required=False, most=2)
    paper = UploadField(label="Surat")
    key = forms.UUIDField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def commits_at_once(monkeypatch):
    """A test is one transaction that never commits: what waits for the commit happens at once."""
    monkeypatch.setattr(services.transaction, "on_commit", lambda work: work())


def photo(name="a.jpg", shade=10):
    return SimpleUploadedFile(name, picture_bytes(color=(shade, 60, 90)), "image/jpeg")


def paper(name="surat.pdf", more=b""):
    return SimpleUploadedFile(name, pdf_bytes(more), "application/pdf")


def letter(key, *, actor=ANONYMOUS, words="", files=None, **lists):
    data = QueryDict(mutable=True)
    data.update({"words": words, "key": str(key)})
    for name, values in lists.items():
        data.setlist(name, values)
    return Letter(data, MultiValueDict(files or {}), actor=actor)


def refused(key, **values):
    """Sent and sent back."""
    form = letter(key, **values)
    assert not form.is_valid()
    form.hold()
    return form


def names(form):
    return [(one.field, one.name) for one in form.kept]


def bytes_held():
    storage = storages["private"]
    folders = storage.listdir("")[0] if storage.exists("") else []
    return sum(len(storage.listdir(folder)[1]) for folder in folders)


def stored():
    content = b""
    for row in HeldFile.objects.all():
        with storages["private"].open(row.storage_name) as stream:
            content += stream.read()
    return content


def test_what_came_with_a_refused_form_goes_along_with_the_next_sending():
    key = uuid.uuid4()
    first = refused(key, files={"pictures": [photo(), photo("b.jpg", 99)], "paper": [paper()]})
    assert (names(first), first.lost) == ([("pictures", "a.jpg"), ("pictures", "b.jpg"), ("paper", "surat.pdf")], False)
    assert PDF not in stored()
    again = letter(key, words="Halo", disimpan=[one.id for one in first.kept])
    assert again.is_valid()
    assert [one.name for one in again.cleaned_data["pictures"]] == ["a.jpg", "b.jpg"]
    assert again.cleaned_data["paper"].content == PDF
    again.let_go()
    assert (names(again), bytes_held(), {row.about for row in HeldFile.objects.all()}) == ([], 0, {""})
    twice = letter(key, words="Halo", disimpan=[one.id for one in first.kept], files={"paper": [paper()]})
    assert twice.is_valid()  # sent twice by a shaky network: the room knows its key


def test_the_same_file_twice_is_held_once_and_one_of_several_can_be_dropped():
    key = uuid.uuid4()
    refused(key, files={"pictures": [photo(), photo("b.jpg", 99)]})
    form = refused(key, files={"pictures": [photo()]})
    assert names(form) == [("pictures", "a.jpg"), ("pictures", "b.jpg")]
    gone = form.kept[0].id
    assert names(refused(key, buang=[gone])) == [("pictures", "b.jpg")]
    assert (HeldFile.objects.count(), bytes_held()) == (1, 1)


def test_another_paper_takes_the_place_of_the_first():
    key = uuid.uuid4()
    refused(key, files={"paper": [paper()]})
    assert names(refused(key, files={"paper": [paper("lain.pdf", b"/X 1")]})) == [("paper", "lain.pdf")]


def test_too_many_are_refused_with_those_that_wait():
    key = uuid.uuid4()
    refused(key, files={"pictures": [photo(), photo("b.jpg", 99)]})
    third = refused(key, words="Halo", files={"pictures": [photo("c.jpg", 200)], "paper": [paper()]})
    assert "Paling banyak 2 berkas." in str(third.errors["pictures"])


def test_one_that_is_no_picture_is_named_and_the_others_wait():
    key = uuid.uuid4()
    bad = SimpleUploadedFile("catatan.jpg", b"bukan gambar", "image/jpeg")
    form = refused(key, files={"pictures": [bad, photo()]})
    assert "catatan.jpg: " in str(form.errors["pictures"])
    assert (names(form), form.lost) == ([("pictures", "a.jpg")], False)


def test_nothing_waits_beyond_the_limits_and_the_form_says_so(settings, monkeypatch):
    monkeypatch.setattr(services, "MOST_HELD", 1)
    form = refused(uuid.uuid4(), files={"pictures": [photo(), photo("b.jpg", 99)]})
    assert (names(form), form.lost) == ([("pictures", "a.jpg")], True)
    settings.HELD_FILES_MB = 0
    form = refused(uuid.uuid4(), files={"pictures": [photo()]})
    assert (names(form), form.lost) == ([], True)


@pytest.mark.parametrize("key", ["", "bukan-kunci", None])
def test_without_a_key_nothing_waits(key):
    form = refused(key, files={"pictures": [photo()]})
    assert (names(form), form.lost, HeldFile.objects.count()) == ([], True, 0)


def test_somebody_elses_key_leads_to_nothing():
    key = uuid.uuid4()
    refused(key, files={"pictures": [photo()]})
    other = Actor(kind="user", name="Sari", user_id=7, subject=uuid.uuid4())
    assert names(refused(key, actor=other)) == []
    refused(key, actor=other, files={"paper": [paper()]})
    assert names(refused(key)) == [("pictures", "a.jpg")]


def test_ids_of_anothers_files_neither_drop_nor_fetch_them():
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    held = refused(theirs, files={"pictures": [photo()]}).kept[0].id
    form = refused(mine, buang=[held, "bukan-id", "a\0b"], files={"paper": [paper()]})
    assert names(form) == [("paper", "surat.pdf")]
    assert not letter(mine, words="Halo", disimpan=[held]).is_valid()
    assert HeldFile.objects.filter(pk=held).exists()


def test_after_an_hour_it_is_gone_and_the_form_says_so():
    key = uuid.uuid4()
    told = [one.id for one in refused(key, files={"pictures": [photo()]}).kept]
    HeldFile.objects.update(held_at=timezone.now() - timedelta(minutes=61))
    late = letter(key, words="Halo", disimpan=told, files={"paper": [paper()]})
    assert not late.is_valid()
    assert "lebih dari satu jam" in str(late.non_field_errors())
    assert (services.drop_old_held(), HeldFile.objects.count(), bytes_held()) == (1, 0, 0)
    assert letter(key, words="Halo", files={"paper": [paper()]}).is_valid()


def test_forgetting_a_person_takes_what_waits_of_them_or_carries_their_name():
    subject = uuid.uuid4()
    refused(uuid.uuid4(), actor=Actor(kind="user", name="Sari", user_id=7, subject=subject), files={"pictures": [photo()]})
    refused(uuid.uuid4(), files={"paper": [paper("KTP Sumarni Watiningrum.pdf")]})
    refused(uuid.uuid4(), files={"paper": [paper("lain.pdf")]})
    services.erase_files(forgetting=Forgetting(frozenset([subject]), needles=("Sumarni Watiningrum",)))
    assert (HeldFile.objects.count(), bytes_held()) == (1, 1)


def test_new_keys_of_the_house_leave_nothing_under_the_old():
    key = uuid.uuid4()
    form = refused(key, files={"pictures": [photo()]})
    HeldFile.objects.update(key_id="lama")
    services.rotate_file_keys()
    assert (held_of(form._mark), bytes_held()) == ([], 0)
