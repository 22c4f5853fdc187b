//! `entente explain`: sentence by sentence, what is read, what is not, and why.

use std::io::{self, Write};
use std::path::PathBuf;

use entente::document::Document;
use entente::linker::{
    Explained, Lack, MentionView, PairView, SentenceView, Sure, Verdict, Weight,
};
use entente::mention::{EntityId, Sense};
use entente::read;
use entente::statement::Statement;
use serde::Serialize;

use super::args::{ExplainArgs, ExplainFormat};
use super::extract::warn;
use super::failure::{Failure, Result};
use super::session::Inputs;
use super::term::{self, styled};
use super::{Outcome, session};

/// How much is shown of what is not believed.
#[derive(Clone, Copy)]
struct Detail {
    pairs: usize,
    claims: usize,
    weights: usize,
}

impl Detail {
    /// Whether it is told what a thing that is not believed rests on: in brief only if it nearly was.
    fn explains(self, sure: &Sure) -> bool {
        self.weights > BRIEF.weights || sure.probability * 2.0 >= sure.needed
    }
}

const BRIEF: Detail = Detail {
    pairs: 3,
    claims: 3,
    weights: 3,
};
/// Of a sentence that was asked for.
const FULL: Detail = Detail {
    pairs: 20,
    claims: 20,
    weights: 6,
};

#[derive(Serialize)]
struct Whole<'a> {
    document: &'a str,
    language: &'a str,
    #[serde(flatten)]
    explained: &'a Explained,
}

/// Prints how the sentences of a file are read.
pub(crate) fn run(args: &ExplainArgs, own: &[PathBuf]) -> Result<Outcome> {
    let pipeline = session::pipeline(own)?;
    let inputs = Inputs::list(
        std::slice::from_ref(&args.input),
        &super::args::ReadingArgs::default(),
    )?;
    inputs.skipped.iter().try_for_each(warn)?;
    let (mut shown, mut skipped) = (0, inputs.skipped.len());
    let mut to = term::stdout();
    let mut written = Ok(());
    for source in &inputs.sources {
        read::read(source, &mut |document| {
            if written.is_err() {
                return;
            }
            written = match document {
                Ok(document) => {
                    shown += 1;
                    let explained = pipeline.explain(&document);
                    show(&mut to, args, &document, explained)
                }
                Err(error) => {
                    skipped += 1;
                    warn(&error.into()).map_err(Into::into)
                }
            };
        });
    }
    written?;
    to.flush()?;
    Ok(session::outcome(shown, skipped))
}

fn show(
    to: &mut impl Write,
    args: &ExplainArgs,
    document: &Document,
    mut explained: Explained,
) -> Result<()> {
    let detail = match args.sentence {
        None => BRIEF,
        Some(number) => {
            let count = explained.sentences.len();
            explained.sentences.retain(|s| s.number == number);
            if explained.sentences.is_empty() {
                return Err(no_sentence(number, document, count));
            }
            FULL
        }
    };
    match args.format {
        ExplainFormat::Json => {
            let whole = Whole {
                document: &document.id,
                language: &document.language,
                explained: &explained,
            };
            term::json(to, &whole)?;
        }
        ExplainFormat::Text => text(to, &explained, detail)?,
    }
    Ok(())
}

fn no_sentence(number: usize, document: &Document, count: usize) -> Failure {
    let sentences = term::plural(count, "sentence", "sentences");
    Failure::new(format!(
        "failed to explain sentence {number}: `{}` has {sentences}",
        document.id
    ))
    .hint("without --sentence all are shown with their numbers")
}

fn text(to: &mut impl Write, explained: &Explained, detail: Detail) -> io::Result<()> {
    if explained.civil {
        writeln!(
            to,
            "no ties: {} of sport, animals, trade and leisure, {} of defence\n",
            term::plural(explained.civil_words, "word", "words"),
            explained.defence_words
        )?;
    }
    for (at, sentence) in explained.sentences.iter().enumerate() {
        if at > 0 {
            writeln!(to)?;
        }
        write_sentence(to, sentence, detail)?;
    }
    Ok(())
}

fn write_sentence(to: &mut impl Write, s: &SentenceView, detail: Detail) -> io::Result<()> {
    let number = styled(term::BOLD, &format!("{:>2}", s.number));
    writeln!(to, "{number}  {}", term::one_line(&s.text))?;
    for statement in &s.statements {
        writeln!(to, "    => {}", read_as(statement))?;
    }
    for (number, clause) in s.clauses.iter().enumerate() {
        write_clause(to, s, number, clause)?;
    }
    write_taken_over(to, s)?;
    for pair in s.pairs.iter().filter(|p| p.joined) {
        write_joined(to, s, pair, detail)?;
    }
    for claim in s.claims.iter().filter(|c| c.lacks.is_none()) {
        write_claim(to, s, claim, detail, 4)?;
    }
    why_not(to, s, detail)
}

