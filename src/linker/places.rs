//! Where a document names its entities.

use crate::mention::Tagged;

/// First byte of every mention, by entity.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: Vec<usize>,
    /// Where those of an entity end.
    ends: Vec<usize>,
}

impl Places {
    pub(super) fn new(entities: usize, tagged: &Tagged) -> Self {
        let mut ends = vec![0; entities];
        for mention in &tagged.mentions {
            if let Some(count) = ends.get_mut(mention.entity) {
                *count += 1;
            }
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut all = vec![0; before];
        for mention in &tagged.mentions {
            let end = ends.get_mut(mention.entity);
            if let Some(end) = end
                && let Some(place) = all.get_mut(*end)
            {
                *place = mention.span.start;
                *end += 1;
            }
        }
        Self { all, ends }
    }

    /// Those of an entity, in order.
    pub(super) fn of(&self, entity: usize) -> &[usize] {
        let end = |at: usize| self.ends.get(at).copied();
        let start = entity.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(entity));
        range
            .and_then(|(start, end)| self.all.get(start..end))
            .unwrap_or_default()
    }
}
