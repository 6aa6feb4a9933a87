//! The middle of the desk: what was said, and what can be done about it.

use domain::{
    Author, DeliveryState, Feedback, Format, Lang, Message, PictureLink, Rung, SourceLink, Stage, Thumb,
    Timestamp, picture::name_in,
};
use reception::{AgentView, Told};

use super::{
    inbox::{self, Said},
    part,
    times::Moment,
    waits::{self, Acted, Drafted},
    words::{self, Words, fill, service},
};

/// A conversation as the middle pane shows it.
pub(super) struct Talk {
    pub(super) id: String,
    /// The id as a part of an address.
    pub(super) part: String,
    pub(super) tab: String,
    pub(super) who: String,
    pub(super) channel: String,
    pub(super) stage: String,
    /// Since when the customer waits.
    pub(super) waits: Option<Moment>,
    pub(super) lines: Vec<Line>,
    /// Older messages are left out.
    pub(super) cut: bool,
    pub(super) can: Can,
    pub(super) banner: Option<String>,
    pub(super) draft: String,
    /// Makes a reply that is sent twice arrive once.
    pub(super) client_id: String,
    /// Why there is no box to write in.
    pub(super) silent: Option<String>,
    pub(super) s: &'static service::Words,
    /// Replies that wait to be sent.
    pub(super) drafted: Vec<Drafted>,
    /// What was done in other systems.
    pub(super) acted: Vec<Acted>,
}

/// What this agent can do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four buttons, each there or not")]
pub(super) struct Can {
    pub(super) take: bool,
    pub(super) give_back: bool,
    pub(super) close: bool,
    pub(super) write: bool,
}

/// Something said.
pub(super) struct Line {
    pub(super) seq: i64,
    /// `customer`, `assistant`, `agent` or `notice`: also the style.
    pub(super) side: &'static str,
    pub(super) name: String,
    /// Words of the knowledge, as HTML that is safe to show.
    pub(super) html: Option<String>,
    /// Other words, literal.
    pub(super) text: String,
    pub(super) at: Moment,
    pub(super) rung: Option<&'static str>,
    pub(super) answer: Option<String>,
    /// What the links below are called.
    pub(super) sources_are: &'static str,
    pub(super) sources: Vec<SourceLink>,
    pub(super) pictures: Vec<PictureLink>,
    pub(super) offered: Vec<String>,
    pub(super) judged: Option<Judged>,
    pub(super) delivery: Option<Delivery>,
}

/// What the customer thinks of an answer.
pub(super) struct Judged {
    pub(super) up: bool,
    pub(super) reason: Option<&'static str>,
    pub(super) comment: Option<String>,
}

/// A message that did not simply arrive.
pub(super) struct Delivery {
    pub(super) message: String,
    pub(super) words: &'static str,
    pub(super) error: Option<String>,
    /// A person must say what becomes of it.
    pub(super) asks: bool,
}

impl Talk {
    pub(super) fn new(view: &AgentView, told: &Told, tab: &str, said: &Said, now: Timestamp) -> Self {
        let lang = view.agent().lang;
        let w = Words::of(lang);
        let c = &told.conversation;
        let mine = c.stage.agent() == Some(&view.agent().id);
        let holder = told.agent_name.clone().unwrap_or_else(|| w.former.to_owned());
        let can = can(&c.stage, mine);
        let stage = match &c.stage {
            Stage::WithAgent { .. } if !mine => holder.clone(),
            stage => words::stage(lang, stage.name()).unwrap_or_default().to_owned(),
        };
        let silent = match &c.stage {
            Stage::Closed { .. } => Some(w.reply_closed.to_owned()),
            Stage::WithAgent { .. } if !mine => Some(fill(w.reply_taken, &[&holder])),
            _ => None,
        };
        Self {
            id: c.id.to_string(),
            part: part(c.id.as_str()),
            tab: tab.to_owned(),
            who: inbox::who(lang, name(told), c.customer.as_str()),
            channel: inbox::channel(lang, c.channel.as_str()),
            stage,
            waits: if let Stage::Waiting { since } = &c.stage {
                Some(Moment::new(lang, *since, now))
            } else {
                None
            },
            lines: shown(&told.messages).map(|message| line(lang, told, message, now)).collect(),
            cut: told.messages.first().is_some_and(|first| first.seq > 1),
            can,
            banner: said.banner.clone(),
            draft: said.draft.clone(),
            client_id: view.fresh_name(),
            silent,
            s: service::Words::of(lang),
            drafted: if can.write { waits::drafted(lang, told) } else { Vec::new() },
            acted: waits::acted(lang, view, told, now),
        }
    }
}

