//! Builds that are killed, interrupted, run twice at a time, or run out of room.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use entente::statement::Extraction;
use rusqlite::{Connection, OpenFlags};

use crate::agency::{Chance, Event};
use crate::command::{entente, note, run};

const JOURNAL: &str = ".entente-work.db";

/// Documents of a few stories each, some of them copies, in a folder `in`.
fn write_documents(folder: &Path, count: usize) {
    let mut chance = Chance(11);
    fs::create_dir(folder.join("in")).unwrap();
    let mut event = Event::new(&mut chance);
    let mut story = event.story(&mut chance);
    for number in 0..count {
        match chance.below(4) {
            0 => event = Event::new(&mut chance),
            1 => story = event.story(&mut chance),
            _ => {}
        }
        let text = event.copy(&story, &mut chance).join("\n\n");
        let name = format!("in/{number:05}.txt");
        fs::write(folder.join(name), format!("Report {number}\n\n{text}\n")).unwrap();
    }
}

/// The files of a folder that people see, with their content.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    // A build that was killed at once has not made it.
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|e| {
            (
                e.file_name().to_string_lossy().into_owned(),
                fs::read(e.path()).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn hidden(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

/// How many documents a build that was killed has left, all of them whole.
fn kept(out: &Path) -> usize {
    if out.join(JOURNAL).exists() {
        // It may have been killed before it had made both of its files.
        try_kept(out).unwrap_or_default()
    } else {
        0
    }
}

/// The same of a build that is still running: then the last one may be torn.
fn try_kept(out: &Path) -> std::io::Result<usize> {
    let log = fs::read(out.join(format!("{JOURNAL}-log")))?;
    let (mut rest, mut kept) = (log.as_slice(), 0);
    // Length, key and check stand before each extraction.
    while let Some((head, after)) = rest.split_at_checked(52) {
        let length = u32::from_le_bytes(head[..4].try_into().unwrap()) as usize;
        let Some((json, after)) = after.split_at_checked(length) else {
            break;
        };
        serde_json::from_slice::<Extraction>(json).unwrap();
        (rest, kept) = (after, kept + 1);
    }
    Ok(kept)
}

/// Starts a build of `in` into `out`.
fn start(folder: &Path, jobs: &str) -> Child {
    let args = ["build", "in", "--out", "out", "--jobs", jobs];
    let mut command = entente(folder, &args);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills builds at `rounds` moments; each is followed by another that goes on, and what they end with is
/// what one build makes that nobody disturbs.
fn kill(documents: usize, rounds: usize) {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path(), dir.path().join("out"));
    write_documents(folder, documents);
    let started = Instant::now();
    let whole = run(folder, &["build", "in", "--out", "whole", "--jobs", "2"]);
    let takes = usize::try_from(started.elapsed().as_millis()).unwrap();
    assert!(
        whole.status.success(),
        "{}",
        String::from_utf8_lossy(&whole.stderr)
    );
    let whole = files(&folder.join("whole"));
    let (mut chance, mut before, mut ends, mut most) = (Chance(17), 0, 0, 0);
    for round in 0..rounds {
        let mut build = start(folder, ["1", "2", "5"][round % 3]);
        sleep(Duration::from_millis(
            chance.below(takes + takes / 10) as u64
        ));
        build.kill().unwrap();
        build.wait().unwrap();
        let is_done = out.exists() && !out.join(JOURNAL).exists() && !files(&out).is_empty();
        let now = kept(&out);
        if is_done || round % 8 == 7 {
            assert!(
                run(folder, &["build", "in", "--out", "out"])
                    .status
                    .success()
            );
            assert!(
                files(&out) == whole,
                "round {round}: not what an undisturbed build makes"
            );
            assert_eq!(hidden(&out), [""; 0], "round {round}");
            // Half of the time a store of an earlier build is there, which must stay whole.
            if round % 2 == 0 {
                fs::remove_dir_all(&out).unwrap();
            }
            (before, ends) = (0, ends + 1);
            continue;
        }
        assert!(
            now >= before,
            "round {round}: {before} were done and {now} are left"
        );
        // The files are moved into the folder one after the other: some may be missing, none is half there.
        for file in files(&out) {
            assert!(whole.contains(&file), "round {round}: {}", file.0);
        }
        (before, most) = (now, most.max(now));
    }
    let last = run(folder, &["build", "in", "--out", "out"]);
    assert!(last.status.success());
    assert!(files(&out) == whole);
    assert_eq!(hidden(&out), [""; 0]);
    note(&format!(
        "{rounds} kills of a build of {documents} documents that takes {takes} ms: {ends} ends between them, {most} documents kept at the most"
    ));
}

#[test]
fn a_killed_build_loses_nothing_and_goes_on() {
    kill(60, 6);
}

/// `ENTENTE_KILLS=DOCUMENTS,ROUNDS` asks for others.
#[test]
#[ignore = "takes some minutes"]
fn a_build_of_2000_documents_is_killed_50_times() {
    let asked = std::env::var("ENTENTE_KILLS").unwrap_or_default();
    let asked = asked.split_once(',').unwrap_or(("2000", "50"));
    kill(asked.0.parse().unwrap(), asked.1.parse().unwrap());
}

#[test]
fn a_build_that_goes_on_says_so_and_does_not_work_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path(), dir.path().join("out"));
    write_documents(folder, 12);
    let mut first = fed(folder);
    feed(&mut first, folder, 12).unwrap();
    wait_for(&out, 12);
    first.kill().unwrap();
    first.wait().unwrap();
    let left = hidden(&out);
    assert_eq!(
        left.len(),
        3 + usize::from(left.iter().any(|name| name.ends_with("-wal"))),
        "{left:?}"
    );
    // What a killed export left, and what is not ours.
    for name in [".entente-abcdef.part", ".entente-mine", ".entente-notes!"] {
        fs::write(out.join(name), "x").unwrap();
    }
    let old = filetime(2);
    fs::File::options()
        .write(true)
        .open(out.join(".entente-abcdef.part"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    fs::create_dir(out.join(".entente-folder-of-the-user")).unwrap();
    let mut second = fed(folder);
    feed(&mut second, folder, 12).unwrap();
    drop(second.stdin.take());
    let second = second.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains(", 12 done before"), "{said}");
    let mut left = hidden(&out);
    left.sort();
    assert_eq!(
        left,
        [
            ".entente-folder-of-the-user",
            ".entente-mine",
            ".entente-notes!"
        ]
    );
}

/// A time so many days ago.
fn filetime(days: u64) -> std::time::SystemTime {
    std::time::SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60)
}

/// A build of what it is fed.
fn fed(folder: &Path) -> Child {
    let args = [
        "build",
        "-",
        "--input-format",
        "jsonl",
        "--out",
        "out",
        "--jobs",
        "2",
    ];
    let mut command = entente(folder, &args);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn feed(build: &mut Child, folder: &Path, documents: usize) -> std::io::Result<()> {
    let to = build.stdin.as_mut().unwrap();
    for number in 0..documents {
        let text = fs::read_to_string(folder.join(format!("in/{number:05}.txt"))).unwrap();
        let line = serde_json::json!({"id": format!("{number:05}"), "text": text});
        // More than a reader asks for at once, so that it need not wait for the rest.
        writeln!(to, "{line}")?;
    }
    writeln!(to, "{}", " ".repeat(1 << 16))?;
    to.flush()
}

/// Waits until a build has kept so many documents.
fn wait_for(out: &Path, documents: usize) {
    let started = Instant::now();
    while try_kept(out).unwrap_or_default() < documents {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing is kept"
        );
        sleep(Duration::from_millis(30));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_build_cleanly() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path(), dir.path().join("out"));
    write_documents(folder, 12);
    let mut build = fed(folder);
    feed(&mut build, folder, 8).unwrap();
    wait_for(&out, 8);
    let id = build.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    // It reads on until it sees the next document, or has ended already; then nothing more is asked for.
    let _ = feed(&mut build, folder, 9);
    let output = build.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(
        said.starts_with("stopped: ") && said.contains("documents are done and kept"),
        "{said}"
    );
    assert!(
        said.contains("hint: the same command goes on from there"),
        "{said}"
    );
    assert!(files(&out).is_empty());
    assert!(kept(&out) >= 8);
}

#[test]
fn two_builds_of_one_folder_do_not_mix() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path(), dir.path().join("out"));
    write_documents(folder, 4);
    let mut first = fed(folder);
    feed(&mut first, folder, 4).unwrap();
    wait_for(&out, 4);
    let second = run(folder, &["build", "in", "--out", "out"]);
    assert_eq!(second.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&second.stderr),
        "error: failed to open the store `out/.entente-work.db`: another process is building there\n\
         hint: wait until it is done, or build into another folder with `--out DIR`\n"
    );
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(files(&out).len(), 7);
    assert_eq!(hidden(&out), [""; 0]);
}

