"""Batches of files and lists: receive uploads, read each row, and import it as a record."""
