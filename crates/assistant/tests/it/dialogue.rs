//! Conversations without a model: what was said before counts, and circles end with a person.

use std::sync::Arc;

use assistant::{Address, Answer, Assistant, Manner, Phrases, Policy, Tone, Turn, llm::Brief};
use domain::{Asker, Entry, EntryText, Exchange, Kind, Lang, Past, Record, Rung, Shopper};
use knowledge::Library;
use proptest::prelude::*;

fn entry(id: &str, lang: Lang, ways: &[&str], answer: &str) -> Entry {
    let phrasings = ways[1..].iter().map(|&way| way.to_owned()).collect();
    let text = EntryText { title: ways[0].to_owned(), phrasings, answer: answer.to_owned() };
    Entry::new(id, if answer.contains("## ") { Kind::Article } else { Kind::Answer }, [(lang, text)])
}

fn shop() -> Vec<Entry> {
    use Lang::{En, Zh};
    vec![
        entry("return", Zh, &["怎么退货", "退货流程", "我要退货"], "签收后 7 天内可以退货。"),
        entry("return-cost", Zh, &["退货的运费谁出", "退货运费", "退货邮费谁付"], "没有质量问题时由您承担。"),
        entry("cost", Zh, &["运费多少", "邮费多少钱", "寄一次多少钱"], "满 99 元包邮。"),
        entry("levels", Zh, &["会员有哪些等级", "会员等级", "会员分几级"], "共有三级。"),
        entry("ship", Zh, &["什么时候发货", "几天发货", "还没发货"], "24 小时内发货。"),
        entry("mug-a", Zh, &["马克杯有多大", "马克杯"], "马克杯有两种容量。"),
        entry("mug-b", Zh, &["马克杯能刻字吗", "马克杯"], "马克杯可以刻字。"),
        entry("paid", Zh, &["我付了多少钱", "这单付了多少"], "实付{订单金额|金额见订单页}。"),
        entry("when", Zh, &["我的包裹哪天到", "预计哪天送达"], "{预计送达}送到。"),
        entry(
            "e-return",
            En,
            &["How do I return something?", "return an item", "sending it back"],
            "Within 7 days.",
        ),
        entry(
            "e-return-cost",
            En,
            &["Who pays the return shipping?", "return shipping", "return postage"],
            "You do, unless it is faulty.",
        ),
        entry("e-cost", En, &["How much is shipping?", "shipping cost", "postage"], "Free from ¥99."),
        entry("e-mug-a", En, &["How large is a mug?", "mug"], "Mugs come in two sizes."),
        entry("e-mug-b", En, &["Can a mug be engraved?", "mug"], "Mugs can be engraved."),
    ]
}

/// A conversation with the shop.
struct Talk {
    assistant: Assistant,
    past: Past,
    record: Record,
}

impl Talk {
    fn new() -> Self {
        Self::with(library(), Manner::default())
    }

    fn with(library: Arc<Library>, manner: Manner) -> Self {
        let phrases = Phrases { shop: ("小店".to_owned(), "the shop".to_owned()) };
        let assistant = Assistant::new(library, Policy::shipped(), phrases).with_manner(manner);
        Self { assistant, past: Past::default(), record: Record::default() }
    }

    fn says(&mut self, text: &str) -> Answer {
        let turn = Turn {
            id: "a".into(),
            conversation: "c".into(),
            text,
            lang: Lang::Zh,
            asker: Asker::default(),
            // A quarter past nine in the morning in Beijing.
            now: "2026-11-23T01:15:00Z".parse().unwrap(),
            past: &self.past,
            record: &self.record,
            shopper: &Shopper::default(),
        };
        let mut said = String::new();
        let answer = self.assistant.answer(&turn, &mut |words| said.push_str(words));
        assert_eq!(self.assistant.choose(&turn), (answer.trace.rung, answer.trace.used.clone()), "{text}");
        assert!(said.is_empty() || said == answer.content.text, "what is streamed is what is said");
        self.past.exchanges.push(Exchange::of(&answer.trace, &answer.content));
        answer
    }

    fn used(&mut self, text: &str) -> Vec<String> {
        self.says(text).trace.used.iter().map(ToString::to_string).collect()
    }
}

fn offers_person(answer: &Answer) -> bool {
    let button = |choice: &String| choice == "转人工" || choice == "Talk to a person";
    answer.trace.rung == Rung::Handover || answer.content.suggestions.iter().any(button)
}

