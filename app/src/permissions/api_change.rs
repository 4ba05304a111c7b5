#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    MemberId, Permission, PermissionSet, Problem, ProfileId, Refusal, Section,
    permissions::{Preset, Profile},
};
use leptos::prelude::*;

use crate::{AppError, Done, paths};

/// `start` is empty, a preset's key or the id of a profile to copy.
#[server(prefix = "/api", endpoint = "permissions/create")]
pub async fn create_profile(
    name: String,
    #[server(default)] description: String,
    #[server(default)] start: String,
) -> Result<Done, AppError> {
    use backend::permissions::Start;
    let (backend, access) = crate::request::acting()?;
    let preset = start.parse::<Preset>().map(Start::Preset).ok();
    let copied = || start.parse::<ProfileId>().map(Start::Copy).ok();
    let empty = start.is_empty().then_some(Start::Empty);
    let start = empty.or(preset).or_else(copied);
    let start = start.ok_or_else(|| Refusal::field("start", Problem::InvalidChoice))?;
    let profile = backend::permissions::create(&backend, &access, &name, &description, start).await?;
    Ok(Done::to(paths::profile(profile.id)).say(format!("The profile “{}” is there.", profile.name)))
}

#[server(prefix = "/api", endpoint = "permissions/change-words")]
pub async fn change_profile_words(
    id: ProfileId,
    version: i32,
    name: String,
    #[server(default)] description: String,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::change_words(&backend, &access, id, version, &name, &description).await?;
    Ok(Done::to(paths::profile(id)).say("Saved."))
}

/// One live switch; `key` is a permission's or a section's. Answers the profile as it is then, and nothing about who holds it: that
/// would cost more, the more they are.
#[server(prefix = "/api", endpoint = "permissions/switch")]
pub async fn switch_permission(
    id: ProfileId,
    version: i32,
    key: String,
    on: bool,
) -> Result<Profile, AppError> {
    let (backend, access) = crate::request::acting()?;
    let what = key.parse()?;
    Ok(backend::permissions::switch(&backend, &access, id, version, what, on).await?)
}

/// The buttons of the page without wasm: exactly these are on. What takes something from people, or meets what somebody else did
/// meanwhile, is kept as a draft first, as all is with `as_draft`, and shown with names and difference before it is applied.
#[server(prefix = "/api", endpoint = "permissions/replace")]
pub async fn replace_permissions(
    id: ProfileId,
    version: i32,
    #[server(default)] granted: Vec<String>,
    #[server(default)] as_draft: Option<String>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let wanted: PermissionSet = granted.iter().filter_map(|key| key.parse().ok()).collect();
    let takes = backend::permissions::takes_from_people(&backend, &access, id, wanted).await?;
    let said = if takes || as_draft.is_some() {
        "Kept as your draft. Nothing has changed for anybody yet."
    } else {
        match backend::permissions::replace(&backend, &access, id, version, wanted).await {
            Err(backend::Error::Refused(Refusal::ChangedMeanwhile)) => {
                "Somebody else changed the profile after you began. What you want is kept as your draft; nothing has changed yet."
            }
            saved => return Ok(Done::to(paths::profile(id)).say(format!("“{}” is saved.", saved?.name))),
        }
    };
    Ok(match backend::permissions::draft::put(&backend, &access, id, version, wanted).await? {
        true => Done::to(paths::profile_draft(id)).say(said),
        false => Done::to(paths::profile(id)).say("You changed nothing, so there is no draft."),
    })
}

/// Takes back what one version changed.
#[server(prefix = "/api", endpoint = "permissions/undo")]
pub async fn undo_profile_change(id: ProfileId, version: i32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::undo(&backend, &access, id, version).await?;
    Ok(Done::to(paths::profile_history(id)).say("Taken back."))
}

/// Makes the profile what it was in an earlier version. `seen` is the newest that the page showed.
#[server(prefix = "/api", endpoint = "permissions/restore")]
pub async fn restore_profile(id: ProfileId, version: i32, seen: i32) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::restore(&backend, &access, id, version, seen).await?;
    Ok(Done::to(paths::profile_history(id)).say(format!("Version {version} is back.")))
}

/// `replacement` is empty when nobody holds the profile, `standard` for the built-in set, else a profile's id; `gains_confirmed` has
/// the keys of what they may gain, with commas between.
#[server(prefix = "/api", endpoint = "permissions/delete")]
pub async fn delete_profile(
    id: ProfileId,
    #[server(default)] replacement: String,
    #[server(default)] gains_confirmed: String,
) -> Result<Done, AppError> {
    use backend::permissions::Replacement;
    let (backend, access) = crate::request::acting()?;
    let invalid = |_| Refusal::field("replacement", Problem::InvalidChoice);
    let confirmed = gains_confirmed.split(',').filter_map(|key| key.parse().ok()).collect();
    let replacement = match replacement.as_str() {
        "" => Replacement::None,
        STANDARD => Replacement::StandardUser,
        id => Replacement::Profile(id.parse().map_err(invalid)?),
    };
    backend::permissions::delete(&backend, &access, id, replacement, confirmed).await?;
    Ok(Done::to(paths::PROFILES).say("The profile is deleted."))
}

/// The built-in set, where a replacement is chosen.
pub const STANDARD: &str = "standard";

/// Gives people the profile.
#[server(prefix = "/api", endpoint = "permissions/assign")]
pub async fn assign_profile(
    id: ProfileId,
    #[server(default)] members: Vec<MemberId>,
) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let count = backend::permissions::assign(&backend, &access, id, &members).await?;
    let people = if count == 1 { "1 person has".to_owned() } else { format!("{count} people have") };
    Ok(Done::to(paths::profile_people(id)).say(format!("{people} the profile now.")))
}

/// Takes the profile from one person; they have the built-in set then.
#[server(prefix = "/api", endpoint = "permissions/unassign")]
pub async fn unassign_profile(id: ProfileId, member: MemberId) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    backend::permissions::unassign(&backend, &access, member).await?;
    Ok(Done::to(paths::profile_people(id)).say("Taken away. They have the built-in Standard user set now."))
}
