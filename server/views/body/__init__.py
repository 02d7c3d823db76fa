"""What the pages of an awarding body show, from its state and its indexes."""
