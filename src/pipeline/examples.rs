//! Holds the linker against the sentences that were written for its rules.
//!
//! `rules/examples/<lang>.csv` has a sentence a row: whose words it shows, what it says, what it does not
//! say. First every row must be sound: the rule's words stand in it, and the claim is a candidate. Then the
//! whole linker must decide right. The first is an error of whoever wrote the row or the rule; the second
//! moves with the model and is counted.

use std::borrow::Cow;

use serde::Deserialize;

use super::Pipeline;
use crate::document::Document;
use crate::error::{Problem, Problems};
use crate::gazetteer::SourceFile;
use crate::linker::{Explained, PairView, Verdict};
use crate::mention::EntityId;
use crate::statement::{Statement, Status};

/// What came of the sentences.
#[derive(Clone, Debug, Default)]
pub struct Examined {
    /// Rows that are wrong: no such rule, no such name, no word of the rule, no candidate.
    pub problems: Problems,
    /// What is decided otherwise than the row says.
    pub warnings: Problems,
    /// Claims that must be read.
    pub says: Held,
    /// Claims that must not be read.
    pub not: Held,
    /// Number of rows by rule (`<lang>.<name>`): with something to read, with something not to.
    pub rules: Vec<(String, usize, usize)>,
}

/// How many of some claims are decided as they should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Decided right.
    pub held: usize,
    /// All.
    pub of: usize,
}

impl Held {
    fn count(&mut self, holds: bool) {
        self.held += usize::from(holds);
        self.of += 1;
    }
}

/// A row. Several claims are joined by `|`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The rule whose words it shows.
    rule: String,
    text: String,
    /// What must be read: `agreement DEU NOR`, `transfer NLD -> DNK`, `acquires NOR -> leopard-2`.
    says: String,
    /// What must not be read, unless as denied.
    not: String,
    /// Why that is no candidate at all: `enemy`, `civil`, `name`, `trigger`; empty if the model decides.
    lacks: String,
}

/// A claim of a row.
struct Claim<'r> {
    kind: &'r str,
    a: &'r str,
    b: &'r str,
    symmetric: bool,
}

/// The day that the sentences are read as published on: it decides who holds an office.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2026, 6, 15);

/// Reads every sentence of some files.
pub fn examine(pipeline: &Pipeline<'_>, files: &[SourceFile]) -> Examined {
    let mut out = Examined::default();
    for rules in pipeline.linker().rules() {
        for rule in &rules.rules {
            let name = format!("{}.{}", rules.language, rule.id);
            out.rules.push((name, 0, 0));
        }
    }
    for file in files {
        let language = file.inside.rsplit('/').next().unwrap_or_default();
        let language = language.trim_end_matches(".csv");
        let mut reader = csv::Reader::from_reader(file.text.as_bytes());
        for row in reader.deserialize::<Row>() {
            match row {
                Ok(row) => out.row(pipeline, file, language, &row),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let line = usize::try_from(line).unwrap_or_default();
                    let message = format!("failed to read the row: {error}");
                    let hint = "the columns are rule,text,says,not,lacks";
                    out.problems.add(&file.path, line, message, hint);
                }
            }
        }
    }
    out
}

/// A row as the program sees it.
struct Seen<'r> {
    row: &'r Row,
    /// `<lang>.<rule>`
    rule: String,
    explained: Explained,
}

impl Examined {
    fn row(&mut self, pipeline: &Pipeline<'_>, file: &SourceFile, language: &str, row: &Row) {
        let line = line_of(&file.text, &row.text);
        let rule = format!("{language}.{}", row.rule);
        let Some(count) = self.rules.iter_mut().find(|(name, ..)| *name == rule) else {
            let message = format!("no rule is called `{}`", row.rule);
            return self
                .problems
                .add(&file.path, line, message, "rules/<lang>.toml has them");
        };
        count.1 += usize::from(!row.says.is_empty());
        count.2 += usize::from(!row.not.is_empty());
        let mut document = Document::new("example", "example", row.text.as_str());
        language.clone_into(&mut document.language);
        document.date = Some(PUBLISHED);
        let seen = Seen {
            row,
            rule,
            explained: pipeline.explain(&document),
        };
        for (message, hint) in seen.faults(pipeline) {
            self.problems.add(&file.path, line, message, hint);
        }
        for claim in claims(pipeline, &row.says).flatten() {
            let holds = seen.is_read(&claim);
            self.says.count(holds);
            if !holds {
                let message = format!("`{rule}`: not read: {}", seen.told(&claim), rule = row.rule);
                self.warnings.push(Problem::new(&file.path, line, message));
            }
        }
        for claim in claims(pipeline, &row.not).flatten() {
            let read = seen.is_asserted(&claim);
            self.not.count(!read);
            if read {
                let message = format!(
                    "`{rule}`: wrongly read: {}",
                    seen.told(&claim),
                    rule = row.rule
                );
                self.warnings.push(Problem::new(&file.path, line, message));
            }
        }
    }
}

