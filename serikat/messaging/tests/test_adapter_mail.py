"""Mail, against a real SMTP server (aiosmtpd) and a real IMAP server (Dovecot)."""

from __future__ import annotations

import time
import uuid
from email.message import EmailMessage

import pytest

from serikat.kernel.access import SYSTEM
from serikat.messaging.adapters import Attachment, Parcel, Report, Sort
from serikat.messaging.adapters.letters import id_given, read_letter
from serikat.messaging.models import Message
from serikat.messaging.services.receiving import receive_news
from tests.parts import dovecot as imap
from tests.parts import smtp as post


def parcel(text="Terima kasih 🙏", to="budi@contoh.example", **more):
    return Parcel(str(uuid.uuid4()), to, text, **more)


def letter(**heads):
    mail = EmailMessage()
    values = {
        "From": "Siti <siti@contoh.example>",
        "To": "lapor@serikat.example",
        "Subject": "Upah",
        "Message-ID": "<a1@contoh.example>",
    }
    for name, value in {**values, **heads}.items():
        if value:
            mail[name.replace("_", "-")] = value
    mail.set_content("Upah saya belum dibayar.\n")
    return mail


def fetched(adapter):
    found = []
    adapter.fetch(found.extend)
    return found


def test_send_letters_over_one_connection_with_an_id_made_of_the_key(smtp, mailbox):
    first = parcel(
        "Jawaban\r\nBcc: x@y.example",
        subject="Re: Upah\r\nBcc: z@y.example",
        answers=read_letter(letter().as_bytes()).provider_id,
        written="auto-replied",
    )
    second = parcel(files=(Attachment("slip gaji.pdf", "application/pdf", b"%PDF-1.4"),), link="https://serikat.example/a")
    outcomes = list(mailbox(smtp).send([first, second]))
    assert [o.sort for o in outcomes] == [Sort.SENT, Sort.SENT]
    one, two = smtp.taken
    assert len(set(smtp.sessions)) == 1
    assert (one["Message-ID"], outcomes[0].provider_id) == (f"<{first.key}@serikat.example>",) * 2
    assert (one["In-Reply-To"], one["Subject"], one["Bcc"]) == ("<a1@contoh.example>", "Re: Upah Bcc: z@y.example", None)
    assert (one["Auto-Submitted"], two["Auto-Submitted"]) == ("auto-replied", "no")
    assert (one["From"], one["X-Envelope-To"]) == ("Meja Lapor <lapor@serikat.example>", "budi@contoh.example")
    assert two.get_body().get_content().split() == ["Terima", "kasih", "🙏", "https://serikat.example/a"]
    assert [one[name] for one in (one, two) for name in ("List-Unsubscribe", "List-Unsubscribe-Post")] == [None] * 4
    (file,) = two.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("slip gaji.pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    ("step", "answer", "sort"),
    [
        ("RCPT", "550 5.1.1 no such user", Sort.REFUSED),
        ("RCPT", "450 4.2.1 later", Sort.LATER),
        ("RCPT", "452 4.5.3 too many", Sort.LATER),
        ("MAIL", "530 5.7.0 authenticate", Sort.OFF),
        ("DATA", "552 5.3.4 too big", Sort.REFUSED),
        ("DATA", "451 4.3.0 later", Sort.LATER),
        ("DATA", "554 5.7.1 spam", Sort.REFUSED),
        ("DATA", "break", Sort.DOUBT),
    ],
)
def test_send_what_the_server_refuses_is_told_apart_and_the_rest_goes_on(smtp, mailbox, step, answer, sort):
    smtp.refuses[step] = answer
    adapter = mailbox(smtp)
    outcome = next(adapter.send([parcel()]))
    assert outcome.sort == sort
    assert "budi" not in outcome.problem
    smtp.refuses.clear()
    assert next(adapter.send([parcel()])).sort == Sort.SENT
    assert len(smtp.taken) == 1


@pytest.mark.parametrize(
    ("more", "sort"),
    [
        ({"password": "salah"}, Sort.OFF),
        ({"smtp_port": "1"}, Sort.LATER),
        ({"smtp_safety": "starttls"}, Sort.OFF),
        ({"smtp_safety": "tls"}, Sort.LATER),
        ({"smtp_host": "surel.contoh.example"}, Sort.OFF),
        ({"smtp_port": "abc"}, Sort.LATER),
    ],
)
def test_send_a_server_that_does_not_let_us_in_stops_the_batch(smtp, mailbox, more, sort):
    outcomes = list(mailbox(smtp, **more).send([parcel(), parcel()]))
    assert [o.sort for o in outcomes] == [sort, sort]
    assert not mailbox(smtp, **more).check().well
    assert smtp.taken == []


