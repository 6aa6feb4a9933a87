//! What an import would change, before it changes anything.

use std::{collections::HashSet, fmt};

use domain::{Entry, EntryId, IntentExample, Lang, Picture, TestQuestion};
use serde::{Deserialize, Serialize};

use super::{Harvest, Remark};

/// An entry that is known and comes in differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What is stored.
    pub old: Entry,
    /// What would be stored.
    pub new: Entry,
}

impl Change {
    /// Whether a person wrote at the desk what this import would write over.
    pub fn is_edited_at_desk(&self) -> bool {
        self.old.source.starts_with("desk:")
    }
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Entries that are not known yet.
    pub new: Vec<Entry>,
    /// Entries that are known and differ.
    pub changed: Vec<Change>,
    /// Entries that are known and say the same.
    pub unchanged: Vec<EntryId>,
    /// Rows that could not be taken.
    pub rejected: Vec<Remark>,
    /// Rows set aside, because another row already answers their question.
    pub duplicates: Vec<Remark>,
    /// What customers mean.
    #[serde(default)]
    pub examples: ExamplePlan,
    /// Test questions that come in, known or not.
    #[serde(default)]
    pub tests: Vec<TestQuestion>,
    /// The pictures that the entries show.
    #[serde(default, with = "super::picture", skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
}

/// Examples of intents that come in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamplePlan {
    /// Those that are not known yet.
    pub new: Vec<IntentExample>,
    /// How many are known.
    pub unchanged: usize,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not known yet.
    pub new: usize,
    /// Known and different.
    pub changed: usize,
    /// Known and the same.
    pub unchanged: usize,
    /// Not taken.
    pub rejected: usize,
    /// Set aside.
    pub duplicates: usize,
    /// Examples of intents, which are no entries.
    pub examples: ExampleCounts,
    /// Test questions, which are no entries either.
    pub tests: usize,
}

/// How many examples of intents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleCounts {
    /// Not known yet.
    pub new: usize,
    /// Known.
    pub unchanged: usize,
}

/// A plan without the texts of its entries: counts, and every remark.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    /// How many of each.
    #[serde(flatten)]
    pub counts: Counts,
    /// Why rows were not taken.
    pub rejections: &'a [Remark],
    /// The wording of the rows that were set aside.
    pub set_aside: &'a [Remark],
}

/// Compares what files hold with what is known.
///
/// A file that has one language of an entry leaves the other alone, and one that says nothing of
/// category, tags, audience, validity or owner leaves those alone. Examples of intents count as new until [`Plan::knowing`] is told others.
pub fn plan(harvest: Harvest, existing: impl Fn(&EntryId) -> Option<Entry>) -> Plan {
    let mut plan = Plan {
        rejected: harvest.rejected,
        duplicates: harvest.duplicates,
        examples: ExamplePlan { new: harvest.examples, unchanged: 0 },
        tests: harvest.tests,
        pictures: harvest.pictures,
        ..Plan::default()
    };
    for entry in harvest.entries {
        match existing(&entry.id) {
            None => plan.new.push(entry),
            Some(old) => {
                let new = completed(entry, &old);
                if new.same_as(&old) {
                    plan.unchanged.push(new.id);
                } else {
                    plan.changed.push(Change { old, new });
                }
            }
        }
    }
    plan
}

fn completed(mut entry: Entry, old: &Entry) -> Entry {
    let theirs = std::mem::replace(&mut entry.texts, old.texts.clone());
    entry.texts.extend(theirs);
    if entry.category.is_empty() {
        entry.category.clone_from(&old.category);
    }
    if entry.tags.is_empty() {
        entry.tags.clone_from(&old.tags);
    }
    if entry.audience.is_everyone() {
        entry.audience.clone_from(&old.audience);
    }
    if entry.valid.is_always() {
        entry.valid = old.valid;
    }
    if entry.owner.is_empty() {
        entry.owner.clone_from(&old.owner);
    }
    entry
}

