"""The sample that a first start loads: the real dialogues, facts only, and one dialogue that is invented throughout."""
