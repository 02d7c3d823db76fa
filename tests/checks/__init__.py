"""What `make check` asks beside the linter and the type checkers. Each prints what it refuses and exits 1."""
