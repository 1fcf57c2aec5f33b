from .press import press

__all__ = ["press"]