#[test]
fn a_follow_up_is_understood_from_what_was_said_before() {
    let mut talk = Talk::new();
    assert_eq!(talk.used("怎么退货"), ["return"]);
    let follow = talk.says("那运费呢");
    assert_eq!(follow.content.text, "没有质量问题时由您承担。");
    assert_eq!(follow.trace.context.as_deref(), Some("退货的运费"));
    let mut talk = Talk::new();
    assert_eq!(talk.used("How do I return something?"), ["e-return"]);
    assert_eq!(talk.used("and the shipping?"), ["e-return-cost"]);
}

#[test]
fn what_was_just_said_answers_a_follow_up_about_its_details() {
    let mut entries = shop();
    let told = "请在账户设置里提交申请，15 天后生效。注销后积分和优惠券会清空，进行中的订单需先完成。";
    entries.push(entry("leave", Lang::Zh, &["怎么注销账号", "注销账户", "我要销号"], told));
    let library = Library::new();
    library.change(&entries, &[], 1);
    let mut talk = Talk::with(Arc::new(library), Manner::default());
    assert_eq!(talk.used("怎么注销账号"), ["leave"]);
    let follow = talk.says("那积分呢");
    assert_eq!(follow.content.text, "注销后积分和优惠券会清空，进行中的订单需先完成。");
    assert_eq!((follow.trace.rung, follow.trace.reason.as_str()), (Rung::Composed, "said_there"));
    assert_eq!(follow.content.sources.len(), 1);
    assert!(!talk.says("那颜色呢").trace.rung.answers(), "of colours it says nothing");
}

#[test]
fn a_new_question_is_not_dragged_along() {
    let mut talk = Talk::new();
    talk.says("怎么退货");
    let new = talk.says("会员有哪些等级");
    assert_eq!((new.content.text.as_str(), new.trace.context), ("共有三级。", None));
    assert_eq!(talk.used("运费多少"), ["cost"]);
    assert_eq!(talk.says("今天天气怎么样").trace.rung, Rung::Refuse);
}

#[test]
fn two_that_are_equally_likely_are_asked_about_once_and_the_customer_decides() {
    for (question, first, last) in [("马克杯", "第一个", "后者"), ("mug", "the first one", "the latter")]
    {
        let mut talk = Talk::new();
        let asked = talk.says(question);
        assert_eq!((asked.trace.rung, asked.trace.reason.as_str()), (Rung::Clarify, "equally_likely"));
        let both = asked.trace.used.clone();
        assert_eq!(both.len(), 2);
        let before = talk.past.clone();
        assert_eq!(talk.says(first).trace.used, both[..1], "{first}");
        talk.past = before.clone();
        let picked = talk.says(last);
        assert_eq!((&picked.trace.used[..], picked.trace.rung), (&both[1..], Rung::Exact), "{last}");
        talk.past = before;
        let again = talk.says(question);
        assert_ne!(again.trace.rung, Rung::Clarify, "one question in a row is enough");
        assert!(again.trace.rung.answers() && offers_person(&again));
    }
}

#[test]
fn each_question_of_a_message_is_answered_in_its_order_and_what_is_not_known_is_said() {
    let mut talk = Talk::new();
    let both = talk.says("怎么退货？退货运费谁出？");
    assert_eq!(both.content.text, "签收后 7 天内可以退货。\n\n没有质量问题时由您承担。");
    assert_eq!((both.content.sources.len(), both.trace.reason.as_str()), (2, "several_questions"));
    let half = Talk::new().says("会员有哪些等级？你们老板的生日是几号？");
    assert!(
        half.content.text.starts_with("共有三级。\n\n关于“你们老板的生日是几号”"),
        "{}",
        half.content.text
    );
    assert!(offers_person(&half));
    let both = Talk::new().says("How do I return something and who pays the return shipping?");
    assert_eq!(both.content.text, "Within 7 days.\n\nYou do, unless it is faulty.");
}

#[test]
fn a_part_that_only_goes_on_is_not_left_open() {
    let mut talk = Talk::new();
    let answer = talk.says("什么时候发货？怎么处理？");
    assert_eq!(answer.content.text, "24 小时内发货。");
    let answer = Talk::new().says("会员有哪些等级？分成几级？");
    assert_eq!(answer.content.text, "共有三级。", "its own best entry is given already");
}

#[test]
fn two_sections_that_bear_on_a_question_are_both_quoted_with_their_sources() {
    let article = "## 砧板怎么清洗\n\n砧板用温水清洗，立刻擦干。\n\n## 砧板怎么上油\n\n砧板每月上油一次，静置一晚。\n\n## 台灯怎么换灯泡\n\n先断电。";
    let library = Library::new();
    library.change(&[entry("care", Lang::Zh, &["保养指南"], article)], &[], 1);
    let answer = Talk::with(Arc::new(library), Manner::default()).says("砧板怎么清洗上油");
    assert_eq!(answer.trace.rung, Rung::Composed, "{:?}", answer.trace.candidates);
    let text = &answer.content.text;
    assert!(text.contains("温水") && text.contains("每月") && !text.contains("断电"), "{text}");
    assert_eq!(answer.content.sources.len(), 2, "{:?}", answer.content.sources);
    assert_eq!(answer.trace.used.len(), 1, "one entry, two sections");
}

