//! What can be typed after the commands that ask a store.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{StatusArg, StoreArgs, first_day, last_day, probability};

/// What to leave out.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Only ties of this kind; may be repeated (`agreement`, `procurement`, `operation` ...)
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,

    /// Only ties of this status; may be repeated
    #[arg(long, value_name = "STATUS", value_enum, value_delimiter = ',')]
    pub(crate) status: Vec<StatusArg>,

    /// Only what happened or was reported on or after this day (`2026`, `2026-05`, `2026-05-27`)
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub(crate) since: Option<Date>,

    /// Only what happened or was reported on or before this day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) until: Option<Date>,

    /// Only what was known on this day: documents published until then
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) as_of: Option<Date>,

    /// Only claims with a weapon, body or company of this domain; may be repeated (`land`, `sea`, `air` ...)
    #[arg(long, value_name = "DOMAIN", value_delimiter = ',')]
    pub(crate) domain: Vec<String>,

    /// Only claims that are at least so sure, from 0 to 1 (`0.6`)
    #[arg(long, value_name = "P", value_parser = probability)]
    pub(crate) min_confidence: Option<f64>,

    /// Only ties that at least so many independent sources speak of
    #[arg(long, value_name = "N")]
    pub(crate) min_sources: Option<usize>,

    /// Only documents with this word in their publisher, address or file name; may be repeated
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub(crate) source: Vec<String>,
}

/// How to print an answer, and the store to ask.
#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    /// How to print
    #[arg(long, short, value_enum, default_value_t = TableFormat::Table)]
    pub(crate) format: TableFormat,

    /// Show below each line the sentence that shows it best (JSON and CSV always have it)
    #[arg(long, short)]
    pub(crate) evidence: bool,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Columns for reading
    Table,
    /// One object, complete
    Json,
    /// One row a tie, complete
    Csv,
    /// Tables for documents and wikis
    Markdown,
}

/// `entente who`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente who Germany\n  entente who Deutschland --since 2026 --kind agreement\n  entente who \"Maritime Sicherheitspartnerschaft\" --evidence\n  entente who \"Type 212CD\" --format markdown"
)]
pub(crate) struct WhoArgs {
    /// Name of a state, organisation, programme, weapon, company or person, in any language
    pub(crate) name: String,

    /// Only ties with this one
    #[arg(long, value_name = "NAME")]
    pub(crate) with: Option<String>,

    /// Show hostile ties too
    #[arg(long)]
    pub(crate) hostile: bool,

    /// At most so many lines of each table, 0 for all; JSON and CSV always have all
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// `entente why`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente why Germany Norway --min-confidence 0.6\n  entente why Deutschland Kanada --kind agreement --format csv\n\nMarks: [party] {trigger}"
)]
pub(crate) struct WhyArgs {
    /// One end of the tie
    pub(crate) a: String,

    /// The other end
    pub(crate) b: String,

    /// How to print
    #[arg(long, short, value_enum, default_value_t = TableFormat::Table)]
    pub(crate) format: TableFormat,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// `entente path`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente path Kanada Ukraine\n  entente path Iceland Boeing --evidence"
)]
pub(crate) struct PathArgs {
    /// Where to start
    pub(crate) a: String,

    /// Where to go
    pub(crate) b: String,

    /// Go over hostile ties too
    #[arg(long)]
    pub(crate) hostile: bool,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// `entente timeline`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente timeline Germany Norway\n  entente timeline Kanada --since 2026 --evidence"
)]
pub(crate) struct TimelineArgs {
    /// Whose ties
    pub(crate) a: String,

    /// With whom; all if left out
    pub(crate) b: Option<String>,

    /// Show hostile acts too
    #[arg(long)]
    pub(crate) hostile: bool,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// `entente top`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  entente top\n  entente top --by community --since 2026")]
pub(crate) struct TopArgs {
    /// What to rank by
    #[arg(long, value_enum, default_value_t = MeasureArg::Degree)]
    pub(crate) by: MeasureArg,

    /// At most so many lines
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// What actors are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MeasureArg {
    /// Number of partners
    Degree,
    /// Sum of the strengths of all ties
    Strength,
    /// Share of the shortest ways between two others that lead over it
    Betweenness,
    /// Groups that have more to do with each other than with others
    Community,
}

/// `entente diff`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente diff 2026-06-30 2026-07\n  entente diff out/entente.db out/entente.db --format json\n\nTwo dates compare what was known then; two paths compare two stores."
)]
pub(crate) struct DiffArgs {
    /// A store, or a day: what was known then
    pub(crate) old: String,

    /// A store, or a day; what is known now if left out
    pub(crate) new: Option<String>,

    /// Show hostile ties too
    #[arg(long)]
    pub(crate) hostile: bool,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) answer: AnswerArgs,
}

/// `entente stats` and `entente sources`
#[derive(Debug, Args)]
pub(crate) struct CountArgs {
    /// How to print
    #[arg(long, short, value_enum, default_value_t = TableFormat::Table)]
    pub(crate) format: TableFormat,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// How much of the graph an export has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewArg {
    /// States, organisations and companies, and what ties them
    Actors,
    /// Who is in which programme, agreement, operation and event, and has which weapon
    Programmes,
    /// Everything
    Full,
}

/// `entente export`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente export --format dot --out -\n  entente export --format gexf --view actors --since 2026 --out actors.gexf\n  entente export --format csv --excel --out tables\n  entente export --list"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct ExportArgs {
    /// The format; `--list` shows all
    #[arg(long, short, value_name = "FORMAT", required_unless_present = "list")]
    pub(crate) format: Option<String>,

    /// List the formats
    #[arg(long)]
    pub(crate) list: bool,

    /// File to write, `-` for standard output; a format of several files needs a folder
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    pub(crate) out: PathBuf,

    /// How much of the graph
    #[arg(long, value_enum, default_value_t = ViewArg::Full)]
    pub(crate) view: ViewArg,

    /// Ministries and forces count as their state, variants as their family
    #[arg(long)]
    pub(crate) collapse: bool,

    /// One edge for each tie, parallel ones too, instead of one for each pair
    #[arg(long)]
    pub(crate) multi: bool,

    /// Leave hostile ties out
    #[arg(long)]
    pub(crate) no_hostile: bool,

    /// Tables as Gephi takes them: one edge for each pair and kind, with times
    #[arg(long, conflicts_with = "excel")]
    pub(crate) gephi: bool,

    /// Tables as Excel opens them: semicolons, a byte order mark, no formulas
    #[arg(long)]
    pub(crate) excel: bool,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}
