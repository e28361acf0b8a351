import pytest

from mujaz.arabic import LexiconError
from mujaz.arabic.glossary_places import project_glossary, user_glossary, usual_glossaries


@pytest.fixture
def repository(tmp_path):
    """A repository with a folder two floors below its root."""
    (tmp_path / "repo" / "news" / "today").mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    return tmp_path / "repo"


def put(folder, name):
    path = folder / name
    path.write_text("النورس\tGull\n", "utf-8")
    return path


def test_nothing_is_there(repository, tmp_path):
    assert usual_glossaries(tmp_path / "home", repository / "news") == []


def test_a_project_keeps_it_at_its_root(repository):
    path = put(repository, "mujaz-glossary.csv")
    assert project_glossary(repository / "news" / "today") == path
    assert project_glossary(repository) == path


def test_the_nearest_wins(repository):
    put(repository, "mujaz-glossary.tsv")
    path = put(repository / "news", "mujaz-glossary.tbx")
    assert project_glossary(repository / "news" / "today") == path


def test_what_lies_above_the_root_is_no_projects(repository, tmp_path):
    put(tmp_path, "mujaz-glossary.tsv")
    assert project_glossary(repository / "news") is None


def test_outside_a_repository_only_the_working_folder_counts(tmp_path):
    (tmp_path / "below").mkdir()
    path = put(tmp_path, "mujaz-glossary.tsv")
    assert project_glossary(tmp_path) == path
    assert project_glossary(tmp_path / "below") is None


def test_the_projects_wins_over_the_users(repository, tmp_path):
    (tmp_path / "home").mkdir()
    user = put(tmp_path / "home", "glossary.tsv")
    project = put(repository, "mujaz-glossary.tsv")
    assert user_glossary(tmp_path / "home") == user
    assert usual_glossaries(tmp_path / "home", repository / "news") == [user, project]


def test_two_in_one_place_are_one_too_many(tmp_path):
    put(tmp_path, "glossary.tsv")
    put(tmp_path, "glossary.csv")
    with pytest.raises(LexiconError, match=r"two glossaries, glossary.tsv and glossary.csv"):
        user_glossary(tmp_path)
