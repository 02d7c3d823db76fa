"""What is kept: the journal, the encrypted words and files beside it, the people, and the letters to send."""
