"""Read the rows of a spreadsheet, in the sandboxed process."""
