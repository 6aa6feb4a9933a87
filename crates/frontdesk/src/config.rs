//! The configuration: `frontdesk.toml`, then `FRONTDESK_*`. Each crate owns its section; this only assembles.
//!
//! `examples/frontdesk.toml` lists every setting with its default; a test keeps the two equal.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;
use channels::EchoSettings;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use reception::{Action, IdentitySettings, Limits, Publishing, Shop, Source};
use serde::{Deserialize, Serialize};
use server::ServerConfig;

use crate::sentences::Models;

/// Everything that may be set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The folder that holds everything.
    #[serde(default = "data")]
    pub(crate) data: PathBuf,
    /// How messages are kept.
    #[serde(default)]
    pub(crate) store: StoreConfig,
    /// How we are reached.
    #[serde(default)]
    pub(crate) server: ServerConfig,
    /// How the shop presents itself.
    #[serde(default)]
    pub(crate) shop: Shop,
    /// How much of everything.
    #[serde(default)]
    pub(crate) limits: Limits,
    /// How knowledge is published.
    #[serde(default)]
    pub(crate) knowledge: Publishing,
    /// Models that plug in.
    #[serde(default)]
    pub(crate) models: Models,
    /// Foreign platforms by account name.
    #[serde(default)]
    pub(crate) channels: BTreeMap<String, ChannelConfig>,
    /// Where knowledge comes from by itself.
    #[serde(default)]
    pub(crate) sources: Vec<Source>,
    /// Who is signed in at the shop.
    #[serde(default)]
    pub(crate) identity: IdentitySettings,
    /// What can be done in the shop's other systems.
    #[serde(default)]
    pub(crate) actions: Vec<Action>,
}

/// The `[store]` section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct StoreConfig {
    /// When a message counts as kept.
    pub(crate) durability: Durability,
}

/// When a message counts as kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Durability {
    /// Flushed to disk: survives a power cut.
    #[default]
    Full,
    /// Survives the death of the process, a power cut may take the last moments.
    Normal,
}

/// One `[channels.NAME]` section; `kind` says which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum ChannelConfig {
    /// Signed webhooks in and out.
    Echo(EchoSettings),
}

/// Variables that begin like settings and are none: what is logged, how often and when the crash test kills, and
/// where a model lies that tests may use.
const NO_SETTINGS: [&str; 4] = ["log", "crash_cycles", "crash_seed", "test_model"];

fn data() -> PathBuf {
    PathBuf::from("data")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: data(),
            store: StoreConfig::default(),
            server: ServerConfig::default(),
            shop: Shop::default(),
            limits: Limits::default(),
            knowledge: Publishing::default(),
            models: Models::default(),
            channels: BTreeMap::new(),
            sources: Vec::new(),
            identity: IdentitySettings::default(),
            actions: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the configuration. A file that was named must be there; `frontdesk.toml` in this folder is
    /// read if it is.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut layers = Figment::from(Serialized::defaults(Self::default()));
        let named = file.unwrap_or(Path::new("frontdesk.toml"));
        if file.is_some() {
            anyhow::ensure!(named.is_file(), "{}: no such configuration file", named.display());
        }
        if named.is_file() {
            layers = layers.merge(Toml::file_exact(named));
        }
        Self::under_the_environment(layers)
    }

    /// These settings, where the environment does not say otherwise.
    pub(crate) fn or_environment(self) -> anyhow::Result<Self> {
        Self::under_the_environment(Figment::from(Serialized::defaults(self)))
    }

    fn under_the_environment(layers: Figment) -> anyhow::Result<Self> {
        let environment = Env::prefixed("FRONTDESK_").ignore(&NO_SETTINGS).split("__");
        layers.merge(environment).extract().context("the configuration is not valid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::Embedding;

    #[test]
    fn the_documented_file_is_the_defaults() {
        let documented: Config =
            Figment::from(Toml::string(include_str!("../../../examples/frontdesk.toml"))).extract().unwrap();
        assert_eq!(documented, Config::default());
    }

    #[test]
    fn a_sentence_model_is_a_setting() {
        let embedding = |text: &str| {
            let layers = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(text));
            layers
                .extract::<Config>()
                .map(|config| config.models.embedding)
                .map_err(|error| error.to_string())
        };
        let folder = embedding("[models.embedding]\nkind = \"folder\"\npath = \"models/bge\"\n");
        assert_eq!(folder.unwrap(), Embedding::Folder { path: "models/bge".into() });
        let endpoint = "[models.embedding]\nkind = \"endpoint\"\nurl = \"http://127.0.0.1:1/v1\"\nmodel = \"bge\"\nkey = \"s\"\n";
        let shown = format!("{:?}", embedding(endpoint).unwrap());
        assert!(shown.contains("bge") && !shown.contains("\"s\""), "a key is not shown: {shown}");
        assert!(embedding("[models.embedding]\nkind = \"folder\"\n").unwrap_err().contains("path"));
        assert!(embedding("[models.embedding]\nkind = \"magic\"\n").unwrap_err().contains("magic"));
    }

    #[test]
    fn the_documented_model_is_one_with_everything_as_it_is_by_default() {
        let documented = include_str!("../../../examples/frontdesk.toml");
        let setting = |line: &&str| line.starts_with("# [[models.chat]]") || line.contains(" = ");
        let section: Vec<&str> = documented
            .lines()
            .skip_while(|line| !line.starts_with("# [[models.chat]]"))
            .take_while(|line| !line.is_empty())
            .filter(setting)
            .map(|line| line.trim_start_matches("# "))
            .collect();
        let layers =
            Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(&section.join("\n")));
        let models = layers.extract::<Config>().unwrap().models.chat;
        assert_eq!(models, [assistant::llm::ChatSettings::new("http://127.0.0.1:11434/v1", "qwen3:8b")]);
    }

    #[test]
    fn a_source_needs_a_name_and_an_address() {
        let sources = |text: &str| {
            let layers = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(text));
            layers.extract::<Config>().map(|config| config.sources).map_err(|error| error.to_string())
        };
        let help =
            "[[sources]]\nname = \"help\"\nurl = \"https://shop.example/sitemap.xml\"\nevery = \"6h\"\n";
        let read = sources(help).unwrap();
        assert_eq!((read[0].every.to_string().as_str(), read[0].pages), ("6h", 2_000));
        assert!(sources("[[sources]]\nname = \"help\"\n").unwrap_err().contains("url"));
        assert!(sources(&help.replace("6h", "soon")).unwrap_err().contains("soon"));
    }

    #[test]
    fn a_misspelt_setting_is_an_error_that_names_it() {
        let wrong = Figment::from(Serialized::defaults(Config::default()))
            .merge(Toml::string("[limits]\nmesage_chars = 5\n"));
        let error = wrong.extract::<Config>().unwrap_err().to_string();
        assert!(error.contains("mesage_chars"), "{error}");
    }
}
