//! How satisfied the customer is with the conversation so far, predicted without asking.
//!
//! What the customer says, what they said last and what they were told are looked at apart, with the course of the
//! mood and the shape of the conversation.

use std::sync::LazyLock;

use crate::{
    bag::Names,
    linear::{Classifier, NotAClassifier, number, shares, take},
    mood::{Feeling, heard_again},
    tone::{Tone, hear},
};

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The customer.
    Customer,
    /// Whoever serves them, a person or a machine.
    Desk,
}

/// One turn of a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// Who.
    pub role: Role,
    /// What.
    pub text: &'a str,
}

/// How satisfied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Satisfaction {
    /// The probability of each of [`LABELS`].
    pub shares: [f32; 3],
}

/// In the order of [`Satisfaction::shares`].
pub const LABELS: [&str; 3] = ["negative", "neutral", "positive"];

impl Satisfaction {
    /// The likeliest label and its probability.
    pub fn label(&self) -> (&'static str, f32) {
        let best = (0..3).max_by(|&a, &b| self.shares[a].total_cmp(&self.shares[b])).unwrap_or(1);
        (LABELS[best], self.shares[best])
    }

    /// From -1, not at all, to 1, fully.
    pub fn balance(&self) -> f32 {
        self.shares[2] - self.shares[0]
    }
}

/// More turns than this, the latest, are not looked at.
const TURNS: usize = 24;
/// How many numbers describe the shape.
pub(crate) const SHAPE: usize = 20;

/// A conversation, cut once: what is looked at.
pub(crate) struct Seen {
    /// All the customer said, what they said last, all they were told.
    pub(crate) views: [Names; 3],
    pub(crate) shape: [f32; SHAPE],
}

/// Made by [`crate::train::satisfaction`].
#[derive(Debug, Clone, Default)]
pub struct Judge {
    /// For each view, then for the shape.
    pub(crate) parts: [Classifier; 4],
    /// How sharply scores become shares.
    pub(crate) sharpness: f32,
}

static SHIPPED: LazyLock<Judge> =
    LazyLock::new(|| Judge::from_bytes(include_bytes!("../models/satisfaction.bin")).unwrap_or_default());

/// Loads the model now rather than at the first conversation.
pub fn warm() {
    LazyLock::force(&SHIPPED);
}

