//! One row, checked: its fields have the right types and sizes, and it asks and answers something.

use std::time::Duration;

use domain::{Audience, EntryId, EntryText, Kind, Lang, Said, Timestamp, Validity, category, said};

use super::{columns::Field, fold, limits, list, markdown};

/// Why a row is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) field: Option<String>,
    pub(super) problem: Said,
}

impl Fault {
    pub(super) fn new(field: &str, problem: Said) -> Self {
        Self { field: Some(field.to_owned()), problem }
    }

    /// What is wrong with the row as a whole.
    pub(super) const fn whole(problem: Said) -> Self {
        Self { field: None, problem }
    }
}

/// What one field of a row holds.
#[derive(Debug)]
pub(super) enum Cell {
    Text(String),
    List(Vec<String>),
}

/// A row that can be taken.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) id: Option<EntryId>,
    pub(super) kind: Kind,
    pub(super) category: String,
    pub(super) tags: Vec<String>,
    /// The asker, or the owner, chose this answer among several to one question.
    pub(super) best: bool,
    pub(super) texts: Vec<(Lang, EntryText)>,
    /// What is said of texts that are not whole, where another one is.
    pub(super) left_out: Vec<Fault>,
    pub(super) source: Option<String>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) audience: Audience,
    pub(super) valid: Validity,
    pub(super) owner: String,
}

/// A row from its fields, as tables and foreign JSON have it: a text for those that name no language, and one for each language named.
pub(super) fn in_languages(
    cells: impl IntoIterator<Item = (Option<Lang>, Field, Cell)>,
) -> Result<Row, Fault> {
    let (mut row, mut texts, mut lang) = (Row::default(), Vec::new(), None);
    for (own, field, cell) in cells {
        match (field, cell) {
            (Field::Phrasings, cell) => {
                text_in(&mut texts, own).phrasings.extend(parts(cell, list::PHRASINGS));
            }
            (Field::Tags, cell) => row.tags = parts(cell, list::TAGS),
            (Field::Plans, cell) => row.audience.plans = parts(cell, list::TAGS),
            (Field::Regions, cell) => row.audience.regions = parts(cell, list::TAGS),
            (Field::Channels, cell) => row.audience.channels = parts(cell, list::TAGS),
            (field, Cell::List(_)) => {
                let problem = said!(BadValue: "是列表；这里要一段文字", "is a list; one text is wanted");
                return Err(Fault::new(field.name(), problem));
            }
            (Field::Question, Cell::Text(cell)) => text_in(&mut texts, own).title = trimmed(cell),
            (Field::Answer, Cell::Text(cell)) => text_in(&mut texts, own).answer = trimmed(cell),
            (Field::Category, Cell::Text(cell)) => row.set(field, category::tidy(&cell))?,
            (Field::Lang, Cell::Text(cell)) => lang = language(&cell)?,
            (field, Cell::Text(cell)) => row.set(field, trimmed(cell))?,
        }
    }
    if texts.iter().any(|(_, text)| is_written(text)) {
        texts.retain(|(_, text)| is_written(text));
    } else {
        texts = vec![(None, EntryText::default())];
    }
    let mut faults = Vec::new();
    for (own, text) in texts {
        let detected = || fold::language([text.title.as_str(), text.answer.as_str()]);
        let lang = own.or(lang).unwrap_or_else(detected);
        match answering(row.kind, own, text) {
            Ok(text) => row.texts.push((lang, text)),
            Err(fault) => faults.push((lang, fault)),
        }
    }
    if row.texts.is_empty() {
        return Err(faults.swap_remove(0).1);
    }
    row.left_out = faults.into_iter().map(|(lang, fault)| left_out(lang, fault)).collect();
    row.check()
}

/// What is said of a half that is not whole, where the other half of the row is taken.
fn left_out(lang: Lang, fault: Fault) -> Fault {
    let (zh, en) = lang.pick(("中文", "Chinese"), ("英文", "English"));
    let problem = said!(Empty:
        "没有填：这一行的{zh}没有收下，另一种语言照收；补上再导入",
        "is empty: the {en} half of this row is left out, the other is taken; fill it in and import again"
    );
    Fault { problem, ..fault }
}

fn is_written(text: &EntryText) -> bool {
    !(text.title.is_empty() && text.answer.is_empty() && text.phrasings.is_empty())
}

