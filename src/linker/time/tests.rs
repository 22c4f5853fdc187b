use crate::linker::sample::{Rows, scene, token};
use crate::statement::{DateRange, Precision, TimeBasis};

/// `2026-07-08`, `2026-07`, `2026`, `2024..2026-07-08`, with `~` in front if worked out and `=` if the day
/// of publication.
fn shown(range: &DateRange) -> String {
    let basis = match range.basis {
        TimeBasis::Text => "",
        TimeBasis::Inferred => "~",
        TimeBasis::Publication => "=",
    };
    let (Some(first), Some(last)) = (range.earliest, range.latest) else {
        return format!("{basis}unknown");
    };
    let whole = match range.precision {
        Precision::Day => first == last,
        Precision::Month => first.first_of_month() == first && first.last_of_month() == last,
        Precision::Year => first.first_of_year() == first && first.last_of_year() == last,
        Precision::Unknown => false,
    };
    let length = match range.precision {
        Precision::Year => 4,
        Precision::Month => 7,
        Precision::Day | Precision::Unknown => 10,
    };
    if whole {
        format!("{basis}{}", &first.to_string()[..length])
    } else {
        format!("{basis}{first}..{last}")
    }
}

/// Wednesday.
const TODAY: &str = "2026-07-08";

/// Rows of sentence, trigger and date.
fn check(language: &str, table: &[(&str, &str, &str)]) {
    let mut rows = Rows::default();
    for (text, trigger, expected) in table {
        let found = scene(language, TODAY, text, |s| {
            shown(&super::date(s, token(s, trigger)))
        });
        rows.same(text, found.as_str(), *expected);
    }
    rows.end();
}

#[test]
fn date_reads_german() {
    check(
        "de",
        &[
            (
                "Am 8. Juli 2026 unterzeichneten beide das Abkommen.",
                "unterzeichneten",
                "2026-07-08",
            ),
            (
                "Das Abkommen wurde am 08.07.2026 unterzeichnet.",
                "unterzeichnet",
                "2026-07-08",
            ),
            (
                "Am 7. und 8. Juli trafen sich die Minister.",
                "trafen",
                "~2026-07-08",
            ),
            (
                "Vom 7. bis 9. Juni 2026 tagt der Gipfel.",
                "tagt",
                "2026-06-07..2026-06-09",
            ),
            (
                "Im Juli 2026 trafen sich die Minister.",
                "trafen",
                "2026-07",
            ),
            (
                "Im Januar unterzeichneten beide das Abkommen.",
                "unterzeichneten",
                "~2026-01",
            ),
            (
                "Im September unterzeichneten beide das Abkommen.",
                "unterzeichneten",
                "~2025-09",
            ),
            (
                "Im September werden beide das Abkommen unterzeichnen.",
                "unterzeichnen",
                "~2026-09",
            ),
            (
                "Im Sommer 2025 übten sie gemeinsam.",
                "übten",
                "2025-06-01..2025-08-31",
            ),
            (
                "Im Jahr 2024 bestellte Norwegen Boote.",
                "bestellte",
                "2024",
            ),
            ("2024 bestellte Norwegen Boote.", "bestellte", "2024"),
            (
                "Norwegen bestellte 2000 Granaten.",
                "bestellte",
                "=2026-07-08",
            ),
            ("Seit 2019 arbeiten beide zusammen.", "arbeiten", "2019"),
            (
                "Bis 2029 liefert Deutschland die Boote.",
                "liefert",
                "2026-07-08..2029-12-31",
            ),
            (
                "Bis Ende 2029 liefert Deutschland die Boote.",
                "liefert",
                "2026-07-08..2029-12-31",
            ),
            (
                "Zwischen 2024 und 2026 lieferte Berlin Panzer.",
                "lieferte",
                "2024-01-01..2026-12-31",
            ),
        ],
    );
}

#[test]
fn date_reads_relative_german() {
    check(
        "de",
        &[
            (
                "Das Abkommen wurde heute unterzeichnet.",
                "unterzeichnet",
                "~2026-07-08",
            ),
            ("Gestern traf er seinen Kollegen.", "traf", "~2026-07-07"),
            ("Am Vortag traf er seinen Kollegen.", "traf", "~2026-07-07"),
            ("Am Montag traf er seinen Kollegen.", "traf", "~2026-07-06"),
            ("Am Freitag traf er seinen Kollegen.", "traf", "~2026-07-03"),
            (
                "Am kommenden Freitag trifft er seinen Kollegen.",
                "trifft",
                "~2026-07-10",
            ),
            (
                "Am Freitagabend wird er seinen Kollegen treffen.",
                "treffen",
                "~2026-07-10",
            ),
            (
                "Vergangene Woche traf er ihn.",
                "traf",
                "~2026-06-29..2026-07-05",
            ),
            (
                "Im vergangenen Jahr bestellte Oslo Boote.",
                "bestellte",
                "~2025",
            ),
            ("Dieses Jahr bestellte Oslo Boote.", "bestellte", "~2026"),
            ("Nächstes Jahr übt man gemeinsam.", "übt", "~2027"),
            (
                "Vor zwei Jahren bestellte Oslo Boote.",
                "bestellte",
                "~2024",
            ),
            ("Vor einem Jahr bestellte Oslo Boote.", "bestellte", "~2025"),
            (
                "Vor Kurzem bestellte Oslo Boote.",
                "bestellte",
                "=2026-07-08",
            ),
            (
                "Er kam am Morgen und unterzeichnete.",
                "unterzeichnete",
                "=2026-07-08",
            ),
            (
                "Sie unterzeichneten, nachdem sie sich 2019 zerstritten hatten.",
                "unterzeichneten",
                "=2026-07-08",
            ),
            (
                "In den 1990er Jahren übten sie gemeinsam.",
                "übten",
                "1990-01-01..1999-12-31",
            ),
        ],
    );
}

