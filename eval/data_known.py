"""The data sets that are known: where each is to be had, how big it is, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Task = Literal["brief", "summarize", "translate"]


@dataclass(frozen=True, slots=True)
class KnownData:
    """A data set and where it comes from. Nothing is fetched: texts have owners and licences.

    Attributes:
        name: As ``--data NAME:PATH`` takes it.
        title: Its full name.
        task: What it measures.
        what: What is in it, and what to know before reporting a figure on it.
        size: Rows, and megabytes to fetch.
        licence: Its licence, as its owners state it.
        source: Where it is to be had.
        layout: What ``PATH`` has to be.
    """

    name: str
    title: str
    task: Task
    what: str
    size: str
    licence: str
    source: str
    layout: str


KNOWN: tuple[KnownData, ...] = (
    KnownData(
        "xlsum",
        "XL-Sum, Arabic (Hasan et al. 2021)",
        "summarize",
        "BBC Arabic news with the editor's one-sentence summary as reference",
        "test 4,689, validation 4,689, train 37,519 articles; test 11 MB as parquet",
        "CC BY-NC-SA 4.0: not for commercial use; the texts are the BBC's",
        "https://github.com/csebuetnlp/xl-sum, or csebuetnlp/xlsum on the hub",
        "arabic_test.jsonl, or its folder with --split test; rows id, url, title, summary, text",
    ),
    KnownData(
        "easc",
        "Essex Arabic Summaries Corpus (El-Haj et al. 2010)",
        "summarize",
        "Wikipedia and newspaper articles, each with five extracts that people chose; titles are "
        "categories, not headlines",
        "153 articles, 765 summaries",
        "CC BY 4.0 on its card; the texts in part CC BY-SA 3.0 (Wikipedia), in part the papers'",
        "https://github.com/ArabicNLP-UK/EASC, or drelhaj/EASC on the hub",
        "the folder with Articles/ and MTurk/, or JSON lines (summaries, or summary_A to _E)",
    ),
    KnownData(
        "flores",
        "FLORES-200 (NLLB Team 2022)",
        "translate",
        "Sentences of Wikinews, Wikijunior and Wikivoyage; the English was written first",
        "dev 997, devtest 1,012 sentences",
        "CC BY-SA 4.0",
        "https://github.com/facebookresearch/flores, flores200; continued as "
        "openlanguagedata/flores_plus on the hub",
        "the folder with dev/arb_Arab.dev and so on and --split, or source.ar with reference.en",
    ),
    KnownData(
        "ntrex",
        "NTREX-128 (Federmann et al. 2022)",
        "translate",
        "News sentences of WMT 2019 in 123 documents; the Arabic is a translation of the English "
        "that serves as reference",
        "1,997 sentences",
        "CC BY-SA 4.0",
        "https://github.com/MicrosoftTranslator/NTREX",
        "the repository's folder: NTREX-128/newstest2019-ref.arb.txt, DOCUMENT_IDS.tsv",
    ),
)
"""What `mujaz eval data` lists. Sizes and licences as the sources state them; the size of XL-Sum's
test file is that of the hub's conversion."""

GENERAL: tuple[tuple[str, str], ...] = (
    (
        "FILE.jsonl",
        'rows of your own: {"id", "text", "title"?, "reference" or "references", "domain"?}',
    ),
    (
        "datasets:DIR",
        "what the datasets library saved, or its parquet, arrow or JSON-lines files; name fields "
        "with --text-field and so on",
    ),
)
"""The other forms that ``--data`` takes, and what each is."""