fn text_in(texts: &mut Vec<(Option<Lang>, EntryText)>, lang: Option<Lang>) -> &mut EntryText {
    let at = texts.iter().position(|(own, _)| *own == lang).unwrap_or_else(|| {
        texts.push((lang, EntryText::default()));
        texts.len() - 1
    });
    &mut texts[at].1
}

/// A text with its title, which must ask something and have an answer.
fn answering(kind: Kind, lang: Option<Lang>, mut text: EntryText) -> Result<EntryText, Fault> {
    if text.title.is_empty() {
        text.title = title_for(kind, &mut text);
    }
    let field = |name: &str| lang.map_or_else(|| name.to_owned(), |lang| format!("{}.{name}", lang.code()));
    if text.answer.is_empty() {
        let problem = said!(Empty: "没有填：顾客问到了也得不到回答", "is empty: a customer who asks this would get nothing");
        return Err(Fault::new(&field("answer"), problem));
    }
    if kind == Kind::Answer && text.title.is_empty() {
        return Err(unasked(&field("question")));
    }
    let mut seen = std::collections::HashSet::from([text.title.clone()]);
    text.phrasings.retain(|phrasing| seen.insert(phrasing.clone()));
    Ok(text)
}

impl Row {
    /// Takes a field that is one short text.
    pub(super) fn set(&mut self, field: Field, value: String) -> Result<(), Fault> {
        if value.is_empty() {
            return Ok(());
        }
        match field {
            Field::Id => self.id = Some(value.into()),
            Field::Category => self.category = value,
            Field::Source => self.source = Some(value),
            Field::Best => self.best = is_yes(&value),
            Field::Kind => self.kind = kind(&value)?,
            Field::UpdatedAt => self.updated_at = Some(moment(field, &value)?),
            Field::ValidFrom => self.valid.from = Some(moment(field, &value)?),
            Field::ValidUntil => self.valid.until = Some(moment(field, &value)?),
            Field::Owner => self.owner = value,
            Field::Question
            | Field::Phrasings
            | Field::Answer
            | Field::Tags
            | Field::Lang
            | Field::Plans
            | Field::Regions
            | Field::Channels => {}
        }
        Ok(())
    }

