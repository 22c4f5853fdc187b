//! Every spelling of the vocabulary is found in a sentence that gives it what it needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use entente::document::Document;
use entente::gazetteer::{EntityIx, FormEntry, Gazetteer, Lang, Needs};
use entente::mention::{EntityId, Sense};
use entente::tagger::Tagger;
use entente::text::Span;
use entente::text::token::tokenize;
use jiff::civil::{Date, date};

/// So many sentences make a document: few enough that they hardly meet, enough to be quick.
const CHUNK: usize = 40;

/// A sentence with a spelling, and whom it may stand for.
struct Row {
    before: String,
    form: String,
    after: &'static str,
    entities: Vec<EntityId>,
}

/// A need or a use of a name, and what stands before and behind it in German and in English.
type Frame = (Needs, Sense, [(&'static str, &'static str); 2]);

/// Sentences for German and English: for every need and every use of a name.
const FRAMES: &[Frame] = &[
    (
        Needs::TITLE,
        Sense::Name,
        [
            ("Die Armee sprach am Montag mit Minister ", "."),
            ("On Monday the army spoke to minister ", "."),
        ],
    ),
    (
        Needs::GOVERNMENT,
        Sense::Seat,
        [
            ("Laut ", " liefert die Regierung neue Raketen an die Armee."),
            (
                "According to ",
                ", the government will send new missiles to the army.",
            ),
        ],
    ),
    (
        Needs::NUMBER,
        Sense::Name,
        [
            ("Die Armee sprach am Montag über Panzer vom Typ ", " 5."),
            ("On Monday the army talked about the tank ", " 5."),
        ],
    ),
    (
        Needs::COMPANY,
        Sense::Name,
        [
            (
                "Die Armee und die NATO bestellten beim Konzern ",
                " neue Panzer.",
            ),
            (
                "The army and NATO ordered tanks from the manufacturer ",
                ".",
            ),
        ],
    ),
    (
        Needs::NONE,
        Sense::Adjective,
        [
            ("Am Montag traf die ", " Armee ein."),
            ("On Monday the ", " army arrived."),
        ],
    ),
    (
        Needs::NONE,
        Sense::Demonym,
        [
            ("Am Montag trafen die ", " ein und die Armee der USA."),
            ("On Monday the ", " met the army of the USA."),
        ],
    ),
    (
        Needs::NONE,
        Sense::Combining,
        [
            ("Am Montag traf die ", "-kanadische Armee ein."),
            ("On Monday the ", "-Canadian army arrived."),
        ],
    ),
    (
        Needs::NONE,
        Sense::Seat,
        [
            ("Laut ", " liefert die Regierung neue Raketen an die Armee."),
            (
                "According to ",
                ", the government will send new missiles to the army.",
            ),
        ],
    ),
    (
        Needs::NONE,
        Sense::Name,
        [
            ("Die Armee und die NATO sprachen am Montag über ", "."),
            ("On Monday the army and NATO talked about ", "."),
        ],
    ),
];

#[test]
fn every_spelling_is_found_as_what_it_stands_for() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let tagger = Tagger::new(gazetteer);
    let mut groups: BTreeMap<(usize, Date), Vec<Row>> = BTreeMap::new();
    for (form, entries) in gazetteer.lexicon().spellings() {
        let mut keys: Vec<_> = entries.iter().flat_map(|e| places(&e)).collect();
        keys.sort_unstable();
        keys.dedup();
        for (lang, on, frame, bearer) in keys {
            let (mut before, after) = frame_of(frame, lang);
            if let Some(bearer) = bearer {
                let label = &gazetteer.entity(bearer).label;
                before = match lang {
                    0 => format!("Minister {label} traf den Konzern Airbus.\n{before}"),
                    _ => format!("The minister {label} met the company Airbus.\n{before}"),
                };
            }
            groups.entry((lang, on)).or_default().push(Row {
                before,
                form: form.to_owned(),
                after,
                entities: meant(gazetteer, form),
            });
        }
    }
    let (mut tried, mut missed) = (0, Vec::new());
    for ((lang, on), rows) in &groups {
        for chunk in rows.chunks(CHUNK) {
            tried += chunk.len();
            try_out(&tagger, *lang, *on, chunk, &mut missed);
        }
    }
    assert!(tried > 100_000, "{tried}");
    missed.sort();
    let count = missed.len();
    missed.truncate(50);
    assert!(
        missed.is_empty(),
        "{count} of {tried}:\n{}",
        missed.join("\n")
    );
}

