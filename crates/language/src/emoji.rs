//! Emoji: which characters are one, and what some of them say.

use crate::mood::Mood;

const GLAD: &str = "😀😃😄😁😊🙂😍🥰😘🤗😋😎🤩🥳👍👏🙏👌❤💕💖💗🎉🌹💯";
const SAD: &str = "😢😭😞😔😟🙁☹😩😫😣😖😥😰🥺👎💔😒🙄😑";
const FURIOUS: &str = "😡😠🤬👿💢😤";

/// Whether this is an emoji or a part of one (a skin tone, a selector, a joiner).
pub const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1F12F}' | '\u{1F18A}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}')
}

/// The feeling that an emoji says aloud. Most say none, and 😂 says too many.
pub fn feeling(c: char) -> Option<Mood> {
    if !is_emoji(c) {
        return None;
    }
    [(GLAD, Mood::Positive), (SAD, Mood::Negative), (FURIOUS, Mood::Angry)]
        .into_iter()
        .find_map(|(list, mood)| list.contains(c).then_some(mood))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_emoji_say_how_one_feels() {
        assert_eq!(feeling('😡'), Some(Mood::Angry));
        assert_eq!(feeling('👍'), Some(Mood::Positive));
        assert_eq!(feeling('😭'), Some(Mood::Negative));
        assert_eq!(feeling('😂'), None);
        assert_eq!(feeling('差'), None);
    }
}
