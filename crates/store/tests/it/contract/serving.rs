//! Who customers are, what is known of them, what is done for them, and who may do what.

use domain::{
    Arguments, Call, CallState, Conversation, Customer, CustomerFile, Duty, Identity, Origin, Pending,
    Profile, ProfileFact, Proposal, ProposalState, SeenOrder,
};
use store::{Applied, CallMove, Change, Decided, Forgetting, Store, TakenIn};

use super::judging;
use crate::scene::{Scene, at, inbound};

fn call(of: &Conversation, id: &str) -> Call {
    Call {
        id: id.into(),
        conversation: of.id.clone(),
        customer: of.customer.clone(),
        action: "change_address".to_owned(),
        arguments: [("address".to_owned(), "上海".to_owned())].into(),
        user: Some("lin".to_owned()),
        writes: true,
        lang: domain::Lang::Zh,
        state: CallState::Queued,
        status: None,
        error: None,
        by: None,
        at: at(1),
        moved_at: at(1),
        trace: judging::trace(&format!("answer of {id}"), &of.id, 1),
    }
}

fn step(id: &str, from: CallState, to: CallState) -> CallMove {
    CallMove { id: id.into(), from, to, status: None, error: None, by: None, arguments: None, at: at(2) }
}

pub(crate) async fn a_call_is_queued_once_and_only_moves_from_where_it_is(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let mut change = Change::of(talk.clone(), at(1));
    change.service.calls = vec![call(&talk, "call-1")];
    let talk = scene.change(change).await;
    let mut again = Change::of(talk.clone(), at(2));
    again.service.calls = vec![call(&talk, "call-1")];
    again.messages = vec![scene.answer("办好了")];
    assert_eq!(store.apply(again).await.unwrap(), Applied::Conflict);
    assert_eq!(scene.places(&talk.id).await, [1], "nothing of a conflict is written");
    assert!(store.move_call(&step("call-1", CallState::Queued, CallState::Calling)).await.unwrap());
    assert!(!store.move_call(&step("call-1", CallState::Queued, CallState::Calling)).await.unwrap());
    for (from, done) in [(CallState::Queued, false), (CallState::Calling, true), (CallState::Calling, false)]
    {
        let now = store.conversation(&talk.id).await.unwrap().unwrap();
        let mut end = Change::of(now, at(3));
        end.messages = vec![scene.answer("办好了")];
        let masked: Arguments = [("address".to_owned(), "<ADDRESS>".to_owned())].into();
        let moves =
            CallMove { status: Some(200), arguments: Some(masked), ..step("call-1", from, CallState::Done) };
        end.service.moves = Some(moves);
        assert_eq!(store.apply(end).await.unwrap() != Applied::Conflict, done);
    }
    let kept = store.call(&"call-1".into()).await.unwrap().unwrap();
    assert_eq!(
        (kept.state, kept.status, kept.arguments["address"].as_str()),
        (CallState::Done, Some(200), "<ADDRESS>")
    );
    assert_eq!(store.calls(&talk.id).await.unwrap(), [kept]);
    assert_eq!(scene.places(&talk.id).await, [1, 2]);
}

pub(crate) async fn what_waits_for_a_word_is_found_by_its_customer(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let of = |id: &str, state| Call { state, ..call(&talk, id) };
    let mut change = Change::of(talk.clone(), at(1));
    change.service.calls = vec![
        of("call-1", CallState::Proposed),
        of("call-2", CallState::Queued),
        of("call-3", CallState::InDoubt),
    ];
    let talk = scene.change(change).await;
    let other = scene.says("韩梅梅").await.conversation;
    let ids = async |customer| -> Vec<String> {
        let found = store.undecided_calls(customer).await.unwrap();
        found.into_iter().map(|call| call.id.to_string()).collect()
    };
    assert_eq!(ids(&talk.customer).await, ["call-1", "call-3"]);
    assert_eq!(ids(&other.customer).await, [""; 0]);
    assert!(store.move_call(&step("call-1", CallState::Proposed, CallState::Discarded)).await.unwrap());
    assert_eq!(ids(&talk.customer).await, ["call-3"]);
}

pub(crate) async fn a_conversation_is_on_its_way_to_one_thing_at_a_time(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let pending = |call: &str| Pending {
        call: call.into(),
        action: "a".to_owned(),
        arguments: Arguments::new(),
        asking: None,
        tries: 0,
        confirming: true,
        until: at(60),
    };
    let put = async |talk: Conversation, pending: Option<Option<Pending>>| {
        let mut change = Change::of(talk, at(1));
        change.service.pending = pending;
        scene.change(change).await
    };
    assert_eq!(store.pending(&talk.id).await.unwrap(), None);
    let talk = put(talk, Some(Some(pending("1")))).await;
    let talk = put(talk, Some(Some(pending("2")))).await;
    let talk = put(talk, None).await;
    assert_eq!(store.pending(&talk.id).await.unwrap(), Some(pending("2")));
    let talk = put(talk, Some(None)).await;
    assert_eq!(store.pending(&talk.id).await.unwrap(), None);
}

