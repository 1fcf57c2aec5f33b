"""Words counted as people count them."""

import re
import unicodedata

# Chinese writes no spaces: there each character counts, as it does in editors and in limits set for it.
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\W_]+(?:['’ʼ\-.][^\W_]+)*")


def count_words(text):
    """How many words a text has; in Chinese, how many characters."""
    # A vowel sign or an accent that is a character of its own (Arabic, Russian) ends no word.
    plain = "".join(character for character in text if not unicodedata.category(character).startswith("M"))
    return len(HAN.findall(plain)) + len(WORD.findall(HAN.sub(" ", plain)))
