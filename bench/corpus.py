"""Writes made-up news of 3 KB with the names of the vocabulary, about one name in 20 words, the same for the same count.

    entente gazetteer forms | python3 bench/corpus.py 10000 > target/bench/corpus.jsonl
"""

import csv
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "load"))
from large import Newsroom, names  # noqa: E402


def main() -> None:
    room = Newsroom(names(csv.DictReader(sys.stdin)), sentences=(24, 46), filler=0.6)
    for number in range(int(sys.argv[1])):
        print(json.dumps(room.document(number), ensure_ascii=False))


main()
