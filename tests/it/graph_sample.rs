//! Made-up extractions that look like real ones.

use std::collections::{BTreeMap, BTreeSet};

use entente::document::BlockKind;
use entente::graph::{Graph, Legend};
use entente::mention::{EntityId, FoundBy};
use entente::schema::Schema;
use entente::statement::{
    DateRange, DocumentInfo, EntityRecord, Evidence, Extraction, MentionRecord, Precision,
    Statement, Status, TimeBasis, Trigger,
};
use entente::text::CharSpan;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The names of the entities that do not follow from their ids.
const NAMES: &str = "
country:DEU=Germany
country:NOR=Norway
country:CAN=Canada
country:DNK=Denmark
country:NLD=Netherlands
country:FRA=France
country:GBR=United Kingdom
country:POL=Poland
country:UKR=Ukraine
country:RUS=Russia
country:SWE=Sweden
country:ITA=Italy
country:ESP=Spain
country:USA=United States
country:LTU=Lithuania
country:ISR=Israel
organisation:nato=NATO
organisation:occar=OCCAR
weapon:u212cd=U212CD
weapon:iris-t-slm=IRIS-T SLM
weapon:leopard-2=Leopard 2
weapon:arrow-3=Arrow 3
weapon:p-8a=P-8A Poseidon
company:tkms=TKMS
company:diehl=Diehl Defence
company:kongsberg=Kongsberg
company:rheinmetall=Rheinmetall
programme:fcas=FCAS
programme:essi=European Sky Shield Initiative
programme:northern-seas=Northern Seas Partnership
operation:baltic-guard=Baltic Guard
agreement:lake-house=Lake House Treaty
person:~ada-lind=Ada Lind
";

/// One line is one statement: document, publication, kind, subjects, objects, about, status, since.
const STATEMENTS: &str = "
navy-1   2025-03-02 procurement  DEU,NOR              -         weapon:u212cd           active  2021
navy-1   2025-03-02 participates DEU,NOR              programme:northern-seas - active 2024
navy-1   2025-03-02 manufactures company:tkms         weapon:u212cd -                   active  2021
navy-2   2026-01-12 procurement  DEU,NOR              -         weapon:u212cd           active  2021
navy-2   2026-01-12 development  DEU,NOR              -         weapon:u212cd           active  2021
navy-2   2026-01-12 contracts    company:tkms         DEU       weapon:u212cd           agreed  2021
navy-2   2026-01-12 contracts    company:kongsberg    NOR       -                       active  2022
navy-2   2026-01-12 participates CAN                  programme:northern-seas - active 2024
navy-2   2026-01-12 participates DNK                  programme:northern-seas - agreed 2025
navy-2   2026-01-12 acquires     CAN                  weapon:u212cd -                   planned 2026
talks-1  2026-02-03 consultation DEU,CAN              -         weapon:u212cd           active  2026-02-02
talks-1  2026-02-03 agreement    DEU,CAN              -         -                       planned 2026
talks-1  2026-02-03 represents   person:~ada-lind     DNK       -                       active  2025
talks-1  2026-02-03 consultation DNK,DEU              -         -                       active  2026-02-02
air-1    2026-02-20 procurement  DEU,NLD,ESP,SWE      -         weapon:iris-t-slm       planned 2026
air-1    2026-02-20 participates DEU,NLD,SWE,DNK,LTU  programme:essi -                  active  2022
air-1    2026-02-20 manufactures company:diehl        weapon:iris-t-slm -               active  2015
air-1    2026-02-20 acquires     SWE                  weapon:iris-t-slm -               agreed  2025
air-1    2026-02-20 acquires     DEU                  weapon:arrow-3 -                  active  2023
air-1    2026-02-20 transfer     ISR                  DEU       weapon:arrow-3          active  2023
air-2    2026-03-01 development  DEU,FRA,ESP          -         programme:fcas          agreed  2019
air-2    2026-03-01 participates DEU,FRA,ESP          programme:fcas -                  active  2019
air-2    2026-03-01 development  GBR,ITA              -         -                       active  2022
air-3    2026-03-09 agreement    DEU,GBR              -         agreement:lake-house    agreed  2024
air-3    2026-03-09 operation    DEU,GBR              -         weapon:p-8a             planned 2026
air-3    2026-03-09 operation    DEU,DNK              -         weapon:p-8a             agreed  2026
air-3    2026-03-09 acquires     DEU                  weapon:p-8a -                     active  2021
east-1   2026-03-11 aid          DEU                  UKR       weapon:iris-t-slm       active  2022
east-1   2026-03-11 aid          DNK                  UKR       -                       active  2022
east-1   2026-03-11 aid          USA                  UKR       -                       planned 2026
east-1   2026-03-11 conflict     RUS                  UKR       -                       active  2022
east-1   2026-03-11 transfer     DEU                  UKR       weapon:leopard-2        active  2023
east-1   2026-03-11 production   DEU,UKR              -         -                       agreed  2025
east-2   2026-03-20 aid          DEU                  UKR       -                       active  2022
east-2   2026-03-20 aid          NLD                  UKR       -                       active  2022
east-2   2026-03-20 conflict     RUS                  LTU       -                       active  2026
east-2   2026-03-20 operation    DEU,LTU              -         operation:baltic-guard  active  2025
east-2   2026-03-20 participates DEU,LTU,NLD,POL      operation:baltic-guard -          active  2025
east-2   2026-03-20 training     POL,LTU,USA          -         operation:baltic-guard  active  2025
east-2   2026-03-20 aid          POL                  UKR       -                       ended   2024
east-3   2026-04-02 aid          DEU                  UKR       -                       active  2022
east-3   2026-04-02 conflict     NATO                 RUS       -                       active  2022
east-3   2026-04-02 contracts    company:rheinmetall  UKR       -                       agreed  2024
east-3   2026-04-02 manufactures company:rheinmetall  weapon:leopard-2 -                active  1979
east-3   2026-04-02 transfer     NLD                  UKR       weapon:leopard-2        rejected 2026
east-3   2026-04-02 cooperation  DEU,FRA              -         -                       active  1963
body-1   2026-04-05 contracts    company:diehl        DEU       weapon:iris-t-slm       active  2015
body-1   2026-04-05 participates FRA,ITA,DEU,GBR      organisation:occar -              active  1996
body-1   2026-04-05 cooperation  NATO,UKR             -         -                       active  1997
body-1   2026-04-05 intelligence USA,GBR              -         -                       active  1946
body-1   2026-04-05 cooperation  USA,GBR              -         -                       active  1946
body-1   2026-04-05 training     NOR,SWE              -         -                       planned 2027
";

