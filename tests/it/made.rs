//! Files of every format, made by the tests.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A German text that every reader must give back.
pub(crate) const TEXT: &str = "Norwegen und Kanada haben am Montag eine Absichtserklärung unterzeichnet. Beide Länder wollen künftig gemeinsam U-Boote beschaffen und ihre Besatzungen zusammen ausbilden.";

/// Packs named files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The same, marked as encrypted.
pub(crate) fn secret_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = zip(files);
    // The flags of each header, local and central, stand after its mark and its versions.
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, mark).collect();
        for at in places {
            bytes[at + flags] |= 1;
        }
    }
    bytes
}

/// Packs with gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Packs with Zstandard.
pub(crate) fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A Word document with a title and paragraphs.
pub(crate) fn docx(title: &str, paragraphs: &[&str]) -> Vec<u8> {
    let runs = paragraphs.iter().flat_map(|paragraph| {
        let (one, two) = paragraph.split_at(paragraph.find(' ').unwrap_or(0));
        [
            "<w:p><w:r><w:t>",
            one,
            "</w:t></w:r><w:r><w:t xml:space=\"preserve\">",
            two,
            "</w:t></w:r></w:p>",
        ]
    });
    let body: String = runs.collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>{body}</w:body></w:document>"
    );
    let core = "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Titel der Datei</dc:title><dc:creator>Petra Muster</dc:creator><dcterms:created>2026-07-08T10:00:00Z</dcterms:created></cp:coreProperties>";
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// An `OpenDocument` text with a title and paragraphs.
pub(crate) fn odt(title: &str, paragraphs: &[&str]) -> Vec<u8> {
    let notes = "<text:note><text:p>Fußnote</text:p></text:note></text:p>";
    let body: String = paragraphs
        .iter()
        .flat_map(|p| ["<text:p>", p, notes])
        .collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text><text:h>{title}</text:h>{body}</office:text></office:body></office:document-content>"
    );
    let meta = "<?xml version=\"1.0\"?><m xmlns:dc=\"d\" xmlns:meta=\"m\"><dc:creator>Petra Muster</dc:creator><meta:creation-date>2026-07-08T10:00:00</meta:creation-date></m>";
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    out.start_file("mimetype", stored).unwrap();
    out.write_all(b"application/vnd.oasis.opendocument.text")
        .unwrap();
    for (name, text) in [("content.xml", content.as_str()), ("meta.xml", meta)] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A book of one chapter.
pub(crate) fn epub(text: &str) -> Vec<u8> {
    let container = "<?xml version=\"1.0\"?><container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>";
    let package = "<?xml version=\"1.0\"?><package xmlns:dc=\"d\"><metadata><dc:creator>Petra Muster</dc:creator><dc:language>de</dc:language><dc:date>2026-07-08</dc:date></metadata><manifest><item id=\"c\" href=\"eins.xhtml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>";
    let chapter = format!("<html><body><h1>Zwei Länder</h1><p>{text}</p></body></html>");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    out.start_file("mimetype", stored).unwrap();
    out.write_all(b"application/epub+zip").unwrap();
    for (name, text) in [
        ("META-INF/container.xml", container),
        ("OPS/book.opf", package),
        ("OPS/eins.xhtml", &chapter),
    ] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A PDF of one page with these lines (in Latin-1 letters only).
pub(crate) fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = Vec::from(&b"BT /F1 11 Tf 14 TL 50 780 Td\n"[..]);
    for line in lines {
        content.push(b'(');
        content.extend(line.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
        content.extend_from_slice(b") Tj T*\n");
    }
    content.extend_from_slice(b"ET");
    let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend_from_slice(b"\nendstream");
    let objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /CreationDate (D:20260708120000Z) >>".to_vec(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{xref}\n%%EOF\n",
            objects.len() + 1
        )
        .into_bytes(),
    );
    out
}

/// A record of a web archive that holds a page, its body sent in chunks.
pub(crate) fn warc(address: &str, page: &str) -> Vec<u8> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

/// A page as news sites make them: an article and much around it.
pub(crate) fn page() -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="de-DE"><head><meta charset="utf-8"><title>Zwei Länder bauen zusammen Boote | Beispielblatt</title>
<link rel="canonical" href="https://www.example.org/2026/07/09/boote.html">
<meta property="og:title" content="Zwei Länder bauen Boote"><meta name="author" content="Petra Muster">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"Beispielblatt"}},{{"@type":"NewsArticle","headline":"Zwei Länder bauen zusammen Boote","datePublished":"2026-07-08T21:30:00+02:00","author":{{"@type":"Person","name":"Petra Muster"}}}}]}}</script>
<style>p {{ color: red }}</style></head>
<body><div id="cookie-banner"><p>Wir verwenden Cookies, damit diese Seite funktioniert, und geben Daten an Partner weiter.</p></div>
<nav><ul><li><a href="/">Start</a><li><a href="/politik">Politik</a></ul></nav>
<main><article><h1>Zwei Länder bauen zusammen Boote</h1>
<div class="byline">Von Petra Muster</div><time datetime="2026-07-08">8. Juli 2026</time>
<figure><img src="a.jpg"><figcaption>Die Ministerin von Polen bei einem Besuch in Kiel</figcaption></figure>
<p>{TEXT}</p>
<div class="anzeige">Jetzt Teppiche aus dem Iran kaufen</div>
<h2>Was geplant ist</h2>
<p>Das Geschäft soll sechs Boote um&shy;fassen &ndash; Details nennt Oslo&nbsp;später. Eine ﬁnale Entscheidung fällt im Herbst, sagte der Minister in Ottawa.</p>
<aside class="related"><h3>Lesen Sie auch</h3><ul><li><a href="/x">Spanien kauft Panzer von Marokko</a></ul></aside>
</article></main>
<footer><a href="/impressum">Impressum</a></footer><script>var x = "Frankreich und Italien";</script></body></html>"#
    )
}
