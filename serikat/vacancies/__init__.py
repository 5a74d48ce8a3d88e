"""Job adverts (lowongan): sent in by anybody, searched for the signs of brokers and checked by a person before they show, reported when false, and
remembered, so that the next advert of the same number or firm is looked at twice.

Nouns: advert, the check of an advert (its points and findings, each answered), report. Sends and hears no events. Leaves to others: firms (people, the
register of bodies), places, who may check (units, by mandates), cases that grow from a false advert (casework, to come).
"""
