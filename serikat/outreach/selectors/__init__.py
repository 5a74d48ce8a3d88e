"""Reads: who is meant (`reaching`), broadcasts and what became of them (`broadcasts`), audiences and lists (`audiences`), a table of addresses
(`workbook`), topics and subscriptions (`subscriptions`)."""