    /// Cleans every text of control characters and refuses what is missing or too large.
    pub(super) fn check(mut self) -> Result<Self, Fault> {
        self.category = clean(self.category);
        self.source = self.source.map(clean);
        self.owner = clean(self.owner);
        self.tags = self.tags.into_iter().map(clean).collect();
        self.id = self.id.map(|id| EntryId::from(clean(id.as_str().to_owned())));
        within("id", self.id.as_ref().map_or("", EntryId::as_str), limits::LABEL)?;
        within("category", &self.category, limits::LABEL)?;
        within("source", self.source.as_deref().unwrap_or_default(), limits::FIELD)?;
        few("tags", &self.tags, limits::TAGS, limits::LABEL)?;
        within("owner", &self.owner, limits::LABEL)?;
        for (field, names) in [
            ("plans", &self.audience.plans),
            ("regions", &self.audience.regions),
            ("channels", &self.audience.channels),
        ] {
            few(field, names, limits::TAGS, Audience::LONGEST)?;
        }
        let kind = self.kind;
        self.texts = self
            .texts
            .into_iter()
            .map(|(lang, text)| checked(kind, text).map(|text| (lang, text)))
            .collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// Bytes of text, to keep count.
    pub(super) fn size(&self) -> usize {
        let text = |text: &EntryText| {
            text.title.len() + text.answer.len() + text.phrasings.iter().map(String::len).sum::<usize>()
        };
        self.texts.iter().map(|(_, each)| text(each)).sum()
    }
}

fn checked(kind: Kind, text: EntryText) -> Result<EntryText, Fault> {
    let text = EntryText {
        title: clean(text.title),
        phrasings: text.phrasings.into_iter().map(clean).collect(),
        answer: clean(text.answer),
    };
    within("question", &text.title, limits::FIELD)?;
    within("answer", &text.answer, limits::FIELD)?;
    few("phrasings", &text.phrasings, limits::PHRASINGS, limits::PHRASING)?;
    if kind == Kind::Answer && text.title.trim().is_empty() {
        return Err(unasked("question"));
    }
    Ok(text)
}

fn unasked(field: &str) -> Fault {
    Fault::new(
        field,
        said!(Empty: "没有填：没人能问到这个回答", "is empty: nobody could ask for this answer"),
    )
}

/// What stands in for a missing title: an article's heading, MaxKB's first phrasing.
fn title_for(kind: Kind, text: &mut EntryText) -> String {
    match kind {
        Kind::Article => markdown::heading(&text.answer).unwrap_or_default(),
        Kind::Answer if text.phrasings.is_empty() => String::new(),
        Kind::Answer => text.phrasings.remove(0),
    }
}

fn parts(cell: Cell, separators: &[char]) -> Vec<String> {
    let parts = match cell {
        Cell::Text(cell) => list::split(&clean(cell), separators),
        Cell::List(parts) => parts.into_iter().map(trimmed).collect(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn within(field: &str, text: &str, most: usize) -> Result<(), Fault> {
    // Bytes are at least as many as characters, and cheaper to count.
    if text.len() <= most || text.chars().count() <= most {
        return Ok(());
    }
    Err(Fault::new(field, said!(TooLong: "超过 {most} 个字符", "is longer than {most} characters")))
}

fn few(field: &str, parts: &[String], most: usize, longest: usize) -> Result<(), Fault> {
    if parts.len() > most {
        let many = parts.len();
        return Err(Fault::new(
            field,
            said!(TooLong: "有 {many} 项；最多 {most} 项", "has {many} parts; {most} are allowed"),
        ));
    }
    parts.iter().try_for_each(|part| within(field, part, longest))
}

fn trimmed(text: String) -> String {
    clean(text).trim().to_owned()
}

/// Without NUL and other control characters; every line ends in `\n`.
pub(super) fn clean(text: String) -> String {
    let stays = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if text.chars().all(stays) {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&c| stays(c)).collect()
}

fn is_yes(text: &str) -> bool {
    ["true", "1", "yes", "y", "是", "✓"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
}

fn language(name: &str) -> Result<Option<Lang>, Fault> {
    if name.trim().is_empty() {
        return Ok(None);
    }
    let unknown = || Fault::new("lang", unknown_language(name.trim()));
    fold::language_named(name).map(Some).ok_or_else(unknown)
}

/// What is said of a name of a language that is none of ours.
pub(super) fn unknown_language(name: &str) -> Said {
    said!(BadValue: "不认识语言“{name}”；写 zh 或 en", "`{name}` is not a language we know; use zh or en")
}

/// `answer` or `article`.
pub(super) fn kind(name: &str) -> Result<Kind, Fault> {
    match name {
        "answer" => Ok(Kind::Answer),
        "article" => Ok(Kind::Article),
        other => {
            let problem = said!(BadValue:
                "没有“{other}”这种类型；写 answer 或 article",
                "`{other}` is no kind; use answer or article"
            );
            Err(Fault::new("kind", problem))
        }
    }
}

/// A moment in RFC 3339, or a date as people write it: `2026-05-01`, `2026/5/1`, `2026年5月1日`.
///
/// A date is that day in UTC, for no zone is known here: from its beginning, and until its end, so that the last day
/// still counts. East of Greenwich it ends some hours late, west of it some hours early.
pub(super) fn moment(field: Field, text: &str) -> Result<Timestamp, Fault> {
    let written = [text.to_owned(), format!("{text}Z")].iter().find_map(|candidate| candidate.parse().ok());
    written.or_else(|| edge(field, text)).ok_or_else(|| {
        let problem = said!(BadValue:
            "“{text}”不是时间；写成 2026-05-01T09:00:00Z",
            "`{text}` is no time; write 2026-05-01T09:00:00Z"
        );
        Fault::new(field.name(), problem)
    })
}

/// Where a day begins, or where it ends if something holds until then.
fn edge(field: Field, text: &str) -> Option<Timestamp> {
    const DAY: Duration = Duration::from_hours(24);
    let text = text.trim_end_matches(['日', '号']);
    let date: Vec<String> =
        text.split(['-', '/', '年', '月']).map(|part| format!("{:0>2}", part.trim())).collect();
    let begins: Timestamp = format!("{}T00:00:00Z", date.join("-")).parse().ok()?;
    if field == Field::ValidUntil { begins.checked_add(DAY).ok() } else { Some(begins) }
}
