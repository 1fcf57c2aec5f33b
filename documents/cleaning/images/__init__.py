"""Pictures and colour profiles without their metadata."""
