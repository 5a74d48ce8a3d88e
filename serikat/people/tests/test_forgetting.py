"""Forgetting a person, down to the bytes: a real database file (or PostgreSQL's own files), its log, indexes, trail files and logs."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from serikat.accounts.models import HeldForm, Notice
from serikat.accounts.services.notices import leave_notice
from serikat.audit.models import Entry, Value
from serikat.audit.services import seal_entries, verify_trail
from serikat.kernel.access import SYSTEM, Role
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.events import on
from serikat.kernel.forgetting import after_restore
from serikat.kernel.secrets import encrypt
from serikat.people import selectors
from serikat.people.events import PersonForgotten
from serikat.people.models import Forgotten, Person
from serikat.people.services import forgotten_list
from serikat.people.services.cleaning import clean_forgotten, find_leftovers
from serikat.people.services.consents import record_consent
from serikat.people.services.forgetting import CannotForgetSelf, StillInOffice, forget_person, reapply_forgotten
from serikat.people.services.merging import agree_to_merge, propose_merge
from serikat.people.services.persons import correct_person
from serikat.people.services.rights import ask_right
from serikat.people.tests.factories import make_actor, make_person, make_user

NIK, OTHER_NIK = "3216085708900001", "3216085708900002"
PHONE = "+6281234567890"
NAMES = ("Sumarni Watiningrum", "Marnie Watiningrum")
NEEDLES = [*NAMES, PHONE, NIK, OTHER_NIK, "sumarni.w@contoh.id"]


def known_person(branch, data_officer):
    """Somebody who left traces everywhere: two merged records, an account, consent, a request, sessions, logs, mail, other people's words."""
    user = make_user("sumarni.watiningrum", name=NAMES[0], email="sumarni.w@contoh.id", phone=PHONE)
    person = make_person(branch, NAMES[0], nik=NIK, phone=PHONE, born_on=date(1990, 8, 17), user=user)
    twin = make_person(branch, NAMES[1], nik=OTHER_NIK)
    correct_person(actor=data_officer, person=twin, unit=branch, reason=f"salinan dari {NAMES[0]} {PHONE}")
    second = make_actor(Role.DATA_OFFICER, unit=branch)
    agree_to_merge(actor=second, proposal=propose_merge(actor=data_officer, kept=person, merged=twin, reason=NAMES[0]))
    record_consent(
        actor=data_officer, person=person, purpose="contact", given_on=date(2026, 5, 1), how="paper", evidence=NAMES[0]
    )
    ask_right(actor=data_officer, person=person, kind="copy", words=f"Saya {NAMES[0]}")
    other = make_person(branch, "Dewi Contoh")
    correct_person(actor=data_officer, person=other, unit=branch, reason=f"Saudara {NAMES[0]}, NIK {NIK}")
    leave_notice(actor=SYSTEM, user_id=data_officer.user_id, text=f"Permintaan baru dari {NAMES[0]}", link="/meja/")
    leave_notice(actor=SYSTEM, user_id=user.pk, text="Permintaan Anda dijawab")
    HeldForm.objects.create(
        user_id=data_officer.user_id, sealed=encrypt(json.dumps({"legal": NAMES[0]})), expires_at=timezone.now()
    )
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.save()
    return person


