//! Why an answer is what it is, in sentences. Everything said here stands in the trace; nothing is guessed.

mod lines;
mod rerank;

use domain::{Advised, Candidate, Check, Duty, Given, Label, Lang, ModelCall, Rung, Timestamp, Trace};

use super::{
    inbox, part, percent,
    times::Moment,
    words::{self, Words, advice::Words as AdviceWords, fill},
};

/// The story of an answer.
pub(super) struct Story {
    pub(super) id: String,
    pub(super) at: Moment,
    pub(super) question: String,
    pub(super) sentences: Vec<String>,
    pub(super) candidates: Vec<Considered>,
    pub(super) times: Vec<(String, String)>,
    pub(super) total: String,
    pub(super) versions: String,
}

/// An entry that was considered.
pub(super) struct Considered {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) percent: String,
    /// For the meter, 0 to 100.
    pub(super) level: u32,
    pub(super) used: bool,
    pub(super) speaks_for: Option<String>,
    pub(super) against: Option<String>,
}

/// Tells it.
pub(super) fn story(lang: Lang, trace: &Trace, now: Timestamp) -> Story {
    let w = Words::of(lang);
    let total: u64 = trace.timings.iter().map(|time| time.us).sum();
    let step = |time: &domain::StageTime| {
        (words::step(lang, &time.stage).unwrap_or(&time.stage).to_owned(), millis(time.us))
    };
    Story {
        id: trace.id.to_string(),
        at: Moment::new(lang, trace.at, now),
        question: trace.question.clone(),
        sentences: sentences(lang, w, trace),
        candidates: trace.candidates.iter().map(|candidate| considered(lang, w, trace, candidate)).collect(),
        times: trace.timings.iter().map(step).collect(),
        total: millis(total),
        versions: fill(w.trace_versions, &[&trace.knowledge_version.to_string(), &trace.policy_version]),
    }
}

fn sentences(lang: Lang, w: &Words, trace: &Trace) -> Vec<String> {
    let mut said: Vec<String> = trace.read_as.iter().map(|meant| fill(w.trace_read_as, &[meant])).collect();
    said.extend(trace.context.iter().map(|question| fill(w.trace_context, &[question])));
    said.push(how_read(lang, trace));
    said.extend(facts(lang, trace));
    if !trace.marks.is_empty() {
        said.push(marks(lang, trace));
    }
    said.extend(trace.reranked.iter().map(|said| rerank::told(lang, w, said)));
    said.extend(lines::what_found(lang, trace));
    said.extend(lines::which_line(lang, trace));
    said.push(words::because(lang, &trace.reason).unwrap_or(&trace.reason).to_owned());
    said.extend(trace.advised.iter().map(|advised| recommended(lang, advised)));
    said.extend(trace.acted.as_ref().map(|acted| done(lang, acted)));
    said.extend(trace.duty.as_ref().map(|verdict| whose(lang, verdict)));
    said.extend(trace.model_calls.iter().map(|call| asked_model(lang, w, call)));
    said.into_iter().chain(trace.checks.iter().filter_map(|check| checked(lang, w, check))).collect()
}

/// 推荐了 clay-casserole：送给的人、价格。
/// What an answer is called: a recommendation takes its words from the catalogue, whatever its rung.
pub(super) fn rung(lang: Lang, trace: &Trace) -> &'static str {
    let name = match trace.reason.as_str() {
        "recommended" => "advice",
        "told_by_catalogue" => "catalogue",
        _ if trace.duty.as_ref().is_some_and(|verdict| verdict.duty == Duty::Person) => Rung::Handover.name(),
        _ => trace.rung.name(),
    };
    words::rung(lang, name).unwrap_or_default()
}

fn recommended(lang: Lang, advised: &Advised) -> String {
    let p = AdviceWords::of(lang);
    let why: Vec<&str> =
        advised.because.iter().map(|code| words::advised(lang, code).unwrap_or(code)).collect();
    let words = match advised.given {
        Given::Asked => p.told_asked,
        Given::Unasked => p.told_unasked,
        Given::HeldOut => p.told_held_out,
    };
    fill(words, &[advised.product.as_str(), &why.join(lang.pick("、", ", "))])
}

