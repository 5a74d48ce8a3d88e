"""Where things are: provinces to villages of Indonesia with their official codes, other countries, the three time zones."""
