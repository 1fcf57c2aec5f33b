"""The text around a quotation, from which its speaker is derived."""

import re

from .quotation_marks import Quotation
from .sentences import FILLED

SIGNATURE = re.compile(r"[ \t]*\n[ \t]*[–—-][ \t\u00a0]*(?=[A-ZÀ-ÖØ-Þ])")  # a line with a dash and a name

NEXT_CLAUSE = re.compile(r"\b(?:that|but|while|whereas)\b|;", re.I)


class QuoteContext:
    """A quotation with the prose before it (`head`) and after it (`tail`).

    Each reaches to the end of the sentence or the neighbouring quotation. `prose` is the text with all quotations
    blanked out, `ends` are the ends of its sentences, `before` and `after` the neighbouring quotations.
    """

    def __init__(
        self, text: str, prose: str, ends: list[int], before: Quotation | None, quotation: Quotation,
        after: Quotation | None,
    ) -> None:  # fmt: skip
        self.text, self.prose, self.quotation, self.before = text, prose, quotation, before
        stop = min([end for end in ends if end > quotation.end], default=len(prose))
        if signed := SIGNATURE.match(prose, quotation.end):
            stop = min([end for end in ends if end > signed.end()], default=len(prose))
        self.tail_end = min(stop, after.start if after else stop)
        left = max([end for end in ends if end <= quotation.start], default=0)
        self.head_start = max(left, before.end if before else 0)
        if not prose[left : quotation.start].strip() and left and prose[:left].rstrip().endswith(":"):
            self.head_start = max([end for end in ends if end < len(prose[:left].rstrip())], default=0)
        self.head, self.tail = prose[self.head_start : quotation.start], prose[quotation.end : self.tail_end]
        self.words = text[quotation.parts[0][0] : quotation.parts[-1][1]]

    @property
    def ends_sentence(self) -> bool:
        """Whether the quoted words end with a full stop or the like."""
        return self.words.rstrip("’'”\"")[-1:] in tuple(".!?…")

    @property
    def attribution_follows(self) -> bool:
        """Whether the text after it belongs to it: after a comma or a dash, or in lower case."""
        tail = self.tail.lstrip()
        return self.words[-1:] == "," or tail[:1] in tuple(",–—-") or tail[:1].islower()

    @property
    def is_next_introduced(self) -> bool:
        """Whether the text after it introduces the next quotation."""
        return self.prose[self.tail_end : self.tail_end + 1] == FILLED and bool(
            re.search(r"[:,]\s*$|that\s*$", self.tail)
        )

    @property
    def resumes_sentence(self) -> bool:
        """Whether it continues a sentence that the previous quotation broke off."""
        if self.before is None or not self.same_paragraph:
            return False
        between = self.prose[self.before.end : self.quotation.start].rstrip()
        return between.endswith((",", ";")) and self.text[self.before.parts[-1][1] - 1] == ","

    @property
    def is_same_sentence(self) -> bool:
        """Whether only "she said" or the like interrupts the sentence that the previous quotation began."""
        if self.before is None or not self.resumes_sentence:
            return False
        return not NEXT_CLAUSE.search(self.prose, self.before.end, self.quotation.start)

    @property
    def is_full_sentence(self) -> bool:
        """Whether the quoted words are a complete sentence."""
        return bool(self.words[:1].isupper() and (self.ends_sentence or self.words[-1:] == ","))

    @property
    def same_paragraph(self) -> bool:
        """Whether the previous quotation is in the same paragraph."""
        return self.before is not None and "\n" not in self.prose[self.before.end : self.quotation.start]