#[test]
fn who_is_not_helped_gets_another_way_then_the_offer_of_a_person_then_one() {
    let mut talk = Talk::new();
    talk.says("退货");
    let rungs: Vec<Rung> = (0..3).map(|_| talk.says("还是没用").trace.rung).collect();
    assert_eq!(rungs[1..], [Rung::Refuse, Rung::Handover]);
    assert!(matches!(rungs[0], Rung::Suggest | Rung::Refuse), "{rungs:?}");
    let mut talk = Talk::new();
    talk.says("How do I return something?");
    talk.says("that didn't help");
    let offer = talk.says("that didn't help");
    assert!(offers_person(&offer) && offer.trace.reason == "going_round");
    let taken = talk.says("yes please");
    assert_eq!((taken.trace.rung, taken.trace.reason.as_str()), (Rung::Handover, "took_the_offer"));
}

#[test]
fn the_same_question_again_is_answered_again_then_a_person_is_offered() {
    let mut talk = Talk::new();
    let reasons: Vec<String> = (0..4).map(|_| talk.says("怎么退货").trace.reason).collect();
    assert_eq!(reasons, ["same_words", "said_again", "going_round", "going_round"]);
    assert_eq!(talk.past.last().unwrap().rung, Some(Rung::Handover));
    assert_eq!(talk.past.exchanges[1].said, "再说一遍：\n\n签收后 7 天内可以退货。");
}

#[test]
fn the_feeling_comes_first_and_not_on_every_turn() {
    let mut talk = Talk::new();
    let first = talk.says("等了一个星期还没发货，你们是骗子吗");
    assert!(first.content.text.contains("抱歉"), "{}", first.content.text);
    let (regret, rest) = first.content.text.split_at(first.content.text.find("抱歉").unwrap());
    assert!(regret.chars().count() < 12, "regret comes first: {regret}{rest}");
    let second = talk.says("什么时候发货！气死我了！");
    let sorry = |text: &str| text.contains("抱歉");
    assert!(!(sorry(&second.content.text) && sorry(&first.content.text)), "{}", second.content.text);
    let third = Talk::new().says("都第三次了还发错颜色，你们到底有没有人管！").content.text;
    assert!(sorry(&third), "{third}");
    let plain = Talk::new().says("and who pays for it?").content.text;
    assert!(!plain.to_lowercase().contains("sorry"), "{plain}");
    let calm = Talk::new().says("怎么退货");
    assert_eq!(calm.content.text, "签收后 7 天内可以退货。", "an entry's words stay as they are");
    let angry = Talk::new().says("This is outrageous, you are thieves! How much is shipping?").content.text;
    assert!(angry.lines().next().unwrap().to_lowercase().contains("sorry"), "{angry}");
}

#[test]
fn the_angry_have_a_person_within_reach_whatever_the_answer() {
    for text in ["你们的客服是死人吗，三天没人理我！", "You are thieves, I am furious! How much is shipping?"]
    {
        assert!(offers_person(&Talk::new().says(text)), "{text}");
    }
    for text in ["什么时候发货", "How much is shipping?"] {
        assert!(!offers_person(&Talk::new().says(text)), "{text}");
    }
}

#[test]
fn a_model_is_told_no_place_that_is_not_filled_nor_what_fills_it() {
    let mut talk = Talk::new();
    talk.record = Record([("order.amount".to_owned(), "¥1,299".to_owned())].into());
    let mut trace = talk.says("我付了多少钱").trace;
    assert_eq!(talk.past.last().unwrap().said, "实付¥1,299。");
    (trace.rung, trace.reason) = (Rung::Refuse, "nothing_fits".to_owned());
    let brief =
        Brief::of(&trace, Lang::Zh, "小店", (&talk.past, &talk.record), talk.assistant.library()).unwrap();
    assert_eq!(brief.passages[0].text, "实付金额见订单页。");
}

#[test]
fn nothing_of_ours_is_said_twice_in_a_row() {
    for text in ["你好", "谢谢", "😀", "好的", "hello", "thanks", "what is quantum physics", "量子力学是什么"]
    {
        let mut talk = Talk::new();
        let said: Vec<String> = (0..4).map(|_| talk.says(text).content.text).collect();
        assert!(said.windows(2).all(|pair| pair[0] != pair[1]), "{said:?}");
    }
}

