//! `frontdesk export`

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use domain::{Author, ConversationId, CustomerId, Entry, EntryId, Message, picture::names_in};
use language::mask;
use serde_json::json;

use super::Place;
use crate::{desk::Desk, say};

/// Write everything out again, as JSON lines
///
/// Knowledge goes with the pictures that it shows, the owner's examples of intents and the test questions, and comes
/// back the same by `frontdesk import`. Customers go with who they are by the shop's word, what is known of them, their
/// orders and how they are recognised, and come back by it too.
///
/// In conversations personal data (telephones, addresses, cards, names that were given) is masked, as in traces. Customers
/// are written with `--with-personal-data` only: without it nothing would be left to know.
///
/// Example:  frontdesk export knowledge --out knowledge.jsonl
#[derive(clap::Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    what: What,
    /// The file to write; for `all` a folder. Knowledge is also written as .csv if the name says so, without pictures, examples and tests
    #[arg(long)]
    out: PathBuf,
    /// Leave personal data in conversations as customers wrote it, and write customers
    #[arg(long)]
    with_personal_data: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    Knowledge,
    Conversations,
    Customers,
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
            What::Customers => {
                anyhow::ensure!(
                    self.with_personal_data,
                    "customers are personal data through and through; add --with-personal-data if that is what you want"
                );
                told(&self.out, customers(&desk, &self.out).await?)?;
            }
            What::All => {
                fs::create_dir_all(&self.out)
                    .with_context(|| format!("cannot make {}", self.out.display()))?;
                let (entries, talks) =
                    (self.out.join("knowledge.jsonl"), self.out.join("conversations.jsonl"));
                told(&entries, knowledge(&desk, &entries).await?)?;
                told(&talks, conversations(&desk, &talks, self.privacy()).await?)?;
                if self.with_personal_data {
                    let people = self.out.join("customers.jsonl");
                    told(&people, customers(&desk, &people).await?)?;
                } else {
                    say::line("customers are left out; --with-personal-data writes them")?;
                }
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
        rows += pictures(desk, &all, &mut file).await?;
        knowledge::export::jsonl(&all, &mut file)?;
        rows += examples(desk, &mut file).await?;
        rows += tests(desk, &mut file).await?;
    }
    file.flush()?;
    Ok(rows)
}

/// The pictures that the entries show, before them.
async fn pictures(desk: &Desk, entries: &[Entry], file: &mut impl Write) -> anyhow::Result<usize> {
    let texts = entries.iter().flat_map(|entry| entry.texts.values());
    let names: BTreeSet<&str> = texts.flat_map(|text| names_in(&text.answer)).collect();
    let mut rows = 0;
    for name in names {
        let picture = desk.picture(name).await?;
        rows += usize::from(picture.is_some());
        knowledge::export::pictures(&picture, file)?;
    }
    Ok(rows)
}

/// One customer a line, with all that is known.
async fn customers(desk: &Desk, out: &Path) -> anyhow::Result<usize> {
    let mut file = create(out)?;
    let (mut rows, mut after): (usize, Option<CustomerId>) = (0, None);
    loop {
        let page = desk.customers_after(after.as_ref()).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.customer.id.clone());
        rows += page.len();
        for customer in page {
            serde_json::to_writer(&mut file, &customer)?;
            file.write_all(b"\n")?;
        }
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
