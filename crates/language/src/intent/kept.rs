//! What was learnt of intents, as bytes to be kept between runs.

use serde::{Deserialize, Serialize};

use super::{Core, Intents, Middles, Nearest, Reach, Sight, Trust, Tuned};
use crate::{bag::Vocabulary, embed::Embedder, linear::Linear};

/// What was kept by another version is told by this.
const FORM: &[u8; 4] = b"fdi4";

/// All but what ships: that is taken from the program that reads it again.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    names: Vec<String>,
    vocabulary: Vocabulary,
    reach: Reach,
    linear: Linear,
    linear_share: f32,
    /// Read where it stands: most of all that is kept, and what is held twice is not given back soon.
    #[serde(borrow)]
    tuned: &'a [u8],
    middles: Middles,
    nearest: Nearest,
    trust: Trust,
}

impl Intents {
    /// To be kept; [`Intents::from_bytes`] reads it again. `None` of intents that a plugged model helps to tell apart.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let Core { names, sight, linear, linear_share, tuned, nearest, plugged: _ } = &self.core;
        let tuned_pieces = tuned.embedder.own_bytes();
        let kept = Kept {
            names: names.clone(),
            vocabulary: sight.vocabulary.clone(),
            reach: sight.reach.clone(),
            linear: linear.clone(),
            linear_share: *linear_share,
            tuned: &tuned_pieces,
            middles: tuned.middles.clone(),
            nearest: nearest.clone(),
            trust: self.trust.clone(),
        };
        sight.sentences.is_none().then(|| postcard::to_extend(&kept, FORM.to_vec()).ok()).flatten()
    }

    /// Reads what was kept, learnt on top of `base`; `None` of anything else.
    pub fn from_bytes(base: &Embedder, bytes: &[u8]) -> Option<Self> {
        let kept: Kept<'_> = postcard::from_bytes(bytes.strip_prefix(FORM)?).ok()?;
        let Kept { names, vocabulary, reach, linear, linear_share, tuned, middles, nearest, trust } = kept;
        let tuned = Tuned { embedder: base.with_own_bytes(tuned).ok()?, middles };
        let sight = Sight { vocabulary, base: base.clone(), reach, sentences: None };
        let fits = linear.fits(names.len(), sight.features(0))
            && sight.reach.fits(base.dim())
            && tuned.middles.fit(names.len(), base.dim())
            && nearest.fit(names.len(), base.dim());
        let core = Core { names, sight, linear, linear_share, tuned, nearest, plugged: Middles::default() };
        fits.then_some(Self { core, trust })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        embed,
        intent::Intents,
        train::intent::{Example, Settings, train},
    };

    #[test]
    fn what_was_kept_guesses_as_before_and_what_is_damaged_is_refused() {
        let ways = [
            ("return", "想退这个碗"),
            ("return", "send it back"),
            ("invoice", "开发票"),
            ("invoice", "an invoice please"),
        ];
        let examples: Vec<Example> = ways
            .iter()
            .map(|&(intent, text)| Example { intent: intent.to_owned(), text: text.to_owned() })
            .collect();
        let learnt = train(&embed::shipped(), &examples, &Settings::default());
        let kept = learnt.to_bytes().expect("no plugged model helped");
        let again = Intents::from_bytes(&embed::shipped(), &kept).expect("it was just kept");
        for text in ["我要发票", "how to send it back", "🙂"] {
            assert_eq!(again.guess(text), learnt.guess(text));
        }
        for short in [0, 1, kept.len() / 2, kept.len() - 1] {
            assert!(Intents::from_bytes(&embed::shipped(), &kept[..short]).is_none(), "{short} bytes");
        }
    }
}
