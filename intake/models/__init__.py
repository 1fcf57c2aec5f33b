from .batch import Batch, BatchFile, BatchRow

__all__ = ["Batch", "BatchFile", "BatchRow"]
