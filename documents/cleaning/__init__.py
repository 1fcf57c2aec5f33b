"""Clean copies: files without what they tell of people, places and machines; made in a process apart."""
