//! Several models in order: the first that is up answers; one that fails before anything was shown gives way.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{Chance, Clock, ModelCall};
use tokio::time::{Instant, timeout_at};

use super::{
    Breaker, Brief, Chat, ChatError, ChatSettings, Checks, Cost, NO_ANSWER, Overdrawn, Passage, Piece,
    Prompt, Purse, Said, Sentence, Splitter, Standing, Verdict, Written, prompt, reply::Reply,
};

/// Sentences of one answer, at most.
pub(super) const MOST_KEPT: usize = 8;
/// Before it is asked again: between this and twice as long.
const PAUSE: Duration = Duration::from_millis(100);

/// How long customers wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the first sentence that may be shown, over all models and tries. Then the next rung answers.
    pub first_words: Duration,
}

/// What asking depends on, passed in.
pub struct Surroundings<'a> {
    /// Time, for breakers.
    pub clock: &'a dyn Clock,
    /// Chance, for the pauses between tries.
    pub chance: &'a dyn Chance,
    /// The budgets.
    pub purse: &'a dyn Purse,
    /// Who judges sentences.
    pub checks: &'a Arc<dyn Checks>,
    /// How long customers wait.
    pub patience: Patience,
    /// Whether what is written is still wanted: the conversation may have moved on.
    pub wanted: &'a (dyn Fn() -> bool + Sync),
}

/// One model of a chain, and how it did.
pub struct Link {
    chat: Chat,
    breaker: Mutex<Breaker>,
}

/// Models in order. None is asked before the first question.
#[derive(Default)]
pub struct Chain {
    links: Vec<Link>,
}

/// What came of one call.
enum End {
    /// The reply is whole, or as long as an answer may be.
    Done,
    /// It failed after something was shown, which stays: it was checked.
    BrokeOff(ChatError),
    /// It failed and nothing was shown.
    Failed(ChatError),
    /// No time is left.
    Late,
    /// The conversation has moved on.
    Unwanted,
}

impl End {
    fn code(&self) -> Option<&'static str> {
        match self {
            Self::Done => None,
            Self::BrokeOff(error) | Self::Failed(error) => Some(error.code()),
            Self::Late => Some(ChatError::Late.code()),
            Self::Unwanted => Some("unwanted"),
        }
    }
}

impl Link {
    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its settings.
    pub fn settings(&self) -> &ChatSettings {
        self.chat.settings()
    }

    /// How it stands.
    pub fn standing(&self, now: domain::Timestamp) -> Standing {
        self.breaker().standing(now)
    }
}

impl Chain {
    /// A chain of these models.
    pub fn new(settings: impl IntoIterator<Item = ChatSettings>) -> Self {
        let link = |settings| Link { chat: Chat::new(settings), breaker: Mutex::default() };
        Self { links: settings.into_iter().map(link).collect() }
    }

    /// Its models, in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Whether there is nobody to ask.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Asks until one has written. Every sentence is checked before it goes to `say`; what is left is returned. Nobody
    /// waits longer than the patience for the first of them.
    pub async fn write(
        &self,
        brief: &Arc<Brief>,
        around: &Surroundings<'_>,
        say: &mut (dyn FnMut(Said) + Send),
    ) -> Written {
        let first_by = Instant::now() + around.patience.first_words;
        let prompt = prompt(brief);
        let mut written = Written::default();
        for link in &self.links {
            for attempt in 0..=link.settings().retries {
                if Instant::now() >= first_by {
                    break;
                }
                if !link.breaker().allows(around.clock.now()) {
                    written.resting.push(link.settings().model.clone());
                    break;
                }
                let mut call = Call { link, prompt: &prompt, brief, around, first_by, written: &mut written };
                let end = match call.make(say).await {
                    Ok(end) => end,
                    Err(Overdrawn(which)) => {
                        written.overdrawn = Some(which);
                        return written;
                    }
                };
                link.judge(&end, around.clock.now());
                match end {
                    End::Done | End::Late | End::BrokeOff(_) | End::Unwanted => return written,
                    End::Failed(error) if !error.may_retry() || attempt == link.settings().retries => break,
                    End::Failed(_) => pause(around.chance, first_by).await,
                }
            }
        }
        written
    }
}

impl Link {
    fn judge(&self, end: &End, now: domain::Timestamp) {
        match end {
            End::Done => self.breaker().succeeded(),
            End::Late => self.breaker().failed(now, false, None),
            End::Unwanted => {}
            End::BrokeOff(error) | End::Failed(error) => {
                let after = error.after().and_then(|after| i64::try_from(after.as_secs()).ok());
                self.breaker().failed(now, error.is_for_good(), after);
            }
        }
    }
}

async fn pause(chance: &dyn Chance, latest: Instant) {
    let jitter = PAUSE.mul_f64((chance.bits() % 1_000) as f64 / 1_000.0);
    tokio::time::sleep_until((Instant::now() + PAUSE + jitter).min(latest)).await;
}

/// Comes when what is written is no longer wanted.
async fn unwanted(wanted: &(dyn Fn() -> bool + Sync)) {
    const LOOK: Duration = Duration::from_millis(100);
    while wanted() {
        tokio::time::sleep(LOOK).await;
    }
}

