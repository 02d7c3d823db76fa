"""What ends in the live room at once when something is decided: media that is no longer allowed, seats put out."""
