"""Pages: calculators and sheets, the law as it is held, the desk's tables."""
