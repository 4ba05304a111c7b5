#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    MemberId, Permission, Problem, Refusal, When,
    permissions::{Changed, Explanation, MemberAccess},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AppError, Done, shared_api::UnusedLine};

/// Everything that decides what one person may do, with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessView {
    pub access: MemberAccess,
    /// Until when they may do what they were given for a time.
    pub ends: Vec<(Permission, When)>,
    /// What they do not use, for themselves and for whoever reviews access.
    pub unused: Vec<UnusedLine>,
}

#[server(prefix = "/api", endpoint = "permissions/access")]
pub async fn read_member_access(id: MemberId) -> Result<AccessView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let found = backend::permissions::member_access(&backend, &access, id).await?;
    let end = |permission| {
        let ends_at = found.elevation(permission)?.given.as_ref()?.ends_at?;
        Some((permission, crate::request::local(ends_at)))
    };
    let ends = found.assignment.elevated.iter().filter_map(end).collect();
    let is_told = access.member_id() == Some(id) || access.permissions().contains(Permission::ReviewAccess);
    let unused = match is_told {
        true => backend::permissions::member_unused(&backend, &access, id).await?,
        false => vec![],
    };
    Ok(AccessView { access: found, ends, unused: unused.into_iter().map(UnusedLine::from).collect() })
}

/// Asks for a permission that the viewer lacks. `permission` is a key.
#[server(prefix = "/api", endpoint = "permissions/ask")]
pub async fn ask_for_access(permission: String, #[server(default)] note: String) -> Result<Done, AppError> {
    let (backend, access) = crate::request::acting()?;
    let unknown = |_unknown| Refusal::field("permission", Problem::InvalidChoice);
    let permission: Permission = permission.parse().map_err(unknown)?;
    backend::permissions::elevation::ask(&backend, &access, permission, &note).await?;
    Ok(Done::stay().say("You have asked. A mail tells you the answer."))
}

/// Since when something holds, in the viewer's zone, and who did it; none for Steward itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fact {
    pub when: When,
    pub by: Option<String>,
}

/// An explanation with its times in the viewer's zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExplanationView {
    pub explanation: Explanation,
    pub role_given: Option<Fact>,
    pub profile_given: Option<Fact>,
    pub scope_given: Option<Fact>,
    pub switched: Option<Fact>,
    /// When they asked for it and wait for an answer.
    pub asked: Option<When>,
    /// Who gave it to them beside their profile, and when.
    pub elevated: Option<Fact>,
    /// When that ends; none for good.
    pub ends: Option<When>,
}

/// `id` is a [`domain::permissions::ExplanationId`].
#[server(prefix = "/api", endpoint = "permissions/explain")]
pub async fn read_explanation(id: String) -> Result<ExplanationView, AppError> {
    let (backend, access) = crate::request::reading()?;
    let explanation = backend::permissions::explain(&backend, &access, id.parse()?).await?;
    let fact = |changed: &Option<Changed>| {
        let Changed { at, by } = changed.clone()?;
        Some(Fact { when: crate::request::local(at), by })
    };
    let (about, permission) = (&explanation.about, explanation.permission);
    let asked = about.request(permission).map(|asked| crate::request::local(asked.asked_at));
    let given = about.elevation(permission).and_then(|elevation| elevation.given.as_ref());
    let elevated =
        given.map(|given| Fact { when: crate::request::local(given.at), by: Some(given.by.clone()) });
    let ends = given.and_then(|given| given.ends_at).map(crate::request::local);
    Ok(ExplanationView {
        asked,
        elevated,
        ends,
        role_given: fact(&explanation.role_given),
        profile_given: fact(&explanation.profile_given),
        scope_given: fact(&explanation.scope_given),
        switched: fact(&explanation.switched.clone().map(|switched| switched.changed)),
        explanation,
    })
}
