"""Reading submissions: what is refused, when two are the same, what the phone's JSON becomes."""

from __future__ import annotations

from typing import Any

import pytest
from formkit import ID, leaf, model_form, repeat
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forms.instance import MAX_BYTES, parse_xml, render_xml
from forms.problems import MalformedXml

META = f"<meta><instanceID>{ID}</instanceID></meta>"
GOOD = f'<data id="thu" version="1"><a>1</a>{META}</data>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><data id="thu"><a>&c;</a>{META}</data>'
)
EXTERNAL = (
    f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="t"><a>&x;</a>{META}</data>'
)

# Those of openrosa.md that ODK Central stored with 201, or answered with 500, and their like.
MALFORMED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "white space": (b" \n\t", "empty"),
    "junk": (b"junk", "malformed"),
    "10 MB of junk": (b"x" * 10_000_000, "too_large"),
    "just too long": (GOOD.encode() + b" " * MAX_BYTES, "too_large"),
    "JSON": (b'{"a": 1}', "malformed"),
    "invalid UTF-8": (GOOD.replace("1</a>", "\udcff</a>").encode("utf-8", "surrogateescape"),
                      "not_utf8"),
    "NUL": (GOOD.replace("1</a>", "\0</a>").encode(), "nul"),
    "NUL by reference": (GOOD.replace("1</a>", "&#0;</a>").encode(), "malformed"),
    "a control character": (GOOD.replace("1</a>", "\x01</a>").encode(), "malformed"),
    "UTF-16": (GOOD.encode("utf-16"), "nul"),
    "another encoding": (b'<?xml version="1.0" encoding="iso-8859-1"?>' + GOOD.encode(),
                         "encoding"),
    "cut off": (GOOD[:-12].encode(), "malformed"),
    "cut off in the middle": (GOOD[: len(GOOD) // 2].encode(), "malformed"),
    "mismatched tags": (GOOD.replace("</a>", "</b>").encode(), "malformed"),
    "junk after the root": ((GOOD + "junk").encode(), "malformed"),
    "two roots": ((GOOD + GOOD).encode(), "malformed"),
    "an unknown prefix": (GOOD.replace("<a>1</a>", "<x:a>1</x:a>").encode(), "malformed"),
    "an attribute twice": (GOOD.replace("version", "id").encode(), "malformed"),
    "entities": (LAUGHS.encode(), "dtd"),
    "an external entity": (EXTERNAL.encode(), "dtd"),
    "an undeclared entity": (GOOD.replace("1</a>", "&nope;</a>").encode(), "malformed"),
    "100,000 nested": (b"<a>" * 100_000 + b"</a>" * 100_000, "too_many_nodes"),
    "20,000 nested": (b"<a>" * 20_000 + b"</a>" * 20_000, "too_deep"),
    "300 nested": (b"<a>" * 300 + b"</a>" * 300, "too_deep"),
    "a million elements": (b"<data>" + b"<a/>" * 1_000_000 + b"</data>", "too_many_nodes"),
    "no form": (b"<data/>", "no_form_id"),
    "no instanceID": (b'<data id="thu"><meta/></data>', "no_instance_id"),
    "no meta": (b'<data id="thu"><instanceID>x</instanceID></data>', "no_instance_id"),
    "a blank instanceID": (GOOD.replace(ID, " ").encode(), "no_instance_id"),
    "a long instanceID": (GOOD.replace(ID, "u" * 250).encode(), "instance_id"),
    "blanks in the instanceID": (GOOD.replace(ID, "a b").encode(), "instance_id"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed(data: bytes, code: str) -> None:
    with pytest.raises(MalformedXml) as caught:
        parse_xml(data)
    assert caught.value.code == code
    assert caught.value.message["vi"] != caught.value.message["en"]


def test_a_good_one() -> None:
    instance = parse_xml(GOOD.encode())
    assert (instance.form_id, instance.version) == ("thu", "1")
    assert (instance.instance_id, instance.deprecated_id) == (ID, None)
    assert parse_xml(GOOD.replace(ID, "u" * 249).encode()).instance_id == "u" * 249


@given(st.binary(max_size=200))
def test_bytes_are_read_or_malformed(data: bytes) -> None:
    try:
        parse_xml(data)
    except MalformedXml as error:
        assert error.code in {code for _, code in MALFORMED.values()}


@given(st.integers(0, len(GOOD)), st.text(max_size=4))
def test_damaged_submissions_are_read_or_malformed(at: int, junk: str) -> None:
    try:
        parse_xml((GOOD[:at] + junk + GOOD[at:]).encode("utf-8", "surrogatepass"))
    except MalformedXml as error:
        assert error.message["vi"]


SAME = {
    "itself": GOOD,
    "a declaration": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + GOOD,
    "a mark of byte order": "\ufeff" + GOOD,
    "white space": GOOD.replace("><", ">\n   <"),
    "attributes turned": GOOD.replace('id="thu" version="1"', "version='1'  id='thu'"),
    "a comment": GOOD.replace("<a>", "<!-- a --><a>"),
    "an instruction": GOOD.replace("<a>", "<?x y?><a>"),
    "character data": GOOD.replace(">1<", "><![CDATA[1]]><"),
    "a reference": GOOD.replace(">1<", ">&#49;<"),
    "an unused namespace": GOOD.replace("<data", '<data xmlns:x="http://x"'),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME.keys())
def test_equal_content_has_equal_bytes(text: str) -> None:
    assert parse_xml(text.encode()).canonical() == parse_xml(GOOD.encode()).canonical()


OTHER = {
    "an answer": GOOD.replace(">1<", ">2<"),
    "a blank in an answer": GOOD.replace(">1<", ">1 <"),
    "an element more": GOOD.replace("<a>", "<b/><a>"),
    "another order": GOOD.replace(f"<a>1</a>{META}", f"{META}<a>1</a>"),
    "a version": GOOD.replace('version="1"', 'version="2"'),
    "a namespace": GOOD.replace("<meta>", '<meta xmlns="http://openrosa.org/xforms">'),
    "text between": GOOD.replace("</a>", "</a>x"),
}


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER.keys())
def test_other_content_has_other_bytes(text: str) -> None:
    assert parse_xml(text.encode()).canonical() != parse_xml(GOOD.encode()).canonical()


def test_the_prefix_of_a_namespace_does_not_count() -> None:
    texts = [
        f'<data xmlns:{p}="http://openrosa.org/xforms" id="thu"><{p}:meta><{p}:instanceID>u'
        f"</{p}:instanceID></{p}:meta></data>"
        for p in ("orx", "n0")
    ]
    texts.append(
        '<data id="thu"><meta xmlns="http://openrosa.org/xforms"><instanceID>u</instanceID></meta>'
        "</data>"
    )
    assert len({parse_xml(text.encode()).canonical() for text in texts}) == 1


def test_canonical_bytes_are_xml_that_reads_back() -> None:
    text = GOOD.replace(">1<", ' x:y="&quot;" xmlns:x="http://x">&lt;&amp;&gt;&#13;"đ<')
    once = parse_xml(text.encode()).canonical()
    assert parse_xml(once).canonical() == once
    assert etree.fromstring(once)[0].text == '<&>\r"đ'


FORM = model_form(
    leaf("a"),
    {"name": "g", "kind": "group", "children": [leaf("b"), repeat("r", leaf("c"), leaf("d"))]},
)


def test_the_phones_answers_become_the_instance() -> None:
    answers = {"g": {"r": [{"d": "2", "c": "<1>"}, {}], "b": ""}, "a": "x", "meta": {"x": "1"}}
    assert render_xml(FORM, answers, "uuid:1", "uuid:0").decode() == (
        '<?xml version="1.0" encoding="UTF-8"?><data id="thu" version="1"><a>x</a><g><b></b>'
        "<r><c>&lt;1&gt;</c><d>2</d></r><r></r></g>"
        "<meta><instanceID>uuid:1</instanceID><deprecatedID>uuid:0</deprecatedID></meta></data>"
    )


def test_an_unknown_name_becomes_an_element_that_the_check_reports() -> None:
    assert b"<zz/><meta>" in render_xml(FORM, {"zz": {"deep": [1]}}, "u")


@pytest.mark.parametrize(
    "answers",
    [
        [], "x", None, {"a": 1}, {"a": None}, {"a": ["x"]}, {"a": "\0"}, {"a": "\ud800"},
        {"g": "x"}, {"g": []}, {"g": {"r": {"c": "1"}}}, {"g": {"r": ["x"]}}, {"g": {"r": "x"}},
        {"a b": "1"}, {"<x>": "1"}, {"": "1"}, {1: "1"},
    ],
)  # fmt: skip
def test_answers_of_the_wrong_shape(answers: Any) -> None:
    with pytest.raises(MalformedXml) as caught:
        render_xml(FORM, answers, "uuid:1")
    assert caught.value.code == "answers_shape"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "g", "b", "r", "c", "d", "meta", "x y"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@given(json_values, st.text(max_size=5))
def test_any_json_is_rendered_or_refused(answers: Any, instance_id: str) -> None:
    try:
        data = render_xml(FORM, answers, instance_id)
        parse_xml(data)
    except MalformedXml as error:
        assert error.code in {"answers_shape", "no_instance_id", "instance_id"}
