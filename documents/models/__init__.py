from documents.models.clean_copy import CleanCopy, Removed
from documents.models.document import Document, Fault, Kind, Page, State
from documents.models.partial_upload import PartialUpload
from documents.models.picture import Picture, Rendition

__all__ = [
    "CleanCopy",
    "Document",
    "Fault",
    "Kind",
    "Page",
    "PartialUpload",
    "Picture",
    "Removed",
    "Rendition",
    "State",
]
