//! News made by the test: an event, stories about it by different hands, and what papers make of them.

/// Numbers that look like chance and are the same each time.
#[derive(Clone)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (end.max(1) as u64)).unwrap()
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// The parts of a sentence in a language, one list each; one of each list makes a sentence.
struct Speech {
    parts: [&'static [&'static str]; 6],
    names: &'static [&'static str],
    things: &'static [&'static str],
    agencies: &'static [&'static str],
    own: &'static [&'static str],
    /// Words that an editor changes.
    edits: &'static [(&'static str, &'static str)],
}

const ENGLISH: Speech = Speech {
    parts: [
        &[
            "On Monday",
            "After two days of talks",
            "In a joint letter",
            "Late in the evening",
            "For the first time since spring",
            "Behind closed doors",
            "At the margins of the fair",
            "To nobody's surprise",
            "According to the ministry",
            "As expected",
            "In the view of officers",
            "Under the plan",
            "Without giving a date",
            "Some months ago",
            "In a short speech",
            "Before the vote",
            "Shortly afterwards",
            "Next to the new berth",
            "With little noise",
            "For want of crews",
        ],
        &[
            "the defence minister of {a}",
            "{a}",
            "a spokeswoman for {a}",
            "the navy of {b}",
            "the procurement office in {a}",
            "{b}",
            "the chief of staff of {b}",
            "a delegation from {a} and {b}",
            "the shipyard",
            "the committee on defence of {a}",
            "both governments",
            "the army of {a}",
            "a senior official from {b}",
            "the yard's new owner",
            "the treasury of {b}",
        ],
        &[
            "promised to pay for",
            "wants to buy",
            "handed over",
            "put off a decision on",
            "signed for",
            "explained the purpose of",
            "defended the price of",
            "asked for more of",
            "tested",
            "counted on",
            "offered to share",
            "ordered",
            "reported delays with",
            "welcomed",
            "began to build",
            "gave up",
            "insisted on",
            "has not yet paid for",
            "praised",
            "quietly cancelled",
        ],
        &[
            "{n} {x}",
            "the first {n} {x}",
            "a second batch of {x}",
            "spare parts for the {x}",
            "a workshop that mends {x}",
            "crews who know the {x}",
            "a school for the {x}",
            "cheaper {x} of the newest make",
            "{n} used {x} from stock",
            "a common stock of {x}",
            "the licence for the {x}",
            "radios that fit the {x}",
            "the upkeep of {n} {x}",
        ],
        &[
            "with help from {b}",
            "together with {b}",
            "at a cost of {n} million",
            "under a treaty with {b}",
            "by the end of the decade",
            "despite doubts in {a}",
            "for the brigade in the north",
            "as part of the joint fleet",
            "on the model of {b}",
            "at short notice",
            "from a common budget",
            "within {n} months",
            "against the advice of the auditors",
            "for {n} more years",
        ],
        &[
            "and left open who will pay for the rest",
            "which the unions had called for",
            "while the opposition spoke of a rushed affair",
            "so that the crews can start to train in summer",
            "though the papers are not signed yet",
            "because the old ones are worn out",
            "and the yard has to hire {n} people",
            "as was agreed at the lake",
            "to the relief of the staff",
            "but named no price",
            "which had been a sore point for years",
            "after the winter had shown the gaps",
            "and asked partners to do the same",
            "if parliament agrees",
            "",
            "",
        ],
    ],
    names: &[
        "Norway",
        "Germany",
        "Canada",
        "Denmark",
        "Poland",
        "Lithuania",
        "Spain",
        "Italy",
        "Portugal",
        "Finland",
        "Greece",
        "Latvia",
    ],
    things: &[
        "submarines",
        "tank howitzers",
        "patrol boats",
        "radar sets",
        "transport planes",
        "drones",
        "mine hunters",
        "air defence batteries",
        "bridge layers",
    ],
    agencies: &[
        "BERLIN (Agency) -",
        "OSLO, March 3 (Wire) -",
        "(Northern News) --",
        "From our agencies:",
    ],
    own: &[
        "Our readers know the matter from last week's edition.",
        "It is one more sign of how fast things move in the north.",
        "What sounds technical has a long history in this region.",
        "The garrison town follows the news with mixed feelings.",
        "Many in the harbour had waited for this day.",
        "The story so far can be found in our archive.",
        "Critics doubt that the sums add up, as we reported.",
        "More on this in our weekend edition.",
    ],
    edits: &[
        ("promised", "pledged"),
        ("wants", "intends"),
        ("buy", "acquire"),
        ("more", "further"),
        ("began", "started"),
        ("new", "brand-new"),
        ("price", "cost"),
        ("while", "whereas"),
        ("months", "weeks"),
    ],
};

