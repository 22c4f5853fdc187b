//! Words on a terminal: styles, columns, and where they go.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Column heads and names.
pub(crate) const BOLD: Style = Style::new().bold();
/// What is less important.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Parties of a claim.
pub(crate) const PARTY: Style = AnsiColor::Cyan.on_default().bold();
/// Words that carry a claim.
pub(crate) const TRIGGER: Style = AnsiColor::Yellow.on_default().bold();
/// Commands to try.
pub(crate) const COMMAND: Style = AnsiColor::Cyan.on_default();
/// `skipped:`
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// `error:`
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// `hint:`
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Buffered standard output; colour codes are taken out unless it is a terminal that wants them.
pub(crate) fn stdout() -> BufWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    BufWriter::new(anstream::stdout().lock())
}

/// Standard error, likewise.
pub(crate) fn stderr() -> anstream::AutoStream<io::StderrLock<'static>> {
    anstream::stderr().lock()
}

/// Columns of the terminal that shows standard output; none when it goes to a file or a pipe.
pub(crate) fn width() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
    io::stdout().is_terminal().then_some(usize::from(columns.0))
}

/// A value as indented JSON and a line end.
pub(crate) fn json(to: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, value)?;
    writeln!(to)
}

/// Words in a style.
pub(crate) fn styled(style: Style, words: &str) -> String {
    format!("{style}{words}{style:#}")
}

/// `1 document`, `2 documents`.
pub(crate) fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `3 sources`, or `3 sources (+4 copies)`.
pub(crate) fn sources(sources: usize, copies: usize) -> String {
    let sources = plural(sources, "source", "sources");
    if copies == 0 {
        sources
    } else {
        format!("{sources} (+{})", plural(copies, "copy", "copies"))
    }
}

/// The same in a column: `3`, or `3 (+4 copies)`.
pub(crate) fn sources_cell(sources: usize, copies: usize) -> String {
    if copies == 0 {
        sources.to_string()
    } else {
        format!("{sources} (+{})", plural(copies, "copy", "copies"))
    }
}

/// A number with commas between thousands.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Where a column's words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// At the left edge.
    Left,
    /// At the right edge.
    Right,
}

