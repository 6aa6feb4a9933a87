//! Whether entries are found by their own words, and phrasings that belong to another.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use domain::{Entry, EntryId, Kind as EntryKind, Lang};
use language::{
    embed::{self, Meaning},
    normal, segment,
};

use super::{
    finding::{Finding, Fix, Kind, Other, Place, Said, short},
    near::Near,
    shop::{Shop, Text, Way},
};
use crate::{Hit, Query};

/// Less in common with its own entry than this makes a phrasing worth a question to the library.
const STRANGE: f32 = 0.34;
/// The other entry is the answer.
const SURE: f32 = 0.8;
/// And its own is not.
const NOT_OURS: f32 = 0.35;
/// So sure that nothing else is asked.
const CERTAIN: f32 = 0.99;
/// As close in meaning as texts are that have nothing to do with each other, and by how much the other is closer.
const FAR: f32 = 0.22;
const CLEARLY: f32 = 0.28;
/// Not so far is enough where the other is much closer and probably right.
const NEARER: f32 = 0.35;
const MUCH: f32 = 0.4;
const PROBABLY: f32 = 0.93;
/// Entries that nobody finds, and phrasings that find another entry.
pub(super) fn check(shop: &Shop<'_>, same: &HashSet<(EntryId, EntryId)>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = shop.texts.iter().filter_map(|text| empty(shop, text)).collect();
    let lost = unfound(shop, same);
    let names: HashSet<String> = lost.iter().map(|finding| finding.entry.to_string()).collect();
    findings.extend(lost);
    let elsewhere = taken(shop).into_iter().chain(strangers(shop));
    let mut seen = HashSet::new();
    findings.extend(elsewhere.filter(|finding| {
        let pair = finding.other.as_ref().map(|other| (finding.entry.clone(), other.entry.clone()));
        let pair = pair.is_none_or(|(one, other)| {
            !same.contains(&(one.clone(), other.clone())) && !same.contains(&(other, one))
        });
        pair && !names.contains(finding.entry.as_str()) && seen.insert(finding.key.clone())
    }));
    findings
}

const PLACEHOLDERS: &[&str] = &[
    "todo",
    "tbd",
    "tba",
    "待补充",
    "待定",
    "暂无",
    "xxx",
    "xx",
    "test",
    "测试",
    "n a",
    "na",
    "none",
    "待完善",
    "稍后补充",
    "内容待补充",
    "答案待补充",
    "占位",
    "placeholder",
    "coming soon",
    "to be written",
    "to be done",
    "to be added",
    "lorem ipsum",
    "fixme",
    "未完成",
    "待编辑",
    "草稿",
    "draft",
    "answer",
    "答案",
    "asdf",
    "empty",
    "空",
    "待写",
    "to do",
];

/// Nothing to ask for, or nothing to answer.
fn empty(shop: &Shop<'_>, text: &Text) -> Option<Finding> {
    let nothing = is_nothing(text.answer());
    let told_otherwise =
        || shop.by_id[text.id()].iter().any(|&at| !shop.texts[at].answer().trim().is_empty());
    if text.answer().trim().is_empty() && told_otherwise() {
        return None;
    }
    let unasked = text.ways.iter().all(|way| segment::terms(&way.text).is_empty());
    let said = match (nothing, unasked) {
        (true, _) => [
            Said::new("答案是空的或只是占位。", "The answer is empty or a placeholder."),
            Said::new("写上答案，或删除这一条。", "Write the answer or remove the entry."),
        ],
        (false, true) => [
            Said::new(
                "没有标题也没有问法，顾客找不到它。",
                "It has no title and no phrasing that anybody could ask.",
            ),
            Said::new("写上顾客会怎么问。", "Write how customers ask for it."),
        ],
        _ => return None,
    };
    let about = [text.title(), text.answer()];
    Some(text.finding(Kind::Unreachable, Place::Entry, text.title(), &about, said))
}

fn is_nothing(answer: &str) -> bool {
    let plain = normal::normalise(answer);
    let words = plain.split(' ').count() <= 6 && plain.chars().count() <= 30;
    let marks = ["todo", "tbd", "待补充", "待完善", "fixme", "lorem ipsum", "待编辑", "placeholder"];
    plain.trim().is_empty()
        || PLACEHOLDERS.contains(&plain.as_str())
        || (words && marks.iter().any(|mark| plain.starts_with(mark) || plain.ends_with(mark)))
}

