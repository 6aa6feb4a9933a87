//! Markdown: one file is one article, described by the YAML between its first two `---` lines.

use std::path::Path;

use domain::{EntryText, Kind, Lang, category, said};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{
    basket::Basket,
    bytes::Place,
    columns::Field,
    draft::{self, Fault, Row},
    encoding, fold,
    front_matter::{self, FrontMatter},
    picture::Album,
};

/// Reads an article.
pub(super) fn read(path: &Path, bytes: &[u8], basket: &mut Basket) {
    read_placed(path, bytes, basket, |text, _| text);
}

/// The same for a member of an archive, which shows the archive's pictures.
pub(super) fn read_member(path: &Path, member: &str, bytes: &[u8], album: &Album, basket: &mut Basket) {
    read_placed(path, bytes, basket, |text, basket| {
        let (placed, missing) = album.place(member, &text);
        for picture in missing {
            let problem = said!(Picture:
                "用到的 {picture} 不在压缩包里；只留下图片的文字说明",
                "shows {picture}, which the archive lacks; its description stands instead"
            );
            basket.reject(&Place::top(path), Some("image".to_owned()), problem);
        }
        placed
    });
}

fn read_placed(
    path: &Path,
    bytes: &[u8],
    basket: &mut Basket,
    place: impl FnOnce(String, &mut Basket) -> String,
) {
    let top = Place::top(path);
    let (bytes, charset) = encoding::detect(bytes);
    let Some(text) = charset.text(&bytes) else {
        return basket.reject(&top, None, charset.broken());
    };
    let text = place(draft::clean(text.into_owned()), basket);
    match front_matter::split(&text) {
        Ok((front, body)) => basket.put(&top, article(path, front, body)),
        Err((line, problem)) => basket.reject(&top.at(line), Some("front matter".to_owned()), problem),
    }
}

fn article(path: &Path, front: FrontMatter, body: &str) -> Result<Row, Fault> {
    let (name, suffix) = name_and_language(path);
    let mut row = Row { kind: Kind::Article, tags: front.tags, ..Row::default() };
    row.set(Field::Category, category::tidy(&front.category))?;
    row.set(Field::UpdatedAt, front.updated_at)?;
    row.set(Field::Id, if front.id.is_empty() { fold::slug(&name) } else { front.id })?;
    let heading = first_heading(body);
    let title = match &heading {
        _ if !front.title.is_empty() => front.title,
        Some((title, _)) => title.clone(),
        None => name,
    };
    // The title is shown above the article: it need not be there twice.
    let body = match heading {
        Some((repeated, rest)) if repeated == title => rest,
        _ => body,
    };
    let answer = body.trim().to_owned();
    if answer.is_empty() {
        return Err(Fault::new("answer", said!(NoText: "文章没有正文", "the article has no text")));
    }
    let lang = if front.locale.is_empty() {
        suffix.unwrap_or_else(|| fold::language([title.as_str(), answer.as_str()]))
    } else {
        let locale = &front.locale;
        let unknown =
            || Fault::new("locale", said!(BadValue: "“{locale}”不是 zh 或 en", "`{locale}` is not zh or en"));
        fold::language_named(&front.locale).ok_or_else(unknown)?
    };
    row.texts.push((lang, EntryText { title, phrasings: Vec::new(), answer }));
    row.check()
}

/// `returns.en.md` is the English text of `returns`.
pub(super) fn name_and_language(path: &Path) -> (String, Option<Lang>) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    match name.rsplit_once('.') {
        Some((stem, tag)) if Lang::from_tag(tag).is_some() => (stem.to_owned(), Lang::from_tag(tag)),
        _ => (name.into_owned(), None),
    }
}

/// The text of the first heading of the first level.
pub(super) fn heading(body: &str) -> Option<String> {
    first_heading(body).map(|(title, _)| title)
}

/// The first heading of the first level, and the text after it if nothing stands before it.
fn first_heading(body: &str) -> Option<(String, &str)> {
    let (mut title, mut inside) = (String::new(), false);
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => inside = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if inside => {
                let title = title.trim().to_owned();
                let starts = body.get(..range.start).is_some_and(|before| before.trim().is_empty());
                let rest = if starts { body.get(range.end..).unwrap_or(body) } else { body };
                return (!title.is_empty()).then_some((title, rest));
            }
            Event::Text(text) | Event::Code(text) if inside => title.push_str(&text),
            Event::SoftBreak | Event::HardBreak if inside => title.push(' '),
            _ => {}
        }
    }
    None
}
