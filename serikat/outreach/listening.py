"""DAFTAR, LANGGANAN, MULAI and BERHENTI as people write them. Answers fit one SMS, where they go out as one."""

from __future__ import annotations

import re
from functools import wraps

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from serikat.kernel.access import SYSTEM
from serikat.messaging.adapters import Scheme
from serikat.messaging.keywords import Answer
from serikat.messaging.models import Address, Message
from serikat.messaging.rules.keywords import registration
from serikat.messaging.rules.sms import fit
from serikat.messaging.rules.words import ASIDE
from serikat.outreach.models import How, Subscriber
from serikat.outreach.selectors.subscriptions import leave_link, open_topics, subscriptions_of, topic_of_word
from serikat.outreach.services.subscribing import come_back, register, subscribe, unsubscribe
from serikat.places.models import Region
from serikat.places.selectors import find_villages, region_by_code

SHOWN = 3  # villages of one name that one SMS can hold


def _by_its_holder(hear: Answer) -> Answer:
    """A number says who writes; a mail says what its writer likes. So nothing begins by one: the answer leads where only its real holder gets on."""

    @wraps(hear)
    def heard(message: Message, rest: str) -> str | None:
        address = _address(message)
        if address.scheme != Scheme.MAIL:
            return hear(message, rest)
        if address.stopped_at is not None:
            words = _("Alamat ini tidak kami kirimi lagi. Mau dikirimi lagi? Tekan tombolnya di sini: %(link)s")
            return words % {"link": leave_link(address)}
        words = _("Berlangganan lewat surel dimulai di %(link)s. Kode dikirim ke alamat ini.")
        return words % {"link": settings.SITE_ADDRESS + reverse("outreach:subscribe")}

    return heard


@_by_its_holder
def hear_registration(message: Message, rest: str) -> str | None:
    """DAFTAR name#village. What is missing or may mean two places is asked back."""
    address = _address(message)
    known = Subscriber.objects.filter(address=address).first()
    if known and (number := re.fullmatch(r"\s*([1-9])\s*[.)]?\s*", rest)):
        at = int(number[1]) - 1
        place = region_by_code(known.choices[at]) if at < len(known.choices) else None
        return _registered(message, known.name, place) if place else _ask_again()
    said = registration(rest, ASIDE)
    if said.missing:
        return _ask_again()
    found = find_villages(said.village, limit=SHOWN + 1)
    if not found:
        return _("Desa %(village)s tidak kami temukan. Balas: DAFTAR nama#desa, kecamatan") % {
            "village": _echo(said.village, 40)
        }
    if len(found) == 1:
        return _registered(message, said.name, found[0])
    if len(found) > SHOWN:
        register(address=address, name=said.name, place=None)
        return _("Ada banyak desa %(village)s. Balas: DAFTAR %(name)s#desa, kecamatan") % {
            "village": _echo(said.village, 30),
            "name": _echo(said.name, 30),
        }
    register(address=address, name=said.name, place=None, choices=[region.pk for region in found])
    lines = " ".join(f"{n}) {_where(region)}." for n, region in enumerate(found, 1))
    return _one_sms(_("Desa yang mana? Balas DAFTAR 1, DAFTAR 2, atau DAFTAR 3. %(lines)s") % {"lines": lines})


def _echo(words: str, most: int) -> str:
    """What somebody wrote, said back without anything that a phone makes a link of: who wrote it may have done so in another's name."""
    return " ".join(re.sub(r"[^\w\s',.-]|[._](?=\S)", " ", words).split())[:most].strip()


def _ask_again() -> str:
    return _("Tulis nama dan desa Anda seperti ini: DAFTAR Siti#Sukamaju, Cikarang")


def _where(region: Region) -> str:
    """The district and regency that a village lies in: enough to choose by."""
    district = region.parent
    regency = district.parent if district else None
    return f"{district}, {str(regency).replace('Kabupaten', 'Kab')}" if district and regency else str(region)


def _registered(message: Message, name: str, place: Region) -> str:
    address = _address(message)
    register(address=address, name=name, place=place)
    come_back(address=address)
    subscribe(actor=SYSTEM, channel=message.channel, address=address, how=How.WORD, place=place)
    return _one_sms(
        _("%(name)s terdaftar di %(place)s. Anda mendapat kabar untuk tempat itu. Berhenti: balas BERHENTI")
        % {"name": _echo(name, 30), "place": place.name}
    )


@_by_its_holder
def hear_subscription(message: Message, rest: str) -> str | None:
    """LANGGANAN topic; without one, what there is."""
    topic = topic_of_word(rest)
    if topic is None:
        words = ", ".join(open_topics().values_list("word", flat=True)).upper()
        return _one_sms(_("Topik langganan: %(words)s. Balas LANGGANAN dan topiknya.") % {"words": words or "-"})
    address = _address(message)
    come_back(address=address)
    subscribe(actor=SYSTEM, channel=message.channel, address=address, how=How.WORD, topics=[topic])
    return _one_sms(
        _("Anda berlangganan %(topic)s. Berhenti: balas BERHENTI %(word)s")
        % {"topic": topic.name, "word": topic.word.upper()}
    )


def hear_stop(message: Message, rest: str) -> str | None:
    """BERHENTI: everything; BERHENTI topic: that alone."""
    address = _address(message)
    topic = topic_of_word(rest)
    if topic is not None:
        unsubscribe(actor=SYSTEM, address=address, topic=topic)
        return _one_sms(_("Langganan %(topic)s berhenti. Semua berhenti: balas BERHENTI") % {"topic": topic.name})
    already = address.stopped_at is not None
    unsubscribe(actor=SYSTEM, address=address)
    if already:
        return _("Anda sudah berhenti. Mau lagi: balas MULAI.")
    return _("Anda tidak kami kirimi lagi. Mau lagi: balas MULAI. Jawaban atas pesan Anda tetap kami kirim.")


@_by_its_holder
def hear_start(message: Message, rest: str) -> str | None:
    """MULAI: they may be written to again."""
    address = _address(message)
    come_back(address=address)
    names = [str(one.topic or one.place) for one in subscriptions_of(address)]
    if names:
        return _one_sms(_("Baik, kami kirimi lagi: %(names)s.") % {"names": ", ".join(names)})
    return _("Baik, Anda boleh kami kirimi lagi. Pilih topik: balas LANGGANAN")


def _address(message: Message) -> Address:
    """Words come from an address always; a wall has none."""
    if message.address is None:
        raise LookupError("A message without an address cannot subscribe.")
    return message.address


def _one_sms(text: str) -> str:
    return fit(text)
