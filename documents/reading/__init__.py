"""Text taken out of files; it runs in a process apart (`documents/apart`)."""
