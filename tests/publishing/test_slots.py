from publishing.slots import Section, Slot


def test_a_slot_calls_its_builders_in_order():
    slot, asked = Slot(), []

    @slot.add
    def first(record, user):
        asked.append((record, user))
        return f"first section of {record}"

    slot.add(lambda record, user: f"second section of {record}")
    assert slot("a record", "someone") == ["first section of a record", "second section of a record"]
    assert asked == [("a record", "someone")]
    assert first("b", "c") == "first section of b"


def test_an_empty_slot_builds_nothing():
    assert Slot()("a record", "someone") == []


def test_a_section_has_no_deadline_and_is_not_empty_by_default():
    section = Section("a", "A", "a.html", {})
    assert (section.open_until, section.is_empty) == (None, False)
