//! Feelings of messages that were heard lately: how satisfied a customer is depends on all they said, and each turn asks
//! anew.

use std::{
    hash::{BuildHasher, RandomState},
    num::NonZeroUsize,
    sync::{LazyLock, Mutex, PoisonError},
};

use lru::LruCache;

use super::{Feeling, feeling_of};
use crate::tone::Tone;

/// So many messages.
const HEARD: NonZeroUsize = NonZeroUsize::new(8_192).unwrap();

/// By a hash that nobody outside can aim at: the words themselves are not kept.
static LATELY: LazyLock<(RandomState, Mutex<LruCache<u64, Feeling>>)> =
    LazyLock::new(|| (RandomState::new(), Mutex::new(LruCache::new(HEARD))));

/// What a message shows, to be known again soon.
pub(crate) fn heard(text: &str, tone: &Tone) -> Feeling {
    let feeling = feeling_of(tone);
    let (hasher, lately) = &*LATELY;
    lately.lock().unwrap_or_else(PoisonError::into_inner).put(hasher.hash_one(text), feeling);
    feeling
}

/// The same as [`heard`], which says it if it was heard lately.
pub(crate) fn heard_again(text: &str, tone: &Tone) -> Feeling {
    let (hasher, lately) = &*LATELY;
    let known = lately.lock().unwrap_or_else(PoisonError::into_inner).get(&hasher.hash_one(text)).copied();
    known.unwrap_or_else(|| heard(text, tone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tone::hear;

    #[test]
    fn what_was_heard_before_sounds_the_same() {
        for text in ["你们就是骗子！！！", "thanks, that was great", "", "怎么退货", "😀"] {
            let tone = hear(text);
            assert_eq!(heard(text, &tone), feeling_of(&tone), "{text}");
            assert_eq!(heard_again(text, &tone), feeling_of(&tone), "{text}");
        }
        assert_eq!(
            heard_again("谁也没说过这句", &hear("谁也没说过这句")),
            feeling_of(&hear("谁也没说过这句"))
        );
    }
}
