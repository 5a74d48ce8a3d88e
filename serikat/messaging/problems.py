"""What became of a message or a channel, in the words of whoever reads. Adapters and the queue write one English sentence into the row, for providers'
own words are English as a rule; here ours are told in the interface's language, and a provider's are left as they came."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from serikat.kernel.errors import Words

SAYS: dict[str, Words] = {
    "A message lacks its chat or its number": _("Satu pesan datang tanpa obrolan atau nomornya"),
    "A message lacks its sender or its id": _("Satu pesan datang tanpa pengirim atau nomornya"),
    "A message needs id, from and text": _("Pesan perlu id, from, dan text"),
    "A part of it was sent, and then it stopped": _("Sebagian terkirim, lalu berhenti"),
    "A password is not sent to another computer without encryption": _(
        "Kata sandi tidak dikirim ke komputer lain tanpa pengaman"
    ),
    "A person sends this": _("Pesan ini dikirim oleh petugas"),
    "A report lacks the id of its message": _("Satu laporan datang tanpa nomor pesannya"),
    "What is said of a template lacks its name": _("Satu kabar tentang templat datang tanpa namanya"),
    "A report needs id or key, and a state": _("Laporan perlu id atau key, dan state"),
    "A report needs the key of the message": _("Laporan perlu kunci pesannya"),
    "An SMS needs from, text and id": _("SMS perlu from, text, dan id"),
    "Apprise broke off": _("Apprise berhenti di tengah jalan"),
    "Apprise could not send it, and does not say why": _("Apprise tidak dapat mengirimnya, tanpa memberi sebab"),
    "Apprise does not know this address": _("Apprise tidak mengenal alamat ini"),
    "Apprise knows the service {}. Whether it takes us is known when something is sent": _(
        "Apprise mengenal layanan {}. Apakah layanan itu menerima kita, baru diketahui saat mengirim"
    ),
    "Facebook knows the page {}": _("Facebook mengenal halaman {}"),
    "It did not reach the phone": _("Tidak sampai ke ponselnya"),
    "It is empty, or of a sort that cannot be shown here": _("Kosong, atau jenisnya tidak dapat ditampilkan di sini"),
    "Kannel cannot send this: the number or the text does not fit": _(
        "Kannel tidak dapat mengirimnya: nomor atau teksnya tidak cocok"
    ),
    "Kannel does not know this name and password, or refuses calls from this computer": _(
        "Kannel tidak mengenal nama dan kata sandi ini, atau menolak panggilan dari komputer ini"
    ),
    "Kannel knows no way to this number": _("Kannel tidak tahu jalan ke nomor ini"),
    "Kannel runs, lines to SMS centres that are online: {}": _("Kannel berjalan; jalur ke pusat SMS yang tersambung: {}"),
    "Kannel sends ten parts of an SMS at most, and this text has more": _(
        "Kannel mengirim paling banyak sepuluh bagian SMS, dan teks ini lebih panjang"
    ),
    "Kannel takes nothing just now": _("Kannel sedang tidak menerima pesan"),
    "Kannel wants a sender, and neither it nor this channel names one": _(
        "Kannel minta nama pengirim, dan belum diisi di Kannel maupun di saluran ini"
    ),
    "Kannel's bearerbox does not say that it runs: is the status password right?": _(
        "Bearerbox Kannel tidak menjawab bahwa ia berjalan: periksa kata sandi statusnya"
    ),
    "Kannel's lists do not allow this number": _("Daftar di Kannel tidak mengizinkan nomor ini"),
    "Kannel's smsbox answers and knows us": _("Smsbox Kannel menjawab dan mengenal kita"),
    "Messages wait in the outgoing folder ({}): does gammu-smsd run?": _(
        "Pesan menunggu di folder keluar ({}): periksa apakah gammu-smsd berjalan"
    ),
    "No SMS is as long as this": _("Tidak ada SMS sepanjang ini"),
    "No connection to the mail server": _("Tidak tersambung ke server surel"),
    "No connection to the provider": _("Tidak tersambung ke penyedia"),
    "No connection to the server for incoming mail": _("Tidak tersambung ke server surel masuk"),
    "No secure connection to the provider": _("Tidak ada sambungan aman ke penyedia"),
    "Nothing was asked": _("Tidak ada yang diuji"),
    "Telegram does not have this file any more": _("Telegram tidak lagi menyimpan berkas ini"),
    "Telegram does not know this token": _("Telegram tidak mengenal token ini"),
    "Telegram is asked from two places, or calls a webhook: only one way works at a time": _(
        "Telegram ditanya dari dua tempat, atau memanggil webhook: hanya satu cara yang berjalan sekaligus"
    ),
    "Telegram knows us as @{}": _("Telegram mengenal kita sebagai @{}"),
    "Telegram wants a pause": _("Telegram minta menunggu"),
    "Telegram's answer makes no sense": _("Jawaban Telegram tidak dapat dibaca"),
    "The SMS centre refused it": _("Pusat SMS menolaknya"),
    "The VAPID key in the settings is not a key": _("Kunci VAPID di pengaturan bukan kunci"),
    "The address in the settings is not an address": _("Alamat di pengaturan bukan alamat"),
    "The bot may not write into this channel, or it is not there": _(
        "Bot tidak boleh menulis di kanal ini, atau kanalnya tidak ada"
    ),
    "The browser has ended the subscription": _("Peramban sudah mengakhiri langganan ini"),
    "The call could not be made: the address or a setting does not fit": _(
        "Penyedia tidak dapat dipanggil: alamat atau satu pengaturan tidak cocok"
    ),
    "The call is no JSON object": _("Panggilannya bukan objek JSON"),
    "The channel was retired before it was sent": _("Salurannya pensiun sebelum pesan ini keluar"),
    "The connection broke before the provider had answered": _("Sambungan putus sebelum penyedia menjawab"),
    "The connection broke within the provider's answer": _("Sambungan putus di tengah jawaban penyedia"),
    "The connection to the mail server broke": _("Sambungan ke server surel putus"),
    "The connection to the server for incoming mail broke": _("Sambungan ke server surel masuk putus"),
    "The file is larger than we take": _("Berkasnya lebih besar daripada yang kami terima"),
    "The file is larger than we take, or not there": _("Berkasnya lebih besar daripada yang kami terima, atau tidak ada"),
    "The file stands on a server that is not the provider's": _("Berkasnya ada di server yang bukan milik penyedia"),
    "The folder for {} is not there, or may not be written to": _("Folder {} tidak ada, atau tidak boleh ditulisi"),
    "The folders of gammu-smsd are there, and none waits too long": _(
        "Folder gammu-smsd ada, dan tidak ada pesan yang menunggu terlalu lama"
    ),
    "The folders of gammu-smsd cannot be read": _("Folder gammu-smsd tidak dapat dibaca"),
    "The gate answers and knows us": _("Gerbang menjawab dan mengenal kita"),
    "The gate is still working on this message": _("Gerbang masih mengerjakan pesan ini"),
    "The id in the settings is not known, or the token may not use it (100/33)": _(
        "ID di pengaturan tidak dikenal, atau tokennya tidak boleh memakainya (100/33)"
    ),
    "The key is whole. Whether a browser is still there is known when something is sent to it": _(
        "Kuncinya utuh. Apakah perambannya masih ada, baru diketahui saat mengirim"
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
    "The mailbox that should be read is not there": _("Kotak surat yang harus dibaca tidak ada"),
    "The modem could not send it": _("Modem tidak dapat mengirimnya"),
    "The notice is too long for a browser": _("Pemberitahuannya terlalu panjang untuk peramban"),
    "The notice is too long for the service": _("Pemberitahuannya terlalu panjang untuk layanan itu"),
    "The outgoing folder of gammu-smsd cannot be written to": _("Folder keluar gammu-smsd tidak dapat ditulisi"),
    "The provider answered": _("Penyedia menjawab"),
    "The provider refuses the channel": _("Penyedia menolak saluran ini"),
    "The provider took the call, and its answer makes no sense": _(
        "Penyedia menerima panggilan, tetapi jawabannya tidak dapat dibaca"
    ),
    "The provider's certificate is not valid": _("Sertifikat penyedia tidak sah"),
    "The same post was made just before": _("Kiriman yang sama baru saja dibuat"),
    "The server for incoming mail does not take this name and password": _(
        "Server surel masuk tidak menerima nama dan kata sandi ini"
    ),
    "The server for outgoing mail knows us": _("Server surel keluar mengenal kita"),
    "The server knows us as @{}": _("Server mengenal kita sebagai @{}"),
    "The server wants a pause": _("Server minta menunggu"),
    "The servers for outgoing and incoming mail know us": _("Server surel keluar dan masuk mengenal kita"),
    "The service wants a pause": _("Layanan itu minta menunggu"),
    "The services want an address of ours that begins with mailto: or https://": _(
        "Layanan itu minta alamat kita yang diawali mailto: atau https://"
    ),
    "The subscription has a broken key": _("Kunci langganan ini rusak"),
    "The subscription names a service that is not in this channel's list": _(
        "Langganan ini menyebut layanan yang tidak ada di daftar saluran ini"
    ),
    "The subscription was made for another key, or the service does not take ours": _(
        "Langganan ini dibuat untuk kunci lain, atau layanannya tidak menerima kunci kita"
    ),
    "The text is in an alphabet that we do not know": _("Teksnya memakai aksara yang tidak kami kenal"),
    "The token is not one that Telegram gives": _("Token ini bukan dari Telegram"),
    "The worker died while it was sent": _("Program berhenti mendadak saat pesan ini dikirim"),
    "There is no challenge to give back": _("Tidak ada kata uji untuk dijawab"),
    "There is nothing in this message": _("Pesan ini kosong"),
    "They have blocked the bot, or never wrote to it": _("Mereka memblokir bot, atau belum pernah menulis kepadanya"),
    "This cannot be written as a mail: an address or a name does not fit": _(
        "Tidak dapat ditulis sebagai surel: alamat atau nama tidak cocok"
    ),
    "This is no call of WhatsApp's": _("Ini bukan panggilan WhatsApp"),
    "This is no name of a file": _("Ini bukan nama berkas"),
    "This is no subscription of a browser": _("Ini bukan langganan peramban"),
    "This is no update of Telegram's": _("Ini bukan kabar dari Telegram"),
    "This is not a number that a modem can write to": _("Modem tidak dapat menulis ke nomor ini"),
    "This kind of report was not asked for": _("Laporan jenis ini tidak diminta"),
    "WhatsApp knows us as {}": _("WhatsApp mengenal kita sebagai {}"),
    "X knows us as @{}": _("X mengenal kita sebagai @{}"),
    "X wants a pause: its limit is reached": _("X minta menunggu: batasnya tercapai"),
}
_LONGEST = sorted((one for one in SAYS if "{}" not in one), key=len, reverse=True)
_WITH_A_VALUE = [
    (re.compile(f"{'(.+?)'.join(map(re.escape, one.split('{}')))}[.]?"), words) for one, words in SAYS.items() if "{}" in one
]
_CODE = re.compile(r"[.]?| ?\([\d./ -]{1,12}\)[.]?| \d{3}[.]?")


def said(problem: str) -> SafeString:
    """One sentence for the page; what the provider added in words of its own stays, marked as English."""
    for shape, words in _WITH_A_VALUE:
        if found := shape.fullmatch(problem):
            return format_html("{}.", str(words).format(found[1]))
    ours = next((one for one in _LONGEST if problem.startswith(one)), "")
    if not ours:
        return format_html('<span lang="en">{}</span>', problem)
    rest = problem[len(ours) :]
    if _CODE.fullmatch(rest):
        return format_html("{}{}.", SAYS[ours], rest.rstrip("."))
    return format_html('{}<span lang="en">{}</span>', SAYS[ours], rest)
