"""The rows of a spreadsheet, as words."""
