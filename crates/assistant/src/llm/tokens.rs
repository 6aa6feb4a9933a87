//! How many tokens a text is, roughly and rather too many: for budgets, where a server does not say.

/// A letter of Chinese is about one token; of others three to four letters are.
pub(crate) fn estimate(text: &str) -> u32 {
    let (mut wide, mut narrow) = (0_u32, 0_u32);
    for letter in text.chars() {
        if u32::from(letter) >= 0x2e80 {
            wide = wide.saturating_add(1);
        } else {
            narrow = narrow.saturating_add(1);
        }
    }
    wide.saturating_add(narrow.div_ceil(3))
}
