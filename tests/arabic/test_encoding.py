import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import decode
from mujaz.errors import InputError

NEWS = "وصل وزير الخارجية إلى بغداد صباح اليوم، واستقبله نظيره في المطار.\nوقال إن المحادثات مثمرة."
SHORT = [
    "بغداد",
    "قال الوزير إن",
    "فاز الأهلي 2-1",
    "عاجل",
    "الرئيس في باريس",
    "Apple تعلن أرباحها",
]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6"],
)
def test_every_encoding_of_arabic_files_is_read(encoding):
    text = NEWS.replace("،", ",") if encoding == "iso8859_6" else NEWS
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1256"])
def test_a_headline_is_enough(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_french_letters_of_windows_1256_survive():
    text = "افتتح معرض «Société Générale» في بيروت"
    assert decode(text.encode("cp1256")) == text


def test_latin_only_text_is_text():
    assert decode(b"The minister arrived in Baghdad.") == "The minister arrived in Baghdad."


def test_a_file_cut_inside_a_letter_keeps_the_rest():
    assert decode(NEWS.encode()[:-2]) == NEWS[:-2] + "\ufffd"


def test_a_damaged_letter_shows():
    raw = NEWS.encode()
    text = decode(raw[:20] + b"\xff" + raw[21:])
    assert "\ufffd" in text
    assert text.endswith("مثمرة.")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00" * 400, "binary"),
        (b"<!DOCTYPE html>\n<html><body>", "web page"),
        ("\ufeff<html dir=rtl>".encode(), "web page"),
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xff\xfe\x00\xd8\x41\x00", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw, says):
    with pytest.raises(InputError, match=says) as caught:
        decode(raw, "news/strange.txt")
    assert "news/strange.txt" in caught.value.message
    assert caught.value.next_step


def test_a_zip_of_text_is_still_binary():
    with pytest.raises(InputError):
        decode(b"BM" + b"\x00\x01\x02\x03" * 300)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(raw):
    try:
        assert isinstance(decode(raw), str)
    except InputError as error:
        assert error.next_step


@settings(deadline=None)
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ،.", min_size=1).filter(str.strip))
def test_utf_8_is_never_taken_for_anything_else(text):
    assert decode(text.encode()) == text
