//! Inflection: what each class makes of a name, and what the lexicon matches in a text.

use entente::gazetteer::{FormEntry, Gazetteer};
use entente::mention::Sense;
use entente::text::token::tokenize;

use crate::gazetteer::sample;

/// Language, class, base form, all other forms.
const FORMS: &[(&str, &str, &str, &[&str])] = &[
    ("de", "name", "Kanada", &["Kanadas"]),
    ("de", "name", "Paris", &[]),
    ("de", "name", "Luxemburg-Sainz", &[]),
    ("de", "name", "Bordeaux", &[]),
    ("de", "fixed", "USA", &[]),
    ("de", "plural", "Niederlande", &["Niederlanden"]),
    ("de", "plural", "Philippinen", &[]),
    ("de", "plural", "Bahamas", &[]),
    (
        "de",
        "adjective",
        "kanadisch",
        &[
            "kanadische",
            "kanadischen",
            "kanadischer",
            "kanadischem",
            "kanadisches",
        ],
    ),
    ("de", "adjective", "Schweizer", &[]),
    ("de", "combining", "franko", &[]),
    (
        "de",
        "demonym_er",
        "Kanadier",
        &["Kanadiers", "Kanadiern", "Kanadierin", "Kanadierinnen"],
    ),
    ("de", "demonym_er", "Israeli", &["Israelis"]),
    ("de", "demonym_e", "Däne", &["Dänen"]),
    ("de", "demonym_e", "Ungar", &["Ungarn"]),
    ("de", "demonym_in", "Französin", &["Französinnen"]),
    (
        "de",
        "demonym_adj",
        "Deutsche",
        &["Deutschen", "Deutscher", "Deutschem"],
    ),
    ("de", "seat", "Ottawa", &["Ottawas"]),
    ("de", "seat", "Kreml", &["Kremls"]),
    (
        "de",
        "seat_n",
        "Weißes Haus",
        &["Weiße Haus", "Weißen Haus", "Weißem Haus", "Weißen Hauses"],
    ),
    ("de", "noun", "Bundestag", &["Bundestags", "Bundestages"]),
    (
        "de",
        "noun",
        "Verteidigungsministerium",
        &["Verteidigungsministeriums"],
    ),
    ("de", "noun", "Bündnis", &["Bündnises"]),
    (
        "de",
        "phrase_f",
        "Europäische Union",
        &["Europäischen Union", "Europäischer Union"],
    ),
    (
        "de",
        "phrase_f",
        "Ständige Strukturierte Zusammenarbeit",
        &[
            "Ständigen Strukturierten Zusammenarbeit",
            "Ständiger Strukturierter Zusammenarbeit",
        ],
    ),
    (
        "de",
        "phrase_f",
        "Deutsche Marine",
        &["Deutschen Marine", "Deutscher Marine"],
    ),
    (
        "de",
        "phrase_f",
        "Internationale Hilfe für Kabul",
        &[
            "Internationalen Hilfe für Kabul",
            "Internationaler Hilfe für Kabul",
        ],
    ),
    (
        "de",
        "phrase_m",
        "Norwegischer Rat",
        &[
            "Norwegische Rat",
            "Norwegischen Rat",
            "Norwegischem Rat",
            "Norwegischen Rats",
            "Norwegischen Rates",
        ],
    ),
    (
        "de",
        "phrase_m",
        "Hoher Vertreter der Union",
        &[
            "Hohe Vertreter der Union",
            "Hohen Vertreter der Union",
            "Hohem Vertreter der Union",
            "Hohen Vertreters der Union",
        ],
    ),
    (
        "de",
        "phrase_n",
        "Deutsches Heer",
        &[
            "Deutsche Heer",
            "Deutschen Heer",
            "Deutschem Heer",
            "Deutschen Heers",
            "Deutschen Heeres",
        ],
    ),
    (
        "de",
        "phrase_n",
        "Gemeinsames Zentrum für Übung",
        &[
            "Gemeinsame Zentrum für Übung",
            "Gemeinsamen Zentrum für Übung",
            "Gemeinsamem Zentrum für Übung",
            "Gemeinsamen Zentrums für Übung",
        ],
    ),
    (
        "de",
        "phrase_pl",
        "Ukrainische Streitkräfte",
        &[
            "Ukrainischen Streitkräfte",
            "Ukrainischer Streitkräfte",
            "Ukrainischen Streitkräften",
        ],
    ),
    (
        "de",
        "phrase_pl",
        "Vereinte Nationen",
        &["Vereinten Nationen", "Vereinter Nationen"],
    ),
    ("en", "name", "Canada", &[]),
    ("en", "adjective", "Canadian", &[]),
    ("en", "demonym", "Canadian", &["Canadians"]),
    ("en", "demonym", "Frenchman", &["Frenchmen"]),
    ("en", "demonym", "Dutchwoman", &["Dutchwomen"]),
    ("en", "demonym", "Gypsy", &["Gypsies"]),
    ("en", "demonym", "Norway", &["Norways"]),
    ("en", "demonym", "Iraqi", &["Iraqis"]),
    ("en", "demonym_pl", "Dutch", &[]),
    ("en", "noun", "frigate", &["frigates"]),
    (
        "fr",
        "adjective",
        "canadien",
        &["canadienne", "canadiens", "canadiennes"],
    ),
    (
        "fr",
        "adjective",
        "allemand",
        &["allemande", "allemands", "allemandes"],
    ),
    ("fr", "adjective", "russe", &["russes"]),
    ("fr", "adjective", "français", &["française", "françaises"]),
    ("mul", "name", "Rheinmetall", &["Rheinmetalls"]),
    ("mul", "acronym", "NATO", &["NATOs"]),
    ("mul", "acronym", "USS", &[]),
    ("mul", "weapon", "Gripen", &["Gripens"]),
    ("mul", "weapon", "Leopard 2", &["Leopard 2s", "Leopards 2"]),
    ("mul", "weapon", "F-16", &["F-16s"]),
    ("mul", "person", "Boris Pistorius", &[]),
    (
        "mul",
        "person",
        "Mette Frederiksen",
        &["Mette Frederiksens"],
    ),
];

