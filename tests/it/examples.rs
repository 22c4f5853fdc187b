//! The sentences of the linker's rules: sound, enough of them, and mostly decided right.

use entente::gazetteer::{Gazetteer, SourceFile, example_files};
use entente::pipeline::{Examined, Held, Pipeline, examine};

use crate::command::note;

/// Least share of claims that are read, and of claims in `not` that are not. Raise them when the figure has
/// risen for good.
const READ: f64 = 0.86;
const NOT_READ: f64 = 0.72;

fn examined(files: &[SourceFile]) -> Examined {
    let gazetteer = Gazetteer::builtin().unwrap_or_else(|p| panic!("{} problems", p.len()));
    examine(&Pipeline::new(gazetteer).unwrap(), files)
}

fn share(held: Held) -> f64 {
    let count = |n| f64::from(u32::try_from(n).unwrap());
    count(held.held) / count(held.of)
}

#[test]
fn the_sentences_of_the_rules() {
    let examined = examined(&example_files(&[]));
    let problems: Vec<String> = examined.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let few: Vec<&(String, usize, usize)> = examined
        .rules
        .iter()
        .filter(|(_, says, not)| *says < 3 || *not < 2)
        .collect();
    assert!(
        few.is_empty(),
        "too few sentences with `says` or `not`: {few:?}"
    );
    for warning in &examined.warnings {
        note(&warning.to_string());
    }
    for (held, floor, what) in [
        (examined.says, READ, "read"),
        (examined.not, NOT_READ, "not read"),
    ] {
        note(&format!("{what}: {} of {}", held.held, held.of));
        assert!(share(held) >= floor, "{what}: {held:?} is below {floor}");
    }
}

#[test]
fn rows_that_are_wrong() {
    let text = "rule,text,says,not,lacks\n\
        shake-hands,Norway and Canada signed a treaty.,agreement NOR CAN,,\n\
        sign,Norway and Canada met in Oslo.,agreement NOR CAN,,\n\
        sign,Norway and Canada sign a treaty.,agreement NOR -> CAN,,\n\
        sign,Norway and Canada sign a charter.,friendship NOR CAN,,\n\
        sign,Norway and Canada sign an accord.,conflict NOR -> CAN,,\n\
        sign,Norway and Canada sign a deal.,agreement NOR SWE,,\n\
        sign,Norway and Canada sign a pact.,,agreement NOR CAN,enemy\n\
        sign,Norway and Canada sign a memo.,,agreement NOR CAN,luck\n\
        sign,Norway and Canada sign.,,,\n\
        sign,too few cells\n";
    let file = SourceFile {
        path: "rules/examples/en.csv".into(),
        inside: "rules/examples/en.csv".into(),
        text: text.into(),
        layer: 0,
    };
    let told: Vec<String> = examined(&[file])
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}