/// The claims of a cell; an error for what is none.
fn claims<'r>(
    pipeline: &Pipeline<'_>,
    cell: &'r str,
) -> impl Iterator<Item = Result<Claim<'r>, String>> {
    let schema = pipeline.gazetteer().schema();
    cell.split('|')
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .map(move |text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let (kind, a, b, symmetric) = match words[..] {
                [kind, a, b] => (kind, a, b, true),
                [kind, a, "->", b] => (kind, a, b, false),
                _ => {
                    return Err(format!(
                        "expected `kind A B` or `kind A -> B`, but found `{text}`"
                    ));
                }
            };
            match schema.statement_by_id(kind) {
                Some(known) if known.symmetric == symmetric => Ok(Claim {
                    kind,
                    a,
                    b,
                    symmetric,
                }),
                Some(_) if symmetric => {
                    Err(format!("expected `{kind} A -> B`, but found `{text}`"))
                }
                Some(_) => Err(format!("expected `{kind} A B`, but found `{text}`")),
                None => Err(format!("no kind is called `{kind}`")),
            }
        })
}

/// Where a text stands in its file.
fn line_of(file: &str, text: &str) -> usize {
    let quoted: Cow<'_, str> = if text.contains('"') {
        Cow::Owned(text.replace('"', "\"\""))
    } else {
        Cow::Borrowed(text)
    };
    let at = file.find(quoted.as_ref()).unwrap_or_default();
    crate::error::line_of(file, at)
}

fn is(id: &EntityId, name: &str) -> bool {
    id.slug() == name || id.as_str() == name
}

impl Claim<'_> {
    fn joins(&self, a: &EntityId, b: &EntityId) -> bool {
        is(a, self.a) && is(b, self.b) || self.symmetric && is(a, self.b) && is(b, self.a)
    }

    fn is_made(&self, s: &Statement) -> bool {
        let pairs = |from: &[EntityId], to: &[EntityId]| {
            from.iter().any(|a| to.iter().any(|b| self.joins(a, b)))
        };
        let far = if s.objects.is_empty() {
            &s.subjects
        } else {
            &s.objects
        };
        s.kind == self.kind && pairs(&s.subjects, far)
    }

    fn text(&self) -> String {
        let between = if self.symmetric { "" } else { "-> " };
        format!("{} {} {between}{}", self.kind, self.a, self.b)
    }
}

