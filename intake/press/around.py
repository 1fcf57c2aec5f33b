"""What stands around a quotation, by which one hears whose it is."""

import re

from .sentences import FILLED

SIGNED = re.compile(r"[ \t]*\n[ \t]*[–—-][ \t\u00a0]*(?=[A-ZÀ-ÖØ-Þ])")  # the next line is a dash and a name


class Around:
    """A quotation with the prose before and behind it, up to the ends of the sentence or the next quotation."""

    def __init__(self, text, prose, ends, before, quotation, after):
        self.text, self.prose, self.quotation, self.before = text, prose, quotation, before
        stop = min([end for end in ends if end > quotation.end], default=len(prose))
        if signed := SIGNED.match(prose, quotation.end):
            stop = min([end for end in ends if end > signed.end()], default=len(prose))
        self.tail_end = min(stop, after.start if after else stop)
        left = max([end for end in ends if end <= quotation.start], default=0)
        self.head_start = max(left, before.end if before else 0)
        if not prose[left : quotation.start].strip() and left and prose[:left].rstrip().endswith(":"):
            self.head_start = max([end for end in ends if end < len(prose[:left].rstrip())], default=0)
        self.head, self.tail = prose[self.head_start : quotation.start], prose[quotation.end : self.tail_end]
        self.words = text[quotation.parts[0][0] : quotation.parts[-1][1]]

    @property
    def ends_itself(self):
        return self.words.rstrip("’'”\"")[-1:] in tuple(".!?…")

    @property
    def goes_behind(self):
        """Whether what follows belongs to it: behind a comma, a dash or in small letters."""
        tail = self.tail.lstrip()
        return self.words[-1:] == "," or tail[:1] in tuple(",–—-") or tail[:1].islower()

    @property
    def is_next_introduced(self):
        """Whether what follows leads to the next quotation."""
        return self.prose[self.tail_end : self.tail_end + 1] == FILLED and bool(
            re.search(r"[:,]\s*$|that\s*$", self.tail)
        )

    @property
    def interrupts(self):
        """Whether the words before it break off a sentence that goes on in it."""
        between = self.prose[self.before.end : self.quotation.start].rstrip() if self.same_paragraph else ""
        return between.endswith((",", ";")) and self.text[self.before.parts[-1][1] - 1] == ","

    @property
    def is_whole(self):
        """Whether a sentence of its own stands between the marks."""
        return bool(self.words[:1].isupper() and (self.ends_itself or self.words[-1:] == ","))

    @property
    def same_paragraph(self):
        return self.before and "\n" not in self.prose[self.before.end : self.quotation.start]
