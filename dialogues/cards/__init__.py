"""Cards: the pictures that stand for a dialogue, a summary or a quote where somebody shares its address."""
