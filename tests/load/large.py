"""Writes made-up news in German and English with the names of the vocabulary, the same for the same count: a large store to ask.

    entente gazetteer forms | python3 tests/load/large.py 100000 > target/large.jsonl

Names of each kind are as unequal as in the news: a few are everywhere, most are rare. About half of the sentences say something
of states, companies, weapons, programmes or people, the others are words in a row.
"""

import csv
import itertools
import json
import random
import re
import sys
from collections import defaultdict

HOT = {
    "de": "Deutschland Frankreich Polen Ukraine Israel Schweden Norwegen NATO EU USA Türkei Niederlande Italien Kanada Dänemark".split(),
    "en": "Germany France Poland Ukraine Israel Sweden Norway NATO EU Japan Turkey Australia Canada Italy Denmark".split(),
}
WORDS = {
    "de": """die der und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach
    wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei hatte
    kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines Jahr zwei diese dieser wieder keine seit Wetter Haus
    Straße Abend Morgen Stadt Zeitung Sommer Winter Frage Antwort Stunde Woche Brücke Wald Fluss Garten Bahn Schule Theater Musik Markt
    Regen Licht Bericht Seite Bild Spiel Farbe Stimme Reise Tisch Fenster Papier Feld Berg Küste langsam früh später deutlich ruhig neu
    alt groß klein lang kurz hell weit nah warm kalt offen""".split(),
    "en": """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one were
    all their there been if more when will would who so no she what up said about other into than its time only could new them some
    these two may then do first any my now such like our over also after under between through during before weather house street
    evening morning town paper summer winter question answer hour week bridge forest river garden railway school theatre music market
    rain light report page picture game colour voice journey table window field mountain coast slowly early later clearly quiet old
    large small long short bright wide near warm cold open""".split(),
}
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
TOWNS = "Berlin Paris Warschau Kyiv Oslo Stockholm Ankara Brüssel Ottawa London Tokyo Rom Madrid Helsinki Tallinn Riga Vilnius".split()
SENTENCES = {
    "de": [
        "{c} und {c} haben ein Abkommen über {w} unterzeichnet, {f}.",
        "{o} liefert {n} {w} an {c}, {f}.",
        "{c} liefert {n} {w} an {c}, {f}.",
        "Die Streitkräfte von {c} und {c} übten gemeinsam mit {w}, {f}.",
        "{c} will mit {c} von {y} an {w} entwickeln, {f}.",
        "Verteidigungsminister {p} traf {p}, um {f} zu besprechen.",
        "Im Rahmen von {g} beteiligen sich {c}, {c} und {c} an {f}.",
        "„{f}“, sagte {p} am {d} {y} in {t}.",
        "Nach Angaben aus {t}, z. B. von {p}, {f}.",
    ],
    "en": [
        "{c} and {c} signed an agreement on {w}, {f}.",
        "{o} will deliver {n} {w} to {c}, {f}.",
        "{c} will deliver {n} {w} to {c}, {f}.",
        "The armed forces of {c} and {c} trained together with {w}, {f}.",
        "{c} and {c} will develop {w} together from {y}, {f}.",
        "Defence Minister {p} met {p} to {f}.",
        "Under {g}, the forces of {c}, {c} and {c} {f}.",
        '"{f}," said {p} on {d} {y} in {t}.',
        "According to {p} of {o}, e.g. in {t}, {f}.",
    ],
}


def names(rows) -> dict:
    """Spellings by kind and language; those of no language are of both."""
    found = defaultdict(list)
    for row in rows:
        if row["needs"] or len(row["form"]) < 3:
            continue
        for language in ("de", "en") if row["language"] == "mul" else (row["language"],):
            found[row["kind"], language].append(row["form"])
    # Adjectives are no names of states.
    found["country", "de"] = [f for f in found["country", "de"] if f[0].isupper() and not re.search("isch(e[mnrs]?)?$", f)]
    for forms in found.values():
        random.Random(len(forms)).shuffle(forms)
    return found


class Newsroom:
    def __init__(self, found: dict, sentences: tuple = (4, 16), filler: float = 0.45) -> None:
        self.found, self.sentences, self.filler_share = found, sentences, filler
        self.dice = random.Random(1)
        self.weights = {
            language: list(itertools.accumulate(1 / (i + 2.7) for i in range(len(words)))) for language, words in WORDS.items()
        }

    def pick(self, kind: str, language: str) -> str:
        forms = self.found[kind, language]
        return forms[max(0, int(len(forms) ** (self.dice.random() ** 1.15)) - 1)]

    def country(self, language: str) -> str:
        return self.dice.choice(HOT[language]) if self.dice.random() < 0.6 else self.pick("country", language)

    def filler(self, language: str, low: int = 3, high: int = 11) -> str:
        return " ".join(self.dice.choices(WORDS[language], cum_weights=self.weights[language], k=self.dice.randint(low, high)))

    def part(self, letter: str, language: str) -> str:
        kinds = {"w": "weapon", "o": "company", "p": "person", "g": "programme"}
        if letter in kinds:
            return self.pick(kinds[letter], language)
        day, month = self.dice.randint(1, 28), self.dice.choice(MONTHS[language])
        return {
            "c": lambda: self.country(language),
            "f": lambda: self.filler(language),
            "t": lambda: self.dice.choice(TOWNS),
            "n": lambda: str(self.dice.randint(2, 300)),
            "y": lambda: str(self.dice.randint(2014, 2026)),
            "d": lambda: f"{day}. {month}" if language == "de" else f"{month} {day},",
        }[letter]()

    def sentence(self, language: str) -> str:
        if self.dice.random() < self.filler_share:
            text = self.filler(language, 9, 27) + self.dice.choices(".?!", weights=(94, 4, 2))[0]
        else:
            form = self.dice.choice(SENTENCES[language])
            text = re.sub(r"{(\w)}", lambda match: self.part(match[1], language), form)
        return text[0].upper() + text[1:]

    def document(self, number: int) -> dict:
        language = "de" if self.dice.random() < 0.55 else "en"
        sentences = [self.sentence(language) for _ in range(self.dice.randint(*self.sentences))]
        paragraphs = []
        while sentences:
            length = self.dice.randint(2, 4)
            paragraphs.append(" ".join(sentences[:length]))
            del sentences[:length]
        paper = int(400 ** self.dice.random())
        return {
            "id": f"made-up-{number:07}",
            "source": f"https://paper{paper}.example.org/{number}",
            "title": f"{self.country(language)}: {self.filler(language, 3, 6)}",
            "date": f"{self.dice.randint(2014, 2026)}-{self.dice.randint(1, 12):02}-{self.dice.randint(1, 28):02}",
            "language": language,
            "text": "\n\n".join(paragraphs),
        }


def main() -> None:
    room = Newsroom(names(csv.DictReader(sys.stdin)))
    for number in range(int(sys.argv[1])):
        print(json.dumps(room.document(number), ensure_ascii=False))


if __name__ == "__main__":
    main()
