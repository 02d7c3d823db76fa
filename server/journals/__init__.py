"""The one path of every write: a command is parsed, decided, kept, and told to whoever listens."""
