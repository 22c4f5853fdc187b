//! The parameters of a request: each one known, each value checked, every mistake told with what was expected.

use jiff::civil::Date;

use super::problem::Problem;
use super::site::Site;
use crate::error::hint_for;
use crate::query::{self, Filter};
use crate::statement::Status;

/// Rows of a page unless more are asked for.
const ROWS: usize = 100;
/// Rows of a page at most.
const MOST_ROWS: usize = 10_000;
/// Longest value.
const LONGEST: usize = 300;

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
pub(super) const BY: Param = param(
    "by",
    "string",
    "strength",
    "degree, strength, betweenness or community",
);
pub(super) const ENTITY_KIND: Param = param(
    "kind",
    "string",
    "country",
    "only these kinds of entity; repeat it or separate by commas",
);
pub(super) const LIMIT: Param = param("limit", "integer", "100", "rows at most, up to 10000");
pub(super) const OFFSET: Param = param("offset", "integer", "0", "rows to leave out at the start");

const KIND: Param = param(
    "kind",
    "string",
    "agreement",
    "only these kinds; repeat it or separate by commas",
);
const STATUS: Param = param(
    "status",
    "string",
    "active",
    "only ties that stand like this; repeat it or separate by commas",
);
const SINCE: Param = param(
    "since",
    "string",
    "2026-05",
    "only what happened or was reported on or after this day, month or year",
);
const UNTIL: Param = param(
    "until",
    "string",
    "2026",
    "only what happened or was reported on or before this day, month or year",
);
const AS_OF: Param = param(
    "as_of",
    "string",
    "2026-06",
    "only what was known on this day",
);
const DOMAIN: Param = param(
    "domain",
    "string",
    "air",
    "only these domains; repeat it or separate by commas",
);
const MIN_CONFIDENCE: Param = param(
    "min_confidence",
    "number",
    "0.5",
    "only statements at least so sure, from 0 to 1",
);
const MIN_SOURCES: Param = param(
    "min_sources",
    "integer",
    "2",
    "only ties that so many independent sources speak of",
);
const SOURCE: Param = param(
    "source",
    "string",
    "example.org",
    "only documents whose source or id has this in it; repeat it or separate by commas",
);
pub(super) const HOSTILE: Param = param("hostile", "boolean", "true", "show hostile ties too");

/// What every question takes.
pub(super) const FILTER: &[Param] = &[
    KIND,
    STATUS,
    SINCE,
    UNTIL,
    AS_OF,
    DOMAIN,
    MIN_CONFIDENCE,
    MIN_SOURCES,
    SOURCE,
    HOSTILE,
];

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

    /// The value of a parameter that must be there.
    pub(super) fn required(&self, param: &Param) -> Result<&str, Problem> {
        let missing = || Problem::bad_parameter(param.name, "expected a value, but found none");
        self.one(param.name)?.ok_or_else(missing)
    }

    /// Whether a parameter is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
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
        let end = name == UNTIL.name || name == AS_OF.name;
        Ok(Some(if end { last } else { first }))
    }

    fn words<'k, I: Iterator<Item = &'k str>>(
        &self,
        name: &str,
        known: impl Fn() -> I,
    ) -> Result<Vec<String>, Problem> {
        self.many(name)
            .map(|value| word(name, value, &known))
            .collect()
    }

    /// The kinds of entity that are wanted; all if empty.
    pub(super) fn entity_kinds(&self, site: &Site) -> Result<Vec<String>, Problem> {
        let kinds = &site.gazetteer.schema().entities;
        self.words(ENTITY_KIND.name, || {
            kinds.iter().map(|kind| kind.id.as_str())
        })
    }

    fn statuses(&self) -> Result<Vec<Status>, Problem> {
        let words = self.words(STATUS.name, || Status::ALL.iter().map(|s| s.as_str()))?;
        let status = |word: &String| Status::ALL.into_iter().find(|s| s.as_str() == word);
        Ok(words.iter().filter_map(status).collect())
    }

    /// The filter of a question; `with` is left to who knows the names.
    pub(super) fn filter(&self, site: &Site) -> Result<Filter, Problem> {
        let schema = site.gazetteer.schema();
        let mut filter = Filter {
            kinds: self.words(KIND.name, || {
                schema.statements.iter().map(|kind| kind.id.as_str())
            })?,
            since: self.date(SINCE.name)?,
            until: self.date(UNTIL.name)?,
            as_of: self.date(AS_OF.name)?,
            statuses: self.statuses()?,
            domains: self.words(DOMAIN.name, query::domains)?,
            min_confidence: self.share(MIN_CONFIDENCE.name)?,
            min_sources: self.number(MIN_SOURCES.name, 0, MOST_ROWS)?,
            sources: self.many(SOURCE.name).map(str::to_owned).collect(),
            hostile: self.truth(HOSTILE.name)?,
            ..Filter::default()
        };
        if let (Some(since), Some(until)) = (filter.since, filter.until)
            && since > until
        {
            let detail = format!("{since} is after `until` {until}");
            return Err(Problem::bad_parameter(SINCE.name, detail));
        }
        filter.find_domains(&site.graph, site.gazetteer);
        Ok(filter)
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
