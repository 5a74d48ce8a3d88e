"""The room's part in a person's data, one module for each noun."""
