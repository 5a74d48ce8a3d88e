"""Channels in and out, to addresses only: SMS, WhatsApp, Telegram, mail, pages, web push, and a phone in somebody's hand.

Nouns: channel (a way to reach people, with its settings and secrets), address (a number, a mail address, a chat), message (one that came or is to go),
stop (an address that wants nothing more), key word (LAPOR, INFO …: registered by the rooms that answer them). Sends `MessagesSettled`,
`ChannelRetired`, `AddressStopped` and `AddressGone`. Leaves to others: who stands behind an address (people, tied by helpdesk), conversations (helpdesk), many receivers (outreach).
"""
