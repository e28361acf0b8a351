"""A folder of awkward inputs, and what has to become of each."""

from __future__ import annotations

import io
import json
import os
import socket
import zipfile
from pathlib import Path

import docx

ARTICLE = """افتتاح مكتبة عامة في نابلس

افتتحت بلدية نابلس يوم الأربعاء مكتبة عامة جديدة تضم 40 ألف كتاب، بعد ثلاث سنوات من العمل.
وقال رئيس البلدية سامي حجاوي إن المكتبة كلفت 2.5 مليون دولار، وإنها ستفتح أبوابها كل يوم.
وأضافت مديرة المكتبة هالة النابلسي: «ننتظر ألف زائر في الأسبوع الأول».
"""
DATA = Path(__file__).parent / "data"


def make_awkward(folder: Path) -> dict[str, str | None]:
    """Fill ``folder`` with awkward inputs.

    Returns:
        For each path below it (of rows: ``path#id``), ``None`` if it is good, else a phrase that
        its line has to contain. What stands in no line and must not is not among them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    expected: dict[str, str | None] = {}
    for part in (_texts, _pages, _rows, _words, _pdfs, _subtitles, _names, _links, _silent):
        expected |= part(folder)
    return expected


def _put(folder: Path, name: str | bytes, raw: bytes | str) -> None:
    (folder / os.fsdecode(name)).write_bytes(raw.encode() if isinstance(raw, str) else raw)


def _texts(folder: Path) -> dict[str, str | None]:
    marks = ARTICLE.encode("utf-16")
    files: dict[str, bytes | str] = {
        "plain.txt": ARTICLE,
        "bom.txt": b"\xef\xbb\xbf" + ARTICLE.encode(),
        "windows.txt": ARTICLE.encode("cp1256"),
        "utf16.txt": marks,
        "crlf.txt": ARTICLE.replace("\n", "\r\n"),
        "front.md": '---\ntitle: "مكتبة: جديدة"\ndate: 2024-05-01\n---\n\n# رأس\n\n' + ARTICLE,
        "empty.txt": b"",
        "blank.txt": b" \n\n\t\n",
        "nul.txt": b"\x00" * 5000,
        "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "program.txt": b"\x7fELF" + bytes(range(256)),
        "english.txt": "The library was opened on Wednesday. It has forty thousand books.",
        "numbers.txt": "2024 1 2 3 4 5\n***\n",
        "page.txt": f"<!doctype html><html><body><p>{ARTICLE}</p></body></html>",
        "cut.txt": marks[:-1],
        "large.txt": ARTICLE.encode() * 20_000,
    }
    for name, raw in files.items():
        _put(folder, name, raw)
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(10 << 30)  # ten gigabytes that take no room
    return {
        **dict.fromkeys(("plain.txt", "bom.txt", "windows.txt", "utf16.txt", "crlf.txt")),
        "front.md": None,
        "empty.txt": "is empty",
        "blank.txt": "is empty",
        "nul.txt": "binary",
        "image.txt": "a PNG image",
        "program.txt": "a program",
        "english.txt": "not in Arabic",
        "numbers.txt": "no letters",
        "page.txt": "a web page",
        "cut.txt": "UTF-16",
        "large.txt": "larger than",
        "sparse.txt": "larger than",
    }


def _pages(folder: Path) -> dict[str, str | None]:
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n") if line)
    page = f"<html><head>%s<title>مكتبة | الموقع</title></head><body>{paragraphs}</body></html>"
    said = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">'
    files: dict[str, bytes | str] = {
        "saved.html": page % "",
        "saved_1256.htm": (page % said).encode("cp1256"),
        "script.html": f"<html><body><script>var a = '{ARTICLE * 3}';</script></body></html>",
        "nothing.html": b"",
        "nested.html": "<html><body>" + "<div>" * 30_000 + ARTICLE,
        "open.html": "<html><body>" + "<p>" * 100_000 + ARTICLE,
        "archive.mht": b"From: <Saved by a browser>",
    }
    for name, raw in files.items():
        _put(folder, name, raw)
    return {
        "saved.html": None,
        "saved_1256.htm": None,
        "script.html": "without an article",
        "nothing.html": "is empty",
        "nested.html": "too deeply",
        "open.html": "too large a page",
        "archive.mht": "web archive",
    }


def _rows(folder: Path) -> dict[str, str | None]:
    good = json.dumps({"id": "a", "title": "عنوان", "text": ARTICLE}, ensure_ascii=False)
    lines = [
        good,
        '{"id": "b", "text": ',
        good,
        '{"id": "d"}',
        '{"id": "e", "text": 5}',
        "[" * 100_000,
        '["a"]',
        '{"id": "h", "text": " "}',
        good.replace('"a"', '"i"'),
    ]
    _put(folder, "lines.jsonl", "\n".join(lines))
    quoted = ARTICLE.replace('"', '""')
    _put(folder, "table.csv", f'﻿id;text\r\n1;"{quoted}"\r\n2;"بلا إغلاق\r\n3;{ARTICLE[30:90]}\r\n')
    _put(folder, "tabs.tsv", f"id\ttext\n1\t{ARTICLE[30:90]}\n2\t\n")
    _put(folder, "huge_field.csv", f'id,text\n1,"{"س" * 9_000_000}"\n2,"{quoted}"\n')
    _put(folder, "columns.csv", f'id,body\n1,"{quoted}"\n')
    _put(folder, "array.jsonl", "[\n" + good + "\n]")
    _put(folder, "no_rows.csv", "")
    _put(folder, "binary.csv", bytes(range(256)) * 64)
    return {
        "lines.jsonl#a": None,
        "lines.jsonl#lines-2": "no valid JSON",
        "lines.jsonl#lines-3": "the same id",
        "lines.jsonl#lines-4": "has no 'text'",
        "lines.jsonl#lines-5": "has a int",
        "lines.jsonl#lines-6": "nested too deeply",
        "lines.jsonl#lines-7": "no JSON object",
        "lines.jsonl#lines-8": "has an empty 'text'",
        "lines.jsonl#i": None,
        "table.csv#1": None,
        "table.csv#table-3": "not closed",
        "table.csv#3": None,
        "tabs.tsv#1": None,
        "tabs.tsv#tabs-3": "has an empty 'text'",
        "huge_field.csv#huge_field-2": "longer than 8 MB",
        "huge_field.csv#2": None,
        "columns.csv": "no column 'text', but 'id', 'body'",
        "array.jsonl": "one JSON array",
        "no_rows.csv": "is empty",
        "binary.csv": "binary",
    }


def _words(folder: Path) -> dict[str, str | None]:
    document = docx.Document()
    for line in ARTICLE.split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "word.docx"))
    docx.Document().save(str(folder / "no_text.docx"))
    bomb = io.BytesIO()
    with zipfile.ZipFile(folder / "word.docx") as old, zipfile.ZipFile(bomb, "w", 8) as new:
        for part in old.namelist():
            body = part == "word/document.xml"
            new.writestr(part, b" " * (26 << 20) if body else old.read(part))
    _put(folder, "bomb.docx", bomb.getvalue())
    raw = (folder / "word.docx").read_bytes()
    _put(folder, "half.docx", raw[: len(raw) // 2])
    _put(folder, "locked.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 2000)
    _put(folder, "not_word.docx", _zipped({"a.txt": ARTICLE.encode()}))
    _put(folder, "old.doc", b"\xd0\xcf\x11\xe0")
    _put(folder, "packed.zip", _zipped({"a.txt": ARTICLE.encode()}))
    return {
        "word.docx": None,
        "no_text.docx": "no text in it",
        "bomb.docx": "unpacks to more",
        "half.docx": "damaged",
        "locked.docx": "password",
        "not_word.docx": "no Word document",
        "old.doc": "old Word document",
        "packed.zip": "an archive",
    }


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, raw in parts.items():
            file.writestr(name, raw)
    return packed.getvalue()


def tiny_pdf(pages: int = 1, *, locked: bool = False) -> bytes:
    """A PDF document of empty pages, with a password if it is ``locked``."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *(["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * pages),
    ]
    trailer = f"/Size {pages + 4} /Root 1 0 R"
    if locked:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -1 /O <{'41' * 32}> /U <{'42' * 32}> >>")
        trailer += f" /Encrypt {pages + 3} 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
    raw, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\n"
    return raw + f"{end}startxref\n{len(raw)}\n%%EOF\n".encode()


