//! Rows together: one entry from several languages, one answer to a repeated question.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Entry, EntryId, EntryText, IntentExample, Kind, Lang, Picture, Said, TestQuestion, Timestamp,
    picture::names_in, said,
};

use super::{
    Harvest, Remark,
    bytes::Place,
    draft::{Fault, Row},
    fold, limits,
};

/// What was read so far.
#[derive(Debug)]
pub(super) struct Basket {
    now: Timestamp,
    rows: Vec<(Place, Row)>,
    examples: BTreeSet<IntentExample>,
    tests: BTreeSet<TestQuestion>,
    /// By name, and where each was found.
    pictures: BTreeMap<String, (Place, Vec<u8>)>,
    /// Bytes of them.
    album: usize,
    /// Bytes of text in `rows`.
    size: usize,
    rejected: Vec<Remark>,
    /// Remarks beyond the limit, and the last of them.
    more: Option<(u64, Place)>,
}

/// A text that answers for now, and what decides whether it goes on doing so.
struct Held {
    place: Place,
    best: bool,
}

/// An entry in the making.
struct Growing {
    entry: Entry,
    held: BTreeMap<Lang, Held>,
    first: Place,
}

impl Basket {
    pub(super) const fn new(now: Timestamp) -> Self {
        Self {
            now,
            rows: Vec::new(),
            examples: BTreeSet::new(),
            tests: BTreeSet::new(),
            pictures: BTreeMap::new(),
            album: 0,
            size: 0,
            rejected: Vec::new(),
            more: None,
        }
    }

    /// Whether no further row can be taken.
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() + self.examples.len() + self.tests.len() >= limits::ROWS || self.size >= limits::TEXT
    }

    /// Takes a row and notes what is missing in it, or notes why not.
    pub(super) fn put(&mut self, place: &Place, row: Result<Row, Fault>) {
        match row {
            Ok(mut row) => {
                for fault in std::mem::take(&mut row.left_out) {
                    self.reject(place, fault.field, fault.problem);
                }
                self.size += row.size();
                self.rows.push((place.clone(), row));
            }
            Err(fault) => self.reject(place, fault.field, fault.problem),
        }
    }

    /// Takes an example, or notes why not.
    pub(super) fn teach(&mut self, place: &Place, example: Result<IntentExample, Fault>) {
        match example {
            Ok(_) if self.examples.len() >= limits::EXAMPLES => {
                let most = limits::EXAMPLES;
                let problem =
                    said!(Full: "没有收下：例句超过 {most} 条", "not taken: more than {most} examples");
                self.reject(place, None, problem);
            }
            Ok(example) => {
                self.examples.insert(example);
            }
            Err(fault) => self.reject(place, fault.field, fault.problem),
        }
    }

    /// Takes a test question, or notes why not.
    pub(super) fn test(&mut self, place: &Place, test: Result<TestQuestion, Fault>) {
        match test {
            Ok(_) if self.tests.len() >= limits::TESTS => {
                let most = limits::TESTS;
                let problem = said!(Full: "没有收下：测试题超过 {most} 道", "not taken: more than {most} test questions");
                self.reject(place, None, problem);
            }
            Ok(test) => {
                self.tests.insert(test);
            }
            Err(fault) => self.reject(place, fault.field, fault.problem),
        }
    }

    /// Takes a picture and says its name, or notes why not.
    pub(super) fn picture(&mut self, place: &Place, picture: Result<Picture, Fault>) -> Option<String> {
        match picture {
            Ok(picture) if self.pictures.contains_key(&picture.name) => Some(picture.name),
            Ok(picture)
                if self.pictures.len() >= limits::PICTURES
                    || self.album + picture.bytes.len() > limits::ALBUM =>
            {
                let (count, most) = (limits::PICTURES, limits::ALBUM >> 20);
                let problem = said!(Full:
                    "没有保留：图片超过 {count} 张或共 {most} MiB；分几次导入",
                    "not kept: more than {count} pictures or {most} MiB of them; split the import"
                );
                self.reject(place, Some("image".to_owned()), problem);
                None
            }
            Ok(Picture { name, bytes }) => {
                self.album += bytes.len();
                self.pictures.insert(name.clone(), (place.clone(), bytes));
                Some(name)
            }
            Err(fault) => {
                self.reject(place, fault.field, fault.problem);
                None
            }
        }
    }

    /// The pictures that entries show; the others are noted.
    fn pictures_of(&mut self, entries: &[Entry]) -> Vec<Picture> {
        let texts = entries.iter().flat_map(|entry| entry.texts.values());
        let shown: HashSet<&str> = texts.flat_map(|text| names_in(&text.answer)).collect();
        let mut kept = Vec::new();
        for (name, (place, bytes)) in std::mem::take(&mut self.pictures) {
            if shown.contains(name.as_str()) {
                kept.push(Picture { name, bytes });
            } else {
                let problem = said!(Picture: "没有保留：这次导入没有文章用到它", "not kept: no article of this import shows it");
                self.reject(&place, Some("image".to_owned()), problem);
            }
        }
        kept
    }

    /// Notes that something was not taken.
    pub(super) fn reject(&mut self, place: &Place, field: Option<String>, problem: Said) {
        if self.rejected.len() < limits::REMARKS {
            self.rejected.push(remark(place, field, problem));
        } else {
            let before = self.more.as_ref().map_or(0, |(count, _)| *count);
            self.more = Some((before + 1, place.clone()));
        }
    }

    /// Gives ids, joins languages, sets repeated questions aside.
    pub(super) fn into_harvest(mut self) -> Harvest {
        let mut rows = std::mem::take(&mut self.rows);
        name(&mut rows);
        let mut growing: Vec<Growing> = Vec::new();
        let mut by_id: HashMap<EntryId, usize> = HashMap::new();
        let mut duplicates = Vec::new();
        for (place, row) in rows {
            let Some(id) = row.id.clone() else { continue };
            let at = *by_id.entry(id.clone()).or_insert(growing.len());
            if at == growing.len() {
                growing.push(Growing::new(id, &row, &place, self.now));
            }
            match growing[at].conflict(&row) {
                Some(problem) => self.reject(&place, Some("kind".to_owned()), problem),
                None => growing[at].add(place, row, self.now, &mut duplicates),
            }
        }
        let entries: Vec<Entry> = growing.into_iter().map(|growing| growing.entry).collect();
        let pictures = self.pictures_of(&entries);
        if let Some((count, place)) = self.more.take() {
            let problem = said!(More:
                "还有 {count} 处类似的，最后一处在这里",
                "and {count} more like these, the last of them here"
            );
            self.rejected.push(remark(&place, None, problem));
        }
        let examples = self.examples.into_iter().collect();
        let tests = self.tests.into_iter().collect();
        Harvest { entries, rejected: self.rejected, duplicates, examples, tests, pictures }
    }
}

