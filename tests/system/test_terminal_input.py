"""Nothing a terminal can send ends the app: what cannot be read is nothing, and a bad byte is U+FFFD."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from phb_tui.system.terminal.decoding import Decoder
from phb_tui.system.terminal.parsing import MOST_COLUMNS, Parser

NUMBERS = st.one_of(
    st.integers(-2, 300).map(str),
    st.sampled_from(["55296", "57343", "1114112", "4294967296", "99999999999999999999", "", ":", "1:2", "1::3", "0"]),
)
REPORTS = st.tuples(
    st.sampled_from(["[", "[<", "[?", "[48;", "[M", "[200~", "[201~", "O", "]52;c;", "P"]),
    st.lists(NUMBERS, max_size=5).map(";".join),
    st.sampled_from([*"umMRtyc~ABHZ$", ""]),
).map(lambda parts: f"\x1b{''.join(parts)}".encode())
SENT = st.lists(st.one_of(st.binary(max_size=12), REPORTS, st.text(max_size=6).map(str.encode)), max_size=12)


def read(pieces: Iterable[bytes]) -> list[Message]:
    """What the app is given when a terminal sends this."""
    decoder, parser = Decoder(), Parser()
    return [message for piece in pieces for message in parser.feed(decoder.decode(piece))]


def typed(messages: Iterable[Message]) -> str:
    """The letters of the keys among them."""
    return "".join(message.character or "" for message in messages if isinstance(message, events.Key))


@given(sent=SENT, cut=st.integers(1, 5))
def test_whatever_a_terminal_sends_can_be_read_and_kept(sent: list[bytes], cut: int) -> None:
    """Any bytes, cut anywhere, raise nothing, hold no half letters, and the next key still arrives."""
    whole = b"".join(sent)
    decoder, parser = Decoder(), Parser()
    pieces = [whole[at : at + cut] for at in range(0, len(whole), cut)]
    messages = [message for piece in pieces for message in parser.feed(decoder.decode(piece))]
    typed(messages).encode()
    sizes = [message.size for message in messages if isinstance(message, events.Resize)]
    assert all(0 < size.width <= MOST_COLUMNS for size in sizes)
    if b"\x1b" not in whole:
        after = [*parser.feed(decoder.decode(b"\x80")), *parser.feed(decoder.decode(b"z"))]
        assert typed(after).endswith("z")


@pytest.mark.parametrize("byte", [b"\xff", b"\x84", b"\xc3("])
def test_a_byte_that_is_not_utf8_becomes_one_mark(byte: bytes) -> None:
    """A bad byte is U+FFFD, and the letters around it are what they were."""
    assert typed(read([b"a" + byte + b"b"])).replace("(", "") == "a\ufffdb"


@pytest.mark.parametrize("cut", [3, 4, 5, 100])
@pytest.mark.parametrize(
    "report", [b"\x1b[M\x20\x84\x25", b"\x1b[M\x20\xc3\xa4", b"\x1b[M\x20\xff\xff", b"\x1b[M\x20\n\n"]
)
def test_an_old_mouse_report_is_nothing(report: bytes, cut: int) -> None:
    """A mouse report of the old kind, also past column 95, types no letter and takes none away."""
    sent = b"a" + report + b"b"
    assert typed(read(sent[at : at + cut] for at in range(0, len(sent), cut))) == "ab"


@pytest.mark.parametrize(
    "report",
    [
        b"\x1b[1114112u", b"\x1b[99999999999u", b"\x1b[55296u", b"\x1b[97;1;55296u", b"\x1b[1:2:3;4:5u", b"\x1b[:;:u",
        b"\x1b[" + b"9" * 200 + b"u", b"\x1b[48;99999999;99999999;1;1t", b"\x1b[48;0;0;0;0t", b"\x1b[<0;99999999;1M",
    ],
)  # fmt: skip
def test_an_absurd_report_is_nothing(report: bytes) -> None:
    """A key or size report that means nothing types nothing, and the keys around it arrive."""
    assert typed(read([b"a", report, b"b"])) == "ab"
    assert not any(isinstance(message, events.Resize) for message in read([report]))


def test_an_ordinary_key_report_still_arrives() -> None:
    """Letters, accents, keys, clicks, pastes and sizes are read as ever."""
    found = read([b"q\xc5\xb5", b"\x1b[B", b"\x1b[<0;5;5M", b"\x1b[200~two words\x1b[201~!", b"\x1b[48;24;80;480;800t"])
    assert typed(found) == "q\u0175!"
    kinds = {type(message) for message in found}
    assert {events.Key, events.MouseDown, events.Paste, events.Resize} <= kinds


START, END = b"\x1b[200~", b"\x1b[201~"
PASTED = st.text(st.sampled_from("\x1b\x7f\r\n[201~ab9 "), max_size=30).filter(lambda text: "\x1b[201~" not in text)


@given(text=PASTED, cut=st.integers(1, 7))
def test_esc_in_a_paste_is_no_key(text: str, cut: int) -> None:
    """A paste with Esc anywhere in it arrives as one paste without it, presses no key, and the next key is a key."""
    whole = START + text.encode() + END + b"z"
    messages = read(whole[at : at + cut] for at in range(0, len(whole), cut))
    assert [message.text for message in messages if isinstance(message, events.Paste)] == [text.replace("\x1b", "")]
    assert typed(messages) == "z"
    assert len(messages) == 2


def test_the_keys_that_turn_pages_arrive() -> None:
    """What terminals send for Page Down, Page Up, Ctrl+Down and Ctrl+Up arrives as these keys."""
    found = [message for message in read([b"\x1b[6~\x1b[5~\x1b[1;5B\x1b[1;5A"]) if isinstance(message, events.Key)]
    assert [message.key for message in found] == ["pagedown", "pageup", "ctrl+down", "ctrl+up"]
