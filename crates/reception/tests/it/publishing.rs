//! Knowledge on its way to customers: drafts, the gate, versions, and for whom an entry is.

use domain::{Asker, Attributes, Entry, EntryId, EntryText, Kind, Lang, TestQuestion, Thumb};
use reception::{
    Consent, DraftStage, Page, PublishError, UploadStage, Which,
    publish::gate::{Effect, Expectation},
};
use testkit::{TestDesk, eventually};

fn entry(id: &str, title: &str, answer: &str) -> Entry {
    let text = EntryText { title: title.to_owned(), phrasings: Vec::new(), answer: answer.to_owned() };
    Entry { category: "test".to_owned(), ..Entry::new(id, Kind::Answer, [(Lang::Zh, text)]) }
}

fn test(text: &str, expect: &str) -> TestQuestion {
    TestQuestion::new(text, expect, Asker::default()).unwrap()
}

fn these(ids: &[&str]) -> Which {
    Which::These(ids.iter().map(|id| EntryId::from(*id)).collect())
}

async fn shop() -> TestDesk {
    TestDesk::with()
        .knows("怎么退货", "7 天内可以退货。")
        .knows("怎么开发票", "在订单页申请发票。")
        .knows("运费多少钱", "满 99 元包邮。")
        .open()
        .await
}

async fn says(desk: &TestDesk, text: &str) -> String {
    let id = desk.customer(text).says(text).await;
    desk.told(&id).await.pop().unwrap()
}

#[tokio::test]
async fn customers_hear_a_draft_once_it_is_published() {
    let desk = shop().await;
    let owner = desk.owner().await;
    owner.draft_entry(entry("e1", "怎么退货", "14 天内可以退货。"), "spring").await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 7 天内可以退货。");
    assert_eq!(owner.draft(&"e1".into()).await.unwrap().unwrap().new.why, "spring");

    let done = owner.publish(&these(&["e1"]), &Consent::default()).await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 14 天内可以退货。");
    let latest = &owner.publications(&Page { after: None, limit: 1 }).await.unwrap()[0];
    assert_eq!((latest.version, latest.by.as_str()), (done.version, "店主"));
    assert_eq!(latest.why, "spring", "what was said when it was written");
    assert_eq!(owner.count_drafts(None).await.unwrap(), 0);
    let id = desk.customer("trace").says("怎么退货").await;
    let traces = owner.conversation(&id).await.unwrap().traces;
    assert_eq!(traces[0].knowledge_version, done.version, "the answer says what it was made from");
}

#[tokio::test]
async fn a_file_that_would_break_a_test_becomes_drafts() {
    let desk = shop().await;
    let owner = desk.owner().await;
    owner.put_tests(&[test("怎么退货", "e1")]).await.unwrap();
    let handed = async |file: &str| {
        let id = owner.hand_in("faq.csv", file.into()).await.unwrap();
        owner.take_in(&id).unwrap();
        eventually("it is decided", async || {
            let stage = owner.handed_in(&id)?.stage;
            (!matches!(stage, UploadStage::Writing)).then_some(stage)
        })
        .await
    };
    let stage = handed("id,question,answer\ne1,宠物能进店吗,可以。\n").await;
    assert!(matches!(stage, UploadStage::Drafted(1)), "{stage:?}");
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 7 天内可以退货。");
    assert_eq!(owner.count_drafts(None).await.unwrap(), 1);
    let stage = handed("id,question,answer\npets,宠物能进店吗,可以。\n").await;
    assert!(matches!(stage, UploadStage::Done), "{stage:?}");
    assert_eq!(says(&desk, "宠物能进店吗").await, "assistant: 可以。");
}

#[tokio::test]
async fn nobody_goes_back_to_before_there_was_anything() {
    let desk = shop().await;
    let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
    let gone = desk.reception.operator().version_at(long_ago).await;
    assert!(matches!(gone, Err(PublishError::Invalid(_))), "{gone:?}");
}

