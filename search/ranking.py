"""The numbers by which each engine ranks what it finds."""

from . import grammar

K1 = 1.2  # of BM25F: how soon further occurrences stop adding to the score
# Of BM25F: the weight of length.
B = {"title": 0.4, "text": 0.75, "file": 0.75, "speaker": 0.3, "organization": 0.3, "year": 0.0}
DEFAULT_B = 0.5
PAIR_B = 0.3  # for two words side by side
MAX_DISTANCE = 3  # positions between two words that count as close
MIN_WORDS_FOR_WINDOWS = 3  # of two words, it matters whether they are side by side
WINDOW_WEIGHT = 1.5  # of the words in the best passage
MIN_WINDOW_SHARE = 0.5  # what the weight of a passage is multiplied by, and its share of all words in addition
COMMON_WEIGHT = 0.1  # of a stop word
MAX_BETWEEN_NAMES = 3  # words between two words of a quoted name, as in "Nelson (Rolihlahla) Mandela"

FEW_MATCHES = 10  # records; with fewer of them, partial matches are returned as well
PARTIAL_SHARE = 0.5  # of the weight of a query's words that a partial match must have; rare words weigh more
BEST_SHARE, LEAST_SHARE = 0.8, 0.25  # where none has so much: of the weight of the best record, and of all words
MAX_PARTIAL_WEIGHT = 5.0  # of a word, so that one word that is very rare, or misspelt, does not decide alone
BEST_PARTIAL = 10  # partial matches that score best
MIN_WORDS_FOR_PARTIAL = 3  # queries with fewer words have no partial matches
FULL_MATCH_BONUS = 8.0  # of a full match among partial ones, about as much as a rare word counts
HEADING_BONUS = 4.0  # in addition, of the weight of each word in its heading
LEAVES = (grammar.Word, grammar.Prefix, grammar.Phrase)  # parts that a partial match may lack

# Factors of the score.
OWN_LANGUAGE = 1.2  # for records in the reader's language
KINDS = {"quote": 1.3, "summary": 1.3, "dialogue": 1.3}  # short selected texts, compared with long files
SPEAKER_NAMED, SPEAKER_NOT_NAMED = 2.0, 0.4  # speakers with and without a word of the query in their name
