//! The compiled vocabulary: the same as the one that is read, kept for the next start, and never wrong.

use std::fs;
use std::path::{Path, PathBuf};

use entente::gazetteer::{Gazetteer, Hit};
use entente::pipeline::Pipeline;

/// A folder with files of a user.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn own(dir: &tempfile::TempDir) -> Vec<PathBuf> {
    vec![dir.path().to_path_buf()]
}

const FIRM: &str = "id,label,class,country,parent,wikidata,since,until,source\n\
    company:zz-own,Own Firm,,CAN,,,,,https://example.org\n";

#[test]
fn what_was_compiled_at_build_time_is_what_is_read_now() {
    let compiled = Gazetteer::builtin().unwrap();
    let read = Gazetteer::load(&[]).unwrap();
    assert_eq!(compiled.schema(), read.schema());
    assert_eq!(compiled.counts(), read.counts());
    for ((ix, a), (_, b)) in compiled.entities().zip(read.entities()) {
        assert_eq!(a, b);
        assert_eq!(compiled.tenures(ix), read.tenures(ix));
        assert_eq!(compiled.memberships(ix), read.memberships(ix));
        assert_eq!(compiled.enmities(ix), read.enmities(ix));
        assert_eq!(compiled.lookup(a.id.as_str()), Some(ix));
    }
    assert!(
        compiled
            .lexicon()
            .spellings()
            .eq(read.lexicon().spellings())
    );
}

#[test]
fn exact_names_are_found_without_looking_at_all() {
    let gazetteer = Gazetteer::builtin().unwrap();
    let spellings = gazetteer.lexicon().spellings().step_by(2_003);
    let names = spellings.map(|(name, _)| name.to_owned());
    let typed = [
        "deu",
        "DE",
        "country:deu",
        "Grossbritannien",
        "Turkei",
        "f35",
        "",
        "-",
        "Atlantis",
    ];
    for name in names.chain(typed.map(str::to_owned)) {
        let all = gazetteer.find(&name).into_iter();
        let exact: Vec<Hit> = all.filter(Hit::is_exact).collect();
        assert_eq!(gazetteer.find_exact(&name), exact, "{name}");
    }
}

#[test]
fn a_cache_is_used_until_a_file_changes() {
    let dir = folder(&[("entities/company.csv", FIRM)]);
    let cache = tempfile::tempdir().unwrap();
    let label = || {
        let gazetteer = Gazetteer::load_cached(&own(&dir), cache.path()).unwrap();
        let firm = gazetteer.lookup("company:zz-own").unwrap();
        gazetteer.entity(firm).label.clone()
    };
    assert_eq!(label(), "Own Firm");
    let kept = only_file(cache.path());
    let written = fs::metadata(&kept).unwrap().modified().unwrap();
    assert_eq!(label(), "Own Firm");
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), written);

    let path = dir.path().join("entities/company.csv");
    fs::write(path, FIRM.replace("Own Firm", "New Firm")).unwrap();
    assert_eq!(label(), "New Firm");
    assert_eq!(only_file(cache.path()), kept);
}