def test_send_to_many_says_in_the_head_how_one_leaves(smtp, mailbox):
    """RFC 2369 and RFC 8058: one https address, whole and unfolded however long; without https it takes no single POST."""
    way = "https://suara-serikat-buruh.example/langganan/berhenti/123456789-abcdef0123456789abcd/"
    list(mailbox(smtp).send([parcel(leave=way), parcel(leave="http://127.0.0.1:8000/langganan/berhenti/1-a/")]))
    one, two = smtp.taken
    assert (one["List-Unsubscribe"], one["List-Unsubscribe-Post"]) == (f"<{way}>", "List-Unsubscribe=One-Click")
    assert f"List-Unsubscribe: <{way}>".encode() in one.as_bytes(policy=one.policy.clone(max_line_length=0)).splitlines()
    assert (two["List-Unsubscribe"], two["List-Unsubscribe-Post"]) == (
        "<http://127.0.0.1:8000/langganan/berhenti/1-a/>",
        None,
    )


def test_send_a_page_beside_the_words(smtp, mailbox):
    list(mailbox(smtp).send([parcel("Upah naik.", html="<p>Upah <b>naik</b>.</p>")]))
    (one,) = smtp.taken
    assert one.get_content_type() == "multipart/alternative"
    assert one.get_body(("plain",)).get_content().strip() == "Upah naik."
    assert one.get_body(("html",)).get_content().strip() == "<p>Upah <b>naik</b>.</p>"


def test_send_to_an_address_that_is_none_is_refused(smtp, mailbox):
    sorts = [o.sort for o in mailbox(smtp).send([parcel(to="a@b\r\nRCPT TO:<x@y>"), parcel(to="budi@contoh.example")])]
    assert sorts == [Sort.REFUSED, Sort.SENT]


def test_check_asks_both_servers(smtp, dovecot, mailbox, monkeypatch):
    monkeypatch.setattr(imap, "PASSWORD", post.PASSWORD)
    assert mailbox(smtp).check().well
    assert (
        not mailbox(smtp, dovecot, username=post.USER, password=post.PASSWORD).check().well
    )  # the box wants another password
    assert not mailbox(smtp, imap_host="127.0.0.1", imap_port="1").check().well


def test_read_html_alone_becomes_text():
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "a@b.example", "<x@b>"
    mail.set_content(
        "<style>p{}</style><p>Halo&nbsp;semua<br>baris dua</p><script>alert(1)</script><p>tiga</p>", subtype="html"
    )
    assert read_letter(mail.as_bytes()).text.split("\n") == ["Halo semua", "baris dua", "tiga"]


HEAD = b"From: Siti <siti@contoh.example>\r\nMIME-Version: 1.0\r\n"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        HEAD + b"Content-Type: application/pdf; name*=ut\x00f-8''a%20b.pdf\r\n\r\nhalo",
    ],
    ids=["nested parts", "nested letters", "no alphabet"],
)
def test_a_letter_that_nobody_can_read_arrives_all_the_same(content):
    """It would stand in the mailbox before all that follow."""
    found = read_letter(content, own="lapor@serikat.example")
    assert (found.sender, bool(found.provider_id), "tidak dapat dibaca" in found.text) == ("siti@contoh.example", True, True)
    assert read_letter(content, own="siti@contoh.example") is None


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n\r\nhalo",
        HEAD + b"Content-Type: text/plain; " + b"a=b; " * 50_000 + b"\r\n\r\nhalo",
        HEAD + b"Content-Type: text/html\r\n\r\n<p>halo</p>" + b"<div>" * 200_000,
    ],
    ids=["field", "parameters", "nested html"],
)
def test_a_letter_made_to_be_slow_is_read_at_once(content):
    begun = time.process_time()
    assert read_letter(content).text == "halo"
    assert time.process_time() - begun < 5  # it took minutes


PARTS = b"Content-Type: Multipart/mixed; boundary=b\r\n\r\n"
NESTED = b"".join(b"Content-Type: Multipart /mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300))


@pytest.mark.parametrize(
    "content",
    [
        HEAD + PARTS + b"--b\r\n\r\n" * 200_000,
        HEAD + PARTS + b"--b\r\r" * 200_000,
        HEAD + b"Content-Type: message/delivery-status\r\n\r\n" + b"a: b\r\n\r\n" * 200_000,
        HEAD + NESTED + b"\r\n" + b"a\r\n" * 300_000,
    ],
    ids=["parts", "parts of old computers", "blocks of a report", "lines within many levels"],
)
def test_a_letter_of_very_many_parts_arrives_as_one_that_nobody_can_read(content):
    begun = time.process_time()
    found = read_letter(content)
    assert (found.sender, "tidak dapat dibaca" in found.text) == ("siti@contoh.example", True)
    assert time.process_time() - begun < 2  # it took ten seconds for each megabyte


def test_a_long_letter_with_rules_in_it_is_read():
    mail = letter()
    mail.set_content("-- \n--------\nUpah\n\n" * 2000)
    mail.add_attachment(b"-- catatan\n" * 300_000, maintype="application", subtype="sql", filename="data.sql")
    found = read_letter(mail.as_bytes())
    assert (len(found.text), len(found.files[0].content)) == (len("-- \n--------\nUpah\n\n" * 2000) - 2, 3_300_000)


def test_a_note_that_a_letter_was_opened_is_no_letter():
    content = HEAD + (
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\nDibaca.\r\n"
        b"--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/x; displayed\r\n--b--"
    )
    assert read_letter(content) is None


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "lapor@serikat.example"},
        {"From": "Mail Delivery Subsystem <MAILER-DAEMON@contoh.example>"},
        {"From": "postmaster@contoh.example"},
        {"From": "mailer-daemon"},
        {"X_Failed_Recipients": "budi@contoh.example"},
        {"X_Autogenerated": "Reply"},
        {"X_Mail_Autoreply": "1"},
    ],
)
def test_read_what_no_person_wrote_is_nothing(heads):
    assert read_letter(letter(**heads).as_bytes(), own="lapor@serikat.example") is None


