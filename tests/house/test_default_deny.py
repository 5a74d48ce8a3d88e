"""Closed unless opened: the whole table of addresses times the roles, with real requests, in both languages.

Anonymous people, an account without authority, and every role, held at the top or in a sister branch, ask for the addresses by GET and POST.
Nothing of what they change stays: each request is rolled back. What is forbidden answers exactly as what is absent.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from serikat.audit import action as audit
from serikat.audit import pages
from serikat.kernel.access import Role
from serikat.kernel.gate import PUBLIC, SIGNED_IN
from serikat.people import selectors
from serikat.people.models import Body
from serikat.people.permissions import DESK_ROLES
from serikat.people.views import bodies
from serikat.units.permissions import READING
from tests.house import grounds
from tests.house.addresses import Address, addresses, differences, in_words, reviewed

PASSWORD = "kopi pahit di gerbang tiga"
LANGUAGES = ("id", "en")
SIGN_IN = {"id": "/akun/masuk/", "en": "/en/akun/masuk/"}
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 422}  # whatever a page says, it never breaks
NO_SUCH_PAGE = (404, 405)
# Things of one account: nobody else's role reaches them.
OWN = {
    "mfa_edit_webauthn", "mfa_remove_webauthn", "accounts:end_device", "accounts:open_notice", "accounts:held_form",
    "accounts:drop_form", "people:withdraw_own_consent", "newsroom:own_post", "newsroom:change_post", "newsroom:withdraw_post",
    "newsroom:decide_concerns", "newsroom:answer_lift", "vacancies:own_advert", "vacancies:change_own_advert",
    "vacancies:take_back_advert",
}  # fmt: skip
# Everybody ends their own mandate; that of another is seen by who reads the unit's mandates.
SEEN_BY = {"units:end_mandate": frozenset(READING), "web:trail_page": frozenset(DESK_ROLES)}
# A contributor's clip is seen by editors, an upload by who began it.
SEEN_BY |= {
    f"newsroom_desk:{name}": frozenset({Role.EDITOR})
    for name in ("clip", "change_clip", "caption_clip", "choose_poster", "delete_clip", "rework_clip", "clip_file")
}
# A call that nobody took is the operators'; a paralegal reads what they took themselves.
SEEN_BY |= {
    f"helpdesk_calls:{name}": frozenset({Role.OPERATOR})
    for name in ("call", "keep_typed", "close", "guard", "show_number", "settle_back", "move_back")
}
SEEN_BY |= {
    name: frozenset({Role.OPERATOR})
    for name in ("helpdesk_reports:from_call", "helpdesk_consultations:from_call", "helpdesk_consultations:new_code")
}
SEEN_BY |= {f"newsroom_desk:{name}": frozenset() for name in ("piece", "finish_upload", "drop_upload")}
# What was pasted is seen by who pasted it.
SEEN_BY |= {"helpdesk_desk:pasted": frozenset()}
# Pages of the whole site: their walk is in serikat/newsroom/tests/test_walk.py.
CONTAINERS = {"newsroom.homepage", "newsroom.articleindex", "newsroom.staticpage"}
# There is nothing to show to who has no second factor.
WITHOUT_FACTOR = {"mfa_deactivate_totp", "mfa_view_recovery_codes"}
# What belongs to the whole organisation: a role in a branch is not enough.
AT_THE_TOP = {
    "web:change_identity", "web:jobs", "helpdesk_consultations:skills_of", "outreach_desk:topic", "web:mend_job", "newsroom_desk:editing_rule", "newsroom_desk:add_rubric",
    "newsroom_desk:change_rubric", "newsroom_desk:change_byline", "newsroom_desk:posting_rule", "newsroom_desk:tags",
    "newsroom_desk:name_tag",
    "newsroom_desk:add_series", "vacancies_desk:rule", "rights_desk:tables", "rights_desk:wages", "rights_desk:import_wages",
    "rights_desk:template", "rights_desk:region", "rights_desk:days", "rights_desk:fill_year", "rights_desk:add_day", "rights_desk:day",
    "rights_desk:remove_day", "rights_desk:reviews", "rights_desk:review", "rights_desk:withdraw_review",
}  # fmt: skip
# Nobody has opened these yet: no room has given its files to anybody.
NOBODYS = {"files:download"}
# Public pages with a form or a step of signing in: they may set the cookie that guards the form.
WITH_FORMS = re.compile(
    r"^(account_|mfa_|accounts:one_time_link|web:|newsroom:write_comment|newsroom:(send|find|follow)_request|newsroom:old_request_link|outreach:(subscribe|confirm)|outreach_leave:|vacancies:(send_advert|send_step|find_advert|report_advert)|helpdesk_public:|helpdesk_answers:(ask|asked|follow|opinion))"
)
# allauth's pages know no roles: they are walked by the account without authority.
SAME_FOR_EVERY_ACCOUNT = re.compile(r"^(account_|mfa_)")
RANDOM = re.compile(r"""nonce="[^"]*"|nonce-[^']*|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*\"""")


