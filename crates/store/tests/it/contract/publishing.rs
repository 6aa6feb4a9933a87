//! Knowledge on its way from a draft to customers, and back.

use domain::{
    AnswerId, Asker, Attributes, Content, Entry, EntryId, EntryText, Feedback, Kind, Label, Lang, Rung,
    TestQuestion, Thumb, Trace,
};
use store::{Change, Draft, DraftStage, NewDraft, NewMessage, Page, Release, Released, Return, Store};

use crate::scene::{Scene, at, inbound};

fn entry(id: &str, answer: &str) -> Entry {
    let text = EntryText { title: id.to_uppercase(), phrasings: Vec::new(), answer: answer.to_owned() };
    Entry { updated_at: at(0), ..Entry::new(id, Kind::Answer, [(Lang::En, text)]) }
}

fn draft(id: &str, becomes: Option<Entry>, by: &str) -> NewDraft {
    let why = format!("{by} wants it");
    NewDraft { id: id.into(), becomes, stage: DraftStage::Draft, by: by.to_owned(), agent: None, why }
}

async fn one(store: &dyn Store, id: &str) -> Draft {
    store.draft(&id.into()).await.unwrap().expect("there is a draft")
}

async fn of(store: &dyn Store, ids: &[&str], since: i64) -> Release {
    let mut drafts = Vec::new();
    for id in ids {
        drafts.push((EntryId::from(*id), one(store, id).await.revision));
    }
    let (by, why) = ("zhao".to_owned(), "spring prices".to_owned());
    let result = Some(r#"{"red":0}"#.to_owned());
    Release { drafts, since, by, why, overridden: None, result, at: at(9) }
}

fn page(after: Option<String>, limit: u32) -> Page {
    Page { after, limit }
}

async fn answer_of(store: &dyn Store, id: &str) -> Option<String> {
    let entry = store.entry(&id.into()).await.unwrap()?;
    Some(entry.texts[&Lang::En].answer.clone())
}

pub(crate) async fn a_draft_changes_nothing_until_it_is_published(store: &dyn Store) {
    let since = store.write_entries(&[entry("a", "1"), entry("b", "1")], &[], "wang", at(1)).await.unwrap();
    let drafts = [draft("a", Some(entry("a", "2")), "wang"), draft("b", None, "li")];
    store.put_drafts(&drafts, at(2)).await.unwrap();
    store.put_drafts(&[draft("c", Some(entry("c", "1")), "li")], at(3)).await.unwrap();
    assert_eq!(answer_of(store, "a").await.as_deref(), Some("1"));
    assert_eq!(store.knowledge_version().await.unwrap(), since);
    assert_eq!((one(store, "a").await.new, one(store, "a").await.base), (drafts[0].clone(), 1));
    assert_eq!(one(store, "c").await.base, 0);

    let all = store.drafts(None, &page(None, 2)).await.unwrap();
    let rest = store.drafts(None, &page(all.last().map(|d| d.cursor.clone()), 2)).await.unwrap();
    let listed: Vec<String> = all.iter().chain(&rest).map(|draft| draft.new.id.to_string()).collect();
    assert_eq!(listed, ["a", "b", "c"]);
    assert_eq!(store.count_drafts(None).await.unwrap(), 3);

    let released = store.release(&of(store, &["a", "b"], since).await).await.unwrap();
    assert_eq!(released, Released::Done(4));
    assert_eq!((answer_of(store, "a").await.as_deref(), answer_of(store, "b").await), (Some("2"), None));
    assert_eq!(store.entry(&"a".into()).await.unwrap().unwrap().updated_at, at(9));
    assert_eq!(store.count_drafts(None).await.unwrap(), 1, "what was published is no draft any more");

    let told = store.publication(3).await.unwrap().unwrap();
    assert_eq!((told.version, told.since, told.act.as_str()), (4, 2, "publish"));
    assert_eq!((told.by.as_str(), told.why.as_str(), told.at), ("zhao", "spring prices", at(9)));
    let authors: Vec<_> = store.entry_changes(2, 9).await.unwrap().into_iter().map(|c| c.by).collect();
    assert_eq!(authors, ["wang", "li"], "who wrote it, not who published it");
}

pub(crate) async fn what_was_not_checked_is_not_published(store: &dyn Store) {
    let since = store.write_entries(&[entry("a", "1")], &[], "wang", at(1)).await.unwrap();
    store.put_drafts(&[draft("a", Some(entry("a", "2")), "wang")], at(2)).await.unwrap();
    let checked = of(store, &["a"], since).await;
    store.put_drafts(&[draft("a", Some(entry("a", "3")), "wang")], at(3)).await.unwrap();
    assert_eq!(store.release(&checked).await.unwrap(), Released::Conflict, "it was rewritten");

    let checked = of(store, &["a"], since).await;
    let now = store.write_entries(&[entry("b", "1")], &[], "import", at(4)).await.unwrap();
    assert_eq!(store.release(&checked).await.unwrap(), Released::Conflict, "the knowledge changed");
    assert_eq!(store.release(&Release { since: now, ..checked }).await.unwrap(), Released::Done(3));
}

pub(crate) async fn a_draft_of_what_was_changed_meanwhile_is_outdated(store: &dyn Store) {
    store.write_entries(&[entry("a", "1")], &[], "wang", at(1)).await.unwrap();
    store.put_drafts(&[draft("a", Some(entry("a", "mine")), "wang")], at(2)).await.unwrap();
    assert!(!one(store, "a").await.is_outdated());
    let since = store.write_entries(&[entry("a", "theirs")], &[], "import", at(3)).await.unwrap();
    assert!(one(store, "a").await.is_outdated());
    assert_eq!(store.release(&of(store, &["a"], since).await).await.unwrap(), Released::Conflict);
    assert_eq!(answer_of(store, "a").await.as_deref(), Some("theirs"));

    store.put_drafts(&[draft("a", Some(entry("a", "both")), "wang")], at(4)).await.unwrap();
    assert_eq!(store.release(&of(store, &["a"], since).await).await.unwrap(), Released::Done(3));
}

pub(crate) async fn a_draft_goes_to_review_and_back(store: &dyn Store) {
    store.put_drafts(&[draft("a", Some(entry("a", "1")), "wang")], at(1)).await.unwrap();
    let id = EntryId::from("a");
    let first = one(store, "a").await.revision;
    assert!(store.move_draft(&id, first, DraftStage::Review, "", at(2)).await.unwrap());
    assert!(!store.move_draft(&id, first, DraftStage::Draft, "late", at(3)).await.unwrap());
    let waiting = store.drafts(Some(DraftStage::Review), &page(None, 9)).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].at), (1, at(2)));
    assert!(
        store.move_draft(&id, waiting[0].revision, DraftStage::Draft, "add the price", at(4)).await.unwrap()
    );
    let back = one(store, "a").await;
    assert_eq!((back.new.stage, back.note.as_str()), (DraftStage::Draft, "add the price"));
    assert_eq!(store.count_drafts(Some(DraftStage::Review)).await.unwrap(), 0);
    assert!(store.drop_draft(&id).await.unwrap() && !store.drop_draft(&id).await.unwrap());
}

