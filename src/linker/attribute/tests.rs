use super::near::role;
use super::pieces::quantity;
use crate::linker::sample::{Rows, scene, token};

#[test]
fn instrument_is_the_nearest_paper() {
    let mut rows = Rows::default();
    for (language, text, trigger, kind, expected) in [
        (
            "de",
            "Beide unterzeichneten eine Absichtserklärung.",
            "unterzeichneten",
            "agreement",
            "letter_of_intent",
        ),
        (
            "de",
            "Norwegen unterzeichnete mit Kanada einen Vertrag.",
            "unterzeichnete",
            "agreement",
            "treaty",
        ),
        (
            "de",
            "Norwegen unterzeichnete mit Saab einen Vertrag.",
            "unterzeichnete",
            "contracts",
            "contract",
        ),
        (
            "de",
            "Norwegen und Kanada schlossen ein Abkommen.",
            "schlossen",
            "agreement",
            "agreement",
        ),
        (
            "de",
            "Norwegen und Kanada üben gemeinsam.",
            "üben",
            "training",
            "",
        ),
        (
            "en",
            "Both signed a letter of intent on Monday.",
            "signed",
            "agreement",
            "letter_of_intent",
        ),
        (
            "en",
            "They signed a memorandum of understanding.",
            "signed",
            "agreement",
            "memorandum",
        ),
        (
            "en",
            "They signed a mutual defence treaty.",
            "signed",
            "agreement",
            "treaty",
        ),
        (
            "en",
            "Saab won a contract worth millions.",
            "won",
            "contracts",
            "contract",
        ),
        (
            "en",
            "They agreed on a joint declaration.",
            "agreed",
            "agreement",
            "declaration",
        ),
    ] {
        let found = scene(language, "", text, |s| {
            let at = token(s, trigger);
            super::instrument(s, (at, at), kind)
        });
        rows.same(text, found.unwrap_or_default().as_str(), expected);
    }
    rows.end();
}

#[test]
fn role_is_what_the_party_does() {
    let mut rows = Rows::default();
    for (language, text, party, trigger, expected) in [
        (
            "de",
            "Island trat gestern der Partnerschaft bei.",
            "Island",
            "trat",
            "joining",
        ),
        (
            "de",
            "Norwegen führt den Verband, Kanada nimmt als Beobachter teil.",
            "Norwegen",
            "führt",
            "lead",
        ),
        (
            "de",
            "Norwegen führt den Verband, Kanada nimmt als Beobachter teil.",
            "Kanada",
            "nimmt",
            "observer",
        ),
        (
            "de",
            "Unter Führung Norwegens übten die Marinen.",
            "Norwegens",
            "übten",
            "lead",
        ),
        (
            "de",
            "Österreich ist aus dem Programm ausgestiegen.",
            "Österreich",
            "ausgestiegen",
            "leaving",
        ),
        (
            "en",
            "Norway, Canada and Germany founded the partnership.",
            "Canada",
            "founded",
            "founder",
        ),
        (
            "en",
            "The exercise was hosted by Norway.",
            "Norway",
            "hosted",
            "host",
        ),
        (
            "en",
            "Iceland joined the programme; Norway leads it.",
            "Iceland",
            "joined",
            "joining",
        ),
        (
            "en",
            "Iceland joined the programme; Norway leads it.",
            "Norway",
            "leads",
            "lead",
        ),
        (
            "en",
            "Austria is a member of the programme.",
            "Austria",
            "member",
            "member",
        ),
        ("en", "Austria bought tanks.", "Austria", "bought", ""),
    ] {
        let found = scene(language, "", text, |s| {
            let at = token(s, trigger);
            role(s, token(s, party), (at, at))
        });
        rows.same(text, found.unwrap_or_default().as_str(), expected);
    }
    rows.end();
}

#[test]
fn quantity_counts_the_weapon() {
    let mut rows = Rows::default();
    for (language, text, weapon, expected) in [
        ("de", "Norwegen kauft 36 F-35.", "F", Some(36)),
        (
            "de",
            "Norwegen bestellt sechs U-Boote vom Typ 212CD.",
            "212",
            Some(6),
        ),
        (
            "de",
            "Griechenland bestellt achtundachtzig Leopard 2.",
            "Leopard",
            Some(88),
        ),
        ("de", "Norwegen kauft 2024 F-35.", "F", None),
        ("de", "Norwegen kauft den Leopard 2.", "Leopard", None),
        (
            "de",
            "Indien baut 48.000 Leopard 2.",
            "Leopard",
            Some(48_000),
        ),
        (
            "en",
            "Canada buys 12 new P-8A Poseidon aircraft.",
            "P",
            Some(12),
        ),
        ("en", "Canada buys eighty-eight F-35s.", "F", Some(88)),
        (
            "en",
            "Denmark gave two F-16s, France three Rafales.",
            "Rafales",
            Some(3),
        ),
        (
            "en",
            "Denmark gave two F-16s, France three Rafales.",
            "F",
            Some(2),
        ),
        ("en", "The two-seat Gripen flew.", "Gripen", None),
        (
            "en",
            "Norway bought two submarines and the F-35.",
            "F",
            None,
        ),
        ("en", "Berlin paid $36 million for F-35 parts.", "F", None),
    ] {
        let found = scene(language, "", text, |s| quantity(s, token(s, weapon)));
        rows.same(text, found, expected);
    }
    rows.end();
}

