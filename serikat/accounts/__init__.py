"""Sign-in, second factors, sessions and notices. A user is a key, not a person.

Nouns: user, second factor, session, notice, one-time link, held form (what was being typed when the session ended).
Sends: UserCreated. Leaves to others: who somebody is (people), what they may do (units).
"""
