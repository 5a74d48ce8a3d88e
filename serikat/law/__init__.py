"""What the law gives a worker and by when something must be done, computed from dated and cited data.

Plain Python and numpy: no Django, no clock, no database, no other room. Usable alone:

    from serikat.law import the_law, compute
    compute(the_law(), {"topic": "severance", "hired": "2015-03-02", "terminated": "2025-03-01", …})

Nouns: an *act* has *articles* (the register); a *parameter* has *values*, each with the dates it holds, its article, its source and whether a source was
found; a *topic* is a formula on columns with a *rule version*; a *result* is lines, each with its article, and warnings; a *step* of procedure has
working days; a *forum* takes a claim. Whoever needs tables that an organisation edits (wages of a region, holidays, a lawyer's marks) keeps them above
(room `rights`) and hands them in as values: `Law.with_values`.
"""

from serikat.law.answers import compute, compute_many
from serikat.law.compiled import the_law

__all__ = ["compute", "compute_many", "the_law"]
