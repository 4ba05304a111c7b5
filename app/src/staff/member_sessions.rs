use domain::MemberId;
use leptos::prelude::*;
use ui::{Button, ButtonKind, DataTable, FormError, Row, Section, Td, Th};

use super::{api_members::MemberSession, member_acts::MemberActs};
use crate::{SaveForm, time};

/// Where somebody else is signed in to this account.
#[component]
pub(super) fn MemberSessions(id: MemberId, sessions: Vec<MemberSession>, acts: MemberActs) -> impl IntoView {
    let list = if sessions.is_empty() {
        view! { <p>"Not signed in anywhere."</p> }.into_any()
    } else {
        view! { <SessionList id sessions acts/> }.into_any()
    };
    view! {
        <Section title="Sessions" id="sessions" description="Browsers that are signed in to this account at the moment.">
            <FormError message=acts.ending_sessions.error()/>
            {list}
        </Section>
    }
}

#[component]
fn SessionList(id: MemberId, sessions: Vec<MemberSession>, acts: MemberActs) -> impl IntoView {
    let head = view! { <Th>"Browser"</Th><Th>"Address"</Th><Th>"Last seen"</Th><Th>"Signed in"</Th> };
    let line = |session: MemberSession| {
        view! {
            <Row>
                <Td main=true>{session.row.device}</Td>
                <Td label="Address">{session.row.ip_address}</Td>
                <Td label="Last seen">{time(session.last_seen)}</Td>
                <Td label="Signed in">{time(session.signed_in)}</Td>
            </Row>
        }
    };
    view! {
        <DataTable caption="Sessions" head>{sessions.into_iter().map(line).collect_view()}</DataTable>
        <SaveForm action=acts.end_sessions>
            <input type="hidden" name="id" value=id.to_string()/>
            <Button kind=ButtonKind::Danger pending=acts.ending_sessions.pending()>"End all sessions"</Button>
        </SaveForm>
    }
}