def traces_in_files(data: Path):
    (data / "logs").mkdir()
    (data / "logs" / "web.log").write_text(
        f"GET /cari/?q=Sumarni+Watiningrum\nPOST telepon=0812-3456-7890 {NIK}\nGET /lain/\n"
    )
    (data / "logs" / "web.log.1.gz").write_bytes(gzip.compress(f"hallo {NAMES[1]}\n".encode()))
    (data / "outbox").mkdir()
    (data / "outbox" / "a.log").write_text(f"To: sumarni.w@contoh.id\nSubject: x\n\nHalo\n{'-' * 79}\n")
    (data / "outbox" / "b.log").write_text(f"To: lain@contoh.id\nSubject: x\n\nHalo\n{'-' * 79}\n")
    (data / "trail").mkdir()
    (data / "trail" / "x.json.gz").write_bytes(gzip.compress(json.dumps([NIK]).encode()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_forget_person_leaves_no_byte_of_them(database_in_files, branch, data_officer, settings):
    heard = []
    on(PersonForgotten)(heard.append)
    person = known_person(branch, data_officer)
    keep = make_person(branch, "Dewi Lestari Contoh", phone="+6281200001111")
    seal_entries()
    data = Path(settings.SERIKAT_DATA)
    traces_in_files(data)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE cari USING fts5(isi)")
            cursor.execute("INSERT INTO cari(isi) VALUES (%s), (%s)", [f"tentang {NAMES[0]}", "tentang orang lain"])
            cursor.execute("DELETE FROM cari WHERE isi LIKE %s", [f"%{NAMES[0]}%"])
        else:
            cursor.execute("ANALYZE")

    forget_person(actor=data_officer, person=person, byline="anonymous", reason=f"permintaan {NAMES[0]}")
    done = clean_forgotten()

    assert (done.persons, done.leftovers) == (3, [])
    assert sorted(p.name for p in (data / "logs").iterdir()) == ["web.log", "web.log.1.gz"]
    assert "GET /lain/" in (data / "logs" / "web.log").read_text()
    assert [p.name for p in (data / "outbox").iterdir()] == ["b.log"]
    assert list((data / "trail").iterdir()) == []
    assert find_leftovers(needles=NEEDLES) == []
    assert database_in_files(NEEDLES) == []
    assert database_in_files(["Dewi Lestari Contoh"]) != []
    seal_entries()
    assert [n.text for n in Notice.objects.all()] == ["Permintaan baru dari (dilupakan)"]
    assert not HeldForm.objects.exists()
    verified = verify_trail()
    assert verified.problems == []
    assert verified.forgotten_values > 0
    assert selectors.person_for(data_officer, keep.subject) == keep
    shell = Person.objects.get(pk=person.pk)
    assert (shell.shown_as, shell.nik, shell.born_on, shell.is_forgotten) == ("", "", None, True)
    assert heard[0].byline == "anonymous"
    assert len(heard[0].subjects) == 3
    assert {f.needles for f in Forgotten.objects.all()} == {""}
    assert len(forgotten_list.read_forgotten_list()) == 3
    kept = forgotten_list.path_of_list().read_text()
    assert [said for said in ("Sumarni", "Marnie", *NEEDLES) if said in kept] == []
    assert clean_forgotten().persons == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cari WHERE cari MATCH 'tentang'")
            assert cursor.fetchone() == (1,)
            cursor.execute("DROP TABLE cari")


@pytest.mark.django_db(transaction=True)
def test_the_byte_search_finds_what_was_not_cleaned(database_in_files, branch, data_officer):
    person = known_person(branch, data_officer)
    assert NAMES[0] in database_in_files(NEEDLES)
    forget_person(actor=data_officer, person=person, byline="keep")
    waiting = {needle for f in Forgotten.objects.all() for needle in json.loads(f.needles or "[]")}
    assert set(NEEDLES) <= waiting


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_restored_backup_forgets_them_again(branch, data_officer):
    person = known_person(branch, data_officer)
    forget_person(actor=data_officer, person=person, byline="keep")
    clean_forgotten()
    # as a backup from before would bring it back: the record is there, the database's own list is not
    Forgotten.objects.all().delete()
    Person.objects.filter(pk=person.pk).update(forgotten_at=None, shown_as=NAMES[0])
    person.names.create(kind="legal", text=NAMES[0], folded=NAMES[0].lower(), shows=True)

    done = after_restore()

    assert list(done.values()) == [2]  # the record, and the account that no longer stands on it
    assert not person.names.exists()
    assert Person.objects.get(pk=person.pk).is_forgotten
    assert {f.byline for f in Forgotten.objects.all()} == {"keep"}
    assert clean_forgotten().leftovers == []
    assert len(forgotten_list.read_forgotten_list()) == 3
    assert Entry.objects.filter(action="people.forgotten.reapplied").count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a copy of the database's file is put back")
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_database_file_put_back_from_before_forgets_them_again(database_in_files, branch, data_officer, settings):
    person = known_person(branch, data_officer)
    path = Path(settings.SERIKAT_DATA) / "serikat.sqlite3"
    backup = Path(settings.SERIKAT_KEYS) / "backup.sqlite3"
    with sqlite3.connect(backup) as copy:
        connection.connection.backup(copy)
    copy.close()
    forget_person(actor=data_officer, person=person, byline="anonymous")
    clean_forgotten()

    connection.close()
    backup.replace(path)
    assert database_in_files(NEEDLES) != []
    after_restore()
    assert clean_forgotten().leftovers == []
    assert database_in_files(NEEDLES) == []
    assert Person.objects.get(pk=person.pk).is_forgotten
    assert verify_trail().problems == []


@pytest.mark.django_db(transaction=True)
def test_a_damaged_list_stops_a_restore(branch, data_officer):
    for name in ("Satu Orang", "Dua Orang"):
        forget_person(actor=data_officer, person=make_person(branch, name), byline="keep")
    path = forgotten_list.path_of_list()
    lines = path.read_bytes().splitlines(keepends=True)
    for damaged in (lines[1:], [lines[0].replace(b"keep", b"anonymous"), lines[1]], [b"{}\n"], [b"\xff\n"]):
        path.write_bytes(b"".join(damaged))
        with pytest.raises(forgotten_list.ForgottenListDamaged):
            reapply_forgotten()
    path.write_bytes(lines[0] + lines[1][:20])  # the machine went off while writing
    assert len(forgotten_list.read_forgotten_list()) == 1
    clean_forgotten()
    assert len(forgotten_list.read_forgotten_list()) == 2
    path.unlink()
    assert reapply_forgotten() == 0


@pytest.mark.django_db
def test_who_holds_a_mandate_or_asks_for_themselves_is_not_forgotten(branch, nation, data_officer, secretary):
    user = make_user()
    make_actor(Role.OPERATOR, unit=branch, user=user)
    officer = make_person(branch, user=user)
    with pytest.raises(StillInOffice):
        forget_person(actor=data_officer, person=officer, byline="keep")
    own = make_person(branch, "Petugas Data")
    Person.objects.filter(pk=own.pk).update(user=data_officer.user_id)
    own.refresh_from_db()
    with pytest.raises(CannotForgetSelf):
        forget_person(actor=data_officer, person=own, byline="keep")
    with pytest.raises(Denied):
        forget_person(actor=secretary, person=make_person(branch, "Lain Orang"), byline="keep")
    with pytest.raises(Refused) as caught:
        forget_person(actor=data_officer, person=make_person(branch, "Satu Orang"), byline="loud")
    assert caught.value.field == "byline"


@pytest.mark.django_db(transaction=True)
def test_another_person_of_the_same_name_keeps_theirs(branch, nation, data_officer):
    namesake = make_person(branch, NAMES[0])
    namesake_user = make_user("lain", name=NAMES[0])
    actor = make_actor(Role.SECRETARY, unit=branch, user=namesake_user)
    correct_person(actor=actor, person=namesake, unit=branch)
    person = make_person(branch, NAMES[0])
    forget_person(actor=data_officer, person=person, byline="anonymous")
    clean_forgotten()
    namesake_user.refresh_from_db()
    assert namesake_user.name == NAMES[0]
    assert Person.objects.get(pk=namesake.pk).shown_as == NAMES[0]
    assert Value.objects.filter(name="actor", subject=namesake_user.subject, value=NAMES[0]).exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_it_did(branch, data_officer, capsys):
    forget_person(actor=data_officer, person=make_person(branch, NAMES[0]), byline="anonymous")
    call_command("clean_forgotten")
    assert capsys.readouterr().out.startswith("1 forgotten persons cleaned")
