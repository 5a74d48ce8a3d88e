"""The demo organisation: its units, people, articles and pictures. All of it is invented."""
