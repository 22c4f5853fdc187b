//! Inputs that are spoilt or ask for too much: which message each gives, how long it takes, and that the rest goes on.

use entente::read::{INPUTS, Options};

use crate::command::run;
use crate::inputs::{feed, html, read_bytes, read_with};
use crate::made::{self, TEXT};

/// Spoilt inputs: name, bytes, the place the error names, and the message after it.
#[expect(clippy::too_many_lines, reason = "a table")]
fn spoilt() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let text = || TEXT.as_bytes();
    let bomb = made::gzip(&vec![b'a'; 30_000_000]);
    let nested = |levels| {
        (0..levels).fold(made::zip(&[("a.txt", text())]), |inner, _| {
            made::zip(&[("a.zip", &inner)])
        })
    };
    let odd = |marked: bool| {
        let letters = marked.then_some('\u{feff}').into_iter().chain(TEXT.chars());
        let units: Vec<u16> = letters.collect::<String>().encode_utf16().collect();
        let mut bytes: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
        bytes.pop();
        bytes
    };
    let mut broken_zip = made::zip(&[("a.txt", text())]);
    broken_zip[40] ^= 0x55;
    let entity = b"<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>\
        <rss><channel><item><title>&b;</title></item></channel></rss>";
    vec![
        (
            "half.epub",
            half(made::epub(TEXT)),
            "half.epub",
            "expected a whole ZIP archive",
        ),
        (
            "none.epub",
            made::zip(&[("x.xml", b"<x/>")]),
            "none.epub",
            "expected files that end in",
        ),
        (
            "torn.docx",
            made::zip(&[
                ("[Content_Types].xml", b"<Types/>"),
                (
                    "word/document.xml",
                    b"<w:document><w:body><w:p><w:t>Norwegen",
                ),
            ]),
            "torn.docx",
            "expected whole XML, but found its end inside an element",
        ),
        (
            "secret.zip",
            made::secret_zip(&[("a.txt", text())]),
            "secret.zip",
            "expected an archive without a password",
        ),
        (
            "half.jsonl",
            format!("{{\"text\": \"{TEXT}\"}}\n{{\"text\": \"Nor").into(),
            "half.jsonl:2",
            "expected an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`, but found EOF while parsing a string in column 13",
        ),
        (
            "none.jsonl",
            b"{\"title\": \"Norway\"}\n".to_vec(),
            "none.jsonl:1",
            "expected an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`, but found `title`",
        ),
        (
            "list.jsonl",
            b"[1]\n".to_vec(),
            "list.jsonl:1",
            "expected an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`, but found an array",
        ),
        (
            "empty.jsonl",
            b"\n\n".to_vec(),
            "empty.jsonl",
            "expected JSON Lines, but found an empty file",
        ),
        (
            "empty.txt",
            b"".to_vec(),
            "empty.txt",
            "expected text, but found an empty file",
        ),
        (
            "blank.md",
            b" \n---\n".to_vec(),
            "blank.md",
            "expected text, but found an empty file",
        ),
        (
            "binary.txt",
            vec![0, 1, 2, 3, 0xFF, 0, 0, 9],
            "binary.txt",
            "expected text, but found binary data",
        ),
        (
            "odd.txt",
            odd(true),
            "odd.txt",
            "expected text in UTF-8 or UTF-16, but found UTF-16LE, then other bytes",
        ),
        (
            "bare.txt",
            odd(false),
            "bare.txt",
            "expected text, but found binary data",
        ),
        (
            "mixed.txt",
            [text(), b"\x81\x8d\xff\xfe\x90 "].concat(),
            "mixed.txt",
            "expected text in UTF-8 or UTF-16, but found UTF-8 up to byte 174, then other bytes",
        ),
        (
            "wrong.html",
            [
                &b"<html><head><meta charset=utf-16></head><body>"[..],
                &[0xFF, 0xFE, 0x81, 0, 0][..],
            ]
            .concat(),
            "wrong.html",
            "expected text, but found binary data",
        ),
        (
            "tab.tsv",
            b"a\tb\n1\t2\n".to_vec(),
            "tab.tsv",
            "expected a column `text`, but found the columns `a`, `b`",
        ),
        (
            "empty.csv",
            b"title,text\n".to_vec(),
            "empty.csv",
            "expected rows below the header, but found none",
        ),
        (
            "latin.csv",
            b"title,text\nA,\"\x81\x8d\xff\xfe\x90\"\n".to_vec(),
            "latin.csv",
            "expected text in UTF-8 or UTF-16, but found UTF-8 up to byte 14, then other bytes",
        ),
        (
            "bomb.txt.zst",
            made::zstandard(&vec![b'a'; 30_000_000]),
            "bomb.txt.zst",
            "expected at most 200 times the packed size, but found more",
        ),
        (
            "bomb.docx",
            made::docx("x", &[&"a".repeat(30_000_000)]),
            "bomb.docx",
            "expected at most 200 times the packed size, but found more",
        ),
        (
            "half.warc.gz",
            half(made::gzip(&made::warc(
                "https://example.org/a",
                &made::page(),
            ))),
            "half.warc.gz",
            "expected the rest of the file, but found its end",
        ),
        (
            "long.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP"
                .to_vec(),
            "long.warc",
            "expected the 99999999999999 bytes of record 1, but found its end",
        ),
        (
            "half.atom",
            b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Zwei".to_vec(),
            "half.atom",
            "expected whole XML, but found its end inside an element",
        ),
        (
            "entity.rss",
            entity.to_vec(),
            "entity.rss",
            "expected words in an entry, but found none in entry 1",
        ),
        (
            "empty.eml",
            b"From: a@example.org\r\nSubject: x\r\n\r\n".to_vec(),
            "empty.eml",
            "expected text in the mail, but found none",
        ),
        (
            "a.html",
            html("<script>x</script>"),
            "a.html",
            "expected a page with text, but found none",
        ),
        (
            "deep.html",
            html(&"<div>".repeat(50_000)),
            "deep.html",
            "expected at most 2000 elements inside each other, but found more",
        ),
        (
            "deep.rss",
            ["<rss><channel>".to_owned(), "<a>".repeat(50_000)]
                .concat()
                .into(),
            "deep.rss",
            "expected at most 2000 elements inside each other, but found more",
        ),
        (
            "a.pdf",
            half(made::pdf(&["x"])),
            "a.pdf",
            "expected a readable PDF",
        ),
        (
            "empty.pdf",
            made::pdf(&[]),
            "empty.pdf",
            "expected a PDF with text, but found no text layer",
        ),
        ("no.pdf", text().into(), "no.pdf", "expected a readable PDF"),
        (
            "half.docx",
            half(made::docx("x", &[TEXT])),
            "half.docx",
            "expected a whole ZIP archive",
        ),
        (
            "none.docx",
            made::zip(&[("x.xml", b"<x/>")]),
            "none.docx",
            "expected files that end in",
        ),
        (
            "empty.odt",
            made::odt("", &[]),
            "empty.odt",
            "expected text, but found none in the document",
        ),
        (
            "half.zip",
            half(made::zip(&[("a.txt", text())])),
            "half.zip",
            "expected a whole ZIP archive",
        ),
        (
            "broken.zip",
            broken_zip,
            "broken.zip/a.txt",
            "expected whole packed data",
        ),
        (
            "climb.zip",
            made::zip(&[("../../etc/a.txt", text())]),
            "climb.zip",
            "expected names inside the archive, but found `../../etc/a.txt`",
        ),
        (
            "nested.zip",
            nested(3),
            "nested.zip/a.zip/a.zip/a.zip",
            "expected at most 3 archives inside each other, but found more",
        ),
        (
            "none.zip",
            made::zip(&[("a.bin", b"x")]),
            "none.zip",
            "expected files that end in",
        ),
        (
            "half.txt.gz",
            half(made::gzip(text())),
            "half.txt.gz",
            "expected the rest of the file, but found its end",
        ),
        (
            "half.txt.zst",
            half(made::zstandard(text())),
            "half.txt.zst",
            "expected",
        ),
        (
            "bomb.txt.gz",
            bomb.clone(),
            "bomb.txt.gz",
            "expected at most 200 times the packed size, but found more",
        ),
        (
            "bomb.zip",
            made::zip(&[("a.txt", &vec![b'a'; 30_000_000])]),
            "bomb.zip/a.txt",
            "expected at most 200 times the packed size, but found more",
        ),
        (
            "a.csv",
            b"a,b\n1,2\n".to_vec(),
            "a.csv",
            "expected a column `text`, but found the columns `a`, `b`",
        ),
        (
            "row.csv",
            b"title,text\nA,Norway,3\n".to_vec(),
            "row.csv:2",
            "expected 2 columns as in the first row, but found 3",
        ),
        (
            "a.json",
            b"{\"text\": \"Nor".to_vec(),
            "a.json",
            "expected an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`, but found EOF while parsing a string in line 1, column 13",
        ),
        (
            "b.json",
            b"{\"x\": 1}".to_vec(),
            "b.json",
            "expected an object with `text` and, if known, `id`, `title`, `date`, `source`, `language`, but found `x`",
        ),
        (
            "deep.json",
            "[".repeat(50_000).into(),
            "deep.json",
            "expected an object with `text`",
        ),
        (
            "a.rss",
            b"<rss><channel></channel></rss>".to_vec(),
            "a.rss",
            "expected a feed with entries, but found none",
        ),
        (
            "half.rss",
            half(feed().into()),
            "half.rss:1",
            "expected whole XML",
        ),
        (
            "a.eml",
            b"nothing".to_vec(),
            "a.eml",
            "expected a mail with headers, but found none",
        ),
        (
            "a.warc",
            b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n".to_vec(),
            "a.warc",
            "expected a web archive with pages, but found none",
        ),
        (
            "half.warc",
            half(made::warc("https://example.org/a", &made::page())),
            "half.warc",
            "expected the ",
        ),
    ]
}

