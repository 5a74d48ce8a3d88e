"""Writes: `topics`, `subscribing` (and stopping), `audiences` and imported lists, `broadcasts` (written, approved), `running`
(queued, paused, stopped, ended), `forgetting`."""
