//! Puts a thing to say into words: in the shop's tone, never as it was just said, and with the feeling first.

use domain::{Lang, Past, Timestamp};

use crate::{
    heart::Blow,
    phrases::{Line, Phrases, ways},
    read::Reading,
    tone::Manner,
};

/// Who speaks, to whom and when.
pub(crate) struct Voice<'a> {
    pub(crate) phrases: &'a Phrases,
    pub(crate) manner: &'a Manner,
    pub(crate) past: &'a Past,
    pub(crate) lang: Lang,
    pub(crate) now: Timestamp,
}

/// What was said in so many exchanges is still in the customer's ear.
const HEARD: usize = 2;
/// So sure must it be that a customer is unhappy before that is answered: plain questions name what went wrong too.
const SURELY: f32 = 0.75;
/// Who is likely upset and says one of these is.
const LOUD: [&str; 22] = [
    "！",
    "!",
    "垃圾",
    "破",
    "骗",
    "坑人",
    "太差",
    "差劲",
    "气死",
    "投诉",
    "服了",
    "无语",
    "ridiculous",
    "worst",
    "terrible",
    "awful",
    "unacceptable",
    "rubbish",
    "scam",
    "useless",
    "joke",
    "disgust",
];
/// So sure that nobody would call it a plain question.
const PLAINLY: f32 = 0.9;

impl Voice<'_> {
    /// The words of a thing to say. Of several ways the first that is not in the customer's ear.
    pub(crate) fn say(&self, line: Line) -> String {
        let ways = ways(line, self.lang, self.manner.tone);
        let worded: Vec<String> = ways.iter().map(|way| self.worded(way)).collect();
        let fresh = worded.iter().find(|words| !self.is_heard(words));
        // All were said lately: the turn of each comes round.
        let turn = self.past.exchanges.len() % worded.len().max(1);
        fresh.or(worded.get(turn)).cloned().unwrap_or_default()
    }

    fn worded(&self, way: &str) -> String {
        let greeting = self.manner.greeting(self.lang, self.now);
        self.manner
            .address(way.replace("{greeting}", greeting))
            .replace("{shop}", self.phrases.shop(self.lang))
    }

    fn is_heard(&self, words: &str) -> bool {
        self.past.exchanges.iter().rev().take(HEARD).any(|exchange| exchange.said.contains(words))
    }

    /// Whether the customer is upset and says so: short messages and plain questions name what went wrong, too.
    pub(crate) fn hears_upset(reading: &Reading) -> bool {
        let low = reading.meant.to_lowercase();
        let loudly = || LOUD.iter().any(|word| low.contains(word));
        let surely = reading.mood.confidence >= SURELY || reading.complaint >= SURELY;
        reading.is_upset() && (surely || loudly())
    }

    /// A word of regret for a customer who is upset: not on every turn, and not where the answer has one itself.
    pub(crate) fn regret(&self, reading: &Reading, answer: &str) -> Option<String> {
        let angry = reading.mood.name == "angry";
        if !Self::hears_upset(reading)
            || Self::regrets(answer)
            || self.regretted(if angry { 1 } else { HEARD })
        {
            return None;
        }
        Some(self.say(if angry { Line::VerySorry } else { Line::Sorry }))
    }

    /// The word that comes first after a blow.
    pub(crate) fn after(&self, blow: Blow) -> String {
        self.say(match blow {
            Blow::Grief => Line::Condolence,
            Blow::Injury => Line::VerySorry,
        })
    }

    /// Whether a person should be within reach, whatever the answer: for the angry, the plainly unhappy, and for a
    /// complaint of the unhappy.
    pub(crate) fn cares_most(reading: &Reading) -> bool {
        let plainly = reading.mood.confidence >= PLAINLY || reading.complaint >= SURELY;
        reading.mood.name == "angry" || (reading.is_upset() && plainly)
    }

    /// Whether a text begins with regret.
    pub(crate) fn regrets(text: &str) -> bool {
        let opening: String = text.chars().take(40).collect::<String>().to_lowercase();
        ["抱歉", "对不起", "不好意思", "节哀", "sorry", "apolog"].iter().any(|word| opening.contains(word))
    }

    /// Whether one of the last answers began with regret.
    fn regretted(&self, back: usize) -> bool {
        self.past.exchanges.iter().rev().take(back).any(|exchange| Self::regrets(&exchange.said))
    }

    /// Words of our own that no list holds, as customers are addressed.
    pub(crate) fn own(&self, zh: String, en: String) -> String {
        self.manner.address(self.lang.pick(zh, en))
    }
}
