"""Keeping, opening, removing and forgetting files: sealed at rest, named in the trail, handed only to who may have them."""

from __future__ import annotations

import base64
import io
import os
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from serikat.audit.action import action
from serikat.audit.models import Entry
from serikat.files import permissions, sealing
from serikat.files.forms import UploadField
from serikat.files.inspection import check_upload
from serikat.files.models import StoredFile
from serikat.files.selectors import content_of, copy_of_data, file_for, files_of, public_address
from serikat.files.services import erase_files, keep_file, open_file, remove_file, sweep_files
from serikat.files.tests.conftest import pdf_bytes, picture_bytes
from serikat.kernel.access import ANONYMOUS, Predicate, actor_of, anyone, console
from serikat.kernel.errors import Denied, Missing, Refused
from serikat.kernel.forgetting import Forgetting

pytestmark = pytest.mark.django_db
CONSOLE = console("uji")
SECRET = b"upah yang tidak dibayar " * 10_000  # four chunks


@action("files.test.handed_in", may=anyone, says="menyerahkan berkas")
def hand_in(*, actor, content=SECRET, name="bukti.txt", holder="test.matter:1", private=True, subject=None):
    checked = check_upload(io.BytesIO(content), name, public=not private)
    return keep_file(actor=actor, checked=checked, holder_ref=holder, private=private, subject=subject)


@pytest.fixture
def keeper(monkeypatch):
    """A user who may open and remove files of test matters."""
    user = get_user_model().objects.create(username="keeper")
    is_keeper = Predicate(lambda actor, file: actor.user_id == user.pk, "the keeper")
    monkeypatch.setattr(permissions, "_holders", {})
    permissions.open_files_of("test.matter", read=is_keeper, remove=is_keeper)
    return user


def on_disk(folder):
    return [p.read_bytes() for p in folder.rglob("*") if p.is_file()]


def test_keep_file_seals_a_private_file_and_gives_it_back(scratch_storages):
    file = hand_in(actor=CONSOLE)
    kept = on_disk(scratch_storages)
    assert (len(kept), b"upah" in kept[0]) == (1, False)
    assert b"".join(content_of(file)) == SECRET
    assert (file.kind, file.size, file.private) == ("text/plain", len(SECRET), True)
    values = {v.name: v.value for v in Entry.objects.get(action="files.test.handed_in").values.all()}
    assert (values["file"], values["sha256"]) == ("bukti.txt", file.sha256)


def test_keep_file_is_refused_outside_an_action():
    checked = check_upload(io.BytesIO(b"x"), "x", public=False)
    with pytest.raises(RuntimeError):
        keep_file(actor=CONSOLE, checked=checked, holder_ref="test.matter:1")


def test_keep_file_twice_for_one_holder_is_one_file(scratch_storages):
    first, again, other = (
        hand_in(actor=CONSOLE),
        hand_in(actor=CONSOLE, name="lain.txt"),
        hand_in(actor=CONSOLE, holder="test.matter:2"),
    )
    assert (first, len(on_disk(scratch_storages))) == (again, 2)
    assert (list(files_of("test.matter:1")), list(files_of("test.matter:2"))) == ([first], [other])


def test_keep_file_for_the_public_draws_the_picture_anew(scratch_storages):
    source = picture_bytes(comment=b"secret words")
    file = hand_in(actor=CONSOLE, content=source, name="Foto Aksi.jpg", private=False)
    assert public_address(file).endswith(f"{file.pk.hex}.jpg")
    assert (b"secret words" in on_disk(scratch_storages)[0], file.wrapped_key) == (False, b"")
    with pytest.raises(ValueError, match="no public address"):
        public_address(hand_in(actor=CONSOLE))


