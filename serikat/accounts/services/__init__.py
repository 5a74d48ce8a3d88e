"""What may be done with accounts, by noun. Every room may call `leave_notice`, and `settle_notices` where the thing is done."""

from serikat.accounts.services.accounts import close_account, create_account, reopen_account
from serikat.accounts.services.factors import clear_factor, note_factor
from serikat.accounts.services.held import drop_form, keep_form, prune_accounts
from serikat.accounts.services.links import make_link, use_link
from serikat.accounts.services.mails import ask_for_password_mail, send_password_mail
from serikat.accounts.services.notices import leave_notice, read_all_notices, read_notice, settle_notices
from serikat.accounts.services.profile import ContactTaken, change_contacts, change_profile, clean_name
from serikat.accounts.services.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    forget_session,
    note_failed_sign_in,
    note_sign_in,
    note_sign_out,
    touch_session,
)

__all__ = [
    "ContactTaken",
    "ask_for_password_mail",
    "begin_session",
    "change_contacts",
    "change_profile",
    "clean_name",
    "clear_factor",
    "close_account",
    "create_account",
    "drop_form",
    "end_other_sessions",
    "end_session",
    "forget_session",
    "keep_form",
    "leave_notice",
    "make_link",
    "note_factor",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "prune_accounts",
    "read_all_notices",
    "read_notice",
    "reopen_account",
    "send_password_mail",
    "settle_notices",
    "touch_session",
    "use_link",
]
