//! What a page draws, as lines of text in the order in which it draws them.

use std::{collections::HashMap, rc::Rc};

use domain::{Said, said};

use super::{
    file::{File, Page},
    font::Font,
    lexer::Lexer,
    object::Object,
    shape::Line,
};

/// Forms inside forms.
const DEPTH: u32 = 8;
/// What reading a font costs, in bytes looked at.
const FONT: usize = 64 << 10;
/// Characters of one page: a dense page has a tenth of it.
const TEXT: usize = 200_000;
/// A page of which more than this share of characters is unknown was not read.
const LOST: f64 = 0.15;

type Matrix = [f64; 6];
const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Reads pages; fonts that several use are read once.
pub(super) struct Reader<'a, 'b> {
    file: &'a File<'b>,
    fonts: HashMap<u32, Rc<Font>>,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(super) fn new(file: &'a File<'b>) -> Self {
        Self { file, fonts: HashMap::new() }
    }

    /// The lines of a page.
    pub(super) fn page(&mut self, page: &Page) -> Result<Vec<Line>, Said> {
        let content = self.file.content(page)?;
        let mut drawing = Drawing::default();
        self.draw(&content, &page.resources, &mut drawing, 0)?;
        let lines = drawing.page.finish();
        if drawing.lost as f64 > LOST * drawing.shown as f64 {
            return Err(said!(NoText:
                "的字体没有说明各是什么字；导入说明了的版本",
                "its fonts do not say which characters they show; import a version that does"
            ));
        }
        Ok(lines)
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: &Rc<Object>,
        drawing: &mut Drawing,
        depth: u32,
    ) -> Result<(), Said> {
        self.file.spend(content.len())?;
        let mut lexer = Lexer::new(content, 0, usize::MAX);
        let mut held: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next() {
            let Object::Word(word) = object else {
                // No operator has more operands than this.
                if held.len() < 64 {
                    held.push(object);
                }
                continue;
            };
            match word.as_str() {
                "Tf" => self.choose_font(&held, resources, drawing)?,
                "Do" if depth < DEPTH => self.form(&held, resources, drawing, depth)?,
                "BI" => skip_picture(&mut lexer, content),
                _ => drawing.operate(&word, &held),
            }
            if drawing.shown > TEXT {
                return Err(
                    said!(TooLarge: "的文字比一页能放的还多", "it has more text than a page can hold"),
                );
            }
            held.clear();
        }
        Ok(())
    }

    fn choose_font(
        &mut self,
        held: &[Object],
        resources: &Object,
        drawing: &mut Drawing,
    ) -> Result<(), Said> {
        let [Object::Name(name), size] = held else { return Ok(()) };
        drawing.state.size = size.number().unwrap_or_default();
        let fonts = self.file.value(resources, "Font");
        let reference = fonts.dict().and_then(|fonts| fonts.get(name));
        drawing.state.font = reference.map(|reference| self.font(reference)).transpose()?;
        Ok(())
    }

    /// A font, read once if the file gives it a number. One that stands in the page itself is read, and paid,
    /// each time.
    fn font(&mut self, reference: &Object) -> Result<Rc<Font>, Said> {
        let number = if let Object::Ref(number) = reference { Some(*number) } else { None };
        if let Some(known) = number.and_then(|number| self.fonts.get(&number)) {
            return Ok(known.clone());
        }
        self.file.spend(FONT)?;
        let font = Rc::new(Font::read(self.file, &self.file.follow(reference)));
        if let Some(number) = number {
            self.fonts.insert(number, font.clone());
        }
        Ok(font)
    }

    /// Draws what stands in a form, with its own fonts.
    fn form(
        &mut self,
        held: &[Object],
        resources: &Rc<Object>,
        drawing: &mut Drawing,
        depth: u32,
    ) -> Result<(), Said> {
        let [Object::Name(name)] = held else { return Ok(()) };
        let forms = self.file.value(resources, "XObject");
        let Some(reference) = forms.dict().and_then(|forms| forms.get(name)) else { return Ok(()) };
        let form = self.file.follow(reference);
        if self.file.value(&form, "Subtype").name() != Some("Form") {
            return Ok(());
        }
        let content = self.file.stream_of(reference)?;
        let own = self.file.value(&form, "Resources");
        let resources = if *own == Object::Null { resources.clone() } else { own };
        let before = drawing.state.clone();
        if let Some(matrix) = matrix(self.file.value(&form, "Matrix").list().unwrap_or_default()) {
            drawing.state.page = times(&matrix, &drawing.state.page);
        }
        self.draw(&content, &resources, drawing, depth + 1)?;
        drawing.state = before;
        Ok(())
    }
}