def table() -> list[Address]:
    with override("id"):
        return list({address.name: address for address in addresses()}.values())


TABLE = table()


@pytest.fixture
def ground(db, settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SERIKAT_KEYS = tmp_path / "keys"
    settings.SERIKAT_KEYS.mkdir()
    return grounds.lay()


class Walker:
    """A browser of somebody. Each request begins in the same state and leaves nothing behind."""

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=False)
        if user is not None:
            user.set_password(PASSWORD)
            user.save()
            self.client.force_login(user)
            self.client.post("/akun/pastikan/", {"password": PASSWORD})  # no page asks to confirm it anew
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method, address):
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        with transaction.atomic():
            answer = getattr(self.client, method)(address)
            answer.words = answer.getvalue().decode("utf-8", "replace")
            transaction.set_rollback(True)
        return answer


def where(address, arguments, language):
    with override(language):
        return (
            "/" + quote(arguments["address"]) if address.name == "wagtail_serve" else reverse(address.name, kwargs=arguments)
        )


def arguments_of(ground, address):
    if address.name == "wagtail_serve":
        return {"address": "di-mana-pun/"}
    return grounds.present(ground, address.name)


def seen(answer, asked):
    """What a person could tell two answers apart by: everything but the address they asked for, and what is random."""

    def told(words):
        neutral = asked.removeprefix("/en")
        for part in (quote(neutral, safe=""), quote(neutral), neutral):
            words = words.replace(part, "ADDRESS")
        return RANDOM.sub("", words)

    kept = {name: told(value) for name, value in answer.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, told(answer.words), kept


def problems_of(address, answer):
    """What no answer may be, whoever asks."""
    if answer.status_code not in ANSWERS and not (address.entry == PUBLIC and answer.status_code in (301, 410)):
        yield f"status {answer.status_code}"
    if address.entry != PUBLIC and "no-store" not in answer.get("Cache-Control", ""):
        yield "may be stored"


def walk(ground, walker, meets, *, languages=LANGUAGES):
    """Ask for every address that `meets(address)` has an expectation of. Gives what is wrong, in words.

    An expectation is given the method, the answers and the addresses asked for: the one of the thing, then those of nothing when it wants them.
    """
    problems, refusals = [], {}
    for language in languages:
        for address in TABLE:
            expected = meets(address)
            if expected is None:
                continue
            ways = [arguments_of(ground, address)]
            if expected in (hidden, as_a_stranger) and address.name in grounds.ARGUMENTS and language == languages[0]:
                ways += grounds.absent(ways[0])
            for method in ("get", "post"):
                asked = [where(address, way, language) for way in ways]
                answers = [walker.ask(method, each) for each in asked]
                found = [problem for answer in answers for problem in problems_of(address, answer)]
                found += expected(address, method, answers, asked)
                problems += [f"{method} {asked[0]} ({address.name}): {problem}" for problem in found]
                if expected is shut:
                    refusals.setdefault(repr(seen(answers[0], asked[0])), asked[0])
    if len(refusals) > len(languages):
        problems.append(f"refusals that can be told apart: {list(refusals.values())}")
    return sorted(set(problems))


def shut(address, method, answers, asked):
    """The gate lets nobody in: one page for all, whatever was asked."""
    yield from (f"let in with {answer.status_code}" for answer in answers if answer.status_code != 404)


def hidden(address, method, answers, asked):
    """The gate lets in, the thing is beyond reach: answered exactly as if it were not there."""
    yield from (f"let in with {answer.status_code}" for answer in answers if answer.status_code not in NO_SUCH_PAGE)
    first, *others = [seen(answer, each) for answer, each in zip(answers, asked, strict=True)]
    if any(other != first for other in others):
        yield f"what is there answers {first[0]}, what is not {[o[0] for o in others]}, and they can be told apart"


def open_to(address, method, answers, asked):
    if method == "get" and answers[0].status_code in (400, 403, 404, 409, 422) and address.name not in WITHOUT_FACTOR:
        yield f"shut with {answers[0].status_code} to {in_words(address.entry)}"


# The table


def test_every_address_is_in_the_reviewed_table():
    assert differences(reviewed(), TABLE) == []


def test_every_argument_has_its_thing():
    named = {a.name: set(a.arguments) for a in TABLE if a.arguments}
    assert {name: set(how) for name, how in grounds.ARGUMENTS.items()} == named


# The walk


def as_a_stranger(address, method, answers, asked):
    if address.entry == PUBLIC:
        if method == "get" and not WITH_FORMS.match(address.name):
            yield from (f"sets {list(answer.cookies)}" for answer in answers if answer.cookies)
    elif method == "get":
        for answer, each in zip(answers, asked, strict=True):
            to = SIGN_IN["en" if each.startswith("/en/") else "id"] + "?next=" + quote(each)
            if (answer.status_code, answer.get("Location")) != (302, to):
                yield f"answers {answer.status_code} {answer.get('Location')}"
    else:
        yield from shut(address, method, answers, asked)
        yield from hidden(address, method, answers, asked)


@pytest.mark.slow
def test_a_stranger_finds_what_is_public_and_nothing_else(ground):
    assert walk(ground, Walker(), lambda address: as_a_stranger) == []


def test_public_addresses_answer_a_stranger(ground):
    """The walk above would pass on a site that answers nobody."""
    walker, answers = Walker(), {}
    for address in TABLE:
        if address.entry == PUBLIC:
            answers[address.name] = walker.ask("get", where(address, arguments_of(ground, address), "id")).status_code
    assert {name: status for name, status in answers.items() if status not in (200, 302)} == {
        "wagtail_serve": 404,
        "messaging:called": 403,  # a stranger is not the provider
        "account_signup": 404,  # closed unless the organisation opens it
        "helpdesk_public:hear_file": 404,  # no code is open
        "web:wizard_face": 404,  # over once the organisation stands
        "web:wizard_units": 404,
        "web:wizard_administrator": 404,
        "web:open_wizard": 404,
        **dict.fromkeys(
            (
                "newsroom:answer_question",
                "newsroom:agree_to_words",
                "newsroom:withdraw_request",
                "newsroom:close_request",
                "vacancies:take_back_by_code",
                "vacancies:close_advert",
                "rights:calculator_sheet",
                "helpdesk_public:write",
                "helpdesk_public:read_story",
                "helpdesk_public:set_secret",
                "helpdesk_public:open_file",
                "helpdesk_public:close_report",
            ),
            405,
        ),
    }


def enters(role, address):
    return address.entry == SIGNED_IN or role in address.entry


def beyond_reach(address):
    return address.name in grounds.ARGUMENTS or address.name in AT_THE_TOP


@pytest.mark.slow
def test_an_account_without_authority_is_shut_out(ground):
    def meets(address):
        if address.entry == PUBLIC:
            return None
        return (hidden if beyond_reach(address) else open_to) if address.entry == SIGNED_IN else shut

    assert walk(ground, Walker(grounds.without_authority()), meets) == []


def entries():
    """The different sets of roles that addresses let in."""
    return sorted({address.entry for address in TABLE if isinstance(address.entry, frozenset)}, key=in_words)


@pytest.mark.slow
@pytest.mark.parametrize("entry", entries(), ids=in_words)
def test_all_other_roles_together_are_shut_out(ground, entry):
    """Somebody who holds every role but those of an entry, at the top: one walk shows each of them shut out."""
    others = grounds.with_roles(set(Role) - entry, ground.centre)
    assert walk(ground, Walker(others), lambda address: shut if address.entry == entry else None, languages=["id"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_a_role_at_the_top_enters_what_its_table_says(ground, role):
    def meets(address):
        if address.entry == PUBLIC or not enters(role, address) or SAME_FOR_EVERY_ACCOUNT.match(address.name):
            return None
        seen_by = SEEN_BY.get(address.name, {role})
        return hidden if address.name in OWN | NOBODYS or role not in seen_by else open_to

    assert walk(ground, Walker(grounds.with_roles({role}, ground.centre)), meets, languages=["id"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_a_role_in_a_sister_branch_cannot_tell_what_is_there(ground, role):
    def meets(address):
        if address.entry == PUBLIC or not enters(role, address) or SAME_FOR_EVERY_ACCOUNT.match(address.name):
            return None
        return hidden if beyond_reach(address) else None

    assert walk(ground, Walker(grounds.with_roles({role}, ground.east)), meets, languages=["id"]) == []


@pytest.mark.slow
def test_the_trail_of_a_thing_beyond_reach_is_not_there(ground):
    """Each kind of thing that has a trail, for somebody with every role in the sister branch, and with none."""
    assert {audit.ref_of(ground.things[name]).partition(":")[0] for name in grounds.TRAILS} == set(
        pages._finders
    ) - CONTAINERS
    page = next(address for address in TABLE if address.name == "web:trail_page")
    for walker in (Walker(grounds.with_roles(set(Role), ground.east)), Walker(grounds.without_authority())):
        for name in grounds.TRAILS:
            ref = audit.ref_of(ground.things[name])
            asked = [
                where(page, {"ref": each}, "id") for each in (ref, f"{ref.partition(':')[0]}:{grounds.NOWHERE}", f"{ref}x")
            ]
            assert list(hidden(page, "get", [walker.ask("get", each) for each in asked], asked)) == [], ref


def test_the_owner_reaches_what_is_theirs(ground):
    walker = Walker(ground.owner)
    for name in sorted(OWN - {"mfa_edit_webauthn", "mfa_remove_webauthn"}):
        address = next(a for a in TABLE if a.name == name)
        method = "get" if name in ("accounts:open_notice", "accounts:held_form", "newsroom:own_post") else "post"
        assert walker.ask(method, where(address, arguments_of(ground, address), "id")).status_code in (200, 302, 409, 422), (
            name
        )


# The walk and the table, given a broken house, notice


def only(name, expected):
    return lambda address: expected if address.name == name else None


def test_the_table_bites():
    known = reviewed()
    assert differences(known | {"people:gone": PUBLIC}, TABLE) == [
        "people:gone: the table has a line, the house no such address"
    ]
    assert differences({n: e for n, e in known.items() if n != "people:index"}, TABLE) == [
        "people:index: no line in the table"
    ]
    assert len(differences(known | {"people:index": PUBLIC}, TABLE)) == 1
    assert len(differences(known | {"people:index": frozenset({Role.MEMBER})}, TABLE)) == 1


def test_a_view_opened_by_mistake_is_noticed(ground, monkeypatch):
    monkeypatch.setattr(bodies.index, "lets_in", PUBLIC)
    assert differences(reviewed(), table()) != []
    assert any("answers 200" in found for found in walk(ground, Walker(), only("people:bodies", as_a_stranger)))


def test_a_role_added_by_mistake_is_noticed(ground, monkeypatch):
    entry = bodies.index.lets_in
    monkeypatch.setattr(bodies.index, "lets_in", entry | {Role.MEMBER})
    assert differences(reviewed(), table()) != []
    others = Walker(grounds.with_roles(set(Role) - entry, ground.centre))
    assert any("let in with 200" in found for found in walk(ground, others, only("people:bodies", shut)))


def test_a_read_without_scope_is_noticed(ground, monkeypatch):
    monkeypatch.setattr(selectors, "body_for", lambda actor, pk: Body.objects.get(pk=pk))
    sister = Walker(grounds.with_roles({Role.SECRETARY}, ground.east))
    found = walk(ground, sister, only("people:body", hidden), languages=["id"])
    assert any("let in with 200" in problem for problem in found)
    assert any("status 500" in problem for problem in found)


def test_an_answer_that_may_be_stored_is_noticed():
    address = next(a for a in TABLE if a.name == "people:index")
    assert list(problems_of(address, HttpResponse())) == ["may be stored"]
