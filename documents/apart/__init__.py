"""A process of its own for each file that is read or cleaned: a file that breaks its reader breaks nothing else."""
