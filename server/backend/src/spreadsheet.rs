//! Cells of the files that people open in a spreadsheet.

use std::borrow::Cow;

/// Text that no spreadsheet takes for a formula: what would begin one gets an apostrophe in front (OWASP, CSV injection).
pub(crate) fn neutral(cell: &str) -> Cow<'_, str> {
    // Some programs cut blanks off before they look.
    let begins = cell.trim_start_matches(' ').chars().next();
    match begins {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{cell}"))
        }
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn formulas_become_text_and_text_stays_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\n=1"] {
            assert_eq!(neutral(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "Olive", "1-1", "a=b", "'=1", "  Uma"] {
            assert_eq!(neutral(cell), cell, "{cell:?}");
        }
    }
}
