"""The sample that the first start loads: the real dialogues, facts only, and one dialogue that is entirely invented."""
