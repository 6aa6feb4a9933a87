//! Puts a reception together from a configuration and a data folder.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use anyhow::Context;
use assistant::{Action, Assistant, Phrases, Policy, Products};
use channels::{Channel, Echo};
use domain::ChannelId;
use egress::Gate;
use knowledge::Library;
use reception::{Parts, Reception, Settings, Source, SystemChance, identity::SHORTEST_SECRET};
use store::Sqlite;

use crate::{
    clock::SystemClock,
    config::{ChannelConfig, Config, Durability},
    folder::Folder,
};

fn segmenter() {
    language::segment::warm();
}

fn readers() {
    language::embed::shipped();
    language::spelling::warm();
    language::mood::warm();
    language::attack::warm();
    language::handoff::warm();
    language::satisfaction::warm();
}

/// The desk on this folder. The models load while the database opens, so that no customer waits for them.
pub(crate) async fn reception(config: &Config, folder: &Folder) -> anyhow::Result<Reception> {
    let warming = [segmenter as fn(), readers].map(tokio::task::spawn_blocking);
    let durability = match config.store.durability {
        Durability::Full => store::Durability::Full,
        Durability::Normal => store::Durability::Normal,
    };
    let store = Sqlite::open(&folder.database(), durability).await?;
    for part in warming {
        part.await.context("the models could not be loaded")?;
    }
    let channels = channels(config)?;
    Source::check(&config.sources).map_err(anyhow::Error::msg)?;
    let actions = actions(config)?;
    let gate = gate(&channels, &config.sources, &actions);
    let settings = Settings {
        shop: config.shop.clone(),
        limits: config.limits.clone(),
        knowledge: config.knowledge.clone(),
        sources: config.sources.clone(),
        identity: config.identity.clone(),
        actions,
    };
    let parts = Parts {
        store: Arc::new(store),
        assistant: Arc::new(assistant(&settings)),
        channels,
        gate,
        settings,
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        kept: Arc::new(folder.learnt()),
    };
    Ok(Reception::open(parts).await?)
}

/// An assistant with an empty library, speaking for the shop.
pub(crate) fn assistant(settings: &Settings) -> Assistant {
    let shop = &settings.shop;
    let phrases = Phrases { shop: (shop.name_zh.clone(), shop.name_en.clone()) };
    let products = Products::new(shop.products.iter().map(String::as_str));
    Assistant::new(Arc::new(Library::new()), Policy::shipped(), phrases)
        .with_products(products)
        .with_manner(shop.manner())
}

fn channels(config: &Config) -> anyhow::Result<HashMap<ChannelId, Arc<dyn Channel>>> {
    let build = |(name, section): (&String, &ChannelConfig)| {
        let account = ChannelId(name.clone());
        anyhow::ensure!(
            !account.fetches(),
            "[channels.{name}]: this name is taken by a built-in channel; choose another"
        );
        let channel: Arc<dyn Channel> = match section {
            ChannelConfig::Echo(settings) => Arc::new(
                Echo::new(account.clone(), settings.clone())
                    .with_context(|| format!("[channels.{name}] secret"))?,
            ),
        };
        Ok((account, channel))
    };
    config.channels.iter().map(build).collect()
}

/// The actions as they are described here and in the documents that they name, checked.
fn actions(config: &Config) -> anyhow::Result<Vec<Action>> {
    let short = (1..SHORTEST_SECRET).contains(&config.identity.secret.len());
    anyhow::ensure!(
        !short,
        "[identity] secret: at least {SHORTEST_SECRET} characters, so that nobody guesses it"
    );
    anyhow::ensure!(
        !config.identity.required || !config.identity.secret.is_empty(),
        "[identity] required: set secret too, or nobody could ever be signed in"
    );
    let mut actions = config.actions.clone();
    let mut names = HashSet::new();
    for action in &mut actions {
        if !action.openapi.is_empty() {
            let file = &action.openapi;
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("[[actions]] {}: {file}", action.name))?;
            let document = serde_json::from_str(&text).with_context(|| format!("{file} is no JSON"))?;
            assistant::action::complete(action, &document).map_err(anyhow::Error::msg)?;
        }
        action.check().map_err(anyhow::Error::msg)?;
        anyhow::ensure!(
            names.insert(action.name.clone()),
            "[[actions]] {}: this name is there twice",
            action.name
        );
    }
    Ok(actions)
}

/// The endpoints that the owner wrote down are reached wherever they are.
fn gate(channels: &HashMap<ChannelId, Arc<dyn Channel>>, sources: &[Source], actions: &[Action]) -> Gate {
    let endpoints: Vec<String> = channels.values().flat_map(|channel| channel.endpoints()).collect();
    let sites = sources.iter().map(|source| source.url.as_str());
    let tools = actions.iter().map(|action| action.url.as_str());
    Gate::new(endpoints.iter().map(String::as_str).chain(sites).chain(tools))
}
