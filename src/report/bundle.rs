//! The script and the style of the page, and the policy that lets nothing else run.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// How the page looks.
pub(super) const STYLE: &str = include_str!("page.css");
/// The interactive part; empty if the crate was built without it.
pub(super) const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/page.js"));

/// Whether pages of this build have the interactive network.
pub fn is_interactive() -> bool {
    !SCRIPT.is_empty()
}

/// The content security policy of the page: its own script and style by their hashes, no connection,
/// no frame, no form.
pub fn policy() -> String {
    let script = if is_interactive() {
        source(SCRIPT)
    } else {
        "'none'".to_owned()
    };
    format!(
        "default-src 'none'; script-src {script}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        source(STYLE)
    )
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// JSON as the text of a script element: nothing in it can end the element or begin another.
pub(super) fn data_block(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 50);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_data_block_is_markup() {
        let json = serde_json::to_string("</script><!--<script>&\u{2028}").unwrap();
        let block = data_block(&json);
        assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
        let back: String = serde_json::from_str(&block).unwrap();
        assert_eq!(back, "</script><!--<script>&\u{2028}");
    }

    #[test]
    fn own_text_cannot_end_its_element() {
        assert!(!SCRIPT.to_lowercase().contains("</script"));
        assert!(!STYLE.to_lowercase().contains("</style"));
    }
}
