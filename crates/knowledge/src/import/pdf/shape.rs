//! Lines become paragraphs and headings: by the size of letters, and without what every page repeats.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::import::{
    document::{Block, Document},
    fold,
};

/// How much larger than the text a heading's letters are.
const LARGER: f64 = 1.12;
/// How much of the widest line a line fills that goes on in the next.
const FULL: f64 = 0.55;
/// Characters of a heading, at most.
const HEADING: usize = 90;
/// Levels of headings that sizes can tell apart.
const LEVELS: usize = 4;

/// Parts of letters that are letters themselves, which Unicode does not call the same; each with its letter.
const RADICALS: &str = "⺟母⺠民⺩王⺫目⺬示⺮竹⺳网⺷羊⺸羊⺻聿⺼肉⺾艹⻁虎⻂衣⻄西⻅见⻆角⻉贝⻋车⻌辶⻑長⻒長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⺁厂⺆冂⺈刀⺌小⺍小⺎兀⺒巳⺓幺⺗心⺘手⺙攵⺛旡⺝月⺡氵⺣灬⺤爪⺥爪⺧牛⺨犭";

/// A line of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) start: f64,
    pub(super) y: f64,
    pub(super) end: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    letters: usize,
    bold: usize,
    total: usize,
}

impl Line {
    /// A line that begins here.
    pub(super) fn at(start: f64, y: f64) -> Self {
        Self { start, y, ..Self::default() }
    }

    /// Counts letters of this size.
    pub(super) fn add(&mut self, size: f64, bold: bool, letters: usize) {
        if letters > 0 && (self.letters == 0 || (size - self.size).abs() > 0.1) {
            // A new size takes the line when it has more letters than all before.
            (self.size, self.letters) =
                if self.total <= letters { (size, letters) } else { (self.size, self.letters) };
        }
        self.total += letters;
        self.bold += if bold { letters } else { 0 };
    }

    fn width(&self) -> f64 {
        (self.end - self.start).max(0.0)
    }

    fn is_bold(&self) -> bool {
        self.total > 0 && self.bold * 10 >= self.total * 9
    }
}

/// The document made of these pages.
pub(super) fn document(mut pages: Vec<(u64, Vec<Line>)>, title: Option<String>) -> Document {
    without_repeats(&mut pages);
    for line in pages.iter_mut().flat_map(|(_, lines)| lines) {
        line.text = mended(&line.text);
    }
    let sizes = Sizes::of(&pages);
    let mut blocks = Vec::new();
    let has_headings =
        pages.iter().flat_map(|(_, lines)| lines).filter(|line| sizes.level(line).is_some()).count() > 1;
    let is_long = pages.len() > 1;
    let lang = fold::language(pages.iter().flat_map(|(_, lines)| lines).map(|line| line.text.as_str()));
    for (number, lines) in &pages {
        if !has_headings && is_long {
            let name = lang.pick(format!("第 {number} 页"), format!("Page {number}"));
            blocks.push(Block::Heading(LEVELS as u8 + 2, name, Some(format!("page-{number}"))));
        }
        paragraphs(lines, &sizes, &mut blocks);
    }
    Document { title, blocks, ..Document::default() }
}

/// Ligatures and the forms that some fonts use for parts of Chinese letters become plain letters.
fn mended(text: &str) -> String {
    let is_form = |c: char| matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{2e80}'..='\u{2fdf}' | '\u{a0}');
    let radical =
        |c: char| RADICALS.chars().zip(RADICALS.chars().skip(1)).step_by(2).find(|(part, _)| *part == c);
    let plain = |c: char| match is_form(c).then(|| radical(c)) {
        None => c.to_string(),
        Some(Some((_, whole))) => whole.to_string(),
        Some(None) => c.nfkc().collect(),
    };
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}'))
        .map(plain)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Headers, footers and page numbers: the first or last lines that stand on most pages, numbers aside.
