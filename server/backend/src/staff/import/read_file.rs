//! Reads what spreadsheets save as CSV: UTF-8 with or without a mark, divided by comma, semicolon or tab, with quoted cells that
//! may hold line breaks.

use std::ops::Range;

use domain::{
    Refusal, Role, csv_cell,
    staff::{EmployeeForm, IMPORT_MAX_BYTES, IMPORT_MAX_LINES},
};

/// More than any name, address or number has; a longer cell is a lost quotation mark.
const CELL_MAX_CHARS: usize = 500;
const UTF8_HINT: &str = "Save it as “CSV UTF-8” and upload it again";

/// One line of the list with the row number that a spreadsheet shows for it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::staff) struct Line {
    pub line: u32,
    pub employee: EmployeeForm,
}

/// Reads the list. Empty lines are left out; columns that are not ours are ignored.
///
/// # Errors
/// [`Refusal::UnreadableFile`] saying where and why.
pub(super) fn read_file(bytes: &[u8]) -> Result<Vec<Line>, Refusal> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = RowNumbers::new(text);
    let mut record = csv::StringRecord::new();
    let mut columns = None;
    let mut lines = Vec::new();
    loop {
        let start = byte(reader.position());
        if !reader.read_record(&mut record).map_err(|error| unreadable(format!("{error}")))? {
            break;
        }
        let line = rows.number(start..byte(reader.position()));
        let Some(columns) = &columns else {
            columns = Some(Columns::find(&record)?);
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == IMPORT_MAX_LINES {
            return Err(unreadable(format!("it has more than {IMPORT_MAX_LINES} lines. Please split it")));
        }
        lines.push(Line { line, employee: columns.employee(&record, line)? });
    }
    if lines.is_empty() { Err(unreadable("there is nobody in it")) } else { Ok(lines) }
}

fn unreadable(why: impl Into<String>) -> Refusal {
    Refusal::UnreadableFile(format!("{}.", why.into()))
}

fn byte(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > IMPORT_MAX_BYTES {
        return Err(unreadable("it is larger than 2 MB. Please split it"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(unreadable(format!("it is a spreadsheet, not a CSV file. {UTF8_HINT}")));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(unreadable(format!("its text is UTF-16, not UTF-8. {UTF8_HINT}")));
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        unreadable(format!("line {line} is not UTF-8 text. {UTF8_HINT}"))
    })?;
    match text.find('\0') {
        Some(at) => {
            Err(unreadable(format!("line {} holds a character that no text has", line_of(bytes, at))))
        }
        None => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
    }
}

/// The line, counted from 1, in which byte `at` stands.
fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

/// Whichever of the three divides the headings most often.
fn delimiter(text: &str) -> u8 {
    let headings = text.trim_start().lines().next().unwrap_or_default();
    let count = |delimiter: u8| headings.bytes().filter(|byte| *byte == delimiter).count();
    *[b',', b';', b'\t'].iter().rev().max_by_key(|delimiter| count(**delimiter)).unwrap_or(&b',')
}

/// Row numbers as a spreadsheet shows them: an empty line is a row, a line break inside a quoted cell is none.
struct RowNumbers<'a> {
    text: &'a str,
    row: u32,
    /// Where the last record ended, without its line break.
    end: usize,
}

impl<'a> RowNumbers<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, row: 1, end: 0 }
    }

    /// The row of the record that was read from `span`, which may begin with the line breaks before it.
    fn number(&mut self, span: Range<usize>) -> u32 {
        let read = self.text.get(span.clone()).unwrap_or_default();
        let start = span.start + (read.len() - read.trim_start_matches(['\r', '\n']).len());
        let between = self.text.get(self.end..start).unwrap_or_default();
        self.row += u32::try_from(line_breaks(between)).unwrap_or(u32::MAX);
        self.end = span.start + read.trim_end_matches(['\r', '\n']).len();
        self.row
    }
}

/// `\r\n` is one.
fn line_breaks(text: &str) -> usize {
    text.matches(['\r', '\n']).count() - text.matches("\r\n").count()
}

