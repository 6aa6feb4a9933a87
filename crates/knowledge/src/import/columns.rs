//! What a column means, by its name.

mod spoken;

use domain::{Lang, Said, said};

use super::fold;

/// What a column or a JSON field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Question,
    Phrasings,
    Answer,
    Category,
    Tags,
    Lang,
    Best,
    Kind,
    Source,
    UpdatedAt,
    Plans,
    Regions,
    Channels,
    ValidFrom,
    ValidUntil,
    Owner,
}

/// A column of a table that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) field: Field,
    /// The language that its name says: `answer_en`.
    pub(super) lang: Option<Lang>,
}

/// Names by field, folded as [`fold::header`] does; earlier names win where a table has several.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "编号", "編號"]),
    (
        Field::Question,
        &["question", "q", "标准问题", "标准问", "标准问法", "问题", "問題", "标题", "標題", "title"],
    ),
    (
        Field::Phrasings,
        &[
            "phrasings",
            "phrasing",
            "similar",
            "similarquestions",
            "similarquestion",
            "相似问题",
            "相似问法",
            "相似问",
            "相似問題",
            "扩展问法",
            "扩展问题",
            "扩展问",
            "其他问法",
            "其它问法",
            "别的问法",
            "同义问法",
            "otherphrasings",
            "variants",
            "alternatives",
            "index",
            "indexes",
        ],
    ),
    (Field::Answer, &["answer", "a", "答案", "标准答案", "回答", "回复", "reply", "content", "内容", "內容"]),
    (Field::Category, &["category", "分类", "分類", "类别", "類別", "类目"]),
    (Field::Tags, &["tags", "tag", "标签", "標籤"]),
    (Field::Lang, &["lang", "language", "locale", "语言", "語言"]),
    (Field::Best, &["best", "最佳", "采纳"]),
    (Field::Kind, &["kind"]),
    (Field::Source, &["source", "来源", "來源"]),
    (Field::UpdatedAt, &["updatedat", "更新时间", "更新時間"]),
    (Field::Plans, &["forplans", "适用套餐"]),
    (Field::Regions, &["forregions", "适用地区", "適用地區"]),
    (Field::Channels, &["forchannels", "适用渠道"]),
    (Field::ValidFrom, &["validfrom", "生效时间", "生效日期", "生效時間"]),
    (Field::ValidUntil, &["validuntil", "失效时间", "失效日期", "失效時間"]),
    (Field::Owner, &["owner", "负责人", "負責人"]),
];

/// MaxKB's columns. Beside them a column `问题` holds phrasings, one on a line.
const SEGMENT_TITLE: &[&str] = &["分段标题", "分段標題", "paragraphtitle", "segmenttitle"];
const SEGMENT_CONTENT: &[&str] = &["分段内容", "分段內容", "paragraphcontent", "segmentcontent"];

impl Field {
    /// Whether it holds several texts.
    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::Phrasings | Self::Tags | Self::Plans | Self::Regions | Self::Channels)
    }

    /// The name that remarks and our own exports use.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Question => "question",
            Self::Phrasings => "phrasings",
            Self::Answer => "answer",
            Self::Category => "category",
            Self::Tags => "tags",
            Self::Lang => "lang",
            Self::Best => "best",
            Self::Kind => "kind",
            Self::Source => "source",
            Self::UpdatedAt => "updated_at",
            Self::Plans => "for_plans",
            Self::Regions => "for_regions",
            Self::Channels => "for_channels",
            Self::ValidFrom => "valid_from",
            Self::ValidUntil => "valid_until",
            Self::Owner => "owner",
        }
    }
}

/// Which of these names hold what: each field once, phrasings as often as they come.
pub(super) fn assign<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<(usize, Field)> {
    let names: Vec<String> = names.into_iter().map(fold::header).collect();
    let segmented = names.iter().any(|name| is_segment(name));
    let mut known: Vec<(usize, usize, Field)> = names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| meaning(name, segmented).map(|(field, rank)| (rank, at, field)))
        .collect();
    known.sort_by_key(|&(rank, at, _)| (rank, at));
    let mut columns: Vec<(usize, Field)> = Vec::new();
    for (_, at, field) in known {
        if field == Field::Phrasings || columns.iter().all(|&(_, taken)| taken != field) {
            columns.push((at, field));
        }
    }
    columns.sort_by_key(|&(at, _)| at);
    columns
}

