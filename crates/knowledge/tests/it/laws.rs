//! Laws of the import: it never panics, and what goes out comes in again.

use std::collections::BTreeMap;

use domain::{Audience, Entry, EntryText, Kind, Lang, Timestamp, Validity};
use knowledge::export;
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::read_bytes;

/// Text as the store may hold it: anything but control characters.
fn text() -> impl Strategy<Value = String> {
    "[^\\p{Cc}]{0,12}|[ \n\t'=+@|；,\"怎么退货é-]{0,12}"
}

fn title() -> impl Strategy<Value = String> {
    (text(), "[a-z退货]").prop_map(|(text, letter)| text + &letter)
}

/// Text as a cell may hold it: trimmed, and not empty.
fn cell() -> impl Strategy<Value = String> {
    "['=+@-]{0,3}[a-z退货|；,;\" '-]{0,8}[a-z货]".prop_map(|text| text.trim().to_owned())
}

fn entry_text(
    title: impl Strategy<Value = String>,
    phrasing: impl Strategy<Value = String>,
    answer: impl Strategy<Value = String>,
) -> impl Strategy<Value = EntryText> {
    (title, vec(phrasing, 0..4), answer).prop_map(|(title, phrasings, answer)| EntryText {
        title,
        phrasings,
        answer,
    })
}

fn entries(
    label: impl Strategy<Value = String> + Clone,
    text: impl Strategy<Value = EntryText> + Clone,
) -> impl Strategy<Value = Vec<Entry>> {
    let texts = (option::of(text.clone()), text).prop_map(|(zh, en)| {
        let zh = zh.map(|zh| (Lang::Zh, zh));
        zh.into_iter().chain([(Lang::En, en)]).collect::<BTreeMap<_, _>>()
    });
    let entry = (
        select(vec![Kind::Answer, Kind::Article]),
        label.clone(),
        vec(label.clone(), 0..4),
        texts,
        label,
        0_i64..2_000_000_000_000_000,
    )
        .prop_map(|(kind, category, tags, texts, source, at)| Entry {
            id: "".into(),
            kind,
            category,
            tags,
            texts: texts.into_iter().collect(),
            audience: Audience {
                plans: some(at, 2, "pro"),
                regions: some(at, 3, "CN-GD"),
                ..Audience::default()
            },
            valid: Validity { from: (at % 5 == 0).then(|| time(at)), until: (at % 7 == 0).then(|| time(at)) },
            owner: some(at, 11, "客服组").concat(),
            source,
            updated_at: time(at),
        });
    vec(entry, 0..6).prop_map(|mut entries| {
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.id = format!("id/{number}").into();
        }
        entries
    })
}

fn time(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or_default()
}

