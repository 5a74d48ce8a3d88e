"""Pages for everybody, and the desk."""
