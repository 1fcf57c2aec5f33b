from .call import Call, GuidingQuestion
from .contribution import Attachment, Contribution, ReferenceCounter

__all__ = ["Attachment", "Call", "Contribution", "GuidingQuestion", "ReferenceCounter"]