/// Now and then a name.
fn some(at: i64, every: i64, name: &str) -> Vec<String> {
    (at % every == 0).then(|| name.to_owned()).into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// JSON lines are exact: what was exported is imported.
    #[test]
    fn export_and_import_are_inverse(
        entries in entries(text().boxed(), entry_text(title(), text(), text()).boxed())
    ) {
        let mut file = Vec::new();
        export::jsonl(&entries, &mut file).expect("writes");
        let harvest = read_bytes("out.jsonl", &file);
        prop_assert_eq!(&harvest.rejected, &vec![]);
        prop_assert_eq!(&harvest.duplicates, &vec![]);
        prop_assert_eq!(harvest.entries, entries);
    }

    /// A table of trimmed texts comes back the same, and no cell of it is a formula.
    #[test]
    fn a_table_comes_back(entries in entries(cell().boxed(), entry_text(cell(), cell(), cell()).boxed())) {
        let entries: Vec<Entry> = entries.into_iter().map(without_repeats).collect();
        let mut file = Vec::new();
        export::csv(&entries, &mut file).expect("writes");
        let mut table = csv::Reader::from_reader(&file[3..]);
        for record in table.records() {
            prop_assert!(record.expect("reads").iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
        }
        let harvest = read_bytes("out.csv", &file);
        prop_assert_eq!(&harvest.rejected, &vec![]);
        prop_assert_eq!(harvest.entries, entries);
    }

    /// Whatever the bytes, the import ends and says something.
    #[test]
    fn any_bytes_are_survived(
        bytes in vec(any::<u8>(), 0..400),
        start in select(vec!["", "question,answer\n", "---\n", "{\"question\":", "问题;答案\n", "\u{feff}a\tq\n"]),
        name in select(vec![
            "x.csv", "x.tsv", "x.jsonl", "x.jsonl.gz", "x.md", "x.xlsx", "x.html", "x.pdf", "x.docx", "x.txt", "x.zip",
        ]),
    ) {
        read_bytes(name, &[start.as_bytes(), &bytes].concat());
    }

    /// The same for a workbook with some of its bytes changed.
    #[test]
    fn damaged_workbooks_are_survived(changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = std::fs::read(crate::fixture("maxkb.xlsx")).expect("reads");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_bytes("x.xlsx", &bytes);
    }

    /// The same for documents and archives: bytes changed, cut out, and doubled.
    #[test]
    fn damaged_documents_are_survived(
        which in 0_usize..4,
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..3), 1..24),
    ) {
        let (name, mut bytes) = document(which);
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len() - 1).max(at))),
                _ => {
                    let again = bytes[at..(at + usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, again);
                }
            }
        }
        read_bytes(name, &bytes);
    }

    /// And for what PDF, HTML and XML are made of, in any order.
    #[test]
    fn any_syntax_is_survived(
        pdf in "(1 0 obj|2 0 obj|endobj|<<|>>|\\[|\\]|/Kids|/Pages|/Type|/Page|/Contents|/Length 5|stream|endstream|trailer|/Root| 1 0 R| 2 0 R|\\(|\\)|<0|>|BT|Tj|Tf|/F1|-9{0,30}|q|Q|BI|ID|
| ){0,80}",
        html in "(<table>|</table>|<tr>|<td>|<th>|<li>|<ul>|</ul>|<h1>|</h1>|<nav>|</nav>|<main>|</main>|<pre>|</pre>|<script>|<!--|&#x|;|退货|a | ){0,80}",
        xml in "(<w:p>|</w:p>|<w:t>|</w:t>|<w:tbl>|</w:tbl>|<w:tr>|<w:tc>|</w:tc>|&#0;|&x;|<!\\[CDATA\\[|\\]\\]>|<mc:Fallback>|a){0,60}",
    ) {
        read_bytes("x.pdf", format!("%PDF-1.7
{pdf}").as_bytes());
        read_bytes("x.html", html.as_bytes());
        read_bytes("x.docx", &crate::documents::word(&xml));
        let _ = knowledge::import::sitemap::sitemap(xml.as_bytes());
    }

    /// And for text made of what formats are made of.
    #[test]
    fn any_punctuation_is_survived(
        text in "([\"',;:\t\n\r#|\\[\\]{}&*!%@`?-]|question|answer|问|a: |---\n){0,60}",
        name in select(vec!["x.csv", "x.jsonl", "x.md"]),
    ) {
        read_bytes(name, text.as_bytes());
        read_bytes(name, format!("---\n{text}\n---\ntext").as_bytes());
        read_bytes(name, format!("question,answer\n{text}").as_bytes());
    }
}

/// A whole document of each kind.
fn document(which: usize) -> (&'static str, Vec<u8>) {
    let body = "<w:p><w:r><w:t>退货</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    match which {
        0 => (
            "x.pdf",
            crate::pdfs::Pdf::new()
                .page("BT /F1 20 Tf 72 700 Td (Title) Tj ET q BT /F3 11 Tf 9 9 Td <9000> Tj ET Q")
                .bytes(""),
        ),
        1 => ("x.docx", crate::documents::word(body)),
        2 => ("x.zip", crate::documents::zipped(&[("a.md", b"# t\n\ntext"), ("b.csv", b"q,a\nx,y\n")])),
        _ => ("x.html", b"<main><h1 id=a>T</h1><table><tr><td>x</table><pre>y</pre></main>".to_vec()),
    }
}

fn without_repeats(mut entry: Entry) -> Entry {
    for text in entry.texts.values_mut() {
        let mut seen = std::collections::HashSet::from([text.title.clone()]);
        text.phrasings.retain(|phrasing| seen.insert(phrasing.clone()));
    }
    entry
}