@pytest.mark.parametrize(
    "harm",
    [
        lambda b: b[:200] + bytes([b[200] ^ 1]) + b[201:],
        lambda b: b[:-100],
        lambda b: b[: 11 + 65552],
        lambda b: b[:11] + b[11 + 65552 : 11 + 2 * 65552] + b[11 : 11 + 65552] + b[11 + 2 * 65552 :],
        lambda b: b + b"\0" * 30,
        lambda b: b"SRK2" + b[4:],
        lambda b: b"",
    ],
)
def test_a_sealed_file_that_was_changed_cut_or_shuffled_does_not_open(harm, scratch_storages):
    file = hand_in(actor=CONSOLE)
    path = next(p for p in scratch_storages.rglob("*.sealed"))
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(sealing.Unreadable):
        list(content_of(file))


def test_a_sealed_file_does_not_open_in_anothers_place(scratch_storages):
    one, other = hand_in(actor=CONSOLE), hand_in(actor=CONSOLE, content=b"lain")
    other.storage_name = one.storage_name
    with pytest.raises(sealing.Unreadable):
        list(content_of(other))


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK])
def test_sealing_gives_back_every_length(size):
    content, key = os.urandom(size), os.urandom(32)
    kept = b"".join(sealing.sealed([content[:7], content[7:]], key, "a"))
    assert b"".join(sealing.opened(io.BytesIO(kept), key, "a")) == content


def test_rotate_file_keys_wraps_anew_and_then_the_old_key_may_go(settings, capsys):
    file = hand_in(actor=CONSOLE)
    newer = base64.urlsafe_b64encode(os.urandom(32)).decode()
    settings.FILE_KEYS = f"{newer}\n{settings.FILE_KEYS}"
    assert b"".join(content_of(file)) == SECRET
    call_command("rotate_file_keys")
    assert capsys.readouterr().out == "1 keys wrapped anew.\n"
    settings.FILE_KEYS = newer
    with pytest.raises(sealing.Unreadable):
        list(content_of(file))
    file.refresh_from_db()
    assert b"".join(content_of(file)) == SECRET
    for bad in ("", "short", newer + "\n!!"):
        settings.FILE_KEYS = bad
        with pytest.raises(ImproperlyConfigured):
            sealing.house_keys()


def test_a_file_is_open_only_to_whom_its_room_lets_in(keeper):
    file = hand_in(actor=CONSOLE)
    stranger = actor_of(get_user_model().objects.create(username="stranger"))
    assert file_for(actor_of(keeper), file.pk) == file
    for actor in (stranger, ANONYMOUS):
        with pytest.raises(Missing):
            file_for(actor, file.pk)
        with pytest.raises(Denied):
            open_file(actor=actor, file=file)
    unspoken = hand_in(actor=CONSOLE, holder="test.unknown:1")
    with pytest.raises(Missing):
        file_for(actor_of(keeper), unspoken.pk)


@pytest.fixture
def signed_in(client, keeper, settings):
    settings.LOGIN_URL = "/masuk/"
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    client.force_login(keeper)
    return client


def test_download_shows_pictures_in_place_and_saves_the_rest(signed_in):
    text = hand_in(actor=CONSOLE, name="Slip gaji é.txt")
    photo = hand_in(actor=CONSOLE, content=picture_bytes(), name="foto.jpg")
    answer = signed_in.get(f"/meja/berkas/{text.pk}/")
    assert b"".join(answer.streaming_content) == SECRET
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Slip%20gaji%20%C3%A9.txt"
    assert (answer["X-Content-Type-Options"], answer["Content-Length"]) == ("nosniff", str(len(SECRET)))
    assert {"no-store", "private"} <= {p.strip() for p in answer["Cache-Control"].split(",")}
    entry = Entry.objects.get(action="files.file.opened")
    assert entry.subject_ref == f"files.storedfile:{text.pk}"
    shown, saved = (signed_in.get(f"/meja/berkas/{photo.pk}/{q}") for q in ("", "?simpan"))
    assert [a["Content-Disposition"] for a in (shown, saved)] == [
        'inline; filename="foto.jpg"',
        'attachment; filename="foto.jpg"',
    ]


