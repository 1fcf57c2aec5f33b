"""Text of a PDF that a person who looks at its pages cannot see: found by drawing the pages, and removed."""
