"""The built-in selective forwarding unit: encoded media is passed on, never decoded (but for a capture)."""
