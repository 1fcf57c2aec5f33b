"""The error of every reader and cleaner of files. The sandbox worker imports it, so it must not import Django."""


class UnreadableError(Exception):
    """A file cannot be read or cleaned. `fault` is one of the values of `documents.models.Fault`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
