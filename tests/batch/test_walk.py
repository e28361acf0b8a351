"""Folders to inputs."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from mujaz.batch.walk import DOCUMENTS, SUBTITLES, Found, walk
from mujaz.errors import InputError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("خبر", "utf-8")


def paths(*roots: str, **options: object) -> list[str]:
    return [str(found.path) for found in walk([Path(r) for r in roots], **options)]  # type: ignore[arg-type]


def problems(*roots: str) -> dict[str, str]:
    return {str(f.path): f.problem for f in walk([Path(r) for r in roots]) if f.problem}


def test_the_order_is_stable_and_by_name() -> None:
    put("in/b.txt", "in/a/z.md", "in/a/b/c.html", "in/ب.txt", "in/أ.txt", "in/B.pdf")
    expected = ["in/B.pdf", "in/a/b/c.html", "in/a/z.md", "in/b.txt", "in/أ.txt", "in/ب.txt"]
    assert paths("in") == expected


def test_one_folder_is_mirrored_and_several_by_name() -> None:
    put("x/a.txt", "y/a.txt", "y/deep/b.txt", "c.txt")
    assert [str(f.place) for f in walk([Path("y")])] == ["a", "deep/b"]
    assert [str(f.place) for f in walk([Path("x"), Path("y"), Path("c.txt")])] == [
        "x/a", "y/a", "y/deep/b", "c",
    ]  # fmt: skip


def test_a_folder_named_twice_or_inside_another_is_walked_once() -> None:
    put("x/a.txt", "x/deep/b.txt")
    assert paths("x", "x", "x/deep", "./x") == ["x/a.txt", "x/deep/b.txt"]
    assert paths("x/a.txt", "x/a.txt") == ["x/a.txt"]


def test_folders_of_one_name_get_places_of_their_own() -> None:
    put("1/news/a.txt", "2/news/a.txt")
    places = [f.place for f in walk([Path("1/news"), Path("2/news")])]
    assert len(set(places)) == 2
    assert places[0] == PurePosixPath("news/a")


def test_include_and_exclude() -> None:
    put("in/a.txt", "in/b.md", "in/c.log", "in/drafts/d.txt", "in/2024/e.txt", "in/2024/x/f.txt")
    assert paths("in", include=["*.log"]) == ["in/c.log"]
    assert paths("in", include=["2024"]) == ["in/2024/e.txt", "in/2024/x/f.txt"]
    assert paths("in", include=["2024/*.txt"]) == ["in/2024/e.txt"]
    assert paths("in", exclude=["drafts", "*.md"]) == [
        "in/2024/e.txt", "in/2024/x/f.txt", "in/a.txt",
    ]  # fmt: skip
    assert paths("in", include=["*.txt"], exclude=["2024/**"]) == ["in/a.txt", "in/drafts/d.txt"]


def test_what_is_passed_over_without_a_word() -> None:
    put(
        "in/a.html", "in/a_files/frame.html", "in/b_files/b.html", "in/.git/x.txt", "in/.y.txt",
        "in/~$a.docx", "in/c.jpg", "in/d.srt", "in/out/a.txt",
    )  # fmt: skip
    assert paths("in", output=Path("in/out")) == ["in/a.html", "in/b_files/b.html"]
    assert "in/d.srt" in paths("in", suffixes=(*DOCUMENTS, *SUBTITLES))


def test_the_output_folder_that_is_the_input_folder_is_walked() -> None:
    put("in/a.txt")
    assert paths("in", output=Path("in")) == ["in/a.txt"]


def test_a_named_file_is_an_input_whatever_it_is_called() -> None:
    put("a.log", ".hidden.txt")
    assert paths("a.log", ".hidden.txt") == ["a.log", ".hidden.txt"]


def test_links() -> None:
    put("in/a.txt", "in/deep/b.txt", "in/.store/c.txt", "out.txt", "far/d.txt")
    for link, target in {
        "in/deep/up": "..",
        "in/again.txt": "a.txt",
        "in/stored.txt": ".store/c.txt",
        "in/out.txt": "../out.txt",
        "in/far": "../far",
        "in/gone.txt": "nothing",
        "in/self.txt": "self.txt",
        "in/skipped.jpg": "../out.txt",
    }.items():
        Path(link).symlink_to(target)
    told = problems("in")
    assert sorted(told) == ["in/far", "in/gone.txt", "in/out.txt", "in/self.txt"]
    assert "leaves the folder" in told["in/far"]
    assert "leaves the folder" in told["in/out.txt"]
    assert "link to nothing" in told["in/gone.txt"]
    assert "back to itself" in told["in/self.txt"]
    good = [p for p in paths("in") if p not in told]
    assert good == ["in/a.txt", "in/again.txt", "in/deep/b.txt", "in/stored.txt"]
    # Another root may be led to, and a root may be a link.
    assert sorted(problems("in", "far")) == ["in/gone.txt", "in/out.txt", "in/self.txt"]
    Path("way").symlink_to("far")
    assert paths("way") == ["way/d.txt"]


def test_pipes_and_documents_that_cannot_be_read() -> None:
    put("in/a.doc", "in/b.zip", "in/c.odt")
    os.mkfifo("in/p.txt")
    os.mkfifo("in/p.dat")
    told = problems("in")
    assert sorted(told) == ["in/a.doc", "in/b.zip", "in/c.odt", "in/p.txt"]
    assert "save it as .docx" in told["in/a.doc"]
    assert "unpack it" in told["in/b.zip"]
    assert "a named pipe" in told["in/p.txt"]
    assert "a device" in problems("/dev/zero")["/dev/zero"]


def test_a_closed_folder_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    put("in/a.txt", "in/closed/b.txt", "in/d.txt")
    if os.geteuid():
        Path("in/closed").chmod(0)
    else:  # to root nothing is closed: the system says what it would say to others
        scan = os.scandir

        def scandir(path: Path) -> object:
            if Path(path).name == "closed":
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", scandir)
    found = list(walk([Path("in")]))
    Path("in/closed").chmod(0o700)
    assert [str(f.path) for f in found] == ["in/a.txt", "in/closed", "in/d.txt"]
    assert found[1].problem is not None
    assert "no permission" in found[1].problem
    assert "--exclude" in found[1].problem


def test_a_tree_deeper_than_paths_may_be_long() -> None:
    put("in/a.txt")
    name, before = "d" * 200, Path.cwd()
    try:
        os.chdir("in")
        for _ in range(25):
            Path(name).mkdir()
            os.chdir(name)
        Path("b.txt").write_text("خبر", "utf-8")
    finally:
        os.chdir(before)
    first, second = walk([Path("in")])
    assert first.path == Path("in/a.txt")
    assert second.problem is not None
    assert "too deeply" in second.problem
    assert "start from a folder further down" in second.problem


def test_a_place_of_an_earlier_run_is_kept() -> None:
    put("in/a.docx", "in/a.txt")
    assert str(next(walk([Path("in")])).place) == "a"
    earlier = {Path("in/a.txt"): PurePosixPath("a")}
    found = {f.path.name: str(f.place) for f in walk([Path("in")], recorded=earlier.get)}
    assert found["a.txt"] == "a"
    assert found["a.docx"].startswith("a-")


@pytest.mark.parametrize("root", ["nothing", "a\0b", "x" * 5000])
def test_a_root_that_is_not_there(root: str) -> None:
    with pytest.raises(InputError) as caught:
        walk([Path(root)])
    assert "; check the path" in str(caught.value)


def test_found_is_a_record() -> None:
    assert Found(Path("a"), PurePosixPath("a")).problem is None