#[test]
fn a_store_that_is_read_while_it_is_built_again_is_the_old_or_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    write_documents(folder, 30);
    assert!(
        run(folder, &["build", "in", "--out", "out"])
            .status
            .success()
    );
    let mut build = start(folder, "2");
    while build.try_wait().unwrap().is_none() {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let store = Connection::open_with_flags(folder.join("out/entente.db"), flags).unwrap();
        let count: usize = store
            .query_row("SELECT count(*) FROM documents", [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, 30);
    }
    assert!(build.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_is_an_error_and_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    write_documents(folder, 150);
    fs::create_dir(folder.join("small")).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=400k none small || exit 99; {0} build in/00001.txt --out small/out 2>&1 && cksum small/out/* > before; \
         {0} build in --out small/out 2>&1; echo \"status $?\"; cksum small/out/* | diff - before && echo undamaged; \
         mount -o remount,size=40m small; {0} build in --out small/out >/dev/null 2>&1; echo \"status $?\"; {0} build in --out whole 2>/dev/null; diff -r small/out whole && echo same",
        env!("CARGO_BIN_EXE_entente")
    );
    let mut unshare = Command::new("unshare");
    unshare
        .args(["-rm", "sh", "-c", &script])
        .current_dir(folder);
    let Ok(output) = unshare.output() else {
        return note("skipped: no `unshare`");
    };
    if output.status.code() == Some(99) || output.stdout.is_empty() {
        return note("skipped: nothing may be mounted here");
    }
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("no space left on the disk") || said.contains("No space left on device"),
        "{said}"
    );
    assert!(said.contains("hint: free some space"), "{said}");
    for wanted in ["status 2\n", "undamaged\n", "status 0\n", "same\n"] {
        assert!(said.contains(wanted), "no {wanted:?} in {said}");
    }
}

/// As a full disk, but for anybody: no file may grow beyond a limit.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_an_error_and_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path(), dir.path().join("out"));
    write_documents(folder, 60);
    let first = run(folder, &["build", "in/00001.txt", "--out", "out"]);
    assert!(first.status.success());
    let before = files(&out);
    let script = format!(
        "trap '' XFSZ; ulimit -f 300; exec {} build in --out out",
        env!("CARGO_BIN_EXE_entente")
    );
    let mut limited = Command::new("sh");
    let limited = limited.args(["-c", &script]).current_dir(folder).output();
    let limited = limited.unwrap();
    let said = String::from_utf8_lossy(&limited.stderr);
    assert_eq!(limited.status.code(), Some(2), "{said}");
    assert!(said.contains("hint: "), "{said}");
    assert!(files(&out) == before);
    for place in ["out", "whole"] {
        assert!(
            run(folder, &["build", "in", "--out", place])
                .status
                .success()
        );
    }
    assert!(files(&out) == files(&folder.join("whole")));
    assert_eq!(hidden(&out), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    write_documents(folder, 2);
    assert!(
        run(folder, &["build", "in", "--out", "out"])
            .status
            .success()
    );
    let before = files(&folder.join("out"));
    for (path, mode) in [("", 0o755), ("out", 0o555), ("out/entente.db", 0o444)] {
        fs::set_permissions(folder.join(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    let nobody = |args: &[&str]| {
        let mut command = entente(folder, args);
        if fs::metadata(folder).is_ok_and(|_| fs::write(folder.join("out/probe"), "").is_ok()) {
            // The superuser may write anywhere; nobody may not.
            fs::remove_file(folder.join("out/probe")).unwrap();
            command.uid(65_534);
        }
        command.output()
    };
    let Ok(asked) = nobody(&["who", "Germany"]) else {
        return note("skipped: the program may not be run as somebody else");
    };
    assert!(
        asked.status.code() < Some(2),
        "a store that is read only can be asked: {}",
        String::from_utf8_lossy(&asked.stderr)
    );
    let built = nobody(&["build", "in", "--out", "out"]).unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert_eq!(built.status.code(), Some(2), "{said}");
    assert!(
        said.contains("permission denied") && said.contains("hint: check the permissions"),
        "{said}"
    );
    fs::set_permissions(folder.join("out"), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(files(&folder.join("out")) == before);
    assert_eq!(hidden(&folder.join("out")), [""; 0]);
}
