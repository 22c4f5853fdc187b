//! Why steps look at a token: a step begins at the tokens that bear its own mark, and sees no others.

/// A set of marks.
pub(super) type Marks = u16;

/// The word is a compound with a name in it.
pub(super) const COMPOUND: Marks = 1;
/// The word looks like an acronym.
pub(super) const ACRONYM: Marks = 1 << 1;
/// A body of a state starts here.
pub(super) const BODY: Marks = 1 << 2;
/// A unit's noun.
pub(super) const UNIT: Marks = 1 << 3;
/// A head word, or what shows a company.
pub(super) const HEAD: Marks = 1 << 4;
/// `called`, `namens`, or a quotation.
pub(super) const NAMED: Marks = 1 << 5;
/// Behind a comma or an apostrophe.
pub(super) const APPOSED: Marks = 1 << 6;
/// A capital first.
pub(super) const CAPITAL: Marks = 1 << 7;
/// Links or counts what stands beside it.
pub(super) const LISTED: Marks = 1 << 8;
/// Two capitals and more.
pub(super) const LOUD: Marks = 1 << 9;
/// An office starts here.
pub(super) const ROLE: Marks = 1 << 10;
/// A phrase of the lists may start with the word.
pub(super) const PHRASE: Marks = 1 << 11;
/// `than so and so many` count what stands behind them.
pub(super) const COUNTS: Marks = 1 << 12;

/// How many marks there are.
const COUNT: usize = 13;

/// Which tokens bear which marks: a row of bits for each mark.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    rows: Vec<u64>,
    /// Numbers of a row.
    width: usize,
}

impl Marked {
    /// No marks for so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        let width = tokens / 64 + 1;
        Self {
            rows: vec![0; width * COUNT],
            width,
        }
    }

    /// Marks a token.
    pub(super) fn set(&mut self, at: usize, mut marks: Marks) {
        while marks != 0 {
            let row = marks.trailing_zeros() as usize;
            if let Some(bits) = self.rows.get_mut(row * self.width + at / 64) {
                *bits |= 1 << (at % 64);
            }
            marks &= marks - 1;
        }
    }

    /// Whether a token bears a mark.
    pub(super) fn has(&self, at: usize, mark: Marks) -> bool {
        let row = mark.trailing_zeros() as usize;
        let bits = self.rows.get(row * self.width + at / 64);
        at / 64 < self.width && bits.is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// The first token from `from` on that bears a mark.
    pub(super) fn next(&self, from: usize, mark: Marks) -> Option<usize> {
        let row = mark.trailing_zeros() as usize * self.width;
        let first = row + from / 64;
        let here = self.rows.get(first..row + self.width)?;
        let mut hidden = !0 << (from % 64);
        here.iter().enumerate().find_map(|(at, bits)| {
            let bits = bits & std::mem::replace(&mut hidden, !0);
            let token = (from / 64 + at) * 64 + bits.trailing_zeros() as usize;
            (bits != 0).then_some(token)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_tokens_are_found_in_order() {
        for tokens in [1, 63, 64, 65, 200] {
            let mut marked = Marked::new(tokens);
            let wanted: Vec<usize> = (0..tokens)
                .filter(|at| at % 7 == 3 || at % 64 == 0)
                .collect();
            for &at in &wanted {
                marked.set(at, BODY | ROLE);
            }
            let (mut found, mut next) = (Vec::new(), 0);
            while let Some(at) = marked.next(next, ROLE) {
                found.push(at);
                next = at + 1;
            }
            assert_eq!(found, wanted);
            assert!((0..tokens + 70).all(|at| marked.has(at, BODY) == wanted.contains(&at)));
            assert_eq!(marked.next(0, UNIT), None);
        }
    }
}