impl Seen<'_> {
    fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.explained.sentences.iter().flat_map(|s| &s.statements)
    }

    fn is_read(&self, claim: &Claim<'_>) -> bool {
        self.statements().any(|s| claim.is_made(s))
    }

    /// What is denied is no wrong reading.
    fn is_asserted(&self, claim: &Claim<'_>) -> bool {
        let mut made = self.statements().filter(|s| claim.is_made(s));
        made.any(|s| s.status != Status::Rejected)
    }

    /// The candidate for a claim, with the pair if the kind is one of cooperation.
    fn candidate<'s>(&'s self, claim: &Claim<'_>) -> Option<(Option<&'s PairView>, &'s Verdict)> {
        let fits = |v: &&Verdict| v.kind == claim.kind && claim.joins(&v.a, &v.b);
        self.explained.sentences.iter().find_map(|s| {
            let of_pair = |p: &'s PairView| Some((Some(p), p.kinds.iter().find(fits)?));
            let fact = || Some((None, s.claims.iter().find(fits)?));
            s.pairs.iter().find_map(of_pair).or_else(fact)
        })
    }

    /// A claim with the probabilities that decide it.
    fn told(&self, claim: &Claim<'_>) -> String {
        let text = claim.text();
        let Some((pair, verdict)) = self.candidate(claim) else {
            return format!("{text} (no candidate)");
        };
        let sure = |of: &str, sure: &crate::linker::Sure| {
            format!("{of} {:.2} of {:.2}", sure.probability, sure.needed)
        };
        let joined = pair
            .map(|p| sure("joined", &p.sure) + ", ")
            .unwrap_or_default();
        format!("{text} ({joined}{})", sure("kind", &verdict.sure))
    }

    /// What is wrong with the row itself.
    fn faults(&self, pipeline: &Pipeline<'_>) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        let (rule, row) = (&self.rule, self.row);
        if row.says.is_empty() && row.not.is_empty() {
            faults.push((format!("`{rule}`: nothing is said"), "fill `says` or `not`"));
        }
        let sentences = || self.explained.sentences.iter();
        if !sentences().any(|s| s.triggers.iter().any(|t| t.rule == *rule)) {
            faults.push((
                format!("`{rule}`: none of its words is in the sentence"),
                "",
            ));
        }
        for claim in claims(pipeline, &row.says) {
            match claim {
                Err(message) => faults.push((message, "")),
                Ok(claim) => faults.extend(self.fault(pipeline, &claim)),
            }
        }
        for claim in claims(pipeline, &row.not) {
            match claim {
                Err(message) => faults.push((message, "")),
                Ok(claim) => faults.extend(self.fault_of_counter(&claim)),
            }
        }
        faults
    }

    fn fault(&self, pipeline: &Pipeline<'_>, claim: &Claim<'_>) -> Option<(String, &'static str)> {
        let text = claim.text();
        let mut rules = pipeline.linker().rules().iter();
        let rule = rules.find_map(|language| {
            let id = self
                .rule
                .strip_prefix(&language.language)?
                .strip_prefix('.')?;
            language.rules.iter().find(|r| r.id == id)
        });
        if !rule.is_some_and(|r| r.kinds.iter().any(|k| k == claim.kind)) {
            return Some((
                format!("`{}` cannot carry `{}`", self.rule, claim.kind),
                "give it the kind, or the sentence another rule",
            ));
        }
        if let Some(stranger) = self.stranger(claim) {
            return Some((format!("`{stranger}` is not named in: {text}"), NAMES));
        }
        let proposed = self.candidate(claim).is_some() || self.is_read(claim);
        (!proposed).then(|| (format!("no candidate: {text}"), CANDIDATE))
    }

    fn fault_of_counter(&self, claim: &Claim<'_>) -> Option<(String, &'static str)> {
        let text = claim.text();
        let lacks = self.row.lacks.as_str();
        if lacks != "name"
            && let Some(stranger) = self.stranger(claim)
        {
            return Some((format!("`{stranger}` is not named in: {text}"), NAMES));
        }
        if !lacks.is_empty() && self.candidate(claim).is_some() {
            return Some((
                format!("a candidate, though it lacks `{lacks}`: {text}"),
                CANDIDATE,
            ));
        }
        let holds = match lacks {
            "" => true,
            "civil" => self.explained.civil,
            "name" => self.stranger(claim).is_some(),
            "enemy" => self
                .mentions()
                .any(|m| m.enemy && claim_has(claim, &m.entity)),
            "trigger" => self
                .explained
                .sentences
                .iter()
                .all(|s| s.no_trigger.iter().any(|k| k == claim.kind)),
            _ => {
                let message = format!("unknown reason `{lacks}`");
                return Some((message, "reasons: enemy, civil, name, trigger"));
            }
        };
        (!holds).then(|| (format!("it does not lack `{lacks}`: {text}"), CANDIDATE))
    }

    fn mentions(&self) -> impl Iterator<Item = &crate::linker::MentionView> {
        self.explained.sentences.iter().flat_map(|s| &s.mentions)
    }

    /// An end of a claim that the sentence does not name.
    fn stranger<'c>(&self, claim: &Claim<'c>) -> Option<&'c str> {
        let named = |name: &str| {
            self.mentions()
                .any(|m| is(&m.entity, name) || m.acts_for.as_ref().is_some_and(|id| is(id, name)))
        };
        [claim.a, claim.b].into_iter().find(|name| !named(name))
    }
}

fn claim_has(claim: &Claim<'_>, id: &EntityId) -> bool {
    is(id, claim.a) || is(id, claim.b)
}

const NAMES: &str = "`entente tag FILE` shows the names that are found";
const CANDIDATE: &str = "`entente explain FILE` shows the candidates of a sentence";