fn only_file(dir: &Path) -> PathBuf {
    let files: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

#[test]
fn a_broken_cache_is_ignored_and_made_again() {
    let dir = folder(&[("entities/company.csv", FIRM)]);
    let cache = tempfile::tempdir().unwrap();
    let load = || Gazetteer::load_cached(&own(&dir), cache.path()).unwrap();
    let counts = load().counts();
    let kept = only_file(cache.path());
    let sound = fs::read(&kept).unwrap();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    let mut other = sound.clone();
    other[40] ^= 1;
    for broken in [
        Vec::new(),
        b"not ours".to_vec(),
        sound[..sound.len() - 1].to_vec(),
        sound[..40].to_vec(),
        flipped,
        other,
    ] {
        fs::write(&kept, &broken).unwrap();
        assert_eq!(load().counts(), counts);
        assert!(fs::read(&kept).unwrap() == sound, "{} bytes", broken.len());
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let dir = folder(&[("entities/company.csv", FIRM)]);
    let file = tempfile::NamedTempFile::new().unwrap();
    for cache in [file.path(), Path::new("/proc/nowhere")] {
        let gazetteer = Gazetteer::load_cached(&own(&dir), cache).unwrap();
        assert!(gazetteer.lookup("company:zz-own").is_some());
    }
}

/// The problems of a user's folder, with its own path taken out.
fn problems(files: &[(&str, &str)]) -> String {
    let dir = folder(files);
    let cache = tempfile::tempdir().unwrap();
    let problems = Gazetteer::load_cached(&own(&dir), cache.path()).unwrap_err();
    let shown = problems.to_string();
    shown.replace(&format!("{}/", dir.path().display()), "")
}

#[test]
fn a_broken_tagger_section_is_an_error_with_its_line() {
    let head = "[language]\ncode = \"en\"\nname = \"English\"\n\n[tagger]\n";
    let mut told = Vec::new();
    for section in [
        "titles = \"Sir\"",
        "tails = \"yes\"",
        "titels = [\"Sir\"]",
        "xyzzy = 1",
        "heads = [\"Initiative\"]",
        "[tagger.bodies.navy]\nclass = \"navy\"",
        "[tagger.heads.programme]\nbehind = []",
    ] {
        let text = format!("{head}{section}\n");
        told.push(section.to_owned());
        told.push(problems(&[("lang/en.toml", &text)]) + "\n");
    }
    let text = "tagger = 1\n[language]\ncode = \"en\"\nname = \"English\"\n";
    told.push(problems(&[("lang/en.toml", text)]));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_users_words_are_taken_over() {
    let text = "[language]\ncode = \"en\"\nname = \"English\"\n[tagger]\ntitles = [\"Zorblax\"]\n";
    let dir = folder(&[("lang/en.toml", text)]);
    let gazetteer = Gazetteer::load(&own(&dir)).unwrap();
    let section = gazetteer.language("en").unwrap().section("tagger");
    let section: entente::gazetteer::TaggerSection = section.unwrap().unwrap();
    assert_eq!(section.lists["titles"], ["Zorblax"]);
    assert!(section.lists["military_words"].len() > 5);
}

#[test]
fn a_users_ontology_adds_kinds_and_changes_them() {
    let ontology = "
[[entity]]
id = \"vessel\"
label = \"vessel\"
gloss = \"one ship by name\"
colour = \"#112233\"
shape = \"box\"

[[entity]]
id = \"weapon\"
label = \"armament\"
gloss = \"a type of weapon\"
columns = [\"maker\"]
colour = \"#445566\"
shape = \"box\"

[[statement]]
id = \"escorts\"
label = \"escorts\"
gloss = \"who escorts what\"
symmetric = false
group = \"fact\"
subject = [\"country\"]
object = [\"vessel\"]
colour = \"#778899\"
";
    let rows = "id,label,class,country,parent,wikidata,since,until,source\n\
        vessel:own,Own Ship,,CAN,,,,,https://example.org\n";
    let dir = folder(&[("schema.toml", ontology), ("entities/vessel.csv", rows)]);
    let gazetteer = Gazetteer::load(&own(&dir)).unwrap();
    let schema = gazetteer.schema();
    let builtin = Gazetteer::builtin().unwrap().schema();
    assert_eq!(schema.entities.len(), builtin.entities.len() + 1);
    assert_eq!(schema.statements.len(), builtin.statements.len() + 1);
    assert_eq!(schema.entity_by_id("weapon").unwrap().label, "armament");
    let weapon = gazetteer.lookup("weapon:leopard-2").unwrap();
    assert_eq!(schema.entity(gazetteer.entity(weapon).kind).id, "weapon");
    let ship = gazetteer.lookup("vessel:own").unwrap();
    assert_eq!(schema.entity(gazetteer.entity(ship).kind).id, "vessel");
    let escorts = schema.statement_by_id("escorts").unwrap();
    assert_eq!(Some(escorts.object[0]), schema.entity_kind("vessel"));

    let twice = format!("{ontology}{ontology}");
    assert_eq!(
        problems(&[("schema.toml", &twice)]),
        "schema.toml:27: duplicate entity kind \"vessel\"\n  hint: remove one\n\
         schema.toml:34: duplicate entity kind \"weapon\"\n  hint: remove one\n\
         schema.toml:42: duplicate statement kind \"escorts\"\n  hint: remove one"
    );
}

#[test]
fn a_users_rules_take_the_place_of_the_built_in_ones() {
    let dir = folder(&[("rules/en.toml", "language = \"en\"\nrules = 1\n")]);
    let gazetteer = Gazetteer::load(&own(&dir)).unwrap();
    let files = gazetteer.rule_files().count();
    assert_eq!(files, Gazetteer::builtin().unwrap().rule_files().count());
    let error = Pipeline::new(&gazetteer).unwrap_err().to_string();
    assert!(
        error.contains("rules/en.toml:2`: unknown field `rules`"),
        "{error}"
    );
}