pub(crate) async fn one_entry_or_all_of_them_go_back(store: &dyn Store) {
    store.write_entries(&[entry("a", "1"), entry("b", "1")], &[], "wang", at(10)).await.unwrap();
    let then = store.version_at(at(15)).await.unwrap();
    let (changed, gone) = ([entry("a", "2"), entry("c", "1")], [EntryId::from("b")]);
    store.write_entries(&changed, &gone, "wang", at(20)).await.unwrap();
    assert_eq!(
        (then, store.version_at(at(20)).await.unwrap(), store.version_at(at(9)).await.unwrap()),
        (2, 5, 0)
    );

    let back =
        Return { to: then, only: Some("b".into()), by: "li".into(), why: "sold again".into(), at: at(30) };
    assert_eq!(store.go_back(&back).await.unwrap(), 6);
    assert_eq!(answer_of(store, "b").await.as_deref(), Some("1"));
    assert_eq!(answer_of(store, "a").await.as_deref(), Some("2"), "one entry alone");

    assert_eq!(store.go_back(&Return { only: None, ..back.clone() }).await.unwrap(), 8);
    let stands = [answer_of(store, "a").await, answer_of(store, "b").await, answer_of(store, "c").await];
    assert_eq!(stands, [Some("1".to_owned()), Some("1".to_owned()), None]);
    assert_eq!(store.go_back(&Return { only: None, ..back }).await.unwrap(), 8, "it is there already");

    let told = store.publications(&page(None, 2)).await.unwrap();
    let acts: Vec<_> = told.iter().map(|p| (p.version, p.since, p.act.as_str(), p.why.as_str())).collect();
    assert_eq!(acts, [(8, 6, "rollback", "sold again"), (6, 5, "rollback", "sold again")]);
    let earlier = store.publications(&page(Some("6".to_owned()), 9)).await.unwrap();
    assert_eq!(earlier.iter().map(|p| p.version).collect::<Vec<_>>(), [5, 2]);
}

