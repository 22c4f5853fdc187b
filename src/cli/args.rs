//! What can be typed: every command, its options and its help, and nothing that does anything.

mod query;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub(crate) use query::{
    CountArgs, DiffArgs, ExportArgs, FilterArgs, MeasureArg, PathArgs, TableFormat, TimelineArgs,
    TopArgs, ViewArg, WhoArgs, WhyArgs,
};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT: &str = "\
Exit status:
  0  everything asked for was done
  1  done in part, or an empty answer: an input was skipped, nothing matches, a check failed
  2  nothing was done: wrong usage, an unknown name, a file that cannot be read or written

Data goes to standard output, everything else to standard error.
NO_COLOR=1 turns colour off, CLICOLOR_FORCE=1 turns it on.";

/// Who cooperates with whom in defence, on what, since when, and which sentence says so
///
/// `entente` reads German and English news and builds a graph of states, organisations, weapons and programmes.
/// Every tie can be opened down to the sentence that says so.
#[derive(Debug, Parser)]
#[command(name = "entente", version, styles = STYLES, after_help = EXIT, max_term_width = 110)]
#[command(
    infer_subcommands = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Folder with own vocabulary that adds to the built-in one or overrides it; may be repeated
    #[arg(long, global = true, value_name = "DIR", env = "ENTENTE_GAZETTEER")]
    pub(crate) gazetteer: Vec<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn documents into a graph: GraphML, GEXF, DOT, CSV and a store for queries
    Build(BuildArgs),
    /// Print what each document says: entities, mentions and statements as JSON
    Extract(ExtractArgs),
    /// Who cooperates with NAME, on what, how firmly and since when
    Who(WhoArgs),
    /// Which sentences say that A and B are tied
    Why(WhyArgs),
    /// How A and B hang together over others
    Path(PathArgs),
    /// What happened between A and B, step by step, and since when there is no news
    Timeline(TimelineArgs),
    /// Who is central: most partners, strongest ties, between others, groups
    Top(TopArgs),
    /// What changed between two days or two stores
    Diff(DiffArgs),
    /// Count documents, entities, statements and ties
    #[command(after_help = "Example:\n  entente stats --since 2026")]
    Stats(CountArgs),
    /// Who reported how much, and what only one source says
    #[command(after_help = "Example:\n  entente sources")]
    Sources(CountArgs),
    /// Show the names found in a text
    Tag(TagArgs),
    /// How each sentence of a text is read, what is not read from it, and why
    Explain(ExplainArgs),
    /// Print the linker's candidates with all it observed, as JSON Lines: the input of the training script
    #[command(hide = true)]
    Observe(ObserveArgs),
    /// Measure precision and recall against annotated documents
    Eval(EvalArgs),
    /// Check the vocabulary, look names up, count
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Write the graph of a store in one format
    Export(ExportArgs),
    /// Write one page to look at: network, tables, timeline and every sentence
    Report(ReportArgs),
    /// Serve the page and an interface for programs on this machine
    #[cfg(feature = "serve")]
    Serve(ServeArgs),
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, of `entente` or of one command
    Man(ManArgs),
}

/// Which documents to read and how.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Files, folders or `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) input: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// Threads to work with; the result is the same for any number
    #[arg(long, short, value_name = "N", default_value_t = default_jobs(), value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) jobs: u16,
}

/// How sure a statement must be to count.
#[derive(Debug, Args)]
pub(crate) struct SureArgs {
    /// Only statements that are at least so sure, from 0 to 1 (`0.6`)
    #[arg(long, value_name = "P", value_parser = probability)]
    pub(crate) min_confidence: Option<f64>,
}

/// How to read.
#[derive(Debug, Default, Args)]
pub(crate) struct ReadingArgs {
    /// Read every file as this format, whatever its name and content: `txt`, `html`, `pdf`, `csv` ...
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<String>,

    /// Of the files in folders read those that match, whatever they end in; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) glob: Vec<String>,

    /// Read files in folders that `.gitignore` and `.ignore` leave out, too
    #[arg(long)]
    pub(crate) no_ignore: bool,

    /// The field or column that holds the text, title, date, source, language, author or id; may be repeated
    #[arg(long, value_name = "WHAT=NAME")]
    pub(crate) field: Vec<String>,

    /// Take the day a file was last written for its date if it has no other
    #[arg(long)]
    pub(crate) file_dates: bool,

    /// Set a limit of what input may cost (`file`, `line`, `unpacked`, `ratio`, `depth`, `members`, `nesting`, `seconds`)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,
}

/// `entente build`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente build seeds --out out")]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,

    /// Folder to write into; it is made if it is not there
    #[arg(long, short, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) sure: SureArgs,
}

/// `entente extract`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente extract seeds --format jsonl")]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,

    /// One object a line, or one array
    #[arg(long, short, value_enum, default_value_t = ExtractFormat::Jsonl)]
    pub(crate) format: ExtractFormat,

    #[command(flatten)]
    pub(crate) sure: SureArgs,
}

/// How `extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// One object per document and line
    Jsonl,
    /// One array of all objects, indented
    Json,
}

/// The store to ask.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// Store written by `entente build`
    #[arg(
        long,
        value_name = "PATH",
        env = "ENTENTE_DB",
        default_value = "out/entente.db"
    )]
    pub(crate) db: PathBuf,
}

/// How firm a tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusArg {
    /// Wanted, considered, negotiated, offered
    Planned,
    /// Decided, announced, pledged, signed
    Agreed,
    /// Under way, delivered, in force
    Active,
    /// Over for good
    Ended,
    /// Denied, refused, ruled out
    Rejected,
}

