//! The page: what stands on it, in which order, and what a reader without the script sees.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::bundle::{self, SCRIPT, STYLE};
use super::data::Data;
use super::evidence::{Book, Mark, address, pieces};
use super::picture;
use super::scope::{Scope, group, surest};
use super::tables::{Matrix, ROWS, Ranked, months, ranking};
use crate::gazetteer::Gazetteer;
use crate::graph::{EdgeIx, Graph, Summary, Tie};
use crate::query::Passage;

/// Ties whose sentences are written out, with and without the script.
const OPENED: [usize; 2] = [30, 400];
/// Sentences for each of them, with and without the script.
const SENTENCES: [usize; 2] = [1, 12];

/// What every section is made of.
struct Page<'g> {
    graph: &'g Graph,
    book: &'g Book<'g>,
    scope: &'g Scope,
    ranking: Vec<Ranked>,
}

/// The whole file.
pub(super) fn html(graph: &Graph, gazetteer: &Gazetteer, scope: &Scope, book: &Book<'_>) -> String {
    let page = Page {
        graph,
        book,
        scope,
        ranking: ranking(graph, scope),
    };
    let json = bundle::is_interactive().then(|| Data::of(graph, gazetteer, scope, book).json());
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(bundle::policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("entente ", env!("CARGO_PKG_VERSION")));
                title { "Who cooperates with whom" }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#ties" { "To the tables" }
                (page.header())
                main { (page.sections()) }
                (footer())
                @if let Some(json) = json {
                    script type="application/json" id="data" { (PreEscaped(bundle::data_block(&json))) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    };
    markup.into_string()
}

fn footer() -> Markup {
    html! {
        footer {
            p { "Written by " code { "entente " (env!("CARGO_PKG_VERSION")) }
                ". Every tie rests on sentences of the documents; how sure each reading is stands beside it. "
                "A reading may be wrong: open the source before you quote it." }
        }
    }
}

impl Page<'_> {
    fn header(&self) -> Markup {
        let graph = self.graph;
        let dates = || {
            graph
                .documents()
                .iter()
                .filter_map(|document| document.date)
        };
        html! {
            header {
                h1 { "Who cooperates with whom" }
                p id="summary" role="status" {
                    (count(graph.documents().len(), "document", "documents"))
                    @if let (Some(first), Some(last)) = (dates().min(), dates().max()) {
                        " of " (first) " to " (last)
                    }
                    ": " (count(graph.nodes().len(), "entity", "entities"))
                    ", " (count(graph.ties().len(), "tie", "ties"))
                    ", " (count(graph.claims().len(), "statement", "statements"))
                }
                @if self.scope.left_out > 0 {
                    p class="note" { "The page shows the " (self.scope.nodes.len())
                        " best connected entities; " (self.scope.left_out)
                        " more are in the store (" code { "entente who NAME" } ")." }
                }
            }
        }
    }

    fn sections(&self) -> Markup {
        html! {
            section id="network" aria-labelledby="network-title" {
                h2 id="network-title" { "Network" }
                div id="app" hidden {}
                figure id="picture" {
                    (picture::svg(self.graph, self.scope))
                    figcaption { "The strongest ties; the thicker a line, the better attested, dashed where no cooperation is reported." }
                }
                @if !bundle::is_interactive() { (plain_build()) }
                @else { noscript { p class="note" { "The network can be searched and filtered where scripts are allowed." } } }
            }
            section id="ties" aria-labelledby="ties-title" { (self.ties()) }
            section id="entities" aria-labelledby="entities-title" { (self.entities()) }
            section id="matrix" aria-labelledby="matrix-title" { (self.matrix()) }
            section id="timeline" aria-labelledby="timeline-title" { (self.timeline()) }
            section id="evidence" aria-labelledby="evidence-title" { (self.evidence()) }
        }
    }

    fn ties(&self) -> Markup {
        html! {
            h2 id="ties-title" { "Strongest ties" }
            @if self.graph.ties().is_empty() { p { "No document says that anybody cooperates." } }
            div class="scroll" { table {
                thead { tr { th { "Between" } th { "What" } th { "About" } th { "Status" } th { "Since" } th { "Last" }
                    th class="number" { "Sources" } th class="number" { "Sure" } } }
                tbody { @for (at, tie) in self.graph.ties().iter().enumerate().take(ROWS) { (self.tie_row(at, tie)) } }
            } }
        }
    }

    fn tie_row(&self, at: usize, tie: &Tie) -> Markup {
        let graph = self.graph;
        let summary = &tie.summary;
        let opened = at < OPENED[usize::from(!bundle::is_interactive())];
        let ends = self.ends(tie);
        html! {
            tr class=[(!tie.cooperative).then_some("hostile")] {
                th scope="row" { @if opened { a href=(format!("#tie-{at}")) { (ends) } } @else { (ends) } }
                td { (self.kinds(&tie.edges)) }
                td { (about(graph, summary)) }
                td { (summary.status.as_str()) }
                td { @if let Some(date) = summary.since { (date) } }
                td { @if let Some(date) = summary.last_seen { (date) } }
                td class="number" { (summary.sources) @if summary.copies > 0 { " (+" (count(summary.copies, "copy", "copies")) ")" } }
                td class="number" { (format!("{:.2}", summary.confidence)) }
            }
        }
    }

    fn ends(&self, tie: &Tie) -> String {
        let name = |ix| &self.graph.node(ix).label;
        format!("{} - {}", name(tie.a), name(tie.b))
    }

    fn kinds(&self, edges: &[EdgeIx]) -> String {
        let legend = self.graph.legend();
        let mut kinds: Vec<&str> = Vec::new();
        for ix in edges {
            let label = legend.statement_label(&self.graph.edge(*ix).kind);
            if !kinds.contains(&label) {
                kinds.push(label);
            }
        }
        kinds.join(", ")
    }

    fn entities(&self) -> Markup {
        let graph = self.graph;
        html! {
            h2 id="entities-title" { "Best connected" }
            div class="scroll" { table {
                thead { tr { th { "Name" } th { "Kind" } th class="number" { "Partners" }
                    th class="number" { "Strength" } th class="number" { "Documents" } } }
                tbody { @for row in self.ranking.iter().take(ROWS) {
                    @let node = graph.node(row.node);
                    tr { th scope="row" { (node.label) } td { (node.kind) }
                        td class="number" { (row.partners) } td class="number" { (format!("{:.1}", row.strength)) }
                        td class="number" { (node.documents) } }
                } }
            } }
        }
    }

    fn matrix(&self) -> Markup {
        let graph = self.graph;
        let matrix = Matrix::of(graph, &self.ranking);
        let name = |ix| graph.node(ix).label.as_str();
        html! {
            h2 id="matrix-title" { "Country by country" }
            p class="note" { "Independent sources that report cooperation." }
            div class="scroll" { table class="matrix" {
                thead { tr { td {} @for column in &matrix.countries { th scope="col" { span { (name(*column)) } } } } }
                tbody { @for row in &matrix.countries { tr {
                    th scope="row" { (name(*row)) }
                    @for column in &matrix.countries {
                        @if row == column { td class="self" {} }
                        @else if let Some((sources, shade)) = matrix.cell(*row, *column) {
                            td class=(format!("shade{shade}")) title=(format!("{} - {}", name(*row), name(*column))) { (sources) }
                        } @else { td {} }
                    }
                } } }
            } }
        }
    }

    fn timeline(&self) -> Markup {
        let months = months(self.graph);
        let most = months
            .iter()
            .map(|month| month.statements)
            .max()
            .unwrap_or(1);
        html! {
            h2 id="timeline-title" { "Timeline" }
            p class="note" { "Statements of cooperation by the month they are about, or were published in." }
            div class="scroll" { table {
                thead { tr { th { "Month" } th { "Statements" } th { "Above all" } } }
                tbody { @for month in months.iter().take(ROWS) { tr {
                    th scope="row" { (month.label) }
                    td { meter min="0" max=(most) value=(month.statements) {} " " (month.statements) }
                    td { (month.pairs.join("; ")) }
                } } }
            } }
        }
    }

    /// The sentences of the strongest ties; with the script every other tie opens by a click.
    fn evidence(&self) -> Markup {
        let plain = usize::from(!bundle::is_interactive());
        let (ties, sentences) = (OPENED[plain], SENTENCES[plain]);
        let all = self.graph.ties().len();
        html! {
            h2 id="evidence-title" { "Evidence" }
            @if all > ties && plain == 1 {
                p class="note" { "Of the " (ties) " strongest ties of " (all) "; the others: " code { "entente why A B" } "." }
            }
            @for (at, tie) in self.graph.ties().iter().enumerate().take(ties) {
                article id=(format!("tie-{at}")) {
                    h3 { (self.ends(tie)) }
                    @for ix in &tie.edges { (self.edge(*ix, sentences)) }
                }
            }
        }
    }

    fn edge(&self, ix: EdgeIx, sentences: usize) -> Markup {
        let edge = self.graph.edge(ix);
        let legend = self.graph.legend();
        let (from, to) = (self.graph.node(edge.subject), self.graph.node(edge.object));
        let claims = surest(self.graph, ix);
        let passages = claims.iter().filter_map(|ix| self.book.passage(*ix));
        let more = edge.claims.len().saturating_sub(sentences);
        html! {
            h4 class=(group(self.graph, &edge.kind)) {
                (legend.statement_label(&edge.kind))
                @if edge.directed { ", " (from.label) " → " (to.label) }
                ", " (edge.summary.status.as_str())
            }
            @for passage in passages.take(sentences) { (quote(passage)) }
            @if more > 0 { p class="note" { "and " (count(more, "sentence", "sentences")) " more" } }
        }
    }
}

