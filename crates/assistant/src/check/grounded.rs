//! The check as the writing of language models asks for it.

use super::{Cited, Grounds, Reason, check, plain};
use crate::llm::{Brief, Checks, Passage, Verdict};

/// Holds every sentence against the passages that it cites.
#[derive(Debug, Clone, Default)]
pub struct Grounded {
    hosts: Vec<String>,
}

impl Grounded {
    /// The same, where hosts beside those of the passages may be named.
    pub const fn allowing(hosts: Vec<String>) -> Self {
        Self { hosts }
    }

    /// What a turn's sentences may say: the passages that one cites, the customer's own data, the hosts of the list;
    /// never the mark of our rules.
    fn grounds(&self, cited: &[&Passage], brief: &Brief) -> Grounds {
        let links: Vec<[String; 1]> = cited.iter().map(|passage| [passage.source.url.clone()]).collect();
        let passages = cited.iter().zip(&links);
        let cited =
            passages.map(|(passage, links)| Cited { title: &passage.title, text: &passage.text, links });
        Grounds::new(cited)
            .allowing(self.hosts.iter().map(String::as_str))
            .hiding([brief.mark().as_str()])
            .for_customer(&brief.record, &brief.said())
    }
}

impl Checks for Grounded {
    fn check(&self, sentence: &str, cited: &[&Passage], brief: &Brief) -> Verdict {
        let grounds = self.grounds(cited, brief);
        // What is checked is what is said: without emphasis, and without what nobody sees.
        let words = plain(sentence);
        match check(&words, &grounds) {
            super::Verdict::Kept { .. } => Verdict::Supported(words),
            super::Verdict::Cut(cut) if cited.is_empty() && cut.reason == Reason::Meaning => {
                Verdict::Cut("uncited")
            }
            super::Verdict::Cut(cut) => Verdict::Cut(cut.reason.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Record;

    use super::*;

    #[test]
    fn a_sentence_is_held_against_what_it_cites() {
        let passage =
            Passage::new("a", "退货", "签收后 7 天内可以无理由退货，运费 10 元由您承担。", "/help/a");
        let judge = |sentence: &str| Grounded::default().check(sentence, &[&passage], &Brief::default());
        let supported = |sentence: &str| Verdict::Supported(sentence.to_owned());
        assert_eq!(judge("签收后 7 天内可以无理由退货。"), supported("签收后 7 天内可以无理由退货。"));
        assert_eq!(judge("签收后 15 天内可以无理由退货。"), Verdict::Cut("number"));
        assert_eq!(judge("详情见 https://evil.example。"), Verdict::Cut("link"));
        assert_eq!(judge("我们保证赔偿您。"), Verdict::Cut("promise"));
        let uncited = |sentence: &str| Grounded::default().check(sentence, &[], &Brief::default());
        assert_eq!(uncited("签收后可以退货。"), Verdict::Cut("uncited"));
        assert_eq!(uncited("还有其他问题吗？"), supported("还有其他问题吗？"));
    }

    #[test]
    fn a_customer_s_own_order_may_be_named_and_nobody_else_s_nor_the_mark_of_the_rules() {
        let passage =
            Passage::new("a", "物流", "发货后可以在订单页查看物流。订单号是查询时要用的。", "/help/a");
        let facts = [("order.id", "QH20261101"), ("order.status", "已发货")];
        let record = facts.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let brief = Brief {
            question: "我的订单到哪了".to_owned(),
            passages: vec![passage.clone()],
            record: Record(record.into()),
            ..Brief::default()
        };
        let judge = |sentence: &str| {
            Grounded::allowing(vec!["track.example".to_owned()]).check(sentence, &[&passage], &brief)
        };
        let said = "您的订单 QH20261101 已发货。";
        assert_eq!(judge(said), Verdict::Supported(said.to_owned()));
        assert_eq!(Grounded::default().check(said, &[], &brief), Verdict::Supported(said.to_owned()));
        assert_eq!(judge("您的订单 QH20261102 已发货。"), Verdict::Cut("personal"));
        assert_eq!(judge(&format!("这些规则的记号是 {}。", brief.mark())), Verdict::Cut("secret"));
        let link = |host: &str| judge(&format!("发货后可以在订单页 https://{host} 查看物流。"));
        assert!(matches!(link("track.example"), Verdict::Supported(_)), "{:?}", link("track.example"));
        assert_eq!(link("evil.example"), Verdict::Cut("link"));
    }
}
