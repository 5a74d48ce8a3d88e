"""The desk of channels: set up in two steps, secrets never shown again, tested, paused, retired with a successor; the stop list by number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry, Value
from serikat.kernel.access import Role, actor_of, console
from serikat.messaging import places
from serikat.messaging.models import Address, Channel, Message, State
from serikat.messaging.selectors.channels import Standing, channels_for, standing_of, templates_of, values_of, with_figures
from serikat.messaging.services.channels import Retired, add_channel, retire_channel
from serikat.messaging.services.queueing import HasStopped, find_or_make_address, queue_message
from serikat.messaging.services.routing import route_arrived
from serikat.messaging.services.settling import count_as_sent, resend_message
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_unit

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def someone(centre):
    def make(name, *roles, unit=None):
        user = get_user_model().objects.create(username=name, name=name.title())
        decree, _made = Decree.objects.get_or_create(
            unit=centre, number="1", defaults={"about": "Pengurus", "decided_on": timezone.localdate()}
        )
        term = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate() + timedelta(days=9)}
        for role in roles:
            Mandate.objects.create(user=user, role=role, unit=unit or centre, decree=decree, **term)
        return user

    return make


@pytest.fixture
def admin(someone, client):
    client.force_login(someone("wulan", Role.ADMINISTRATOR))
    return client


def url(name, *args):
    return reverse(f"messaging_desk:{name}", args=args)


ASKED = {"name": "SMS pusat", "shown_address": "0812 0000 0100", "price": "350", "a_second": "2,5", "set_folder": "/a"}


def test_add_channel_in_two_steps(admin, centre, provider):
    chosen = admin.get(url("choose_kind")).content.decode()
    assert url("add_channel") + "?jenis=told" in chosen
    assert "Hanya sebuah ponsel" in chosen
    answer = admin.post(url("add_channel") + "?jenis=told", ASKED | {"unit": centre.pk, "set_password": "benar"})
    made = Channel.objects.get()
    assert answer["location"] == url("channel", made.pk)
    assert (made.name, made.price, made.a_second, values_of(made)) == (
        "SMS pusat",
        350,
        2.5,
        {"folder": "/a", "password": "benar"},
    )


def test_a_setting_that_is_missing_is_said_beside_its_field(admin, centre, provider):
    answer = admin.post(
        url("add_channel") + "?jenis=told", ASKED | {"unit": centre.pk, "set_password": "", "set_folder": ""}
    )
    assert (answer.status_code, Channel.objects.count()) == (422, 0)
    assert set(answer.context["form"].errors) == {"set_folder", "set_password"}


def test_a_kind_that_nobody_knows_leads_back_to_the_choice(admin):
    assert admin.get(url("add_channel") + "?jenis=bbm")["location"] == url("choose_kind")


def test_a_secret_is_never_shown_again_and_stays_when_left_empty(admin, sms):
    shown = admin.get(url("change_channel", sms.pk)).content.decode()
    assert "benar" not in shown
    assert "Sudah tersimpan, kosongkan bila tidak diganti." in shown
    admin.post(url("change_channel", sms.pk), ASKED | {"set_password": ""})
    sms.refresh_from_db()
    assert (sms.name, values_of(sms)) == ("SMS pusat", {"folder": "/a", "password": "benar"})
    assert "benar" not in str(list(Value.objects.values_list("value", flat=True)))
    admin.post(url("change_channel", sms.pk), ASKED | {"set_password": "rahasia-9"})
    sms.refresh_from_db()
    assert values_of(sms)["password"] == "rahasia-9"
    assert "rahasia-9" not in admin.get(url("channel", sms.pk)).content.decode()


def test_check_channel_shows_what_the_provider_answers(admin, sms):
    good = admin.post(url("check_channel", sms.pk)).content.decode()
    assert "asked" in good
    assert Channel.objects.get().problem == ""
    admin.post(url("change_channel", sms.pk), ASKED | {"set_password": "salah"})
    admin.post(url("check_channel", sms.pk))
    assert Channel.objects.get().problem == "asked"
    assert "Bermasalah" in admin.get(url("channels")).content.decode()


def test_try_channel_queues_one_message_and_says_what_became_of_it(admin, sms):
    answer = admin.post(url("try_channel", sms.pk), {"uji-address": "0812 3456 789", "uji-text": "Halo"})
    assert answer["location"] == url("channel", sms.pk)
    message = Message.objects.get()
    assert (message.words, message.state, message.address.value) == ("Halo", State.QUEUED, "+628123456789")
    page = admin.get(url("channel", sms.pk)).content.decode()
    assert "menunggu dikirim" in page
    assert "8123456789" not in page
    wrong = admin.post(url("try_channel", sms.pk), {"uji-address": "bukan nomor", "uji-text": "Halo"})
    assert wrong.status_code == 422
    assert wrong.context["try_form"].errors["address"] == [
        "Nomor ini tidak lengkap atau keliru. Contoh: 0812 3456 7890 atau +852 9123 4567."
    ]


def test_pause_and_resume(admin, sms):
    admin.post(url("pause_channel", sms.pk))
    assert Channel.objects.get().active is False
    assert "Dihentikan sementara" in admin.get(url("channels")).content.decode()
    admin.post(url("resume_channel", sms.pk))
    assert Channel.objects.get().active is True


def test_retire_channel_names_its_successor_and_forgets_its_secrets(admin, sms, keyed):
    waiting = queue_message(
        actor=CONSOLE, channel=sms, address=find_or_make_address(scheme="number", typed="08123456789"), text="a", purpose=3
    )
    typed = {"replaced_by": keyed.pk, "farewell": "Tutup 2019. Tulis ke WhatsApp."}
    assert admin.post(url("retire_channel", sms.pk), typed).status_code == 422
    Message.objects.filter(pk=waiting.pk).update(state=State.CANCELLED)
    assert admin.post(url("retire_channel", sms.pk), typed)["location"] == url("channel", sms.pk)
    sms.refresh_from_db()
    assert (sms.secrets, sms.replaced_by, sms.active) == ("", keyed, False)
    page = admin.get(url("channels")).content.decode()
    assert "Tutup 2019. Tulis ke WhatsApp." in page
    for name in ("change_channel", "retire_channel"):
        assert admin.get(url(name, sms.pk)).status_code == 409
    assert admin.post(url("resume_channel", sms.pk)).status_code == 409


def test_retire_channel_says_what_it_still_holds_and_cancels_it_when_told(
    admin, sms, arrives, django_capture_on_commit_callbacks
):
    somebody = find_or_make_address(scheme="number", typed="08123456789")
    states = [State.QUEUED, State.QUEUED, State.HAND, State.HELD, State.PARKED, State.DOUBT, State.SENT]
    out = [queue_message(actor=CONSOLE, channel=sms, address=somebody, text="a", purpose=1, about="uji:1") for _s in states]
    for message, state in zip(out, states, strict=True):
        problem = "No connection to the provider." if state == State.PARKED else ""
        Message.objects.filter(pk=message.pk).update(state=state, problem=problem)
    (came,) = arrives(sms, "halo")
    (failed,) = arrives(sms, "rusak", provider_id="2")
    Message.objects.filter(pk=failed.pk).update(state=State.PARKED)

    page = " ".join(admin.get(url("retire_channel", sms.pk)).content.decode().split())
    for said, count in (
        ("Menunggu dikirim", 2), ("Menunggu dikirim dari ponsel", 1), ("Ditahan", 1), ("Gagal, belum diputuskan", 1),
        ("Tidak pasti terkirim", 1), ("Masuk, belum dibaca", 1),
    ):  # fmt: skip
        assert f'<dt>{said}</dt><dd class="num">{count}</dd>' in page
    refused = admin.post(url("retire_channel", sms.pk), {"farewell": "Modem rusak"})
    assert (refused.status_code, "setujui bahwa semuanya dibatalkan" in refused.content.decode()) == (422, True)
    assert "Modem rusak" in refused.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(url("retire_channel", sms.pk), {"farewell": "Modem rusak", "cancel": "on"}).status_code == 302
    ended = [(m.state, m.problem.partition(".")[0]) for m in Message.objects.filter(direction="out").order_by("pk")]
    retired = (State.CANCELLED, "The channel was retired before it was sent")
    given_up = (State.CANCELLED, "No connection to the provider")
    assert ended == [*[retired] * 4, given_up, (State.DOUBT, ""), (State.SENT, "")]
    entry = Entry.objects.get(action="messaging.channel.retired")
    assert {one.name: one.value for one in entry.values.all()}.get("cancelled") == 5

    came.refresh_from_db(), failed.refresh_from_db()
    assert (came.state, failed.state) == (State.NEW, State.PARKED)  # both are still read
    resend_message(actor=CONSOLE, message=failed)
    assert route_arrived() == 2
    with pytest.raises(Retired):
        resend_message(actor=CONSOLE, message=out[5])
    count_as_sent(actor=CONSOLE, message=out[5])


def test_retire_channel_without_anything_waiting_asks_nothing(admin, sms):
    page = admin.get(url("retire_channel", sms.pk)).content.decode()
    assert 'name="cancel"' not in page
    assert admin.post(url("retire_channel", sms.pk), {"farewell": ""}).status_code == 302


def test_a_channel_is_not_its_own_successor(admin, sms, keyed):
    assert admin.post(url("retire_channel", sms.pk), {"replaced_by": sms.pk}).status_code == 422


def test_the_address_for_the_provider_is_for_administrators(admin, sms, someone, client, monkeypatch):
    from serikat.messaging.adapters import adapter_named  # reason: the fixture registers the kind

    monkeypatch.setattr(adapter_named("told"), "hears", True)
    assert sms.key in admin.get(url("channel", sms.pk)).content.decode()
    client.force_login(someone("oki", Role.OPERATOR))
    page = client.get(url("channel", sms.pk)).content.decode()
    assert sms.key not in page
    assert url("change_channel", sms.pk) not in page
    assert client.get(url("change_channel", sms.pk)).status_code == 404


def test_a_sister_branch_sees_no_channel(sms, someone, client, centre):
    east = found_unit(actor=CONSOLE, parent=centre, name="Timur", kind="branch")
    client.force_login(someone("tina", Role.ADMINISTRATOR, unit=east))
    assert sms.name not in client.get(url("channels")).content.decode().split("<main")[1]
    for name in ("channel", "change_channel", "retire_channel"):
        assert client.get(url(name, sms.pk)).status_code == 404
    assert client.post(url("check_channel", sms.pk)).status_code == 404


def test_templates_are_kept_listed_and_dropped(admin, sms):
    typed = {"templat-name": "jawaban_siap", "templat-language": "id", "templat-text": "Jawaban untuk {{1}} sudah ada."}
    admin.post(url("keep_template", sms.pk), typed)
    admin.post(url("keep_template", sms.pk), typed | {"templat-text": "Jawaban {{1}} siap."})
    kept = templates_of(sms).get()
    assert kept.text == "Jawaban {{1}} siap."
    wrong = admin.post(url("keep_template", sms.pk), typed | {"templat-name": "Jawaban Siap", "templat-text": "{{2}}"})
    assert set(wrong.context["template_form"].errors) == {"name", "text"}
    admin.post(url("drop_template", sms.pk, kept.pk))
    assert (templates_of(sms).count(), sms.templates.count()) == (0, 1)  # what was written with it keeps its words
    admin.post(url("keep_template", sms.pk), typed)
    assert templates_of(sms).get() == kept


def test_the_stop_list_is_searched_by_number_and_keeps_reasons(someone, client, sms):
    client.force_login(someone("oki", Role.OPERATOR))
    typed = {"scheme": "number", "address": "0812-3456 789"}
    assert "belum dikenal" in client.post(url("stops"), typed | {"verb": "find"}).content.decode()
    assert Address.objects.count() == 0
    assert client.post(url("stops"), typed | {"verb": "stop", "reason": ""}).status_code == 422
    client.post(url("stops"), typed | {"verb": "stop", "reason": "Minta lewat telepon."})
    address = Address.objects.get()
    with pytest.raises(HasStopped):
        queue_message(actor=CONSOLE, channel=sms, address=address, text="a", purpose=3)
    page = client.get(url("stops")).content.decode()
    assert "+62••••••" in page
    assert "3456789" not in page
    other_way = client.post(url("stops"), {"scheme": "number", "address": "+62 812 3456 789", "verb": "find"})
    assert "Boleh dikirimi lagi" in other_way.content.decode()
    client.post(url("stops"), typed | {"verb": "resume", "reason": "Datang sendiri."})
    address.refresh_from_db()
    assert address.stopped_at is None
    said = Value.objects.filter(name="reason").values_list("value", flat=True)
    assert sorted(said) == ["Datang sendiri.", "Minta lewat telepon."]


def test_what_is_no_address_is_said_and_what_is_not_stopped_is_not_resumed(someone, client, centre):
    client.force_login(someone("oki", Role.OPERATOR))
    for typed, verb in (("abc", "find"), ("0" * 300, "stop"), ("0812 3456 789", "resume")):
        answer = client.post(url("stops"), {"scheme": "number", "address": typed, "verb": verb, "reason": "x"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["address"])
    assert client.post(url("stops"), {"scheme": "wall", "address": "x", "verb": "find"}).status_code == 422
    assert Address.objects.count() == 0


def test_channels_take_the_same_number_of_queries_for_one_and_three(centre, provider, admin):
    def ask():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert admin.get(url("channels")).status_code == 200
        return len(caught)

    add_channel(actor=CONSOLE, unit=centre, kind="hand", name="Ponsel", values={})
    admin.get(url("channels"))
    one = ask()
    for n in range(2):
        add_channel(actor=CONSOLE, unit=centre, kind="hand", name=f"Ponsel {n}", values={})
    assert ask() == one


def test_figures_count_each_channel_by_itself(sms, keyed):
    to = find_or_make_address(scheme="number", typed="08123456789")
    for channel in (sms, sms, keyed):
        queue_message(actor=CONSOLE, channel=channel, address=to, text="a", purpose=3)
    first = Message.objects.first()
    Message.objects.filter(pk=first.pk).update(state=State.DOUBT)
    found = {c.pk: (c.waiting, c.for_a_person) for c in with_figures(channels_for(CONSOLE))}
    assert found == {sms.pk: (1, 1), keyed.pk: (1, 0)}


def test_a_channel_with_a_problem_stands_on_the_desks_first_page(sms, someone):
    wulan = actor_of(someone("wulan", Role.ADMINISTRATOR))
    assert places.with_problem(wulan) == []
    Channel.objects.update(problem="Wrong password.", rests_until=timezone.now() + timedelta(minutes=5))
    rows = places.with_problem(wulan)
    assert [(row.name, str(row.about), row.tone) for row in rows] == [
        ("SMS", "Ditolak penyedia, beristirahat sebentar", "red")
    ]
    assert places.with_problem(actor_of(someone("rini", Role.CONTRIBUTOR))) == []
    Channel.objects.update(kind="bbm", problem="", rests_until=None)
    assert standing_of(Channel.objects.get(), timezone.now()) is Standing.NO_KIND


def test_a_kind_that_is_gone_can_still_be_looked_at_and_retired(admin, sms):
    Channel.objects.update(kind="bbm")
    assert admin.get(url("channel", sms.pk)).status_code == 200
    assert admin.get(url("change_channel", sms.pk)).status_code == 404
    assert admin.post(url("check_channel", sms.pk)).status_code == 404
    retire_channel(actor=CONSOLE, channel=sms)
    assert Entry.objects.filter(action="messaging.channel.retired").count() == 1


def test_every_kind_says_what_it_is_and_what_one_needs():
    """In plain words: where the key comes from and what it costs."""
    from serikat.messaging import adapters  # reason: only here

    silent = [kind for kind, found in adapters.adapters().items() if not str(found.about) or not str(found.needs)]
    assert [kind for kind in silent if kind not in ("told", "keyed", "letters")] == []


MAIL = {
    "name": "Surel", "price": "", "a_second": "", "set_address": "kabar@contoh.id", "set_smtp_host": "smtp.contoh.id", "set_smtp_port": "587",
    "set_smtp_safety": "starttls", "set_imap_safety": "tls", "set_imap_port": "993", "set_folder": "INBOX", "set_username": "kabar",
}  # fmt: skip
NEW_MAIL = "?jenis=mail"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("set_address", "bukan alamat !!"),
        ("set_smtp_host", "tidak ada host"),
        ("set_smtp_host", "https://smtp.contoh.id"),
        ("set_imap_host", "-a.contoh.id"),
    ],
)
def test_an_address_or_host_that_is_none_is_refused_and_the_secret_asked_again(admin, centre, field, value):
    typed = MAIL | {"unit": centre.pk, "set_password": "rahasia-9", field: value}
    answer = admin.post(url("add_channel") + NEW_MAIL, typed)
    assert (answer.status_code, Channel.objects.count(), "rahasia-9" in answer.content.decode()) == (422, 0, False)
    assert set(answer.context["form"].errors) == {field, "set_password"}
    assert "Tulis sekali lagi" in answer.context["form"].errors["set_password"][0]


def test_a_name_to_sign_in_with_needs_its_password(admin, centre):
    answer = admin.post(url("add_channel") + NEW_MAIL, MAIL | {"unit": centre.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["set_password"])
    for host in ("smtp.contoh.id", "localhost", "127.0.0.1", "::1"):
        typed = MAIL | {"unit": centre.pk, "set_smtp_host": host, "set_password": "rahasia-9"}
        assert admin.post(url("add_channel") + NEW_MAIL, typed).status_code == 302
    without = MAIL | {"unit": centre.pk, "set_username": ""}
    assert admin.post(url("add_channel") + NEW_MAIL, without).status_code == 302
