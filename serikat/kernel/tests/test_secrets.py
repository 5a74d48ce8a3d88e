"""Encrypted fields and the keyed index: keys old and new, wrong and missing; nothing readable in the database; nothing to filter on."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from serikat.kernel.secrets import (
    EncryptedDateField,
    EncryptedTextField,
    Unreadable,
    blind_index,
    decrypt,
    encrypt,
    rotate,
)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.parametrize("text", ["Sumarni", "3216085708900001", "Kamp. Baru é 🎈", "a" * 100_000])
def test_encrypt_gives_the_text_back_and_hides_it(text):
    token = encrypt(text)
    assert decrypt(token) == text
    assert text not in token
    assert encrypt(text) != token


def test_decrypt_reads_what_an_older_key_wrote(settings):
    settings.FIELD_KEYS = OLD
    token = encrypt("Sumarni")
    settings.FIELD_KEYS = f"{NEW}\n{OLD}\n"
    assert decrypt(token) == "Sumarni"
    settings.FIELD_KEYS = NEW
    with pytest.raises(Unreadable, match="FIELD_KEYS"):
        decrypt(token)


@pytest.mark.parametrize(
    "keys", ["", "  \n", "not a key", f"{NEW}\nshort"], ids=["empty", "blank", "no key", "second line no key"]
)
def test_encrypt_refuses_missing_and_broken_keys(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        encrypt("Sumarni")


def test_blind_index_is_keyed_and_kept_apart_by_purpose(settings):
    found = blind_index("628123456789", "phone")
    assert found == blind_index("628123456789", "phone")
    assert found != blind_index("628123456789", "nik")
    assert blind_index("", "phone") == ""
    settings.INDEX_KEY = "another"
    assert blind_index("628123456789", "phone") != found
    settings.INDEX_KEY = ""
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        blind_index("628123456789", "phone")


@pytest.fixture
def secret_table(transactional_db):
    with isolate_apps("serikat.kernel"):

        class Letter(models.Model):  # noqa: DJ008
            text = EncryptedTextField(blank=True)
            born_on = EncryptedDateField(null=True, blank=True)

            class Meta:
                app_label = "kernel"

        with connection.schema_editor() as editor:
            editor.create_model(Letter)
        yield Letter
        with connection.schema_editor() as editor:
            editor.delete_model(Letter)


def raw(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text, born_on FROM {model._meta.db_table} ORDER BY id")
        return cursor.fetchall()


def test_encrypted_fields_keep_their_value_and_show_none_in_the_table(secret_table):
    secret_table.objects.create(text="Sumarni", born_on=date(1990, 8, 17))
    secret_table.objects.create()
    one, two = secret_table.objects.order_by("pk")
    assert (one.text, one.born_on, two.text, two.born_on) == ("Sumarni", date(1990, 8, 17), "", None)
    stored = raw(secret_table)
    assert "Sumarni" not in str(stored)
    assert "1990-08-17" not in str(stored)
    assert stored[1] == ("", None)


def test_encrypted_fields_refuse_to_be_filtered_on(secret_table):
    for attempt in ({"text": "x"}, {"text__icontains": "x"}, {"born_on": date(1990, 8, 17)}, {"born_on__year": 1990}):
        with pytest.raises(FieldError, match="encrypted"):
            secret_table.objects.filter(**attempt)
    assert secret_table.objects.filter(born_on__isnull=True).count() == 0


def test_a_row_written_with_a_lost_key_cannot_be_read_as_garbage(secret_table, settings):
    secret_table.objects.create(text="Sumarni")
    settings.FIELD_KEYS = NEW
    with pytest.raises(Unreadable):
        secret_table.objects.get()


def test_rotate_writes_all_rows_under_the_newest_key(secret_table, settings, monkeypatch):
    monkeypatch.setattr("serikat.kernel.secrets.apps.get_models", lambda: [secret_table])
    settings.FIELD_KEYS = OLD
    for n in range(5):
        secret_table.objects.create(text=f"rahasia {n}", born_on=date(1990, 1, 1 + n))
    settings.FIELD_KEYS = f"{NEW}\n{OLD}"
    assert rotate(batch=2) == 5
    settings.FIELD_KEYS = NEW
    assert [r.text for r in secret_table.objects.order_by("pk")] == [f"rahasia {n}" for n in range(5)]
    call_command("rotate_field_keys")


def test_an_encrypted_field_cannot_be_unique():
    with isolate_apps("serikat.kernel"):

        class Odd(models.Model):  # noqa: DJ008
            text = EncryptedTextField(unique=True)

            class Meta:
                app_label = "kernel"

        assert [e.id for e in Odd._meta.get_field("text").check()] == ["kernel.E001"]


def test_the_date_field_takes_what_a_form_gives(secret_table):
    field = secret_table._meta.get_field("born_on")
    assert field.formfield().clean("1990-08-17") == date(1990, 8, 17)
    assert field.formfield().clean("") is None
    row = secret_table(born_on="1990-08-17")
    assert field.value_to_string(row) == "1990-08-17"
