//! What customers think: thumbs and ratings.

use domain::{AnswerId, ConversationId, Feedback, Rating, Reason, Thumb, said};

use crate::{ActError, Reception};

/// A comment's length, in characters.
const COMMENT: usize = 1_000;

impl Reception {
    pub(crate) async fn judge(
        &self,
        answer: AnswerId,
        thumb: Option<Thumb>,
        reason: Option<Reason>,
        comment: Option<String>,
    ) -> Result<(), ActError> {
        let feedback = Feedback { answer, thumb, reason, comment: short(comment), at: self.now() };
        self.store().put_feedback(&feedback).await?;
        Ok(())
    }

    pub(crate) async fn rate(
        &self,
        conversation: ConversationId,
        score: u8,
        comment: Option<String>,
    ) -> Result<(), ActError> {
        if !(1..=5).contains(&score) {
            return Err(ActError::Invalid(said!("评分写 1 到 5", "score must be between 1 and 5")));
        }
        let rating =
            Rating { conversation: conversation.clone(), score, comment: short(comment), at: self.now() };
        self.store().put_rating(&rating).await?;
        metrics::counter!("csat_score_sum").increment(u64::from(score));
        metrics::counter!("csat_score_count").increment(1);
        Ok(())
    }
}

fn short(comment: Option<String>) -> Option<String> {
    comment.map(|text| text.trim().chars().take(COMMENT).collect::<String>()).filter(|text| !text.is_empty())
}
