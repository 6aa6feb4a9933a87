//! Sentences out of words that come piece by piece, with the passages they cite.

/// A sentence that does not end is cut here, in bytes: nothing waits without bounds.
const LONGEST: usize = 4_000;
/// Before these, a full stop does not end a sentence.
const SHORT: [&str; 22] = [
    "no", "nos", "nr", "mr", "mrs", "ms", "dr", "st", "vs", "approx", "e.g", "i.e", "fig", "art", "sec",
    "ca", "incl", "excl", "max", "min", "est", "p",
];

/// A finished sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, citations and marks of emphasis taken out.
    pub text: String,
    /// The numbers it cites, each once, in their order.
    pub cites: Vec<usize>,
    /// It begins a new line.
    pub on_new_line: bool,
}

/// Cuts words into sentences as they come: in Chinese and English, not at decimal points, numbered points or
/// abbreviations; a citation right behind a sentence belongs to it.
#[derive(Debug, Default)]
pub struct Splitter {
    rest: String,
    on_new_line: bool,
}

impl Splitter {
    /// Takes words and returns the sentences that they finish.
    pub fn feed(&mut self, words: &str) -> Vec<Sentence> {
        self.rest.push_str(words);
        self.cut(false)
    }

    /// The end: what is left is a sentence, if it holds words.
    pub fn end(&mut self) -> Vec<Sentence> {
        self.cut(true)
    }

    /// Forgets what is not finished.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn cut(&mut self, over: bool) -> Vec<Sentence> {
        let mut found = Vec::new();
        while let Some(end) = end_of_first(&self.rest, over) {
            let piece: String = self.rest.drain(..end).collect();
            let breaks_before = piece.len() - piece.trim_start().len();
            self.on_new_line |= piece[..breaks_before].contains('\n');
            let (text, cites) = without_citations(piece.trim());
            if !text.is_empty() {
                found.push(Sentence { text, cites, on_new_line: self.on_new_line });
                self.on_new_line = false;
            }
            self.on_new_line |= piece.ends_with('\n');
        }
        found
    }
}

/// Where the first sentence ends, in bytes; `None` if that cannot be said yet.
fn end_of_first(text: &str, over: bool) -> Option<usize> {
    let begin = text.len() - text.trim_start().len();
    for (at, letter) in text.char_indices().skip_while(|(at, _)| *at < begin) {
        let after = at + letter.len_utf8();
        match letter {
            '\n' => return Some(after),
            '。' | '！' | '？' => return with_citations(text, after, over),
            '.' | '!' | '?' => match ends_here(text, begin, at, over) {
                Some(true) => return with_citations(text, after, over),
                Some(false) => {}
                None => return None,
            },
            _ => {}
        }
        if after > LONGEST {
            return Some(after);
        }
    }
    (over && !text.is_empty()).then_some(text.len())
}

/// Whether a full stop, an exclamation or a question mark in Latin text ends the sentence; `None` if what follows is
/// not known yet.
fn ends_here(text: &str, begin: usize, at: usize, over: bool) -> Option<bool> {
    let (before, after) = (&text[begin..at], &text[at + 1..]);
    let stop = text[at..].starts_with('.');
    let word =
        before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or_default();
    if stop && (SHORT.contains(&word.to_lowercase().as_str()) || is_point(before)) {
        return Some(false);
    }
    let Some(next) = after.chars().next() else { return over.then_some(true) };
    if !(next.is_whitespace() || matches!(next, '[' | '【' | '"' | '”' | '’' | ')' | '）') || is_wide(next))
    {
        return Some(false);
    }
    match after.trim_start().chars().next() {
        None => over.then_some(true).or(after.contains('\n').then_some(true)),
        Some(next) => Some(!(stop && next.is_lowercase())),
    }
}

