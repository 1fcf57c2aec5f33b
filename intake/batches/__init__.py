"""Many at once: what came in, what is understood of it, and how it gets into the proceedings, a row at a time."""
