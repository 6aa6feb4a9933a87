//! What was just said may answer what is asked next: 「那积分呢」 after an answer that speaks of points too.

use domain::Lang;

use crate::{beside::telling, follow, quote::sentences};

/// The sentences of an answer that say all that a follow-up adds to its topic; none where it adds nothing.
pub(crate) fn said_of(meant: &str, answer: &str, lang: Lang) -> Vec<String> {
    let wanted: Vec<String> = telling(&follow::about(meant, lang)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let says_it = |sentence: &String| {
        let said: Vec<String> = telling(sentence).collect();
        wanted.iter().all(|word| said.contains(word))
    };
    sentences(answer).into_iter().filter(says_it).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_of_what_was_said_is_found_in_it() {
        let answer =
            "请在“注销账户”里提交申请，15 天后生效。注销后积分和优惠券会清空，进行中的订单需先完成。";
        assert_eq!(
            said_of("那积分呢", answer, Lang::Zh),
            ["注销后积分和优惠券会清空，进行中的订单需先完成。"]
        );
        for other in ["那运费呢", "多久", "积分能换运费吗"] {
            assert_eq!(said_of(other, answer, Lang::Zh), [""; 0], "{other}");
        }
        let answer = "We refund within 3 days. If you paid by bank card, the bank takes 3–7 days more.";
        assert_eq!(said_of("and by bank card?", answer, Lang::En).len(), 1);
        assert_eq!(said_of("and by gift card?", answer, Lang::En), [""; 0]);
    }
}
