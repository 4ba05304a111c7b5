//! Cells of CSV files that a spreadsheet must not take for formulas. Source: OWASP, "CSV Injection".

use std::borrow::Cow;

/// The full-width forms are formulas too in East Asian settings of a spreadsheet.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell as it may stand in a file that people open in a spreadsheet: a leading `'` makes a formula a text.
#[must_use]
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if starts_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What [`neutralised`] was made from; also takes off the `'` that a spreadsheet's user typed for the same reason.
#[must_use]
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| starts_like_formula(rest)).unwrap_or(cell)
}

/// Leading quotes are looked through, so that a text that begins with `'=` survives the journey as well.
fn starts_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_stays_a_formula_and_every_cell_comes_back() {
        let starts =
            ["", "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "'=", "''@", "a", "'a", " ="];
        let mut tried = 0;
        for start in starts {
            for rest in ["", "1+1", "cmd|' /C calc'!A0", "'", "="] {
                let text = format!("{start}{rest}");
                let cell = neutralised(&text);
                assert!(!cell.starts_with(FORMULA_STARTS), "{text:?} became {cell:?}");
                assert_eq!(restored(&cell), text);
                tried += 1;
            }
        }
        println!("{tried} cells");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in ["Olive", "o'Neill", "'t Hooft", "5 - 3", "a=b", ""] {
            assert_eq!(neutralised(text), text);
            assert_eq!(restored(text), text);
        }
    }
}
