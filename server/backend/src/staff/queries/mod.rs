pub(super) mod import;
pub(super) mod import_run;
pub(super) mod member;
