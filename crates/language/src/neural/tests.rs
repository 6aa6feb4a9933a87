//! Small networks of all families, made on the spot.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

const HIDDEN: usize = 8;
const WORDS: [&str; 10] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "退", "款", "怎", "么", "refund", "##s"];

fn tokenizer() -> String {
    let vocabulary: Vec<String> =
        WORDS.iter().enumerate().map(|(at, word)| format!("{word:?}:{at}")).collect();
    format!(
        r###"{{"version":"1.0","truncation":{{"max_length":2,"strategy":"LongestFirst","stride":0}},
        "padding":{{"strategy":{{"Fixed":128}},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,
        "pad_type_id":0,"pad_token":"[PAD]"}},"added_tokens":[],
        "normalizer":{{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true}},"pre_tokenizer":{{"type":"BertPreTokenizer"}},
        "post_processor":{{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}},"decoder":null,
        "model":{{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,"vocab":{{{}}}}}}}"###,
        vocabulary.join(",")
    )
}

fn config(family: &str) -> String {
    let sizes = if family == "distilbert" {
        r#""dim":8,"hidden_dim":12,"n_layers":2,"n_heads":2,"activation":"gelu""#
    } else {
        r#""hidden_size":8,"intermediate_size":12,"num_hidden_layers":2,"num_attention_heads":2,
        "hidden_act":"gelu","type_vocab_size":1,"layer_norm_eps":1e-5"#
    };
    format!(
        r#"{{"model_type":"{family}","vocab_size":{},"max_position_embeddings":24,"pad_token_id":0,{sizes}}}"#,
        WORDS.len()
    )
}

/// Names and sizes of all rows of a network.
fn rows(family: &str) -> Vec<(String, Vec<usize>)> {
    let mut rows = Vec::new();
    let mut row = |name: String, size: &[usize]| rows.push((name, size.to_vec()));
    row("embeddings.word_embeddings.weight".into(), &[WORDS.len(), HIDDEN]);
    row("embeddings.position_embeddings.weight".into(), &[24, HIDDEN]);
    row("embeddings.LayerNorm.gamma".into(), &[HIDDEN]);
    row("embeddings.LayerNorm.beta".into(), &[HIDDEN]);
    let (layers, names) = if family == "distilbert" {
        ("transformer.layer", ["q_lin", "k_lin", "v_lin", "out_lin"].map(|name| format!("attention.{name}")))
    } else {
        row("embeddings.token_type_embeddings.weight".into(), &[1, HIDDEN]);
        let names = ["self.query", "self.key", "self.value", "output.dense"];
        ("encoder.layer", names.map(|name| format!("attention.{name}")))
    };
    let (inner, outer, norms) = if family == "distilbert" {
        ("ffn.lin1", "ffn.lin2", ["sa_layer_norm", "output_layer_norm"])
    } else {
        ("intermediate.dense", "output.dense", ["attention.output.LayerNorm", "output.LayerNorm"])
    };
    for layer in 0..2 {
        let mut linear = |name: &str, from: usize, to: usize| {
            row(format!("{layers}.{layer}.{name}.weight"), &[to, from]);
            row(format!("{layers}.{layer}.{name}.bias"), &[to]);
        };
        for name in &names {
            linear(name, HIDDEN, HIDDEN);
        }
        linear(inner, HIDDEN, 12);
        linear(outer, 12, HIDDEN);
        for name in norms {
            row(format!("{layers}.{layer}.{name}.weight"), &[HIDDEN]);
            row(format!("{layers}.{layer}.{name}.bias"), &[HIDDEN]);
        }
    }
    rows
}

/// A file of weights: the length of its table, the table, the numbers.
fn weights(rows: &[(String, Vec<usize>)]) -> Vec<u8> {
    let (mut table, mut numbers, mut seed) = (String::from("{"), Vec::new(), 7_u32);
    for (name, size) in rows {
        let from = numbers.len();
        for _ in 0..size.iter().product::<usize>() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            numbers.extend(((f64::from(seed) / f64::from(u32::MAX)) as f32 - 0.5).to_le_bytes());
        }
        let comma = if table.len() > 1 { "," } else { "" };
        let entry = format!(
            r#"{comma}"{name}":{{"dtype":"F32","shape":{size:?},"data_offsets":[{from},{}]}}"#,
            numbers.len()
        );
        table.write_str(&entry).expect("text grows");
    }
    table.push('}');
    let length = (table.len() as u64).to_le_bytes();
    [&length[..], table.as_bytes(), &numbers].concat()
}

