//! Texts are cut where they are written into the index, one after the other: thousands of entries that wait for it, taken
//! apart already, would take more memory than the index itself.

use language::{normal, segment};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::fields::letters;

/// The names of the ways of cutting.
pub(super) const WORDS: &str = "our-words";
pub(super) const LETTERS: &str = "our-letters";

/// From now on texts can be cut by these names.
pub(super) fn register(known: &TokenizerManager) {
    known.register(WORDS, Cut(segment::terms_of));
    known.register(LETTERS, Cut(letters));
}

/// How a text in its normal form is cut.
#[derive(Clone)]
struct Cut(fn(&str) -> Vec<String>);

/// The pieces that are left.
struct Pieces {
    rest: std::vec::IntoIter<String>,
    token: Token,
}

impl Tokenizer for Cut {
    type TokenStream<'a> = Pieces;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pieces {
        let pieces = (self.0)(&normal::normalise(text));
        // The first step is to be the first piece.
        Pieces { rest: pieces.into_iter(), token: Token { position: usize::MAX, ..Token::default() } }
    }
}

impl TokenStream for Pieces {
    fn advance(&mut self) -> bool {
        let Some(text) = self.rest.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text = text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
