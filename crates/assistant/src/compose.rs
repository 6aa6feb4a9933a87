//! The words of a decision.

use domain::{AnswerId, Content, Format, PictureLink, Rung, picture};
use knowledge::{Hit, Library, section::sections};
use language::facts;

use crate::{
    Smalltalk,
    answer::Turn,
    consider::{Considered, PRAISED, SAID_THERE, TOLD},
    heart,
    phrases::{Line, Phrases},
    quote::quote,
    read::Reading,
    said::said_of,
    slots::filled,
    source,
    voice::Voice,
};

/// Beside an answer that was given already, so many others are offered.
const BESIDE: usize = 2;
/// From this probability on.
const WORTH_A_LOOK: f32 = 0.05;

/// So many pictures stand beside an answer; its source shows all.
const PICTURES: usize = 3;

/// Who words an answer, and from what.
pub(crate) struct Composer<'a> {
    pub(crate) turn: &'a Turn<'a>,
    pub(crate) reading: &'a Reading,
    pub(crate) considered: &'a Considered,
    pub(crate) library: &'a Library,
    pub(crate) voice: Voice<'a>,
    /// What the catalogue says to some of several questions.
    pub(crate) asides: &'a [(String, Content)],
}

impl Composer<'_> {
    /// Words the decision. Streams finished sentences into `say` as they come.
    pub(crate) fn compose(&self, say: &mut dyn FnMut(&str)) -> Content {
        let rung = self.considered.decision.rung;
        let mut content = match rung {
            Rung::Exact | Rung::Composed => self.answered(),
            Rung::Suggest | Rung::Clarify => self.offered(),
            Rung::Smalltalk if self.considered.decision.reason == TOLD => {
                self.plain(&self.voice.say(Line::Noted))
            }
            Rung::Smalltalk if self.considered.decision.reason == PRAISED => {
                self.plain(&self.voice.say(Line::Glad))
            }
            Rung::Smalltalk => self.plain(
                &self.voice.say(Line::Smalltalk(self.reading.smalltalk.unwrap_or(Smalltalk::Greeting))),
            ),
            Rung::Handover => self.plain(&self.voice.say(Line::HandingOver)),
            _ => self.refused(),
        };
        self.feel(&mut content);
        if rung == Rung::Composed {
            stream(&content.text, say);
        }
        self.offer_person_where_it_goes_round(&mut content);
        content.answer = Some(AnswerId::clone(&self.turn.id));
        content.rung = Some(rung);
        content
    }

    fn plain(&self, text: &str) -> Content {
        Content::plain(self.reading.lang, text)
    }

    fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.considered.decision.picks.iter().filter_map(|&at| self.considered.hits.get(at))
    }

    fn answered(&self) -> Content {
        let mut content = if self.considered.parts.is_empty() {
            together(self.hits().map(|hit| self.piece(hit, &self.considered.question)))
        } else {
            self.several()
        };
        if content.text.is_empty() {
            content.text = self.voice.say(Line::NoFact);
            content.lang = self.reading.lang;
            self.add_person(&mut content);
        }
        self.add_what_was_asked_before(&mut content);
        content
    }

    /// Each question's answer in turn, and an honest word on those that have none.
    fn several(&self) -> Content {
        let considered = self.considered;
        let mut given = Vec::new();
        let mut pieces = Vec::new();
        let mut open = Vec::new();
        for (question, place) in &considered.parts {
            match place.and_then(|at| considered.hits.get(at)) {
                Some(_) if given.contains(place) => {}
                Some(hit) => {
                    given.push(*place);
                    pieces.push(self.piece(hit, question));
                }
                None => match self.asides.iter().find(|(asked, _)| asked == question) {
                    Some((_, told)) => pieces.push(told.clone()),
                    None => open.push(question.as_str()),
                },
            }
        }
        let mut content = together(pieces.into_iter());
        if !open.is_empty() {
            content.text = format!("{}\n\n{}", content.text, self.on_open(&open, content.format));
            self.add_person(&mut content);
        }
        content
    }

    fn on_open(&self, open: &[&str], format: Format) -> String {
        // A customer's words stay words: no markup, and no link.
        let marks: &[char] = if format == Format::Markdown { &['*', '[', ']', '<', '>', '`'] } else { &[] };
        let safe = |part: &&str| part.replace("://", " ").replace(marks, " ");
        let quoted = |before: &str, after: &str| {
            open.iter().map(|part| format!("{before}{}{after}", safe(part).trim())).collect::<Vec<_>>()
        };
        self.voice.own(
            format!("关于{}，我没有可靠的答案，可以请同事来回答您。", quoted("“", "”").join("、")),
            format!(
                "On {} I have no reliable answer; a colleague can help you with that.",
                quoted("“", "”").join(" and ")
            ),
        )
    }

    fn piece(&self, hit: &Hit, question: &str) -> Content {
        match hit.section {
            Some(_) => self.quoted(hit, question),
            None if self.considered.decision.reason == SAID_THERE => self.said_there(hit),
            None => self.verbatim(hit),
        }
    }

    fn verbatim(&self, hit: &Hit) -> Content {
        let Some(entry) = self.library.entry(&hit.entry) else { return Content::default() };
        let Some((lang, text)) = entry.text(self.reading.lang) else { return Content::default() };
        let source = source::of_entry(&entry, text);
        let (words, pictures) = apart(&text.answer);
        Content {
            text: filled(&words, self.turn.record, Format::Markdown),
            format: Format::Markdown,
            lang,
            sources: vec![source],
            pictures,
            ..Content::default()
        }
    }

    /// Of an answer that was just given, what it says to this.
    fn said_there(&self, hit: &Hit) -> Content {
        let whole = self.verbatim(hit);
        let said = said_of(&self.considered.question, &whole.text, whole.lang);
        Content { text: said.join(whole.lang.pick("", " ")), pictures: Vec::new(), ..whole }
    }

    fn quoted(&self, hit: &Hit, question: &str) -> Content {
        let Some(entry) = self.library.entry(&hit.entry) else { return Content::default() };
        let Some((lang, text)) = entry.text(hit.lang) else { return Content::default() };
        let parts = sections(&text.title, &text.answer);
        let Some(part) = parts.get(hit.section.unwrap_or_default() as usize) else {
            return Content::default();
        };
        let (body, pictures) = apart(&part.text);
        let body = filled(&body, self.turn.record, Format::Plain);
        let words = quote(question, &body, lang).join(lang.pick("", " "));
        Content {
            text: words,
            lang,
            sources: vec![source::of_section(&entry, lang, text, part)],
            pictures,
            ..Content::default()
        }
    }

    /// An answer that was given before has a word before it; others and a person stand beside it.
    fn add_what_was_asked_before(&self, content: &mut Content) {
        let lead = match self.considered.decision.reason {
            "said_again" => self.voice.say(Line::Again),
            "same_answer" => self.voice.say(Line::SameAnswer),
            "asked_already" => String::new(),
            _ => return,
        };
        // Somebody who bleeds is not told that the same applies.
        let lead = if heart::blow(&self.reading.meant).is_some() { String::new() } else { lead };
        if !lead.is_empty() {
            content.text = format!("{lead}\n\n{}", content.text);
        }
        let picks = &self.considered.decision.picks;
        let others = (0..self.considered.hits.len()).filter(|at| !picks.contains(at));
        let likely = others
            .filter_map(|at| self.considered.hits.get(at))
            .filter(|hit| hit.probability >= WORTH_A_LOOK);
        let titles: Vec<String> = likely.take(BESIDE).filter_map(|hit| self.title(hit)).collect();
        content.suggestions.extend(titles);
        self.add_person(content);
    }

    fn add_person(&self, content: &mut Content) {
        let button = Phrases::person_button(self.reading.lang);
        if !content.suggestions.iter().any(|choice| choice == button) {
            content.suggestions.push(button.to_owned());
        }
    }

    /// "Did you mean", or one question back.
    fn offered(&self) -> Content {
        let mut choices: Vec<String> = Vec::new();
        for title in self.hits().filter_map(|hit| self.title(hit)) {
            if !choices.contains(&title) {
                choices.push(title);
            }
        }
        let text = match (self.considered.decision.rung, &choices[..]) {
            (Rung::Clarify, [first, second]) => self.which_of_two(first, second),
            _ if self.considered.decision.reason == "another_way" => self.voice.say(Line::AnotherWay),
            (_, [_]) => self.voice.say(Line::ThisOne),
            _ => self.voice.say(Line::WhichOne),
        };
        let mut content = Content { suggestions: choices, ..self.plain(&text) };
        self.add_person(&mut content);
        content
    }

    fn which_of_two(&self, first: &str, second: &str) -> String {
        let bare = |title: &str| title.trim_end_matches(['？', '?', '。', '.']).to_owned();
        let (first, second) = (bare(first), bare(second));
        self.voice.own(
            format!("您想问的是“{first}”，还是“{second}”？"),
            format!("Do you mean “{first}” or “{second}”?"),
        )
    }

    fn title(&self, hit: &Hit) -> Option<String> {
        let title = if hit.section.is_some() {
            Some(hit.title.clone())
        } else {
            let entry = self.library.entry(&hit.entry);
            entry.and_then(|entry| entry.text(self.reading.lang).map(|(_, text)| text.title.clone()))
        };
        title.filter(|title| !title.is_empty())
    }

    fn refused(&self) -> Content {
        let line = match self.considered.decision.reason {
            "none_of_these" => Line::Neither,
            "going_round" => Line::GoingRound,
            _ if Voice::hears_upset(self.reading) => Line::UnknownToTheUnhappy,
            _ if self.names_an_order() => Line::OrderUnseen,
            _ => Line::Unknown,
        };
        let mut content = self.plain(&self.voice.say(line));
        self.add_person(&mut content);
        content
    }

    fn names_an_order(&self) -> bool {
        let orders = [facts::Kind::Order.name(), facts::Kind::Parcel.name()];
        self.reading.entities.iter().any(|(kind, _)| orders.contains(&kind.as_str()))
            || self.reading.entities.is_empty() && is_bare_number(self.turn.text)
    }

    /// The feeling comes first.
    fn feel(&self, content: &mut Content) {
        if matches!(self.considered.decision.rung, Rung::Smalltalk | Rung::Handover) {
            return;
        }
        if Voice::cares_most(self.reading) {
            self.add_person(content);
        }
        let blow = heart::blow(&self.reading.meant);
        if blow.is_some() {
            self.add_person(content);
        }
        let after_a_blow = blow.map(|blow| self.voice.after(blow)).filter(|_| !Voice::regrets(&content.text));
        let Some(regret) = after_a_blow.or_else(|| self.voice.regret(self.reading, &content.text)) else {
            return;
        };
        let gap =
            if self.considered.decision.rung.answers() { "\n\n" } else { self.reading.lang.pick("", " ") };
        content.text = format!("{regret}{gap}{}", content.text);
    }

    /// Whatever is said a third time has a person beside it.
    fn offer_person_where_it_goes_round(&self, content: &mut Content) {
        if self.considered.decision.rung != Rung::Handover
            && crate::loops::said_twice(self.turn.past, &content.text)
        {
            self.add_person(content);
        }
    }
}

