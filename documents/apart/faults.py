class Unreadable(Exception):  # noqa: N818  it says what the file is
    """No text or no clean copy comes out of a file; `fault` is one of the values of documents.models.Fault."""

    def __init__(self, fault: str):
        super().__init__(fault)
        self.fault = fault
