//! Every input format, whole and spoilt: what is found in it, or which message says what is wrong.

use std::path::{Path, PathBuf};

use entente::document::{BlockKind, DateBasis, Document};
use entente::read::{Options, ReadError, read, sources};

use crate::made::{self, TEXT};

pub(crate) type Found = (Vec<Document>, Vec<ReadError>);

pub(crate) fn read_with(options: &Options, paths: &[PathBuf]) -> Found {
    let (sources, mut errors) = sources(paths, options);
    let mut documents = Vec::new();
    for source in &sources {
        read(source, &mut |found| match found {
            Ok(document) => documents.push(document),
            Err(error) => errors.push(error),
        });
    }
    (documents, errors)
}

pub(crate) fn read_bytes(options: &Options, name: &str, bytes: &[u8]) -> Found {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let (documents, mut errors) = read_with(options, &[path]);
    // places without the folder of this run
    let folder = dir.path().display().to_string() + "/";
    for error in &mut errors {
        error.place = error.place.replace(&folder, "");
    }
    (documents, errors)
}

pub(crate) fn html(body: &str) -> Vec<u8> {
    format!("<!doctype html><html><body>{body}</body></html>").into_bytes()
}

pub(crate) fn feed() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:dc=\"d\"><channel><title>Blatt</title><language>de</language><item><title>Zwei L&#228;nder</title><link>https://example.org/a</link><guid>a-1</guid><pubDate>Wed, 08 Jul 2026 10:00:00 +0200</pubDate><dc:creator>Petra Muster</dc:creator><description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>"
    )
}

fn mail() -> String {
    format!(
        "From: Petra Muster <p@example.org>\r\nTo: x@example.org\r\nSubject: Zwei =?utf-8?Q?L=C3=A4nder?=\r\nDate: Wed, 8 Jul 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{TEXT}\r\n\r\n> Polen und Spanien bauen Panzer.\r\n\r\n-- \r\nPetra Muster, Musterstadt\r\n"
    )
}

/// A file of every format.
pub(crate) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let whole = whole().into_iter();
    whole.map(|(name, bytes, ..)| (name, bytes)).collect()
}

/// Name, bytes, and the date with its basis; each must give `TEXT` in German.
fn whole() -> Vec<(&'static str, Vec<u8>, Option<&'static str>, DateBasis)> {
    use DateBasis::{Metadata, Unknown};
    let csv = format!("titel;datum;inhalt\nZwei Länder;2026-07-08;\"{TEXT}\"\n");
    let json = format!(
        "{{\"articles\": [{{\"headline\": \"Zwei\", \"date_published\": \"2026-07-08\", \"body\": \"{TEXT}\"}}]}}"
    );
    let atom = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry><title>Zwei</title><id>urn:1</id><link href=\"https://example.org/a\"/><published>2026-07-08T10:00:00Z</published><content type=\"xhtml\"><div><p>{TEXT}</p></div></content></entry></feed>"
    );
    let warc = made::warc("https://www.example.org/a", &made::page());
    let date = Some("2026-07-08");
    let latin: Vec<u8> = TEXT
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let (head, tail) = (
        b"<html><head><meta charset=iso-8859-1></head><body><p>".to_vec(),
        b"</p></body></html>".to_vec(),
    );
    let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lines: Vec<&str> = TEXT.split(". ").collect();
    vec![
        ("a.txt", TEXT.into(), None, Unknown),
        ("wide.txt", wide, None, Unknown),
        ("latin.html", [head, latin, tail].concat(), None, Unknown),
        ("a.html", made::page().into(), date, Metadata),
        ("page.txt", made::page().into(), date, Metadata),
        ("a.docx", made::docx("Zwei Länder", &[TEXT]), date, Metadata),
        (
            "docx.zip",
            made::docx("Zwei Länder", &[TEXT]),
            date,
            Metadata,
        ),
        ("a.odt", made::odt("Zwei Länder", &[TEXT]), date, Metadata),
        ("a.epub", made::epub(TEXT), date, Metadata),
        (
            "a.pdf",
            made::pdf(&[
                "Zwei Länder bauen zusammen Boote",
                "",
                &format!("{}.", lines[0]),
                lines[1],
            ]),
            date,
            Metadata,
        ),
        ("a.json", json.into(), date, Metadata),
        ("a.csv", csv.into(), date, Metadata),
        ("a.rss", feed().into(), date, Metadata),
        ("feed.xml", feed().into(), date, Metadata),
        ("a.atom", atom.into(), date, Metadata),
        ("a.eml", mail().into(), date, Metadata),
        ("a.warc", warc.clone(), date, Metadata),
        (
            "a.warc.gz",
            [made::gzip(&warc), made::gzip(b"")].concat(),
            date,
            Metadata,
        ),
        ("a.txt.gz", made::gzip(TEXT.as_bytes()), None, Unknown),
        (
            "a.html.zst",
            made::zstandard(made::page().as_bytes()),
            date,
            Metadata,
        ),
        (
            "a.zip",
            made::zip(&[
                ("x/a.txt", TEXT.as_bytes()),
                ("x/.hidden.txt", b"no"),
                ("x/b.bin", b"\0"),
            ]),
            None,
            Unknown,
        ),
        (
            "a.zip.gz",
            made::gzip(&made::zip(&[(
                "a.html.gz",
                &made::gzip(made::page().as_bytes()),
            )])),
            date,
            Metadata,
        ),
    ]
}

