"""How long things are kept, what holds them back, and what is deleted (X1)."""
