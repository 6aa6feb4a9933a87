//! A PDF file: its objects, wherever they stand, and its pages.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
};

use domain::{Said, said};

use super::{
    filter,
    lexer::{Lexer, is_space},
    object::{Dict, Object},
};

/// Bytes that may be looked at and unpacked, all together.
const WORK: u64 = 512 << 20;
/// Bytes of one stream, unpacked.
const STREAM: usize = 32 << 20;
/// Objects that may be made of the file.
const OBJECTS: usize = 3_000_000;

/// Where an object stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// At this byte of the file.
    At(usize),
    /// In this stream of objects, at this byte.
    In(usize, usize),
}

pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    trailer: Dict,
    known: RefCell<HashMap<u32, Rc<Object>>>,
    work: Cell<u64>,
    objects: Cell<usize>,
}

/// A page: its dictionary and the fonts and forms it uses.
pub(super) struct Page {
    dict: Rc<Object>,
    pub(super) resources: Rc<Object>,
}

/// Pages with their numbers, and those that cannot be found.
pub(super) type Pages = (Vec<(u64, Page)>, Vec<(u64, Said)>);

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Said> {
        if find(&bytes[..bytes.len().min(1_024)], b"%PDF-", 0).is_none() {
            return Err(said!(Damaged: "不是 PDF", "not a PDF"));
        }
        let mut file = Self {
            bytes,
            places: HashMap::new(),
            packed: Vec::new(),
            trailer: Dict::new(),
            known: RefCell::default(),
            work: Cell::new(WORK),
            objects: Cell::new(OBJECTS),
        };
        file.scan();
        file.trailers()?;
        if file.trailer.contains_key("Encrypt") {
            return Err(said!(Encrypted:
                "有密码；去掉密码保存后再导入",
                "encrypted: save it without a password and import it again"
            ));
        }
        Ok(file)
    }

    /// Takes from the budget.
    pub(super) fn spend(&self, amount: usize) -> Result<(), Said> {
        let left = self.work.get().checked_sub(amount as u64);
        self.work.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(
            || said!(TooLarge: "没有读：文档太大；把它拆开", "not read: the document is too large; split it"),
        )
    }

    /// Finds every `12 0 obj`, in order: a later one replaces an earlier one.
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(found) = find(self.bytes, b"obj", at) {
            at = found + 3;
            let Some(number) = number_before(self.bytes, found) else { continue };
            self.places.insert(number, Place::At(at));
            let head = &self.bytes[at..self.bytes.len().min(at + 1_024)];
            let head = &head[..find(head, b"stream", 0).unwrap_or(head.len())];
            if find(head, b"/ObjStm", 0).is_some() {
                self.unpack(at);
            } else if find(head, b"/XRef", 0).is_some() {
                self.remember(at);
            }
        }
    }

    /// The objects inside a stream of objects. One that is damaged loses its objects, and the pages that need them.
    fn unpack(&mut self, at: usize) {
        let Object::Dict(dict) = self.parse(self.bytes, at) else { return };
        let Ok(bytes) = self.stream(&dict, at) else { return };
        let first = dict.get("First").and_then(Object::number).unwrap_or_default() as usize;
        let count = dict.get("N").and_then(Object::number).unwrap_or_default() as usize;
        let mut head = Lexer::new(&bytes, 0, 2 * count.min(100_000));
        let mut found = Vec::new();
        while let (Some(Object::Number(number)), Some(Object::Number(offset))) = (head.next(), head.next()) {
            found.push((number as u32, Place::In(self.packed.len(), first.saturating_add(offset as usize))));
        }
        self.places.extend(found);
        self.packed.push(bytes);
    }

    fn remember(&mut self, at: usize) {
        if let Object::Dict(dict) = self.parse(self.bytes, at) {
            let kept = ["Root", "Encrypt", "Info"];
            self.trailer.extend(dict.into_iter().filter(|(name, _)| kept.contains(&name.as_str())));
        }
    }

    fn trailers(&mut self) -> Result<(), Said> {
        let mut at = 0;
        while let Some(found) = find(self.bytes, b"trailer", at) {
            at = found + 7;
            self.remember(at);
        }
        self.spend(self.bytes.len())
    }

    fn parse(&self, bytes: &[u8], at: usize) -> Object {
        let mut lexer = Lexer::new(bytes, at, self.objects.get());
        let object = lexer.next().unwrap_or(Object::Null);
        self.objects.set(lexer.left);
        object
    }

    /// An object by its number; `Null` if it is not there.
    fn get(&self, number: u32) -> Rc<Object> {
        if let Some(known) = self.known.borrow().get(&number) {
            return known.clone();
        }
        let object = match self.places.get(&number) {
            Some(&Place::At(at)) => self.parse(self.bytes, at),
            Some(&Place::In(stream, at)) => {
                self.packed.get(stream).map_or(Object::Null, |bytes| self.parse(bytes, at))
            }
            None => Object::Null,
        };
        let object = Rc::new(object);
        self.known.borrow_mut().insert(number, object.clone());
        object
    }

    /// What an object stands for.
    pub(super) fn follow(&self, object: &Object) -> Rc<Object> {
        let mut number = match object {
            Object::Ref(number) => *number,
            other => return Rc::new(other.clone()),
        };
        for _ in 0..16 {
            let found = self.get(number);
            match &*found {
                Object::Ref(next) => number = *next,
                _ => return found,
            }
        }
        Rc::new(Object::Null)
    }

    /// The value of a key, followed.
    pub(super) fn value(&self, object: &Object, key: &str) -> Rc<Object> {
        object
            .dict()
            .and_then(|dict| dict.get(key))
            .map_or_else(|| Rc::new(Object::Null), |value| self.follow(value))
    }

    /// The unpacked stream behind a reference.
    pub(super) fn stream_of(&self, reference: &Object) -> Result<Vec<u8>, Said> {
        let Object::Ref(number) = reference else { return Err(missing()) };
        let Some(&Place::At(at)) = self.places.get(number) else { return Err(missing()) };
        let object = self.get(*number);
        self.stream(object.dict().ok_or_else(missing)?, at)
    }

    /// The stream that follows the dictionary at this place.
    fn stream(&self, dict: &Dict, at: usize) -> Result<Vec<u8>, Said> {
        let mut lexer = Lexer::new(self.bytes, at, 100_000);
        lexer.next();
        lexer.skip_space();
        let keyword = lexer.at;
        let mut start = keyword + b"stream".len();
        if self.bytes.get(keyword..start) != Some(b"stream") {
            return Err(missing());
        }
        start += usize::from(self.bytes.get(start) == Some(&b'\r'));
        start += usize::from(self.bytes.get(start) == Some(&b'\n'));
        let length =
            dict.get("Length").and_then(|length| self.follow(length).number()).unwrap_or_default() as usize;
        let end = start.saturating_add(length);
        let says_true = self.bytes.get(end..).is_some_and(|rest| {
            let skipped = rest.iter().take(4).take_while(|&&byte| is_space(byte)).count();
            rest[skipped..].starts_with(b"endstream")
        });
        let end = if says_true { end } else { self.end_of_stream(start)? };
        // Paid before it is copied: many streams may claim the same bytes.
        self.spend(end.saturating_sub(at))?;
        let mut bytes = self.bytes.get(start..end).ok_or_else(missing)?.to_vec();
        for (filter, columns) in self.filters(dict) {
            bytes = filter::undo(&filter, &bytes, STREAM)?;
            self.spend(bytes.len())?;
            if let Some(columns) = columns {
                bytes = filter::unpredicted(&bytes, columns);
            }
        }
        Ok(bytes)
    }

    fn end_of_stream(&self, start: usize) -> Result<usize, Said> {
        let end = find(self.bytes, b"endstream", start).unwrap_or(self.bytes.len());
        self.spend(end - start)?;
        Ok(end)
    }

    /// The filters of a stream, and the width of its rows where differences were stored.
    fn filters(&self, dict: &Dict) -> Vec<(String, Option<usize>)> {
        let many = |key: &str, short: &str| {
            let value = dict.get(key).or_else(|| dict.get(short)).map(|value| self.follow(value));
            match value.as_deref() {
                None | Some(Object::Null) => Vec::new(),
                Some(Object::List(list)) => list.iter().take(8).map(|each| self.follow(each)).collect(),
                Some(one) => vec![Rc::new(one.clone())],
            }
        };
        let options = many("DecodeParms", "DP");
        let columns = |at: usize| {
            let options = options.get(at)?;
            let number = |key| self.value(options, key).number();
            (number("Predictor")? >= 10.0)
                .then(|| number("Columns").unwrap_or(1.0).clamp(1.0, 65_536.0) as usize)
        };
        let filters = many("Filter", "F").into_iter().enumerate();
        filters.filter_map(|(at, filter)| Some((filter.name()?.to_owned(), columns(at)))).collect()
    }

    /// The pages in their order.
    pub(super) fn pages(&self, most: usize) -> Result<Pages, Said> {
        let root = self.trailer.get("Root").map_or_else(|| Rc::new(Object::Null), |root| self.follow(root));
        let root = if root.dict().is_some_and(|root| root.contains_key("Pages")) {
            Some(root)
        } else {
            self.catalogue()
        };
        let root = root.ok_or_else(|| {
            said!(Damaged:
                "已损坏：没有页的目录；重新打印成 PDF",
                "damaged: it has no table of pages; print it to a new PDF"
            )
        })?;
        let top = root.dict().and_then(|root| root.get("Pages")).cloned().unwrap_or(Object::Null);
        let mut walk =
            Walk { file: self, most, seen: HashSet::new(), pages: (Vec::new(), Vec::new()), count: 0 };
        walk.node(&top, &Rc::new(Object::Null), 0);
        if walk.count == 0 {
            return Err(said!(NoText: "一页也没有", "it has no pages"));
        }
        Ok(walk.pages)
    }

    /// The catalogue, looked for among all objects, when the trailer is broken.
    fn catalogue(&self) -> Option<Rc<Object>> {
        let mut numbers: Vec<u32> = self.places.keys().copied().collect();
        numbers.sort_unstable();
        let is_catalogue = |object: &Rc<Object>| object.dict().is_some_and(|dict| dict.contains_key("Pages"));
        numbers.into_iter().map(|number| self.get(number)).find(is_catalogue)
    }

    /// The unpacked content of a page.
    pub(super) fn content(&self, page: &Page) -> Result<Vec<u8>, Said> {
        let Some(contents) = page.dict.dict().and_then(|dict| dict.get("Contents")) else {
            return Ok(Vec::new());
        };
        let parts = match &*self.follow(contents) {
            Object::List(list) => list.clone(),
            _ => vec![contents.clone()],
        };
        let mut content = Vec::new();
        for part in parts {
            content.extend(self.stream_of(&part)?);
            content.push(b'\n');
            self.spend(content.len() / 16)?;
        }
        Ok(content)
    }

    /// What the document calls itself.
    pub(super) fn title(&self) -> Option<String> {
        let info = self.follow(self.trailer.get("Info")?);
        let Object::Text(title) = &*self.value(&info, "Title") else { return None };
        let title = match title.strip_prefix(b"\xfe\xff") {
            Some(wide) => encoding_rs::UTF_16BE.decode_without_bom_handling(wide).0.into_owned(),
            None => String::from_utf8_lossy(title).into_owned(),
        };
        // Programs write the name of a file there, or of themselves.
        let is_file = [".doc", ".docx", ".pdf", ".indd", ".xlsx", ".ppt", ".pptx"]
            .iter()
            .any(|end| title.to_lowercase().ends_with(end));
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        (!is_file && !title.starts_with("Microsoft ") && !title.trim().is_empty())
            .then(|| title.trim().to_owned())
    }
}