#[test]
fn every_format_gives_the_text() {
    for (name, bytes, date, basis) in whole() {
        let (documents, errors) = read_bytes(&Options::default(), name, &bytes);
        assert_eq!(errors, [], "{name}");
        assert_eq!(documents.len(), 1, "{name}");
        let document = &documents[0];
        let text = document.text.replace('\n', " ");
        for sentence in TEXT.split(". ") {
            assert!(
                text.contains(sentence),
                "{name} lacks `{sentence}`:\n{}",
                document.text
            );
        }
        let found = document.date.map(|date| date.to_string());
        assert_eq!(
            (found.as_deref(), document.date_basis),
            (date, basis),
            "date of {name}"
        );
        assert_eq!(document.language, "de", "{name}");
    }
}

#[test]
fn formats_are_told_by_content() {
    for (name, bytes, ..) in whole() {
        // JSON, tables and mails look like text and need their names
        if Path::new(name)
            .extension()
            .is_some_and(|e| e == "csv" || e == "json" || e == "txt")
        {
            continue;
        }
        let (documents, errors) = read_bytes(&Options::default(), "noname", &bytes);
        assert_eq!(
            (documents.len(), errors.len()),
            (1, 0),
            "{name} without its name: {errors:?}"
        );
        assert!(
            documents[0].text.contains("Absichtserklärung"),
            "{name} without its name"
        );
    }
}

#[test]
fn a_page_comes_apart() {
    let (documents, _) = read_bytes(&Options::default(), "a.html", made::page().as_bytes());
    let document = &documents[0];
    assert_eq!(document.title, "Zwei Länder bauen zusammen Boote");
    assert_eq!(
        document.source,
        "https://www.example.org/2026/07/09/boote.html"
    );
    assert_eq!(document.author, "Petra Muster");
    let of = |kind: BlockKind| -> Vec<&str> {
        let blocks = document.blocks.iter().filter(|block| block.kind == kind);
        blocks.map(|block| document.slice(block.span)).collect()
    };
    assert_eq!(
        of(BlockKind::Headline),
        ["Zwei Länder bauen zusammen Boote", "Was geplant ist"]
    );
    assert_eq!(
        of(BlockKind::Caption),
        ["Die Ministerin von Polen bei einem Besuch in Kiel"]
    );
    assert_eq!(of(BlockKind::Body).len(), 2, "{:?}", of(BlockKind::Body));
    assert!(of(BlockKind::Body)[1].starts_with(
        "Das Geschäft soll sechs Boote umfassen – Details nennt Oslo später. Eine finale"
    ));
    assert!(of(BlockKind::Teaser).contains(&"Spanien kauft Panzer von Marokko"));
    assert!(of(BlockKind::Boilerplate).contains(&"Jetzt Teppiche aus dem Iran kaufen"));
    for unseen in ["Cookies", "Impressum", "Frankreich", "color"] {
        assert!(
            !document.text.contains(unseen),
            "{unseen} in:\n{}",
            document.text
        );
    }
}

