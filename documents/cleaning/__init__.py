"""Clean copies: files without hidden details about people, places and machines. Made in the worker process."""