#[test]
fn classes_make_their_forms() {
    let gazetteer = sample();
    for (lang, class, base, expected) in FORMS {
        let language = gazetteer
            .language(lang)
            .unwrap_or_else(|| panic!("no language {lang}"));
        let inflection = &language.inflections[*class];
        let mut forms = Vec::new();
        inflection.forms(base, |form, is_base| {
            assert_eq!(form == *base, is_base, "{lang} {class} {base}: {form}");
            if !is_base {
                forms.push(form.to_owned());
            }
        });
        assert_eq!(&forms, expected, "{lang} {class} {base}");
    }
}

/// What the lexicon finds in `text` from its first token: the words, the ids, the senses.
fn found(gazetteer: &Gazetteer, text: &str) -> Vec<(String, String, Sense)> {
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    let mut all = Vec::new();
    for at in 0..tokens.len() {
        gazetteer
            .lexicon()
            .forms_at(text, &tokens, at, |end, entries| {
                let words = &text[tokens[at].span.start..tokens[end - 1].span.end];
                for entry in entries {
                    let id = gazetteer.entity(entry.entity).id.to_string();
                    all.push((words.to_owned(), id, entry.sense));
                }
            });
    }
    all.dedup();
    all
}

fn ids(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    found(gazetteer, text)
        .into_iter()
        .map(|(words, id, _)| format!("{words}={id}"))
        .collect()
}

