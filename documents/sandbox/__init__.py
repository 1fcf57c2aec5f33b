"""A separate process for each file that is read or cleaned, so that a malicious file can harm nothing else."""
