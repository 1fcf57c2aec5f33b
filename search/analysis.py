"""How text is cut into the terms that are compared: for the index, for queries and for marking passages alike."""

from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.support.charset import accent_map

ANALYZER = RegexTokenizer() | LowercaseFilter() | CharsetFilter(accent_map) | StopFilter() | StemFilter()


def terms(text):
    """Each term of a text with where its word begins and ends, in characters."""
    for token in ANALYZER(text, chars=True):
        yield token.text, token.startchar, token.endchar
