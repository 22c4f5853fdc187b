//! What was found so far, and which tokens are taken.

use crate::gazetteer::{EntityIx, Gazetteer};
use crate::mention::{FoundBy, Sense};
use crate::text::Span;

use super::frame::Frame;
use super::kind::{self, Kind, Kinds};
use super::memory::Sources;
use super::shape::Gap;

/// What a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Target {
    /// An entity of the gazetteer.
    Known(EntityIx),
    /// Index into [`State::news`].
    New(usize),
}

/// An entity that only the text knows.
#[derive(Clone, Debug)]
pub(super) struct News {
    pub(super) kind: Kind,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) acts_for: Option<Target>,
}

/// A mention in the making: tokens `start..end`, of which `span` is the part that counts.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) span: Span,
    pub(super) target: Target,
    pub(super) sense: Sense,
    pub(super) by: FoundBy,
    /// A seat of government that still has to prove that it acts.
    pub(super) seat: bool,
    pub(super) dropped: bool,
}

/// What the text says of a person: for whom and in which office.
#[derive(Clone, Copy, Debug)]
pub(super) struct Office {
    pub(super) person: Target,
    pub(super) acts_for: Option<Target>,
    pub(super) role: Option<usize>,
}

/// The findings of one document.
pub(super) struct State<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) gazetteer: &'a Gazetteer,
    kinds: &'a Kinds,
    pub(super) found: Vec<Found>,
    pub(super) news: Vec<News>,
    pub(super) offices: Vec<Office>,
    /// Index into `found` plus one, of every token.
    owner: Vec<u32>,
}

impl<'a> State<'a> {
    pub(super) fn new(frame: &'a Frame<'a>, gazetteer: &'a Gazetteer, kinds: &'a Kinds) -> Self {
        Self {
            frame,
            gazetteer,
            kinds,
            found: Vec::new(),
            news: Vec::new(),
            offices: Vec::new(),
            owner: vec![0; frame.len()],
        }
    }

    /// Whether no mention takes any of the tokens.
    pub(super) fn free(&self, start: usize, end: usize) -> bool {
        self.owner
            .get(start..end)
            .is_some_and(|o| o.iter().all(|&o| o == 0))
    }

    /// The mention that takes a token.
    pub(super) fn at(&self, token: usize) -> Option<&Found> {
        let owner = *self.owner.get(token)? as usize;
        self.found.get(owner.checked_sub(1)?)
    }

    /// The mention whose last token is the one in front of `token`.
    pub(super) fn ending_at(&self, token: usize) -> Option<&Found> {
        self.at(token.checked_sub(1)?).filter(|f| f.end == token)
    }

    /// Adds a mention over free tokens; false if some are taken.
    pub(super) fn put(&mut self, found: Found) -> bool {
        if found.start >= found.end || !self.free(found.start, found.end) {
            return false;
        }
        let id = u32::try_from(self.found.len() + 1).unwrap_or(0);
        for owner in self.owner.iter_mut().take(found.end).skip(found.start) {
            *owner = id;
        }
        self.found.push(found);
        true
    }

    /// Adds a mention of `target` over whole tokens.
    pub(super) fn place(
        &mut self,
        start: usize,
        end: usize,
        target: Target,
        sense: Sense,
        by: FoundBy,
    ) -> bool {
        let span = self.frame.span(start, end);
        self.put(Found {
            start,
            end,
            span,
            target,
            sense,
            by,
            seat: false,
            dropped: false,
        })
    }

    /// Frees the tokens of a mention and drops it.
    pub(super) fn drop_at(&mut self, token: usize) {
        let Some(&owner) = self.owner.get(token) else {
            return;
        };
        let Some(found) = (owner as usize)
            .checked_sub(1)
            .and_then(|at| self.found.get_mut(at))
        else {
            return;
        };
        found.dropped = true;
        for slot in self.owner.iter_mut().take(found.end).skip(found.start) {
            *slot = 0;
        }
    }