const GERMAN: Speech = Speech {
    parts: [
        &[
            "Am Montag",
            "Nach zweitägigen Gesprächen",
            "In einem gemeinsamen Brief",
            "Am späten Abend",
            "Erstmals seit dem Frühjahr",
            "Hinter verschlossenen Türen",
            "Am Rande der Messe",
            "Nach Angaben des Ministeriums",
            "Wie erwartet",
            "Nach dem Plan",
            "Ohne ein Datum zu nennen",
            "Vor einigen Monaten",
            "In einer kurzen Rede",
            "Vor der Abstimmung",
            "Kurz danach",
            "Neben dem neuen Liegeplatz",
            "Ohne viel Aufhebens",
            "Mangels Besatzungen",
        ],
        &[
            "hat der Verteidigungsminister von {a}",
            "hat {a}",
            "hat eine Sprecherin von {a}",
            "hat die Marine von {b}",
            "hat das Beschaffungsamt in {a}",
            "hat {b}",
            "hat der Generalstabschef von {b}",
            "hat eine Abordnung aus {a} und {b}",
            "hat die Werft",
            "hat der Verteidigungsausschuss von {a}",
            "hat das Heer von {a}",
            "hat ein hoher Beamter aus {b}",
            "hat der neue Eigner der Werft",
            "hat das Finanzministerium von {b}",
        ],
        &[
            "{n} {x}",
            "die ersten {n} {x}",
            "ein zweites Los {x}",
            "Ersatzteile für die {x}",
            "eine Werkstatt für die {x}",
            "Besatzungen für die {x}",
            "eine Schule für die {x}",
            "günstigere {x} neuester Bauart",
            "{n} gebrauchte {x} aus Beständen",
            "ein gemeinsames Lager für {x}",
            "die Lizenz für die {x}",
            "Funkgeräte für die {x}",
            "die Wartung von {n} {x}",
        ],
        &[
            "mit Hilfe von {b}",
            "gemeinsam mit {b}",
            "zum Preis von {n} Millionen",
            "nach einem Vertrag mit {b}",
            "bis Ende des Jahrzehnts",
            "trotz Zweifeln in {a}",
            "für die Brigade im Norden",
            "als Teil der gemeinsamen Flotte",
            "nach dem Vorbild von {b}",
            "kurzfristig",
            "aus einem gemeinsamen Haushalt",
            "binnen {n} Monaten",
            "gegen den Rat der Prüfer",
            "für weitere {n} Jahre",
        ],
        &[
            "bestellt",
            "zugesagt",
            "verteidigt",
            "erprobt",
            "angeboten",
            "übergeben",
            "verschoben",
            "gefordert",
            "begrüßt",
            "aufgegeben",
            "gelobt",
            "still gestrichen",
            "bezahlt",
            "abgelehnt",
            "in Aussicht gestellt",
            "geprüft",
            "verlangt",
        ],
        &[
            "und offen gelassen, wer den Rest bezahlt",
            "was die Gewerkschaften gefordert hatten",
            "während die Opposition von Eile sprach",
            "damit die Besatzungen im Sommer üben können",
            "obwohl noch nichts unterschrieben ist",
            "weil die alten verschlissen sind",
            "wofür die Werft {n} Leute einstellen muss",
            "wie es am See vereinbart worden war",
            "zur Erleichterung der Belegschaft",
            "aber keinen Preis genannt",
            "was seit Jahren ein wunder Punkt war",
            "nachdem der Winter die Lücken gezeigt hatte",
            "und die Partner gebeten, es gleichzutun",
            "sofern das Parlament zustimmt",
            "",
            "",
        ],
    ],
    names: &[
        "Norwegen",
        "Deutschland",
        "Kanada",
        "Dänemark",
        "Polen",
        "Litauen",
        "Spanien",
        "Italien",
        "Portugal",
        "Finnland",
        "Griechenland",
        "Lettland",
    ],
    things: &[
        "U-Boote",
        "Panzerhaubitzen",
        "Patrouillenboote",
        "Radargeräte",
        "Transportflugzeuge",
        "Drohnen",
        "Minenjagdboote",
        "Flugabwehrbatterien",
        "Brückenleger",
    ],
    agencies: &[
        "Berlin (Agentur) -",
        "OSLO. 3. März. (Dienst)",
        "(nordnachrichten)",
        "Von unseren Agenturen:",
    ],
    own: &[
        "Unsere Leser kennen die Sache aus der vorigen Ausgabe.",
        "Es ist ein weiteres Zeichen dafür, wie schnell es im Norden geht.",
        "Was technisch klingt, hat in dieser Gegend eine lange Geschichte.",
        "In der Garnisonsstadt sieht man es mit gemischten Gefühlen.",
        "Auf diesen Tag haben im Hafen viele gewartet.",
        "Was bisher geschah, steht in unserem Archiv.",
        "Kritiker bezweifeln, wie berichtet, dass die Rechnung aufgeht.",
        "Mehr dazu in unserer Wochenendausgabe.",
    ],
    edits: &[
        ("gemeinsam", "zusammen"),
        ("Rat", "Willen"),
        ("bestellt", "geordert"),
        ("neuen", "jüngsten"),
        ("Preis", "Betrag"),
        ("weil", "da"),
        ("Monaten", "Wochen"),
        ("gefordert", "verlangt"),
    ],
};

