"""One incident, one suspected fraud or one appeal, from the facts to the commission's decision: one engine for all."""
