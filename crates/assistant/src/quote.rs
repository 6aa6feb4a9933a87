//! The sentences of a section that answer a question, word for word.

use std::collections::HashSet;

use domain::Lang;

/// At most so many characters are quoted.
const LIMIT_ZH: usize = 180;
const LIMIT_EN: usize = 420;
/// At most so many sentences.
const SENTENCES: usize = 3;

/// A sentence and where it stands.
struct Sentence<'a> {
    text: &'a str,
    score: f32,
}

/// Up to three sentences of `section`, in its order, chosen by how many of the question's words they hold;
/// words that stand in many of its sentences count less. The heading's words count for all. Never empty
/// for a section with words.
pub(crate) fn quote(question: &str, section: &str, lang: Lang) -> Vec<String> {
    let lines = sentences(section);
    let wanted: HashSet<String> = language::segment::terms(question).into_iter().collect();
    let terms: Vec<HashSet<String>> =
        lines.iter().map(|line| language::segment::terms(line).into_iter().collect()).collect();
    let weight = |term: &String| {
        let holders = terms.iter().filter(|have| have.contains(term)).count();
        1.0 / (1.0 + holders as f32)
    };
    let scored: Vec<Sentence<'_>> = lines
        .iter()
        .zip(&terms)
        .map(|(text, have)| Sentence {
            text,
            score: wanted.iter().filter(|term| have.contains(*term)).map(weight).sum(),
        })
        .collect();
    pick(&scored, lang.pick(LIMIT_ZH, LIMIT_EN))
}

fn pick(scored: &[Sentence<'_>], limit: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..scored.len()).collect();
    order.sort_by(|&a, &b| scored[b].score.total_cmp(&scored[a].score).then(a.cmp(&b)));
    let Some(&best) = order.first() else { return Vec::new() };
    let mut chosen = vec![best];
    let mut length = scored[best].text.chars().count();
    for &next in order.iter().skip(1) {
        let size = scored[next].text.chars().count();
        let worthy = scored[next].score >= scored[best].score * 0.5 && scored[next].score > 0.0;
        if chosen.len() < SENTENCES && worthy && length + size <= limit {
            chosen.push(next);
            length += size;
        }
    }
    // One short sentence rarely stands alone: the one after it explains it.
    if chosen.len() == 1 && best + 1 < scored.len() && length + scored[best + 1].text.chars().count() <= limit
    {
        chosen.push(best + 1);
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|at| scored[at].text.to_owned()).collect()
}

/// Cuts Markdown into sentences: list marks, emphasis and heading marks fall away, nothing else changes.
pub(crate) fn sentences(section: &str) -> Vec<String> {
    section.lines().map(bare).flat_map(|line| split(&line)).filter(|line| !line.is_empty()).collect()
}

fn bare(line: &str) -> String {
    let line = line.trim().trim_start_matches(['-', '*', '#', '>', '+']).trim_start();
    let numbered = line
        .split_once(". ")
        .filter(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    numbered.map_or(line, |(_, rest)| rest).replace("**", "")
}

fn split(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let latin_end = matches!(ch, '.' | '!' | '?') && next.is_none_or(char::is_whitespace);
        if matches!(ch, '。' | '！' | '？' | '；') || latin_end {
            let end = at + ch.len_utf8();
            found.push(line[start..end].trim().to_owned());
            start = end;
        }
    }
    found.push(line[start..].trim().to_owned());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_with_the_words_is_quoted_and_nothing_is_changed() {
        let section = "退货请在 7 天内申请。\n- 运费由您承担，质量问题除外。\n- **礼品卡**不能退。\n";
        let quoted = quote("礼品卡能退吗", section, Lang::Zh);
        assert!(quoted.contains(&"礼品卡不能退。".to_owned()), "{quoted:?}");
    }

    #[test]
    fn a_number_does_not_end_a_sentence() {
        assert_eq!(split("It costs 3.50 yuan. Then wait."), ["It costs 3.50 yuan.", "Then wait.", ""]);
    }
}
