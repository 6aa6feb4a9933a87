//! A document comes in again, and people have worked on its entry meanwhile: both are kept.
//!
//! Three texts are compared, field by field: what the source said last time, what it says now, and what stands
//! here. Where only the source changed, its words come in; where only people did, theirs stay; where both did,
//! theirs stay and it is said.

use std::collections::BTreeSet;

use domain::{Entry, EntryText, Lang};

/// An entry that takes in what its source says now.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What shall stand.
    pub entry: Entry,
    /// Where the source says something new that people's words keep out: `zh.answer`.
    pub kept: Vec<String>,
}

/// What shall stand, from what the source said last (`None` if that is not known: then all that differs is taken
/// for people's work, save what only the source can have), what it says now, and what stands.
pub fn merge(last: Option<&Entry>, new: &Entry, here: &Entry) -> Merged {
    let mut kept = Vec::new();
    let mut entry = new.clone();
    entry.category =
        pick("category", last.map(|last| &last.category), &new.category, &here.category, &mut kept);
    entry.tags = pick("tags", last.map(|last| &last.tags), &new.tags, &here.tags, &mut kept);
    let known =
        |last: Option<&Entry>| last.map(|last| (last.audience.clone(), last.valid, last.owner.clone()));
    let held = |entry: &Entry| (entry.audience.clone(), entry.valid, entry.owner.clone());
    (entry.audience, entry.valid, entry.owner) =
        pick("audience", known(last).as_ref(), &held(new), &held(here), &mut kept);
    let langs: BTreeSet<Lang> = new.texts.keys().chain(here.texts.keys()).copied().collect();
    entry.texts = langs
        .into_iter()
        .filter_map(|lang| {
            let last = last.and_then(|last| last.texts.get(&lang));
            Some((lang, text(lang, last, new.texts.get(&lang), here.texts.get(&lang), &mut kept)?))
        })
        .collect();
    if entry.same_as(here) {
        entry.updated_at = here.updated_at;
    }
    Merged { entry, kept }
}

fn text(
    lang: Lang,
    last: Option<&EntryText>,
    new: Option<&EntryText>,
    here: Option<&EntryText>,
    kept: &mut Vec<String>,
) -> Option<EntryText> {
    let (new, here) = match (new, here) {
        (Some(new), Some(here)) => (new, here),
        // A language that the source never had is people's; one that it dropped untouched goes with it.
        (None, Some(here)) => return (last != Some(here)).then(|| here.clone()),
        (Some(new), None) => return (last != Some(new)).then(|| new.clone()),
        (None, None) => return None,
    };
    let field = |name: &str| format!("{}.{name}", lang.code());
    let title = pick(&field("title"), last.map(|last| &last.title), &new.title, &here.title, kept);
    let answer = pick(&field("answer"), last.map(|last| &last.answer), &new.answer, &here.answer, kept);
    Some(EntryText { title, phrasings: phrasings(last, new, here), answer })
}

/// What people have if they changed it, else what the source has.
fn pick<T: Clone + PartialEq>(name: &str, last: Option<&T>, new: &T, here: &T, kept: &mut Vec<String>) -> T {
    let source_changed = last != Some(new);
    let people_changed = last != Some(here);
    if !people_changed || new == here {
        return new.clone();
    }
    if source_changed {
        kept.push(name.to_owned());
    }
    here.clone()
}

/// The source's phrasings without those that people removed, then those that people added.
fn phrasings(last: Option<&EntryText>, new: &EntryText, here: &EntryText) -> Vec<String> {
    let before = last.map_or(&[][..], |last| &last.phrasings);
    let removed = |phrasing: &&String| before.contains(phrasing) && !here.phrasings.contains(phrasing);
    let mut phrasings: Vec<String> =
        new.phrasings.iter().filter(|phrasing| !removed(phrasing)).cloned().collect();
    for added in here.phrasings.iter().filter(|phrasing| !before.contains(phrasing)) {
        if !phrasings.contains(added) {
            phrasings.push(added.clone());
        }
    }
    phrasings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, answer: &str, phrasings: &[&str]) -> Entry {
        let phrasings = phrasings.iter().map(|&phrasing| phrasing.to_owned()).collect();
        let text = EntryText { title: title.to_owned(), phrasings, answer: answer.to_owned() };
        Entry {
            source: "https://a.example".to_owned(),
            ..Entry::new("x", domain::Kind::Article, [(Lang::Zh, text)])
        }
    }

    #[test]
    fn for_whom_and_how_long_stays_as_people_set_it() {
        let source = entry("营业时间", "九点到六点", &[]);
        let mut here = source.clone();
        here.owner = "门店组".to_owned();
        here.audience.regions.push("CN".to_owned());
        let merged = merge(Some(&source), &entry("营业时间", "十点到六点", &[]), &here);
        assert_eq!((merged.entry.owner.as_str(), merged.entry.audience), ("门店组", here.audience));
        assert!(merged.kept.is_empty());
    }

    #[test]
    fn where_only_the_source_changed_its_words_come_in() {
        let last = entry("退货", "七天", &[]);
        let merged = merge(Some(&last), &entry("退货", "十五天", &[]), &last);
        assert_eq!((merged.entry.texts[&Lang::Zh].answer.as_str(), merged.kept), ("十五天", vec![]));
    }

    #[test]
    fn peoples_edits_and_phrasings_stay_and_a_conflict_is_said() {
        let last = entry("退货", "七天", &["怎么退"]);
        let mut here = entry("退货", "七天，从签收起", &["怎么退", "我不想要了"]);
        here.category = "售后".to_owned();
        let unchanged = merge(Some(&last), &last, &here);
        assert!(unchanged.entry.same_as(&here) && unchanged.kept.is_empty());
        let both = merge(Some(&last), &entry("退换货", "十五天", &["如何退"]), &here);
        let text = &both.entry.texts[&Lang::Zh];
        assert_eq!((text.title.as_str(), text.answer.as_str()), ("退换货", "七天，从签收起"));
        assert_eq!(text.phrasings, ["如何退", "我不想要了"]);
        assert_eq!((both.entry.category.as_str(), both.kept), ("售后", vec!["zh.answer".to_owned()]));
    }

    #[test]
    fn a_translation_that_people_added_stays() {
        let last = entry("退货", "七天", &[]);
        let mut here = last.clone();
        here.texts.insert(Lang::En, EntryText { title: "Returns".to_owned(), ..EntryText::default() });
        let merged = merge(Some(&last), &entry("退货", "十五天", &[]), &here);
        assert_eq!(merged.entry.texts.len(), 2);
    }

    #[test]
    fn the_same_twice_changes_nothing() {
        let last = entry("退货", "七天", &["怎么退"]);
        let merged = merge(Some(&last), &last, &last);
        assert_eq!((merged.entry, merged.kept), (last, vec![]));
    }
}
