from .batches import BatchForm, DefaultsForm, UploadForm
from .press import TextForm
from .press_review import PressReview

__all__ = ["BatchForm", "DefaultsForm", "PressReview", "TextForm", "UploadForm"]
