"""Which claims and reports describe the same incident, and which are copies."""
