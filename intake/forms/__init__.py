from .batches import BatchForm, DefaultsForm, UploadForm
from .columns import ColumnsForm
from .press import TextForm
from .press_review import PressReview

__all__ = ["BatchForm", "ColumnsForm", "DefaultsForm", "PressReview", "TextForm", "UploadForm"]
