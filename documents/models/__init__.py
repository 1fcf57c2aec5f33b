from documents.models.document import Document, Fault, Kind, Page, State
from documents.models.partial_upload import PartialUpload
from documents.models.picture import Picture, Rendition

__all__ = ["Document", "Fault", "Kind", "Page", "PartialUpload", "Picture", "Rendition", "State"]
