//! Dumps candidates of gold documents (development only).
use entente::{
    document::Document,
    gazetteer::Gazetteer,
    linker::{Linker, Model},
    mention::*,
    text::{Span, token::*},
};
use serde_json::{Value, json};
fn main() {
    let g = Gazetteer::builtin().unwrap_or_else(|p| panic!("{p}"));
    let model =
        Model::parse(&std::fs::read_to_string("gazetteer/model/linker.tsv").unwrap()).unwrap();
    let linker = Linker::with_model(g, model).unwrap_or_else(|e| panic!("{e}"));
    let tagger = entente::tagger::Tagger::new(g);
    for path in std::env::args().skip(1) {
        let v: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let id = std::path::Path::new(&path)
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let p = std::path::Path::new(&path);
        let txt = p.parent().unwrap().join("docs").join(format!("{id}.txt"));
        let (src, _) = entente::read::sources(&[txt], &entente::read::Options::default());
        let mut docs = Vec::new();
        entente::read::read(&src[0], &mut |d| {
            docs.extend(d);
        });
        let mut doc: Document = docs.remove(0);
        doc.language = v["lang"].as_str().unwrap().to_owned();
        doc.date = v["date"].as_str().and_then(|d| d.parse().ok());
        let tagged = if std::env::var("ORACLE").is_ok() {
            oracle(&doc, &v, g)
        } else {
            tagger.tag(&doc)
        };
        let obs = linker.observe(&doc, &tagged);
        let ents: Vec<Value> = tagged.entities.iter().enumerate().map(|(i, e)| json!({"id": e.id, "kind": e.id.kind(), "name": e.name,
            "mentions": tagged.mentions.iter().filter(|m| m.entity == i).map(|m| json!({"text": doc.slice(m.span)})).collect::<Vec<_>>() })).collect();
        let st = linker.link(&doc, &tagged);
        println!(
            "{}",
            json!({"document": {"id": id}, "entities": ents, "text": doc.text, "observed": obs, "statements": st})
        );
    }
}
fn oracle(doc: &Document, v: &Value, g: &Gazetteer) -> Tagged {
    let mut toks = Vec::new();
    tokenize(&doc.text, &mut toks);
    let ents = v["entities"].as_array().unwrap();
    let mut t = Tagged::default();
    let idx = |id: &str| ents.iter().position(|e| e["id"] == id);
    for e in ents {
        let kind = e["type"].as_str().unwrap();
        let canon = e["canonical"].as_str().unwrap();
        let id = if kind == "country" {
            format!("country:{canon}")
        } else if canon == "NATO" {
            "organisation:nato".into()
        } else {
            let hits = g.find(canon);
            let h = hits
                .iter()
                .find(|h| h.is_exact())
                .map(|h| g.entity(h.entity))
                .filter(|x| x.id.kind() == kind);
            match h {
                Some(x) => x.id.as_str().to_owned(),
                None => format!("{kind}:~{}", canon.to_lowercase().replace(' ', "-")),
            }
        };
        let mut acts = None;
        if kind == "person" {
            for s in v["statements"].as_array().unwrap() {
                if s["type"] == "represents"
                    && s["a"].as_array().unwrap().iter().any(|x| *x == e["id"])
                {
                    acts = s["b"][0].as_str().and_then(idx);
                    for b in s["b"].as_array().unwrap() {
                        if let Some(i) = b.as_str().and_then(idx) {
                            if ents[i]["type"] == "country" {
                                acts = Some(i);
                            }
                        }
                    }
                }
            }
        }
        if kind == "organisation" {
            let hit = g
                .lookup(&id)
                .and_then(|x| g.entity(x).acts_for)
                .and_then(|c| {
                    let cid = g.entity(c).id.as_str().to_owned();
                    ents.iter().position(|e| {
                        cid == format!("country:{}", e["canonical"].as_str().unwrap())
                    })
                });
            acts = hit.or_else(|| {
                // adjective inside the name
                let name = canon.to_string();
                let mut tk = Vec::new();
                tokenize(&name, &mut tk);
                let mut found = None;
                for i in 0..tk.len() {
                    g.lexicon().forms_at(&name, &tk, i, |_, f| {
                        for x in f {
                            let cid = g.entity(x.entity).id.as_str().to_owned();
                            if let Some(p) = ents.iter().position(|e| {
                                e["type"] == "country"
                                    && cid
                                        == format!("country:{}", e["canonical"].as_str().unwrap())
                            }) {
                                found = Some(p);
                            }
                        }
                    });
                }
                found
            });
        }
        t.entities.push(TaggedEntity {
            id: EntityId::new(&id),
            name: canon.into(),
            acts_for: acts,
            role: None,
        });
    }
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (i, e) in ents.iter().enumerate() {
        for m in e["mentions"].as_array().unwrap() {
            let m = m.as_str().unwrap();
            for (p, _) in doc.text.match_indices(m) {
                let before = doc.text[..p].chars().next_back();
                let after = doc.text[p + m.len()..].chars().next();
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                if edge(before)
                    && (edge(after) || after.is_some_and(|c| c.is_lowercase()) && m.len() > 4)
                {
                    all.push((p, p + m.len(), i));
                }
            }
        }
    }
    all.sort_by_key(|x| (std::cmp::Reverse(x.1 - x.0), x.0));
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    for x in all {
        if taken.iter().all(|y| x.1 <= y.0 || y.1 <= x.0) {
            taken.push(x);
        }
    }
    taken.sort();
    for (a, b, i) in taken {
        let span = Span::new(a, b);
        let mut sense = Sense::Name;
        if ents[i]["type"] == "country" {
            let s = toks.partition_point(|t| t.span.start < a);
            g.lexicon().forms_at(&doc.text, &toks, s, |_, f| {
                for x in f {
                    if g.entity(x.entity).id == t.entities[i].id {
                        sense = x.sense;
                    }
                }
            });
        }
        t.mentions.push(Mention {
            span,
            entity: i,
            sense,
            found_by: FoundBy::Name,
        });
    }
    t
}