/// The columns of a table whose header this is; `None` if it is none.
pub(super) fn of_table(header: &[String]) -> Option<Vec<Column>> {
    let (own, plain) = split(header);
    let enough = are_enough(&plain) || spoken::are_enough(&own);
    enough.then(|| joined(own, plain))
}

/// The fields of an object by their names, enough or not.
pub(super) fn of_object(names: &[String]) -> Vec<Column> {
    let (own, plain) = split(names);
    joined(own, plain)
}

fn joined(own: Vec<Column>, plain: Vec<(usize, Field)>) -> Vec<Column> {
    plain.into_iter().map(|(at, field)| Column { at, field, lang: None }).chain(own).collect()
}

/// How many of these names are known.
pub(super) fn known(header: &[String]) -> usize {
    let (own, plain) = split(header);
    own.len() + plain.len()
}

/// Those of a language, and the others. Beside columns of a language no other text stands that nobody could ask for.
fn split(header: &[String]) -> (Vec<Column>, Vec<(usize, Field)>) {
    let mut own = spoken::columns(header.iter().map(String::as_str));
    let silent = without(header, &own);
    spoken::lend(&mut own, &silent);
    let mut plain = assign(without(header, &own));
    if !own.is_empty() && !are_enough(&plain) {
        plain.retain(|&(_, field)| !spoken::is_text(field));
    }
    (own, plain)
}

/// The names, each in its place, but for those of these columns.
fn without<'a>(header: &'a [String], columns: &[Column]) -> Vec<&'a str> {
    let taken = |at: usize| columns.iter().any(|column| column.at == at);
    header.iter().enumerate().map(|(at, name)| if taken(at) { "" } else { name.as_str() }).collect()
}

/// So many columns are named that nothing is read from.
const NAMED: usize = 8;

/// What is said of columns that nothing is read from.
pub(super) fn unused(header: &[String], columns: &[Column]) -> Option<Said> {
    let read = |at: usize| columns.iter().any(|column| column.at == at);
    let names = header.iter().enumerate().filter(|(at, name)| !read(*at) && !name.trim().is_empty());
    let names: Vec<&str> = names.map(|(_, name)| name.trim()).take(NAMED).collect();
    (!names.is_empty()).then(|| {
        let (zh, en) = (names.join("、"), names.join(", "));
        said!(Unused: "没有读这些列：{zh}；其余的照常读", "nothing is read from these columns: {en}; the others are")
    })
}

/// Whether a table with these columns can be read: something asked, and an answer.
pub(super) fn are_enough(columns: &[(usize, Field)]) -> bool {
    let has = |wanted| columns.iter().any(|&(_, field)| field == wanted);
    has(Field::Answer) && (has(Field::Question) || has(Field::Phrasings))
}

fn is_segment(name: &str) -> bool {
    SEGMENT_TITLE.contains(&name) || SEGMENT_CONTENT.contains(&name)
}

fn meaning(name: &str, segmented: bool) -> Option<(Field, usize)> {
    if SEGMENT_TITLE.contains(&name) {
        return Some((Field::Question, 0));
    }
    if SEGMENT_CONTENT.contains(&name) {
        return Some((Field::Answer, 0));
    }
    let (field, rank) = named(name).or_else(|| {
        // 相似问1, 相似问2, index1 …
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        named(stem).filter(|&(field, _)| field == Field::Phrasings)
    })?;
    match field {
        Field::Question if segmented => Some((Field::Phrasings, rank + 1)),
        _ => Some((field, rank + 1)),
    }
}

fn named(name: &str) -> Option<(Field, usize)> {
    NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|known| *known == name)?)))
}
