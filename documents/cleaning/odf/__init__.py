"""Clean copies of OpenDocument texts (OASIS ODF 1.3)."""