/// `agreement  Germany, Norway -> Ukraine   agreed   0.77   de.agreement.sign`
fn read_as(statement: &Statement) -> String {
    let ids = |ids: &[EntityId]| ids.iter().map(short).collect::<Vec<_>>().join(", ");
    let mut parties = ids(&statement.subjects);
    if !statement.objects.is_empty() {
        parties = format!("{parties} -> {}", ids(&statement.objects));
    }
    let kind = styled(term::BOLD, &statement.kind);
    let status = statement.status.as_str();
    let about = if statement.about.is_empty() {
        String::new()
    } else {
        format!("   about {}", ids(&statement.about))
    };
    format!(
        "{kind}  {parties}   {status}   {:.2}   {}{about}",
        statement.confidence, statement.evidence.rule
    )
}

/// `DEU` of a country, the whole id of anything else.
fn short(id: &EntityId) -> String {
    match id.kind() {
        "country" => id.slug().to_owned(),
        _ => id.to_string(),
    }
}

fn write_clause(
    to: &mut impl Write,
    s: &SentenceView,
    number: usize,
    clause: &str,
) -> io::Result<()> {
    let here = |m: &&MentionView| m.clause == number && !is_elsewhere(m);
    if s.clauses.len() > 1 {
        let title = format!("clause {}", number + 1);
        let shown = term::shorten(&term::one_line(clause), 80);
        writeln!(to, "    {title}  {}", styled(term::DIM, &shown))?;
    }
    for mention in s.mentions.iter().filter(here) {
        let name = styled(term::PARTY, &format!("[{}]", term::one_line(&mention.text)));
        writeln!(to, "      {name}  {}", described(mention))?;
    }
    for trigger in s.triggers.iter().filter(|t| t.clause == number) {
        let text = format!("{{{}}}", term::one_line(&trigger.text));
        writeln!(
            to,
            "      {}  {}: {}",
            styled(term::TRIGGER, &text),
            trigger.rule,
            trigger.kinds.join(", ")
        )?;
    }
    Ok(())
}

fn is_elsewhere(mention: &MentionView) -> bool {
    mention.text.is_empty()
}

/// `Germany, adjective, of forces, under with, in a list`
fn described(mention: &MentionView) -> String {
    let mut parts = vec![mention.name.clone()];
    if mention.carried == "ref" {
        parts.push(String::from("referred to"));
    } else if let Some(sense) = sense(mention.sense) {
        parts.push(sense.to_owned());
    }
    parts.extend(
        mention
            .acts_for
            .as_ref()
            .map(|id| format!("acts for {}", short(id))),
    );
    parts.extend(mention.noun.map(|noun| format!("beside a word of {noun}")));
    if mention.governor != "-" {
        parts.push(format!("under `{}`", mention.governor));
    }
    if mention.enemy {
        parts.push(String::from(
            "named as an enemy: cooperates with nobody here",
        ));
    }
    parts.join(", ")
}

fn sense(sense: Sense) -> Option<&'static str> {
    Some(match sense {
        Sense::Adjective => "adjective",
        Sense::Demonym => "its people",
        Sense::Combining => "part of a word",
        Sense::Seat => "seat of government",
        Sense::Role => "office",
        Sense::Reference => "referred to",
        _ => return None,
    })
}

fn write_taken_over(to: &mut impl Write, s: &SentenceView) -> io::Result<()> {
    let taken: Vec<String> = s
        .mentions
        .iter()
        .filter(|m| is_elsewhere(m))
        .map(|m| match m.carried {
            "topic" => format!("{} (the document is about it)", m.name),
            _ => format!("{} (the sentence before)", m.name),
        })
        .collect();
    if taken.is_empty() {
        return Ok(());
    }
    writeln!(to, "    taken over: {}", taken.join(", "))
}

/// The words of a sentence for an entity, or its short id.
fn named(s: &SentenceView, id: &EntityId) -> String {
    let mention = s.mentions.iter().find(|m| m.entity == *id);
    mention.map_or_else(|| short(id), |m| m.name.clone())
}

fn ends(s: &SentenceView, a: &EntityId, b: &EntityId, directed: bool) -> String {
    let between = if directed { "->" } else { "-" };
    format!("{} {between} {}", named(s, a), named(s, b))
}

fn write_joined(
    to: &mut impl Write,
    s: &SentenceView,
    pair: &PairView,
    detail: Detail,
) -> io::Result<()> {
    let both = styled(term::BOLD, &ends(s, &pair.a, &pair.b, false));
    writeln!(
        to,
        "    {both}   joined {}, by this sentence {:.2}",
        against_needed(&pair.sure),
        pair.sentence.probability
    )?;
    write_weights(to, &pair.sure, detail, 6)?;
    for kind in pair.kinds.iter().filter(|k| k.lacks.is_none()) {
        write_claim(to, s, kind, detail, 6)?;
    }
    let rejected = pair.kinds.iter().filter(|k| k.lacks.is_some());
    for kind in rejected.take(detail.claims) {
        writeln!(to, "      not {}   {}", kind.kind, lacking(kind))?;
    }
    Ok(())
}

