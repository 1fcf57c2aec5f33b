"""Benchmarks: `make bench` measures the figures that the portal promises."""
