"""What the law gives, for everybody: calculators with every figure's article, the law as it is held at `/aturan/`, sheets for the negotiation table; and
the tables that the organisation keeps over the law: regional minimum wages, holidays and collective leave, a lawyer's marks.

Nouns: calculator (short steps, nothing stored), sheet, minimum wage, day off, review (a lawyer's look at one value or article). Sends and hears no
events. Leaves to others: the rules and formulas (law), regions (places), what grows out of a figure (helpdesk, casework, claims: to come).
"""