def _pdfs(folder: Path) -> dict[str, str | None]:
    printed = (DATA / "article.pdf").read_bytes()
    _put(folder, "printed.pdf", printed)
    _put(folder, "scan.pdf", tiny_pdf())
    _put(folder, "locked.pdf", tiny_pdf(locked=True))
    _put(folder, "long.pdf", tiny_pdf(600))
    _put(folder, "broken.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 3000)
    _put(folder, "zero.pdf", b"")
    return {
        "printed.pdf": None,
        "scan.pdf": "no text layer",
        "locked.pdf": "password",
        "long.pdf": "600 pages",
        "broken.pdf": "damaged",
        "zero.pdf": "is empty",
    }


def _subtitles(folder: Path) -> dict[str, str | None]:
    cues = "1\n00:00:01,000 --> 00:00:03,000\nقال الوزير إن\n\n2\n00:00:03,100 --> 00:00:05,000\n"
    _put(folder, "film.srt", cues + "المشروع بدأ اليوم.\n")
    _put(folder, "no_cues.srt", ARTICLE)
    return {"film.srt": None, "no_cues.srt": "no subtitles"}


def _names(folder: Path) -> dict[str, str | None]:
    names: list[str | bytes] = [
        "خبر اليوم.txt",
        "two\nlines.txt",
        "ا" * 125 + "b.txt",
        "ا" * 125 + "c.txt",
        b"\xce\xc8\xd1.txt",  # Windows-1256 in a name
        "CASE.txt",
        "case.txt",
        "case.md",
        "-o.txt",
    ]
    made = []
    for name in names:
        try:
            _put(folder, name, ARTICLE)
        except OSError:
            continue  # this file system takes no such name
        made.append(os.fsdecode(name))
    return dict.fromkeys(made)


def _links(folder: Path) -> dict[str, str | None]:
    outside = folder.parent / f"{folder.name}-outside"
    outside.mkdir(exist_ok=True)
    _put(outside, "secret.txt", ARTICLE)
    (folder / "deep" / "er").mkdir(parents=True)
    _put(folder / "deep", "a.txt", ARTICLE)
    (folder / "away.txt").symlink_to(outside / "secret.txt")
    (folder / "away").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "inside.txt").symlink_to("deep/a.txt")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.csv")
    # The name of a socket may have no more than 108 bytes.
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(folder)
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(before)
    expected: dict[str, str | None] = {
        "deep/a.txt": None,
        "away.txt": "leaves the folder",
        "away": "leaves the folder",
        "nowhere.txt": "a link to nothing",
        "round.txt": "leads back to itself",
        "inside.txt": None,
        "pipe.txt": "a named pipe",
        "pipe.csv": "a named pipe",
        "socket.txt": "a socket",
    }
    _put(folder, "secret.txt", ARTICLE)
    (folder / "closed").mkdir()
    _put(folder / "closed", "a.txt", ARTICLE)
    if os.geteuid():  # to root nothing is closed
        (folder / "secret.txt").chmod(0)
        (folder / "closed").chmod(0)
        expected |= {"secret.txt": "no permission", "closed": "no permission"}
    else:
        expected |= {"secret.txt": None, "closed/a.txt": None}
    return expected


def _silent(folder: Path) -> dict[str, str | None]:
    """What is passed over without a word."""
    for name in (".hidden.txt", "~$word.docx", "photo.jpg", "style.css"):
        _put(folder, name, ARTICLE)
    for below in (".git", "saved_files"):
        (folder / below).mkdir()
        _put(folder / below, "a.html", ARTICLE)
    (folder / "deep" / "up").symlink_to("..")
    return {}


def open_again(folder: Path) -> None:
    """Undo what would keep ``folder`` from being deleted."""
    for name in ("secret.txt", "closed"):
        (folder / name).chmod(0o700)
