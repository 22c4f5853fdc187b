//! The parameters of a request: each one known, each value checked, every mistake told with what was expected.

use jiff::civil::Date;

use super::problem::Problem;
use crate::error::hint_for;
use crate::gazetteer::Gazetteer;
use crate::query::Filter;
use crate::schema::Schema;
use crate::statement::Status;

/// Rows of a page unless more are asked for.
const ROWS: usize = 100;
/// Rows of a page at most.
const MOST_ROWS: usize = 10_000;
/// Longest value.
const LONGEST: usize = 300;

const STATUSES: [(&str, Status); 5] = [
    ("planned", Status::Planned),
    ("agreed", Status::Agreed),
    ("active", Status::Active),
    ("ended", Status::Ended),
    ("rejected", Status::Rejected),
];

/// A parameter of a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) gloss: &'static str,
    pub(super) required: bool,
    /// JSON Schema type.
    pub(super) holds: &'static str,
    pub(super) example: &'static str,
}

const fn param(
    name: &'static str,
    holds: &'static str,
    example: &'static str,
    gloss: &'static str,
) -> Param {
    Param {
        name,
        gloss,
        required: false,
        holds,
        example,
    }
}

const fn required(name: &'static str, example: &'static str, gloss: &'static str) -> Param {
    Param {
        required: true,
        ..param(name, "string", example, gloss)
    }
}

pub(super) const NAME: Param = required(
    "name",
    "Germany",
    "name or id of an entity, in any language",
);
pub(super) const A: Param = required("a", "Germany", "one end: name or id");
pub(super) const B: Param = required("b", "Norway", "the other end: name or id");
pub(super) const Q: Param = param("q", "string", "germ", "part of a name");
pub(super) const WITH: Param = param("with", "string", "Norway", "only ties with this entity");
pub(super) const KIND: Param = param(
    "kind",
    "string",
    "agreement",
    "only these kinds; repeat it or separate by commas",
);
pub(super) const STATUS: Param = param(
    "status",
    "string",
    "active",
    "only ties that stand like this; repeat it or separate by commas",
);
pub(super) const SINCE: Param = param(
    "since",
    "string",
    "2026-05",
    "only what happened or was reported on or after this day, month or year",
);
pub(super) const UNTIL: Param = param(
    "until",
    "string",
    "2026",
    "only what happened or was reported on or before this day, month or year",
);
pub(super) const HOSTILE: Param = param("hostile", "boolean", "true", "show hostile ties too");
pub(super) const MIN_CONFIDENCE: Param = param(
    "min_confidence",
    "number",
    "0.5",
    "only statements at least so sure, from 0 to 1",
);
pub(super) const LIMIT: Param = param("limit", "integer", "100", "rows at most, up to 10000");
pub(super) const OFFSET: Param = param("offset", "integer", "0", "rows to leave out at the start");