    /// The entity that the text knows under this kind and name, made if there is none.
    pub(super) fn coin(&mut self, kind: Kind, slug: &str, name: &str) -> Target {
        if let Some(at) = self
            .news
            .iter()
            .position(|n| n.kind == kind && n.slug == slug)
        {
            return Target::New(at);
        }
        self.news.push(News {
            kind,
            slug: slug.to_owned(),
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            acts_for: None,
        });
        Target::New(self.news.len() - 1)
    }

    /// Where words are looked up.
    pub(super) fn sources(&self) -> Sources<'a> {
        Sources {
            words: self.frame.words,
            gazetteer: self.gazetteer,
            lexicon: self.gazetteer.lexicon(),
            kinds: self.kinds,
        }
    }

    /// The first token from `from` on that a mention takes.
    pub(super) fn next_taken(&self, from: usize) -> Option<usize> {
        let rest = self.owner.get(from..)?;
        let at = rest.iter().position(|&owner| owner != 0)?;
        Some(from + at)
    }

    /// The kind of an entity of the gazetteer.
    pub(super) fn kind_of(&self, ix: EntityIx) -> Kind {
        self.kinds.of(self.gazetteer.entity(ix).kind)
    }

    /// The kind of what a mention stands for.
    pub(super) fn kind(&self, target: Target) -> Kind {
        match target {
            Target::Known(ix) => self.kind_of(ix),
            Target::New(at) => self.news.get(at).map_or(Kind::Other, |n| n.kind),
        }
    }

    /// Whether the mention over a token is of this kind.
    pub(super) fn is(&self, token: usize, kind: Kind) -> bool {
        self.at(token).is_some_and(|f| self.kind(f.target) == kind)
    }

    /// The country a mention stands for or acts for.
    pub(super) fn country(&self, target: Target) -> Option<Target> {
        match target {
            Target::Known(ix) => {
                let entity = self.gazetteer.entity(ix);
                if self.kinds.of(entity.kind) == kind::COUNTRY {
                    Some(target)
                } else {
                    entity.acts_for.map(Target::Known)
                }
            }
            Target::New(at) => self.news.get(at).and_then(|n| n.acts_for),
        }
    }

    /// Whom a person of the mention may act for; of `US Pacific Fleet` the body, whose country follows.
    pub(super) fn party(&self, token: usize) -> Option<Target> {
        let found = self.at(token)?;
        match self.kind(found.target) {
            kind::COUNTRY => Some(self.body_of(found).unwrap_or(found.target)),
            kind::ORGANISATION | kind::COMPANY => Some(found.target),
            _ => None,
        }
    }

    /// The body that stands right behind the name of its country.
    fn body_of(&self, country: &Found) -> Option<Target> {
        let body = self.at(country.end)?;
        let beside = matches!(self.frame.gap(country.end), Gap::Space | Gap::Hyphen);
        let of_it = self.kind(body.target) == kind::ORGANISATION
            && self.country(body.target) == Some(country.target);
        (beside && of_it).then_some(body.target)
    }

    /// The mentions that count, by place.
    pub(super) fn finish(&mut self) -> Vec<Found> {
        let mut found = std::mem::take(&mut self.found);
        found.retain(|f| !f.dropped && !f.seat);
        found.sort_by_key(|f| (f.span.start, f.span.end));
        found
    }
}

/// A name in small ASCII letters and digits with single hyphens, as in ids.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if matches!(c, '\'' | '’') || c.is_alphanumeric() => {}
            None if slug.ends_with('-') || slug.is_empty() => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A letter with a mark, as the gazetteer's ids spell it.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'á' | 'à' | 'â' | 'ã' | 'å' | 'ă' | 'ą' | 'ā' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' | 'ė' | 'ē' | 'ə' => "e",
        'ğ' | 'ģ' => "g",
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' | 'į' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ó' | 'ò' | 'ô' | 'õ' | 'ő' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ú' | 'ù' | 'û' | 'ű' | 'ů' | 'ū' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}