/// `entente tag`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente tag seeds/gipfel-ankara.txt")]
pub(crate) struct TagArgs {
    /// Files, folders or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,
}

/// `entente observe`
#[derive(Debug, Args)]
pub(crate) struct ObserveArgs {
    /// Files, folders or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,

    /// Read the sentences by this model and print what each document shows as a whole
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

/// `entente explain`
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  entente explain seeds/gipfel-ankara.txt --sentence 22\n\nMarks: [name] {trigger}; `+1.21 list sign` speaks for a reading, `-0.80 ...` against it"
)]
pub(crate) struct ExplainArgs {
    /// A file, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    /// Only this sentence, in more detail
    #[arg(long, value_name = "N")]
    pub(crate) sentence: Option<usize>,

    /// How to print
    #[arg(long, short, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

/// How `explain` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For reading
    Text,
    /// One object a document, complete
    Json,
}

/// `entente eval`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente eval tests/gold\n  entente eval tests/gold --errors 20 --reliability"
)]
pub(crate) struct EvalArgs {
    /// Folder with one JSON file per annotated document
    #[arg(value_name = "GOLD_DIR")]
    pub(crate) gold: PathBuf,

    /// Print the figures as JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// List up to N statements that are missed or too many
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,

    /// Show how often claims of each confidence are right
    #[arg(long)]
    pub(crate) reliability: bool,

    /// Threads to work with
    #[arg(long, short, value_name = "N", default_value_t = default_jobs(), value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) jobs: u16,
}

/// `entente gazetteer`
#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Report every problem of the vocabulary with file, line and a hint
    #[command(
        after_help = "Examples:\n  entente gazetteer check\n  entente gazetteer check --decay --as-of 2026-07-01"
    )]
    Check(CheckArgs),
    /// List what texts name and the vocabulary lacks, as CSV rows to paste, with the sentence
    #[command(after_help = "Example:\n  entente gazetteer suggest seeds --kind person")]
    Suggest(SuggestArgs),
    /// Look a name up
    #[command(after_help = "Example:\n  entente gazetteer find Norwegen")]
    Find {
        /// A name or a part of it, in any language
        name: String,

        /// At most so many lines
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Print every spelling with its entity, kind, language and what it needs, as CSV
    #[command(after_help = "Example:\n  entente gazetteer forms --kind event")]
    Forms {
        /// Only entities of this kind; may be repeated
        #[arg(long, value_name = "KIND", value_delimiter = ',')]
        kind: Vec<String>,
    },
    /// Count entities and names
    #[command(after_help = "Example:\n  entente gazetteer stats")]
    Stats,
}

/// `entente gazetteer check`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// A folder that is a whole vocabulary; the built-in one if left out
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,

    /// List tenures open for more than a year, posts held twice, names and tenures outside the life of what they are of
    #[arg(long)]
    pub(crate) decay: bool,

    /// The day to judge decay by; today if left out
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) as_of: Option<Date>,

    /// Fail on anything to look at: names that mean several things, decay
    #[arg(long)]
    pub(crate) strict: bool,
}

/// `entente gazetteer suggest`
#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,

    /// Only entities of this kind; may be repeated (`person`, `company`, `weapon` ...)
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,

    /// Only what at least N documents name
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_documents: usize,

    /// Rows to paste, columns for reading, or everything as one array
    #[arg(long, short, value_enum, default_value_t = TableFormat::Csv)]
    pub(crate) format: TableFormat,
}

/// `entente report`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente report --out report.html")]
pub(crate) struct ReportArgs {
    /// File to write, `-` for standard output
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// `entente serve`
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  entente serve --openapi\n\n  $ entente serve --port 8750 &\n  $ curl 'http://127.0.0.1:8750/api/v1/who?name=Germany&since=2026'"
)]
pub(crate) struct ServeArgs {
    /// Address to listen on; others than this machine's own let others in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: std::net::IpAddr,

    /// Port to listen on; 0 takes any free one
    #[arg(long, short, value_name = "PORT", default_value_t = 8750)]
    pub(crate) port: u16,

    /// Answer to requests for this host name too; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,

    /// Let pages of this origin read the answers (`https://dashboard.example.org`)
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors: Option<String>,

    /// Print the description of the interface, an `OpenAPI` document, and end
    #[arg(long)]
    pub(crate) openapi: bool,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// `entente completions`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente completions bash")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// `entente man`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  entente man who")]
pub(crate) struct ManArgs {
    /// The command; `entente` itself if left out
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

fn default_jobs() -> u16 {
    std::thread::available_parallelism().map_or(1, |n| u16::try_from(n.get()).unwrap_or(1))
}

/// A number from 0 to 1.
pub(crate) fn probability(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|p| (0.0..=1.0).contains(p))
        .ok_or_else(|| format!("expected a number from 0 to 1, but found `{text}`"))
}

/// First day of a year, month or day.
pub(crate) fn first_day(text: &str) -> Result<Date, String> {
    match text.len() {
        4 => format!("{text}-01-01").parse(),
        7 => format!("{text}-01").parse(),
        _ => text.parse(),
    }
    .map_err(|_| date_error(text))
}

/// Last day of a year, month or day.
pub(crate) fn last_day(text: &str) -> Result<Date, String> {
    let first = first_day(text)?;
    Ok(match text.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

fn date_error(text: &str) -> String {
    format!("expected a date such as `2026`, `2026-05` or `2026-05-27`, but found `{text}`")
}