pub(crate) async fn a_proposal_is_decided_once(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let proposal = Proposal {
        answer: "a1".into(),
        conversation: talk.id.clone(),
        topic: "returns".to_owned(),
        content: domain::Content::plain(domain::Lang::Zh, "可以退"),
        state: ProposalState::Open,
        by: None,
        at: at(1),
    };
    let mut change = Change::of(talk, at(1));
    change.service.proposals = vec![proposal.clone()];
    let talk = scene.change(change).await;
    assert_eq!(store.proposals(&talk.id).await.unwrap(), [proposal]);
    let decide = async |state| {
        let now = store.conversation(&talk.id).await.unwrap().unwrap();
        let mut change = Change::of(now, at(2));
        change.service.decided = Some(Decided { answer: "a1".into(), state, by: "王".to_owned() });
        store.apply(change).await.unwrap() != Applied::Conflict
    };
    assert!(decide(ProposalState::Edited).await);
    assert!(!decide(ProposalState::Discarded).await);
    let kept = store.proposals(&talk.id).await.unwrap().pop().unwrap();
    assert_eq!((kept.state, kept.by.as_deref()), (ProposalState::Edited, Some("王")));
}

async fn learns(scene: &Scene<'_>, talk: Conversation, facts: &[(&str, &str)]) -> Conversation {
    let mut change = Change::of(talk, at(1));
    change.service.learnt =
        facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    scene.change(change).await
}