/// A sentence with its marks, its source and what its words stand for.
fn quote(passage: &Passage) -> Markup {
    let title = if passage.title.is_empty() {
        &passage.document
    } else {
        &passage.title
    };
    html! {
        blockquote {
            p { @for piece in pieces(&passage.evidence) {
                @match piece.mark {
                    Mark::Plain => (piece.text),
                    Mark::Party => mark { (piece.text) },
                    Mark::Trigger => strong { (piece.text) },
                }
            } }
            footer {
                cite { @if let Some(url) = address(&passage.source) {
                    a href=(url) rel="noopener noreferrer external" { (title) }
                } @else { (title) } }
                @if address(&passage.source).is_none() && passage.source != *title { ", " (passage.source) }
                @if let Some(date) = passage.published { ", published " (date) }
                @if let Some(first) = &passage.copy_of { ", copy of " (first) }
                " · " (passage.status.as_str()) @if let Some(date) = passage.date { " " (date) }
                " · sure " (format!("{:.2}", passage.confidence))
            }
        }
    }
}

fn plain_build() -> Markup {
    html! {
        p class="note" { "This build of entente has no interactive network (search, filters, dates). "
            "To get it, build it with Node: " code { "npm run bundle --prefix src/report/web" }
            ", then " code { "cargo build --release" } ", and write the report anew." }
    }
}

fn about(graph: &Graph, summary: &Summary) -> String {
    let names: Vec<&str> = summary
        .about
        .iter()
        .map(|ix| graph.node(*ix).label.as_str())
        .collect();
    names.join(", ")
}

fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