/// Rows of words in columns, as wide as they need to be and no wider than the terminal.
pub(crate) struct Table {
    heads: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
    /// Words below a row, by its number.
    notes: Vec<(usize, String)>,
    /// The column that gives way when the terminal is too narrow.
    flexible: usize,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new<S: Into<String> + Clone>(heads: &[(S, Align)], flexible: usize) -> Self {
        let heads = heads
            .iter()
            .map(|(head, align)| (head.clone().into(), *align))
            .collect();
        Self {
            heads,
            rows: Vec::new(),
            notes: Vec::new(),
            flexible,
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds words below the last row.
    pub(crate) fn note(&mut self, words: String) {
        self.notes.push((self.rows.len(), words));
    }

    /// Writes heads and rows as Markdown; what stands below a row is its last column.
    pub(crate) fn write_markdown(&self, to: &mut impl Write) -> io::Result<()> {
        let noted = !self.notes.is_empty();
        let heads = self.heads.iter().map(|(head, _)| head.as_str());
        let heads: Vec<&str> = heads.chain(noted.then_some("SENTENCE")).collect();
        markdown_row(to, heads.into_iter())?;
        let rules = self.heads.iter().map(|(_, align)| match align {
            Align::Left => "---",
            Align::Right => "--:",
        });
        markdown_row(to, rules.chain(noted.then_some("---")))?;
        for (at, row) in self.rows.iter().enumerate() {
            let below = self.notes_below(at).iter();
            let below: Vec<&str> = below.map(|(_, words)| words.as_str()).collect();
            let below = below.join(" ");
            let cells = row.iter().map(String::as_str);
            markdown_row(to, cells.chain(noted.then_some(below.as_str())))?;
        }
        Ok(())
    }

    /// Writes heads and rows.
    pub(crate) fn write(&self, to: &mut impl Write, width: Option<usize>) -> io::Result<()> {
        let widths = self.widths(width);
        let heads: Vec<String> = self.heads.iter().map(|(head, _)| head.clone()).collect();
        self.line(to, &heads, &widths, BOLD)?;
        for (at, row) in self.rows.iter().enumerate() {
            self.line(to, row, &widths, Style::new())?;
            for (_, words) in self.notes_below(at) {
                writeln!(to, "   {}", styled(DIM, words))?;
            }
        }
        Ok(())
    }

    /// What stands below a row; notes come in the order of rows.
    fn notes_below(&self, row: usize) -> &[(usize, String)] {
        let from = self.notes.partition_point(|(of, _)| *of <= row);
        let to = self.notes.partition_point(|(of, _)| *of <= row + 1);
        self.notes.get(from..to).unwrap_or_default()
    }

    fn widths(&self, terminal: Option<usize>) -> Vec<usize> {
        let mut widths: Vec<usize> = self.heads.iter().map(|(head, _)| head.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        // One blank before the first column, two between columns.
        let needed = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1) + 1;
        if let (Some(terminal), Some(flexible)) = (terminal, widths.get_mut(self.flexible)) {
            let over = needed.saturating_sub(terminal);
            *flexible = flexible.saturating_sub(over).max(8.min(*flexible));
        }
        widths
    }

    fn line(
        &self,
        to: &mut impl Write,
        cells: &[String],
        widths: &[usize],
        style: Style,
    ) -> io::Result<()> {
        let mut line = String::from(" ");
        for (at, ((cell, &width), (_, align))) in
            cells.iter().zip(widths).zip(&self.heads).enumerate()
        {
            let cell = shorten(cell, width);
            let blank = " ".repeat(width.saturating_sub(cell.width()));
            if at > 0 {
                line.push_str("  ");
            }
            match align {
                Align::Left => line.extend([cell.as_str(), &blank]),
                Align::Right => line.extend([blank.as_str(), &cell]),
            }
        }
        writeln!(to, "{}", styled(style, line.trim_end()))
    }
}

/// A row of a Markdown table: no cell breaks it, and none has a link or a tag in it.
fn markdown_row<'c>(to: &mut impl Write, cells: impl Iterator<Item = &'c str>) -> io::Result<()> {
    write!(to, "|")?;
    for cell in cells {
        write!(to, " {} |", markdown(cell))?;
    }
    writeln!(to)
}

/// Words that Markdown shows as they are.
pub(crate) fn markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in one_line(words).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// At most `width` columns of `words`, with an ellipsis where something is left out.
pub(crate) fn shorten(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in words.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Blank space of any kind as one blank, so that a passage fits on a line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table, width: Option<usize>) -> String {
        let mut bytes = Vec::new();
        table
            .write(&mut anstream::StripStream::new(&mut bytes), width)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn columns_are_as_wide_as_their_words() {
        let mut table = Table::new(
            &[
                ("NAME", Align::Left),
                ("ABOUT", Align::Left),
                ("N", Align::Right),
            ],
            1,
        );
        table.row(vec!["Åland".into(), "東京 talks".into(), "7".into()]);
        table.row(vec!["Norway".into(), String::new(), "12".into()]);
        let expected =
            " NAME    ABOUT        N\n Åland   東京 talks   7\n Norway              12\n";
        assert_eq!(written(&table, None), expected);
        assert_eq!(written(&table, Some(80)), expected);
    }

    #[test]
    fn a_narrow_terminal_shortens_one_column() {
        let mut table = Table::new(&[("NAME", Align::Left), ("ABOUT", Align::Left)], 1);
        table.row(vec![
            "Norway".into(),
            "a very long account of submarines".into(),
        ]);
        let lines = written(&table, Some(24));
        assert_eq!(lines, " NAME    ABOUT\n Norway  a very long ac…\n");
    }

    #[test]
    fn words_are_shortened_by_their_width() {
        assert_eq!(shorten("Norway", 6), "Norway");
        assert_eq!(shorten("Norway", 4), "Nor…");
        assert_eq!(shorten("東京東京", 5), "東京…");
        assert_eq!(shorten("a bc", 3), "a…");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(plural(1, "tie", "ties"), "1 tie");
    }
}
