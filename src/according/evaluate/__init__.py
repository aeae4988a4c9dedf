"""Scores on gold data, and the ratchet that keeps them from slipping."""
