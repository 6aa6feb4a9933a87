//! What differs between two states of an entry, for people to read.

use domain::{Entry, Kind, Lang};

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Question or article.
    Kind,
    /// The question or title, in a language.
    Title(Lang),
    /// Other ways to ask, in a language.
    Phrasings(Lang),
    /// The answer, in a language.
    Answer(Lang),
    /// The group.
    Category,
    /// The labels.
    Tags,
    /// For whom: plans.
    Plans,
    /// For whom: regions.
    Regions,
    /// For whom: channels.
    Channels,
    /// When it begins to hold.
    From,
    /// When it ceases to.
    Until,
    /// Who looks after it.
    Owner,
}

impl Field {
    /// The name in the API.
    pub fn name(self) -> String {
        match self {
            Self::Kind => "kind".to_owned(),
            Self::Title(lang) => format!("texts.{}.title", lang.code()),
            Self::Phrasings(lang) => format!("texts.{}.phrasings", lang.code()),
            Self::Answer(lang) => format!("texts.{}.answer", lang.code()),
            Self::Category => "category".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::Plans => "audience.plans".to_owned(),
            Self::Regions => "audience.regions".to_owned(),
            Self::Channels => "audience.channels".to_owned(),
            Self::From => "valid.from".to_owned(),
            Self::Until => "valid.until".to_owned(),
            Self::Owner => "owner".to_owned(),
        }
    }
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// In both.
    Same(String),
    /// Only before.
    Gone(String),
    /// Only after.
    New(String),
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDiff {
    /// Which.
    pub field: Field,
    /// What it was and is, in order.
    pub runs: Vec<Run>,
}

/// The fields that differ, in the order in which an editor shows them.
pub fn diff(before: Option<&Entry>, after: Option<&Entry>) -> Vec<FieldDiff> {
    let (before, after) = (before.map(fields).unwrap_or_default(), after.map(fields).unwrap_or_default());
    let mut told: Vec<Field> = after.iter().chain(&before).map(|(field, _)| *field).collect();
    let mut seen = Vec::new();
    told.retain(|field| {
        !seen.contains(field) && {
            seen.push(*field);
            true
        }
    });
    let value = |of: &[(Field, String)], field: Field| {
        of.iter().find(|(known, _)| *known == field).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    told.into_iter()
        .map(|field| (field, value(&before, field), value(&after, field)))
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| FieldDiff { field, runs: words(&before, &after) })
        .collect()
}

fn fields(entry: &Entry) -> Vec<(Field, String)> {
    let mut fields = Vec::new();
    for (lang, text) in &entry.texts {
        fields.push((Field::Title(*lang), text.title.clone()));
        fields.push((Field::Phrasings(*lang), text.phrasings.join("\n")));
        fields.push((Field::Answer(*lang), text.answer.clone()));
    }
    let moment = |at: Option<domain::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let kind = match entry.kind {
        Kind::Answer => "answer",
        Kind::Article => "article",
    };
    fields.extend([
        (Field::Kind, kind.to_owned()),
        (Field::Category, entry.category.clone()),
        (Field::Tags, entry.tags.join(", ")),
        (Field::Plans, entry.audience.plans.join(", ")),
        (Field::Regions, entry.audience.regions.join(", ")),
        (Field::Channels, entry.audience.channels.join(", ")),
        (Field::From, moment(entry.valid.from)),
        (Field::Until, moment(entry.valid.until)),
        (Field::Owner, entry.owner.clone()),
    ]);
    fields
}

/// More comparisons than this are not worth the wait: then all is told as gone and new.
const MOST: usize = 4_000_000;

/// The words of two texts, aligned: Chinese by characters, other scripts by words.
pub fn words(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (tokens(before), tokens(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut runs = Vec::new();
    for token in &old[..head] {
        push(&mut runs, Run::Same((*token).to_owned()));
    }
    middle(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut runs);
    for token in &old[old.len() - tail..] {
        push(&mut runs, Run::Same((*token).to_owned()));
    }
    runs
}

fn middle(old: &[&str], new: &[&str], runs: &mut Vec<Run>) {
    if old.len().saturating_mul(new.len()) > MOST {
        push(runs, Run::Gone(old.concat()));
        return push(runs, Run::New(new.concat()));
    }
    let common = longest_common(old, new);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let width = new.len() + 1;
        let below = |i: usize, j: usize| common[i * width + j];
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(runs, Run::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j >= new.len() || (i < old.len() && below(i + 1, j) >= below(i, j + 1)) {
            push(runs, Run::Gone(old[i].to_owned()));
            i += 1;
        } else {
            push(runs, Run::New(new[j].to_owned()));
            j += 1;
        }
    }
}

/// How many tokens two endings have in common at most, for all pairs of endings.
fn longest_common(old: &[&str], new: &[&str]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    common
}

fn push(runs: &mut Vec<Run>, run: Run) {
    match (runs.last_mut(), run) {
        (_, Run::Same(text) | Run::Gone(text) | Run::New(text)) if text.is_empty() => {}
        (Some(Run::Same(last)), Run::Same(text))
        | (Some(Run::Gone(last)), Run::Gone(text))
        | (Some(Run::New(last)), Run::New(text)) => last.push_str(&text),
        (_, run) => runs.push(run),
    }
}

/// Words of letters and digits below the CJK blocks; everything else character by character.
fn tokens(text: &str) -> Vec<&str> {
    let in_word = |c: char| c.is_alphanumeric() && (c as u32) < 0x2E80;
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let goes_on = in_word(letter) && letters.peek().is_some_and(|(_, next)| in_word(*next));
        if !goes_on {
            tokens.push(&text[from..end]);
            from = end;
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let show = |run: Run| match run {
            Run::Same(text) => text,
            Run::Gone(text) => format!("[-{text}-]"),
            Run::New(text) => format!("[+{text}+]"),
        };
        words(before, after).into_iter().map(show).collect()
    }

    #[test]
    fn only_what_differs_is_marked() {
        assert_eq!(shown("七天内可以退货。", "十五天内可以退货。"), "[-七-][+十五+]天内可以退货。");
        assert_eq!(
            shown("within 7 days of delivery", "within 14 days"),
            "within [-7-][+14+] days[- of delivery-]"
        );
        assert_eq!(shown("", "新的"), "[+新的+]");
        assert_eq!(shown("same", "same"), "same");
    }

    #[test]
    fn what_is_too_long_to_align_is_told_whole() {
        let (before, after) = ("旧".repeat(3_000), "新".repeat(3_000));
        assert_eq!(words(&before, &after), [Run::Gone(before.clone()), Run::New(after.clone())]);
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_read_off(before in "[ab 退货。]{0,40}", after in "[ab 退货。]{0,40}") {
            let runs = words(&before, &after);
            let read = |leave_out: fn(&Run) -> bool| -> String {
                runs.iter().filter(|run| !leave_out(run)).map(|run| match run {
                    Run::Same(text) | Run::Gone(text) | Run::New(text) => text.as_str(),
                }).collect()
            };
            proptest::prop_assert_eq!(read(|run| matches!(run, Run::New(_))), before);
            proptest::prop_assert_eq!(read(|run| matches!(run, Run::Gone(_))), after);
        }
    }
}