/// The schema of the repository.
pub(crate) fn legend() -> Legend {
    let schema = include_str!("../../gazetteer/schema.toml");
    Schema::parse("schema.toml", schema).unwrap().into()
}

/// The extractions of the tables above, sorted by document.
pub(crate) fn extractions() -> Vec<Extraction> {
    let mut by_document: BTreeMap<&str, (Date, Vec<Statement>)> = BTreeMap::new();
    for line in STATEMENTS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [
            document,
            published,
            kind,
            subjects,
            objects,
            about,
            status,
            since,
        ] = cells[..]
        else {
            panic!("a line of eight words: {line}");
        };
        let statement = Said {
            document,
            kind,
            subjects,
            objects,
            about,
            status,
            since,
        };
        let entry = by_document.entry(document);
        let entry = entry.or_insert_with(|| (published.parse().unwrap(), Vec::new()));
        let statement = statement.read(entry.1.len());
        entry.1.push(statement);
    }
    let whole = |(id, (date, statements))| extraction(id, date, statements);
    by_document.into_iter().map(whole).collect()
}

/// Extractions of few entities with odd names and texts, several in a document.
pub(crate) fn any_extractions() -> impl Strategy<Value = Vec<Extraction>> {
    let word = || {
        prop_oneof![
            select(ODD.to_vec()).prop_map(str::to_owned),
            "\\PC{0,12}",
            any::<String>()
        ]
    };
    let end = || {
        select(vec![
            "DEU",
            "NOR",
            "NATO",
            "weapon:x",
            "company:~a b",
            "person:\"<&>\\u{1}/%",
            "UKR",
        ])
    };
    let kind = select(vec![
        "procurement",
        "aid",
        "conflict",
        "participates",
        "cooperation",
        "odd \"kind<",
    ]);
    let status = select(vec!["planned", "agreed", "active", "ended", "rejected"]);
    let since = select(vec!["2019", "2024", "2026-02-28", "2026-03-01"]);
    let ends = (vec(end(), 0..3), vec(end(), 0..3), vec(end(), 0..2));
    let statement = (kind, ends, status, since, word(), 0u8..=100);
    let document = (0u8..6, word(), word(), vec(statement, 0..5));
    vec(document, 0..6).prop_map(|documents| documents.into_iter().map(odd_extraction).collect())
}

/// Names that break careless writers.
const ODD: &[&str] = &[
    "Müller & Söhne \"A400M\" <x>\\N",
    "a\u{1}b\u{0}c\u{FFFE}",
    "trailing blank ",
    "Edge",
    "node",
    "\u{1F6A2} frigate",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
    "-->]]>",
    "=1+1",
    "line\nbreak\r\ttab",
    "F-35:1,\"x\";|",
    "ends with \\",
    "",
];

type OddStatement<'a> = (
    &'a str,
    (Vec<&'a str>, Vec<&'a str>, Vec<&'a str>),
    &'a str,
    &'a str,
    String,
    u8,
);

