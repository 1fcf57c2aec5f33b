"""Batches of files and lists: what staff upload, how each row is read, and how it becomes a record."""
