//! The page of `entente report`, as a file; `tests/page` drives it in a browser.

use std::path::Path;

use entente::gazetteer::Gazetteer;
use entente::graph::Graph;
use entente::pipeline::Pipeline;
use entente::{read, report};

use crate::command::{built, run};

/// The page of some documents: id, source, title and text.
fn page(documents: &[(&str, &str, &str, &str)]) -> String {
    let gazetteer = Gazetteer::builtin().unwrap();
    let pipeline = Pipeline::new(gazetteer).unwrap();
    let extractions = documents.iter().map(|(id, source, title, text)| {
        let mut extraction = pipeline.extract(&read::from_text(id, text));
        (*source).clone_into(&mut extraction.document.source);
        (*title).clone_into(&mut extraction.document.title);
        extraction
    });
    report::html(
        &Graph::from_extractions(extractions, gazetteer.schema()),
        gazetteer,
    )
}

const TEXT: &str =
    "Oslo, 8 July 2026\n\nNorway and Canada signed a memorandum of understanding on submarines.";

#[test]
fn titles_and_sources_are_text_wherever_they_stand() {
    let scripts = page(&[]).matches("<script").count();
    for hostile in [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title></noscript><svg onload=alert(1)>",
        "&lt;script&gt;",
        "\u{2028}\u{202e}\0",
    ] {
        let html = page(&[("note.txt", hostile, hostile, TEXT)]);
        assert_eq!(html.matches("<script").count(), scripts, "{hostile}");
        for markup in ["<img", "<svg onload", "<script>alert"] {
            assert!(!html.contains(markup), "{hostile}: {markup}");
        }
    }
}

#[test]
fn only_addresses_of_the_web_are_links() {
    for (source, linked) in [
        (
            "https://example.org/a?b&c",
            Some("https://example.org/a?b&amp;c"),
        ),
        (
            "http://example.org/\"onclick=\"x",
            Some("http://example.org/&quot;onclick=&quot;x"),
        ),
        ("javascript:alert(1)", None),
        ("javascript://example.org/%0aalert(1)", None),
        ("data:text/html,hello", None),
        ("vbscript:x", None),
        ("//example.org", None),
        ("seeds/a.txt", None),
    ] {
        let html = page(&[("note.txt", source, "Title", TEXT)]);
        let links: Vec<&str> = html
            .split("<a href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|link| !link.starts_with('#'))
            .collect();
        let expected: Vec<&str> = linked.into_iter().collect();
        assert_eq!(links, expected, "{source}");
    }
}

#[test]
fn the_page_needs_nothing_and_allows_nothing_else() {
    let html = page(&[("note.txt", "note.txt", "Title", TEXT)]);
    assert_eq!(html, page(&[("note.txt", "note.txt", "Title", TEXT)]));
    let policy = html
        .split("http-equiv=\"Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src '"),
        "{policy}"
    );
    for lax in ["unsafe", "*", "http:", "https:", "blob:"] {
        assert!(!policy.contains(lax), "{policy}");
    }
    for attribute in [
        " src=\"",
        " onclick=",
        " style=\"",
        "<iframe",
        "<form",
        "@import",
        "url(",
    ] {
        let own = html.split("<script").next().unwrap();
        assert!(!own.contains(attribute), "{attribute}");
    }
    assert_eq!(html.contains("npm run bundle"), !report::is_interactive());
}

#[test]
fn what_was_said_stands_on_the_page() {
    let html = page(&[("note.txt", "note.txt", "Title", TEXT)]);
    for part in [
        "1 document of 2026-07-08 to 2026-07-08",
        "Canada - Norway",
        "<mark>Norway</mark> and <mark>Canada</mark>",
        "<strong>signed</strong>",
        "2026-07</th>",
        "published 2026-07-08",
        "<text",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let empty = page(&[]);
    assert!(empty.contains("No document says that anybody cooperates"));
}

#[test]
fn the_command_writes_one_whole_file() {
    let dir = built();
    let output = run(dir, &["report", "--out", "page.html"]);
    assert!(output.status.success() && output.stdout.is_empty());
    let page = std::fs::read_to_string(dir.join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    let printed = run(dir, &["report", "--out", "-"]).stdout;
    assert_eq!(String::from_utf8(printed).unwrap(), page);
    let output = run(dir, &["report", "--out", "nowhere/page.html"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!Path::new("nowhere").exists());
}
