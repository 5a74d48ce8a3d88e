"""Writes: `sending` for who sends, `checking` for what shows, `keeping` for what stands, `reporting` for what readers say, `forgetting`, `demo`."""
