"""Writes: `topics`, `subscribing` (and stopping), `audiences` and imported lists, `broadcasts` (written, approved), `running`
(queued, paused, stopped, ended), `sparing` (who may not be written to any more), `forgetting`."""
