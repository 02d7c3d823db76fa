"""Mail: what is written (`messages`), how it leaves (`transports`), the worker that sends it (`delivery`)."""