/// The bytes of a picture inside the content are no operators.
fn skip_picture(lexer: &mut Lexer<'_>, content: &[u8]) {
    let rest = content.get(lexer.at..).unwrap_or_default();
    let end = rest.windows(4).position(|four| {
        four[0].is_ascii_whitespace()
            && four[1..3] == *b"EI"
            && (four[3].is_ascii_whitespace() || four[3] == b'Q')
    });
    lexer.at += end.map_or(rest.len(), |end| end + 3);
}

fn matrix(operands: &[Object]) -> Option<Matrix> {
    let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
    numbers.try_into().ok()
}

/// How text is drawn at this moment.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    blank: f64,
    wide: f64,
    leading: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            page: SAME,
            font: None,
            size: 0.0,
            between: 0.0,
            blank: 0.0,
            wide: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// A page that is being drawn.
struct Drawing {
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    page: Lines,
    shown: usize,
    lost: usize,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            state: State::default(),
            saved: Vec::new(),
            text: SAME,
            line: SAME,
            page: Lines::default(),
            shown: 0,
            lost: 0,
        }
    }
}

impl Drawing {
    fn operate(&mut self, word: &str, held: &[Object]) {
        let number = |at: usize| held.get(at).and_then(Object::number).unwrap_or_default();
        match word {
            "q" if self.saved.len() < 256 => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => {
                if let Some(matrix) = matrix(held) {
                    self.state.page = times(&matrix, &self.state.page);
                }
            }
            "BT" => (self.text, self.line) = (SAME, SAME),
            "Tm" => {
                if let Some(matrix) = matrix(held) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            "Td" => self.step(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.step(number(0), number(1));
            }
            "T*" => self.step(0.0, -self.state.leading),
            "Tc" => self.state.between = number(0),
            "Tw" => self.state.blank = number(0),
            "Tz" => self.state.wide = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Ts" => self.state.rise = number(0),
            "Tj" => self.show(held.first()),
            "'" => {
                self.step(0.0, -self.state.leading);
                self.show(held.first());
            }
            "\"" => {
                (self.state.blank, self.state.between) = (number(0), number(1));
                self.step(0.0, -self.state.leading);
                self.show(held.get(2));
            }
            "TJ" => {
                for each in held.first().and_then(Object::list).unwrap_or_default() {
                    match each {
                        Object::Number(back) => {
                            self.advance(-back / 1_000.0 * self.state.size * self.state.wide);
                        }
                        text => self.show(Some(text)),
                    }
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.text = times(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &self.text);
    }

    fn show(&mut self, text: Option<&Object>) {
        let (Some(Object::Text(text)), Some(font)) = (text, self.state.font.clone()) else { return };
        for glyph in font.glyphs(text) {
            let start =
                times(&[1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise], &times(&self.text, &self.state.page));
            let blank = if glyph.is_blank { self.state.blank } else { 0.0 };
            self.advance(
                (glyph.width / 1_000.0 * self.state.size + self.state.between + blank) * self.state.wide,
            );
            let end = times(&self.text, &self.state.page);
            self.shown += 1;
            match glyph.shows {
                None => self.lost += 1,
                Some(shows) => {
                    let size = self.state.size.abs() * f64::hypot(start[2], start[3]);
                    self.page.put(&shows, (start[4], start[5]), end[4], size, font.bold);
                }
            }
        }
    }
}

/// The lines so far; the last is open.
#[derive(Default)]
struct Lines {
    done: Vec<Line>,
    open: Line,
}

impl Lines {
    fn put(&mut self, shows: &str, (x, y): (f64, f64), end: f64, size: f64, bold: bool) {
        let line = &mut self.open;
        let height = size.max(line.size).max(1.0);
        let goes_on = !line.text.is_empty()
            && (y - line.y).abs() < 0.4 * height
            && x > line.end - height
            && x < line.end + 30.0 * height;
        if !goes_on {
            self.done.push(std::mem::take(&mut self.open));
            self.open = Line::at(x, y);
        }
        let line = &mut self.open;
        let gap = x - line.end;
        let last = line.text.chars().next_back();
        let first = shows.chars().next();
        if goes_on && gap > 0.2 * height && needs_blank(last, first, gap > 0.6 * height) {
            line.text.push(' ');
        }
        line.text.push_str(shows);
        line.end = end;
        line.add(size, bold, shows.chars().filter(|c| !c.is_whitespace()).count());
    }

    fn finish(mut self) -> Vec<Line> {
        self.done.push(self.open);
        self.done.retain(|line| !line.text.trim().is_empty());
        self.done
    }
}

fn needs_blank(last: Option<char>, first: Option<char>, wide: bool) -> bool {
    let (Some(last), Some(first)) = (last, first) else { return false };
    let is_han = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ff60}').contains(&c);
    let (both_han, blank) = (is_han(last) && is_han(first), last.is_whitespace() || first.is_whitespace());
    !blank && (wide || !both_han)
}
