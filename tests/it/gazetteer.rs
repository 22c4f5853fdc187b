//! Loading a vocabulary: what a row means, what overrides what, and every problem at once.

use std::fs;
use std::path::{Path, PathBuf};

use entente::gazetteer::{DateBound, EntityIx, Gazetteer, Rank, check_dir};
use jiff::civil::{Date, date};

/// The sample rows of the tests.
pub(crate) fn sample() -> Gazetteer {
    Gazetteer::from_dir(&sample_dir()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn sample_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gazetteer")
}

fn ix(gazetteer: &Gazetteer, id: &str) -> EntityIx {
    gazetteer.lookup(id).unwrap_or_else(|| panic!("no {id}"))
}

/// A folder with the sample rows, some files replaced.
pub(crate) fn changed(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&sample_dir(), dir.path());
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The problems of a changed sample, with the folder's own path taken out.
fn problems(files: &[(&str, &str)]) -> String {
    let dir = changed(files);
    let report = check_dir(dir.path(), date(2026, 1, 1));
    let shown = report.problems.to_string();
    shown.replace(&format!("{}/", dir.path().display()), "")
}

#[test]
fn the_vocabulary_in_the_binary_is_sound() {
    let gazetteer = Gazetteer::builtin().unwrap_or_else(|problems| panic!("{problems}"));
    assert!(gazetteer.schema().state_kind().is_some());
    let ids: Vec<&str> = gazetteer.entities().map(|(_, e)| e.id.as_str()).collect();
    assert!(ids.is_sorted());
}

#[test]
fn a_row_means_what_it_says() {
    let gazetteer = sample();
    let tank = gazetteer.entity(ix(&gazetteer, "weapon:leopard-2a8"));
    assert_eq!(tank.label, "Leopard 2A8");
    assert_eq!(gazetteer.schema().entity(tank.kind).id, "weapon");
    assert_eq!(tank.parent, gazetteer.lookup("weapon:leopard-2"));
    assert_eq!(tank.makers, [ix(&gazetteer, "company:knds")]);
    let firm = gazetteer.entity(ix(&gazetteer, "company:knds"));
    let homes: Vec<&str> = firm
        .countries
        .iter()
        .map(|&c| gazetteer.entity(c).id.as_str())
        .collect();
    assert_eq!(homes, ["country:DEU", "country:FRA"]);
    let army = gazetteer.entity(ix(&gazetteer, "organisation:german-army"));
    assert_eq!(army.acts_for, gazetteer.lookup("country:DEU"));
    let surname = |id| gazetteer.entity(ix(&gazetteer, id)).surname.clone();
    assert_eq!(surname("person:bo-larsson"), "Larsson");
    assert_eq!(surname("person:anna-von-der-heide"), "von der Heide");
}

#[test]
fn offices_are_held_between_their_dates() {
    let gazetteer = sample();
    let germany = ix(&gazetteer, "country:DEU");
    let held = |role: &str, on: Option<Date>| -> Vec<String> {
        let holders = gazetteer.holders(germany, role, on);
        holders
            .iter()
            .map(|&p| gazetteer.entity(p).surname.clone())
            .collect()
    };
    assert_eq!(
        held("defence_minister", Some(date(2020, 6, 1))),
        ["von der Heide"]
    );
    assert_eq!(
        held("defence_minister", Some(date(2021, 12, 8))),
        ["von der Heide", "Merz"]
    );
    assert_eq!(held("defence_minister", Some(date(2022, 1, 1))), ["Merz"]);
    assert_eq!(held("defence_minister", None), ["von der Heide", "Merz"]);
    assert_eq!(held("monarch", None), [""; 0]);
    let career = gazetteer.tenures(ix(&gazetteer, "person:anna-von-der-heide"));
    let roles: Vec<&str> = career.iter().map(|t| t.role.as_str()).collect();
    assert_eq!(roles, ["foreign_minister", "defence_minister"]);
    assert_eq!(gazetteer.memberships(germany).len(), 2);
}

#[test]
fn who_stands_how_to_whom_depends_on_the_day() {
    let gazetteer = Gazetteer::builtin().unwrap();
    // two entities, a day or `now`, whether they are adversaries, under an embargo, allies
    let rows = [
        ("country:RUS country:UKR 2022-03-01", [true, true, false]),
        ("country:UKR country:RUS now", [true, true, false]),
        // members of NATO, to which Finland came in 2023, and of the EU
        ("country:FIN country:RUS 2021-06-01", [false, true, false]),
        ("country:FIN country:RUS 2024-06-01", [true, true, false]),
        ("country:CAN country:RUS 2016-01-01", [true, false, false]),
        ("organisation:nato country:RUS now", [true, false, false]),
        ("country:DEU country:RUS 2010-01-01", [false, false, false]),
        ("country:USA country:SUN 1980-01-01", [true, false, false]),
        ("country:ARG country:GBR 1982-05-01", [true, true, false]),
        // an embargo alone
        ("country:FRA country:CHN now", [false, true, false]),
        ("country:SAU country:IRN 2016-06-01", [true, false, false]),
        ("country:SAU country:IRN 2024-06-01", [false, false, false]),
        ("country:DEU country:FRA now", [false, false, true]),
        ("country:DEU country:FIN 1990-01-01", [false, false, false]),
        // neighbours that quarrel in one alliance
        ("country:GRC country:TUR now", [false, false, true]),
        ("country:RUS country:BLR now", [false, false, true]),
        ("country:BRA country:JPN now", [false, false, false]),
    ];
    for (row, expected) in rows {
        let [a, b, day] = row.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let (a, b) = (ix(gazetteer, a), ix(gazetteer, b));
        let on: Option<Date> = day.parse().ok();
        let found = [
            gazetteer.adversaries(a, b, on),
            gazetteer.embargo(a, b, on),
            gazetteer.allies(a, b, on),
        ];
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn dates_have_a_first_and_a_last_day() {
    let days = |text: &str| DateBound::parse(text).map(|d| (d.earliest(), d.latest()));
    assert_eq!(days("2024"), Some((date(2024, 1, 1), date(2024, 12, 31))));
    assert_eq!(days("2024-02"), Some((date(2024, 2, 1), date(2024, 2, 29))));
    assert_eq!(
        days("2024-02-03"),
        Some((date(2024, 2, 3), date(2024, 2, 3)))
    );
    for wrong in [
        "",
        "24",
        "2024-",
        "2024-13",
        "2024-02-30",
        "2024-2-3",
        "2024-00",
        "2024-01-01-01",
        "-024",
    ] {
        assert_eq!(DateBound::parse(wrong), None, "{wrong}");
    }
    assert_eq!(
        DateBound::parse("1955-05-06").unwrap().to_string(),
        "1955-05-06"
    );
}

#[test]
fn every_problem_comes_with_its_place_and_a_hint() {
    let shown = problems(&[
        (
            "entities/organisation.csv",
            "id,label,class,country,parent,wikidata,since,until,source,acts_for\n\
             organisation:nato,NATO,alliance,,,Q7184,1949-13-04,,sample,\n\
             organisation:European_Union,European Union,alliance,,,,,,sample,\n\
             organisation:german-army,German Army,armed_forces,DEX,organisation:natto,,2000,1990,sampel,DEU\n\
             organisation:nato,NATO again,alliance,,,,,,,\n\
             organisation:short,Short\n",
        ),
        (
            "names/de/organisation.csv",
            "name,entity,class,needs,since,until\n\
             Nordatlantikpakt,organisation:nato,nome,,,\n\
             Deutsches Heer,organisation:german-army,phrase_n,militray,,\n\
             Deutsches Heer,organisation:german-army,phrase_n,,,\n\
             §,organisation:german-army,fixed,,,\n\
             Heer ,organisation:german-army,fixed,,,\n",
        ),
        (
            "names/mul/organisation.csv",
            "name,entity,class,needs,since\nNATO,organisation:nato,acronym,,\n",
        ),
        ("entities/wepon.csv", "id\n"),
        (
            "names/xx/country.csv",
            "name,entity,class,needs,since,until\n",
        ),
        ("roles/sample.csv", "person,role,off,since,until,source\n"),
        (
            "memberships/sample.csv",
            "member,of,role,since,until,source\ncountry:CAN,organisation:nato,boss,,,sample\n",
        ),
        (
            "enmities/sample.csv",
            "actor,against,basis,since,until,source,note\ncountry:CAN,country:XYZ,quarrel,,,sample,\n",
        ),
        ("stray/file.csv", "a\n"),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn an_unreadable_file_is_one_problem() {
    let dir = changed(&[]);
    fs::write(
        dir.path().join("entities/event.csv"),
        b"id,label\nevent:x,\xFF\n",
    )
    .unwrap();
    let report = check_dir(dir.path(), date(2026, 1, 1));
    let shown = report.problems.to_string();
    assert!(shown.contains("event.csv:2: not UTF-8"), "{shown}");
    let nowhere = Gazetteer::from_dir(&dir.path().join("nowhere")).unwrap_err();
    assert!(
        nowhere.to_string().contains("failed to read the folder"),
        "{nowhere}"
    );
}

#[test]
fn spreadsheets_write_a_mark_carriage_returns_and_other_columns_first() {
    let dir = changed(&[(
        "entities/company.csv",
        "\u{FEFF}source,id,label,class,country,parent,wikidata,since,until\r\n\
         sample,company:knds,\"KNDS, \"\"the\"\" group\",,,,,,\r\n",
    )]);
    let gazetteer = Gazetteer::from_dir(dir.path()).unwrap();
    let firm = gazetteer.entity(ix(&gazetteer, "company:knds"));
    assert_eq!(firm.label, "KNDS, \"the\" group");
}

#[test]
fn a_users_folder_adds_and_overrides() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "entities/country.csv",
        "id,label,class,country,parent,wikidata,since,until,source,iso2,cow\n\
         country:CAN,Land of the Maple,state,CAN,,,,,https://example.org,CA,20\n",
    );
    write(
        "entities/company.csv",
        "id,label,class,country,parent,wikidata,since,until,source\n\
         company:zz-own,Own Firm,,CAN,,,,,https://example.org\n",
    );
    let builtin = Gazetteer::builtin().unwrap();
    let gazetteer = Gazetteer::load(&[dir.path().to_path_buf()]).unwrap();
    assert_eq!(gazetteer.len(), builtin.len() + 1);
    assert_eq!(
        gazetteer.entity(ix(&gazetteer, "country:CAN")).label,
        "Land of the Maple"
    );
    assert!(gazetteer.lookup("company:zz-own").is_some());
}

#[test]
fn one_name_for_two_entities_is_a_warning() {
    let row = "name,entity,class,needs,since,until\n";
    let dir = changed(&[
        (
            "names/en/weapon.csv",
            &format!("{row}Twin,weapon:f-35,name,,,\nTwin,weapon:leopard-2,name,,,\n"),
        ),
        (
            "names/mul/company.csv",
            &format!("{row}Twins,company:knds,name,,,\nMAP,company:knds,acronym,,,\n"),
        ),
    ]);
    let report = check_dir(dir.path(), date(2026, 1, 1));
    assert!(report.problems.is_empty(), "{}", report.problems);
    assert_eq!(report.warnings.len(), 1, "{}", report.warnings);
    let warning = report.warnings.iter().next().unwrap();
    assert_eq!(
        warning.message,
        "\"Twin\" names weapon:f-35 and weapon:leopard-2"
    );
    assert!(
        warning.path.ends_with("names/en/weapon.csv") && warning.line == 3,
        "{warning}"
    );
    assert!(
        report
            .summary()
            .starts_with("no problems and 1 warning in "),
        "{}",
        report.summary()
    );
}

#[test]
fn people_find_what_they_type() {
    let gazetteer = sample();
    for (typed, id, rank) in [
        ("Canada", "country:CAN", Rank::Label),
        ("canada", "country:CAN", Rank::Label),
        ("Kanada", "country:CAN", Rank::Name),
        ("Kanadas", "country:CAN", Rank::Form),
        ("KANADISCHE", "country:CAN", Rank::Form),
        ("Grossbritannien", "country:GBR", Rank::Name),
        (
            "europaische union",
            "organisation:european-union",
            Rank::Name,
        ),
        (
            "Europaeische Union",
            "organisation:european-union",
            Rank::Name,
        ),
        ("nato", "organisation:nato", Rank::Label),
        ("f35", "weapon:f-35", Rank::Label),
        ("F 35", "weapon:f-35", Rank::Label),
        ("Larsson", "person:bo-larsson", Rank::Form),
        ("weapon:f-35", "weapon:f-35", Rank::Id),
        ("CAN", "country:CAN", Rank::Id),
        ("GB", "country:GBR", Rank::Id),
        ("Leopard 2A", "weapon:leopard-2a8", Rank::Prefix),
        ("army", "organisation:german-army", Rank::Part),
    ] {
        let hits = gazetteer.find(typed);
        let best = hits
            .first()
            .map(|h| (gazetteer.entity(h.entity).id.as_str(), h.rank));
        assert_eq!(best, Some((id, rank)), "{typed}: {hits:?}");
    }
    assert!(gazetteer.find("").is_empty() && gazetteer.find(" - ").is_empty());
    assert!(gazetteer.find("Atlantis").is_empty());
    let tanks = gazetteer.find("Leopard");
    let ids: Vec<&str> = tanks
        .iter()
        .map(|h| gazetteer.entity(h.entity).id.as_str())
        .collect();
    assert_eq!(ids, ["weapon:leopard-2", "weapon:leopard-2a8"]);
}

#[test]
fn a_misspelt_name_has_suggestions() {
    let gazetteer = sample();
    assert_eq!(gazetteer.did_you_mean("Kandaa"), ["Kanada"]);
    assert_eq!(gazetteer.did_you_mean("Deutchland"), ["Deutschland"]);
    assert_eq!(gazetteer.did_you_mean("Xyzzyxyzzy"), [""; 0]);
}
