"""Persons and bodies (companies, agencies, institutions): names, contact points, consent, threat level, and their rights over their data.

Leaves to others: signing in (accounts), membership, cases. Other rooms register as holders of a person's data.
"""