/// Something that happened, of which several write.
pub(crate) struct Event {
    speech: &'static Speech,
    names: [&'static str; 2],
    thing: &'static str,
    /// What somebody said in public: every story may quote it.
    quotes: Vec<String>,
}

impl Event {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        let speech = if chance.percent(50) {
            &ENGLISH
        } else {
            &GERMAN
        };
        let first = chance.below(speech.names.len());
        let second = (first + 1 + chance.below(speech.names.len() - 1)) % speech.names.len();
        let mut event = Self {
            speech,
            names: [speech.names[first], speech.names[second]],
            thing: chance.pick(speech.things),
            quotes: Vec::new(),
        };
        event.quotes = (0..2)
            .map(|_| format!("\"{}\"", event.sentence(chance)))
            .collect();
        event
    }

    /// A sentence about it.
    pub(crate) fn sentence(&self, chance: &mut Chance) -> String {
        let parts = self.speech.parts.map(|list| chance.pick(list));
        let number = (chance.below(97) + 2).to_string();
        let sentence = parts.join(" ");
        let sentence = sentence
            .replace("{a}", self.names[0])
            .replace("{b}", self.names[1]);
        let sentence = sentence.replace("{x}", self.thing).replace("{n}", &number);
        format!("{}.", sentence.trim_end())
    }

    /// A story by one hand, in paragraphs; the public words are in some of them.
    pub(crate) fn story(&self, chance: &mut Chance) -> Vec<String> {
        let sentences = 7 + chance.below(16);
        let mut paragraphs: Vec<String> = Vec::new();
        let mut at = 0;
        while at < sentences {
            let length = 1 + chance.below(3);
            let mut paragraph: Vec<String> = (0..length).map(|_| self.sentence(chance)).collect();
            if chance.percent(12) {
                paragraph.push(self.quotes[chance.below(2)].clone());
            }
            paragraphs.push(paragraph.join(" "));
            at += length;
        }
        paragraphs
    }

    /// What a paper makes of a story: cut, opened anew, edited here and there.
    pub(crate) fn copy(&self, story: &[String], chance: &mut Chance) -> Vec<String> {
        let keep = match chance.below(3) {
            0 => story.len(),
            1 => story.len() - story.len() / 4,
            _ => story.len().div_ceil(2),
        };
        let drop = [0, 0, 15][chance.below(3)];
        let mut copy: Vec<String> = Vec::new();
        for paragraph in story.iter().take(keep.max(2)) {
            if copy.len() < 2 || !chance.percent(drop) {
                copy.push(self.edited(paragraph, chance));
            }
        }
        if chance.percent(60) {
            copy[0] = format!("{} {}", chance.pick(self.speech.agencies), copy[0]);
        }
        if chance.percent(50) {
            copy.insert(0, chance.pick(self.speech.own).to_owned());
        }
        if chance.percent(30) {
            copy.push(chance.pick(self.speech.own).to_owned());
        }
        copy
    }

    fn edited(&self, paragraph: &str, chance: &mut Chance) -> String {
        let word = |word: &str| {
            let edit = self.speech.edits.iter().find(|(old, _)| *old == word);
            match edit {
                Some((_, new)) if chance.percent(40) => (*new).to_owned(),
                _ => word.to_owned(),
            }
        };
        let words: Vec<String> = paragraph.split(' ').map(word).collect();
        words.join(" ")
    }
}