fn without_repeats(pages: &mut [(u64, Vec<Line>)]) {
    const EDGE: usize = 2;
    let key =
        |line: &Line| line.text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect::<String>();
    let at_edge = |at: usize, count: usize| at < EDGE || at + EDGE >= count;
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (_, lines) in pages.iter() {
        let edge = lines.iter().enumerate().filter(|(at, _)| at_edge(*at, lines.len()));
        let keys: HashSet<String> = edge.map(|(_, line)| key(line)).collect();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let most = pages.len();
    let often = |(_, count): &(String, usize)| *count >= 3 && count * 2 > most;
    let repeated: HashSet<String> = seen.into_iter().filter(often).map(|(key, _)| key).collect();
    for (_, lines) in pages.iter_mut() {
        let count = lines.len();
        let is_repeat = |at: usize, line: &Line| at_edge(at, count) && repeated.contains(&key(line));
        let own: Vec<bool> = lines.iter().enumerate().map(|(at, line)| !is_repeat(at, line)).collect();
        // A page of nothing else says just that.
        if own.contains(&true) {
            let mut own = own.into_iter();
            lines.retain(|_| own.next().unwrap_or(true));
        }
    }
}

/// Sizes of letters: the text's own, and those of headings, largest first.
struct Sizes {
    text: f64,
    headings: Vec<i64>,
}

impl Sizes {
    fn of(pages: &[(u64, Vec<Line>)]) -> Self {
        let mut letters: HashMap<i64, usize> = HashMap::new();
        for line in pages.iter().flat_map(|(_, lines)| lines) {
            *letters.entry(tenths(line.size)).or_default() += line.total;
        }
        let usual =
            letters.iter().max_by_key(|(size, count)| (**count, -**size)).map_or(100, |(size, _)| *size);
        let larger = |size: &i64| *size as f64 > usual as f64 * LARGER;
        let mut headings: Vec<i64> = letters.into_keys().filter(larger).collect();
        headings.sort_unstable_by_key(|size| -size);
        Self { text: usual as f64 / 10.0, headings }
    }

    /// The level of a heading; `None` for text.
    fn level(&self, line: &Line) -> Option<u8> {
        let text = line.text.trim();
        let length = text.chars().count();
        if !(2..=HEADING).contains(&length) || !text.chars().any(char::is_alphabetic) {
            return None;
        }
        if let Some(rank) = self.headings.iter().position(|size| *size == tenths(line.size)) {
            return Some(rank.min(LEVELS - 1) as u8 + 1);
        }
        let ends = text.ends_with(['。', '，', '；', '：', '.', ',', ';', ':']);
        (line.is_bold() && length <= HEADING / 2 && !ends).then_some(LEVELS as u8 + 1)
    }
}

fn tenths(size: f64) -> i64 {
    (size.clamp(0.0, 10_000.0) * 10.0).round() as i64
}

fn paragraphs(lines: &[Line], sizes: &Sizes, blocks: &mut Vec<Block>) {
    let mut before: Option<&Line> = None;
    let widest = lines.iter().map(Line::width).fold(0.0, f64::max);
    for line in lines {
        let level = sizes.level(line);
        let follows = before.is_some_and(|before| is_next(before, line, sizes.text));
        // A short line ends what it says, unless it is a heading that goes on.
        let was_full = before.is_some_and(|before| before.width() > FULL * widest);
        match (level, blocks.last_mut()) {
            // A long heading goes on in the next line.
            (Some(level), Some(Block::Heading(last, words, _))) if *last == level && follows && was_full => {
                join(words, &line.text);
            }
            (Some(level), _) => blocks.push(Block::Heading(level, line.text.clone(), None)),
            (None, _) if item(&line.text).is_some() => {
                blocks.push(Block::Item(0, item(&line.text).unwrap_or_default().to_owned()));
            }
            (None, Some(Block::Text(words) | Block::Item(_, words))) if follows && was_full => {
                join(words, &line.text);
            }
            _ => blocks.push(Block::Text(line.text.clone())),
        }
        before = Some(line);
    }
}

/// Whether a line goes on where the last one stopped: a line's height below it, or before it on the page of a
/// program that counts downwards.
fn is_next(before: &Line, line: &Line, size: f64) -> bool {
    let height = size.max(line.size).max(1.0);
    let gap = (before.y - line.y).abs();
    gap < 1.75 * height && gap > 0.4 * height && line.start < before.start + 2.5 * height
}

fn item(text: &str) -> Option<&str> {
    let rest = text
        .trim_start()
        .strip_prefix(['•', '·', '▪', '●', '■', '◦', '‣', '–', '○', '◆', '➢', '\u{f0b7}', '\u{f0d8}'])?;
    (!rest.trim().is_empty()).then(|| rest.trim())
}

/// Joins lines: Chinese without a blank, a word that was broken without its hyphen.
fn join(words: &mut String, next: &str) {
    let next = next.trim();
    let (last, first) = (words.chars().next_back(), next.chars().next());
    let is_wide = |c: char| {
        ('\u{2e80}'..='\u{9fff}').contains(&c)
            || ('\u{3000}'..='\u{303f}').contains(&c)
            || ('\u{ff00}'..='\u{ffef}').contains(&c)
    };
    match (last, first) {
        (Some('-'), Some(first))
            if first.is_lowercase() && words.chars().rev().nth(1).is_some_and(char::is_alphabetic) =>
        {
            words.pop();
        }
        (Some(last), Some(first)) if is_wide(last) && is_wide(first) => {}
        _ => words.push(' '),
    }
    words.push_str(next);
}
