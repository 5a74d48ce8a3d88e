"""Word to many: who they are (audiences, subscriptions, imported lists), what they get (broadcasts), when, and what became of it.

Nouns: audience, imported list, subscription (to a topic, a place), broadcast. Leaves to others: sending and the stop list (messaging), what an article
becomes on each channel (newsroom).
"""
