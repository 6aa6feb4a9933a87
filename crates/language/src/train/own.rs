//! Rows that we wrote: what customers say to a shop, and what is said to mislead an assistant.

use super::detector::mix;

/// A message with what it shows.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// The words.
    pub text: &'static str,
    /// `positive`, `neutral`, `negative`, `angry`; of attacks `attack` or `ordinary`, of wishes for a person `asks` or `ordinary`.
    pub label: &'static str,
    /// It presses for time.
    pub urgent: bool,
    /// It is a complaint that wants an answer.
    pub complaint: bool,
}

impl Said {
    /// One row in four never trains: it measures.
    pub fn is_test(&self) -> bool {
        mix(self.text).is_multiple_of(4)
    }
}

/// Service messages in Chinese.
pub fn service_zh() -> Vec<Said> {
    read(include_str!("rows/service.zh.txt"))
}

/// Service messages in English.
pub fn service_en() -> Vec<Said> {
    read(include_str!("rows/service.en.txt"))
}

/// Attacks on the assistant, and ordinary words that resemble them, in both languages.
pub fn attacks() -> Vec<Said> {
    read(include_str!("rows/attack.txt"))
}

/// Wishes for a person, and what resembles them, in both languages: `asks` or `ordinary`.
pub fn persons() -> Vec<Said> {
    read(include_str!("rows/person.txt"))
}

/// Lines below a heading `= label urgent complaint`.
fn read(rows: &'static str) -> Vec<Said> {
    let (mut said, mut label, mut urgent, mut complaint) = (Vec::new(), "", false, false);
    for line in rows.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()) {
        match line.strip_prefix("= ") {
            Some(heading) => {
                label = heading.split(' ').next().unwrap_or_default();
                urgent = heading.contains(" urgent");
                complaint = heading.contains(" complaint");
            }
            None => said.push(Said { text: line, label, urgent, complaint }),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_ours_are_many_and_each_is_there_once() {
        for (rows, least) in [(service_zh(), 400), (service_en(), 400), (attacks(), 250), (persons(), 600)] {
            assert!(rows.len() >= least, "{}", rows.len());
            let mut texts: Vec<&str> = rows.iter().map(|said| said.text).collect();
            texts.sort_unstable();
            let all = texts.len();
            texts.dedup();
            assert_eq!(texts.len(), all);
            let test = rows.iter().filter(|said| said.is_test()).count();
            assert!(test * 6 > all && test * 3 < all, "{test} of {all}");
        }
    }
}
