//! What a model thinks aloud is not what it says: text between `<think>` and `</think>` is never shown.

/// The names under which models think.
const NAMES: [&str; 3] = ["think", "thinking", "reasoning"];
/// `</reasoning>` and its like are no longer than this.
const LONGEST_TAG: usize = 12;

/// Words that may be shown, and whether all before them were thoughts after all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visible {
    /// A thought ended that was never begun: what was said before was thinking.
    pub before_was_thought: bool,
    /// The words.
    pub text: String,
}

/// Separates thoughts from words, however the text is cut into pieces.
#[derive(Debug, Default)]
pub struct Thoughts {
    /// Inside a thought.
    thinking: bool,
    /// What may yet become a tag.
    pending: String,
}

impl Thoughts {
    /// Takes a piece and returns what of it may be shown now.
    pub fn feed(&mut self, piece: &str) -> Visible {
        let mut shown = Visible::default();
        for letter in piece.chars() {
            if letter == '<' {
                self.let_go(&mut shown);
                self.pending.push(letter);
            } else if self.pending.is_empty() {
                self.say(letter, &mut shown);
            } else {
                self.pending.push(letter);
                self.judge(letter, &mut shown);
            }
        }
        shown
    }

    /// The end: what might have become a tag did not.
    pub fn end(&mut self) -> Visible {
        let mut shown = Visible::default();
        self.let_go(&mut shown);
        shown
    }

    fn judge(&mut self, last: char, shown: &mut Visible) {
        if last == '>' {
            match tag(&self.pending) {
                Some(opens) => {
                    self.pending.clear();
                    if !opens && !self.thinking {
                        *shown = Visible { before_was_thought: true, text: String::new() };
                    }
                    self.thinking = opens;
                }
                None => self.let_go(shown),
            }
        } else if self.pending.len() > LONGEST_TAG || !may_become_tag(&self.pending) {
            self.let_go(shown);
        }
    }

    fn let_go(&mut self, shown: &mut Visible) {
        for letter in std::mem::take(&mut self.pending).chars() {
            self.say(letter, shown);
        }
    }

    fn say(&mut self, letter: char, shown: &mut Visible) {
        if !self.thinking {
            shown.text.push(letter);
        }
    }
}

/// Whether a whole tag opens a thought or closes one.
fn tag(text: &str) -> Option<bool> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?.trim().to_ascii_lowercase();
    match inner.strip_prefix('/') {
        Some(name) => NAMES.contains(&name.trim()).then_some(false),
        None => NAMES.contains(&inner.as_str()).then_some(true),
    }
}

fn may_become_tag(text: &str) -> bool {
    let inner = text.trim_start_matches('<').trim_start().trim_start_matches('/').to_ascii_lowercase();
    NAMES.iter().any(|name| name.starts_with(inner.trim()))
}