/// How satisfied the customer is, as far as the conversation has come.
pub fn satisfaction(turns: &[Turn<'_>]) -> Satisfaction {
    SHIPPED.judge(turns)
}

/// The course of the feeling: how good each of the customer's turns sounds, from -1 to 1, in their order.
pub fn course(turns: &[Turn<'_>]) -> Vec<f32> {
    let customer = turns.iter().filter(|turn| turn.role == Role::Customer);
    customer.map(|turn| heard_again(turn.text, &hear(turn.text)).balance()).collect()
}

impl Judge {
    /// How satisfied the customer is. Of no turns nothing is known: neutral.
    pub fn judge(&self, turns: &[Turn<'_>]) -> Satisfaction {
        if !turns.iter().any(|turn| turn.role == Role::Customer) || self.parts[3].names.len() != LABELS.len()
        {
            return Satisfaction { shares: [0.0, 1.0, 0.0] };
        }
        let scores: Vec<f32> = self.scores(&see(turns)).iter().map(|score| self.sharpness * score).collect();
        let shares = shares(&scores);
        Satisfaction { shares: [shares[0], shares[1], shares[2]] }
    }

    pub(crate) fn scores(&self, seen: &Seen) -> [f32; 3] {
        let mut sums = [0.0; 3];
        let mut add = |scores: Vec<f32>| sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
        for (part, names) in self.parts.iter().zip(&seen.views) {
            add(part.scores_of(names));
        }
        let shape: Vec<(u32, f32)> = (0..).zip(seen.shape).collect();
        add(self.parts[3].scores_in(&shape));
        sums
    }

    /// The model's file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.sharpness.to_le_bytes().to_vec();
        for part in &self.parts {
            let part = part.to_bytes();
            bytes.extend((part.len() as u32).to_le_bytes());
            bytes.extend(part);
        }
        bytes
    }

    fn from_bytes(mut rest: &'static [u8]) -> Result<Self, NotAClassifier> {
        let mut judge = Self { sharpness: f32::from_bits(number(&mut rest)?), ..Self::default() };
        for part in &mut judge.parts {
            let length = number(&mut rest)? as usize;
            *part = Classifier::from_bytes(take(&mut rest, length)?)?;
        }
        Ok(judge)
    }
}

/// Looks at a conversation.
pub(crate) fn see(turns: &[Turn<'_>]) -> Seen {
    let turns = &turns[turns.len().saturating_sub(TURNS)..];
    let of = |role| turns.iter().filter(move |turn| turn.role == role).map(|turn| turn.text);
    let mut customer: Vec<Tone> = of(Role::Customer).map(hear).collect();
    let moods: Vec<Feeling> =
        of(Role::Customer).zip(&customer).map(|(text, tone)| heard_again(text, tone)).collect();
    let all = of(Role::Customer).collect::<Vec<_>>().join("\n");
    let told = of(Role::Desk).collect::<Vec<_>>().join("\n");
    let last = of(Role::Customer).next_back().unwrap_or_default();
    let shape = shape(turns, &customer, &moods, &all, &told, last);
    let last = customer.pop().unwrap_or_else(|| hear(last));
    Seen { views: [hear(&all).names, last.names, hear(&told).names], shape }
}

/// The course of the mood, who spoke last, lengths, thanks, questions asked twice.
fn shape(
    turns: &[Turn<'_>],
    customer: &[Tone],
    moods: &[Feeling],
    all: &str,
    told: &str,
    last: &str,
) -> [f32; SHAPE] {
    let balance: Vec<f32> = moods.iter().map(Feeling::balance).collect();
    let (first, end) = (balance.first().copied().unwrap_or(0.0), balance.last().copied().unwrap_or(0.0));
    let mean = balance.iter().sum::<f32>() / balance.len().max(1) as f32;
    let worst = balance.iter().copied().fold(1.0, f32::min);
    let worst_since = balance.iter().skip(1).copied().fold(1.0, f32::min);
    let yes = |is: bool| f32::from(u8::from(is));
    let length = |text: &str| (text.chars().count() as f32).ln_1p() / 5.0;
    let thanks = |text: &str| {
        let text = text.to_lowercase();
        yes(["谢", "thank", "thx", "appreciate"].iter().any(|word| text.contains(word)))
    };
    let customer_last = turns.last().is_some_and(|turn| turn.role == Role::Customer);
    let desk = turns.len() - customer.len();
    [
        yes(customer_last),
        turns.len() as f32 / 5.0,
        customer.len() as f32 / 3.0,
        desk as f32 / 3.0,
        length(all),
        length(told),
        length(last),
        thanks(last),
        thanks(last) * yes(customer_last),
        yes(customer.len() == 1),
        yes(turns.len() == 2),
        yes(all.contains(['!', '！'])),
        last.matches(['?', '？']).count().min(4) as f32 / 2.0,
        first,
        end,
        mean,
        worst,
        worst_since,
        moods.iter().map(|mood| mood.shares[3]).fold(0.0, f32::max),
        repeats(customer),
    ]
}

/// The greatest share of a later turn's words that an earlier one had: questions that are asked twice.
fn repeats(customer: &[Tone]) -> f32 {
    let mut most = 0.0_f32;
    for (at, later) in customer.iter().enumerate().skip(1) {
        let before: std::collections::HashSet<&String> =
            customer[..at].iter().flat_map(|tone| &tone.terms).collect();
        let again = later.terms.iter().filter(|term| before.contains(term)).count();
        most = most.max(again as f32 / later.terms.len().max(3) as f32);
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn story(turns: &[(Role, &str)]) -> Satisfaction {
        let turns: Vec<Turn<'_>> = turns.iter().map(|&(role, text)| Turn { role, text }).collect();
        satisfaction(&turns)
    }

    #[test]
    fn thanks_at_the_end_are_worth_more_than_a_complaint() {
        use Role::{Customer, Desk};
        let zh = |last| {
            story(&[
                (Customer, "我的退款还没到，订单号20261102"),
                (Desk, "您好，已为您查询，退款今天已经处理，预计明天到账。"),
                (Customer, last),
            ])
        };
        assert!(zh("收到了，谢谢，太好了").balance() > zh("你们太差劲了，还是没有解决，失望").balance());
        let en = |last| {
            story(&[
                (Customer, "My refund has not arrived, order 20261102"),
                (Desk, "Hello, we have checked: it was sent today and should be there tomorrow."),
                (Customer, last),
            ])
        };
        let (glad, sad) = (
            en("Got it, thank you so much, great service"),
            en("This is terrible, you never solve anything"),
        );
        assert!(glad.balance() > sad.balance(), "{glad:?} {sad:?}");
    }

    #[test]
    fn the_course_follows_what_the_customer_says_and_nobody_else() {
        let said = [
            (Role::Customer, "怎么退货"),
            (Role::Desk, "太差了，失望"),
            (Role::Customer, "东西太差了，失望"),
            (Role::Customer, "谢谢，很满意"),
        ];
        let turns = said.map(|(role, text)| Turn { role, text });
        let [first, second, third] = course(&turns)[..] else { panic!("three turns are the customer's") };
        assert!(second < first && first < third, "{first} {second} {third}");
        assert_eq!(course(&[]), [] as [f32; 0]);
    }

    #[test]
    fn of_nothing_said_nothing_is_known() {
        assert_eq!(story(&[]).label(), ("neutral", 1.0));
        assert_eq!(story(&[(Role::Desk, "您好")]).label().0, "neutral");
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole: &'static [u8] = Judge::default().to_bytes().leak();
        assert!(Judge::from_bytes(whole).is_ok());
        assert!((0..whole.len()).all(|short| Judge::from_bytes(&whole[..short]).is_err()));
    }

    proptest! {
        /// Whatever is said, the shares sum to 1.
        #[test]
        fn any_conversation_can_be_judged(texts in proptest::collection::vec(r"(?s).{0,40}", 0..6)) {
            let turns: Vec<Turn<'_>> =
                texts.iter().map(|text| Turn { role: Role::Customer, text }).collect();
            let sum: f32 = satisfaction(&turns).shares.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-3);
        }
    }
}
