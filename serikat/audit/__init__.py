"""The doorway for every write, and the trail it leaves.

Nouns: entry (what was done, by whom, under which mandate), value (a text of an entry, kept by data subject so that it
can be
forgotten), seal (the chain over entries). Leaves to others: what may be done (permissions of each room) and how a trail
page looks (web).
"""
