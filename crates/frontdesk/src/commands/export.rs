//! `frontdesk export`

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use domain::{Author, ConversationId, EntryId, Message};
use language::mask;
use serde_json::json;

use super::Place;
use crate::{desk::Desk, say};

/// Write everything out again, as JSON lines
///
/// Knowledge goes with the owner's examples of intents and the test questions, and comes back the same by `frontdesk import`.
///
/// In conversations personal data (telephones, addresses, cards, names that were given) is masked, as in traces.
///
/// Example:  frontdesk export knowledge --out knowledge.jsonl
#[derive(clap::Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    what: What,
    /// The file to write; for `all` a folder. Knowledge is also written as .csv if the name says so, without examples and tests
    #[arg(long)]
    out: PathBuf,
    /// Leave personal data in conversations as customers wrote it
    #[arg(long)]
    with_personal_data: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    Knowledge,
    Conversations,
    All,
}

/// What becomes of personal data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Privacy {
    Masked,
    AsWritten,
}

impl Privacy {
    /// The assistant's own words are the shop's knowledge: its address and telephone stay.
    fn applied(self, mut messages: Vec<Message>) -> Vec<Message> {
        let written = messages.iter_mut().filter(|message| message.author != Author::Assistant);
        for message in written.filter(|_| self == Self::Masked) {
            message.content.text = mask::mask(&message.content.text).text;
        }
        messages
    }
}

impl Export {
    fn privacy(&self) -> Privacy {
        if self.with_personal_data { Privacy::AsWritten } else { Privacy::Masked }
    }

    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let desk = Desk::open(&self.place.load()?).await?;
        match self.what {
            What::Knowledge => told(&self.out, knowledge(&desk, &self.out).await?)?,
            What::Conversations => told(&self.out, conversations(&desk, &self.out, self.privacy()).await?)?,
            What::All => {
                fs::create_dir_all(&self.out)
                    .with_context(|| format!("cannot make {}", self.out.display()))?;
                let (entries, talks) =
                    (self.out.join("knowledge.jsonl"), self.out.join("conversations.jsonl"));
                told(&entries, knowledge(&desk, &entries).await?)?;
                told(&talks, conversations(&desk, &talks, self.privacy()).await?)?;
            }
        }
        desk.close().await;
        Ok(())
    }
}

fn told(out: &Path, rows: usize) -> anyhow::Result<()> {
    say::line(format_args!("{rows} rows in {}", out.display()))
}

fn create(out: &Path) -> anyhow::Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(out).with_context(|| format!("cannot write {}", out.display()))?))
}

async fn knowledge(desk: &Desk, out: &Path) -> anyhow::Result<usize> {
    let mut all = Vec::new();
    loop {
        let after: Option<EntryId> = all.last().map(|entry: &domain::Entry| entry.id.clone());
        let page = desk.entries_after(after.as_ref()).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    let mut file = create(out)?;
    let mut rows = all.len();
    if out.extension().is_some_and(|extension| extension == "csv") {
        knowledge::export::csv(&all, &mut file)?;
    } else {
        knowledge::export::jsonl(&all, &mut file)?;
        rows += examples(desk, &mut file).await?;
        rows += tests(desk, &mut file).await?;
    }
    file.flush()?;
    Ok(rows)
}

/// The owner's examples of intents, after the entries.
async fn examples(desk: &Desk, file: &mut impl Write) -> anyhow::Result<usize> {
    let (mut rows, mut after): (usize, Option<String>) = (0, None);
    loop {
        let page = desk.intents_after(after.as_deref()).await?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.name.clone());
        for intent in page.iter().filter(|intent| intent.own > 0) {
            rows += examples_of(desk, &intent.name, file).await?;
        }
    }
}

/// The test questions, after the examples.
async fn tests(desk: &Desk, file: &mut impl Write) -> anyhow::Result<usize> {
    let (mut rows, mut after): (usize, Option<String>) = (0, None);
    loop {
        let (page, next) = desk.tests_after(after.as_deref()).await?;
        if page.is_empty() {
            return Ok(rows);
        }
        after = next;
        knowledge::export::tests(&page, file)?;
        rows += page.len();
    }
}

async fn examples_of(desk: &Desk, intent: &str, file: &mut impl Write) -> anyhow::Result<usize> {
    let (mut rows, mut after): (usize, Option<String>) = (0, None);
    loop {
        let page = desk.examples_after(intent, after.as_deref()).await?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.text().to_owned());
        knowledge::export::examples(&page, file)?;
        rows += page.len();
    }
}

/// One conversation a line, with its messages.
async fn conversations(desk: &Desk, out: &Path, privacy: Privacy) -> anyhow::Result<usize> {
    let mut file = create(out)?;
    let (mut rows, mut after): (usize, Option<ConversationId>) = (0, None);
    loop {
        let page = desk.conversations_after(after.as_ref()).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        for conversation in page {
            let messages = privacy.applied(messages(desk, &conversation.id).await?);
            serde_json::to_writer(
                &mut file,
                &json!({ "conversation": conversation, "messages": messages, "generator": "frontdesk; messages of author `assistant` were written by AI" }),
            )?;
            file.write_all(b"\n")?;
            rows += 1;
        }
    }
    file.flush()?;
    Ok(rows)
}

async fn messages(desk: &Desk, id: &ConversationId) -> anyhow::Result<Vec<Message>> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let page = desk.messages(id, all.last().map_or(0, |message| message.seq)).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
