"""Lists as people send them: CSV in any of its dialects, or Excel; see `reading.read_list`."""
