"""Text taken out of files, in a process of its own: a file that breaks its reader breaks nothing else."""