/// One call of one model.
struct Call<'a, 'b> {
    link: &'a Link,
    prompt: &'a Prompt,
    brief: &'a Arc<Brief>,
    around: &'a Surroundings<'b>,
    first_by: Instant,
    written: &'a mut Written,
}

impl Call<'_, '_> {
    async fn make(&mut self, say: &mut (dyn FnMut(Said) + Send)) -> Result<End, Overdrawn> {
        let settings = self.link.settings();
        let asked = self.prompt.tokens();
        let most = Cost::of(settings, (asked, settings.max_tokens));
        self.around.purse.book(most).await?;
        let mut tokens = (0, 0);
        let mut said = String::new();
        let end = match self.link.chat.ask(self.prompt, self.first_by).await {
            Err(error) => End::Failed(error),
            Ok(mut reply) => {
                let end = self.listen(&mut reply, say).await;
                tokens = reply.usage().unwrap_or((asked, reply.written()));
                reply.said().clone_into(&mut said);
                end
            }
        };
        self.around.purse.settle(most, Cost::of(settings, tokens)).await;
        if let End::Failed(error) | End::BrokeOff(error) = &end {
            tracing::warn!(model = settings.model, error = %told(error), "a model failed");
        }
        self.written.calls.push(ModelCall {
            model: settings.model.clone(),
            prompt: self.prompt.told(),
            reply: said,
            tokens,
            cost_micros: Cost::of(settings, tokens).micros,
            failed: end.code().map(str::to_owned),
        });
        Ok(end)
    }

    async fn listen(&mut self, reply: &mut Reply, say: &mut (dyn FnMut(Said) + Send)) -> End {
        let mut splitter = Splitter::default();
        self.written.held.clear();
        loop {
            if !(self.around.wanted)() {
                return End::Unwanted;
            }
            // A model that is silent must not keep anybody waiting who has gone on.
            let next = tokio::select! {
                next = self.next(reply) => next,
                () = unwanted(self.around.wanted) => return End::Unwanted,
            };
            match next {
                Ok(Some(piece)) => {
                    if piece.before_was_thought {
                        self.forget(&mut splitter, say);
                    }
                    if self.take(splitter.feed(&piece.text), say).await {
                        return End::Done;
                    }
                }
                Ok(None) => {
                    self.take(splitter.end(), say).await;
                    return End::Done;
                }
                Err(None) => return End::Late,
                Err(Some(error)) if self.written.kept.is_empty() => return End::Failed(error),
                Err(Some(error)) => return End::BrokeOff(error),
            }
        }
    }

    /// The next words. Until something can be shown, the customer's patience counts: `None` where it has run out.
    async fn next(&self, reply: &mut Reply) -> Result<Option<Piece>, Option<ChatError>> {
        if !self.written.kept.is_empty() {
            return reply.next().await.map_err(Some);
        }
        timeout_at(self.first_by, reply.next()).await.map_err(|_| None)?.map_err(Some)
    }

    fn forget(&mut self, splitter: &mut Splitter, say: &mut (dyn FnMut(Said) + Send)) {
        splitter.clear();
        self.written.held.clear();
        if !std::mem::take(&mut self.written.kept).is_empty() {
            say(Said::Void);
        }
    }

    /// Whether the answer is long enough, or there is none.
    async fn take(&mut self, sentences: Vec<Sentence>, say: &mut (dyn FnMut(Said) + Send)) -> bool {
        for sentence in sentences {
            if sentence.text.contains(NO_ANSWER) {
                return true;
            }
            if sentence.text.chars().any(char::is_alphanumeric) {
                self.weigh(sentence, say).await;
            }
            if self.written.kept.len() >= MOST_KEPT || self.written.goes_round() {
                return true;
            }
        }
        false
    }

    async fn weigh(&mut self, sentence: Sentence, say: &mut (dyn FnMut(Said) + Send)) {
        let cited: Vec<usize> = sentence.cites.iter().filter_map(|number| number.checked_sub(1)).collect();
        let verdict = judged(self.around.checks, self.brief, &sentence.text, &cited).await;
        match verdict {
            Verdict::Cut(reason) => self.written.removed.push((reason, sentence.text)),
            Verdict::Supported(words) => {
                let shown = self.written.take(&sentence, &words, cited, self.brief.lang);
                for text in shown {
                    say(Said::Words(text));
                }
            }
        }
    }
}

/// A check may compute for a while: it does so where it holds up nobody else. A check that breaks passes nothing, and
/// a citation of what was never told passes nothing either.
async fn judged(checks: &Arc<dyn Checks>, brief: &Arc<Brief>, sentence: &str, cited: &[usize]) -> Verdict {
    let (checks, brief) = (Arc::clone(checks), Arc::clone(brief));
    let (sentence, cited) = (sentence.to_owned(), cited.to_vec());
    let judging = tokio::task::spawn_blocking(move || {
        let passages: Option<Vec<&Passage>> = cited.iter().map(|&place| brief.passages.get(place)).collect();
        passages.map_or(Verdict::Cut("uncited"), |passages| checks.check(&sentence, &passages, &brief))
    });
    judging.await.unwrap_or(Verdict::Cut("check_failed"))
}

/// An error with its cause.
fn told(error: &ChatError) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause}")
}
