"""What the portal promises in figures, measured: `make bench`."""