/// 问了语言模型 qwen3（读 812、写 40 token）：……
fn asked_model(lang: Lang, w: &Words, call: &ModelCall) -> String {
    if let Some(code) = &call.failed {
        let why = words::model_trouble(lang, code).unwrap_or(code);
        fill(w.trace_model_failed, &[&call.model, why])
    } else {
        let (read, wrote) = (call.tokens.0.to_string(), call.tokens.1.to_string());
        fill(w.trace_model, &[&call.model, &read, &wrote, &call.reply])
    }
}

/// 删去了 1 句：数字和出处不符。……
fn checked(lang: Lang, w: &Words, check: &Check) -> Option<String> {
    let why = words::check(lang, &check.name);
    if check.removed.is_empty() {
        return why
            .filter(|_| check.name.starts_with("budget_") || check.name == "model_resting")
            .map(str::to_owned);
    }
    let removed = check.removed.join(lang.pick("／", " / "));
    Some(fill(w.trace_check, &[&check.removed.len().to_string(), why.unwrap_or(&check.name), &removed]))
}

/// 办理 find_order（order: QH20261101），对方系统返回 200。
fn done(lang: Lang, acted: &domain::Acted) -> String {
    let with: Vec<String> = acted.arguments.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let with = with.join(lang.pick("，", ", "));
    let came = acted.status.map_or(String::new(), |status| {
        lang.pick(format!("，对方系统返回 {status}"), format!("; the other system said {status}"))
    });
    let action = &acted.action;
    lang.pick(format!("办理 {action}（{with}）{came}。"), format!("Action {action} ({with}){came}."))
}

/// 分工表第 3 版：「退换货」由助手起草、人工发送。
fn whose(lang: Lang, verdict: &domain::Verdict) -> String {
    let topic = super::waits::topic(lang, &verdict.topic);
    let who = words::service::duty(lang, verdict.duty.name()).unwrap_or_default();
    let version = verdict.version;
    lang.pick(
        format!("分工表第 {version} 版：「{topic}」{who}。"),
        format!("Duty table, version {version}: “{topic}”: {who}."),
    )
}

/// 读作中文，情绪平静（96%）；想问「退款」（94%）。
fn how_read(lang: Lang, trace: &Trace) -> String {
    let language = words::language(lang, &trace.language).unwrap_or(&trace.language);
    let mood = words::mood(lang, &trace.sentiment.name).unwrap_or(&trace.sentiment.name);
    let sure = percent(trace.sentiment.confidence);
    let read = lang.pick(
        format!("读作{language}，情绪{mood}（{sure}）"),
        format!("Read as {language}, mood {mood} ({sure})"),
    );
    let wishes: Vec<String> =
        trace.intent.iter().chain(&trace.also).map(|wish| wish_words(lang, wish)).collect();
    if wishes.is_empty() {
        return lang.pick(format!("{read}；意图不清楚。"), format!("{read}; the intent was not clear."));
    }
    lang.pick(
        format!("{read}；意图{}。", wishes.join("、")),
        format!("{read}; intent {}.", wishes.join(", ")),
    )
}

fn wish_words(lang: Lang, wish: &Label) -> String {
    let (name, sure) = (inbox::intent(lang, &wish.name), percent(wish.confidence));
    lang.pick(format!("「{name}」（{sure}）"), format!("“{name}” ({sure})"))
}

/// 标记：着急（80%）。
fn marks(lang: Lang, trace: &Trace) -> String {
    let worded = |mark: &Label| {
        let (name, sure) = (words::mark(lang, &mark.name).unwrap_or(&mark.name), percent(mark.confidence));
        lang.pick(format!("{name}（{sure}）"), format!("{name} ({sure})"))
    };
    let all = trace.marks.iter().map(worded).collect::<Vec<_>>();
    lang.pick(format!("标记：{}。", all.join("、")), format!("Marked: {}.", all.join(", ")))
}

