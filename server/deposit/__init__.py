"""The awards as the Caisse des Dépôts takes them: the file, its schema, its receipt (X12)."""