/// Where in a record each of our columns stands.
#[derive(Debug)]
struct Columns {
    first_name: usize,
    last_name: Option<usize>,
    email: usize,
    phone: Option<usize>,
    role: Option<usize>,
    profile: Option<usize>,
}

impl Columns {
    fn find(headings: &csv::StringRecord) -> Result<Self, Refusal> {
        let names: Vec<String> = headings.iter().map(heading).collect();
        let find = |ours: &str, label: &str| {
            let mut places = (0..names.len()).filter(|at| names[*at] == ours);
            match (places.next(), places.next()) {
                (Some(_), Some(_)) => Err(unreadable(format!("it has two columns called “{label}”"))),
                (place, _) => Ok(place),
            }
        };
        let missing = |label: &str| {
            unreadable(format!(
                "its first line has no column “{label}”. It needs at least “first name” and “email”"
            ))
        };
        Ok(Self {
            first_name: find("firstname", "first name")?.ok_or_else(|| missing("first name"))?,
            last_name: find("lastname", "last name")?,
            email: find("email", "email")?.ok_or_else(|| missing("email"))?,
            phone: find("phone", "phone")?,
            role: find("role", "role")?,
            profile: find("profile", "profile")?,
        })
    }

    fn employee(&self, record: &csv::StringRecord, line: u32) -> Result<EmployeeForm, Refusal> {
        let cell = |place: Option<usize>| {
            let cell = place.and_then(|at| record.get(at)).unwrap_or_default().trim();
            if cell.chars().count() > CELL_MAX_CHARS {
                return Err(unreadable(format!(
                    "line {line} has a cell of more than {CELL_MAX_CHARS} characters. Is a quotation mark missing"
                )));
            }
            Ok(csv_cell::restored(cell).trim().to_owned())
        };
        let role = cell(self.role)?.to_lowercase();
        Ok(EmployeeForm {
            first_name: cell(Some(self.first_name))?,
            last_name: cell(self.last_name)?,
            email: cell(Some(self.email))?,
            phone: cell(self.phone)?,
            role: if role.is_empty() { Role::User.key().to_owned() } else { role },
            profile: cell(self.profile)?,
            only_assigned: String::new(),
            last_day: String::new(),
            places: vec![],
        })
    }
}

