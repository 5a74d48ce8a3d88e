"""Adding and correcting persons, their names, who may be known by an alias only, and looking behind the mask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, inner, items_say, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.events import publish
from serikat.people import formats, rules, selectors
from serikat.people.events import ProtectionChanged
from serikat.people.models import NameKind, Person, PersonName, Protection, ThreatLevel
from serikat.people.permissions import (
    may_add_person,
    may_correct_person,
    may_link_account,
    may_look_at_person,
    may_read_nik,
    may_set_threat,
)
from serikat.people.services.contacts import put_contact_point

items_say(protections=Protection.choices)
notes_say(seen=_("yang dilihat"), names=_("nama yang berubah"))

FIELDS = ("unit", "nik", "born_on", "sex", "place")


class BadName(Refused):
    message = _("Tulis nama dengan huruf, paling panjang 120 huruf.")


class NameNeeded(Refused):
    message = _("Isi sedikitnya satu nama: nama resmi, panggilan, atau samaran.")


class AliasNeeded(Refused):
    message = _("Orang ini hanya boleh tampil dengan nama samaran. Isi nama samarannya dulu.")


class BadNik(Refused):
    message = _("NIK terdiri dari 16 angka. Periksa lagi, atau kosongkan bila belum tahu.")


class BadBirthDate(Refused):
    message = _("Tanggal lahir ini tidak mungkin. Periksa tahunnya.")


class LikelyDouble(Refused):
    """`people` are the records that look alike, all within the actor's reach."""

    message = _(
        "Mungkin orang ini sudah tercatat. Periksa catatan di bawah; bila memang orang lain, beri tanda lalu simpan lagi."
    )
    code = "likely_double"

    def __init__(self, people: list[Person]) -> None:
        super().__init__(field="despite_doubles")
        self.people = people


class AccountTaken(Refused):
    message = _("Akun ini sudah terhubung dengan catatan orang lain.")


@action("people.person.added", may=may_add_person, says=_("menambah catatan orang"), on="unit", makes=True, fields=FIELDS)
def add_person(
    *,
    actor: Actor,
    unit: Any,
    names: Mapping[str, str],
    shows: str = "",
    nik: str = "",
    born_on: date | None = None,
    sex: str = "",
    place: Any = None,
    phone: str = "",
    despite_doubles: bool = False,
) -> Person:
    """Write a new person down. Refuses with `LikelyDouble` what looks recorded already, unless told that it is somebody else."""
    given = {kind: clean_name(text, field=kind) for kind, text in names.items() if text.strip()}
    nik, number = clean_nik(nik), clean_phone(phone)
    check_birth_date(born_on)
    if not given:
        raise NameNeeded(field=NameKind.LEGAL)
    if not despite_doubles:
        real = [text for kind, text in given.items() if kind != NameKind.ALIAS]
        if found := selectors.likely_doubles(actor, names=real, nik=nik, phone=number, born_on=born_on):
            raise LikelyDouble(found)
    person = Person(unit=unit, nik=nik, nik_index=formats.nik_index(nik), born_on=born_on, sex=sex, place=place)
    person.save()
    put_names(person=person, names=given, shows=shows)
    if number:
        put_contact_point(owner=person, kind="phone", value=number, preferred=True)
    return person


@action("people.person.corrected", may=may_correct_person, says=_("memperbaiki catatan orang"), on="person", fields=FIELDS)
def correct_person(
    *,
    actor: Actor,
    person: Person,
    unit: Any,
    names: Mapping[str, str] | None = None,
    shows: str = "",
    nik: str = "",
    born_on: date | None = None,
    sex: str = "",
    place: Any = None,
    clear: Iterable[str] = (),
    reason: str = "",
) -> Person:
    """Put right what was written down. What is masked on the page (NIK, birth date, names behind an alias) stays as it is when nothing is given;
    `clear` names which of "nik" and "born_on" are to be emptied."""
    not_forgotten(person)
    check_birth_date(born_on)
    if unit.pk != person.unit_id and not may_add_person(actor, unit):
        raise Missing(field="unit")
    person.unit, person.sex, person.place = unit, sex, place
    if born_on is not None or "born_on" in clear:
        person.born_on = None if "born_on" in clear else born_on
    if nik.strip() or "nik" in clear:
        person.nik = "" if "nik" in clear else clean_nik(nik)
        person.nik_index = formats.nik_index(person.nik)
    person.save(update_fields=["unit", "born_on", "sex", "place", "nik", "nik_index"])
    if names is not None:
        put_names(
            person=person, names={k: clean_name(t, field=k) if t.strip() else "" for k, t in names.items()}, shows=shows
        )
    return person


@action(
    "people.person.protected",
    may=may_set_threat,
    says=_("menetapkan tingkat ancaman dan perlindungan"),
    on="person",
    fields=("threat_level", "protections"),
)
def protect_person(
    *, actor: Actor, person: Person, threat_level: str, protections: Iterable[str] = (), alias: str = "", reason: str = ""
) -> Person:
    """Set the threat level and why somebody is protected. From threat level high, or with any protection, only the alias shows, everywhere;
    without an alias it is refused."""
    not_forgotten(person)
    if threat_level not in ThreatLevel.values:
        raise Refused(_("Pilih tingkat ancaman dari daftar."), field="threat_level")
    chosen = sorted(set(protections))
    if not set(chosen) <= set(Protection.values):
        raise Refused(_("Pilih perlindungan dari daftar."), field="protections")
    person.threat_level, person.protections = threat_level, chosen
    person.save(update_fields=["threat_level", "protections"])
    put_names(person=person, names={NameKind.ALIAS: clean_name(alias, field="alias")} if alias.strip() else {})
    publish(ProtectionChanged(person.subject, person.shows_alias))
    return person


