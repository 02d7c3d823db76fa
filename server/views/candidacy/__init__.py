"""What the pages of candidacies show, from a candidacy's state and the indexes."""
