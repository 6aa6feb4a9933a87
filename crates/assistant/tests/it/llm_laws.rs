//! Laws of what comes from the line: any bytes in any pieces, always the same, never too much.

use assistant::llm::{Events, MOST_IN_LINE, Sentence, Splitter, Thoughts};
use proptest::{collection::vec, prelude::*};

/// Bytes as a server may send them, mostly sensible.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just(b"data: {\"choices\":[]}\n\n".to_vec()),
        Just("data:{\"a\":\"退货\"}\r\n\r\n".as_bytes().to_vec()),
        Just(b": ping\n\n".to_vec()),
        Just(b"event: x\rdata: [DONE]\r\r".to_vec()),
        Just(b"data: \xe9\x80".to_vec()),
        vec(any::<u8>(), 0..40),
    ];
    vec(line, 0..12).prop_map(|lines| lines.concat())
}

fn events(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut events = Events::default();
    let mut found: Vec<Vec<u8>> = pieces.iter().flat_map(|piece| events.feed(piece).unwrap()).collect();
    found.extend(events.end());
    found
}

/// The same cut at other places.
fn cut<'a>(whole: &'a [u8], at: &[usize]) -> Vec<&'a [u8]> {
    let mut at: Vec<usize> = at.iter().map(|at| at % (whole.len() + 1)).collect();
    at.extend([0, whole.len()]);
    at.sort_unstable();
    at.windows(2).map(|two| &whole[two[0]..two[1]]).collect()
}

fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("签收后 7 天内可以退货[1]。".to_owned()),
        Just("It costs 3.50, see No. 5 [2]. ".to_owned()),
        Just("<think>".to_owned()),
        Just("</think>".to_owned()),
        Just("[1".to_owned()),
        Just("\n".to_owned()),
        "\\PC{0,12}",
    ];
    vec(part, 0..10).prop_map(|parts| parts.concat())
}

fn letters<'a>(text: &'a str, at: &[usize]) -> Vec<&'a str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut at: Vec<usize> = at.iter().map(|at| ends[at % ends.len()]).collect();
    at.extend([0, text.len()]);
    at.sort_unstable();
    at.windows(2).map(|two| &text[two[0]..two[1]]).collect()
}

fn shown(pieces: &[&str]) -> String {
    let mut thoughts = Thoughts::default();
    let mut out = String::new();
    let mut take = |visible: assistant::llm::Visible| {
        if visible.before_was_thought {
            out.clear();
        }
        out.push_str(&visible.text);
    };
    for piece in pieces {
        take(thoughts.feed(piece));
    }
    take(thoughts.end());
    out
}

fn sentences(pieces: &[&str]) -> Vec<Sentence> {
    let mut splitter = Splitter::default();
    let mut found: Vec<Sentence> = pieces.iter().flat_map(|piece| splitter.feed(piece)).collect();
    found.extend(splitter.end());
    found
}

proptest! {
    #[test]
    fn events_are_the_same_however_the_bytes_are_cut(whole in bytes(), at in vec(any::<usize>(), 0..20)) {
        prop_assert_eq!(events(&cut(&whole, &at)), events(&[&whole]));
    }

    #[test]
    fn a_line_without_end_is_refused_and_not_kept(size in 1..64_usize) {
        let mut events = Events::default();
        let piece = vec![b'x'; size * 1024];
        let most = MOST_IN_LINE / piece.len() + 1;
        prop_assert!((0..=most).any(|_| events.feed(&piece).is_err()));
    }

    #[test]
    fn thoughts_are_the_same_however_the_words_are_cut(text in words(), at in vec(any::<usize>(), 0..20)) {
        prop_assert_eq!(shown(&letters(&text, &at)), shown(&[&text]));
    }

    #[test]
    fn no_word_is_lost_or_doubled_between_sentences(text in words(), at in vec(any::<usize>(), 0..20)) {
        let bare = |sentences: &[Sentence]| -> String {
            sentences.iter().flat_map(|one| one.text.chars()).filter(|letter| letter.is_alphabetic()).collect()
        };
        let (cut, whole) = (sentences(&letters(&text, &at)), sentences(&[&text]));
        prop_assert_eq!(bare(&cut), bare(&whole));
        prop_assert_eq!(cut.iter().map(|one| one.cites.len()).sum::<usize>(), whole.iter().map(|one| one.cites.len()).sum::<usize>());
    }
}