pub(crate) async fn history_tells_what_became_of_what(store: &dyn Store) {
    store.write_entries(&[entry("a", "1"), entry("b", "1")], &[], "wang", at(1)).await.unwrap();
    store.write_entries(&[entry("a", "2"), entry("c", "1")], &[], "li", at(2)).await.unwrap();
    store.write_entries(&[], &["b".into()], "zhao", at(3)).await.unwrap();
    let steps = store.steps(2, 5, &page(None, 2)).await.unwrap();
    let rest = store.steps(2, 5, &page(Some("b".to_owned()), 2)).await.unwrap();
    let told: Vec<_> = steps
        .iter()
        .chain(&rest)
        .map(|step| (step.id.as_str(), step.before.is_some(), step.after.is_some(), step.by.as_str()))
        .collect();
    assert_eq!(told, [("a", true, true, "li"), ("b", true, false, "zhao"), ("c", false, true, "li")]);
    assert_eq!(steps[0].before, Some(entry("a", "1")));

    let changes = store.history(&"a".into(), None, 9).await.unwrap();
    assert_eq!(
        changes.iter().map(|c| (c.version, c.by.as_str())).collect::<Vec<_>>(),
        [(3, "li"), (1, "wang")]
    );
    assert_eq!(store.history(&"a".into(), Some(3), 9).await.unwrap().len(), 1);
}

fn test(text: &str, expect: &str, plan: &str) -> TestQuestion {
    let attributes = Attributes { plan: plan.to_owned(), region: String::new() };
    TestQuestion::new(text, expect, Asker { channel: String::new(), attributes }).unwrap()
}

pub(crate) async fn test_questions_are_kept_once_and_every_change_shows(store: &dyn Store) {
    assert_eq!(store.tests_revision().await.unwrap(), 0);
    let all = [
        test("怎么退货", "return", ""),
        test("怎么退货", "return-pro", "pro"),
        test("Weather", "refuse", ""),
    ];
    assert_eq!(store.put_tests(&all, "wang", at(1)).await.unwrap(), 3);
    assert_eq!(store.put_tests(&all, "li", at(2)).await.unwrap(), 0);
    let first = store.tests_revision().await.unwrap();
    let others = [test("怎么退货", "wrong", ""), test("怎么退货", "exchange", "")];
    assert_eq!(store.put_tests(&others, "li", at(3)).await.unwrap(), 1, "the last word counts");

    let rows = store.tests(None, &page(None, 2)).await.unwrap();
    let rest = store.tests(None, &page(rows.last().map(|row| row.cursor.clone()), 2)).await.unwrap();
    let kept: Vec<_> = rows.into_iter().chain(rest).map(|row| (row.test, row.by)).collect();
    let by = |test: &TestQuestion, by: &str| (test.clone(), by.to_owned());
    assert_eq!(kept, [by(&all[2], "wang"), by(&others[1], "li"), by(&all[1], "wang")]);
    assert_eq!(store.count_tests(Some("退货")).await.unwrap(), 2);
    assert_eq!(store.tests(Some("PRO"), &page(None, 9)).await.unwrap().len(), 1);

    assert!(store.remove_test(&all[0]).await.unwrap() && !store.remove_test(&all[0]).await.unwrap());
    assert_eq!(store.count_tests(None).await.unwrap(), 2);
    assert!(first < store.tests_revision().await.unwrap());
}