#[tokio::test]
async fn a_red_test_blocks_and_an_owners_reason_stays_on_the_record() {
    let desk = shop().await;
    let (owner, editor) = (desk.owner().await, desk.editor("编辑").await.view);
    editor.put_tests(&[test("怎么退货", "e1"), test("明天天气怎么样", "must refuse")]).await.unwrap();
    assert!(editor.check_published().await.unwrap().passes());

    editor.draft_removal(&"e1".into(), "").await.unwrap();
    let consent = Consent { looked: true, ..Consent::default() };
    let Err(PublishError::Held(report)) = editor.publish(&Which::All, &consent).await else {
        panic!("a red test must block");
    };
    assert_eq!((report.tests, report.red.len()), (2, 1));
    assert_eq!(report.red[0].expect, Expectation::Entry("e1".into()));
    assert!(!report.red[0].was_red() && report.red[0].before.text == "7 天内可以退货。");
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 7 天内可以退货。", "nothing was published");

    let nevertheless = Consent { overriding: Some("no longer sold".to_owned()), ..consent };
    let refused = editor.publish(&Which::All, &nevertheless).await;
    assert!(matches!(refused, Err(PublishError::NotAllowed("owners"))), "{refused:?}");
    owner.publish(&these(&["e1"]), &nevertheless).await.unwrap();
    let latest = &owner.publications(&Page { after: None, limit: 1 }).await.unwrap()[0];
    assert_eq!(latest.overridden.as_deref(), Some("no longer sold"));
    assert!(latest.result.as_deref().unwrap().contains("\"red\":1"), "{:?}", latest.result);
}

#[tokio::test]
async fn questions_of_customers_show_what_would_change() {
    let desk = shop().await;
    let owner = desk.owner().await;
    says(&desk, "怎么退货").await;
    says(&desk, "你好").await;
    let view = desk.reception.visitor(None);
    let accepted = view.say("1".into(), "运费多少钱".into(), Lang::Zh, Attributes::default()).await.unwrap();
    desk.quiet().await;
    let answer = desk.log(&accepted.conversation).await.pop().unwrap().content.answer.unwrap();
    view.judge(answer, Some(Thumb::Up), None, None).await.unwrap();

    owner.draft_removal(&"e3".into(), "").await.unwrap();
    owner.draft_entry(entry("e1", "怎么退货", "不支持退货。"), "").await.unwrap();
    let report = owner.check_drafts(&Which::All).await.unwrap();
    assert_eq!((report.drafts, report.tests, report.replayed), (2, 0, 2));
    let effect = |question: &str| {
        report.changes.iter().find(|case| case.question == question).and_then(|case| case.effect)
    };
    assert_eq!(effect("怎么退货"), Some(Effect::Reworded));
    assert!(effect("运费多少钱").is_some_and(Effect::is_worse), "{:?}", report.changes);
    let held = owner.publish(&Which::All, &Consent::default()).await;
    assert!(matches!(held, Err(PublishError::Held(_))), "nobody has looked yet");
    let looked = Consent { looked: true, ..Consent::default() };
    owner.publish(&Which::All, &looked).await.unwrap();
    desk.is_sound().await;
}

#[tokio::test]
async fn where_it_is_wished_somebody_else_publishes() {
    let desk =
        TestDesk::with().knows("怎么退货", "7 天内可以退货。").publishing(|p| p.review_by_another = true);
    let desk = desk.open().await;
    let owner = desk.owner().await;
    owner.draft_entry(entry("e1", "怎么退货", "8 天内可以退货。"), "").await.unwrap();
    owner.publish(&Which::All, &Consent::default()).await.expect("who is alone publishes alone");

    let editor = desk.editor("编辑").await.view;
    editor.draft_entry(entry("e1", "怎么退货", "9 天内可以退货。"), "").await.unwrap();
    let own = editor.publish(&these(&["e1"]), &Consent::default()).await;
    assert!(matches!(own, Err(PublishError::NeedsReview)), "{own:?}");
    let unfinished = owner.publish(&Which::All, &Consent::default()).await;
    assert!(matches!(unfinished, Err(PublishError::NotFound)), "a colleague may not be done yet");
    let seen = editor.draft(&"e1".into()).await.unwrap().unwrap();
    assert!(editor.move_draft(&"e1".into(), seen.revision, DraftStage::Review, "").await.unwrap());
    assert_eq!(owner.count_drafts(Some(DraftStage::Review)).await.unwrap(), 1);
    owner.publish(&Which::All, &Consent::default()).await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 9 天内可以退货。");
    let history = owner.history(&"e1".into(), None, 1).await.unwrap();
    assert_eq!(history[0].by, "编辑", "who wrote it; who published it stands in the publication");
}

