from .batches import BatchForm, DefaultsForm, UploadForm
from .columns import ColumnsForm
from .press import TextForm
from .press_review import PressReview, more_rows

__all__ = ["BatchForm", "ColumnsForm", "DefaultsForm", "PressReview", "TextForm", "UploadForm", "more_rows"]
