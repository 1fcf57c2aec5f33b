"""Clean copies of Markdown: what a reader of the formatted text sees stays. Every search takes linear time."""
