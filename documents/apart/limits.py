import resource

MEMORY = 1024**3  # bytes of address space
CPU = {"read": 20, "opens": 20, "structure": 20, "table": 20, "clean": 60}  # seconds, by what is asked
WRITTEN = 48 * 1024**2  # bytes, of any one file; the answer is one


def restrict(question: str = "read") -> None:
    """Bind this process, for good, to little memory, little time, a small answer and no children."""
    for what, most in {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: WRITTEN,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }.items():
        resource.setrlimit(what, (most, most))
    # The second's difference lets the softer signal come first, which tells a timeout from other deaths.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU[question], CPU[question] + 1))
