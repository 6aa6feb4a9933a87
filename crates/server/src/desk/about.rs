//! The right side of the desk: who this is, what was tried, and why.

use domain::{Lang, Rung, Thumb, Timestamp};
use reception::Told;

use super::{
    explain::{self, Story, story},
    going::Satisfied,
    inbox,
    known::Known,
    part, percent, talk,
    times::Moment,
    words::{self, Words, fill},
};

/// What explains a conversation.
pub(super) struct About {
    pub(super) who: String,
    pub(super) contact: Option<String>,
    pub(super) since: Option<Moment>,
    pub(super) speaks: &'static str,
    pub(super) channel: String,
    pub(super) earlier: Vec<Earlier>,
    pub(super) intent: Option<String>,
    pub(super) intent_sure: Option<String>,
    pub(super) mood: &'static str,
    pub(super) mood_name: &'static str,
    pub(super) satisfied: Option<Satisfied>,
    pub(super) handover: Option<&'static str>,
    pub(super) rating: Option<Rated>,
    pub(super) tried: Vec<Tried>,
    pub(super) known: Known,
}

/// An earlier conversation of the same customer.
pub(super) struct Earlier {
    pub(super) href: String,
    pub(super) at: Moment,
    pub(super) about: String,
}

/// What the customer says of the whole.
pub(super) struct Rated {
    pub(super) score: String,
    pub(super) comment: Option<String>,
}

/// An answer that was given, with its whole story.
pub(super) struct Tried {
    pub(super) rung: &'static str,
    pub(super) titles: Vec<Title>,
    /// Whether it could have come out of the knowledge.
    pub(super) quotes: bool,
    /// `up`, `down` or nothing.
    pub(super) thumb: &'static str,
    pub(super) story: Story,
}

/// An entry that was used.
pub(super) struct Title {
    pub(super) text: String,
    pub(super) href: String,
}

impl About {
    pub(super) fn new(lang: Lang, told: &Told, now: Timestamp) -> Self {
        let w = Words::of(lang);
        let c = &told.conversation;
        let customer = told.customer.as_ref();
        let sure = told
            .traces
            .iter()
            .rev()
            .filter_map(|trace| trace.intent.as_ref())
            .find(|intent| Some(&intent.name) == c.intent.as_ref());
        Self {
            who: inbox::who(lang, talk::name(told), c.customer.as_str()),
            contact: customer.and_then(|customer| customer.contact.clone()),
            since: customer.map(|customer| Moment::new(lang, customer.since, now)),
            speaks: words::language(lang, c.lang.code()).unwrap_or(w.unknown),
            channel: inbox::channel(lang, c.channel.as_str()),
            earlier: told
                .earlier
                .iter()
                .map(|earlier| Earlier {
                    href: inbox::path(&earlier.id, "all"),
                    at: Moment::new(lang, earlier.opened_at, now),
                    about: earlier
                        .intent
                        .as_deref()
                        .map(|intent| inbox::intent(lang, intent))
                        .unwrap_or_default(),
                })
                .collect(),
            intent: c.intent.as_deref().map(|intent| inbox::intent(lang, intent)),
            intent_sure: sure.map(|intent| percent(intent.confidence)),
            mood: inbox::mood_code(&c.mood),
            mood_name: words::mood(lang, &c.mood).unwrap_or(w.unknown),
            satisfied: told.going.as_ref().map(|going| Satisfied::new(lang, going)),
            handover: c.handover.and_then(|reason| words::handover(lang, reason.name())),
            rating: told.rating.as_ref().map(|rating| Rated {
                score: fill(w.of_five, &[&rating.score.to_string()]),
                comment: rating.comment.clone(),
            }),
            tried: told.traces.iter().rev().map(|trace| tried(lang, told, trace, now)).collect(),
            known: Known::new(lang, &told.profile, now),
        }
    }
}

fn tried(lang: Lang, told: &Told, trace: &domain::Trace, now: Timestamp) -> Tried {
    let judged = told.feedback.iter().find(|feedback| feedback.answer == trace.id).and_then(|f| f.thumb);
    let title = |entry: &domain::EntryId| {
        let found = trace.candidates.iter().find(|candidate| candidate.entry == *entry);
        Title {
            text: found.map_or_else(|| entry.to_string(), |candidate| candidate.title.clone()),
            href: format!("/desk/knowledge/{}", part(entry.as_str())),
        }
    };
    Tried {
        rung: explain::rung(lang, trace),
        quotes: !matches!(trace.rung, Rung::Smalltalk | Rung::Action | Rung::Handover)
            && trace.advised.is_empty(),
        titles: trace.used.iter().map(title).collect(),
        thumb: judged.map_or("", |thumb| if thumb == Thumb::Up { "up" } else { "down" }),
        story: story(lang, trace, now),
    }
}