/// `0.94 (needs 0.42)`
fn against_needed(sure: &Sure) -> String {
    format!("{:.2} (needs {:.2})", sure.probability, sure.needed)
}

fn write_claim(
    to: &mut impl Write,
    s: &SentenceView,
    claim: &Verdict,
    detail: Detail,
    indent: usize,
) -> io::Result<()> {
    let status: Vec<String> = claim
        .statuses
        .iter()
        .take(2)
        .map(|(status, p)| format!("{} {p:.2}", status.as_str()))
        .collect();
    let words = claim
        .trigger
        .as_ref()
        .map(|t| format!("   by {{{}}}", term::one_line(t)))
        .unwrap_or_default();
    let kind = styled(term::BOLD, &claim.kind);
    writeln!(
        to,
        "{:indent$}{kind} {}   {}   {}{words}   {}",
        "",
        ends(s, &claim.a, &claim.b, claim.directed),
        against_needed(&claim.sure),
        status.join(", "),
        claim.rule
    )?;
    write_weights(to, &claim.sure, detail, indent + 2)
}

fn write_weights(
    to: &mut impl Write,
    sure: &Sure,
    detail: Detail,
    indent: usize,
) -> io::Result<()> {
    for (word, weights) in [("for", &sure.pro), ("against", &sure.contra)] {
        if weights.is_empty() {
            continue;
        }
        let weights = strongest(weights, detail.weights);
        let line = format!("{word:7}  {weights}");
        writeln!(to, "{:indent$}{}", "", styled(term::DIM, &line))?;
    }
    Ok(())
}

/// `+1.21 list.class sign list   +0.80 way.any a before with`
fn strongest(weights: &[Weight], count: usize) -> String {
    let shown = weights.iter().take(count);
    let words: Vec<String> = shown
        .map(|w| format!("{:+.2} {}", w.weight, w.name.replace('|', " ")))
        .collect();
    words.join("   ")
}

fn lacking(verdict: &Verdict) -> String {
    let sure = &verdict.sure;
    match &verdict.lacks {
        None => String::new(),
        Some(Lack::Joined) => String::from("the pair is not joined"),
        Some(Lack::Probability(missing)) => format!(
            "{:.2}, {missing:.2} below {:.2}",
            sure.probability, sure.needed
        ),
        Some(Lack::Direction) => {
            format!("{:.2}, the other direction is likelier", sure.probability)
        }
        Some(Lack::YieldsTo(kinds)) => format!(
            "{:.2}, yields to what is more specific: {}",
            sure.probability,
            kinds.join(", ")
        ),
    }
}

fn why_not(to: &mut impl Write, s: &SentenceView, detail: Detail) -> io::Result<()> {
    let apart: Vec<&PairView> = s.pairs.iter().filter(|p| !p.joined).collect();
    let rejected: Vec<&Verdict> = s.claims.iter().filter(|c| c.lacks.is_some()).collect();
    let parties = s.mentions.iter().filter(|m| !is_elsewhere(m)).count();
    if parties > 1 && !s.no_trigger.is_empty() {
        let kinds = s.no_trigger.join(", ");
        writeln!(to, "    why not {kinds}: no word for it here")?;
    }
    for pair in apart.iter().take(detail.pairs) {
        let both = ends(s, &pair.a, &pair.b, false);
        writeln!(to, "    why not {both}: joined {}", missing(&pair.sure))?;
        if detail.explains(&pair.sure) {
            write_weights(to, &pair.sure, detail, 6)?;
        }
    }
    for claim in rejected.iter().take(detail.claims) {
        let both = ends(s, &claim.a, &claim.b, claim.directed);
        writeln!(to, "    why not {} {both}: {}", claim.kind, lacking(claim))?;
        if detail.explains(&claim.sure) {
            write_weights(to, &claim.sure, detail, 6)?;
        }
    }
    let more =
        apart.len().saturating_sub(detail.pairs) + rejected.len().saturating_sub(detail.claims);
    if more > 0 {
        let more = term::plural(more, "less likely candidate", "less likely candidates");
        writeln!(to, "    {}", styled(term::DIM, &format!("and {more}")))?;
    }
    Ok(())
}

/// `0.12, 0.30 below 0.42`
fn missing(sure: &Sure) -> String {
    if sure.probability > sure.needed {
        return format!("{:.2}, but no kind is likely enough", sure.probability);
    }
    let missing = (sure.needed - sure.probability).max(0.0);
    format!(
        "{:.2}, {missing:.2} below {:.2}",
        sure.probability, sure.needed
    )
}
