//! Nora, who is invited to Acme in these tests.

use backend::{Access, staff};
use domain::{
    InvitationId, MemberId,
    staff::{EmployeeForm, InvitationDetails, JoinPage, LinkVerdict},
};
use uuid::Uuid;

use crate::support::World;

pub const NORA: &str = "nora@example.com";

pub fn form(email: &str, role: &str) -> EmployeeForm {
    EmployeeForm {
        first_name: "Nora".into(),
        last_name: "Newcomer".into(),
        email: email.into(),
        phone: "(303) 555-0100".into(),
        role: role.into(),
        ..EmployeeForm::default()
    }
}

impl World {
    /// Olive invites Nora as a User.
    pub async fn invite_nora(&self) -> InvitationId {
        staff::invite(&self.backend, &self.olive().access, &form(NORA, "user")).await.unwrap()
    }

    /// Olive invites Nora, and the mail arrives; answers the link too.
    pub async fn mail_nora(&self) -> (InvitationId, String) {
        let id = self.invite_nora().await;
        (id, self.noras_link().await)
    }

    /// The newest link Nora got.
    pub async fn noras_link(&self) -> String {
        self.mailed_link(NORA, "/join/").await
    }

    /// The link that Olive is shown, to hand it to Nora.
    pub async fn shown_link(&self, id: InvitationId) -> String {
        let address = staff::show_link(&self.backend, &self.olive().access, id).await.unwrap();
        address.rsplit('/').next().unwrap().to_owned()
    }

    pub async fn details(&self, id: InvitationId) -> InvitationDetails {
        staff::invitation(&self.backend, &self.olive().access, id).await.unwrap().details
    }

    /// What the page of a link says to somebody who is not signed in.
    pub async fn page(&self, link: &str) -> JoinPage {
        staff::open_link(&self.backend, None, link).await.unwrap()
    }

    /// Why a link is dead.
    #[track_caller]
    pub fn verdict(page: &JoinPage) -> LinkVerdict {
        match page {
            JoinPage::Good(_) => LinkVerdict::Good,
            JoinPage::Dead(dead) => dead.verdict,
            other => panic!("{other:?}"),
        }
    }

    /// Behind the scenes: what somebody is from their next request on.
    pub async fn set_member(&self, member: MemberId, role: &str, state: &str) {
        sqlx::query("update member set role = $2, state = $3 where id = $1")
            .bind(member.0)
            .bind(role)
            .bind(state)
            .execute(&self.root)
            .await
            .unwrap();
    }

    /// Olive as she is a quarter of an hour after she signed in.
    pub async fn olive_later(&self) -> Access {
        self.advance(chrono::Duration::minutes(16));
        self.access_again(self.olive()).await.unwrap()
    }
}

/// An id that nothing has.
pub fn absent() -> InvitationId {
    Uuid::from_u128(0xab5e_0000).into()
}