/// 认出订单号 2024011500123456。认出电话 <PHONE>，记录里已遮住。
fn facts(lang: Lang, trace: &Trace) -> Vec<String> {
    let name =
        |(kind, said): &(String, String)| format!("{} {said}", words::fact(lang, kind).unwrap_or(kind));
    let (masked, plain): (Vec<_>, Vec<_>) =
        trace.entities.iter().partition(|(_, said)| said.starts_with('<'));
    let list = |found: Vec<&(String, String)>| {
        found.into_iter().map(name).collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let mut told = Vec::new();
    if !plain.is_empty() {
        let plain = list(plain);
        told.push(lang.pick(format!("认出{plain}。"), format!("Recognised {plain}.")));
    }
    if !masked.is_empty() {
        let masked = list(masked);
        told.push(lang.pick(
            format!("认出{masked}，记录里已遮住。"),
            format!("Recognised {masked}, masked in the records."),
        ));
    }
    told
}

fn considered(lang: Lang, w: &Words, trace: &Trace, candidate: &Candidate) -> Considered {
    let side = |of: &dyn Fn(f32) -> bool, pattern: &str| {
        // A code without words says nothing to people: one of a model of their own, for one.
        let told = candidate.because.iter().filter(|(_, value)| of(*value));
        let names: Vec<&str> = told.filter_map(|(name, _)| words::feature(lang, name)).take(3).collect();
        (!names.is_empty()).then(|| fill(pattern, &[&names.join(lang.pick("、", ", "))]))
    };
    Considered {
        title: candidate.title.clone(),
        href: format!("/desk/knowledge/{}", part(candidate.entry.as_str())),
        percent: percent(candidate.score),
        level: (candidate.score.clamp(0.0, 1.0) * 100.0).round() as u32,
        used: trace.used.contains(&candidate.entry),
        speaks_for: side(&|value| value > 0.0, w.trace_for),
        against: side(&|value| value < 0.0, w.trace_against),
    }
}

fn millis(us: u64) -> String {
    format!("{:.1} ms", us as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use domain::{AnswerId, Label, Rung};

    use super::*;

    fn trace(rung: Rung, reason: &str, score: f32) -> Trace {
        Trace {
            id: AnswerId::from("a"),
            conversation: "c".into(),
            at: Timestamp::UNIX_EPOCH,
            question: "怎么退货".into(),
            read_as: None,
            context: None,
            language: "zh".into(),
            intent: Some(Label { name: "退款".into(), confidence: 0.94 }),
            also: vec![],
            sentiment: Label { name: "neutral".into(), confidence: 0.96 },
            marks: vec![Label { name: "urgent".into(), confidence: 0.8 }],
            satisfaction: None,
            entities: vec![
                ("order".into(), "20240115001".into()),
                ("phone".into(), "<PHONE>".into()),
                ("date".into(), "2026-11-24 afternoon".into()),
            ],
            knowledge_version: 3,
            meanings_version: 3,
            policy_version: "2026-07".into(),
            candidates: vec![Candidate {
                entry: "退货/1".into(),
                title: "如何退货".into(),
                section: None,
                score,
                because: vec![("overlap".into(), 1.2), ("lacking".into(), -0.4), ("new_one".into(), 0.1)],
            }],
            thresholds: vec![
                ("answer_above".into(), 0.72),
                ("compose_above".into(), 0.6),
                ("offer_above".into(), 0.2),
                ("answer_line".into(), 0.72),
            ],
            rung,
            reason: reason.into(),
            confidence: score,
            used: vec!["退货/1".into()],
            acted: None,
            duty: None,
            advised: vec![],
            reranked: vec![],
            model_calls: vec![],
            checks: vec![],
            inputs: None,
            timings: vec![domain::StageTime { stage: "search".into(), us: 1500 }],
        }
    }

    #[test]
    fn an_answer_explains_itself() {
        let told = story(Lang::Zh, &trace(Rung::Exact, "probably_right", 0.83), Timestamp::UNIX_EPOCH);
        assert_eq!(
            told.sentences,
            [
                "读作中文，情绪平静（96%）；意图「退款」（94%）。",
                "认出订单号 20240115001、时间 2026-11-24 afternoon。",
                "认出电话 <PHONE>，记录里已遮住。",
                "标记：着急（80%）。",
                "考虑了 1 条知识，最接近的「如何退货」有 83% 的可能答得对。",
                "直接回答要 72%，过线。",
                "过了回答的线，所以照知识回答。",
            ]
        );
        let first = &told.candidates[0];
        assert_eq!(first.href, "/desk/knowledge/%E9%80%80%E8%B4%A7%2F1");
        assert_eq!(first.speaks_for.as_deref(), Some("支持：用词重合"));
        assert_eq!(first.against.as_deref(), Some("反对：是否缺少关键词"));
        assert_eq!(told.total, "1.5 ms");
    }

    #[test]
    fn models_and_checks_are_told() {
        let call = |failed: Option<&str>| ModelCall {
            model: "qwen3".into(),
            prompt: String::new(),
            reply: "七天内可退[1]。".into(),
            tokens: (812, 40),
            cost_micros: 0,
            failed: failed.map(str::to_owned),
        };
        let written = Trace {
            model_calls: vec![call(Some("late")), call(None)],
            checks: vec![
                Check { name: "number".into(), removed: vec!["十五天内可退。".into()] },
                Check { name: "budget_day".into(), removed: vec![] },
            ],
            ..trace(Rung::Generated, "written", 0.3)
        };
        let last = |lang| {
            let mut told = story(lang, &written, Timestamp::UNIX_EPOCH).sentences;
            told.split_off(told.len() - 5)
        };
        assert_eq!(
            last(Lang::Zh),
            [
                "没有现成的答案，由语言模型根据知识写成，逐句核对过。",
                "问了语言模型 qwen3，没有用上：太慢。",
                "问了语言模型 qwen3（读 812、写 40 token）：七天内可退[1]。",
                "删去了 1 句：数字和出处不符。十五天内可退。",
                "今天的模型预算用完了，没有问语言模型。",
            ]
        );
        assert_eq!(last(Lang::En)[1], "Asked the model qwen3, to no avail: it took too long.");
        assert_eq!(last(Lang::En)[3], "Cut 1, with figures that the source does not hold: 十五天内可退。");
    }

    #[test]
    fn what_was_set_right_is_said_first() {
        let read =
            Trace { read_as: Some("怎么退货".into()), ..trace(Rung::Exact, "probably_right", 0.83) };
        let first = |lang| story(lang, &read, Timestamp::UNIX_EPOCH).sentences.swap_remove(0);
        assert_eq!(first(Lang::Zh), "照「怎么退货」理解。");
        assert_eq!(first(Lang::En), "Taken to mean “怎么退货”.");
    }

    #[test]
    fn what_was_said_before_is_part_of_the_story() {
        let follow =
            Trace { context: Some("退货 运费".into()), ..trace(Rung::Clarify, "equally_likely", 0.4) };
        let told = |lang| story(lang, &follow, Timestamp::UNIX_EPOCH).sentences;
        assert_eq!(told(Lang::Zh)[0], "当作「退货 运费」来查。");
        assert_eq!(told(Lang::En)[0], "It was searched as “退货 运费”.");
        assert!(told(Lang::Zh).contains(&"有两条差不多可能，所以只问一句，请顾客定。".to_owned()));
    }

    #[test]
    fn a_refusal_says_which_lines_were_missed() {
        let told = story(Lang::En, &trace(Rung::Refuse, "nothing_fits", 0.1), Timestamp::UNIX_EPOCH);
        assert!(told.sentences.contains(&"Answering takes 72% and offering 20%; it missed both.".to_owned()));
    }
}
