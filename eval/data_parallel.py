"""Sentences with their translations, line by line: FLORES and NTREX."""

from __future__ import annotations

from pathlib import Path

from mujaz.errors import InputError

from .data_lines import one_split
from .data_row import Data, Row
from .text_files import lines, read_text

ARABIC = "arb_Arab"
ENGLISH = "eng_Latn"


def flores(folder: Path, split: str | None, spec: str) -> Data:
    """Read FLORES-200 (NLLB Team 2022), Arabic with the English as reference.

    Args:
        folder: The folder as published, ``dev/arb_Arab.dev`` and so on, with ``metadata_dev.tsv``
            for the domains where that is there; or one with ``source.ar`` and ``reference.en``.
        split: ``dev`` or ``devtest``; may be left out when there is one.
        spec: How the data were asked for.

    Raises:
        InputError: A file is missing, or the files do not have as many lines.
    """
    if (folder / "source.ar").exists():
        arabic, english = folder / "source.ar", folder / "reference.en"
        return _aligned(spec, folder.name, arabic, english, [])
    files = {path.suffix[1:]: path for path in sorted(folder.glob(f"*/{ARABIC}.*"))}
    name = one_split(files, split, str(folder), f"dev/{ARABIC}.dev")
    table = folder / f"metadata_{name}.tsv"
    domains = []
    if table.exists():
        head, *body = (line.split("\t") for line in _lines(table))
        if "domain" not in head:
            raise InputError(f"{table} has no column domain", "move it away to go without")
        domains = [line[head.index("domain")] for line in body]
    english = files[name].with_name(f"{ENGLISH}.{name}")
    return _aligned(spec, f"flores-{name}", files[name], english, domains)


def ntrex(folder: Path, spec: str) -> Data:
    """Read NTREX-128 (Federmann et al. 2022), Arabic with the English original as reference.

    The Arabic is a translation, the English what was written first. The domain is the outlet, from
    ``DOCUMENT_IDS.tsv`` (``bbc.381790``) where that is there.

    Args:
        folder: The repository's folder, or its ``NTREX-128``.
        spec: How the data were asked for.

    Raises:
        InputError: A file is missing, or the files do not have as many lines.
    """
    inner = folder / "NTREX-128"
    inner = inner if inner.is_dir() else folder
    documents = next((p for p in (folder, inner.parent) if (p / "DOCUMENT_IDS.tsv").exists()), None)
    domains = []
    if documents:
        ids = _lines(documents / "DOCUMENT_IDS.tsv")
        domains = [line.strip().rpartition(".")[0] for line in ids]
    arabic, english = inner / "newstest2019-ref.arb.txt", inner / "newstest2019-src.eng.txt"
    return _aligned(spec, "ntrex", arabic, english, domains)


def _lines(path: Path) -> list[str]:
    return lines(read_text(path))


def _aligned(spec: str, name: str, arabic: Path, english: Path, domains: list[str]) -> Data:
    sources, references = _lines(arabic), _lines(english)
    counts = {arabic: len(sources), english: len(references)}
    if domains:
        counts[arabic.with_name("the table of domains")] = len(domains)
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{path.name} has {count} lines" for path, count in counts.items())
        raise InputError(f"{arabic.parent}: {said}", "take files of one version")
    return Data(
        spec,
        name,
        tuple(
            Row(f"{name}-{number:04d}", source, (reference,), "", domain)
            for number, (source, reference, domain) in enumerate(
                zip(sources, references, domains or [""] * len(sources), strict=True), 1
            )
        ),
    )
