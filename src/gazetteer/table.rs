//! CSV with a header row, read line by line: cells borrow from the file, problems know their line.

use std::borrow::Cow;

use super::files::SourceFile;
use crate::error::{Problems, closest, did_you_mean};

/// The rows of one file. Cells come in the order of the wanted columns, whatever the file's order.
pub(super) struct Table<'a> {
    file: &'a SourceFile,
    lines: std::iter::Enumerate<std::str::Lines<'a>>,
    /// For each wanted column its place in the file.
    places: Vec<usize>,
    width: usize,
    cells: Vec<Cow<'a, str>>,
    /// Line of the current row, from 1.
    pub(super) line: usize,
}

impl<'a> Table<'a> {
    /// Reads the header; `None` if it is wrong.
    pub(super) fn open(
        file: &'a SourceFile,
        columns: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut lines = file.text.lines().enumerate();
        let (_, header) = lines.find(|(_, line)| !is_remark(line))?;
        let mut cells = Vec::new();
        if !split(header, &mut cells) {
            problems.add(&file.path, 1, "a quotation mark is not closed", "");
            return None;
        }
        let sound = check_header(file, &cells, columns, problems);
        let place = |column: &&str| cells.iter().position(|c| c == column);
        let places: Vec<usize> = columns.iter().filter_map(place).collect();
        sound.then_some(Self {
            file,
            lines,
            places,
            width: cells.len(),
            cells: Vec::new(),
            line: 1,
        })
    }

    /// Goes to the next sound row, reporting and skipping the others; false at the end.
    pub(super) fn advance(&mut self, problems: &mut Problems) -> bool {
        while let Some((at, text)) = self.lines.next() {
            self.line = at + 1;
            if is_remark(text) {
                continue;
            }
            if text.is_empty() {
                self.report(problems, "empty line", "remove it");
            } else if self.read(text, problems) {
                return true;
            }
        }
        false
    }

    /// A cell of the current row, by the number of the wanted column.
    pub(super) fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column);
        place.and_then(|&p| self.cells.get(p)).map_or("", |c| &**c)
    }

    /// Adds a problem of the current row.
    pub(super) fn report(&self, problems: &mut Problems, message: impl Into<String>, hint: &str) {
        problems.add(&self.file.path, self.line, message, hint);
    }

    fn read(&mut self, text: &'a str, problems: &mut Problems) -> bool {
        if !split(text, &mut self.cells) {
            self.report(
                problems,
                "a quotation mark is not closed",
                "a cell stands on one line; a quotation mark inside a quoted cell is written twice",
            );
            return false;
        }
        if self.cells.len() != self.width {
            let message = format!(
                "expected {} cells, but found {}",
                self.width,
                self.cells.len()
            );
            let hint = "a cell with a comma in it is put in quotation marks";
            self.report(problems, message, hint);
            return false;
        }
        if text.bytes().any(|b| !(b' '..0x7F).contains(&b)) && text.chars().any(is_invisible) {
            self.report(problems, "control or invisible character", "remove it");
            return false;
        }
        if self.cells.iter().any(|c| c.trim().len() != c.len()) {
            self.report(problems, "blank at the start or end of a cell", "remove it");
            return false;
        }
        true
    }
}

/// A line that says something to people only, also after a spreadsheet has put it in quotation marks.
fn is_remark(line: &str) -> bool {
    line.trim_start_matches('"').starts_with('#')
}

fn check_header(
    file: &SourceFile,
    found: &[Cow<'_, str>],
    wanted: &[&str],
    problems: &mut Problems,
) -> bool {
    let before = problems.len();
    let columns = format!("columns: {}", wanted.join(","));
    for (i, name) in found.iter().enumerate() {
        if !wanted.contains(&&**name) {
            let close = did_you_mean(&closest(name, wanted.iter().copied(), 1));
            let hint = if close.is_empty() { &columns } else { &close };
            problems.add(&file.path, 1, format!("unknown column \"{name}\""), hint);
        } else if found.iter().take(i).any(|other| other == name) {
            problems.add(
                &file.path,
                1,
                format!("duplicate column \"{name}\""),
                &columns,
            );
        }
    }
    for name in wanted {
        if !found.iter().any(|c| c == name) {
            problems.add(
                &file.path,
                1,
                format!("missing column \"{name}\""),
                &columns,
            );
        }
    }
    before == problems.len()
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{FEFF}')
}

/// Splits a line into cells; false if a quotation mark is not closed.
fn split<'a>(line: &'a str, cells: &mut Vec<Cow<'a, str>>) -> bool {
    cells.clear();
    if memchr::memchr(b'"', line.as_bytes()).is_none() {
        cells.extend(line.split(',').map(Cow::Borrowed));
        return true;
    }
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (cell, after) = match text.strip_prefix('"') {
            Some(quoted) => match quoted_cell(quoted) {
                Some((cell, after)) => (Cow::Owned(cell), after),
                None => return false,
            },
            None => match text.split_once(',') {
                Some((cell, after)) => (Cow::Borrowed(cell), Some(after)),
                None => (Cow::Borrowed(text), None),
            },
        };
        cells.push(cell);
        rest = after;
    }
    true
}

/// The cell after an opening quotation mark and what follows its comma.
fn quoted_cell(text: &str) -> Option<(String, Option<&str>)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        if let Some(more) = after.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else if after.is_empty() {
            return Some((cell, None));
        } else {
            return after.strip_prefix(',').map(|after| (cell, Some(after)));
        }
    }
}
