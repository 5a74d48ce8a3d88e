"""What the room decides without database and clock: `sms` counts parts and makes texts plain and short; `keywords` reads commands, `words` says of
which kind each is; `exports` reads chats that somebody pasted, with the app's own marks in `export_marks`; `windows` says when something may be sent or
is due; `flood` when one sender is too many."""