/// By language and core: which texts have it.
fn cores<'a>(shop: &'a Shop<'_>) -> HashMap<(Lang, &'a str), Vec<usize>> {
    let mut cores: HashMap<(Lang, &str), Vec<usize>> = HashMap::new();
    for (at, text) in shop.texts.iter().enumerate() {
        for way in &text.ways {
            let known = cores.entry((text.lang, way.core.as_str())).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    cores
}

fn first(shop: &Shop<'_>, text: &Text, way: &Way) -> Option<EntryId> {
    let query = Query { text: &way.text, lang: text.lang, limit: 1 };
    shop.library.search(&query).into_iter().next().map(|hit| hit.entry)
}

/// Entries of which every way to ask is another's too, and finds the other.
fn unfound(shop: &Shop<'_>, same: &HashSet<(EntryId, EntryId)>) -> Vec<Finding> {
    let cores = cores(shop);
    let mut findings = Vec::new();
    for text in shop.texts.iter().filter(|text| !text.ways.is_empty() && !is_nothing(text.answer())) {
        let shared =
            |way: &Way| cores.get(&(text.lang, way.core.as_str())).is_some_and(|texts| texts.len() > 1);
        if !text.ways.iter().all(shared) {
            continue;
        }
        let found: Vec<Option<EntryId>> =
            text.ways.iter().take(20).map(|way| first(shop, text, way)).collect();
        let other = found.iter().flatten().next().cloned();
        let known = |other: &EntryId| {
            same.contains(&(text.entry.id.clone(), other.clone()))
                || same.contains(&(other.clone(), text.entry.id.clone()))
        };
        if found.iter().flatten().any(|id| *id == text.entry.id) || other.as_ref().is_some_and(known) {
            continue;
        }
        let said = [
            Said::new("它的每个问法都先找到别的条目。", "Every way to ask for it finds another entry first."),
            Said::new(
                "给它只属于自己的标题和问法，或删除这一条。",
                "Give it a title and phrasings of its own, or remove it.",
            ),
        ];
        let about = [text.title(), text.answer()];
        let mut finding = text.finding(Kind::Unreachable, Place::Entry, text.title(), &about, said);
        finding.other = other.and_then(|id| named(shop, &id, text.lang));
        findings.push(finding);
    }
    findings
}

fn named(shop: &Shop<'_>, id: &EntryId, lang: Lang) -> Option<Other> {
    let places = shop.by_id.get(id.as_str())?;
    let text = places
        .iter()
        .map(|&at| &shop.texts[at])
        .find(|text| text.lang == lang)
        .or(Some(&shop.texts[places[0]]))?;
    let (title, quote) = (text.title().to_owned(), short(text.title()));
    Some(Other { entry: id.clone(), lang: text.lang, title, quote })
}

/// Phrasings that stand in two entries: the one that the library does not find with them loses.
fn taken(shop: &Shop<'_>) -> Vec<Finding> {
    let cores = cores(shop);
    let mut findings = Vec::new();
    for text in &shop.texts {
        for way in text.ways.iter().filter(|way| way.place == Place::Phrasing) {
            let shared = cores.get(&(text.lang, way.core.as_str())).is_some_and(|texts| texts.len() > 1);
            let corrected = || shop.library.correct(&way.text).text != way.text;
            if !shared && !corrected() {
                continue;
            }
            // An article takes over what entries say.
            let article =
                |id: &EntryId| shop.library.entry(id).is_some_and(|other| other.kind == EntryKind::Article);
            let other = first(shop, text, way).filter(|id| *id != text.entry.id && !article(id));
            if let Some(other) = other {
                findings.extend(misplaced(shop, text, way, &other));
            }
        }
    }
    findings
}

/// Phrasings that, did they not stand here, would find another entry.
fn strangers(shop: &Shop<'_>) -> Vec<Finding> {
    let cores = cores(shop);
    let ways = shop.texts.iter().flat_map(|text| &text.ways);
    let near = Near::new(ways.map(|way| way.core.as_str()), |_| false);
    let (mut begin, mut findings) = (0, Vec::new());
    for (at, text) in shop.texts.iter().enumerate() {
        (shop.rest)();
        let meant = Meant::of(text);
        let shared =
            |way: &Way| cores.get(&(text.lang, way.core.as_str())).is_some_and(|texts| texts.len() > 1);
        let alike = |place: usize| {
            let others = (begin..begin + text.ways.len()).filter(|&other| other != place);
            others.map(|other| near.share(place, other)).fold(0.0, f32::max)
        };
        let strange = |(place, way): &(usize, &Way)| {
            way.place == Place::Phrasing
                && near.words(begin + place) > 1
                && (shared(way) || (alike(begin + place) < STRANGE && meant.closest(way) <= NEARER))
        };
        let suspects: Vec<&Way> = text.ways.iter().enumerate().filter(strange).map(|(_, way)| way).collect();
        begin += text.ways.len();
        if !suspects.is_empty() {
            findings.extend(of_text(shop, at, &suspects));
        }
    }
    findings
}

/// What the ways of asking for an entry mean, each looked up once and only if somebody wants to know.
struct Meant<'a> {
    ways: &'a [Way],
    meanings: Vec<OnceCell<Option<Meaning>>>,
}

impl<'a> Meant<'a> {
    fn of(text: &'a Text) -> Self {
        Self { ways: &text.ways, meanings: vec![OnceCell::new(); text.ways.len()] }
    }

    fn meaning(&self, at: usize) -> Option<&Meaning> {
        self.meanings[at].get_or_init(|| embed::shipped().embed(&self.ways[at].text)).as_ref()
    }

    /// How close in meaning the closest other way of asking for the entry is.
    fn closest(&self, to: &Way) -> f32 {
        let known = self.ways.iter().position(|way| way.text == to.text);
        let foreign = if known.is_none() { embed::shipped().embed(&to.text) } else { None };
        let Some(meaning) = known.map_or(foreign.as_ref(), |at| self.meaning(at)) else { return 1.0 };
        let others = (0..self.ways.len()).filter(|&at| self.ways[at].text != to.text);
        others.filter_map(|at| Some(self.meaning(at)?.closeness(meaning))).fold(0.0, f32::max)
    }
}

/// Asks the library as if these phrasings did not stand in the entry.
fn of_text(shop: &Shop<'_>, at: usize, suspects: &[&Way]) -> Vec<Finding> {
    (shop.rest)();
    let text = &shop.texts[at];
    let others_know: Vec<&&Way> = suspects
        .iter()
        .filter(|way| {
            shop.tally.asked();
            let others = shop.library.others(&way.text, text.lang, &text.entry.id);
            others.first().is_some_and(|(_, probability)| *probability >= SURE)
        })
        .collect();
    if others_know.is_empty() {
        return Vec::new();
    }
    let mut without: Entry = (*text.entry).clone();
    if let Some(body) = without.texts.get_mut(&text.lang) {
        body.phrasings.retain(|phrasing| !others_know.iter().any(|way| way.text == *phrasing));
    }
    let library = shop.library.as_if(&[without]);
    others_know
        .into_iter()
        .filter_map(|&way| {
            let hits = library.search(&Query { text: &way.text, lang: text.lang, limit: 5 });
            let best = hits.first().filter(|hit| hit.entry != text.entry.id && hit.probability >= SURE)?;
            let own = hits.iter().find(|hit| hit.entry == text.entry.id).map_or(0.0, |hit| hit.probability);
            (own < NOT_OURS && is_foreign(shop, text, way, best))
                .then(|| misplaced(shop, text, way, &best.entry))?
        })
        .collect()
}

/// Whether its meaning is far from everything else that asks for its entry. Within a group entries ask for nearly
/// the same, and an article takes over what entries say: a phrasing between them is no mistake.
fn is_foreign(shop: &Shop<'_>, text: &Text, way: &Way, best: &Hit) -> bool {
    let grouped = !best.category.is_empty() && best.category == text.entry.category;
    if grouped || best.kind == EntryKind::Article {
        return false;
    }
    let theirs = shop.by_id.get(best.entry.as_str()).into_iter().flatten();
    let theirs = theirs.map(|&at| Meant::of(&shop.texts[at]).closest(way)).fold(0.0, f32::max);
    let own = Meant::of(text).closest(way);
    best.probability >= CERTAIN
        || (own <= FAR && theirs >= own + CLEARLY)
        || (own <= NEARER && theirs >= own + MUCH && best.probability >= PROBABLY)
}

fn misplaced(shop: &Shop<'_>, text: &Text, way: &Way, other: &EntryId) -> Option<Finding> {
    let other = named(shop, other, text.lang)?;
    let said = [
        Said::new(
            format!("这个问法更像是在问“{}”。", other.title),
            format!("This phrasing rather asks for “{}”.", other.title),
        ),
        Said::new(
            "从这一条里去掉它；需要的话加到另一条。",
            "Take it out of this entry; add it to the other if it is missing there.",
        ),
    ];
    let mut finding = text.finding(
        Kind::Misplaced,
        Place::Phrasing,
        &way.text,
        &[other.entry.as_str(), &other.title],
        said,
    );
    finding.fix = Some(Fix::RemovePhrasing { lang: text.lang, phrasing: way.text.clone() });
    finding.other = Some(other);
    Some(finding)
}
