//! Runs the program as a user does and tells what came of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A command of the program, without the user's own settings.
pub(crate) fn entente(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).current_dir(dir).env_clear();
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Runs it.
pub(crate) fn run(dir: &Path, args: &[&str]) -> Output {
    entente(dir, args).output().unwrap()
}

/// Runs it in the repository and expects success.
pub(crate) fn stdout(args: &[&str]) -> String {
    let output = run(root(), args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Exit code, standard output and standard error, with what differs from run to run masked.
pub(crate) fn told(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    let mut told = format!(
        "$ entente {}\nexit code: {}\n",
        args.join(" "),
        output.status.code().unwrap()
    );
    for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        write!(told, "--- {name}\n{}", String::from_utf8(bytes).unwrap()).unwrap();
    }
    mask(&told, dir)
}

/// `told` without what differs from run to run.
pub(crate) fn mask(told: &str, dir: &Path) -> String {
    let told = told
        .replace(&dir.display().to_string(), "DIR")
        .replace(&root().display().to_string(), "ROOT");
    let seconds = regex::Regex::new(r"\d+\.\d s\b").unwrap();
    let told = seconds.replace_all(&told, "N s");
    let threads = regex::Regex::new(r"\[default: \d+\]").unwrap();
    let told = threads.replace_all(&told, "[default: N]");
    // The vocabulary grows; how much it holds is not what these tests are about.
    let rows = regex::Regex::new(r"in [\d,]+ rows").unwrap();
    let told = rows.replace_all(&told, "in N rows");
    // How much of the built-in one is due depends on the day.
    let due = regex::Regex::new(r"(?m)^to look at again: .*: --decay").unwrap();
    due.replace_all(&told, "to look at again: N: --decay")
        .into_owned()
}

/// A folder with `out/` built from `seeds/`, made once for all tests.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BUILT.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().to_owned();
        copy(&root().join("seeds"), &path.join("seeds"));
        copy(&root().join("tests/gold"), &path.join("tests/gold"));
        let output = run(&path, &["build", "seeds", "--out", "out"]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        (dir, path)
    });
    path
}

/// Copies the files of a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Says something that `cargo test -- --nocapture` shows.
#[expect(clippy::print_stdout, reason = "the test harness captures it")]
pub(crate) fn note(words: &str) {
    println!("{words}");
}

/// Words as a shell splits them, with double quotes.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
