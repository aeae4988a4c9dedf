"""From claims to resolutions: which actor, which place, when."""
