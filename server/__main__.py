"""`python -m server` and the `visiojury` command."""
from server.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