/// A walk through the tree of pages.
struct Walk<'a, 'b> {
    file: &'a File<'b>,
    most: usize,
    seen: HashSet<u32>,
    pages: Pages,
    count: u64,
}

impl Walk<'_, '_> {
    fn node(&mut self, reference: &Object, inherited: &Rc<Object>, depth: u32) {
        if self.count as usize >= self.most || depth > 48 {
            return;
        }
        if let Object::Ref(number) = reference
            && !self.seen.insert(*number)
        {
            return;
        }
        let node = self.file.follow(reference);
        let own = self.file.value(&node, "Resources");
        let resources = if *own == Object::Null { inherited.clone() } else { own };
        let kids = self.file.value(&node, "Kids");
        if let Some(kids) = kids.list() {
            for kid in kids {
                self.node(kid, &resources, depth + 1);
            }
            return;
        }
        self.count += 1;
        if node.dict().is_some() {
            self.pages.0.push((self.count, Page { dict: node, resources }));
        } else {
            self.pages.1.push((self.count, said!(Damaged: "不在文件里", "is missing from the file")));
        }
        if self.count as usize == self.most {
            let problem =
                said!(Cut: "起没有读；把文档拆开", "and the pages after it: not read; split the document");
            self.pages.1.push((self.count + 1, problem));
        }
    }
}

fn missing() -> Said {
    said!(Damaged: "的内容缺失", "its content is missing")
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

/// The number of the object whose `obj` stands at this place.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let head = &bytes[at.saturating_sub(40)..at];
    let digits = |bytes: &[u8]| bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let generation = head.trim_ascii_end();
    let rest = &generation[..generation.len() - digits(generation)];
    let number = rest.trim_ascii_end();
    if number.len() == rest.len() || rest.len() == generation.len() {
        return None;
    }
    std::str::from_utf8(&number[number.len() - digits(number)..]).ok()?.parse().ok()
}
