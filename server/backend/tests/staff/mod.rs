
mod change_member;
mod deactivate;
mod import_result;
mod last_admin;
mod leave;
mod member;
mod member_sessions;
mod reactivate;
mod remove;
mod run_import;
mod upload_import;