#[test]
fn names_are_found_however_they_are_written() {
    let gazetteer = sample();
    for (text, expected) in [
        ("F-35", "F-35=weapon:f-35"),
        ("F35", "F35=weapon:f-35"),
        ("F 35", "F 35=weapon:f-35"),
        ("F\u{2011}35", "F\u{2011}35=weapon:f-35"),
        ("die Kanadas", "Kanadas=country:CAN"),
        ("KANADAS", "KANADAS=country:CAN"),
        ("GROSSBRITANNIEN", "GROSSBRITANNIEN=country:GBR"),
        ("GROẞBRITANNIEN", "GROẞBRITANNIEN=country:GBR"),
        ("Kanadische Soldaten", "Kanadische=country:CAN"),
        ("Kana\u{AD}das", "Kana\u{AD}das=country:CAN"),
        ("Nato", "Nato=organisation:nato"),
        ("der Natos", "Natos=organisation:nato"),
        (
            "der Europäischen\nUnion",
            "Europäischen\nUnion=organisation:european-union",
        ),
        (
            "Deutschen Heeres",
            "Deutschen=country:DEU|Deutschen Heeres=organisation:german-army",
        ),
        ("F/A-35 Sample", "F/A-35 Sample=weapon:f-35"),
        ("F / A 35-Sample", "F / A 35-Sample=weapon:f-35"),
        ("MAP", "MAP=weapon:f-35"),
        ("franko-", "franko=country:FRA"),
    ] {
        let mut found = ids(&gazetteer, text);
        found.dedup();
        assert_eq!(found.join("|"), expected, "{text}");
    }
    let tank = ids(&gazetteer, "Leopard-2-Panzer");
    assert_eq!(
        tank,
        ["Leopard=weapon:leopard-2", "Leopard-2=weapon:leopard-2"]
    );
}

#[test]
fn what_only_looks_like_a_name_is_not_found() {
    let gazetteer = sample();
    for text in [
        "kanada",
        "nato",
        "Eu",
        "map",
        "Map",
        "canadian",
        "polish the floor",
        "F, 35",
        "F (35",
        "F\n\n35",
        "europäischen Union",
        "Europäischen, Union",
        "Europäischen. Union",
        "Kanadasee",
        "USKanada",
        "Grossbritannien",
        "Frenchmans",
        "F. 35",
    ] {
        let found = ids(&gazetteer, text);
        assert!(found.is_empty(), "{text:?}: {found:?}");
    }
    assert_eq!(ids(&gazetteer, "Polish"), ["Polish=country:POL"]);
}

fn entries(gazetteer: &Gazetteer, form: &str) -> Vec<FormEntry> {
    let all = gazetteer
        .lexicon()
        .spellings()
        .filter(|(text, _)| *text == form);
    all.flat_map(|(_, entries)| entries.iter()).collect()
}

#[test]
fn surnames_need_a_title() {
    let gazetteer = sample();
    for surname in [
        "Larsson",
        "Larßon",
        "Larssons",
        "von der Heide",
        "Kim",
        "Merz",
    ] {
        let found = entries(&gazetteer, surname);
        assert!(!found.is_empty(), "{surname}");
        assert!(
            found
                .iter()
                .all(|e| e.surname && e.needs.to_string() == "title"),
            "{surname}"
        );
    }
    let full = entries(&gazetteer, "Bo Larßon");
    assert!(
        full.iter()
            .all(|e| !e.surname && e.needs.is_empty() && e.base)
            && full.len() == 1
    );
}

#[test]
fn a_row_for_the_label_takes_its_place() {
    let gazetteer = sample();
    let nato = entries(&gazetteer, "NATO");
    assert_eq!(nato.len(), 1, "{nato:?}");
    assert_eq!(entries(&gazetteer, "KNDS").len(), 1);
}

#[test]
fn conditions_and_dates_reach_the_forms() {
    let gazetteer = sample();
    let needs = |form: &str| {
        entries(&gazetteer, form)
            .first()
            .map(|e| e.needs.to_string())
    };
    assert_eq!(needs("Ottawas").as_deref(), Some("government"));
    assert_eq!(needs("Leopards").as_deref(), Some("military"));
    assert_eq!(needs("Leopard 2").as_deref(), Some(""));
    let russia = entries(&gazetteer, "Russland");
    let on = |year| Some(jiff::civil::date(year, 5, 1));
    assert!(
        russia
            .iter()
            .all(|e| e.holds_on(on(1985)) && !e.holds_on(on(1995)) && e.holds_on(None))
    );
}

#[test]
fn every_form_of_the_vocabulary_is_found_as_it_is_listed() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let mut tokens = Vec::new();
    let mut missed = Vec::new();
    for (form, own) in gazetteer.lexicon().spellings() {
        tokens.clear();
        tokenize(form, &mut tokens);
        let mut seen = false;
        gazetteer
            .lexicon()
            .forms_at(form, &tokens, 0, |end, entries| {
                seen |= end == tokens.len() && entries == own;
            });
        if !seen {
            missed.push(form);
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
