"""Where the sentences and paragraphs of a text end, with the words of others put out of sight."""

import re

FILLED = "\ue000"  # stands for each letter between quotation marks, so that no place moves
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Amb|Hon|St|Jr|Sr|No|vs|Sra?|H\.E|Ph\.D|Lt|Cdr|Col|Capt|Maj|Gen|Brig|Sgt|Insp|Supt"
    r"|Fr|Rev|Msgr|Eng|Ing|Adv|[A-Z])|\.[A-Z])$"
)
WIDEST = 110  # characters of a line that was broken to be short
STOP = re.compile(r"[.!?;](?=[\s\ue000]|$)|\n")


def hidden(text, spans):
    """The text with what stands in the spans filled up, line ends included."""
    for start, end in spans:
        text = text[:start] + FILLED * (end - start) + text[end:]
    return text


def stops(prose):
    """The places behind which a new sentence begins, in order."""
    return [
        match.end()
        for match in STOP.finditer(prose)
        if match[0] != "." or not ABBREVIATED.search(prose, max(0, match.start() - 6), match.start())
    ]


def paragraphs(text):
    """(start, end) of each line that has words."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def is_heading(line):
    """Whether a line is a heading: short, and no sentence."""
    line = line.strip()
    return 0 < len(line) <= 140 and line[-1] not in '.!?:;,”"»' and len(line.split()) <= 20


def unwrapped(text):
    """The text with the line ends that only keep its lines short as spaces; each place stays where it is."""
    single = re.findall(r"(?<=[^\n])\n(?=[^\n])", text)
    if max(map(len, text.split("\n"))) > WIDEST or "\n\n" not in text or len(single) < text.count("\n\n"):
        return text
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", " ", text)
