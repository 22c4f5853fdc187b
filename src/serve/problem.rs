//! What went wrong, as RFC 9457 says it: a JSON object with a status, a title and what to do.

use serde::Serialize;

/// An answer that is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{detail}")]
pub struct Problem {
    /// A word for programs.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for people.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is the matter here.
    pub detail: String,
    /// What to try next.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

impl Problem {
    fn new(status: u16, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:entente:problem:{kind}"),
            title,
            status,
            detail: detail.into(),
            hint: String::new(),
        }
    }

    /// Adds advice.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub(super) fn bad_parameter(name: &str, detail: impl Into<String>) -> Self {
        let detail = format!("failed to read `{name}`: {}", detail.into());
        Self::new(400, "parameter", "Wrong parameter", detail)
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(400, "request", "Wrong request", detail)
    }

    pub(super) fn wrong_host(host: &str) -> Self {
        let detail = format!("this server does not answer for `{host}`");
        Self::new(421, "host", "Wrong host", detail)
            .hint("ask for 127.0.0.1 or localhost, or start it with `--allow-host NAME`")
    }

    pub(super) fn no_such_path(path: &str) -> Self {
        let detail = format!("nothing is at `{path}`");
        Self::new(404, "path", "Not found", detail).hint("/api/v1/openapi.json lists what there is")
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(404, "entity", "Not found", detail)
    }

    pub(super) fn method(method: &str) -> Self {
        let detail = format!("expected GET or HEAD, but found {method}");
        Self::new(405, "method", "Read only", detail)
    }

    pub(super) fn too_long(most: usize) -> Self {
        let detail = format!("expected an address of at most {most} bytes");
        Self::new(414, "address", "Address too long", detail)
    }

    pub(super) fn body() -> Self {
        let detail = "expected a request without a body";
        Self::new(413, "body", "Body not wanted", detail)
    }

    pub(super) fn busy() -> Self {
        let detail = "the answer took too long";
        Self::new(503, "busy", "Too busy", detail).hint("ask for less, or again later")
    }

    pub(super) fn defect() -> Self {
        let detail = "a defect of entente";
        Self::new(500, "defect", "Defect", detail).hint("report it with the address, please")
    }

    /// As JSON.
    pub(super) fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
