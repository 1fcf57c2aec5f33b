def until(page, condition, seconds=60):
    """Wait for a condition that no page shows."""
    for _ in range(seconds * 20):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("The condition was not met in time.")
