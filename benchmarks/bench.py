"""Throughput, latency and memory of reading, and the time a map takes: `make bench`.

Beside the tokens a second of reading stand those of the trained encoder alone, on the same texts with one thread;
beside relevant reports, irrelevant ones of the same length from ``irrelevant.txt``.

Reports of about 400 words are put together from paragraphs of the bundled examples, shuffled with a fixed seed, so that
every report is relevant and no two are alike. Memory is the peak of the largest process.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_link

from according.extract.encoder import load_encoder

ROOT = Path(__file__).resolve().parent.parent
ACCORDING = Path(sys.executable).parent / "according"
REPORTS = 120
WORDS = 400


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        relevant = example_paragraphs()
        corpus, one = write_corpus(work / "corpus.jsonl", REPORTS, relevant), work / "one.jsonl"
        write_corpus(one, 1, relevant)
        timed("read", one)  # fills the caches that a first run compiles
        start_up = min(timed("read", one) for _ in range(3))
        print(f"start-up and one report: {start_up:.2f} s")
        for jobs in (1, 2):
            seconds = (
                timed("read", work / "corpus.jsonl", "--jobs", str(jobs), "-o", work / "readings.jsonl") - start_up
            )
            rate, tokens = REPORTS / seconds, corpus / seconds
            print(f"{jobs} process{'es' if jobs > 1 else ''}: {rate:.1f} reports/s, {tokens:,.0f} tokens/s")
        print_ceiling(work / "corpus.jsonl")
        print_irrelevant(work)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory of a process: {peak:.0f} MiB")
        for name in ("map.png", "map.html"):
            print(f"{name}: {timed('map', work / 'readings.jsonl', '-o', work / name):.2f} s with start-up")
    bench_link.main()


def print_ceiling(corpus: Path) -> None:
    """Tokens a second of the encoder alone, in one thread."""
    encoder = load_encoder()
    if encoder is None:
        print("encoder alone: its file is absent")
        return
    texts = [json.loads(line)["text"] for line in corpus.read_text(encoding="utf-8").splitlines()][:40]
    encoder.mark(texts[0])
    began = time.perf_counter()
    for text in texts:
        encoder.mark(text)
    seconds = time.perf_counter() - began
    print(f"encoder alone, one thread: {sum(map(tokens_in, texts)) / seconds:,.0f} tokens/s")


def print_irrelevant(work: Path) -> None:
    """Reports a second of one process where no report is relevant, its start-up included."""
    count = 4000
    paragraphs = (Path(__file__).parent / "irrelevant.txt").read_text(encoding="utf-8").split("\n\n")
    write_corpus(work / "irrelevant.jsonl", count, [" ".join(paragraph.split()) for paragraph in paragraphs])
    seconds = timed("read", work / "irrelevant.jsonl", "-o", work / "passed.jsonl")
    print(f"irrelevant reports, 1 process: {count / seconds:,.0f} reports/s")


def timed(*arguments: str | Path) -> float:
    """Run one command and give its wall time in seconds."""
    began = time.perf_counter()
    subprocess.run([str(ACCORDING), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def tokens_in(text: str) -> int:
    """The number of a text's words and punctuation marks."""
    return len(text.replace(",", " ,").replace(".", " .").split())


def write_corpus(path: Path, count: int, paragraphs: list[str]) -> int:
    """Write ``count`` reports and give the number of their words and punctuation marks."""
    chooser = random.Random(20)  # noqa: S311 - a fixed shuffle
    total = 0
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            chosen: list[str] = []
            while sum(len(paragraph.split()) for paragraph in chosen) < WORDS:
                chosen.append(chooser.choice(paragraphs))
            text = "\n\n".join(chosen)
            total += tokens_in(text)
            report = {"id": str(number), "text": text, "published": "2020-06-01"}
            stream.write(json.dumps(report, ensure_ascii=False) + "\n")
    return total


def example_paragraphs() -> list[str]:
    """The body paragraphs of the bundled plain-text and JSON-lines examples."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    lines = (ROOT / "examples" / "tajoura.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    paragraphs = [paragraph.strip() for text in texts for paragraph in text.split("\n\n")]
    return [paragraph for paragraph in paragraphs if len(paragraph.split()) > 15]


if __name__ == "__main__":
    main()
