//! What entries are worth follows every answer and every judgement; findings and links are remembered.

use domain::{
    Candidate, Conversation, Entry, EntryText, Feedback, HandoverReason, Kind, Lang, Rung, Thumb, Trace,
};
use store::{ByValue, Change, EntryFilter, EntryValue, LinkCheck, Page, SettledFinding, Store, Tally};

use super::judging;
use crate::scene::{Scene, at};

const DAY: i64 = 86_400;

/// The assistant answers with these entries.
async fn answers(
    scene: &Scene<'_>,
    of: Conversation,
    id: &str,
    seconds: i64,
    rung: Rung,
    used: &[&str],
) -> Conversation {
    let used = used.iter().map(|id| (*id).into()).collect();
    let trace = Trace { rung, used, ..judging::trace(id, &of.id, seconds) };
    let mut change = Change::of(of, at(seconds));
    change.traces = vec![trace];
    scene.change(change).await
}

async fn values(store: &dyn Store, ids: &[&str], now: i64) -> Vec<EntryValue> {
    let ids: Vec<_> = ids.iter().map(|id| (*id).into()).collect();
    store.entry_values(&ids, at(now)).await.unwrap()
}

const fn tally(asked: u64, answered: u64, helped: u64, harmed: u64) -> Tally {
    Tally { asked, answered, helped, harmed }
}

async fn judges(store: &dyn Store, answer: &str, thumb: Option<Thumb>) {
    let feedback = Feedback { answer: answer.into(), thumb, reason: None, comment: None, at: at(50) };
    store.put_feedback(&feedback).await.unwrap();
}

pub(crate) async fn answers_and_thumbs_are_counted_once(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let talk = answers(&scene, talk, "a1", 1, Rung::Exact, &["returns"]).await;
    let talk = answers(&scene, talk, "a2", 2, Rung::Suggest, &["returns", "refunds"]).await;
    let mut almost = Trace { rung: Rung::Refuse, ..judging::trace("a3", &talk.id, 3) };
    let candidate = |score| Candidate {
        entry: "refunds".into(),
        title: String::new(),
        section: None,
        score,
        because: Vec::new(),
    };
    almost.candidates = vec![candidate(0.5)];
    let far = Trace { id: "a4".into(), candidates: vec![candidate(0.1)], ..almost.clone() };
    let mut change = Change::of(talk, at(3));
    change.traces = vec![almost, far];
    scene.change(change).await;

    let [returns, refunds, nobody] = values(store, &["returns", "refunds", "nobody"], 9).await[..] else {
        panic!("one for each")
    };
    assert_eq!((returns.total, returns.used_at), (tally(2, 1, 0, 0), Some(at(1))));
    assert_eq!((refunds.total, refunds.used_at), (tally(2, 0, 0, 0), None), "offered and almost given");
    assert_eq!(nobody, EntryValue::default());

    for _ in 0..2 {
        judges(store, "a1", Some(Thumb::Up)).await;
        assert_eq!(values(store, &["returns"], 9).await[0].total, tally(2, 1, 1, 0), "once");
    }
    judges(store, "a1", Some(Thumb::Down)).await;
    assert_eq!(values(store, &["returns"], 9).await[0].total, tally(2, 1, 0, 1), "the last word counts");
    judges(store, "a1", None).await;
    judges(store, "a2", Some(Thumb::Up)).await;
    assert_eq!(values(store, &["returns"], 9).await[0].total, tally(2, 1, 0, 0), "an offer is no answer");
}

pub(crate) async fn a_person_right_after_an_answer_counts_against_it(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("韩梅梅").await.conversation;
    let talk = answers(&scene, talk, "a1", 1, Rung::Exact, &["returns"]).await;
    let mut wants = answers_no_more(&talk);
    wants.traces = vec![Trace { rung: Rung::Handover, ..judging::trace("a2", &talk.id, 60) }];
    let talk = scene.change(wants).await;
    assert_eq!(values(store, &["returns"], 99).await[0].total, tally(1, 1, 0, 1));
    judges(store, "a1", Some(Thumb::Down)).await;
    assert_eq!(values(store, &["returns"], 99).await[0].total, tally(1, 1, 0, 1), "harmed once");
    judges(store, "a1", Some(Thumb::Up)).await;
    assert_eq!(values(store, &["returns"], 99).await[0].total, tally(1, 1, 1, 0), "the thumb knows better");
    judges(store, "a1", None).await;
    assert_eq!(values(store, &["returns"], 99).await[0].total, tally(1, 1, 0, 1));
    let _ = talk;

    let late = scene.says("小明").await.conversation;
    let late = answers(&scene, late, "b1", 100, Rung::Exact, &["invoices"]).await;
    scene.waits(late, 100 + 3_600).await;
    assert_eq!(values(store, &["invoices"], 9_999).await[0].total, tally(1, 1, 0, 0), "an hour later");
}

