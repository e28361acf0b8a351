"""A tiny random model, a few sentence pairs, and a configuration that trains on them in seconds."""

from __future__ import annotations

import lzma
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from . import tiny_qwen

# The recipe stands at the top of the repository and is not installed.
sys.path.insert(0, str(Path(__file__).parents[2]))

PEOPLE = [
    (
        "أعلنت الحكومة اليوم عن خطة جديدة لدعم المزارعين.",
        "The government announced a new plan to support farmers today.",
    ),
    ("وصل الوفد إلى باكو مساء أمس.", "The delegation arrived in Baku last night."),
    ("ارتفعت أسعار القمح بنسبة خمسة في المئة.", "Wheat prices rose by five percent."),
    (
        "حذرت هيئة الأرصاد من أمطار غزيرة على الساحل.",
        "The weather service warned of heavy rain on the coast.",
    ),
    ("افتتح الرئيس جسرا جديدا فوق النهر.", "The president opened a new bridge over the river."),
    (
        "قال الوزير إن المشروع سيبدأ في شهر مارس.",
        "The minister said the project would begin in March.",
    ),
    ("زار رئيس وزراء العراق بغداد القديمة.", "The prime minister of Iraq visited old Baghdad."),
    (
        "وقع البلدان اتفاقية للتعاون في مجال الطاقة.",
        "The two countries signed an agreement on cooperation in energy.",
    ),
    ("أغلقت المدارس أبوابها بسبب العاصفة.", "Schools closed their doors because of the storm."),
    ("تبحث الشرطة عن سيارة بيضاء مسروقة.", "The police are looking for a stolen white car."),
    ("يعمل الأطباء ليلا ونهارا في المستشفى.", "Doctors work day and night in the hospital."),
    (
        "انتخب البرلمان رئيسا جديدا للجنة المالية.",
        "Parliament elected a new head of the finance committee.",
    ),
]
MACHINE = [
    ("تحتوي المكتبة على آلاف الكتب القديمة.", "The library holds thousands of old books."),
    ("سافر الطلاب إلى مصر لدراسة التاريخ.", "The students travelled to Egypt to study history."),
    ("يشرب الناس القهوة في الصباح.", "People drink coffee in the morning."),
    ("كانت السماء صافية طوال الليل.", "The sky was clear all night."),
    # What must go: markup, another alphabet, other numbers, the same again, nearly the same.
    ("انقر على {0} للمتابعة.", "Click {0} to continue."),
    ("هذه جملة عربية قصيرة جدا.", "Это русское предложение, совсем короткое."),
    ("وصل 12 وفدا إلى المدينة.", "Thirteen delegations, 13 in all, reached the city."),
    ("وصل الوفد إلى باكو مساء أمس", "The delegation arrived in Baku last night"),
    (
        "أعلنت الحكومة أمس عن خطة جديدة لدعم المزارعين.",
        "The government announced a new plan to support farmers yesterday.",
    ),
    (
        "القطة نائمة على السرير.",
        "Inflation is a rise of prices.",
    ),
    # And what stands in the test set, on one side or the other.
    (
        "قرأ المعلم القصة على التلاميذ في ساحة المدرسة الكبيرة.",
        "Something else entirely was said about a school and its yard.",
    ),
]
TESTS = [
    (
        "قرأ المعلم القصة على التلاميذ في ساحة المدرسة.",
        "The teacher read the story to the pupils in the yard.",
    ),
    ("وصل الوفد إلى بغداد صباح اليوم.", "The delegation arrived in Baghdad this morning."),
    ("ارتفعت أسعار النفط بنسبة 3 في المئة.", "Oil prices rose by 3 percent."),
]

CONFIG = """
seed = 3
output = "{folder}/out"
[base]
id = "tiny/base"
file = "{base}"
[prepare]
data = "{folder}/data"
exclude = ["{folder}/source.ar", "{folder}/reference.en"]
held_out = 2
least_similarity = 0.35
longest = 200
[tune]
rank = 4
alpha = 16
row = 256
rows = 2
accumulate = 2
rate = 0.02
steps = 6
dtype = "float32"
device = "cpu"
check_every = 3
[export]
id = "tiny/news-lora"
version = "0.1"
licence = "CC-BY-SA-4.0"
[measure]
source = "{folder}/source.ar"
reference = "{folder}/reference.en"
lines = 2
threads = 1
[[source]]
name = "people"
licence = "CC-BY-SA-4.0"
made = "people"
weight = 2.0
[[source]]
name = "machine"
licence = "MIT"
made = "machine"
"""


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Two threads that wait for each other crawl on a machine that does other work."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model's file."""
    return tiny_qwen.write(tmp_path_factory.mktemp("base") / "tiny-f32.gguf")


@pytest.fixture(scope="session")
def write_run(base: Path) -> Callable[[Path], Path]:
    """Lay data and configuration out in a folder; returns the configuration's path."""

    def write(folder: Path) -> Path:
        (folder / "data").mkdir(parents=True)
        for name, pairs in (("people", PEOPLE), ("machine", MACHINE)):
            with lzma.open(folder / "data" / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
                file.writelines(f"{arabic}\t{english}\n" for arabic, english in pairs)
        for name, side in (("source.ar", 0), ("reference.en", 1)):
            (folder / name).write_text("".join(f"{t[side]}\n" for t in TESTS), encoding="utf-8")
        config = folder / "config.toml"
        config.write_text(CONFIG.format(folder=folder, base=base), encoding="utf-8")
        return config

    return write
