"""What is shown of a sitting of the certification jury."""
