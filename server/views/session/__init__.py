"""What a state of a session is to whoever looks at it: typed, without HTML."""
