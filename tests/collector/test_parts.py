"""The plain cut of a post must read what werkzeug reads, or leave the post to it."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from collector.parts import Part, cut

BOUNDARY = "b0undary"
NAMES = st.one_of(
    *[st.sampled_from(["xml_submission_file", "a b", "*isIncomplete*", "a.jpg", " a", "b "])] * 12,
    st.sampled_from(['q"q', "ảnh", "", "x\\y"]),
    st.text(st.sampled_from('ab .-_*";\\/'), min_size=1, max_size=8),
)
PIECES = st.sampled_from(
    [b"", b"<data/>", b"\r\n", b"\n", b"\r", b"--", b"--b0undary", b"\n--b0undary--",
     b"\r\n\r\n", "Thôn".encode(), b"\xff\x00", b"b0undary", b" ", b"\r\n--b0undar"]
)  # fmt: skip
CONTENT = st.lists(PIECES, max_size=4).map(b"".join)
TYPES = st.sampled_from(
    [None, "text/xml", "Text/XML", "image/jpeg", "text/plain; charset=UTF-8"] * 4
    + ["text/xml;a=b", "x"]
)
BREAKS = st.sampled_from(["\r\n"] * 12 + ["\n"])
ENDS = st.sampled_from([b"--\r\n"] * 12 + [b"--", b"", b"-- \r\n", b"--\r\nepilogue"])
HEADERS = st.sampled_from([[]] * 8 + [["Content-Length: 5"]] * 3 + [["X-Odd: 1"]])


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A multipart body: most are what clients send, some are odd in one place."""
    line = draw(BREAKS)
    body = draw(st.sampled_from([b""] * 12 + [b"\r\n", b"preamble\r\n"]))
    for at in range(draw(st.integers(1, 2))):
        disposition = f'form-data; name="{draw(NAMES)}"'
        if draw(st.booleans()):
            disposition += f'; filename="{draw(NAMES)}"'
        lines = [f"Content-Disposition: {disposition}"]
        kind = draw(TYPES)
        lines += [f"Content-Type: {kind}"] if kind else []
        lines += draw(HEADERS)
        mark = f"{line if at else ''}--{BOUNDARY}{line}"
        body += (mark + line.join(lines) + line * 2).encode() + draw(CONTENT)
    return body + f"{line}--{BOUNDARY}".encode() + draw(ENDS)


def read_by_werkzeug(body: bytes) -> tuple[list[tuple[str, str]], list[tuple[object, ...]]]:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    asked = EnvironBuilder(method="POST", input_stream=io.BytesIO(body), content_type=kind)
    asked.content_length = len(body)
    request = Request(asked.get_environ())
    files = [
        (name, file.filename, file.mimetype, file.stream.read())
        for name, file in request.files.items(multi=True)
    ]
    return sorted(request.form.items(multi=True)), sorted(files, key=repr)


@settings(max_examples=400)
@given(bodies())
def test_what_is_cut_is_what_werkzeug_reads(body: bytes) -> None:
    found = cut(body, BOUNDARY.encode())
    if found is None:
        return
    fields = sorted((one.name, one.content.decode()) for one in found if one.filename is None)
    files = [tuple(one) for one in found if one.filename is not None]
    assert (fields, sorted(files, key=repr)) == read_by_werkzeug(body)


def test_what_clients_write_is_cut() -> None:
    """As requests, okhttp (ODK Collect) and a browser write a post."""
    xml, photo = "<data>Thôn\r\n</data>".encode(), b"\xff\xd8\r\n--other\r\n"
    body = (
        b'--b0undary\r\nContent-Disposition: form-data; name="xml_submission_file"; '
        b'filename="2026-11-22.xml"\r\nContent-Type: text/xml\r\nContent-Length: 21\r\n\r\n' + xml
    )
    body += (
        b'\r\n--b0undary\r\ncontent-disposition: form-data; name="a.jpg"; filename="a.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + photo
    )
    body += (
        b'\r\n--b0undary\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes'
        b"\r\n--b0undary--\r\n"
    )
    assert cut(body, b"b0undary") == [
        Part("xml_submission_file", "2026-11-22.xml", "text/xml", xml),
        Part("a.jpg", "a.jpg", "image/jpeg", photo),
        Part("*isIncomplete*", None, "", b"yes"),
    ]
