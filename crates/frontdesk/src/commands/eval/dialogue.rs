//! `frontdesk eval dialogue`

use std::{collections::BTreeMap, path::PathBuf};

use assistant::{Answer, Assistant, Turn};
use domain::{
    AnswerId, Asker, ConversationId, EntryId, Exchange, Lang, Past, Record, Rung, Shopper, Timestamp,
};
use reception::Settings;
use serde::{Deserialize, Serialize};

use super::{
    model::ModelArg,
    report::{self, Times},
};
use crate::{
    assemble,
    commands::files::{self, Split},
};

/// Is the last message of a dialogue understood from what was said before, and only where it leans on it?
///
/// Example:  frontdesk eval dialogue --knowledge shop.jsonl --dialogues dialogues.jsonl
#[derive(clap::Args)]
pub(super) struct DialogueTask {
    /// Entries: {"id","question","answer"}; files, or folders of articles
    #[arg(long, required = true, num_args = 1..)]
    knowledge: Vec<PathBuf>,
    /// Dialogues: {"turns":[…],"kind":"follow|switch|new|stranger","relevant":[ids]}; the last turn is scored
    #[arg(long, required = true, num_args = 1..)]
    dialogues: Vec<PathBuf>,
    /// Which dialogues, by the hash of their turns
    #[arg(long, value_enum, default_value_t)]
    split: Split,
    /// Print the dialogues that went wrong, on stderr
    #[arg(long)]
    show: bool,
    #[command(flatten)]
    model: ModelArg,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What the customer says, turn by turn.
#[derive(Debug, Deserialize)]
struct Dialogue {
    turns: Vec<String>,
    kind: Kind,
    relevant: Vec<EntryId>,
}

/// What the last turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// It goes on with what was said.
    Follow,
    /// It asks something else.
    Switch,
    /// It is the first question.
    New,
    /// It asks what nobody knows here.
    Stranger,
}

/// What became of the last turns of a kind.
#[derive(Debug, Default, Serialize)]
struct Counts {
    rows: usize,
    /// Answered, with a right entry.
    right: usize,
    /// Answered, with wrong entries only, or where there is no answer.
    wrong: usize,
    /// Choices offered or a question asked back, a right one among them.
    offered: usize,
    /// Answered or offered otherwise than the same words without a past.
    moved: usize,
}

impl DialogueTask {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let entries = files::knowledge(&self.knowledge)?;
        let assistant = assemble::assistant(&Settings::default());
        assistant.library().change(&entries, &[], 1);
        assistant.library().adapt();
        self.model.plug_into(assistant.library())?;
        let mut times = Times::default();
        let mut kinds = BTreeMap::<Kind, Counts>::new();
        let mut rows = 0;
        for path in &self.dialogues {
            for dialogue in files::json_lines::<Dialogue>(path, "{\"turns\", \"kind\", \"relevant\"}")? {
                if self.split.holds(&dialogue.turns.join("\n")) {
                    rows += 1;
                    self.play(&assistant, &dialogue, kinds.entry(dialogue.kind).or_default(), &mut times);
                }
            }
        }
        let (right, wrong) =
            kinds.values().fold((0, 0), |(r, w), counts| (r + counts.right, w + counts.wrong));
        let precision = (right + wrong > 0).then(|| right as f64 / (right + wrong) as f64);
        let own = serde_json::json!({ "precision": precision, "kinds": kinds });
        report::print(&report::report("dialogue", rows, &times, own), self.json)
    }

    fn play(&self, assistant: &Assistant, dialogue: &Dialogue, counts: &mut Counts, times: &mut Times) {
        let Some((last, before)) = dialogue.turns.split_last() else { return };
        let mut past = Past::default();
        for turn in before {
            let answer = say(assistant, turn, &past);
            past.exchanges.push(Exchange::of(&answer.trace, &answer.content));
        }
        let answer = times.of(|| say(assistant, last, &past));
        let alone = say(assistant, last, &Past::default());
        let is_right = answer.trace.used.iter().any(|entry| dialogue.relevant.contains(entry));
        let rung = answer.trace.rung;
        counts.rows += 1;
        counts.right += usize::from(rung.answers() && is_right);
        counts.wrong += usize::from(rung.answers() && !is_right);
        counts.offered += usize::from(matches!(rung, Rung::Suggest | Rung::Clarify) && is_right);
        counts.moved += usize::from((rung, &answer.trace.used) != (alone.trace.rung, &alone.trace.used));
        let silent = dialogue.relevant.is_empty() && !rung.answers();
        if self.show && !silent && !(rung.answers() && is_right) {
            show(dialogue, &answer);
        }
    }
}

fn show(dialogue: &Dialogue, answer: &Answer) {
    let trace = &answer.trace;
    let best: Vec<String> =
        trace.candidates.iter().take(3).map(|hit| format!("{}={:.2}", hit.entry, hit.score)).collect();
    eprintln!(
        "{:?} {} {:?} wanted {:?} got {:?}; understood {:?}; {}",
        dialogue.kind,
        trace.rung.name(),
        dialogue.turns,
        dialogue.relevant,
        trace.used,
        trace.context,
        best.join(" ")
    );
}

fn say(assistant: &Assistant, text: &str, past: &Past) -> Answer {
    let turn = Turn {
        id: AnswerId::from("eval"),
        conversation: ConversationId::from("eval"),
        text,
        lang: Lang::Zh,
        asker: Asker::default(),
        now: Timestamp::UNIX_EPOCH,
        past,
        record: &Record::default(),
        shopper: &Shopper::default(),
    };
    assistant.answer(&turn, &mut |_| ())
}
