"""Writes made-up documents, the same for the same count: a store to try the server and the page on.

    python3 tests/load/corpus.py 10000 > target/load.jsonl
"""

import json
import random
import sys

STATES = """Germany France Norway Denmark Sweden Finland Poland Estonia Latvia Lithuania Netherlands Belgium Spain
Portugal Italy Greece Romania Bulgaria Canada Japan Australia India Brazil Chile Ukraine Moldova Georgia Czechia
Slovakia Hungary Croatia Slovenia Austria Switzerland Ireland Iceland Luxembourg Albania Israel Egypt Morocco
Kenya Singapore Indonesia Thailand Vietnam Philippines Malaysia""".split()
THINGS = ["submarines", "air defence", "armoured vehicles", "maritime patrol aircraft", "artillery ammunition", "drones", "mine hunters"]
SENTENCES = [
    "{a} and {b} signed a memorandum of understanding on {t}.",
    "{a} and {b} agreed to procure {t} together.",
    "{a} and {b} will develop {t} jointly from {y} on.",
    "The armed forces of {a} and {b} trained together with {t}.",
    "{a} will deliver {t} to {b}.",
    "The defence ministers of {a}, {b} and {c} met to talk about {t}.",
    "{a}, {b} and {c} are producing {t} together.",
    "Officials in the capital said the weather had been fine.",
]


def document(number: int, dice: random.Random) -> dict:
    year, month, day = dice.randint(2012, 2026), dice.randint(1, 12), dice.randint(1, 28)
    a, b, c = dice.sample(STATES, 3)
    sentences = [
        dice.choice(SENTENCES).format(a=a, b=b, c=c, t=dice.choice(THINGS), y=year + 1) for _ in range(dice.randint(2, 6))
    ]
    return {
        "id": f"made-up-{number:05}",
        "source": f"https://wire{dice.randint(1, 40)}.example.org/{number}",
        "title": f"{a} and {b} on {dice.choice(THINGS)}",
        "date": f"{year}-{month:02}-{day:02}",
        "language": "en",
        "text": " ".join(sentences),
    }


def main() -> None:
    dice = random.Random(1)
    for number in range(int(sys.argv[1])):
        print(json.dumps(document(number, dice)))


main()
