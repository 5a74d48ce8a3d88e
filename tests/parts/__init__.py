"""Real servers that tests talk to, started on free ports and scratch folders: Kannel, gammu-smsd, Dovecot, SMTP; and stand-ins for the web's providers."""