#[test]
fn value_is_money() {
    let mut rows = Rows::default();
    for (language, text, trigger, expected) in [
        (
            "de",
            "Berlin bestellt Boote für 1,3 Milliarden Euro.",
            "bestellt",
            "1300000000 EUR",
        ),
        (
            "de",
            "Berlin bestellt Boote für rund 70 Mrd. Euro.",
            "bestellt",
            "70000000000 EUR",
        ),
        (
            "de",
            "Berlin bestellt Boote für eine Milliarde US-Dollar.",
            "bestellt",
            "1000000000 USD",
        ),
        (
            "de",
            "Oslo bestellt Boote für 250 Mio. €.",
            "bestellt",
            "250000000 EUR",
        ),
        (
            "de",
            "Oslo bestellt Boote für 10 Milliarden norwegische Kronen.",
            "bestellt",
            "10000000000 NOK",
        ),
        (
            "de",
            "Oslo bestellt Boote für 4,1 Milliarden Dollar.",
            "bestellt",
            "4100000000 USD",
        ),
        ("de", "Das Heft kostet 9 Euro.", "kostet", ""),
        (
            "en",
            "The deal is worth $1.7 billion.",
            "worth",
            "1700000000 USD",
        ),
        (
            "en",
            "The contract is worth EUR 375 million.",
            "worth",
            "375000000 EUR",
        ),
        (
            "en",
            "222 vehicles were ordered for €4.5bn.",
            "ordered",
            "4500000000 EUR",
        ),
        (
            "en",
            "A package of C$400m was ordered.",
            "ordered",
            "400000000 CAD",
        ),
        (
            "en",
            "They ordered boats for 5.3 billion kronor.",
            "ordered",
            "5300000000 SEK",
        ),
        (
            "en",
            "They ordered half a billion dollars of shells.",
            "ordered",
            "500000000 USD",
        ),
        ("en", "They ordered 12 million shells.", "ordered", ""),
        (
            "en",
            "They paid US$2,500,000 for it.",
            "paid",
            "2500000 USD",
        ),
    ] {
        let found = scene(language, "", text, |s| {
            let at = token(s, trigger);
            super::value(s, (at, at)).map(|m| format!("{} {}", m.amount, m.currency))
        });
        rows.same(text, found.unwrap_or_default().as_str(), expected);
    }
    rows.end();
}

#[test]
fn speaker_is_who_says_it() {
    let mut rows = Rows::default();
    for (language, text, expected) in [
        (
            "de",
            "„Wir liefern Boote“, sagte Verteidigungsminister Boris Pistorius am Mittwoch.",
            "person:boris-pistorius",
        ),
        (
            "de",
            "Boris Pistorius sagte, Norwegen werde Boote kaufen.",
            "person:boris-pistorius",
        ),
        ("de", "Norwegen sagte der Ukraine Hilfe zu.", ""),
        (
            "de",
            "Laut Rheinmetall liefert Deutschland Panzer.",
            "company:rheinmetall",
        ),
        ("de", "Norwegen kauft Boote.", ""),
        (
            "en",
            "Norway will buy boats, said Boris Pistorius.",
            "person:boris-pistorius",
        ),
        (
            "en",
            "Boris Pistorius said that Norway will buy boats.",
            "person:boris-pistorius",
        ),
        (
            "en",
            "According to NATO, Norway will buy boats.",
            "organisation:nato",
        ),
        (
            "en",
            "Israel, whose jets had bombed Qatar, said nothing.",
            "",
        ),
        (
            "en",
            "Boris Pistorius, who was visiting Norway, told NATO that Canada will buy boats.",
            "person:boris-pistorius",
        ),
        ("en", "Norway and Canada bought boats.", ""),
    ] {
        let found = scene(language, "", text, super::speaker);
        rows.same(
            text,
            found.map(|e| e.to_string()).unwrap_or_default().as_str(),
            expected,
        );
    }
    rows.end();
}