/// `1` in `1. First …`.
fn is_point(before: &str) -> bool {
    let number = before.trim();
    !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_wide(letter: char) -> bool {
    u32::from(letter) >= 0x2e80
}

/// The end of a sentence behind its closing quotes and citations. If they may still come, it is not known, unless the
/// sentence has cited already.
fn with_citations(text: &str, mut end: usize, over: bool) -> Option<usize> {
    loop {
        let rest = &text[end..];
        let closers = rest.len() - rest.trim_start_matches(['"', '”', '’', '」', '』', ')', '）']).len();
        end += closers;
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let ahead = &rest[gap..];
        if ahead.is_empty() {
            let cited = citation_in(&text[..end]);
            return (over || cited).then_some(end + gap);
        }
        match citation_at(ahead) {
            At::Whole(length) => end += gap + length,
            At::Partly if !over => return None,
            _ => return Some(end),
        }
    }
}

enum At {
    Whole(usize),
    Partly,
    Nothing,
}

/// A citation at the beginning: `[1]`, `[1, 2]`, `【1】`.
fn citation_at(text: &str) -> At {
    let Some(first) = text.chars().next().filter(|letter| matches!(letter, '[' | '【')) else {
        return At::Nothing;
    };
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            ']' | '】' if at > first.len_utf8() => return At::Whole(at + letter.len_utf8()),
            '0'..='9' | ',' | '，' | '、' | ' ' | '^' if at < 24 => {}
            _ => return At::Nothing,
        }
    }
    At::Partly
}

fn citation_in(text: &str) -> bool {
    text.match_indices(['[', '【']).any(|(at, _)| matches!(citation_at(&text[at..]), At::Whole(_)))
}

fn without_citations(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut cites, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    while let Some(letter) = text[at..].chars().next() {
        if let At::Whole(length) = citation_at(&text[at..]) {
            for number in text[at..at + length].split(|letter: char| !letter.is_ascii_digit()) {
                cites.extend(number.parse::<usize>().ok().filter(|number| !cites.contains(number)));
            }
            out.truncate(out.trim_end().len());
            at += length;
        } else {
            out.push(letter);
            at += letter.len_utf8();
        }
    }
    (bare(&out), cites)
}

/// Models write Markdown even when told not to; what is shown is plain.
fn bare(text: &str) -> String {
    text.trim().trim_start_matches('#').replace("**", "").replace('`', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, Vec<usize>)> {
        let mut splitter = Splitter::default();
        let mut found = splitter.feed(text);
        found.extend(splitter.end());
        found.into_iter().map(|sentence| (sentence.text, sentence.cites)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_point_in_a_number_or_behind_an_abbreviation_ends_nothing() {
        let said = "It costs 3.50 yuan, e.g. by post, see No. 5 of the list [1]. Ask Mr. Li!";
        assert_eq!(
            cut(said),
            [
                ("It costs 3.50 yuan, e.g. by post, see No. 5 of the list.".to_owned(), vec![1]),
                ("Ask Mr. Li!".to_owned(), vec![]),
            ]
        );
        assert_eq!(texts("1. Open the app. [1]\n2. Tap Orders. [1]"), ["1. Open the app.", "2. Tap Orders."]);
        assert_eq!(
            texts("满 99.5 元包邮。下单后 24 小时内发货！"),
            ["满 99.5 元包邮。", "下单后 24 小时内发货！"]
        );
    }

    #[test]
    fn citations_belong_to_the_sentence_before_them() {
        let said = "七天内可以退货。[1][2] 运费由您承担【3】。“质量问题”除外。[1, 3]";
        assert_eq!(
            cut(said),
            [
                ("七天内可以退货。".to_owned(), vec![1, 2]),
                ("运费由您承担。".to_owned(), vec![3]),
                ("“质量问题”除外。".to_owned(), vec![1, 3]),
            ]
        );
        assert_eq!(cut("Free. [1] Fast."), [("Free.".to_owned(), vec![1]), ("Fast.".to_owned(), vec![])]);
    }

    #[test]
    fn a_sentence_that_has_cited_is_told_without_waiting_for_the_next() {
        let mut splitter = Splitter::default();
        assert_eq!(splitter.feed("七天内可以退货[1]。").len(), 1);
        assert!(splitter.feed("运费另计。").is_empty(), "a citation may follow");
        assert_eq!(splitter.feed("[2]").len(), 1);
        assert!(splitter.feed("Returns are free [1].").is_empty(), "the point may be one of a number");
        assert_eq!(splitter.feed(" And").len(), 1);
    }

    #[test]
    fn what_never_ends_is_cut_and_lines_are_kept() {
        let mut splitter = Splitter::default();
        let found = splitter.feed(&"长".repeat(5_000));
        assert!(!found.is_empty() && found.iter().all(|sentence| sentence.text.len() <= LONGEST + 3));
        let mut splitter = Splitter::default();
        let lines = splitter.feed("一[1]\n二[1]\n");
        assert_eq!(lines.iter().map(|line| line.on_new_line).collect::<Vec<_>>(), [false, true]);
    }
}