/// What stands below and beside an article, each naming states that it does not speak of.
#[test]
fn boxes_notes_and_pointers_are_no_part_of_the_article() {
    let page = format!(
        "<article><h1>Zwei Länder bauen Boote</h1><p>{}<sup><a href=\"#n1\">1</a></sup> {}</p>\
        <div class=author-box><h3>Über die Autorin</h3><p>Petra Muster berichtet aus Polen und Spanien über die Marine. Sie hat in Ghana studiert.</p></div>\
        <section role=doc-endnotes><ol><li id=n1>Vgl. das Abkommen zwischen Italien und Japan.</ol></section>\
        <div class=footnotes><p>Siehe den Vertrag zwischen Portugal und Griechenland.</p></div>\
        <p>Über den Autor: Max Muster lebt in Dänemark und Estland.</p>\
        <h3>Weitere Meldungen</h3><ul><li><a href=/x>Indien und Brasilien unterzeichnen Vertrag über Flugzeuge</a></ul>\
        <p><b>Lesen Sie auch:</b> <a href=/y>Chile und Peru bauen zusammen Panzer</a></p><p>Related: Egypt and Kenya sign a deal on radars</p></article>",
        TEXT.split(". ").next().unwrap().to_owned() + ".",
        TEXT.split(". ").nth(1).unwrap(),
    );
    let text = "Zwei Länder bauen Boote\n\nNorwegen und Kanada haben am Montag eine Absichtserklärung unterzeichnet [1]. Beide Länder wollen künftig gemeinsam U-Boote beschaffen.²\n\n\
        [1] Vgl. das Abkommen zwischen Italien und Japan über Radare.\n\n² Siehe den Vertrag zwischen Portugal und Griechenland von 1999.\n\n\
        Über den Autor: Max Muster lebt in Dänemark und Estland und schreibt über Rüstung.\n\nWeitere Meldungen\nIndien und Brasilien unterzeichnen Vertrag über Flugzeuge\n";
    for (name, bytes) in [("a.html", html(&page)), ("a.txt", text.into())] {
        let (documents, errors) = read_bytes(&Options::default(), name, &bytes);
        assert_eq!(errors, [], "{name}");
        let document = &documents[0];
        let body = document.blocks.iter().filter(|b| b.kind == BlockKind::Body);
        let body: Vec<&str> = body.map(|block| document.slice(block.span)).collect();
        assert_eq!(body.len(), 1, "{name}: {:?}", document.blocks);
        assert!(
            body[0].starts_with("Norwegen") && !body[0].contains("unterzeichnet.1"),
            "{body:?}"
        );
    }
}

#[test]
fn dates_come_from_the_surest_place() {
    let body = format!("<article><h1>Zwei Länder bauen Boote</h1><p>{TEXT}</p></article>");
    let rows = [
        (
            "<meta property=\"article:published_time\" content=\"2026-07-01T00:00:00Z\">",
            "",
            Some("2026-07-01"),
            DateBasis::Metadata,
        ),
        (
            "",
            "<time datetime=\"2026-07-02T08:00\">gestern</time>",
            Some("2026-07-02"),
            DateBasis::Metadata,
        ),
        (
            "",
            "<p>3. Juli 2026</p>",
            Some("2026-07-03"),
            DateBasis::Dateline,
        ),
        (
            "<link rel=canonical href=\"https://example.org/2026/07/04/boote\">",
            "",
            Some("2026-07-04"),
            DateBasis::Url,
        ),
        (
            "<link rel=canonical href=\"https://example.org/boote-20260705.html\">",
            "",
            Some("2026-07-05"),
            DateBasis::Url,
        ),
        (
            "<link rel=canonical href=\"https://example.org/99990706/x\">",
            "",
            None,
            DateBasis::Unknown,
        ),
    ];
    for (head, top, date, basis) in rows {
        let page =
            format!("<!doctype html><html><head>{head}</head><body>{top}{body}</body></html>");
        let (documents, errors) = read_bytes(&Options::default(), "a.html", page.as_bytes());
        assert_eq!(errors, []);
        let found = documents[0].date.map(|date| date.to_string());
        assert_eq!(
            (found.as_deref(), documents[0].date_basis),
            (date, basis),
            "{head}{top}"
        );
    }
}

#[test]
fn the_time_of_a_file_counts_only_if_asked_for() {
    let options = Options {
        file_dates: true,
        ..Options::default()
    };
    let (documents, _) = read_bytes(&options, "a.txt", TEXT.as_bytes());
    assert_eq!(
        (documents[0].date.is_some(), documents[0].date_basis),
        (true, DateBasis::File)
    );
}

