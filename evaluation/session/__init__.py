"""One jury's day: from its plan to the last signature."""
