"""The identity check and the presence at the camera as they run: they ask `identity` and tell the session."""