fn trace(id: &str, scene: &str, question: &str, rung: Rung) -> Trace {
    let neutral = Label { name: "neutral".to_owned(), confidence: 1.0 };
    Trace {
        id: AnswerId::from(id),
        conversation: scene.into(),
        at: at(1),
        question: question.to_owned(),
        read_as: None,
        context: None,
        language: "zh".to_owned(),
        intent: None,
        also: Vec::new(),
        sentiment: neutral,
        marks: Vec::new(),
        satisfaction: None,
        entities: Vec::new(),
        knowledge_version: 1,
        meanings_version: 0,
        policy_version: "test".to_owned(),
        candidates: Vec::new(),
        thresholds: Vec::new(),
        rung,
        reason: "test".to_owned(),
        confidence: 1.0,
        used: vec!["return".into()],
        acted: None,
        duty: None,
        advised: Vec::new(),
        reranked: Vec::new(),
        model_calls: Vec::new(),
        checks: Vec::new(),
        inputs: None,
        timings: Vec::new(),
    }
}

async fn answered(scene: &Scene<'_>, channel: &str, question: &str, rung: Rung) -> AnswerId {
    let attributes = Attributes { plan: "pro".to_owned(), region: String::new() };
    let said = domain::Inbound {
        channel: channel.into(),
        attributes,
        ..inbound(&scene.name("customer"), &scene.name("said"))
    };
    let conversation = scene.receive(said, 0, None).await.conversation;
    let id = scene.name("answer");
    let trace = trace(&id, conversation.id.as_str(), question, rung);
    let answer = NewMessage {
        content: Content { answer: Some(trace.id.clone()), ..Content::plain(Lang::Zh, "7 天内可退") },
        ..scene.answer("")
    };
    let change =
        Change { messages: vec![answer], traces: vec![trace.clone()], ..Change::of(conversation, at(1)) };
    scene.change(change).await;
    trace.id
}

pub(crate) async fn the_last_questions_are_those_that_asked_the_knowledge(store: &dyn Store) {
    let scene = Scene::new(store);
    answered(&scene, "widget", "怎么退货", Rung::Refuse).await;
    answered(&scene, "widget", "你好", Rung::Smalltalk).await;
    answered(&scene, "cli", "试试看", Rung::Exact).await;
    let helpful = answered(&scene, "widget", "运费多少", Rung::Exact).await;
    answered(&scene, "widget", "怎么退货", Rung::Exact).await;
    let feedback =
        Feedback { answer: helpful, thumb: Some(Thumb::Up), reason: None, comment: None, at: at(5) };
    store.put_feedback(&feedback).await.unwrap();

    let mut past = store.last_questions(9).await.unwrap();
    past.sort_by(|a, b| a.text.cmp(&b.text));
    let told: Vec<_> =
        past.iter().map(|q| (q.text.as_str(), q.helped.as_ref().map(EntryId::as_str))).collect();
    assert_eq!(told, [("怎么退货", None), ("运费多少", Some("return"))]);
    let asker = &past[0].asker;
    assert_eq!((asker.channel.as_str(), asker.attributes.plan.as_str()), ("widget", "pro"));
    assert_eq!(store.last_questions(1).await.unwrap().len(), 1);
}