pub(crate) async fn nobody_is_corrected_by_somebody_less_sure(store: &dyn Store) {
    let scene = Scene::new(store);
    let talk = scene.says("李雷").await.conversation;
    let talk = learns(&scene, talk, &[("size", "M"), ("colour", "红色")]).await;
    let who = talk.customer.clone();
    assert!(store.put_fact(&who, "size", "L", "王", at(2)).await.unwrap());
    let talk = learns(&scene, talk, &[("size", "S"), ("colour", "蓝色")]).await;
    let profile = store.profile(&who).await.unwrap();
    assert_eq!((profile.get("size"), profile.get("colour")), (Some("L"), Some("蓝色")));
    assert!(store.remove_fact(&who, "size", "王", at(3)).await.unwrap());
    assert!(!store.remove_fact(&who, "size", "王", at(3)).await.unwrap());
    assert!(!store.put_fact(&"nobody".into(), "size", "L", "王", at(2)).await.unwrap());
    let many: Vec<String> = (0..80).map(|n| format!("fact {n}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    learns(&scene, talk, &many).await;
    assert_eq!(store.profile(&who).await.unwrap().facts.len(), 50);
    let events = store.profile_events(&who, 10).await.unwrap();
    let told: Vec<(&str, &str)> =
        events.iter().map(|event| (event.what.as_str(), event.name.as_str())).collect();
    assert_eq!(told, [("erased", "size"), ("corrected", "size")]);
}

pub(crate) async fn who_is_forgotten_is_forgotten(store: &dyn Store) {
    let scene = Scene::new(store);
    let said = store
        .receive(
            domain::Inbound { channel: "widget".into(), ..crate::scene::inbound("u1", "m1") },
            scene.fresh(),
            at(0),
            None,
        )
        .await
        .unwrap();
    let other = scene.says("韩梅梅").await.conversation;
    let other = learns(&scene, other, &[("size", "M")]).await;
    let talk = learns(&scene, said.conversation, &[("size", "M")]).await;
    let claims = [("name".to_owned(), "李雷".to_owned())].into();
    store.put_identity("u1", &Identity { user_id: "lin".into(), claims, at: at(1) }).await.unwrap();
    let mut change = Change::of(talk.clone(), at(1));
    change.service.order = Some(SeenOrder { id: "Q1".into(), facts: [].into(), at: at(1) });
    change.service.calls = vec![call(&talk, "call-1")];
    change.traces = vec![judging::trace("a1", &talk.id, 1)];
    let talk = scene.change(change).await;
    let known = store.profile(&talk.customer).await.unwrap();
    assert_eq!((known.identity.is_some(), known.orders.len()), (true, 1));
    for words in [false, true] {
        let forgetting =
            Forgetting { customer: talk.customer.clone(), words, by: "王".to_owned(), at: at(5) };
        assert!(store.forget_customer(&forgetting).await.unwrap());
        let text = store.messages(&talk.id, 0, 9).await.unwrap().remove(0).content.text;
        assert_eq!(text.contains("u1"), !words, "{text}");
    }
    let gone = store.profile(&talk.customer).await.unwrap();
    assert_eq!(gone, domain::Profile::empty(talk.customer.clone()));
    let call = store.call(&"call-1".into()).await.unwrap().unwrap();
    assert_eq!((call.state, call.arguments.len(), call.user), (CallState::Discarded, 0, None));
    assert_eq!(call.trace.question, "");
    assert_eq!(store.trace(&"a1".into()).await.unwrap().unwrap().question, "");
    assert_eq!(store.profile(&other.customer).await.unwrap().get("size"), Some("M"), "and nobody else");
    let nobody = Forgetting { customer: "nobody".into(), words: true, by: "王".to_owned(), at: at(5) };
    assert!(!store.forget_customer(&nobody).await.unwrap());
}

pub(crate) async fn customers_of_another_desk_are_recognised_and_not_set_back(store: &dyn Store) {
    let fact = |name: &str, value: &str, origin: Origin, seconds: i64| ProfileFact {
        name: name.to_owned(),
        value: value.to_owned(),
        origin,
        by: None,
        at: at(seconds),
    };
    let file = |facts: Vec<ProfileFact>| CustomerFile {
        customer: Customer {
            id: "c-there".into(),
            name: Some("林晓".to_owned()),
            contact: None,
            lang: domain::Lang::Zh,
            since: at(0),
        },
        senders: vec![("shop".into(), "林".to_owned()), ("widget".into(), "~lin".to_owned())],
        profile: Profile {
            identity: Some(Identity { user_id: "lin".to_owned(), claims: [].into(), at: at(1) }),
            facts,
            ..Profile::empty("c-there".into())
        },
    };
    let first = file(vec![fact("size", "M", Origin::Agent, 5), fact("colour", "蓝", Origin::Learnt, 5)]);
    let taken = store.put_customer_files(vec![first.clone()]).await.unwrap();
    assert_eq!(taken, TakenIn { new: 1, ..TakenIn::default() });
    let profile = store.profile(&"c-there".into()).await.unwrap();
    assert_eq!(profile.identity.map(|identity| identity.user_id).as_deref(), Some("lin"));

    let scene = Scene::new(store);
    let talk = scene.receive(inbound("林", "1"), 6, None).await.conversation;
    assert_eq!(talk.customer.as_str(), "c-there", "who writes under a known name is known");
    let later = file(vec![fact("size", "S", Origin::Learnt, 9), fact("colour", "绿", Origin::Learnt, 9)]);
    let taken = store.put_customer_files(vec![later]).await.unwrap();
    assert_eq!(taken, TakenIn { known: 1, ..TakenIn::default() });
    let profile = store.profile(&"c-there".into()).await.unwrap();
    assert_eq!((profile.get("size"), profile.get("colour")), (Some("M"), Some("绿")));

    let forgetting =
        Forgetting { customer: "c-there".into(), words: false, by: "店主".to_owned(), at: at(10) };
    assert!(store.forget_customer(&forgetting).await.unwrap());
    let taken = store.put_customer_files(vec![first]).await.unwrap();
    assert_eq!(taken, TakenIn { left_out: 1, ..TakenIn::default() });
    let profile = store.profile(&"c-there".into()).await.unwrap();
    assert_eq!((profile.facts, profile.identity), (Vec::new(), None));
}

pub(crate) async fn every_change_of_the_duties_is_on_the_record(store: &dyn Store) {
    assert_eq!(store.duties().await.unwrap(), domain::DutyTable::default());
    let set = async |topic: &str, to, seconds| {
        store.set_duty(topic, to, "为什么", "王", at(seconds)).await.unwrap()
    };
    assert_eq!(set("refunds", Some(Duty::Draft), 1).await, Some(1));
    assert_eq!(set("refunds", Some(Duty::Draft), 2).await, None, "nothing would change");
    assert_eq!(set("*", Some(Duty::Person), 3).await, Some(2));
    assert_eq!(set("refunds", None, 4).await, Some(3));
    assert_eq!(set("nothing", None, 5).await, None);
    let table = store.duties().await.unwrap();
    assert_eq!((table.version, table.of("refunds"), table.rows.len()), (3, Duty::Person, 1));
    let changes = store.duty_changes(None, 2).await.unwrap();
    let told: Vec<_> = changes.iter().map(|change| (change.version, change.from, change.to)).collect();
    assert_eq!(told, [(3, Some(Duty::Draft), None), (2, None, Some(Duty::Person))]);
    assert_eq!(store.duty_changes(Some(2), 9).await.unwrap().len(), 1);
}
