//! Meaning from a sentence model that runs in the process: BERT and its kin, as sentence-transformers keeps them.
//!
//! The parts of such a folder come in as bytes, vectors go out. The network itself stands in [`network`].

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use rayon::ThreadPool;

mod cut;
mod network;
mod shape;

use cut::Cutter;
use network::Network;
use shape::Shape;

/// Sentences computed at once: more is no faster on a processor.
const BATCH: usize = 32;
/// Tokens computed at once, fillers included: bounds the memory, whatever the texts.
const BATCH_TOKENS: usize = 2_048;

/// How the directions of a sentence's tokens become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// The first token's.
    First,
}

/// What a folder of a sentence-transformer holds.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// `config.json`
    pub config: &'a [u8],
    /// `tokenizer.json`
    pub tokenizer: &'a [u8],
    /// `model.safetensors`
    pub weights: &'a [u8],
    /// What its pooling module says.
    pub pooling: Pooling,
    /// Whether its vectors are brought to length 1.
    pub normalise: bool,
    /// Whether texts are put in lower case first.
    pub lower_case: bool,
    /// Of a longer text only so many tokens are read; never more than the network knows places.
    pub max_tokens: Option<usize>,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No JSON, or a number is absent.
    #[error("config.json is not understood: {0}; take the file that came with the model")]
    Config(String),
    /// Another network.
    #[error(
        "models of the family {0:?} are not built in; take one of bert, distilbert, roberta, xlm-roberta, \
         or serve yours behind an OpenAI-compatible endpoint"
    )]
    Family(String),
    /// Something within the family that is rare.
    #[error(
        "config.json asks for {0}, which is not built in; take another model or serve it behind an endpoint"
    )]
    Unknown(String),
    /// No tokenizer.
    #[error("tokenizer.json is not understood: {0}; save it with AutoTokenizer(…, use_fast=True)")]
    Tokenizer(String),
    /// Cut short, or of another model.
    #[error("model.safetensors does not belong to config.json, or was cut short: {0}")]
    Weights(String),
}

/// A text that the model could not take.
#[derive(Debug, thiserror::Error)]
#[error("the sentence model failed: {0}")]
pub struct EncodeError(String);

/// A sentence model, ready to encode. Encoding from several threads at once is safe and shares the same cores.
pub struct SentenceEncoder {
    cutter: Cutter,
    network: Network,
    pooling: Pooling,
    normalise: bool,
    dim: usize,
    /// The network would take every core; who is asked while it works needs some.
    pool: ThreadPool,
}

impl SentenceEncoder {
    /// Puts a model together and tries it on a word, so that what is wrong is found now. Holds the weights as
    /// 32-bit numbers, and the given bytes beside them only while it loads.
    pub fn from_parts(parts: &Parts<'_>) -> Result<Self, ModelError> {
        let shape = Shape::read(parts.config)?;
        let most = parts.max_tokens.map_or(shape.most_tokens(), |most| most.min(shape.most_tokens()));
        let cutter = Cutter::new(parts.tokenizer, most, parts.lower_case, &shape)?;
        let weights = |error: candle_core::Error| ModelError::Weights(briefly(&error));
        let held = VarBuilder::from_slice_safetensors(parts.weights, DType::F32, &Device::Cpu);
        let network = Network::load(&shape, held.map_err(weights)?).map_err(weights)?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores.div_ceil(2)).build();
        let pool = pool.map_err(|error| ModelError::Weights(error.to_string()))?;
        let (pooling, normalise, dim) = (parts.pooling, parts.normalise, shape.hidden);
        let encoder = Self { cutter, network, pooling, normalise, dim, pool };
        match encoder.encode(&["word"]) {
            Ok(tried) if tried.iter().flatten().all(|part| part.is_finite()) => Ok(encoder),
            Ok(_) => Err(ModelError::Weights("the numbers are not finite".to_owned())),
            Err(EncodeError(reason)) => Err(ModelError::Weights(reason)),
        }
    }

    /// Numbers per vector.
    pub const fn dim(&self) -> usize {
        self.dim
    }

    /// The vectors of texts, in their order, of [`SentenceEncoder::dim`] numbers each.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, EncodeError> {
        let cut = texts.iter().map(|text| self.cutter.cut(text)).collect::<Result<Vec<_>, _>>()?;
        let mut order: Vec<usize> = (0..cut.len()).collect();
        // Neighbours of like length need few fillers.
        order.sort_by_key(|&at| cut[at].len());
        let mut vectors = vec![Vec::new(); cut.len()];
        for batch in batches(&order, &cut) {
            let rows: Vec<&[u32]> = batch.iter().map(|&at| cut[at].as_slice()).collect();
            let found = self.pool.install(|| self.vectors(&rows));
            let found = found.map_err(|error| EncodeError(briefly(&error)))?;
            batch.iter().zip(found).for_each(|(&at, vector)| vectors[at] = vector);
        }
        Ok(vectors)
    }

    fn vectors(&self, rows: &[&[u32]]) -> candle_core::Result<Vec<Vec<f32>>> {
        let longest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let (mut ids, mut mask) = (Vec::new(), Vec::new());
        for row in rows {
            let fillers = longest - row.len();
            ids.extend(row.iter().copied().chain(std::iter::repeat_n(self.cutter.filler(), fillers)));
            mask.extend((0..longest).map(|at| f32::from(u8::from(at < row.len()))));
        }
        let ids = Tensor::from_vec(ids, (rows.len(), longest), &Device::Cpu)?;
        let mask = Tensor::from_vec(mask, (rows.len(), longest), &Device::Cpu)?;
        let tokens = self.network.forward(&ids, &mask)?;
        let pooled = match self.pooling {
            Pooling::First => tokens.narrow(1, 0, 1)?.squeeze(1)?,
            Pooling::Mean => {
                let weights = mask.unsqueeze(2)?;
                tokens.broadcast_mul(&weights)?.sum(1)?.broadcast_div(&weights.sum(1)?)?
            }
        };
        let mut vectors = pooled.to_vec2::<f32>()?;
        if self.normalise {
            for vector in &mut vectors {
                to_length_one(vector);
            }
        }
        Ok(vectors)
    }
}

/// Places of texts, shortest first, in parts that are computed at once.
fn batches<'a>(order: &'a [usize], cut: &[Vec<u32>]) -> Vec<&'a [usize]> {
    let (mut parts, mut rest) = (Vec::new(), order);
    while !rest.is_empty() {
        let fits = |count: usize| count <= BATCH && count * cut[rest[count - 1]].len() <= BATCH_TOKENS;
        let count = (1..=rest.len()).take_while(|&count| fits(count)).count().max(1);
        let (part, others) = rest.split_at(count);
        parts.push(part);
        rest = others;
    }
    parts
}

fn to_length_one(vector: &mut [f32]) {
    let length = vector.iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-12);
    for part in vector {
        *part /= length;
    }
}

/// What went wrong without the trace of calls that the library may append.
fn briefly(error: &dyn std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
