//! How much one import may hold: numbers that keep memory bounded whatever the files claim.

/// Bytes of a file on disk.
pub(super) const FILE: u64 = 64 << 20;
/// Bytes of a `.gz` once unpacked.
pub(super) const UNPACKED: u64 = 256 << 20;
/// Bytes of all parts of an `.xlsx` once unpacked; its reader holds the strings several times over.
pub(super) const WORKBOOK: u64 = 128 << 20;
/// Bytes of one JSON line: an entry at its limits, both languages, every character escaped.
pub(super) const LINE: usize = 16 << 20;
/// Bytes of a Markdown file's front matter.
pub(super) const FRONT_MATTER: usize = 64 << 10;
/// Characters of a field.
pub(super) const FIELD: usize = 200_000;
/// Characters of one phrasing.
pub(super) const PHRASING: usize = 2_000;
/// Phrasings of one text.
pub(super) const PHRASINGS: usize = 500;
/// Tags of one entry.
pub(super) const TAGS: usize = 500;
/// Characters of an id, a category or a tag.
pub(super) const LABEL: usize = 500;
/// Columns of a table.
pub(super) const COLUMNS: usize = 1_000;
/// Rows before the header of a table (a title, a note) that we look through.
pub(super) const PREAMBLE: usize = 10;
/// Rows of an import.
pub(super) const ROWS: usize = 1_000_000;
/// Examples of intents of an import: more than anybody writes, few enough to be learnt from.
pub(super) const EXAMPLES: usize = 100_000;
/// Test questions of an import: all of them are asked before anything is published.
pub(super) const TESTS: usize = 100_000;
/// Bytes of text of an import.
pub(super) const TEXT: usize = 512 << 20;
/// Remarks of an import; the others are only counted.
pub(super) const REMARKS: usize = 10_000;
/// Files of an import.
pub(super) const FILES: usize = 100_000;
/// Folders inside folders.
pub(super) const DEPTH: usize = 32;
/// Bytes of one article that is made of a document; longer ones become several.
pub(super) const ARTICLE: usize = 120_000;
/// Characters of a title that a document gives itself.
pub(super) const TITLE: usize = 300;
/// Members of an archive.
pub(super) const MEMBERS: usize = 10_000;
/// Bytes of all members of an archive once unpacked.
pub(super) const ARCHIVE: u64 = 128 << 20;
/// How many times its packed size a member of an archive may be, once it is larger than a mebibyte.
pub(super) const RATIO: u64 = 200;
/// Pictures of an import, and bytes of all of them: an import goes over the API in one piece.
pub(super) const PICTURES: usize = 1_000;
pub(super) const ALBUM: usize = 32 << 20;
/// Cells of a table, and blocks of a document.
pub(super) const BLOCKS: usize = 200_000;
