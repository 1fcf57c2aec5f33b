"""Count words in six languages."""

import re
import unicodedata

# Chinese has no spaces between words, so that each character counts, as in text editors and in limits for Chinese.
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\W_]+(?:['’ʼ\-.][^\W_]+)*")


def count_words(text: str) -> int:
    """Return the number of words in a text; in Chinese, the number of characters."""
    # Combining vowel signs (Arabic) and accents (Russian) would split words.
    plain = "".join(character for character in text if not unicodedata.category(character).startswith("M"))
    return len(HAN.findall(plain)) + len(WORD.findall(HAN.sub(" ", plain)))
