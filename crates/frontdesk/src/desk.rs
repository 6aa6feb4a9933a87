//! A shop's data for a command: through the server that runs on it, else opened here.

mod again;
mod catalogue;
mod customers;
mod findings;

use std::path::Path;

use anyhow::{Context, bail};
use assistant::embeddings::EndpointSettings;
use domain::{Conversation, ConversationId, Entry, EntryId, IntentExample, Message, TestQuestion};
pub(crate) use findings::Findings;
use reception::{Consent, Harvest, Intent, Plan, Reception, Report, Which};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    assemble,
    commands::versions::Target,
    config::Config,
    folder::{Folder, Holder},
    remote::Remote,
    sentences::{self, Embedding, Models},
    writers,
};

/// The data, wherever it is open.
pub(crate) enum Desk {
    /// In this process.
    Here(Reception, #[allow(dead_code, reason = "holds the lock")] Folder),
    /// In a running server.
    There(Remote),
}

#[derive(Deserialize)]
struct List<T> {
    items: Vec<T>,
}

#[derive(Deserialize)]
struct Paged<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

/// What the server says when something was published.
#[derive(Deserialize)]
struct Done {
    version: i64,
    report: Report,
}

impl Desk {
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        match Folder::take(&config.data)? {
            Holder::Ours(folder) => {
                let reception = assemble::reception(config, &folder).await?;
                Ok(Self::Here(reception, folder))
            }
            Holder::Theirs(Some(running)) => Ok(Self::There(Remote::new(&running))),
            Holder::Theirs(None) => {
                bail!("another command is using {}; try again when it has finished", config.data.display())
            }
        }
    }

    /// Lets this sentence model serve, if the data is open here; a server has its own.
    pub(crate) async fn plug(&self, model: &Embedding) -> anyhow::Result<()> {
        if let Self::Here(reception, _) = self {
            sentences::plug(reception, model).await?;
            reception.encode().await;
        }
        Ok(())
    }

    /// Lets this reranker have a say, if the data is open here; a server has its own.
    pub(crate) async fn hear(&self, model: Option<&EndpointSettings>) {
        if let Self::Here(reception, _) = self {
            sentences::hear(reception, model);
            reception.hear_now().await;
        }
    }

    /// Has answers written by these models, if the data is open here; a server has its own.
    pub(crate) fn employ(&self, models: &Models) -> anyhow::Result<()> {
        if let Self::Here(reception, _) = self {
            writers::employ(reception, models)?;
        }
        Ok(())
    }

    /// Finishes what is queued.
    pub(crate) async fn close(self) {
        if let Self::Here(reception, _folder) = self {
            reception.stop().await;
        }
    }