def file_named(name, content):
    mail = letter()
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail


def test_one_id_on_mails_of_different_senders_or_words_keeps_none_away(db, letters):
    """Whoever sends first under the id of somebody's mail does not keep it away; the same mail twice is one."""
    others = letter(From="Penyamar <jahat@lain.example>")
    changed = letter()
    changed.set_content("Lupakan saja.\n")
    mails = [
        others,
        letter(),
        changed,
        letter(Subject="Lain"),
        file_named("slip.pdf", b"%PDF-1"),
        file_named("slip.pdf", b"%PDF-2"),
    ]
    for _n in range(2):
        news = [read_letter(mail.as_bytes()) for mail in mails]
        receive_news(actor=SYSTEM, channel=letters, news=[*news, news[0]])
    assert Message.objects.count() == len(mails)
    assert {m.address.value for m in Message.objects.all()} == {"siti@contoh.example", "jahat@lain.example"}
    assert {id_given(m.provider_id) for m in Message.objects.all()} == {"<a1@contoh.example>"}
    assert read_letter(letter(From="SITI@contoh.example").as_bytes()).provider_id == news[1].provider_id


def test_an_id_of_any_length_fits(db, letters):
    mails = [letter(**{"Message-ID": f"<{'a' * 400}{n}@contoh.example>"}) for n in range(2)]
    for _n in range(2):
        receive_news(actor=SYSTEM, channel=letters, news=[read_letter(mail.as_bytes()) for mail in mails])
    assert [len(m.provider_id) for m in Message.objects.all()] == [200, 200]


@pytest.mark.parametrize(
    "sender", ["postmaster.siti@contoh.example", "siti@mailer-daemon.example", "siti-postmaster@b.example"]
)
def test_read_a_person_whose_address_looks_like_a_daemons(sender):
    assert read_letter(letter(From=sender).as_bytes()).sender == sender


@pytest.mark.parametrize("kind", ["multipart/report; report-type=feedback-report", "multipart/report"])
def test_read_a_report_of_another_kind_is_no_letter(kind):
    content = HEAD + b"Content-Type: %s; boundary=b\r\n\r\n--b\r\n\r\nIni keluhan.\r\n--b--" % kind.encode()
    assert read_letter(content) is None


def test_read_a_bounce_of_a_plain_kind_is_a_report_on_our_letter():
    """As Exim writes it: no parts, the returned letter below a line."""
    plain = (
        "From: Mail Delivery System <Mailer-Daemon@contoh.example>\nX-Failed-Recipients: budi@contoh.example\n\n"
        "A message that you sent could not be delivered.\n\n------ This is a copy of the message. ------\n\n"
        "Received: by contoh.example\nMessage-Id: <kunci@serikat.example>\n\nhalo\n"
    )
    found = read_letter(plain.encode())
    assert (found.report, found.provider_id) == (Report.FAILED, "<kunci@serikat.example>")
    assert read_letter(plain.replace("X-Failed-Recipients", "X-Delayed").encode()) is None  # perhaps it only takes longer


def test_read_a_bounce_in_parts_of_its_own_sort():
    content = BOUNCE.replace("report; report-type=delivery-status", "mixed").replace("Auto-Submitted: auto-replied\n", "")
    found = read_letter(content.format(action="failed", status="5.1.1", kind="message/rfc822").encode())
    assert (found.report, found.provider_id) == (Report.REFUSED, "<kunci@serikat.example>")


BOUNCE = """From: MAILER-DAEMON@contoh.example
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Tidak sampai.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; contoh.example

Final-Recipient: rfc822; budi@contoh.example
Action: {action}
Status: {status}

--b
Content-Type: {kind}

From: lapor@serikat.example
Message-ID: <kunci@serikat.example>

halo
--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "report"),
    [
        ("failed", "5.1.1", Report.REFUSED),
        ("failed", "4.4.7", Report.FAILED),
        ("delivered", "2.0.0", Report.DELIVERED),
        ("delayed", "4.4.1", None),
    ],
)
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_read_a_bounce_is_a_report_on_our_letter(action, status, report, kind):
    news = read_letter(BOUNCE.format(action=action, status=status, kind=kind).encode())
    if report is None:
        assert news is None
    else:
        assert (news.report, news.provider_id) == (report, "<kunci@serikat.example>")
        assert "budi" not in news.problem
