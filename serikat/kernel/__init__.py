"""The machinery every room stands on: access, money, numbering, codes, secrets, errors, events, jobs, progress, text.

Knows no person and no matter. Owns only the tables of its own machinery (jobs, schedule, progress, counters, tries).
"""
