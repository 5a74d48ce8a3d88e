"""Pages: `public` for readers, `sending` for who sends and reports, `desk` for who checks, `feeds` for machines."""
