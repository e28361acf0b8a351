"""Subtitles in and out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mujaz.arabic import sentences
from mujaz.batch.subtitles import read_subtitles, subtitle_output
from mujaz.errors import InputError

from .english import numbered

FILM = """1
00:00:01,000 --> 00:00:03,500
قال الوزير في المؤتمر الصحفي

2
00:00:03,600 --> 00:00:06,000 X1:10 X2:20
إن الحكومة ستبدأ العمل
في المشروع الجديد.

7
00:00:07,000 --> 00:00:08,000
♪ ♪

8
00:00:08,000 --> 00:00:10,000
{\\an8}<i>- هل أنت جاهز؟
- نعم، أنا جاهز.</i>

9
00:00:11.000 --> 00:00:13.000
ترجمة: فلان الفلاني
"""
ENGLISH = [
    "The minister said at the press conference that the government will begin work on the project",
    "Are you ready?",
    "Yes, I am ready",
    "Translation: someone",
]


def put(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "film.srt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sentences_run_over_cues(tmp_path: Path, encoding: str, end: str) -> None:
    film = FILM if encoding != "cp1256" else FILM.replace("♪ ♪", "***")
    article = read_subtitles(put(tmp_path, film.replace("\n", end).encode(encoding)))
    assert [s.text for s in sentences(article)] == [
        "قال الوزير في المؤتمر الصحفي إن الحكومة ستبدأ العمل في المشروع الجديد.",
        "هل أنت جاهز؟",
        "نعم، أنا جاهز.",
        "ترجمة: فلان الفلاني",
    ]


def test_numbers_times_places_and_tags_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path, FILM)
    document = numbered(read_subtitles(path), lambda n, _: ENGLISH[n - 1])
    assert (
        subtitle_output(path, document)
        == """1
00:00:01,000 --> 00:00:03,500
The minister said at the press conference

2
00:00:03,600 --> 00:00:06,000 X1:10 X2:20
that the government will
begin work on the project.

7
00:00:07,000 --> 00:00:08,000
♪ ♪

8
00:00:08,000 --> 00:00:10,000
{\\an8}<i>- Are you ready?
- Yes, I am ready.</i>

9
00:00:11.000 --> 00:00:13.000
Translation: someone
"""
    )


def cue(number: int, start: float, end: float, text: str) -> str:
    return f"{number}\n00:00:{start:06.3f} --> 00:00:{end:06.3f}\n{text}\n\n".replace(".", ",", 2)


def texts(tmp_path: Path, *cues: str) -> list[str]:
    return read_subtitles(put(tmp_path, "".join(cues))).text.split("\n\n")


def test_what_ends_a_sentence_besides_its_mark(tmp_path: Path) -> None:
    stop = cue(9, 50, 51, "انتهى.")
    assert texts(tmp_path, cue(1, 1, 2, "أول"), cue(2, 5, 6, "ثان."), stop)[:2] == ["أول", "ثان."]
    assert texts(tmp_path, cue(1, 1, 2, "أول"), cue(2, 2, 3, "- ثان."), stop)[:2] == ["أول", "ثان."]
    many = [cue(n, n, n + 1, f"جزء {n}") for n in range(1, 9)]
    assert texts(tmp_path, *many, stop)[0].count("جزء") == 6


def test_without_full_stops_a_cue_is_a_sentence(tmp_path: Path) -> None:
    cues = [cue(n, n, n + 1, f"كلام الممثل رقم {n}") for n in range(1, 20)]
    assert len(texts(tmp_path, *cues)) == 19


def test_no_word_is_lost_and_lines_are_short(tmp_path: Path) -> None:
    cues = [
        cue(n, n, n + 1, f"هذا الجزء رقم {n} من الكلام" + "." * (n % 3 == 0)) for n in range(1, 31)
    ]
    path = put(tmp_path, "".join(cues))
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    out = subtitle_output(path, numbered(read_subtitles(path), lambda n, _: f"{n} {words}."))
    assert re.findall(r"^\d+\n(?=\d\d:)", out, re.M) == [f"{n}\n" for n in range(1, 31)]
    body = [line for line in out.split("\n") if "-->" not in line and not line.isdigit()]
    assert all(len(line) <= 42 for line in body)
    assert " ".join(" ".join(body).split()) == " ".join(f"{n} {words}." for n in range(1, 11))
    assert all(len(block.strip().split("\n")) <= 4 for block in out.split("\n\n"))


def test_a_file_without_numbers_and_with_a_blank_cue(tmp_path: Path) -> None:
    path = put(tmp_path, "00:00:01,000 --> 00:00:02,000\nنعم.\n\n00:00:03,000 --> 00:00:04,000\n\n")
    out = subtitle_output(path, numbered(read_subtitles(path), lambda n, _: "Yes"))
    assert out == "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:03,000 --> 00:00:04,000\n\n"


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no subtitles"):
        read_subtitles(put(tmp_path, "خبر بلا توقيت"))
    with pytest.raises(InputError, match="no letters"):
        read_subtitles(put(tmp_path, cue(1, 1, 2, "♪")))
    path = put(tmp_path, FILM)
    document = numbered(read_subtitles(path))
    put(tmp_path, FILM.replace("الوزير", "المدير العام"))
    with pytest.raises(InputError, match="has changed"):
        subtitle_output(path, document)
