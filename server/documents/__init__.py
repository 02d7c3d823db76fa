"""Documents: what people upload, the pages jurors read, the papers the platform draws. Pure functions on bytes."""