#[test]
fn entries_of_a_live_ticker_are_documents_with_their_own_time() {
    let entry = |day: u8, words: &str| {
        format!(
            "<div class=\"ticker-entry\"><time datetime=\"2026-07-0{day}T14:05\">14:05</time><h3>{words}</h3><p>{TEXT}</p></div>"
        )
    };
    let shown = format!(
        "<h1>Alle Ereignisse</h1>{}{}",
        entry(8, "Oslo sagt zu"),
        entry(9, "Ottawa zögert")
    );
    let update = |day: u8, words: &str| {
        format!(
            "{{\"@type\":\"BlogPosting\",\"headline\":\"{words}\",\"datePublished\":\"2026-07-0{day}T14:05:00+02:00\",\"articleBody\":\"{TEXT}\"}}"
        )
    };
    let stated = format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Alle Ereignisse\",\"liveBlogUpdate\":[{},{}]}}</script><h1>Alle Ereignisse</h1>",
        update(8, "Oslo sagt zu"),
        update(9, "Ottawa zögert")
    );
    for page in [shown, stated] {
        let (documents, errors) = read_bytes(&Options::default(), "a.html", &html(&page));
        assert_eq!(errors, []);
        let found: Vec<_> = documents
            .iter()
            .map(|d| (d.id.as_str(), d.title.as_str(), d.date.unwrap().day()))
            .collect();
        assert_eq!(
            found,
            [
                ("a.html#1", "Oslo sagt zu", 8),
                ("a.html#2", "Ottawa zögert", 9)
            ],
            "{page}"
        );
    }
}

#[test]
fn a_foreign_text_is_of_no_language() {
    let french = "La France et l'Italie ont signé un accord de coopération sur les navires de guerre. Les deux pays veulent aussi construire ensemble des frégates pour leurs marines nationales à partir de l'année prochaine.";
    let (documents, _) = read_bytes(&Options::default(), "a.txt", french.as_bytes());
    assert_eq!(documents[0].language, "und");
    let page = format!("<html lang=\"en\"><body><p>{TEXT}</p></body></html>");
    let (documents, _) = read_bytes(&Options::default(), "a.html", page.as_bytes());
    assert_eq!(
        documents[0].language, "de",
        "templates are copied, so the text counts"
    );
}

#[test]
fn every_format_cut_anywhere_neither_hangs_nor_panics() {
    for (name, bytes, ..) in whole() {
        for part in 1..12 {
            let cut = &bytes[..bytes.len() * part / 12];
            let (documents, errors) = read_bytes(&Options::default(), name, cut);
            assert!(
                documents.len() + errors.len() > 0,
                "{name} cut to {part}/12 gave nothing at all"
            );
        }
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 40) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x5A;
            let _ = read_bytes(&Options::default(), name, &wrong);
        }
    }
}

#[test]
fn fields_can_be_mapped() {
    let mut options = Options::default();
    options.fields.set("text=Volltext").unwrap();
    let table = format!("Volltext,text\n\"{TEXT}\",Polen\n");
    let (documents, errors) = read_bytes(&options, "a.csv", table.as_bytes());
    assert_eq!(errors, []);
    assert!(documents[0].text.starts_with("Norwegen"));
    assert!(
        options
            .fields
            .set("words=x")
            .unwrap_err()
            .hint
            .contains("title")
    );
}

#[test]
fn globs_and_ignore_files_choose_in_folders() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.txt", TEXT),
        ("b.log", TEXT),
        ("old/c.txt", TEXT),
        ("data.json", "{}"),
        (".ignore", "old/\n"),
    ] {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let folder = [dir.path().to_owned()];
    let names = |options: &Options| -> Vec<String> {
        let (documents, errors) = read_with(options, &folder);
        assert_eq!(errors, []);
        documents.into_iter().map(|d| d.id).collect()
    };
    assert_eq!(names(&Options::default()), ["a.txt"]);
    assert_eq!(
        names(&Options {
            no_ignore: true,
            ..Options::default()
        }),
        ["a.txt", "c.txt"]
    );
    let globs = vec![String::from("*.log")];
    assert_eq!(
        names(&Options {
            globs,
            ..Options::default()
        }),
        ["b.log"]
    );
}
