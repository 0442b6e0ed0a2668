"""Words: said in a language, found and ordered as Kyrgyz readers expect."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.ids import ALPHABET, REF_LENGTH, new_ref
from ashar.kernel.text import Wording, search_key, sort_key


def test_wording_falls_back():
    assert Wording("ооба", "да", "yes").say("en") == "yes"
    assert Wording("ооба", "да").say("en") == "ооба"
    assert Wording("", "да").say("ky") == "да"
    assert not Wording("", "")


def test_search_key():
    assert search_key("  Өрүктү   Ёлка ") == "орукту елка"
    assert search_key("Жаңы") == search_key("жаны")
    assert search_key("Өрүк", is_folded=False) == "өрүк"
    assert search_key("и\u0306") == search_key("й")
    assert search_key("Кара-Куль") == search_key("кара кул")


def test_kyrgyz_order():
    names = ["Ыссык", "Өзгөн", "Ош", "Нарын", "Ңң", "Уч", "Үч", "Жаңы Ашар", "Жаңы", "Ёлка", "7"]
    ordered = ["7", "Ёлка", "Жаңы", "Жаңы Ашар", "Нарын", "Ңң", "Ош", "Өзгөн", "Уч", "Үч", "Ыссык"]
    assert sorted(names, key=sort_key) == ordered
    assert sort_key("a-ж") == "600127"
    assert sort_key("ß文") == "787899"


@given(st.text(max_size=30))
def test_keys_are_plain(text):
    assert search_key(f"  {text} ") == search_key(text)
    assert "  " not in search_key(text)
    assert set(sort_key(text)) <= set("0123456789")


def test_refs_are_readable_and_differ():
    refs = {new_ref() for _ in range(1000)}
    assert len(refs) == 1000
    assert {len(ref) for ref in refs} == {REF_LENGTH}
    assert set("".join(refs)) <= {*ALPHABET, "-"}
    assert len(ALPHABET) ** 9 > 2**40
