"""What the papers of a case say, from its state."""