/// The number of an order or a parcel, and nothing else.
fn is_bare_number(text: &str) -> bool {
    const DIGITS: usize = 6;
    let text = text.trim();
    let is_code = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && text.len() <= 32;
    is_code && text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
}

/// Several pieces as one: their words one after the other, each source once.
fn together(pieces: impl Iterator<Item = Content>) -> Content {
    let pieces: Vec<Content> =
        pieces.filter(|piece| !piece.text.is_empty() || !piece.sources.is_empty()).collect();
    let mut whole =
        Content { lang: pieces.first().map(|piece| piece.lang).unwrap_or_default(), ..Content::default() };
    for piece in &pieces {
        if piece.format == Format::Markdown {
            whole.format = Format::Markdown;
        }
        for source in &piece.sources {
            if !whole.sources.contains(source) {
                whole.sources.push(source.clone());
            }
        }
    }
    let pictures = pieces.iter().flat_map(|piece| &piece.pictures);
    for picture in pictures {
        if whole.pictures.len() < PICTURES && !whole.pictures.contains(picture) {
            whole.pictures.push(picture.clone());
        }
    }
    let said = pieces.iter().map(|piece| piece.text.as_str()).filter(|text| !text.is_empty());
    whole.text = said.collect::<Vec<_>>().join("\n\n");
    whole
}

/// The words of a text, and the pictures that stood among them: not every channel shows pictures. A text of pictures
/// alone is told by theirs.
fn apart(text: &str) -> (String, Vec<PictureLink>) {
    if !text.contains(picture::PLACE) {
        return (text.to_owned(), Vec::new());
    }
    let (words, pictures) = picture::apart(text);
    if words.trim().is_empty() {
        return (picture::in_words(text).trim().to_owned(), pictures);
    }
    (words, pictures)
}

/// Sentence by sentence, as they would be read.
fn stream(text: &str, say: &mut dyn FnMut(&str)) {
    let mut from = 0;
    for (at, ch) in text.char_indices() {
        let end = at + ch.len_utf8();
        let latin = matches!(ch, '.' | '!' | '?') && text[end..].starts_with(char::is_whitespace);
        if matches!(ch, '。' | '！' | '？' | '；' | '\n') || latin {
            say(&text[from..end]);
            from = end;
        }
    }
    if from < text.len() {
        say(&text[from..]);
    }
}
