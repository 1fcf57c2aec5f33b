from .clean_copy import CleanCopy, Kept, Removed
from .document import Document, Fault, Kind, Page, State
from .partial_upload import PartialUpload
from .picture import Picture, Rendition

__all__ = [
    "CleanCopy",
    "Document",
    "Fault",
    "Kept",
    "Kind",
    "Page",
    "PartialUpload",
    "Picture",
    "Removed",
    "Rendition",
    "State",
]
