#![allow(
    unused_imports,
    reason = "the macro takes the bodies, and with them the uses, out of the browser build"
)]

use domain::{
    MemberId, When,
    permissions::{Changed, Explanation, MemberAccess},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;

/// Everything that decides what one person may do.
#[server(prefix = "/api", endpoint = "permissions/access")]
pub async fn read_member_access(id: MemberId) -> Result<MemberAccess, AppError> {
    let (backend, access) = crate::request::reading()?;
    Ok(backend::permissions::member_access(&backend, &access, id).await?)
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
    Ok(ExplanationView {
        role_given: fact(&explanation.role_given),
        profile_given: fact(&explanation.profile_given),
        scope_given: fact(&explanation.scope_given),
        switched: fact(&explanation.switched.clone().map(|switched| switched.changed)),
        explanation,
    })
}
