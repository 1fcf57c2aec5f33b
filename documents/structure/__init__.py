"""A file's structure as Markdown: headings, numbered paragraphs, lists, notes. It runs in a process apart."""