impl Plan {
    /// The same where these examples are known already.
    #[must_use]
    pub fn knowing(mut self, known: &[IntentExample]) -> Self {
        let known: HashSet<&IntentExample> = known.iter().collect();
        let before = self.examples.new.len();
        self.examples.new.retain(|example| !known.contains(example));
        self.examples.unchanged += before - self.examples.new.len();
        self
    }

    /// How many of each.
    pub const fn counts(&self) -> Counts {
        Counts {
            new: self.new.len(),
            changed: self.changed.len(),
            unchanged: self.unchanged.len(),
            rejected: self.rejected.len(),
            duplicates: self.duplicates.len(),
            examples: ExampleCounts { new: self.examples.new.len(), unchanged: self.examples.unchanged },
            tests: self.tests.len(),
        }
    }

    /// The plan for `--json`.
    pub fn summary(&self) -> Summary<'_> {
        Summary { counts: self.counts(), rejections: &self.rejected, set_aside: &self.duplicates }
    }

    /// What is to be told of the plan once it is carried out: all but the texts of new entries, so that a great many
    /// are not held twice.
    #[must_use]
    pub fn to_tell(&self) -> Self {
        let named = |entry: &Entry| Entry { texts: domain::texts::Texts::new(), ..entry.clone() };
        Self {
            new: self.new.iter().map(named).collect(),
            changed: self.changed.clone(),
            unchanged: self.unchanged.clone(),
            rejected: self.rejected.clone(),
            duplicates: self.duplicates.clone(),
            examples: self.examples.clone(),
            tests: self.tests.clone(),
            pictures: Vec::new(),
        }
    }

    /// The entries to store.
    pub fn into_entries(self) -> impl Iterator<Item = Entry> {
        self.new.into_iter().chain(self.changed.into_iter().map(|change| change.new))
    }
}

impl Plan {
    /// The whole of it in lines for a terminal, in the language of who reads.
    pub fn told(&self, lang: Lang) -> String {
        let mut lines = self.counts().told(lang);
        let (edited, changed) =
            lang.pick(("改动（同事在工作台改过）", "改动"), ("changed (edited at the desk)", "changed"));
        let (rejected, aside) = lang.pick(("没有导入", "放在一边"), ("rejected", "set aside"));
        let mut line = |name: &str, text: &str| lines.push(format!("{name}{}{text}", lang.pick("：", ": ")));
        for change in &self.changed {
            let title = change.new.texts.values().next().map_or("", |text| &text.title);
            let name = if change.is_edited_at_desk() { edited } else { changed };
            line(name, &format!("{} {}", change.new.id, short(title)));
        }
        self.rejected.iter().for_each(|remark| line(rejected, &short(&remark.told(lang))));
        self.duplicates.iter().for_each(|remark| line(aside, &short(&remark.told(lang))));
        lines.join("\n")
    }
}

impl Counts {
    fn told(&self, lang: Lang) -> Vec<String> {
        let Self { new, changed, unchanged, rejected, duplicates, examples, tests } = self;
        let mut lines = vec![lang.pick(
            format!("新增 {new} 条，改动 {changed} 条，不变 {unchanged} 条，没有导入 {rejected} 条，重复放在一边 {duplicates} 条"),
            format!("{new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected, {duplicates} set aside as duplicates"),
        )];
        if *examples != ExampleCounts::default() {
            let ExampleCounts { new, unchanged } = examples;
            lines.push(lang.pick(
                format!("意图例句：新增 {new} 条，不变 {unchanged} 条"),
                format!("examples of intents: {new} new, {unchanged} unchanged"),
            ));
        }
        if *tests > 0 {
            lines.push(lang.pick(format!("测试题：{tests} 道"), format!("test questions: {tests}")));
        }
        lines
    }
}

impl fmt::Display for Plan {
    /// For logs and tests: in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.told(Lang::En))
    }
}

/// One line of a terminal; the whole wording is in the JSON.
fn short(text: &str) -> String {
    const MOST: usize = 240;
    let line: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { line + "…" } else { line }
}
