//! The network itself: BERT, whose kin differ in names and in where positions begin.
//!
//! Our own rather than candle-transformers, which compiles a hundred families for this one.

use candle_core::{D, Result, Tensor};
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder, embedding, linear, ops::softmax};

use super::shape::{Bend, Family, Shape};

/// So far below every score that a filler gets no attention.
const UNSEEN: f64 = -1e30;

pub(super) struct Network {
    words: Embedding,
    places: Embedding,
    /// The direction of the first kind of sentence; there is only one here.
    kind: Option<Tensor>,
    norm: LayerNorm,
    layers: Vec<Layer>,
    first_place: usize,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: LayerNorm,
    inner: Linear,
    outer: Linear,
    outer_norm: LayerNorm,
    heads: usize,
    bend: Bend,
}

impl Network {
    pub(super) fn load(shape: &Shape, weights: VarBuilder<'_>) -> Result<Self> {
        let weights = at_root(shape.family, weights);
        let first = weights.pp("embeddings");
        let kind = if shape.kinds == 0 {
            None
        } else {
            let kinds = first.get((shape.kinds, shape.hidden), "token_type_embeddings.weight")?;
            Some(kinds.get(0)?)
        };
        let layers = match shape.family {
            Family::DistilBert => weights.pp("transformer.layer"),
            Family::Bert | Family::Roberta => weights.pp("encoder.layer"),
        };
        Ok(Self {
            words: embedding(shape.words, shape.hidden, first.pp("word_embeddings"))?,
            places: embedding(shape.places, shape.hidden, first.pp("position_embeddings"))?,
            kind,
            norm: norm(shape, &first.pp("LayerNorm"))?,
            layers: (0..shape.layers)
                .map(|at| Layer::load(shape, &layers.pp(at)))
                .collect::<Result<Vec<_>>>()?,
            first_place: shape.first_place(),
        })
    }

    /// The directions of all tokens: (sentences, tokens, numbers). `mask` is 1 for tokens and 0 for fillers.
    pub(super) fn forward(&self, ids: &Tensor, mask: &Tensor) -> Result<Tensor> {
        let first = self.first_place as u32;
        let places = Tensor::arange(first, first + ids.dim(1)? as u32, ids.device())?;
        let mut tokens = self.words.forward(ids)?.broadcast_add(&self.places.forward(&places)?)?;
        if let Some(kind) = &self.kind {
            tokens = tokens.broadcast_add(kind)?;
        }
        tokens = self.norm.forward(&tokens)?;
        let unseen = mask.affine(-UNSEEN, UNSEEN)?.unsqueeze(1)?.unsqueeze(1)?;
        for layer in &self.layers {
            tokens = layer.forward(&tokens, &unseen)?;
        }
        Ok(tokens)
    }
}

/// Some were saved within a larger model, under its name.
fn at_root(family: Family, weights: VarBuilder<'_>) -> VarBuilder<'_> {
    let name = match family {
        Family::Bert => "bert",
        Family::DistilBert => "distilbert",
        Family::Roberta => "roberta",
    };
    let within = weights.pp(name);
    if within.contains_tensor("embeddings.word_embeddings.weight") { within } else { weights }
}

/// Files of the first years call its two rows by Greek letters.
fn norm(shape: &Shape, weights: &VarBuilder<'_>) -> Result<LayerNorm> {
    let names = if weights.contains_tensor("gamma") { ["gamma", "beta"] } else { ["weight", "bias"] };
    let [weight, bias] = names.map(|name| weights.get(shape.hidden, name));
    Ok(LayerNorm::new(weight?, bias?, shape.epsilon))
}

impl Layer {
    fn load(shape: &Shape, weights: &VarBuilder<'_>) -> Result<Self> {
        let (hidden, inner) = (shape.hidden, shape.inner);
        let same = |name: &str| linear(hidden, hidden, weights.pp(name));
        let norm = |name: &str| norm(shape, &weights.pp(name));
        let names = match shape.family {
            Family::DistilBert => DISTILBERT,
            Family::Bert | Family::Roberta => BERT,
        };
        Ok(Self {
            query: same(names[0])?,
            key: same(names[1])?,
            value: same(names[2])?,
            attended: same(names[3])?,
            attended_norm: norm(names[4])?,
            inner: linear(hidden, inner, weights.pp(names[5]))?,
            outer: linear(inner, hidden, weights.pp(names[6]))?,
            outer_norm: norm(names[7])?,
            heads: shape.heads,
            bend: shape.bend,
        })
    }

    fn forward(&self, tokens: &Tensor, unseen: &Tensor) -> Result<Tensor> {
        let attended = self.attended.forward(&self.attend(tokens, unseen)?)?;
        let tokens = self.attended_norm.forward(&(attended + tokens)?)?;
        let inner = self.inner.forward(&tokens)?;
        let bent = match self.bend {
            Bend::Gelu => inner.gelu_erf()?,
            Bend::GeluTanh => inner.gelu()?,
            Bend::Relu => inner.relu()?,
        };
        self.outer_norm.forward(&(self.outer.forward(&bent)? + tokens)?)
    }

    fn attend(&self, tokens: &Tensor, unseen: &Tensor) -> Result<Tensor> {
        let (sentences, length, hidden) = tokens.dims3()?;
        let size = hidden / self.heads;
        let by_head =
            |all: Tensor| all.reshape((sentences, length, self.heads, size))?.transpose(1, 2)?.contiguous();
        let query = (by_head(self.query.forward(tokens)?)? / (size as f64).sqrt())?;
        let key = by_head(self.key.forward(tokens)?)?;
        let value = by_head(self.value.forward(tokens)?)?;
        let scores = query.matmul(&key.t()?)?.broadcast_add(unseen)?;
        let attended = softmax(&scores, D::Minus1)?.matmul(&value)?;
        attended.transpose(1, 2)?.contiguous()?.reshape((sentences, length, hidden))
    }
}

/// Query, key, value, attended, its norm, inner, outer, its norm.
const BERT: [&str; 8] = [
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "attention.output.LayerNorm",
    "intermediate.dense",
    "output.dense",
    "output.LayerNorm",
];
const DISTILBERT: [&str; 8] = [
    "attention.q_lin",
    "attention.k_lin",
    "attention.v_lin",
    "attention.out_lin",
    "sa_layer_norm",
    "ffn.lin1",
    "ffn.lin2",
    "output_layer_norm",
];
