"""The tree of units and the mandates that give authority in it.

Nouns: unit (national, overseas, province, branch, village, factory), decree, mandate (a decree gives a user a role in a unit for
a term). Fills the authority port of kernel.access: mandates are the only source of authority. Sends: MandateGiven, MandateEnded.
"""
