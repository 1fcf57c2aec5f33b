"""Extract the structure of a file as Markdown: headings, numbered paragraphs, lists, tables and notes.

The modules named after a kind of file run in the sandboxed process. Each has a function `markdown(data)`.
"""
