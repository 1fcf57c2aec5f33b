"""Readers that extract the text of files. They run in the worker process (`documents/sandbox`)."""
