"""What became of a message or a channel, in the words of whoever reads. Adapters and the queue write one English sentence into the row, for providers'
own words are English as a rule; here ours are told in the interface's language, and a provider's are left as they came."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words

SAYS: dict[str, Words] = {
    "A part of it was sent, and then it stopped": _("Sebagian terkirim, lalu berhenti"),
    "A person sends this": _("Pesan ini dikirim oleh petugas"),
    "Apprise broke off": _("Apprise berhenti di tengah jalan"),
    "Apprise could not send it, and does not say why": _("Apprise tidak dapat mengirimnya, tanpa memberi sebab"),
    "Apprise does not know this address": _("Apprise tidak mengenal alamat ini"),
    "No connection to the mail server": _("Tidak tersambung ke server surel"),
    "No connection to the provider": _("Tidak tersambung ke penyedia"),
    "No secure connection to the provider": _("Tidak ada sambungan aman ke penyedia"),
    "Telegram does not know this token": _("Telegram tidak mengenal token ini"),
    "Telegram wants a pause": _("Telegram minta menunggu"),
    "The address in the settings is not an address": _("Alamat di pengaturan bukan alamat"),
    "The bot may not write into this channel, or it is not there": _(
        "Bot tidak boleh menulis di kanal ini, atau kanalnya tidak ada"
    ),
    "The browser has ended the subscription": _("Peramban sudah mengakhiri langganan ini"),
    "The call could not be made: the address or a setting does not fit": _(
        "Penyedia tidak dapat dipanggil: alamat atau satu pengaturan tidak cocok"
    ),
    "The channel was retired before it was sent": _("Salurannya pensiun sebelum pesan ini keluar"),
    "The connection broke before the provider had answered": _("Sambungan putus sebelum penyedia menjawab"),
    "The connection broke within the provider's answer": _("Sambungan putus di tengah jawaban penyedia"),
    "The connection to the mail server broke": _("Sambungan ke server surel putus"),
    "The folders of gammu-smsd cannot be read": _("Folder gammu-smsd tidak dapat dibaca"),
    "The gate answers and knows us": _("Gerbang menjawab dan mengenal kita"),
    "The gate is still working on this message": _("Gerbang masih mengerjakan pesan ini"),
    "The id in the settings is not known, or the token may not use it (100/33)": _(
        "ID di pengaturan tidak dikenal, atau tokennya tidak boleh memakainya (100/33)"
    ),
    "The mail came back": _("Surelnya kembali"),
    "The mail is too large for the server": _("Surelnya terlalu besar untuk server itu"),
    "The mail server asks to wait": _("Server surel minta menunggu"),
    "The mail server cannot write to an address with such letters": _(
        "Server surel tidak dapat menulis ke alamat dengan huruf seperti itu"
    ),
    "The mail server does not let us send": _("Server surel tidak mengizinkan kita mengirim"),
    "The mail server does not offer what the settings want: STARTTLS or a password": _(
        "Server surel tidak menyediakan yang diminta pengaturan: STARTTLS atau kata sandi"
    ),
    "The mail server does not take a mail to this address": _("Server surel tidak menerima surel ke alamat ini"),
    "The mail server's certificate is not valid": _("Sertifikat server surel tidak sah"),
    "The modem could not send it": _("Modem tidak dapat mengirimnya"),
    "The notice is too long for a browser": _("Pemberitahuannya terlalu panjang untuk peramban"),
    "The outgoing folder of gammu-smsd cannot be written to": _("Folder keluar gammu-smsd tidak dapat ditulisi"),
    "The provider answered": _("Penyedia menjawab"),
    "The provider refuses the channel": _("Penyedia menolak saluran ini"),
    "The provider took the call, and its answer makes no sense": _(
        "Penyedia menerima panggilan, tetapi jawabannya tidak dapat dibaca"
    ),
    "The provider's certificate is not valid": _("Sertifikat penyedia tidak sah"),
    "The same post was made just before": _("Kiriman yang sama baru saja dibuat"),
    "The subscription has a broken key": _("Kunci langganan ini rusak"),
    "The token is not one that Telegram gives": _("Token ini bukan dari Telegram"),
    "The worker died while it was sent": _("Program berhenti mendadak saat pesan ini dikirim"),
    "There is nothing in this message": _("Pesan ini kosong"),
    "They have blocked the bot, or never wrote to it": _("Mereka memblokir bot, atau belum pernah menulis kepadanya"),
    "This cannot be written as a mail: an address or a name does not fit": _(
        "Tidak dapat ditulis sebagai surel: alamat atau nama tidak cocok"
    ),
    "This is no subscription of a browser": _("Ini bukan langganan peramban"),
    "This is not a number that a modem can write to": _("Modem tidak dapat menulis ke nomor ini"),
    "X wants a pause: its limit is reached": _("X minta menunggu: batasnya tercapai"),
}
_LONGEST = sorted(SAYS, key=len, reverse=True)
_CODE = re.compile(r"[.]?| ?\([\d./ -]{1,12}\)[.]?| \d{3}[.]?")


def said(problem: str) -> SafeString:
    """One sentence for the page; what the provider added in words of its own stays, marked as English."""
    ours = next((one for one in _LONGEST if problem.startswith(one)), "")
    if not ours:
        return format_html('<span lang="en">{}</span>', problem)
    rest = problem[len(ours) :]
    if _CODE.fullmatch(rest):
        return format_html("{}{}.", SAYS[ours], rest.rstrip("."))
    return format_html('{}<span lang="en">{}</span>', SAYS[ours], rest)