/// Gives every row an id. One that asks what a row with an id asks is that row again.
fn name(rows: &mut [(Place, Row)]) {
    let mut named: HashMap<(Lang, String), EntryId> = HashMap::new();
    for (_, row) in rows.iter().filter(|(_, row)| row.kind == Kind::Answer) {
        let Some(id) = &row.id else { continue };
        for (lang, text) in &row.texts {
            named.entry((*lang, fold::question(&text.title))).or_insert_with(|| id.clone());
        }
    }
    for (_, row) in rows.iter_mut().filter(|(_, row)| row.id.is_none()) {
        let Some((lang, text)) = row.texts.first() else { continue };
        let known = named.get(&(*lang, fold::question(&text.title)));
        row.id = Some(known.cloned().unwrap_or_else(|| fold::id_of(*lang, &text.title)));
    }
}

impl Growing {
    fn new(id: EntryId, row: &Row, place: &Place, now: Timestamp) -> Self {
        let entry = Entry { updated_at: now, ..Entry::new(id, row.kind, domain::texts::Texts::new()) };
        Self { entry, held: BTreeMap::new(), first: place.clone() }
    }

    /// What speaks against joining this row.
    fn conflict(&self, row: &Row) -> Option<Said> {
        let differs = row.kind != self.entry.kind;
        differs.then(|| {
            let first = &self.first;
            said!(Repeated:
                "{first} 用了同一个编号，类型却不同；换一个编号",
                "{first} is of another kind with the same id; give it another id"
            )
        })
    }

    /// Puts the row's texts where there is none yet, or where this one is better.
    fn add(&mut self, place: Place, mut row: Row, now: Timestamp, aside: &mut Vec<Remark>) {
        let mut leads = self.held.is_empty();
        for (lang, text) in std::mem::take(&mut row.texts) {
            let mine = Held { place: place.clone(), best: row.best };
            let Some(held) = self.held.get(&lang) else {
                self.held.insert(lang, mine);
                self.entry.texts.insert(lang, text);
                continue;
            };
            if row.best && !held.best {
                let old = self.entry.texts.insert(lang, text).unwrap_or_default();
                aside.push(set_aside(&held.place, &old, &mine.place));
                leads |= self.held.len() == 1;
                self.held.insert(lang, mine);
            } else {
                aside.push(set_aside(&place, &text, &held.place));
            }
        }
        self.describe(&place, row, leads, now);
    }

    /// The row that leads says where the entry comes from and how it is filed; others fill gaps.
    fn describe(&mut self, place: &Place, row: Row, leads: bool, now: Timestamp) {
        if leads {
            self.entry.source = row.source.unwrap_or_else(|| place.to_string());
            self.entry.updated_at = row.updated_at.unwrap_or(now);
        }
        if !row.audience.is_everyone() && (leads || self.entry.audience.is_everyone()) {
            self.entry.audience = row.audience;
        }
        if !row.valid.is_always() && (leads || self.entry.valid.is_always()) {
            self.entry.valid = row.valid;
        }
        if !row.owner.is_empty() && (leads || self.entry.owner.is_empty()) {
            self.entry.owner = row.owner;
        }
        if !row.category.is_empty() && (leads || self.entry.category.is_empty()) {
            self.entry.category = row.category;
        }
        if !row.tags.is_empty() && (leads || self.entry.tags.is_empty()) {
            self.entry.tags = row.tags;
        }
    }
}

fn set_aside(place: &Place, text: &EntryText, winner: &Place) -> Remark {
    let asked = match text.phrasings.as_slice() {
        [] => Said::verbatim(""),
        phrasings => {
            said!("，问法“{}”", ", asked as “{}”", phrasings.join("”, “"))
        }
    };
    let (title, answer) = (text.title.trim(), text.answer.trim());
    let (asked_zh, asked_en) = (asked.zh, asked.en);
    let problem = said!(SetAside:
        "“{title}”在 {winner} 已有回答，这一行先放在一边：“{answer}”{asked_zh}。\
         留下一条，或标上“最佳”（best），或各给一个编号",
        "“{title}” is already answered by {winner}; set aside: “{answer}”{asked_en}. \
         Keep one of them, mark it `best`, or give them ids"
    );
    remark(place, None, problem)
}

fn remark(place: &Place, field: Option<String>, problem: Said) -> Remark {
    Remark { file: place.file.to_string(), line: place.line, field, problem }
}
