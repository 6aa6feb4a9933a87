//! PDF: what is read, and what is said of what is not.

use std::{fmt::Write as _, io::Write};

use domain::Lang;
use flate2::{Compression, write::ZlibEncoder};

use crate::{lines, read_bytes, titled};

/// A PDF in the making: its objects from number 1.
#[derive(Default)]
pub(crate) struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

impl Pdf {
    /// With a font F1 (Helvetica, bold F2) and a font F3 of Chinese letters whose codes are Unicode.
    pub(crate) fn new() -> Self {
        let mut pdf = Self::default();
        pdf.objects.resize(2, Vec::new());
        pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>");
        pdf.object("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>");
        pdf.object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /DW 1000 >>");
        pdf
    }

    fn object(&mut self, text: &str) -> usize {
        self.objects.push(text.as_bytes().to_vec());
        self.objects.len()
    }

    pub(crate) fn stream(&mut self, dict: &str, bytes: &[u8]) -> usize {
        let mut object = format!("<< {dict} /Length {} >>\nstream\n", bytes.len()).into_bytes();
        object.extend(bytes);
        object.extend(b"\nendstream");
        self.objects.push(object);
        self.objects.len()
    }

    /// A page that draws this.
    pub(crate) fn page(&mut self, content: &str) -> &mut Self {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content.as_bytes()).unwrap();
        let content = self.stream("/Filter /FlateDecode", &packed.finish().unwrap());
        self.page_of(content)
    }

    pub(crate) fn page_of(&mut self, content: usize) -> &mut Self {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents {content} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>"
        );
        let page = self.object(&page);
        self.pages.push(page);
        self
    }

    pub(crate) fn bytes(&self, trailer: &str) -> Vec<u8> {
        let mut objects = self.objects.clone();
        let kids = self.pages.iter().fold(String::new(), |mut kids, page| {
            let _ = write!(kids, "{page} 0 R ");
            kids
        });
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
        objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len()).into_bytes();
        let mut bytes = b"%PDF-1.7\n".to_vec();
        for (at, object) in objects.iter().enumerate() {
            bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        bytes.extend(format!("trailer << /Root 1 0 R {trailer} >>\n%%EOF").bytes());
        bytes
    }
}

fn hex(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04x}");
        hex
    })
}

#[test]
fn headings_are_the_larger_letters_and_lines_become_paragraphs() {
    let mut pdf = Pdf::new();
    pdf.page(
        "BT /F1 24 Tf 72 700 Td (Warranty) Tj ET
         BT /F1 16 Tf 72 660 Td (How long) Tj ET
         BT /F1 11 Tf 72 640 Td (The device is cov-) Tj 0 -14 Td (ered for one year, from) Tj 0 -14 Td [(the )-20(da)10(y)-300(of) -300(purchase.)] TJ ET
         BT /F1 16 Tf 72 560 Td (What is not covered) Tj ET
         BT /F1 11 Tf 72 540 Td (\\225 Water) Tj 0 -14 Td (\\225 Falls) Tj ET",
    );
    let harvest = read_bytes("w.pdf", &pdf.bytes(""));
    assert_eq!(lines(&harvest.rejected), []);
    assert_eq!(
        titled(&harvest, "Warranty").2.answer,
        "## How long\n\nThe device is covered for one year, from the day of purchase.\n\n## What is not covered\n\n- Water\n- Falls"
    );
}

#[test]
fn chinese_letters_are_read_and_lines_join_without_blanks() {
    let mut pdf = Pdf::new();
    let (title, one, two) = (hex("退货政策"), hex("自签收之日起七天"), hex("内可以退货，吊牌⻬全。"));
    pdf.page(&format!(
        "BT /F3 20 Tf 72 700 Td <{title}> Tj ET BT /F3 11 Tf 72 660 Td <{one}> Tj 0 -15 Td <{two}> Tj ET"
    ));
    let harvest = read_bytes("r.pdf", &pdf.bytes(""));
    let (entry, lang, text) = titled(&harvest, "退货政策");
    assert_eq!(
        (entry.id.as_str(), lang, text.answer.as_str()),
        ("r", Lang::Zh, "自签收之日起七天内可以退货，吊牌齐全。")
    );
}

