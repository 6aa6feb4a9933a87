//! How usual a word is anywhere: a small knowledge base cannot tell that "how" says little.

use std::{collections::HashMap, sync::LazyLock};

use super::words::{Key, Space, key};

/// A term a line: `w` or `g`, the word or the gram (`_` for a blank), its share in ten-thousandths.
const USUAL: &str = include_str!("../../models/usual.tsv");

static SHARES: LazyLock<HashMap<Key, f32>> = LazyLock::new(|| USUAL.lines().filter_map(read).collect());

/// The share of questions, from 0 to 1, in which this term stands.
pub(super) fn share(key: Key) -> f32 {
    SHARES.get(&key).copied().unwrap_or(0.0)
}

fn read(line: &str) -> Option<(Key, f32)> {
    let mut fields = line.split('\t');
    let (space, text, share) = (fields.next()?, fields.next()?, fields.next()?.parse::<f32>().ok()?);
    let name = match space {
        "w" => key(Space::Word, text.as_bytes()),
        "g" => {
            let packed = text.replace('_', " ").chars().fold(0_u64, |packed, c| packed << 21 | u64::from(c));
            key(Space::Gram, &packed.to_le_bytes())
        }
        _ => return None,
    };
    Some((name, share / 10_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_words_are_usual_and_goods_are_not() {
        let share = |word: &str| share(key(Space::Word, word.as_bytes()));
        assert!(share("怎么") > 0.02 && share("how") > 0.02);
        assert!(share("砧板") < 0.001 && share("teapot") < 0.001);
    }
}
