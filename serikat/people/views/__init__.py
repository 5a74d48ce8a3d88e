"""The desk's pages of persons, bodies, requests and breaches, and the page on which somebody sees their own data."""