#[test]
fn a_font_with_a_table_of_its_own_is_read_and_one_without_is_named() {
    let mut pdf = Pdf::new();
    let table = pdf.stream("", b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <0003> <0041> endbfrange");
    pdf.object(&format!("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode {table} 0 R >>"));
    pdf.object(
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
    );
    let (with, without) = (table + 1, table + 2);
    for (font, _) in [(with, "known"), (without, "unknown")] {
        let content = pdf.stream("", b"BT /F9 11 Tf 72 700 Td <000100020003> Tj ET");
        let page =
            format!("<< /Type /Page /Contents {content} 0 R /Resources << /Font << /F9 {font} 0 R >> >> >>");
        let page = pdf.object(&page);
        pdf.pages.push(page);
    }
    let harvest = read_bytes("x.pdf", &pdf.bytes(""));
    assert_eq!(harvest.entries[0].texts.values().next().unwrap().answer, "ABC");
    assert_eq!(
        lines(&harvest.rejected),
        [(2, "page", "page 2 its fonts do not say which characters they show; import a version that does")]
    );
}

#[test]
fn a_damaged_page_is_named_and_the_others_are_read() {
    let mut pdf = Pdf::new();
    for number in 1..=9 {
        if number == 7 {
            let broken = pdf.stream("/Filter /FlateDecode", b"this was never packed");
            pdf.page_of(broken);
        } else {
            pdf.page(&format!(
                "BT /F1 11 Tf 72 700 Td (Text of page number {number} that says something.) Tj ET"
            ));
        }
    }
    let harvest = read_bytes("x.pdf", &pdf.bytes(""));
    assert_eq!(harvest.rejected.len(), 1);
    let remark = &harvest.rejected[0];
    assert_eq!((remark.line, remark.field.as_deref()), (7, Some("page")));
    assert!(remark.problem.en.starts_with("page 7 its content is damaged"), "{remark}");
    let answer = &harvest.entries[0].texts[&Lang::En].answer;
    assert!(answer.contains("## Page 1 {#page-1}") && answer.contains("Text of page number 9"), "{answer}");
}

#[test]
fn headers_and_page_numbers_are_left_out() {
    let mut pdf = Pdf::new();
    for number in 1..=5 {
        pdf.page(&format!(
            "BT /F1 9 Tf 72 800 Td (Example Ltd) Tj ET BT /F1 11 Tf 72 700 Td (Words of their own: {}.) Tj ET BT /F1 9 Tf 300 20 Td ({number}) Tj ET",
            ["one", "two", "three", "four", "five"][number - 1]
        ));
    }
    let harvest = read_bytes("x.pdf", &pdf.bytes(""));
    let answer = &harvest.entries[0].texts[&Lang::En].answer;
    assert!(!answer.contains("Example Ltd") && answer.contains("three"), "{answer}");
}

#[test]
fn an_encrypted_one_says_what_to_do() {
    let mut pdf = Pdf::new();
    pdf.page("BT /F1 11 Tf (x) Tj ET");
    let harvest = read_bytes("x.pdf", &pdf.bytes("/Encrypt 9 0 R"));
    assert_eq!(
        lines(&harvest.rejected),
        [(1, "", "encrypted: save it without a password and import it again")]
    );
    assert_eq!(harvest.entries, []);
}

#[test]
fn bombs_and_circles_end() {
    let pack = |bytes: &[u8]| {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let bomb = pack(&vec![b' '; 200 << 20]);
    let mut pdf = Pdf::new();
    let twice = pdf.stream("/Filter [/FlateDecode /FlateDecode]", &pack(&bomb));
    let once = pdf.stream("/Filter /FlateDecode", &bomb);
    pdf.page_of(twice).page_of(once).page("BT /F1 11 Tf 72 700 Td (Still read.) Tj ET");
    // A form that draws itself, and a page that is its own parent.
    let form = pdf.objects.len() + 1;
    pdf.stream(
        &format!("/Subtype /Form /Resources << /XObject << /X {form} 0 R >> >>"),
        b"/X Do /X Do /X Do",
    );
    let content = pdf.stream("", b"/X Do");
    let page =
        format!("<< /Type /Page /Contents {content} 0 R /Resources << /XObject << /X {form} 0 R >> >> >>");
    let page = pdf.object(&page);
    pdf.pages.extend([page, 2]);
    let harvest = read_bytes("x.pdf", &pdf.bytes(""));
    assert!(harvest.entries[0].texts[&Lang::En].answer.contains("Still read."));
    let pages: Vec<u64> = harvest.rejected.iter().map(|remark| remark.line).collect();
    assert_eq!(pages, [1, 2, 4]);
}
