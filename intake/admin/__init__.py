from .batches import BatchAdmin

__all__ = ["BatchAdmin"]