#[tokio::test]
async fn an_import_meanwhile_makes_a_draft_outdated() {
    let desk = shop().await;
    let owner = desk.owner().await;
    owner.draft_entry(entry("e1", "怎么退货", "mine"), "").await.unwrap();
    let harvest =
        reception::Harvest { entries: vec![entry("e1", "怎么退货", "theirs")], ..Default::default() };
    let operator = desk.reception.operator();
    operator.import(operator.plan(harvest).await.unwrap()).await.unwrap();
    let outdated = owner.publish(&Which::All, &Consent::default()).await;
    assert!(matches!(outdated, Err(PublishError::Outdated(_))), "{outdated:?}");
    owner.draft_entry(entry("e1", "怎么退货", "both"), "").await.unwrap();
    owner.publish(&Which::All, &Consent::default()).await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: both");
}

#[tokio::test]
async fn the_knowledge_goes_back_to_what_it_was_and_customers_hear_it() {
    let desk = shop().await;
    let owner = desk.owner().await;
    let then = desk.reception.operator().version_at(desk.reception.now()).await.unwrap();
    owner.draft_entry(entry("e1", "怎么退货", "wrong"), "").await.unwrap();
    owner.draft_removal(&"e2".into(), "").await.unwrap();
    owner.publish(&Which::All, &Consent::default()).await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: wrong");

    owner.roll_back(then, Some("e1".into()), "a slip").await.unwrap();
    assert_eq!(says(&desk, "怎么退货").await, "assistant: 7 天内可以退货。");
    assert!(owner.entry(&"e2".into()).await.unwrap().is_none(), "one entry alone");
    owner.roll_back(then, None, "all of it").await.unwrap();
    assert_eq!(says(&desk, "怎么开发票").await, "assistant: 在订单页申请发票。");
    let nowhere = owner.roll_back(9_999, None, "").await;
    assert!(matches!(nowhere, Err(PublishError::NotFound)));
}

#[tokio::test]
async fn an_entry_is_for_its_audience_and_for_its_time() {
    let desk = shop().await;
    let owner = desk.owner().await;
    let mut pro = entry("pro", "专属顾问怎么联系", "请拨打专线。");
    pro.audience.plans = vec!["pro".to_owned()];
    let mut sale = entry("sale", "清仓活动什么时候结束", "月底结束。");
    let soon = desk.reception.now().checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    sale.valid.until = Some(soon);
    for entry in [pro, sale] {
        owner.draft_entry(entry, "").await.unwrap();
    }
    owner.publish(&Which::All, &Consent::default()).await.unwrap();

    let asks = async |plan: &str, text: &str| {
        let attributes = Attributes { plan: plan.to_owned(), region: String::new() };
        let view = desk.reception.visitor(None);
        let said = view.say("1".into(), text.to_owned(), Lang::Zh, attributes).await.unwrap();
        desk.quiet().await;
        desk.told(&said.conversation).await.pop().unwrap()
    };
    assert_eq!(asks("pro", "专属顾问怎么联系").await, "assistant: 请拨打专线。");
    assert!(!asks("basic", "专属顾问怎么联系").await.contains("专线"));
    assert!(!asks("", "专属顾问怎么联系").await.contains("专线"));

    assert_eq!(asks("", "清仓活动什么时候结束").await, "assistant: 月底结束。");
    desk.clock.step(3_601);
    assert!(!asks("", "清仓活动什么时候结束").await.contains("月底"));
    assert!(desk.reception.operator().entry(&"sale".into()).is_none(), "nor behind an old link");
}