/// The languages and days in which an entry counts, and its sentence.
fn places(entry: &FormEntry) -> Vec<(usize, Date, usize, Option<EntityIx>)> {
    let day = match (entry.since, entry.until) {
        (_, Some(until)) => until.earliest(),
        (Some(since), None) => since.latest(),
        (None, None) => date(2025, 6, 1),
    };
    let fits = |frame: &&Frame| {
        (!frame.0.is_empty() && entry.needs.contains(frame.0))
            || (frame.0.is_empty() && frame.1 == entry.sense)
    };
    let frame = FRAMES
        .iter()
        .position(|frame| fits(&frame))
        .unwrap_or(FRAMES.len() - 1);
    let bearer = entry.surname.then_some(entry.entity);
    let langs: &[usize] = match entry.lang {
        Lang::DE => &[0],
        Lang::EN => &[1],
        Lang::MUL => {
            if entry.base {
                &[0, 1]
            } else {
                &[0]
            }
        }
        _ => &[],
    };
    langs
        .iter()
        .map(|&lang| (lang, day, frame, bearer))
        .collect()
}

fn frame_of(frame: usize, lang: usize) -> (String, &'static str) {
    let (before, after) = FRAMES[frame].2[lang];
    (before.to_owned(), after)
}

/// Whom a spelling may stand for: every entity with a form that matches it.
fn meant(gazetteer: &Gazetteer, form: &str) -> Vec<EntityId> {
    let mut tokens = Vec::new();
    tokenize(form, &mut tokens);
    let mut ids = Vec::new();
    gazetteer
        .lexicon()
        .forms_at(form, &tokens, 0, |end, entries| {
            if end == tokens.len() {
                ids.extend(
                    entries
                        .iter()
                        .map(|e| gazetteer.entity(e.entity).id.clone()),
                );
            }
        });
    ids
}

fn try_out(tagger: &Tagger<'_>, lang: usize, on: Date, rows: &[Row], missed: &mut Vec<String>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for row in rows {
        text += &row.before;
        spans.push(Span::new(text.len(), text.len() + row.form.len()));
        write!(text, "{}{}\n\n", row.form, row.after).unwrap();
    }
    let mut document = Document::new("test", "", text);
    ["de", "en"][lang].clone_into(&mut document.language);
    document.date = Some(on);
    let result = tagger.tag(&document);
    for (row, span) in rows.iter().zip(spans) {
        let here: Vec<_> = result
            .mentions
            .iter()
            .filter(|m| m.span.start < span.end && m.span.end > span.start)
            .collect();
        let sound = here
            .iter()
            .any(|m| row.entities.contains(&result.entities[m.entity].id));
        if !sound {
            let found: Vec<String> = here
                .iter()
                .map(|m| {
                    format!(
                        "{} {}",
                        document.slice(m.span),
                        result.entities[m.entity].id
                    )
                })
                .collect();
            let (lang, ids) = (
                ["de", "en"][lang],
                row.entities
                    .iter()
                    .map(EntityId::as_str)
                    .collect::<Vec<_>>(),
            );
            missed.push(format!(
                "{} | {} | {lang} {on} | found {found:?} | {}",
                ids.join(" "),
                row.form,
                row.before.trim()
            ));
        }
    }
}
