//! Who is in which calendars and pipelines, on one page.

mod page;
mod query;
mod table;

pub(super) use page::MatrixPage;
pub(super) use query::MatrixQuery;