fn odd_extraction(odd: (u8, String, String, Vec<OddStatement>)) -> Extraction {
    let (number, title, name, statements) = odd;
    let list = |words: &[&str]| {
        if words.is_empty() {
            "-".to_owned()
        } else {
            words.join(",")
        }
    };
    let read = |(place, odd): (usize, OddStatement)| {
        let (kind, (subjects, objects, about), status, since, sentence, confidence) = odd;
        let mut statement = Said {
            document: &format!("odd-{number}"),
            kind,
            subjects: &list(&subjects),
            objects: &list(&objects),
            about: &list(&about),
            status,
            since,
        }
        .read(place);
        statement.confidence = f64::from(confidence) / 100.0;
        statement.evidence.sentence = sentence;
        statement
    };
    let statements = statements.into_iter().enumerate().map(read).collect();
    let date = Date::constant(2026, 3, 1 + i8::try_from(number).unwrap());
    let mut extraction = extraction(&format!("odd-{number}"), date, statements);
    extraction.document.title = title;
    for record in &mut extraction.entities {
        record.name = format!("{name}{}", record.name);
    }
    extraction
}

/// The graph of all of them.
pub(crate) fn graph() -> Graph {
    Graph::from_extractions(extractions(), legend())
}

/// An extraction that names every entity of its statements once.
pub(crate) fn extraction(id: &str, date: Date, statements: Vec<Statement>) -> Extraction {
    let named: BTreeSet<EntityId> = statements
        .iter()
        .flat_map(|s| s.subjects.iter().chain(&s.objects).chain(&s.about))
        .cloned()
        .collect();
    let entities = named.into_iter().enumerate();
    Extraction {
        document: DocumentInfo {
            id: format!("{id}.txt"),
            source: format!("news/{id}.txt"),
            title: format!("What {id} says"),
            date: Some(date),
            language: "en".to_owned(),
            hash: format!("hash of {id}"),
            ..DocumentInfo::default()
        },
        entities: entities.map(|(at, id)| record(&id, at)).collect(),
        statements,
    }
}

fn record(id: &EntityId, at: usize) -> EntityRecord {
    let name = name(id);
    let mention = MentionRecord {
        text: name.clone(),
        span: CharSpan {
            start: at * 40,
            end: at * 40 + name.chars().count(),
        },
        found_by: FoundBy::Name,
    };
    EntityRecord {
        id: id.clone(),
        kind: id.kind().to_owned(),
        name,
        known: id.is_known(),
        mentions: vec![mention],
    }
}

fn name(id: &EntityId) -> String {
    let line = NAMES
        .lines()
        .find_map(|line| line.strip_prefix(id.as_str())?.strip_prefix('='));
    line.unwrap_or(id.slug()).to_owned()
}

/// A line of the table.
pub(crate) struct Said<'a> {
    pub(crate) document: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) subjects: &'a str,
    pub(crate) objects: &'a str,
    pub(crate) about: &'a str,
    pub(crate) status: &'a str,
    pub(crate) since: &'a str,
}

impl Said<'_> {
    pub(crate) fn read(&self, place: usize) -> Statement {
        let (subjects, objects) = (ids(self.subjects), ids(self.objects));
        let names: Vec<_> = subjects.iter().chain(&objects).map(name).collect();
        let sentence = format!(
            "{}: {} since {}.",
            names.join(" and "),
            self.kind,
            self.since
        );
        Statement {
            id: format!("{}-{place}", self.document),
            kind: self.kind.to_owned(),
            subjects,
            objects,
            about: ids(self.about),
            status: status(self.status),
            date: range(self.since),
            confidence: 0.9,
            instrument: None,
            role: (self.kind == "participates").then(|| "member".to_owned()),
            quantity: None,
            value: None,
            speaker: None,
            evidence: Evidence {
                start: place * 100,
                end: place * 100 + sentence.chars().count(),
                sentence,
                trigger: Some(Trigger {
                    text: self.kind.to_owned(),
                    span: CharSpan {
                        start: place * 100,
                        end: place * 100 + 5,
                    },
                }),
                parties: Vec::new(),
                rule: format!("en.{}.sample", self.kind),
                block: BlockKind::Body,
            },
        }
    }
}

/// `-` is none, three letters are a country, NATO is itself.
fn ids(list: &str) -> Vec<EntityId> {
    let id = |word: &str| match word {
        "NATO" => EntityId::new("organisation:nato"),
        word if word.len() == 3 => EntityId::new(&format!("country:{word}")),
        word => EntityId::new(word),
    };
    list.split(',')
        .filter(|word| *word != "-")
        .map(id)
        .collect()
}

fn status(word: &str) -> Status {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap()
}

fn range(since: &str) -> DateRange {
    let (earliest, latest, precision) = match since.len() {
        4 => (
            format!("{since}-01-01"),
            format!("{since}-12-31"),
            Precision::Year,
        ),
        _ => (since.to_owned(), since.to_owned(), Precision::Day),
    };
    DateRange {
        earliest: Some(earliest.parse().unwrap()),
        latest: Some(latest.parse().unwrap()),
        precision,
        basis: TimeBasis::Text,
    }
}
