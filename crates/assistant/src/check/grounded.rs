//! The check as the writing of language models asks for it.

use super::{Cited, Grounds, Reason, check};
use crate::llm::{Checks, Passage, Verdict};

/// Holds every sentence against the passages that it cites.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grounded;

impl Checks for Grounded {
    fn check(&self, sentence: &str, cited: &[&Passage]) -> Verdict {
        let links: Vec<[String; 1]> = cited.iter().map(|passage| [passage.source.url.clone()]).collect();
        let passages = cited.iter().zip(&links);
        let grounds = Grounds::new(passages.map(|(passage, links)| Cited {
            title: &passage.title,
            text: &passage.text,
            links,
        }));
        match check(sentence, &grounds) {
            super::Verdict::Kept { .. } => Verdict::Supported,
            super::Verdict::Cut(cut) if cited.is_empty() && cut.reason == Reason::Meaning => {
                Verdict::Cut("uncited")
            }
            super::Verdict::Cut(cut) => Verdict::Cut(cut.reason.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_held_against_what_it_cites() {
        let passage =
            Passage::new("a", "退货", "签收后 7 天内可以无理由退货，运费 10 元由您承担。", "/help/a");
        let judge = |sentence: &str| Grounded.check(sentence, &[&passage]);
        assert_eq!(judge("签收后 7 天内可以无理由退货。"), Verdict::Supported);
        assert_eq!(judge("签收后 15 天内可以无理由退货。"), Verdict::Cut("number"));
        assert_eq!(judge("详情见 https://evil.example。"), Verdict::Cut("link"));
        assert_eq!(judge("我们保证赔偿您。"), Verdict::Cut("promise"));
        assert_eq!(Grounded.check("签收后可以退货。", &[]), Verdict::Cut("uncited"));
        assert_eq!(Grounded.check("还有其他问题吗？", &[]), Verdict::Supported);
    }
}
