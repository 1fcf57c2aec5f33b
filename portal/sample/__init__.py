"""The sample that the first start loads: facts on the real dialogues, and one dialogue that is entirely invented."""
