"""Clean copies of PDF files (ISO 32000-2)."""
