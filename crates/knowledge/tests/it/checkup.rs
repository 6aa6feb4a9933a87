//! Defects planted into the sample shop are found, and little else is.

use domain::{Entry, EntryId, EntryText, Kind as EntryKind, Lang, Timestamp};
use jiff::civil::{Date, date};
use knowledge::{
    Library,
    lint::{Asked, Finding, Report, check_up},
};

use crate::planting::{Plant, Sow, held, sample, third, tuned};

const TODAY: Date = date(2026, 11, 20);

fn changed() -> Timestamp {
    "2026-10-15T08:00:00Z".parse().unwrap()
}

fn findings(shop: &[Entry]) -> Vec<Finding> {
    findings_on(TODAY, shop)
}

fn findings_on(day: Date, shop: &[Entry]) -> Vec<Finding> {
    report(day, shop).findings
}

fn report(day: Date, shop: &[Entry]) -> Report {
    let library = Library::new();
    library.change(shop, &[], 1);
    check_up(&library, day, &Asked::default(), &|| ())
}

fn is_of(plant: &Plant, finding: &Finding) -> bool {
    let named = |id: &str| plant.at.contains(&id);
    let other = finding.other.as_ref().is_some_and(|other| named(other.entry.as_str()));
    finding.kind == plant.kind && (named(finding.entry.as_str()) || other)
}

/// Plants all at once among these traps, and says which were not found and what else was.
fn harvest(plants: &[Plant], traps: &[Sow]) -> (Vec<String>, Vec<String>, usize) {
    let mut shop = sample(changed());
    for trap in traps {
        trap.apply(&mut shop);
    }
    for plant in plants {
        plant.sow(&mut shop);
    }
    let found = findings(&shop);
    let missed = plants.iter().filter(|plant| !found.iter().any(|finding| is_of(plant, finding)));
    let missed = missed.map(|plant| format!("{:?} {:?}", plant.kind, plant.at)).collect();
    let wrong = found.iter().filter(|finding| !plants.iter().any(|plant| is_of(plant, finding)));
    (missed, wrong.map(line).collect(), found.len())
}

fn line(finding: &Finding) -> String {
    let other = finding.other.as_ref().map(|other| format!(" | {}: {}", other.entry, other.quote));
    let Finding { kind, entry, lang, quote, problem, .. } = finding;
    format!("{kind:?} {entry} {lang:?}: {quote}{} | {}", other.unwrap_or_default(), problem.zh)
}

/// At most one in so many is missed, and at most one in so many of what is reported is wrong.
#[track_caller]
fn passes(name: &str, plants: &[Plant], traps: &[Sow], one_in: usize) {
    let (missed, wrong, all) = harvest(plants, traps);
    println!(
        "{name}: {} of {} found, {} of {all} findings false",
        plants.len() - missed.len(),
        plants.len(),
        wrong.len()
    );
    println!("missed: {missed:#?}\nfalse: {wrong:#?}");
    assert!(missed.len() * one_in <= plants.len(), "{name}: too many missed: {missed:#?}");
    assert!(wrong.len() * one_in <= all, "{name}: too many false: {wrong:#?}");
}

#[test]
fn the_sample_shop_is_clean() {
    let found: Vec<String> = findings(&sample(changed())).iter().map(line).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn what_comes_again_every_year_does_not_expire() {
    let found: Vec<String> = findings_on(date(2026, 12, 20), &sample(changed())).iter().map(line).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn planted_defects_are_found() {
    passes("tuned", tuned::PLANTS, &[], 20);
}

#[test]
fn defects_in_words_that_nothing_was_tuned_on_are_found() {
    passes("held", held::PLANTS, &[], 10);
}

#[test]
fn a_third_set_of_defects_is_found_among_what_only_looks_like_them() {
    passes("third", third::PLANTS, third::TRAPS, 20);
}

#[test]
fn what_only_looks_like_a_defect_is_none() {
    let (_, wrong, _) = harvest(&[], third::TRAPS);
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn there_are_enough_of_every_kind_in_both_languages() {
    assert!(tuned::PLANTS.len() + held::PLANTS.len() >= 60);
    for half in [tuned::PLANTS, held::PLANTS, third::PLANTS] {
        for kind in knowledge::lint::Kind::ALL {
            assert!(half.iter().any(|plant| plant.kind == kind), "{kind:?}");
        }
    }
}

/// So many entries of one template, which differ in a number and two words.
fn cluster(entries: usize) -> Vec<Entry> {
    let colours = ["红色", "蓝色", "绿色", "白色", "黑色", "灰色", "紫色", "粉色", "黄色", "棕色"];
    let entry = |at: usize| {
        let (colour, shelf) = (colours[at % 10], at / 10);
        let text = EntryText {
            title: format!("{colour}{shelf}号书架怎么清洗"),
            phrasings: vec![format!("请问{shelf}号{colour}书架，怎么清洗")],
            answer: format!(
                "关于{colour}书架：怎么清洗的问题，我们按第 {at} 号规定办理，三个工作日内给您答复。"
            ),
        };
        let id = EntryId::from(format!("shelf-{at}").as_str());
        Entry {
            updated_at: changed(),
            ..Entry::new(
                id,
                EntryKind::Answer,
                [(Lang::Zh, text)].into_iter().collect::<domain::texts::Texts>(),
            )
        }
    };
    (0..entries).map(entry).collect()
}

#[test]
fn in_a_cluster_of_one_template_an_entry_is_compared_with_few_of_the_others() {
    const ENTRIES: usize = 2_000;
    let effort = report(TODAY, &cluster(ENTRIES)).effort;
    println!("{effort:?}");
    assert!(effort.compared <= 1_000 * ENTRIES, "by all rules together with half of them: {effort:?}");
    assert!(effort.asked <= ENTRIES, "the library is asked about a title once: {effort:?}");
    assert!(
        effort.crowded > ENTRIES / 2,
        "who has more neighbours than are looked at is counted: {effort:?}"
    );
}

#[test]
fn a_shop_is_looked_at_as_a_whole() {
    let effort = report(TODAY, &sample(changed())).effort;
    assert_eq!((effort.crowded, effort.unasked), (0, 0), "{effort:?}");
    assert!(effort.compared > 0 && effort.asked > 0);
}

#[test]
fn a_finding_keeps_its_name_until_its_text_changes() {
    let one = &tuned::PLANTS[0];
    let mut shop = sample(changed());
    shop.retain(|entry| ["return-window", "made-where", "jobs"].contains(&entry.id.as_str()));
    one.sow(&mut shop);
    let key = |shop: &[Entry]| {
        let found = findings(shop);
        found.iter().find(|finding| is_of(one, finding)).map(|finding| finding.key.clone())
    };
    let before = key(&shop);
    assert!(before.is_some());
    let last = shop.len() - 1;
    shop[last].category.push('x');
    assert_eq!(key(&shop), before, "another entry changed");
    let entry = shop.iter_mut().find(|entry| entry.id.as_str() == "return-window").unwrap();
    entry.texts.get_mut(&domain::Lang::Zh).unwrap().answer.push_str("请保留包装。");
    assert!(key(&shop).is_some_and(|key| Some(key) != before));
}
