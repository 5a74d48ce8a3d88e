"""Writes: `channels` (set up, tried, retired), `receiving` (what providers bring), `routing` (who answers it), `queueing` (what is to go out), `sending`
(leases, outcomes), `settling` (what a person decides), `stopping` (the stop list), `forgetting`."""