#[test]
fn date_reads_english() {
    check(
        "en",
        &[
            (
                "On July 8, 2026, both signed the agreement.",
                "signed",
                "2026-07-08",
            ),
            (
                "Both signed the agreement on 8 July.",
                "signed",
                "~2026-07-08",
            ),
            (
                "Both signed the agreement on the 3rd of June 2026.",
                "signed",
                "2026-06-03",
            ),
            (
                "Both signed the agreement on 2026-07-08.",
                "signed",
                "2026-07-08",
            ),
            (
                "Leaders met on July 7-8, 2026 in Oslo.",
                "met",
                "2026-07-07..2026-07-08",
            ),
            (
                "Leaders will meet on 3 September in Oslo.",
                "meet",
                "~2026-09-03",
            ),
            ("In July they trained together.", "trained", "~2026-07"),
            ("In December they trained together.", "trained", "~2025-12"),
            ("They will train together in December.", "train", "~2026-12"),
            ("They may sign, and march on.", "sign", "=2026-07-08"),
            ("In May 2024 they signed.", "signed", "2024-05"),
            ("They have trained together since 2019.", "trained", "2019"),
            (
                "Berlin delivers the boats by 2029.",
                "delivers",
                "2026-07-08..2029-12-31",
            ),
            (
                "Berlin delivered boats from 2019 to 2021.",
                "delivered",
                "2019-01-01..2021-12-31",
            ),
            (
                "Berlin delivered boats in 2019-2021.",
                "delivered",
                "2019-01-01..2021-12-31",
            ),
        ],
    );
}

#[test]
fn date_reads_relative_english() {
    check(
        "en",
        &[
            ("Both signed on Wednesday.", "signed", "~2026-07-08"),
            ("Both signed last Wednesday.", "signed", "~2026-07-01"),
            ("Officials are to meet in December.", "meet", "~2026-12"),
            ("Crews train every Monday.", "train", "=2026-07-08"),
            ("Both signed last year.", "signed", "~2025"),
            ("Both signed last August.", "signed", "~2025-08"),
            ("Both signed two years ago.", "signed", "~2024"),
            (
                "Both signed three weeks ago.",
                "signed",
                "~2026-06-15..2026-06-21",
            ),
            (
                "Both signed last summer.",
                "signed",
                "~2025-06-01..2025-08-31",
            ),
            ("Next year both sign again.", "sign", "~2027"),
            ("Norway ordered 2,000 shells.", "ordered", "=2026-07-08"),
            (
                "Norway ordered boats for $2024 million.",
                "ordered",
                "=2026-07-08",
            ),
            (
                "Norway, which joined NATO in 1949, signed the deal.",
                "signed",
                "=2026-07-08",
            ),
            (
                "In 1949 Norway joined, and in 2026 it signed the deal.",
                "signed",
                "2026",
            ),
        ],
    );
}

#[test]
fn date_without_publication_stays_unknown() {
    let mut rows = Rows::default();
    for (text, expected) in [
        ("Both signed it last year.", "~unknown"),
        ("Both signed it.", "=unknown"),
        ("Both signed it on 8 July.", "~unknown"),
        ("Both signed it in July 2026.", "2026-07"),
    ] {
        let found = scene("en", "", text, |s| {
            shown(&super::date(s, token(s, "signed")))
        });
        rows.same(text, found, expected.to_owned());
    }
    rows.end();
}

#[test]
fn date_near_belongs_to_the_party() {
    const DE: &str = "Deutschland schloss das Abkommen 2024 mit Kanada, 2025 mit Dänemark und nun auch mit Island.";
    const EN: &str = "In 2024 Norway, Canada and Germany founded it; Denmark followed in 2025, Iceland joined today.";
    const BEHIND: &str = "Canada joined in 2024, Denmark in 2025 and Iceland today.";
    const BRACKETS: &str =
        "The members are Norway, Canada (2024), Denmark (2025) and Iceland (since 2026).";
    let mut rows = Rows::default();
    for (language, text, party, trigger, expected) in [
        ("de", DE, "Kanada", "schloss", "2024"),
        ("de", DE, "Dänemark", "schloss", "2025"),
        ("de", DE, "Island", "schloss", "~2026-07-08"),
        ("en", EN, "Norway", "founded", "2024"),
        ("en", EN, "Germany", "founded", "2024"),
        ("en", EN, "Denmark", "followed", "2025"),
        ("en", EN, "Iceland", "joined", "~2026-07-08"),
        ("en", BEHIND, "Canada", "joined", "2024"),
        ("en", BEHIND, "Denmark", "joined", "2025"),
        ("en", BEHIND, "Iceland", "joined", "~2026-07-08"),
        ("en", BRACKETS, "Canada", "members", "2024"),
        ("en", BRACKETS, "Denmark", "members", "2025"),
        ("en", BRACKETS, "Iceland", "members", "2026"),
    ] {
        let found = scene(language, TODAY, text, |s| {
            shown(&super::date_near(s, token(s, party), token(s, trigger)))
        });
        rows.same(text, found, expected.to_owned());
    }
    rows.end();
}
