//! A question on one product, asked of its kind: the knowledge speaks of wood where a customer says "walnut tea tray".

use domain::Lang;

use super::{
    context::{Context, named_in},
    material,
    rest::rest_of,
};
use crate::clause::{clauses, says};

/// The same question without the product's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct General {
    pub(crate) question: String,
    /// It says what the product is made of; else it says nothing of the product.
    pub(crate) names_kind: bool,
    /// The question as it was asked says nothing of the product: what was found for it says nothing either.
    pub(crate) leans: bool,
}

/// What stands before a name in English.
const BEFORE: [&str; 6] = ["the ", "my ", "your ", "this ", "a ", "an "];
/// More characters are a story.
const LONGEST: usize = 60;

/// The questions to be asked in place of one that names a product, the closest first, and what it is made of; none
/// where it names none.
pub(super) fn in_general(context: &Context<'_>, text: &str) -> Option<(u32, Vec<General>)> {
    general(context, text, context.thing_of(text)?)
}

/// The same for one question of a message: it may be about what another one names.
pub(super) fn part_in_general(context: &Context<'_>, part: &str, whole: &str) -> Option<(u32, Vec<General>)> {
    general(context, part, context.thing_of(part).or_else(|| context.thing_of(whole))?)
}

fn general(context: &Context<'_>, text: &str, at: u32) -> Option<(u32, Vec<General>)> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let product = context.stock.product(at)?;
    let kind = material::kind_of(product, context.lang);
    let bare = named_as(context, text, at);
    let leans = bare.is_none();
    let put = |word: &str| match &bare {
        Some((before, after)) => put_in(before, word, after, context.lang),
        None => put_for_it(text, word, context.lang),
    };
    let of_kind = kind.map(|kind| General { question: put(kind), names_kind: true, leans });
    let mut of_nothing = match bare {
        Some((before, after)) => vec![put(context.lang.pick("", "it")), left_out(before, after)],
        None => vec![text.to_owned()],
    };
    of_nothing.dedup();
    let of_nothing = of_nothing.into_iter().map(|question| General { question, names_kind: false, leans });
    Some((at, of_kind.into_iter().chain(of_nothing).collect()))
}

/// 「怎么保养」, "how do I clean it": what it is about was said elsewhere.
fn put_for_it(text: &str, word: &str, lang: Lang) -> String {
    const IT: [&str; 6] = ["它", "这个", "it", "them", "this", "these"];
    let low = text.to_lowercase();
    match IT.iter().find(|it| says(&low, it)) {
        Some(it) => format!(" {low} ").replacen(&pad(it), &pad(word), 1).trim().to_owned(),
        None => format!("{word}{}{text}", lang.pick("", " ")),
    }
}

/// Latin words stand between blanks.
fn pad(word: &str) -> String {
    if word.is_ascii() { format!(" {word} ") } else { word.to_owned() }
}

/// What stands before and after the words that name the product; `None` if none do.
fn named_as<'a>(context: &Context<'_>, text: &'a str, at: u32) -> Option<(&'a str, &'a str)> {
    let low = text.to_lowercase();
    if low.len() != text.len() {
        return None;
    }
    let split = |from: usize, to: usize| Some((text.get(..from)?, text.get(to..)?));
    for (said, places) in named_in(text, context) {
        let said = said.to_lowercase();
        if let Some(from) = low.find(&said).filter(|_| places.contains(&at)) {
            return split(from, from + said.len());
        }
    }
    let names = context.stock.goods.called.get(at as usize)?;
    let words = rest_of(&clauses(text).join(" , "));
    let held = words.iter().filter(|word| names.contains(word.as_str()));
    let spans: Vec<(usize, usize)> =
        held.filter_map(|word| low.find(word.as_str()).map(|from| (from, from + word.len()))).collect();
    let (from, to) = (spans.iter().map(|span| span.0).min()?, spans.iter().map(|span| span.1).max()?);
    // Stems end where words go on.
    let rest = text.get(to..)?;
    let more = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    split(from, to + more)
}

/// 「青釉茶壶打折吗」 without the thing, "a discount on the teapot" without what joins it.
fn left_out(before: &str, after: &str) -> String {
    const JOINS: [&str; 6] = [" on", " for", " of", " about", " with", " to"];
    let bare = without_end(without_end(before, &BEFORE).trim_end(), &JOINS);
    format!("{bare}{after}").trim().to_owned()
}

fn put_in(before: &str, word: &str, after: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{before}{word}{after}").trim().to_owned(),
        Lang::En => format!("{}{word}{after}", without_end(before, &BEFORE)),
    }
}

/// A text without the first of these words that it ends with, in whatever case.
fn without_end<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let low = text.to_ascii_lowercase();
    let end = ends.iter().find(|end| low.ends_with(*end)).map_or(0, |end| end.len());
    &text[..text.len() - end]
}