#[test]
fn what_is_spoilt_says_so() {
    let mut wrong = Vec::new();
    for (name, bytes, place, message) in spoilt() {
        let started = std::time::Instant::now();
        let (_, errors) = read_bytes(&Options::default(), name, &bytes);
        let words = format!("failed to read `{place}`: {message}");
        match errors.last() {
            None => wrong.push(format!("{name} gave no error")),
            Some(error) if error.place != place || !error.to_string().starts_with(&words) => {
                wrong.push(format!("{name} at {}: {error}", error.place));
            }
            Some(error) => assert!(!error.hint.is_empty(), "no hint for {name}"),
        }
        let took = started.elapsed();
        assert!(took.as_secs() < 60, "{name} took {took:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn limits_can_be_set() {
    let mut options = Options::default();
    for setting in ["file=100", "ratio=5", "nesting=3"] {
        options.limits.set(setting).unwrap();
    }
    let (_, errors) = read_bytes(&options, "a.txt", TEXT.as_bytes());
    assert!(
        errors[0]
            .to_string()
            .ends_with("expected a document of 100 bytes at the most, but found a larger one")
    );
    let wrong = options.limits.set("size=1").unwrap_err();
    assert!(wrong.hint.contains("`file`"), "{}", wrong.hint);
    assert!(options.limits.set("file=many").is_err());
}

#[test]
fn a_line_of_200_mb_is_refused_in_bounded_memory() {
    let dir = tempfile::tempdir().unwrap();
    for (name, message) in [
        (
            "a.txt",
            "expected a document of 64 MB at the most, but found a larger one",
        ),
        (
            "a.jsonl",
            "expected a line of 64 MB at the most, but found a longer one",
        ),
    ] {
        let path = dir.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        for _ in 0..200 {
            std::io::Write::write_all(&mut file, &vec![b'a'; 1_000_000]).unwrap();
        }
        let (_, errors) = read_with(&Options::default(), &[path]);
        assert!(errors[0].to_string().ends_with(message), "{}", errors[0]);
    }
}

#[test]
fn every_format_has_its_spoilt_inputs() {
    let spoilt = spoilt();
    for input in INPUTS {
        let of_format = |name: &str| {
            input
                .endings
                .iter()
                .any(|e| name.ends_with(&format!(".{e}")))
        };
        let rows = spoilt.iter().filter(|(name, ..)| of_format(name)).count();
        assert!(rows > 0, "{}: no row", input.id);
    }
}

/// Texts whose sentences have more pairs than anybody can look at.
fn endless() -> Vec<(&'static str, String)> {
    let states = ["Norway", "Canada", "Poland", "Spain", "Japan", "Chile"];
    let list = |between: &str, count: usize| {
        let names: Vec<&str> = states.into_iter().cycle().take(count).collect();
        names.join(between)
    };
    vec![
        ("list.txt", list(" signed an agreement with ", 30_000)),
        ("quotes.txt", list(" \" ", 40_000)),
        ("one-word.txt", list("", 100_000)),
    ]
}

#[test]
fn a_text_that_takes_too_long_is_skipped_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in endless() {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let last = "Norway and Canada signed a memorandum on submarines.";
    std::fs::write(dir.path().join("z.txt"), last).unwrap();
    let args = ["extract", ".", "--limit", "seconds=1", "--jobs", "2"];
    let started = std::time::Instant::now();
    let output = run(dir.path(), &args);
    let (out, said) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(out.contains("\"id\":\"z.txt\""), "{said}");
    let late = "skipped: failed to read `list.txt`: expected what it says after 1 seconds, but found no end\n\
        hint: split it into documents, or allow more with `--limit seconds=N`\n";
    assert!(said.contains(late), "{said}");
}
