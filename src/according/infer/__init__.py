"""What follows from claims: tallies, attributions, spells of control, ties."""