fn made(config: &str, tokenizer: &str, weights: &[u8]) -> Result<SentenceEncoder, ModelError> {
    SentenceEncoder::from_parts(&Parts {
        config: config.as_bytes(),
        tokenizer: tokenizer.as_bytes(),
        weights,
        pooling: Pooling::Mean,
        normalise: true,
        lower_case: false,
        max_tokens: None,
    })
}

fn small(family: &str) -> SentenceEncoder {
    made(&config(family), &tokenizer(), &weights(&rows(family))).expect("a sound model")
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
}

#[test]
fn every_family_encodes_and_company_changes_nothing() {
    for family in ["bert", "distilbert", "xlm-roberta"] {
        let model = small(family);
        let texts = ["怎么退款", "refunds refunds refunds", "", "退"];
        let together = model.encode(&texts).expect("vectors");
        for (text, vector) in texts.iter().zip(&together) {
            assert_eq!(vector.len(), model.dim());
            let alone = model.encode(&[text]).expect("a vector").remove(0);
            assert!(close(vector, &alone), "{family} {text:?}: {vector:?} {alone:?}");
        }
        assert!(!close(&together[0], &together[1]), "different texts point elsewhere");
    }
}

#[test]
fn many_texts_keep_their_order() {
    let model = small("bert");
    let texts: Vec<String> = (0..100).map(|at| "怎么退款".repeat(at % 7)).collect();
    let vectors = model.encode(&texts.iter().map(String::as_str).collect::<Vec<_>>()).expect("vectors");
    assert_eq!(vectors.len(), 100);
    assert!((7..100).all(|at| close(&vectors[at], &vectors[at - 7])));
    assert_eq!(model.encode(&[]).expect("nothing of nothing").len(), 0);
}

#[test]
fn what_the_file_says_of_length_is_not_believed_but_the_networks_places_are() {
    let model = small("bert");
    let [short, long, longer] = [4, 30, 60].map(|times| "退".repeat(times));
    let vectors = model.encode(&[&short, &long, &longer]).expect("vectors");
    assert!(!close(&vectors[0], &vectors[1]), "the file would cut after two tokens");
    assert!(close(&vectors[1], &vectors[2]), "the network knows 24 places");
}

#[test]
fn a_megabyte_is_cut() {
    let model = small("bert");
    assert_eq!(model.encode(&[&"退款 ".repeat(150_000)]).expect("a vector")[0].len(), HIDDEN);
}

#[test]
fn what_is_wrong_is_named() {
    let (config, tokenizer, weights) = (config("bert"), tokenizer(), weights(&rows("bert")));
    let wrong = |config: &str, tokenizer: &str, weights: &[u8]| {
        made(config, tokenizer, weights).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(wrong(&config.replace("\"bert\"", "\"gpt2\""), &tokenizer, &weights).contains("gpt2"));
    assert!(wrong(&config.replace("hidden_act", "act"), &tokenizer, &weights).contains("hidden_act"));
    assert!(wrong(&config.replace("gelu", "mish"), &tokenizer, &weights).contains("mish"));
    assert!(wrong(&config.replace(":2,", ":3,"), &tokenizer, &weights).contains("config.json"));
    assert!(wrong("rubbish", &tokenizer, &weights).contains("config.json"));
    assert!(wrong(&config, "{}", &weights).contains("tokenizer.json"));
    let fewer: Vec<_> =
        rows("bert").into_iter().filter(|(name, _)| !name.contains("1.output.dense")).collect();
    let told = wrong(&config, &tokenizer, &super::tests::weights(&fewer));
    assert!(told.contains("encoder.layer.1.output.dense"), "{told}");
}

#[test]
fn a_file_that_was_cut_short_is_refused() {
    let (config, tokenizer, weights) = (config("bert"), tokenizer(), weights(&rows("bert")));
    for short in (0..weights.len()).step_by(97) {
        assert!(made(&config, &tokenizer, &weights[..short]).is_err(), "{short} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever the texts: one vector each, of finite numbers.
    #[test]
    fn any_text_has_a_vector(texts in prop::collection::vec(r"(?s).{0,60}", 0..4)) {
        thread_local!(static MODEL: SentenceEncoder = small("bert"));
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = MODEL.with(|model| model.encode(&texts)).expect("vectors");
        prop_assert_eq!(vectors.len(), texts.len());
        prop_assert!(vectors.iter().all(|vector| vector.len() == HIDDEN));
        prop_assert!(vectors.iter().flatten().all(|part| part.is_finite()));
    }
}