/// Case, blanks, hyphens and underscores make no other heading.
fn heading(cell: &str) -> String {
    cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use domain::staff::IMPORT_SAMPLE;

    use super::*;

    fn lines(text: &str) -> Vec<(u32, String, String, String)> {
        let lines = read_file(text.as_bytes()).unwrap();
        let texts = |form: EmployeeForm| (form.first_name, form.email, form.phone);
        lines
            .into_iter()
            .map(|line| {
                let (first, email, phone) = texts(line.employee);
                (line.line, first, email, phone)
            })
            .collect()
    }

    fn why(bytes: &[u8]) -> String {
        read_file(bytes).unwrap_err().to_string()
    }

    #[test]
    fn comma_semicolon_and_tab_with_and_without_a_mark_say_the_same() {
        let mut tried = 0;
        for delimiter in [",", ";", "\t"] {
            for mark in ["", "\u{feff}"] {
                for line_break in ["\n", "\r\n", "\r"] {
                    let text = format!(
                        "{mark}First Name|E-Mail|PHONE{line_break}Ann|ann@example.com|+1 303 555 0100{line_break}"
                    )
                    .replace('|', delimiter);
                    let expected = (2, "Ann".into(), "ann@example.com".into(), "+1 303 555 0100".into());
                    assert_eq!(lines(&text), [expected], "{text:?}");
                    tried += 1;
                }
            }
        }
        println!("{tried} forms of one file");
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        for line_break in ["\n", "\r\n"] {
            let text = "note,first name,email|\"two\nlines\",Ann,a@e.com||,,|x,\"Bo\",b@e.com|\"a \"\"b\"\"|\",Cy,c@e.com|,Di,d@e.com"
                .replace('|', line_break);
            let rows: Vec<_> = lines(&text).into_iter().map(|(row, first, ..)| (row, first)).collect();
            assert_eq!(rows, [(2, "Ann".into()), (5, "Bo".into()), (6, "Cy".into()), (7, "Di".into())]);
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_delimiters_quotes_and_line_breaks() {
        let text = "first name;last name;email\n\"Ann; \"\"A\"\"\";\"Mc\nKay\";a@e.com\n";
        let read = read_file(text.as_bytes()).unwrap();
        assert_eq!(read[0].employee.first_name, "Ann; \"A\"");
        assert_eq!(read[0].employee.last_name, "Mc\nKay");
    }

    #[test]
    fn order_of_columns_and_foreign_columns_do_not_matter_and_the_role_may_be_left_out() {
        let read = read_file(b"email,shoe size,first_name\na@e.com,38,Ann\nshort@e.com\n").unwrap();
        assert_eq!(read[0].employee.email, "a@e.com");
        assert_eq!((read[0].employee.first_name.as_str(), read[0].employee.role.as_str()), ("Ann", "user"));
        assert_eq!(read[1].employee.first_name, "");
    }

    #[test]
    fn neutralised_cells_are_restored_and_only_they() {
        let text = "first name,email,phone,role\n'=Ann,'@a@e.com,'+13035550100,ADMIN\no'Neill,'t@e.com,,\n";
        let read = read_file(text.as_bytes()).unwrap();
        assert_eq!(read[0].employee.first_name, "=Ann");
        assert_eq!(read[0].employee.email, "@a@e.com");
        assert_eq!(read[0].employee.phone, "+13035550100");
        assert_eq!(read[0].employee.role, "admin");
        assert_eq!(
            (read[1].employee.first_name.as_str(), read[1].employee.email.as_str()),
            ("o'Neill", "'t@e.com")
        );
    }

    #[test]
    fn the_sample_that_people_start_from_can_be_read() {
        let employee = |line: Line| (line.employee.first_name, line.employee.role);
        let read: Vec<_> = read_file(IMPORT_SAMPLE.as_bytes()).unwrap().into_iter().map(employee).collect();
        assert_eq!(read, [("Ada".to_owned(), "admin".to_owned()), ("Ben".to_owned(), "user".to_owned())]);
    }

    #[test]
    fn what_cannot_be_read_says_where_and_what_to_do() {
        let cases: [(&[u8], &str); 10] = [
            (b"", "nobody in it"),
            (b"first name,email\n", "nobody in it"),
            (b"name,email\nAnn,a@e.com\n", "no column \u{201c}first name\u{201d}"),
            (b"first name\nAnn\n", "no column \u{201c}email\u{201d}"),
            (b"email,Email,first name\n", "two columns called \u{201c}email\u{201d}"),
            (b"first name,email\nAnn,a@e.com\nJos\xe9,j@e.com\n", "line 3 is not UTF-8"),
            (b"first name,email\nA\0n,a@e.com\n", "line 2 holds a character"),
            (b"\xff\xfef\0i\0r\0", "UTF-16"),
            (b"PK\x03\x04rest of a zip", "a spreadsheet, not a CSV file"),
            (&[b'x'; IMPORT_MAX_BYTES + 1], "larger than 2 MB"),
        ];
        for (bytes, expected) in cases {
            let said = why(bytes);
            assert!(said.contains(expected), "{said}");
        }
        let lost_quote = format!("first name,email\n\"Ann,a@e.com\n{}", "Bo,b@e.com\n".repeat(60));
        assert!(why(lost_quote.as_bytes()).contains("quotation mark"));
        let row = "Ann,a@e.com\n";
        let just_fits = format!("first name,email\n{}", row.repeat(IMPORT_MAX_LINES));
        assert_eq!(read_file(just_fits.as_bytes()).unwrap().len(), IMPORT_MAX_LINES);
        assert!(why(format!("{just_fits}{row}").as_bytes()).contains("more than 5000 lines"));
    }
}
