//! Sentence models that plug in: folders, endpoints, and being told what is wrong with them.

use testkit::{EmbeddingsStub, Fault, ModelStub, RerankFault, RerankStub, Talk, eventually};

use crate::shop::{Running, Shop};

fn measured<'a>(model: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let measure = ["eval", "retrieval", "--knowledge", "k.jsonl", "--queries", "q.jsonl", "--model", model];
    [&measure[..], more].concat()
}

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("k.jsonl", "{\"id\":\"a\",\"question\":\"Can I get my money back?\",\"answer\":\"Within 30 days.\"}\n{\"id\":\"b\",\"question\":\"怎么退货\",\"answer\":\"七天内\"}\n");
    shop.write(
        "q.jsonl",
        "{\"query\":\"refund please\",\"relevant\":[\"a\"]}\n{\"query\":\"怎么退货\",\"relevant\":[\"b\"]}\n",
    );
    shop
}

#[cfg(not(feature = "neural"))]
#[test]
fn built_without_models_it_says_how_to_build_with_them() {
    let shop = shop();
    shop.run(&measured("model", &[])).failed(2, &["model", "--features neural", "endpoint"]);
}

#[cfg(feature = "neural")]
#[test]
fn a_folder_that_is_no_model_is_told_what_is_missing() {
    let shop = shop();
    shop.run(&measured("nowhere", &[])).failed(1, &["nowhere/config.json", "model.safetensors"]);
    std::fs::create_dir_all(shop.path("model/1_Pooling")).unwrap();
    shop.write("model/config.json", "{\"model_type\":\"gpt2\"}");
    shop.run(&measured("model", &[])).failed(1, &["model/tokenizer.json"]);
    shop.write("model/tokenizer.json", "{}");
    shop.write("model/model.safetensors", "");
    shop.run(&measured("model", &[])).failed(1, &["gpt2", "xlm-roberta", "endpoint"]);
    shop.write(
        "model/modules.json",
        "[{\"path\":\"2_Dense\",\"type\":\"sentence_transformers.models.Dense\"}]",
    );
    shop.run(&measured("model", &[])).failed(1, &["modules.json", "Dense"]);
    shop.write(
        "model/modules.json",
        "[{\"path\":\"1_Pooling\",\"type\":\"sentence_transformers.models.Pooling\"}]",
    );
    shop.write("model/1_Pooling/config.json", "{\"pooling_mode_max_tokens\":true}");
    shop.run(&measured("model", &[])).failed(1, &["1_Pooling/config.json", "pooling"]);
}

