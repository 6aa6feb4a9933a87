//! What `config.json` says of the network.

use serde::Deserialize;

use super::ModelError;

/// Which names and positions a network uses; the computation is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Bert,
    DistilBert,
    /// RoBERTa and XLM-R: BERT whose positions begin after the filler's number.
    Roberta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bend {
    /// Gaussian error linear units, exact.
    Gelu,
    /// The same, approximated by tanh.
    GeluTanh,
    Relu,
}

/// The sizes of a network.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) family: Family,
    pub(super) words: usize,
    pub(super) places: usize,
    pub(super) kinds: usize,
    pub(super) hidden: usize,
    pub(super) inner: usize,
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) epsilon: f64,
    pub(super) filler: u32,
    pub(super) bend: Bend,
}

/// Larger numbers are no model but damage; they are refused before memory is asked for.
const LARGEST: usize = 1 << 24;

#[derive(Deserialize)]
struct Written {
    vocab_size: usize,
    max_position_embeddings: usize,
    #[serde(default)]
    type_vocab_size: usize,
    #[serde(alias = "dim")]
    hidden_size: usize,
    #[serde(alias = "hidden_dim")]
    intermediate_size: usize,
    #[serde(alias = "n_layers")]
    num_hidden_layers: usize,
    #[serde(alias = "n_heads")]
    num_attention_heads: usize,
    #[serde(default = "usual_epsilon")]
    layer_norm_eps: f64,
    pad_token_id: Option<u32>,
    #[serde(alias = "activation")]
    hidden_act: String,
    position_embedding_type: Option<String>,
}

const fn usual_epsilon() -> f64 {
    1e-12
}

impl Shape {
    pub(super) fn read(config: &[u8]) -> Result<Self, ModelError> {
        let kind: Kind =
            serde_json::from_slice(config).map_err(|error| ModelError::Config(error.to_string()))?;
        let family = match kind.model_type.as_str() {
            "bert" => Family::Bert,
            "distilbert" => Family::DistilBert,
            "roberta" | "xlm-roberta" | "camembert" => Family::Roberta,
            other => return Err(ModelError::Family(other.to_owned())),
        };
        let written: Written =
            serde_json::from_slice(config).map_err(|error| ModelError::Config(error.to_string()))?;
        written.shape(family)
    }

    /// How many tokens have a place.
    pub(super) fn most_tokens(&self) -> usize {
        self.places - self.first_place()
    }

    /// The number of the first token's place.
    pub(super) fn first_place(&self) -> usize {
        if self.family == Family::Roberta { self.filler as usize + 1 } else { 0 }
    }
}

/// Read first, so that another family is named rather than its missing numbers.
#[derive(Deserialize)]
struct Kind {
    model_type: String,
}

impl Written {
    fn shape(self, family: Family) -> Result<Shape, ModelError> {
        if let Some(other) = self.position_embedding_type.filter(|kind| kind != "absolute") {
            return Err(ModelError::Unknown(format!("positions of the kind {other:?}")));
        }
        let bend = match self.hidden_act.as_str() {
            "gelu" => Bend::Gelu,
            "gelu_new" | "gelu_pytorch_tanh" | "gelu_fast" => Bend::GeluTanh,
            "relu" => Bend::Relu,
            other => return Err(ModelError::Unknown(format!("the activation {other:?}"))),
        };
        let shape = Shape {
            family,
            words: self.vocab_size,
            places: self.max_position_embeddings,
            kinds: if family == Family::DistilBert { 0 } else { self.type_vocab_size },
            hidden: self.hidden_size,
            inner: self.intermediate_size,
            layers: self.num_hidden_layers,
            heads: self.num_attention_heads,
            epsilon: self.layer_norm_eps,
            filler: self.pad_token_id.unwrap_or(u32::from(family == Family::Roberta)),
            bend,
        };
        shape.sound()
    }
}

impl Shape {
    fn sound(self) -> Result<Self, ModelError> {
        let sizes = [self.words, self.places, self.hidden, self.inner, self.layers, self.heads];
        let wrong = |what: &str| Err(ModelError::Config(what.to_owned()));
        if sizes.iter().any(|&size| size == 0 || size > LARGEST) || self.kinds > LARGEST {
            return wrong("a size is zero or beyond all models");
        }
        if !self.hidden.is_multiple_of(self.heads) {
            return wrong("hidden_size cannot be shared among the attention heads");
        }
        if self.filler as usize >= self.words || self.places < self.first_place() + 8 {
            return wrong("there is no room for eight tokens, or none for the filler");
        }
        Ok(self)
    }
}