/// What was asked, with every name known.
#[derive(Debug)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the part of an address after `?`.
    pub(super) fn read(query: &str, known: &[Param]) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        for (name, value) in &pairs {
            if !known.iter().any(|param| param.name == name) {
                return Err(unknown(name, known));
            }
            if value.len() > LONGEST {
                let detail = format!(
                    "expected at most {LONGEST} bytes, but found {}",
                    value.len()
                );
                return Err(Problem::bad_parameter(name, detail));
            }
            if value.contains('\u{FFFD}') || value.contains(char::is_control) {
                let detail = "expected UTF-8 text without control characters";
                return Err(Problem::bad_parameter(name, detail));
            }
        }
        for param in known.iter().filter(|param| param.required) {
            if !pairs
                .iter()
                .any(|(name, value)| name == param.name && !value.trim().is_empty())
            {
                let hint = format!("add `{}={}`: {}", param.name, param.example, param.gloss);
                let detail = "expected a value, but found none";
                return Err(Problem::bad_parameter(param.name, detail).hint(hint));
            }
        }
        Ok(Self(pairs))
    }

    /// The value of a parameter; that it comes twice is a mistake.
    pub(super) fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.0.iter().filter(|(known, _)| known == name);
        let first = values.next().map(|(_, value)| value.trim());
        if values.next().is_some() {
            return Err(Problem::bad_parameter(
                name,
                "expected it once, but found it twice",
            ));
        }
        Ok(first.filter(|value| !value.is_empty()))
    }

    fn many(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.0.iter().filter(move |(known, _)| known == name);
        let values = values.flat_map(|(_, value)| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty())
    }

    fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(value) = self.one(name)? else {
            return Ok(usual);
        };
        match value.parse() {
            Ok(number) if number <= most => Ok(number),
            _ => {
                let detail = format!("expected a number from 0 to {most}, but found `{value}`");
                Err(Problem::bad_parameter(name, detail))
            }
        }
    }

    /// The wanted part of a list.
    pub(super) fn page<T>(&self, rows: impl Iterator<Item = T>) -> Result<Vec<T>, Problem> {
        let limit = self.number(LIMIT.name, ROWS, MOST_ROWS)?;
        let offset = self.number(OFFSET.name, 0, usize::MAX)?;
        Ok(rows.skip(offset).take(limit).collect())
    }

    fn share(&self, name: &str) -> Result<Option<f64>, Problem> {
        let Some(value) = self.one(name)? else {
            return Ok(None);
        };
        match value.parse() {
            Ok(share) if (0.0..=1.0).contains(&share) => Ok(Some(share)),
            _ => {
                let detail = format!("expected a number from 0 to 1, but found `{value}`");
                Err(Problem::bad_parameter(name, detail))
            }
        }
    }

    fn truth(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name)? {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(value) => {
                let detail = format!("expected `true` or `false`, but found `{value}`");
                Err(Problem::bad_parameter(name, detail))
            }
        }
    }

    fn date(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(value) = self.one(name)? else {
            return Ok(None);
        };
        let first = match value.len() {
            4 => format!("{value}-01-01"),
            7 => format!("{value}-01"),
            _ => value.to_owned(),
        };
        let first: Date = first.parse().map_err(|_| {
            let detail = format!(
                "expected a date such as `2026`, `2026-05` or `2026-05-27`, but found `{value}`"
            );
            Problem::bad_parameter(name, detail)
        })?;
        let last = match value.len() {
            4 => first.last_of_year(),
            7 => first.last_of_month(),
            _ => first,
        };
        Ok(Some(if name == UNTIL.name { last } else { first }))
    }

    /// The kinds of statement that are wanted.
    fn kinds(&self, schema: &Schema) -> Result<Vec<String>, Problem> {
        let known = || schema.statements.iter().map(|kind| kind.id.as_str());
        self.many(KIND.name)
            .map(|kind| word(KIND.name, kind, known))
            .collect()
    }

    /// The kinds of entity that are wanted.
    pub(super) fn entity_kinds(&self, schema: &Schema) -> Result<Vec<String>, Problem> {
        let known = || schema.entities.iter().map(|kind| kind.id.as_str());
        self.many(KIND.name)
            .map(|kind| word(KIND.name, kind, known))
            .collect()
    }

    /// The filter of a question; `with` is left to who knows the names.
    pub(super) fn filter(&self, gazetteer: &Gazetteer) -> Result<Filter, Problem> {
        let known = || STATUSES.iter().map(|(name, _)| *name);
        let status = |value: &str| -> Result<Status, Problem> {
            let name = word(STATUS.name, value, known)?;
            let found = STATUSES.iter().find(|(known, _)| *known == name);
            Ok(found.map_or(Status::Active, |(_, status)| *status))
        };
        Ok(Filter {
            kinds: self.kinds(gazetteer.schema())?,
            since: self.date(SINCE.name)?,
            until: self.date(UNTIL.name)?,
            statuses: self
                .many(STATUS.name)
                .map(status)
                .collect::<Result<_, _>>()?,
            hostile: self.truth(HOSTILE.name)?,
            min_confidence: self.share(MIN_CONFIDENCE.name)?,
            ..Filter::default()
        })
    }
}

/// A word of a list.
fn word<'a, I: Iterator<Item = &'a str>>(
    name: &str,
    value: &str,
    known: impl Fn() -> I,
) -> Result<String, Problem> {
    if known().any(|known| known == value) {
        return Ok(value.to_owned());
    }
    let detail = format!("no {name} is called `{value}`");
    let all = || known().collect::<Vec<_>>().join(", ");
    Err(Problem::bad_parameter(name, detail).hint(hint_for(value, known(), all)))
}

fn unknown(name: &str, known: &[Param]) -> Problem {
    let names = || known.iter().map(|param| param.name);
    let all = || match names().collect::<Vec<_>>().join(", ") {
        all if all.is_empty() => "this address takes no parameter".to_owned(),
        all => format!("the parameters are {all}"),
    };
    let detail = "no parameter has this name";
    Problem::bad_parameter(name, detail).hint(hint_for(name, names(), all))
}