/// Without notices that are said again further down: "you are number 1 in the queue".
fn shown(messages: &[Message]) -> impl Iterator<Item = &Message> {
    let again = |at: usize, said: &Message| {
        let later = &messages[at + 1..];
        later.iter().any(|one| one.author == Author::Notice && one.content.text == said.content.text)
    };
    let stays = move |(at, said): &(usize, &Message)| said.author != Author::Notice || !again(*at, said);
    messages.iter().enumerate().filter(stays).map(|(_, said)| said)
}

/// The customer's name, where they said one.
pub(super) fn name(told: &Told) -> Option<&str> {
    told.customer.as_ref()?.name.as_deref()
}

fn can(stage: &Stage, mine: bool) -> Can {
    let open = !matches!(stage, Stage::Closed { .. });
    let free = matches!(stage, Stage::WithAssistant | Stage::Waiting { .. });
    Can { take: free, give_back: mine, close: open && (free || mine), write: open && (free || mine) }
}

fn line(lang: Lang, told: &Told, message: &Message, now: Timestamp) -> Line {
    let w = Words::of(lang);
    let content = &message.content;
    let (side, name) = match &message.author {
        Author::Customer => {
            ("customer", inbox::who(lang, self::name(told), told.conversation.customer.as_str()))
        }
        Author::Assistant => ("assistant", w.assistant.to_owned()),
        Author::Agent { name, .. } => ("agent", name.clone()),
        Author::Notice => ("notice", w.notice.to_owned()),
    };
    let marked_up = content.format == Format::Markdown && message.author != Author::Customer;
    let judged = content.answer.as_ref().and_then(|answer| {
        told.feedback.iter().find(|feedback| feedback.answer == *answer).and_then(|f| judged(lang, f))
    });
    let advises =
        !content.sources.is_empty() && content.sources.iter().all(|one| one.url.starts_with("/go/"));
    Line {
        seq: message.seq,
        side,
        name,
        html: marked_up.then(|| reception::markdown::html(&content.text)),
        text: content.text.clone(),
        at: Moment::new(lang, message.at, now),
        rung: content
            .rung
            .filter(|_| side == "assistant")
            .and_then(|rung: Rung| words::rung(lang, if advises { "advice" } else { rung.name() })),
        sources_are: if advises { service::Words::of(lang).recommended } else { w.sources },
        answer: content.answer.as_ref().map(ToString::to_string),
        sources: content.sources.iter().filter(|source| may_link(&source.url)).cloned().collect(),
        pictures: content.pictures.iter().filter(|one| name_in(&one.url).is_some()).cloned().collect(),
        offered: content.suggestions.clone(),
        judged,
        delivery: delivery(w, told, message),
    }
}

fn judged(lang: Lang, feedback: &Feedback) -> Option<Judged> {
    let reason = feedback.reason.and_then(|reason| words::reason(lang, code(reason)));
    Some(Judged { up: feedback.thumb? == Thumb::Up, reason, comment: feedback.comment.clone() })
}

fn code(reason: domain::Reason) -> &'static str {
    match reason {
        domain::Reason::Wrong => "wrong",
        domain::Reason::Outdated => "outdated",
        domain::Reason::Incomplete => "incomplete",
        domain::Reason::OffTopic => "off_topic",
        domain::Reason::Other => "other",
    }
}

fn delivery(w: &Words, told: &Told, message: &Message) -> Option<Delivery> {
    let found = told.troubled.iter().find(|delivery| delivery.message == message.id)?;
    let (words, asks) = match found.state {
        DeliveryState::InDoubt => (w.in_doubt, true),
        DeliveryState::Failed => (w.failed, true),
        DeliveryState::Queued | DeliveryState::Sending => (w.on_its_way, false),
        DeliveryState::Sent => return None,
    };
    Some(Delivery { message: part(message.id.as_str()), words, error: found.error.clone(), asks })
}

/// A source leads to our own pages or the web, never to a script.
fn may_link(url: &str) -> bool {
    let own = url.starts_with('/') && !url.starts_with("//");
    own || url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buttons_follow_the_word() {
        let since = Timestamp::UNIX_EPOCH;
        let agent = domain::AgentId::from("li");
        let free = Can { take: true, give_back: false, close: true, write: true };
        let mine = Can { take: false, give_back: true, close: true, write: true };
        let none = Can { take: false, give_back: false, close: false, write: false };
        assert_eq!(can(&Stage::WithAssistant, false), free);
        assert_eq!(can(&Stage::Waiting { since }, false), free);
        assert_eq!(can(&Stage::WithAgent { agent: agent.clone(), since }, true), mine);
        assert_eq!(can(&Stage::WithAgent { agent, since }, false), none);
        assert_eq!(can(&Stage::Closed { at: since }, false), none);
    }

    #[test]
    fn a_source_is_never_a_script() {
        assert!(may_link("/help/x") && may_link("https://a.example"));
        assert!(!may_link("javascript:alert(1)") && !may_link("//evil.example"));
    }
}
