from .batches import BatchForm, DefaultsForm, UploadForm
from .press import TextForm
from .press_review import PressReview, more_rows

__all__ = ["BatchForm", "DefaultsForm", "PressReview", "TextForm", "UploadForm", "more_rows"]
