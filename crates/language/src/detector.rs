//! A yes or no about a text, with how sure that is. Several in one file make a model that ships.

use crate::{
    intent::sigmoid,
    linear::{Classifier, NotAClassifier, number, take},
    tone::Tone,
};

/// How much meaning weighs beside words and letters. From reviews of one trade read in another.
pub(crate) const MEANING: f32 = 0.7;

/// Knows one thing about texts. Made by [`crate::train::detector`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Detector {
    pub(crate) classifier: Classifier,
    /// What the directions of meaning weigh; empty where meaning says nothing.
    pub(crate) along: Vec<f32>,
    /// What a score is worth: slope and start of a logistic curve.
    pub(crate) trust: [f32; 2],
    /// From this probability on it is believed.
    pub(crate) line: f32,
}

impl Detector {
    /// The probability that it is so.
    pub(crate) fn probability(&self, tone: &Tone) -> f32 {
        sigmoid(self.trust[0] * self.score(tone) + self.trust[1])
    }

    pub(crate) fn score(&self, tone: &Tone) -> f32 {
        let words = self.classifier.scores_of(&tone.names).first().copied().unwrap_or_default();
        let meaning = if self.along.is_empty() { None } else { tone.meaning() };
        words + meaning.map_or(0.0, |meaning| meaning.along(&self.along))
    }
}

/// The detectors of a file, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Detectors(pub(crate) Vec<(String, Detector)>);

impl Detectors {
    /// The detector of this name; one that knows nothing where there is none.
    pub(crate) fn take(&mut self, name: &str) -> Detector {
        let at = self.0.iter().position(|(known, _)| known == name);
        at.map(|at| self.0.swap_remove(at).1).unwrap_or_default()
    }

    /// For each its name, curve and line, then its classifier, with their lengths before them.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, detector) in &self.0 {
            let (classifier, along) = (detector.classifier.to_bytes(), &detector.along);
            bytes.extend((name.len() as u32).to_le_bytes());
            bytes.extend(name.as_bytes());
            let [slope, start] = detector.trust;
            bytes.extend([slope, start, detector.line].iter().flat_map(|number| number.to_le_bytes()));
            bytes.extend((along.len() as u32).to_le_bytes());
            bytes.extend(along.iter().flat_map(|number| number.to_le_bytes()));
            bytes.extend((classifier.len() as u32).to_le_bytes());
            bytes.extend(classifier);
        }
        bytes
    }

    /// Reads such a file.
    pub(crate) fn from_bytes(mut rest: &'static [u8]) -> Result<Self, NotAClassifier> {
        let mut all = Vec::new();
        while !rest.is_empty() {
            let length = number(&mut rest)? as usize;
            let name = std::str::from_utf8(take(&mut rest, length)?).map_err(|_| NotAClassifier)?;
            let mut real = || Ok(f32::from_bits(number(&mut rest)?));
            let (trust, line) = ([real()?, real()?], real()?);
            let parts = number(&mut rest)? as usize;
            let parts = take(&mut rest, parts.checked_mul(4).ok_or(NotAClassifier)?)?;
            let along =
                parts.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
            let along = along.collect();
            let length = number(&mut rest)? as usize;
            let classifier = Classifier::from_bytes(take(&mut rest, length)?)?;
            all.push((name.to_owned(), Detector { classifier, along, trust, line }));
        }
        Ok(Self(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        linear::Linear,
        tone::hear,
        train::detector::{How, Row, detector},
    };

    fn one() -> Detectors {
        let rows: Vec<Row> = [("太好了", true), ("love it", true), ("太差了", false), ("awful", false)]
            .into_iter()
            .map(|(text, is)| Row { text: text.to_owned(), is, count: 1.0, usual: true })
            .collect();
        let mut how = How::default();
        how.learn.least = 1;
        Detectors(vec![("good".to_owned(), detector(&rows, &how))])
    }

    #[test]
    fn detectors_survive_their_file_and_the_same_rows_give_the_same_bytes() {
        let bytes: &'static [u8] = one().to_bytes().leak();
        let again = Detectors::from_bytes(bytes).unwrap().take("good");
        let tone = hear("love it 太好了");
        assert!((again.probability(&tone) - one().take("good").probability(&tone)).abs() < 1e-6);
        assert_eq!(one().to_bytes(), bytes);
    }

    #[test]
    fn a_damaged_file_is_refused_and_an_unknown_name_knows_nothing() {
        let whole: &'static [u8] = one().to_bytes().leak();
        assert!((1..whole.len()).all(|short| Detectors::from_bytes(&whole[..short]).is_err()));
        let nobody = one().take("nobody");
        assert!((nobody.probability(&hear("love it")) - 0.5).abs() < 1e-6);
        assert_eq!(Linear::default().classes, 0);
    }
}