def test_download_answers_a_stranger_as_if_there_were_nothing(signed_in):
    file = hand_in(actor=CONSOLE)
    stranger = get_user_model().objects.create(username="stranger")
    signed_in.force_login(stranger)
    answers = [signed_in.get(f"/meja/berkas/{pk}/") for pk in (file.pk, uuid.uuid4())]
    assert [a.status_code for a in answers] == [404, 404]
    signed_in.logout()
    assert signed_in.get(f"/meja/berkas/{file.pk}/")["Location"] == f"/masuk/?next=/meja/berkas/{file.pk}/"
    assert Entry.objects.filter(action="files.file.opened").count() == 0


def test_remove_file_erases_the_bytes_and_keeps_the_row_with_its_reason(
    keeper, scratch_storages, django_capture_on_commit_callbacks
):
    file = hand_in(actor=CONSOLE)
    with pytest.raises(Refused):
        remove_file(actor=actor_of(keeper), file=file, reason=" ")
    with pytest.raises(Denied):
        remove_file(actor=ANONYMOUS, file=file, reason="x")
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(actor=actor_of(keeper), file=file, reason="salah kirim")
    file.refresh_from_db()
    assert (on_disk(scratch_storages), bytes(file.wrapped_key), file.removed_because) == ([], b"", "salah kirim")
    with pytest.raises(Missing):
        file_for(actor_of(keeper), file.pk)
    with pytest.raises(Refused):
        remove_file(actor=actor_of(keeper), file=file, reason="lagi")
    assert hand_in(actor=CONSOLE).pk != file.pk


def test_erase_files_leaves_no_byte_and_no_name_of_who_is_forgotten(scratch_storages, django_capture_on_commit_callbacks):
    subject = uuid.uuid4()
    theirs = hand_in(actor=CONSOLE, name="KTP Sari.txt", subject=subject)
    gone = hand_in(actor=CONSOLE, name="KK Sari.txt", content=b"dua", subject=subject)
    remove_file(actor=CONSOLE, file=gone, reason="surat Sari")
    other = hand_in(actor=CONSOLE, content=b"lain", subject=uuid.uuid4())
    assert [f["name"] for f in copy_of_data(frozenset({subject}))["files"]] == ["KTP Sari.txt"]
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_files(forgetting=Forgetting(frozenset({subject}))) == 2
    rows = StoredFile.objects.filter(subject=subject).values_list("name", "removed_because")
    assert list(rows) == [("berkas", "forgotten")] * 2
    assert theirs.sha256 not in StoredFile.objects.values_list("sha256", flat=True)
    assert b"".join(content_of(other)) == b"lain"


def test_sweep_files_deletes_bytes_that_no_row_holds(scratch_storages):
    assert sweep_files() == 0
    file = hand_in(actor=CONSOLE)
    stray = scratch_storages / "private" / "ab" / "stray.sealed"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    assert (sweep_files(), sweep_files(older_than=timedelta(seconds=-5))) == (0, 1)
    assert b"".join(content_of(file)) == SECRET


def test_the_upload_field_says_what_is_wrong_beside_it():
    class Form(forms.Form):
        photo = UploadField(public=True, pictures_only=True)
        paper = UploadField(required=False)

    def errors(content, name):
        form = Form({}, {"photo": SimpleUploadedFile(name, content)})
        return form.errors.get("photo"), form

    assert errors(b"", "a.jpg")[0] == ["Berkas ini kosong. Pilih lagi berkasnya."]
    assert errors(pdf_bytes(), "a.jpg")[0] == [
        "Jenis berkas ini tidak diterima di sini. Yang diterima: avif, gif, jpg, png, webp."
    ]
    assert "SVG" in errors(b"<svg/>", "a.svg")[0][0]
    assert Form({}, {}).errors.keys() == {"photo"}
    none, form = errors(picture_bytes(), "../../foto.png")
    assert (none, form.cleaned_data["photo"].name, form.cleaned_data["paper"]) == (None, "foto.jpg", None)


def test_open_files_of_is_said_once(keeper):
    with pytest.raises(ValueError, match="said twice"):
        permissions.open_files_of("test.matter", read=anyone, remove=anyone)
    assert permissions.may_open_file(CONSOLE, SimpleNamespace(holder_ref="x")).allowed is True