    pub(crate) async fn plan(&self, harvest: Harvest) -> anyhow::Result<Plan> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().plan(harvest).await?),
            Self::There(remote) => remote.post("/v1/entries/plan", &harvest).await,
        }
    }

    pub(crate) async fn import(&self, harvest: Harvest) -> anyhow::Result<Plan> {
        match self {
            Self::Here(reception, _) => {
                let plan = reception.operator().plan(harvest).await?;
                let told = plan.to_tell();
                reception.operator().import(plan).await?;
                Ok(told)
            }
            Self::There(remote) => remote.post("/v1/entries/import", &harvest).await,
        }
    }

    /// What is new or changed becomes drafts.
    pub(crate) async fn import_as_drafts(&self, harvest: Harvest) -> anyhow::Result<Plan> {
        match self {
            Self::Here(reception, _) => {
                let plan = reception.operator().plan(harvest).await?;
                let told = plan.to_tell();
                reception.operator().import_as_drafts(plan, "").await?;
                Ok(told)
            }
            Self::There(remote) => remote.post("/v1/entries/import?draft=true", &harvest).await,
        }
    }

    /// What the test questions say of the knowledge, or of the drafts.
    pub(crate) async fn check_knowledge(&self, drafts: bool) -> anyhow::Result<Report> {
        match self {
            Self::Here(reception, _) => {
                // A server has done so long ago; without it an answer is no other.
                reception.adapt().await;
                Ok(reception.operator().check_knowledge(drafts).await?)
            }
            Self::There(remote) => remote.post("/v1/knowledge/check", &json!({ "drafts": drafts })).await,
        }
    }

    /// Publishes drafts, all or those of these entries; the version, and what the tests said.
    pub(crate) async fn publish(
        &self,
        entries: &[String],
        why: &str,
        overriding: Option<&str>,
    ) -> anyhow::Result<(i64, Report)> {
        match self {
            Self::Here(reception, _) => {
                reception.adapt().await;
                let ids = entries.iter().map(|id| id.as_str().into()).collect();
                let which = if entries.is_empty() { Which::All } else { Which::These(ids) };
                let overriding = overriding.map(ToOwned::to_owned);
                let consent = Consent { why: why.to_owned(), looked: true, overriding };
                let done = reception.operator().publish(&which, &consent).await?;
                Ok((done.version, done.report))
            }
            Self::There(remote) => {
                let wanted = json!({ "entries": entries, "why": why, "override": overriding });
                let done: Done = remote.post("/v1/knowledge/publish", &wanted).await?;
                Ok((done.version, done.report))
            }
        }
    }

    /// What was published, or the versions of one entry, latest first, as the API words it.
    pub(crate) async fn versions(&self, entry: Option<&str>, limit: u32) -> anyhow::Result<Vec<Value>> {
        match self {
            Self::Here(reception, _) => {
                let operator = reception.operator();
                if let Some(id) = entry {
                    let changes = operator.history(&id.into(), None, limit).await?;
                    return Ok(changes.iter().map(server::told::change).collect());
                }
                let found = operator.publications(None, limit).await?;
                Ok(found.iter().map(server::told::publication).collect())
            }
            Self::There(remote) => {
                let path = match entry {
                    Some(id) => format!("/v1/entries/{}/versions?limit={limit}", percent(id)),
                    None => format!("/v1/knowledge/versions?limit={limit}"),
                };
                Ok(remote.get::<List<Value>>(&path).await?.items)
            }
        }
    }

    /// Makes the knowledge, or one entry, what it was; returns the version that this makes.
    pub(crate) async fn roll_back(&self, to: Target, entry: Option<&str>, why: &str) -> anyhow::Result<i64> {
        match self {
            Self::Here(reception, _) => {
                let operator = reception.operator();
                let to = match to {
                    Target::Version(version) => version,
                    Target::Moment(at) => operator.version_at(at).await?,
                };
                Ok(operator.roll_back(to, entry.map(EntryId::from), why).await?)
            }
            Self::There(remote) => {
                let path = entry.map_or_else(
                    || "/v1/knowledge/rollback".to_owned(),
                    |id| format!("/v1/entries/{}/rollback", percent(id)),
                );
                let wanted = match to {
                    Target::Version(version) => json!({ "version": version, "why": why }),
                    Target::Moment(at) => json!({ "at": at, "why": why }),
                };
                let done: Value = remote.post(&path, &wanted).await?;
                done["version"].as_i64().context("the running server told no version")
            }
        }
    }

    /// A page of the test questions, and where to continue.
    pub(crate) async fn tests_after(
        &self,
        after: Option<&str>,
    ) -> anyhow::Result<(Vec<TestQuestion>, Option<String>)> {
        match self {
            Self::Here(reception, _) => {
                let rows = reception.operator().tests(after.map(str::to_owned), reception::PAGE).await?;
                let next = rows.last().map(|row| row.cursor.clone());
                Ok((rows.into_iter().map(|row| row.test).collect(), next))
            }
            Self::There(remote) => {
                let list: Paged<TestQuestion> = remote.get(&paged("/v1/tests", after)).await?;
                Ok((list.items, list.next_cursor))
            }
        }
    }

    /// The answer as the API words it; null when a person has the conversation.
    pub(crate) async fn ask(&self, question: &str, conversation: Option<&str>) -> anyhow::Result<Value> {
        match self {
            Self::Here(reception, _) => {
                // A server has done so long ago; without it an answer is no other.
                reception.adapt().await;
                let asked = reception.operator().ask(question, conversation, None).await?;
                Ok(asked.map_or(Value::Null, |asked| asked.to_json()))
            }
            Self::There(remote) => {
                remote.post("/v1/ask", &json!({ "question": question, "conversation": conversation })).await
            }
        }
    }

    pub(crate) async fn entries_after(&self, after: Option<&EntryId>) -> anyhow::Result<Vec<Entry>> {
        match self {
            Self::Here(reception, _) => {
                Ok(reception.operator().entries_after(after, reception::PAGE).await?)
            }
            Self::There(remote) => {
                let list: List<Entry> = remote.get(&paged("/v1/entries", after.map(EntryId::as_str))).await?;
                Ok(list.items)
            }
        }
    }

    /// A page of the intents, by name.
    pub(crate) async fn intents_after(&self, after: Option<&str>) -> anyhow::Result<Vec<Intent>> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().intents(after, reception::PAGE).await?),
            Self::There(remote) => Ok(remote.get::<List<Intent>>(&paged("/v1/intents", after)).await?.items),
        }
    }

    /// A page of the owner's examples of an intent, by text.
    pub(crate) async fn examples_after(
        &self,
        intent: &str,
        after: Option<&str>,
    ) -> anyhow::Result<Vec<IntentExample>> {
        match self {
            Self::Here(reception, _) => {
                Ok(reception.operator().examples_of(intent, after, reception::PAGE).await?)
            }
            Self::There(remote) => {
                let path = paged(&format!("/v1/intents/{}/examples", percent(intent)), after);
                Ok(remote.get::<List<IntentExample>>(&path).await?.items)
            }
        }
    }

    pub(crate) async fn conversations_after(
        &self,
        after: Option<&ConversationId>,
    ) -> anyhow::Result<Vec<Conversation>> {
        match self {
            Self::Here(reception, _) => {
                Ok(reception.operator().conversations_after(after, reception::PAGE).await?)
            }
            Self::There(remote) => {
                let path = paged("/v1/conversations", after.map(ConversationId::as_str));
                Ok(remote.get::<List<Conversation>>(&path).await?.items)
            }
        }
    }

    pub(crate) async fn messages(&self, id: &ConversationId, after: i64) -> anyhow::Result<Vec<Message>> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().messages(id, after, reception::PAGE).await?),
            Self::There(remote) => {
                let path = format!("/v1/conversations/{id}/messages?after={after}");
                Ok(remote.get::<List<Message>>(&path).await?.items)
            }
        }
    }

    pub(crate) async fn backup(&self, to: &Path) -> anyhow::Result<()> {
        let place =
            std::path::absolute(to).with_context(|| format!("{} is not a usable path", to.display()))?;
        match self {
            Self::Here(reception, _) => Ok(reception.operator().backup(&place).await?),
            Self::There(remote) => {
                remote.post::<Value>("/v1/backup", &json!({ "path": place })).await.map(|_| ())
            }
        }
    }

    /// What is wrong, how many entries there are, and at which version.
    pub(crate) async fn check(&self) -> anyhow::Result<Value> {
        match self {
            Self::Here(reception, _) => {
                let operator = reception.operator();
                let (entries, version) = operator.knowledge();
                Ok(json!({
                    "findings": operator.check().await?,
                    "entries": entries,
                    "knowledge_version": version,
                    "reranker": operator.reranker(),
                }))
            }
            Self::There(remote) => remote.get("/v1/check").await,
        }
    }

    /// Asks the addresses outside that the knowledge links to; returns how many.
    pub(crate) async fn try_links(&self) -> anyhow::Result<usize> {
        match self {
            Self::Here(reception, _) => Ok(reception.operator().try_links().await?.len()),
            Self::There(remote) => {
                Ok(remote.post::<List<Value>>("/v1/knowledge/links/check", &json!({})).await?.items.len())
            }
        }
    }

    /// A fresh sign-in path for the owner.
    pub(crate) async fn sign_in(&self) -> anyhow::Result<String> {
        match self {
            Self::Here(reception, _) => Ok(reception.owner_link("Owner").await?.path),
            Self::There(remote) => {
                let link: Value = remote.post("/v1/sign-in", &json!({})).await?;
                Ok(link["path"].as_str().unwrap_or_default().to_owned())
            }
        }
    }
}

fn paged(path: &str, after: Option<&str>) -> String {
    after.map_or_else(|| path.to_owned(), |after| format!("{path}?after={}", percent(after)))
}

/// Ids may hold anything; in an address only letters, digits and a few marks stay as they are.
fn percent(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
