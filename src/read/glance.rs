//! What a line is told by at a glance: how many words it has, and whether it may hold the signs of a menu.

/// Bytes that are looked at together, so few that a byte can count them.
const LANE: usize = 64;

/// How many words a text has: as `split_whitespace` counts them.
pub(super) fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some((first, rest)) = bytes.split_first() else {
        return 0;
    };
    let mut count = usize::from(!is_blank(*first));
    let mut wide = is_wide(*first);
    for (before, here) in bytes.chunks(LANE).zip(rest.chunks(LANE)) {
        let (mut starts, mut odd) = (0_u8, false);
        for (&before, &here) in before.iter().zip(here) {
            starts += u8::from(is_blank(before) & !is_blank(here));
            odd |= is_wide(here);
        }
        count += usize::from(starts);
        wide |= odd;
    }
    if wide {
        return text.split_whitespace().count();
    }
    count
}

/// Blank space of ASCII.
fn is_blank(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// Whether a sign that is blank space and no ASCII can begin with this byte.
fn is_wide(byte: u8) -> bool {
    (byte == 0xC2) | (byte.wrapping_sub(0xE1) < 3)
}

/// Whether two blanks stand together, or a byte that only separators and signs of other languages have.
pub(super) fn is_striking(text: &str) -> bool {
    let bytes = text.as_bytes();
    let rest = bytes.get(1..).unwrap_or_default();
    let ends = [bytes.first(), bytes.last()];
    ends.into_iter().flatten().any(|&byte| strikes(byte))
        || bytes.chunks(LANE).zip(rest.chunks(LANE)).any(|(a, b)| {
            let mut found = false;
            for (&before, &here) in a.iter().zip(b) {
                found |= strikes(here) | (is_blank(before) & is_blank(here));
            }
            found
        })
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches it is done for many at once"
)]
fn strikes(byte: u8) -> bool {
    (byte == b'|') | (byte == b'\t') | (byte == b'/') | (byte == b'+') | is_wide(byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_those_between_blanks(text in "[a-z \n\t\u{A0}\u{2003}\u{3000}„“ä.]{0,200}") {
            prop_assert_eq!(words(&text), text.split_whitespace().count());
        }

        #[test]
        fn what_strikes_is_seen(text in "[a-z ]{0,140}", sign in "[|/+„]|  ", at in 0_usize..140) {
            let at = at.min(text.len());
            let struck = format!("{}{sign}{}", &text[..at], &text[at..]);
            prop_assert!(is_striking(&struck));
            prop_assert_eq!(is_striking(&text), text.contains("  "));
        }
    }
}
