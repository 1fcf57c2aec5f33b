"""Reflections: which public contributions and quotes are the sources of a summary's paragraphs."""