@action(
    "people.person.linked",
    may=may_link_account,
    says=_("menghubungkan catatan orang dengan akun"),
    on="person",
    fields=("user",),
)
def link_person(*, actor: Actor, person: Person, user: Any) -> Person:
    """Say which account is this person's, or (None) that none is."""
    not_forgotten(person)
    person.user = user
    try:
        with transaction.atomic():
            person.save(update_fields=["user"])
    except IntegrityError:
        raise AccountTaken(field="username") from None
    return person


@dataclass(frozen=True, slots=True)
class FullView:
    """What a look shows: nothing of it stands anywhere but on the page that was asked for."""

    names: list[tuple[str, str]]
    nik: str
    born_on: date | None
    contact_points: list[tuple[int, str, str, str]]  # id, kind in words, value, when it is safe


@action("people.person.looked_at", may=may_look_at_person, says=_("melihat data lengkap"), on="person")
def look_at_person(*, actor: Actor, person: Person, reason: str = "") -> FullView:
    """Give names, NIK and contact in full; each call leaves an entry. Behind an alias only while a reveal lasts; NIK only to who may."""
    not_forgotten(person)
    not_hidden(actor, person)
    sees_nik = bool(may_read_nik(actor, person))
    people = selectors.family(person)
    note(seen=["nama", "kontak", *(["NIK", "tanggal lahir"] if sees_nik else [])])
    return FullView(
        names=[(str(n.get_kind_display()), n.text) for n in selectors.names_of(person)],
        nik=next((p.nik for p in people if p.nik), "") if sees_nik else "",
        born_on=next((p.born_on for p in people if p.born_on), None) if sees_nik else None,
        contact_points=[
            (c.pk, str(c.get_kind_display()), c.value, c.safe_when) for c in selectors.contact_points_of(person)
        ],
    )


@inner("reads only")
def not_hidden(actor: Actor, person: Person) -> None:
    if person.shows_alias and selectors.revealed_until(actor, person) is None:
        raise Refused(_("Orang ini dilindungi. Minta dulu pembukaan nama samaran, dengan persetujuan orang kedua."))


@inner("part of another action")
def put_names(*, person: Person, names: Mapping[str, str], shows: str = "") -> None:
    """Write the names given by kind ("" takes one away), mark which one shows, and keep `shown_as` true. The trail says which kinds changed,
    never how somebody is called."""
    rows = {n.kind: n for n in person.names.all()}
    changed = []
    for kind, text in names.items():
        row = rows.get(kind)
        if not text and row is not None:
            rows.pop(kind).delete()
        elif text and (row is None or row.text != text):
            row = rows.setdefault(kind, PersonName(person=person, kind=kind))
            row.text, row.folded = text, rules.folded(text)
            row.save()
        else:
            continue
        changed.append(str(NameKind(kind).label))
    if not rows:
        raise NameNeeded(field=NameKind.LEGAL)
    if person.shows_alias and NameKind.ALIAS not in rows:
        raise AliasNeeded(field=NameKind.ALIAS)
    if changed:
        note(names=changed)
    marked = next((kind for kind, row in rows.items() if row.shows), "")
    choice = next(k for k in (shows, marked, NameKind.CALLED, NameKind.LEGAL, NameKind.ALIAS) if k in rows)
    person.names.exclude(kind=choice).update(shows=False)
    person.names.filter(kind=choice).update(shows=True)
    person.shown_as = rows[NameKind.ALIAS if person.shows_alias else choice].text
    person.save(update_fields=["shown_as"])


@inner("reads only")
def clean_name(text: str, *, field: str) -> str:
    name = " ".join(text.split())
    if not name.isprintable() or len(name) > 120 or not any(c.isalpha() for c in name):
        raise BadName(field=field)
    return name


@inner("reads only")
def clean_nik(text: str) -> str:
    nik = "".join(c for c in text if c not in " .-")
    serious = {rules.NikFlaw.NOT_DIGITS, rules.NikFlaw.LENGTH}
    if nik and serious & set(rules.nik_flaws(nik, today=timezone.localdate())):
        raise BadNik(field="nik")
    return nik


@inner("reads only")
def clean_phone(text: str) -> str:
    number = formats.phone_of(text) if text.strip() else ""
    if text.strip() and not number:
        raise Refused(_("Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567."), field="phone")
    return number


@inner("reads only")
def check_birth_date(born_on: date | None) -> None:
    today = timezone.localdate()
    if born_on is not None and not (today.year - 125 < born_on.year and born_on <= today):
        raise BadBirthDate(field="born_on")


@inner("reads only")
def not_forgotten(person: Person) -> None:
    if person.is_forgotten:
        raise Missing
