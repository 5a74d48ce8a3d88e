"""What identifies somebody in a question or answer before it is published: numbers, addresses, names, places, workplaces, dates, and what does so together.

`find_marks` proposes, a person decides, `apply` writes the text with what was decided, `left_over` says what of it still shows. Nothing here is sure:
a mark says how sure it is (in hundredths) and why it was made, and what is not marked may identify all the same.

The text is read in passes, each over what the earlier ones left: what is never a mark (law numbers, amounts, hours), links and mail, dates, numbers by
their form and the words before them, firms by their signs, places, firms without a sign, names. Then two chains of tags read it once more (`rereading.py`): for places,
workplaces and names as whole phrases, and for clauses that fit one person only. Word lists and the chains' weights stand in `data/`; `training.py` makes the weights.
"""

from .finding import find_marks
from .marks import Kind, Mark, Why
from .replacing import Left, apply, left_over, standing

__all__ = ["Kind", "Left", "Mark", "Why", "apply", "find_marks", "left_over", "standing"]