/// The customer asks for a person.
fn answers_no_more(talk: &Conversation) -> Change {
    let mut talk = talk.clone();
    assert!(talk.ask_for_person(HandoverReason::Asked, at(60)));
    Change::of(talk, at(60))
}

pub(crate) async fn periods_are_told_apart(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut talk = scene.says("李雷").await.conversation;
    for (id, day) in [("a1", 0), ("a2", 30), ("a3", 40), ("a4", 50), ("a5", 59)] {
        talk = answers(&scene, talk, id, day * DAY, Rung::Exact, &["returns"]).await;
    }
    let value = values(store, &["returns"], 60 * DAY).await[0];
    assert_eq!(value.total.asked, 5);
    assert_eq!((value.recent.asked, value.before.asked), (3, 1), "day 0 is too long ago, day 30 is before");
    assert_eq!(value.used_at, Some(at(59 * DAY)));
}

fn entry(id: &str) -> Entry {
    let text = EntryText { title: format!("标题 {id}"), answer: "答".to_owned(), ..EntryText::default() };
    Entry {
        category: if id == "c" { "other" } else { "test" }.to_owned(),
        updated_at: at(0),
        ..Entry::new(id, Kind::Answer, [(Lang::Zh, text)])
    }
}

pub(crate) async fn entries_are_listed_by_their_value(store: &dyn Store) {
    let all = ["a", "b", "c", "d"].map(entry);
    store.write_entries(&all, &[], "test", at(0)).await.unwrap();
    let scene = Scene::new(store);
    let mut talk = scene.says("李雷").await.conversation;
    for (at, used) in (0..).zip([["b", "c"].as_slice(), &["c"], &["b"], &["b"]]) {
        talk = answers(&scene, talk, &format!("a{at}"), at, Rung::Exact, used).await;
    }
    let listed = async |filter: EntryFilter, limit| {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = Page { after: after.clone(), limit };
            let rows = store.entries_by_value(&filter, ByValue::Asked, &page).await.unwrap();
            let Some(last) = rows.last() else { return ids };
            after = Some(last.cursor.clone());
            ids.extend(rows.into_iter().map(|row| row.id.to_string()));
        }
    };
    assert_eq!(listed(EntryFilter::default(), 10).await, ["b", "c", "a", "d"]);
    assert_eq!(listed(EntryFilter::default(), 1).await, ["b", "c", "a", "d"], "page by page");
    let of_test = EntryFilter { category: Some("test".to_owned()), ..EntryFilter::default() };
    assert_eq!(listed(of_test, 2).await, ["b", "a", "d"]);
    let strange = Page { after: Some("?".to_owned()), limit: 1 };
    assert!(store.entries_by_value(&EntryFilter::default(), ByValue::Used, &strange).await.is_err());
}

pub(crate) async fn findings_stay_settled_and_links_are_remembered(store: &dyn Store) {
    let settled = |reason: &str, seconds| SettledFinding {
        key: "f1".to_owned(),
        reason: reason.to_owned(),
        by: "店主".to_owned(),
        at: at(seconds),
    };
    store.settle_finding(&settled("对的", 1)).await.unwrap();
    store.settle_finding(&settled("仍然对", 2)).await.unwrap();
    assert_eq!(store.settled_findings().await.unwrap(), [settled("仍然对", 2)]);
    assert!(store.reopen_finding("f1").await.unwrap());
    assert!(!store.reopen_finding("f1").await.unwrap());
    assert_eq!(store.settled_findings().await.unwrap(), []);

    let check = |url: &str, failure: Option<&str>| LinkCheck {
        url: url.to_owned(),
        failure: failure.map(str::to_owned),
        at: at(3),
    };
    let first = vec![check("https://a.example", None), check("https://b.example", Some("HTTP 404"))];
    store.keep_link_checks(first.clone()).await.unwrap();
    assert_eq!(store.link_checks().await.unwrap(), first);
    store.keep_link_checks(vec![check("https://c.example", None)]).await.unwrap();
    assert_eq!(
        store.link_checks().await.unwrap(),
        [check("https://c.example", None)],
        "others are forgotten"
    );
}