#[test]
fn a_shop_speaks_in_its_own_tone() {
    let greets = |tone, address, text: &str| {
        let manner = Manner { tone, address, ..Manner::default() };
        Talk::with(library(), manner).says(text).content.text
    };
    assert_eq!(
        greets(Tone::Plain, Address::Formal, "你好"),
        "上午好，我是小店的 AI 助手。请问有什么可以帮您？"
    );
    assert_eq!(
        greets(Tone::Plain, Address::Familiar, "你好"),
        "上午好，我是小店的 AI 助手。请问有什么可以帮你？"
    );
    assert_eq!(greets(Tone::Brief, Address::Formal, "你好"), "上午好，请说您的问题。");
    assert!(greets(Tone::Warm, Address::Formal, "你好").starts_with("上午好，很高兴为您服务。"));
    assert!(greets(Tone::Warm, Address::Formal, "hello").starts_with("Hello, and welcome to the shop."));
    assert_eq!(
        greets(Tone::Warm, Address::Familiar, "退货运费"),
        "没有质量问题时由您承担。",
        "knowledge stays verbatim"
    );
}

#[test]
fn a_customers_own_facts_fill_the_answer_and_braces_are_never_shown() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("我付了多少钱").content.text, "实付金额见订单页。");
    let unknown = talk.says("我的包裹哪天到");
    assert!(!unknown.content.text.contains('{') && offers_person(&unknown), "{}", unknown.content.text);
    talk.record = Record([("order.amount".to_owned(), "¥99 *特价*".to_owned())].into());
    let known = Talk { past: Past::default(), ..talk }.says("我付了多少钱").content.text;
    assert_eq!(known, "实付¥99 \\*特价\\*。");
}

#[test]
fn a_place_at_home_is_no_other_question_and_another_country_is_abroad() {
    let mut known = shop();
    known.push(entry("abroad", Lang::Zh, &["能寄到国外吗", "寄国外", "国外运费"], "可以寄到国外。"));
    known.push(entry("e-abroad", Lang::En, &["Do you ship overseas?", "overseas shipping"], "Yes, we do."));
    let library = Library::new();
    library.change(&known, &[], 1);
    let library = Arc::new(library);
    let says = |zone: &str, text: &str| {
        let zone = domain::Zone::try_from(zone.to_owned()).unwrap();
        let answer = Talk::with(Arc::clone(&library), Manner { zone, ..Manner::default() }).says(text);
        (answer.content.text, answer.trace.context)
    };
    let (text, understood) = says("Asia/Shanghai", "寄到石家庄运费多少");
    assert_eq!((text.as_str(), understood.as_deref()), ("满 99 元包邮。", Some("运费多少")));
    assert_eq!(says("Asia/Shanghai", "do you ship to Norway?").0, "Yes, we do.");
    assert_eq!(says("Asia/Shanghai", "能寄到挪威吗").0, "可以寄到国外。");
    let (_, understood) = says("Europe/Oslo", "do you ship to Norway?");
    assert!(understood.is_none_or(|as_what| !as_what.contains("overseas")), "who lives there is at home");
    assert_eq!(says("Asia/Shanghai", "How much is shipping?"), ("Free from ¥99.".to_owned(), None));
}

/// What customers type, over and over.
const SAID: [&str; 14] = [
    "怎么退货",
    "运费多少",
    "那运费呢",
    "马克杯",
    "第一个",
    "没用",
    "好的",
    "谢谢",
    "量子力学是什么",
    "气死我了",
    "mug",
    "no",
    "how much is shipping",
    "that didn't help",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_is_said_three_times_in_a_row_without_a_person(picks in proptest::collection::vec(0..SAID.len(), 1..3), turns in 3usize..9) {
        let mut talk = Talk::with(library(), Manner::default());
        let mut said: Vec<(String, bool)> = Vec::new();
        for turn in 0..turns {
            let answer = talk.says(SAID[picks[turn % picks.len()]]);
            said.push((answer.content.text.clone(), offers_person(&answer)));
        }
        for three in said.windows(3) {
            let same = three.iter().all(|(text, _)| *text == three[0].0);
            prop_assert!(!same || three[2].1, "{:?}", said);
        }
    }
}

fn library() -> Arc<Library> {
    static LIBRARY: std::sync::OnceLock<Arc<Library>> = std::sync::OnceLock::new();
    let known = LIBRARY.get_or_init(|| {
        let library = Library::new();
        library.change(&shop(), &[], 1);
        Arc::new(library)
    });
    Arc::clone(known)
}
