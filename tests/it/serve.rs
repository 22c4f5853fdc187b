//! The server as a client meets it: what each address answers, and how it says no.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};

use serde_json::Value;

use crate::command::{built, entente, run};

/// A server on a free port; it ends with the tests.
struct Served {
    child: Child,
    /// Held open, so that it can be written to.
    _stderr: BufReader<ChildStderr>,
    port: u16,
}

impl Served {
    fn start(args: &[&str]) -> Self {
        let args = [&["serve", "--port", "0"], args].concat();
        let mut child = entente(built(), &args)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        stderr.read_line(&mut line).unwrap();
        let port = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let port = port
            .and_then(|port| port.parse().ok())
            .unwrap_or_else(|| panic!("{line}"));
        Self {
            child,
            _stderr: stderr,
            port,
        }
    }

    /// What comes back for some bytes.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|s| s.parse().ok())
                .unwrap_or(0),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, target: &str) -> Answer {
        self.with(target, "")
    }

    fn with(&self, target: &str, headers: &str) -> Answer {
        self.raw(&format!(
            "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        ))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .into_iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }
}

/// A server of its own for every test: one that all share would outlive them and hold their standard output open.
fn served() -> Served {
    Served::start(&[])
}

#[test]
fn every_address_answers() {
    let server = served();
    let document = server.get("/api/v1/openapi.json").json();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 12);
    for (path, item) in paths {
        let params = item["get"]["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let query: Vec<String> = params
            .iter()
            .filter(|param| param["required"] == true)
            .map(|param| {
                format!(
                    "{}={}",
                    param["name"].as_str().unwrap(),
                    param["example"].as_str().unwrap()
                )
            })
            .collect();
        let answer = server.get(&format!(
            "{path}{}{}",
            if query.is_empty() { "" } else { "?" },
            query.join("&")
        ));
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        let media = item["get"]["responses"]["200"]["content"]
            .as_object()
            .unwrap();
        let media = media.keys().next().unwrap();
        assert!(
            answer.header("content-type").starts_with(media.as_str()),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "",
            "no other site by default"
        );
        if media == "application/json" {
            answer.json();
        }
    }
}

#[test]
fn answers_are_those_of_the_commands() {
    let server = served();
    let command = |args: &[&str]| String::from_utf8(run(built(), args).stdout).unwrap();
    let who: Value =
        serde_json::from_str(&command(&["who", "Germany", "--format", "json"])).unwrap();
    assert_eq!(server.get("/api/v1/who?name=Deutschland").json(), who);
    for format in entente::export::FORMATS {
        let (name, file) = (format.id, format.file);
        let written = run(built(), &["export", "--format", name]).stdout;
        assert_eq!(
            server.get(&format!("/api/v1/{file}")).body,
            String::from_utf8_lossy(&written),
            "{file}"
        );
    }
    assert_eq!(server.get("/").body, command(&["report", "--out", "-"]));
    for (target, args) in [
        ("stats", &["stats"][..]),
        ("sources", &["sources"]),
        (
            "top?by=strength",
            &["top", "--by", "strength", "--limit", "99"],
        ),
        ("path?a=Norway&b=Iceland", &["path", "Norway", "Iceland"]),
        (
            "timeline?name=Germany&since=2026",
            &["timeline", "Germany", "--since", "2026"],
        ),
    ] {
        let args = [args, &["--format", "json"]].concat();
        let told: Value = serde_json::from_str(&command(&args)).unwrap();
        assert_eq!(
            server.get(&format!("/api/v1/{target}")).json(),
            told,
            "{target}"
        );
    }
    let documents = server.get("/api/v1/documents?limit=3&offset=6").json();
    assert_eq!(documents["documents"].as_array().unwrap().len(), 2);
    let why = server.get("/api/v1/why?a=country:CAN&b=Norwegen").json();
    assert_eq!(why["b"]["name"], "Norway");
    assert!(why["edges"][0]["passages"][0]["evidence"]["sentence"].is_string());
}

/// Address, status, part of the detail, part of the hint.
const WRONG: &[(&str, u16, &str, &str)] = &[
    ("/nowhere", 404, "nothing is at `/nowhere`", "openapi"),
    ("/api/v1", 404, "nothing is at", "openapi"),
    ("/api/v1/../../etc/passwd", 404, "nothing is at", ""),
    ("/api/v1/%2e%2e/%2e%2e/etc/passwd", 404, "nothing is at", ""),
    (
        "/api/v1/who",
        400,
        "failed to read `name`: expected a value",
        "name=Germany",
    ),
    ("/api/v1/who?name=", 400, "expected a value", "name=Germany"),
    ("/api/v1/who?name=%20", 400, "expected a value", ""),
    (
        "/api/v1/who?name=Germny",
        404,
        "no entity is called `Germny`",
        "Germany",
    ),
    (
        "/api/v1/who?name=Mali",
        404,
        "no document speaks of it",
        "entities",
    ),
    ("/api/v1/who?name=a%00b", 400, "control characters", ""),
    ("/api/v1/who?name=%ff%fe", 400, "UTF-8", ""),
    (
        "/api/v1/who?name=Germany&name=Norway",
        400,
        "expected it once",
        "",
    ),
    (
        "/api/v1/who?name=Germany&nme=x",
        400,
        "failed to read `nme`",
        "name",
    ),
    (
        "/api/v1/who?name=Germany&kind=agrement",
        400,
        "no kind is called `agrement`",
        "agreement",
    ),
    (
        "/api/v1/who?name=Germany&status=firm",
        400,
        "no status is called `firm`",
        "planned",
    ),
    (
        "/api/v1/who?name=Germany&since=yesterday",
        400,
        "expected a date",
        "",
    ),
    (
        "/api/v1/who?name=Germany&since=2026-13",
        400,
        "expected a date",
        "",
    ),
    (
        "/api/v1/who?name=Germany&hostile=maybe",
        400,
        "expected `true` or `false`",
        "",
    ),
    (
        "/api/v1/who?name=Germany&min_confidence=2",
        400,
        "expected a number from 0 to 1",
        "",
    ),
    (
        "/api/v1/who?name=Germany&min_confidence=NaN",
        400,
        "expected a number from 0 to 1",
        "",
    ),
    (
        "/api/v1/who?name=Germany&with=Germny",
        404,
        "no entity is called `Germny`",
        "",
    ),
    (
        "/api/v1/why?a=Germany",
        400,
        "failed to read `b`",
        "b=Norway",
    ),
    (
        "/api/v1/ties?limit=-1",
        400,
        "expected a number from 0 to 10000, but found `-1`",
        "",
    ),
    ("/api/v1/ties?limit=99999", 400, "expected a number", ""),
    ("/api/v1/ties?offset=1e3", 400, "expected a number", ""),
    (
        "/api/v1/entities?kind=countri",
        400,
        "no kind is called `countri`",
        "country",
    ),
    (
        "/api/v1/top?by=fame",
        400,
        "no measure is called `fame`",
        "betweenness",
    ),
    ("/api/v1/path?a=Germany&b=", 400, "failed to read `b`", ""),
    (
        "/api/v1/stats?min_sources=many",
        400,
        "expected a number",
        "",
    ),
    (
        "/api/v1/ties?domain=see",
        400,
        "no domain is called `see`",
        "sea",
    ),
    (
        "/api/v1/kinds?x=1",
        400,
        "no parameter has this name",
        "takes no parameter",
    ),
];

#[test]
fn wrong_requests_are_told_what_is_wrong() {
    let server = served();
    let long = format!("/api/v1/who?name={}", "x".repeat(5000));
    let value = format!("/api/v1/who?name={}", "x".repeat(301));
    let more = [
        (long.as_str(), 414, "expected an address of at most", ""),
        (value.as_str(), 400, "expected at most 300 bytes", ""),
    ];
    let rows = WRONG.iter().chain(&more);
    for &(target, status, told, hint) in rows {
        let answer = server.get(target);
        assert_eq!(answer.status, status, "{target}: {answer:?}");
        problem(&answer, target, told);
        let said = answer.json()["hint"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(said.contains(hint), "{target}: {said}");
    }
}

#[test]
fn wrong_messages_are_refused() {
    let server = served();
    for (request, status, told) in [
        (
            "POST /api/v1/stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            405,
            "GET or HEAD",
        ),
        (
            "DELETE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            405,
            "GET or HEAD",
        ),
        (
            "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            405,
            "GET or HEAD",
        ),
        (
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
            413,
            "without a body",
        ),
        (
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            400,
            "expected a `Host`",
        ),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            400,
            "several",
        ),
        (
            "GET / HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n",
            421,
            "does not answer for",
        ),
    ] {
        let answer = server.raw(request);
        assert_eq!(answer.status, status, "{request}: {answer:?}");
        problem(&answer, request, told);
    }
    // What is no HTTP at all gets the bare answer of the HTTP library.
    for request in [
        "hello\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
    ] {
        let answer = server.raw(request);
        assert!((400..600).contains(&answer.status), "{request}: {answer:?}");
    }
    assert_eq!(server.get("/healthz").json()["status"], "ok");
}

fn problem(answer: &Answer, request: &str, told: &str) {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{request}"
    );
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status, "{request}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(told), "{request}: {detail}");
    for part in ["type", "title"] {
        assert!(problem[part].is_string(), "{request}: {part}");
    }
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = served();
    for target in ["/", "/api/v1/who?name=Germany", "/api/v1/edges.csv"] {
        let tag = server.get(target).header("etag").to_owned();
        assert!(tag.starts_with("w/\""), "{tag}");
        let tag = tag.replacen("w/", "W/", 1);
        let again = server.with(target, &format!("If-None-Match: \"x\", {tag}\r\n"));
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{target}");
        assert_eq!(server.with(target, "If-None-Match: \"x\"\r\n").status, 200);
    }
    let a = server
        .get("/api/v1/who?name=Germany")
        .header("etag")
        .to_owned();
    let b = server
        .get("/api/v1/who?name=Norway")
        .header("etag")
        .to_owned();
    assert_ne!(a, b);
    let packed = server.with("/", "Accept-Encoding: br, gzip;q=0.5\r\n");
    assert_eq!(packed.header("content-encoding"), "gzip");
    let head = server.raw("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn counts_for_prometheus() {
    let server = Served::start(&["--cors", "https://dash.example.org"]);
    server.get("/api/v1/stats");
    server.get("/nowhere");
    let answer = server.get("/metrics");
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://dash.example.org"
    );
    for line in [
        "entente_requests_total{route=\"/api/v1/stats\",status=\"200\"} 1",
        "entente_requests_total{route=\"unknown\",status=\"404\"} 1",
        "entente_request_seconds_count 2",
        "entente_documents 8",
    ] {
        assert!(
            answer.body.lines().any(|known| known == line),
            "{line}: {}",
            answer.body
        );
    }
}

#[test]
fn a_taken_port_and_a_missing_store_are_told() {
    let server = served();
    let port = server.port.to_string();
    let output = run(built(), &["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.contains("failed to listen on 127.0.0.1") && error.contains("--port"),
        "{error}"
    );
    let output = run(built(), &["serve", "--db", "nowhere.db"]);
    assert_eq!(output.status.code(), Some(2));
}
