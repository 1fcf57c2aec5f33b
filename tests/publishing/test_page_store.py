"""How much memory kept pages take, and which of them make room for others."""

from publishing.kept_pages import KeptHeaders, KeptPage, PageStore


def page(size, state=(1, 1)):
    return KeptPage(state, None, b"x" * size, KeptHeaders(()), "")


def key(number):
    return ("http", "testserver", f"/{number}/", False)


def test_the_store_stays_within_its_limit():
    store = PageStore(1_000_000)
    for number in range(500):
        store.keep(key(number), page(10_000))
        store.get(key(number))
    assert 500_000 < store.size <= 1_000_000


def test_pages_that_were_asked_for_once_have_a_part_of_it():
    store = PageStore(1_000_000)
    for number in range(500):
        store.keep(key(number), page(10_000))
    assert 100_000 < store.size <= 125_000


def test_a_page_that_is_too_large_is_not_kept():
    store = PageStore(1_000_000)
    store.keep(key(1), page(100_000))
    assert store.get(key(1)) is None


def test_many_addresses_that_nobody_asks_for_again_displace_nothing_that_is_read():
    store = PageStore(1_000_000)
    for number in range(50):
        store.keep(key(number), page(10_000))
        store.get(key(number))
    for number in range(1_000, 3_000):
        store.keep(key(number), page(10_000))
    assert all(store.get(key(number)) for number in range(50))


def test_a_page_that_was_made_again_replaces_the_old_one():
    store = PageStore(1_000_000)
    for state in ((1, 1), (2, 2), (3, 3)):
        store.keep(key(1), page(10, state))
        assert store.get(key(1)).state == state