#[cfg(feature = "neural")]
#[test]
fn a_real_model_is_loaded_and_measured() {
    let Ok(model) = std::env::var("FRONTDESK_TEST_MODEL") else {
        return crate::shop::skipped("a real sentence model", "FRONTDESK_TEST_MODEL names none");
    };
    let report = shop().run(&measured(&model, &["--json"])).json();
    assert_eq!((&report["queries"], &report["recall_at_5"]), (&2.into(), &1.0.into()), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_reads_its_knowledge_by_an_endpoint_and_answers_without_it_when_it_fails() {
    let shop = shop();
    let stub = EmbeddingsStub::open().await;
    shop.run(&["import", "k.jsonl", "--data", "data"]).well();
    shop.write(
        "shop.toml",
        format!("[models.embedding]\nkind = \"endpoint\"\nurl = \"{}\"\nmodel = \"m\"\n", stub.url()),
    );
    let asks = |text: &str| {
        shop.run(&["ask", text, "--data", "data", "--config", "shop.toml", "--json"]).json()["text"].clone()
    };
    let ask = || asks("怎么退货");
    // Commands block; the endpoint must go on meanwhile.
    let answer = tokio::task::block_in_place(ask);
    tokio::task::block_in_place(|| asks("怎么退货，电话 13912345678"));
    assert!(answer.as_str().unwrap().contains("七天内"), "{answer}");
    eventually("the endpoint was asked", async || (!stub.asked().is_empty()).then_some(())).await;
    let texts: Vec<_> =
        stub.asked().iter().filter_map(|(_, body)| body["input"].as_array().cloned()).flatten().collect();
    assert!(texts.contains(&"Can I get my money back?".into()), "{texts:?}");
    let told = |part: &str| texts.iter().any(|text| text.as_str().unwrap().contains(part));
    assert!(told("<PHONE>") && !told("13912345678"), "personal data stays here: {texts:?}");
    stub.always(Some(Fault::Status(503)));
    assert_eq!(tokio::task::block_in_place(ask), answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_model_is_a_setting_and_its_key_comes_from_the_environment() {
    let shop = Shop::new();
    let stub = ModelStub::open().await;
    stub.always(Talk::says("签收后 7 天内可以无理由退货。[1]"));
    shop.write(
        "退换货.md",
        "# 退换货\n\n## 退货\n签收后 7 天内可以无理由退货。请在订单页申请。尺码不合适也可以寄回。\n",
    );
    shop.run(&["import", "退换货.md", "--data", "data"]).well();
    let model =
        format!("[[models.chat]]\nurl = \"{}\"\nmodel = \"m\"\nkey_env = \"MODEL_KEY\"\n", stub.url());
    shop.write("shop.toml", model);
    let question =
        ["ask", "衣服尺码不合适想寄回去该怎么操作", "--data", "data", "--config", "shop.toml", "--json"];
    shop.run(&question).failed(1, &["MODEL_KEY"]);
    let ask = || {
        let mut command = shop.command();
        crate::shop::done(command.args(question).env("MODEL_KEY", "s3cret")).json()
    };
    let answer = tokio::task::block_in_place(ask);
    assert_eq!(
        (&answer["rung"], &answer["text"]),
        (&"generated".into(), &"签收后 7 天内可以无理由退货。".into())
    );
    assert!(stub.asked()[0].0.contains("bearer s3cret"));
    stub.always(Talk::Status(500));
    let without = tokio::task::block_in_place(ask);
    assert_ne!(without["rung"], "generated", "{without}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_takes_another_language_model_when_it_is_told_to() {
    let shop = Shop::new();
    let (first, second) = (ModelStub::open().await, ModelStub::open().await);
    for stub in [&first, &second] {
        stub.always(Talk::says("签收后 7 天内可以无理由退货。[1]"));
    }
    shop.write(
        "退换货.md",
        "# 退换货\n\n## 退货\n签收后 7 天内可以无理由退货。请在订单页申请。尺码不合适也可以寄回。\n",
    );
    shop.run(&["import", "退换货.md", "--data", "data"]).well();
    let settings = |stub: &ModelStub| format!("[[models.chat]]\nurl = \"{}\"\nmodel = \"m\"\n", stub.url());
    shop.write("shop.toml", settings(&first));
    let mut command = shop.command();
    let running = Running::start(command.args(["serve", "--data", "data", "--config", "shop.toml"]))
        .unwrap_or_else(|done| panic!("{done:?}"));
    let ask = || {
        let question = ["ask", "衣服尺码不合适想寄回去该怎么操作", "--data", "data", "--json"];
        tokio::task::block_in_place(|| shop.run(&question)).json()
    };
    assert_eq!(ask()["rung"], "generated");
    assert_eq!((first.asked().len(), second.asked().len()), (1, 0));
    shop.write("shop.toml", settings(&second));
    let told =
        std::process::Command::new("kill").args(["-HUP", &running.pid().to_string()]).status().unwrap();
    assert!(told.success());
    eventually("the other model is asked", async || {
        assert_eq!(ask()["rung"], "generated", "what served before serves until then");
        (!second.asked().is_empty()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reranker_is_a_setting_is_tried_and_does_no_harm_when_it_fails() {
    let shop = shop();
    let stub = RerankStub::open().await;
    shop.write("shop.toml", format!("[models.rerank]\nurl = \"{}\"\nmodel = \"bge-reranker\"\n", stub.url()));
    shop.run(&["import", "k.jsonl", "--data", "data"]).well();
    let run = |arguments: &[&str]| {
        let at = ["--data", "data", "--config", "shop.toml", "--json"];
        tokio::task::block_in_place(|| shop.run(&[arguments, &at[..]].concat()).json())
    };
    let doctor = run(&["doctor"]);
    assert_eq!(
        (&doctor["reranker"]["stands"], &doctor["reranker"]["model"]),
        (&"serves".into(), &"bge-reranker".into())
    );
    let trial = stub.asked().len();
    assert!(trial > 30, "it was tried on questions of ours");
    let answer = run(&["ask", "money back please 13912345678"]);
    let texts: Vec<String> = stub.asked().iter().map(|(_, body)| body["query"].to_string()).collect();
    assert!(texts.iter().all(|text| !text.contains("139")), "{texts:?}");
    stub.always(Some(RerankFault::Status(500)));
    let without = run(&["ask", "money back please 13912345678"]);
    assert_eq!(answer["text"], without["text"]);
    assert_eq!(run(&["doctor"])["reranker"]["stands"], "fails");
    stub.always(None);
    let url = stub.url();
    let measure = ["eval", "retrieval", "--knowledge", "k.jsonl", "--queries", "q.jsonl", "--json"];
    let plugged = [&measure[..], &["--rerank", &url, "--rerank-model", "bge-reranker"]].concat();
    let report = tokio::task::block_in_place(|| shop.run(&plugged).json());
    assert_eq!(
        (&report["reranker"]["model"], &report["reranker"]["failed"]),
        (&"bge-reranker".into(), &0.into())
    );
    assert_eq!(
        (&report["recall_at_5"], &report["bm25"]["recall_at_1"]),
        (&1.0.into(), &0.5.into()),
        "{report}"
    );
}
