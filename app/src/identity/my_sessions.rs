use leptos::prelude::*;
use ui::{BackLink, Badge, Button, ButtonKind, DataTable, FormError, Row, Skeleton, Td, Th, Tone};

use super::api::{self, EndOtherSessions, EndSession, SessionLine};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, time};

#[component]
pub fn MySessionsPage() -> impl IntoView {
    let end = Act::<EndSession>::new();
    let end_others = Act::<EndOtherSessions>::new();
    let (one, others) = (Form::of(end), Form::of(end_others));
    let lines = Data::renewed(move || one.version.get() + others.version.get(), || Ok(api::Sessions {}));
    let error = Signal::derive(move || one.error().get().or_else(|| others.error().get()));
    view! {
        <Page title="Where you are signed in" description="End what you do not know, then change your password."
            back=BackLink::new(paths::ME, "My profile")>
            <FormError message=error/>
            {lines.show(|| view! { <Skeleton lines=5/> }.into_any(), move |lines| {
                view! { <Sessions lines end end_others pending=others.pending()/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Sessions(
    lines: Vec<SessionLine>,
    end: Act<EndSession>,
    end_others: Act<EndOtherSessions>,
    pending: Signal<bool>,
) -> impl IntoView {
    let has_others = lines.len() > 1;
    let rows = lines.into_iter().map(|line| view! { <SessionItem line end/> }).collect_view();
    let head = view! { <Th>"Browser"</Th><Th>"Address"</Th><Th>"Last seen"</Th><Th>"Signed in"</Th><Th><span class="sr-only">"Action"</span></Th> };
    view! {
        <DataTable caption="Your sessions" head>{rows}</DataTable>
        {has_others.then(|| view! {
            <SaveForm action=end_others>
                <Button kind=ButtonKind::Danger pending>"End all other sessions"</Button>
            </SaveForm>
        })}
    }
}

#[component]
fn SessionItem(line: SessionLine, end: Act<EndSession>) -> impl IntoView {
    let label = format!("End the session of {}", line.row.device);
    let ending = if line.row.is_current {
        view! { <Badge tone=Tone::Good>"This browser"</Badge> }.into_any()
    } else {
        view! {
            <SaveForm action=end>
                <input type="hidden" name="session" value=line.row.id.to_string()/>
                <Button small=true aria_label=label>"End"</Button>
            </SaveForm>
        }
        .into_any()
    };
    view! {
        <Row>
            <Td main=true>{line.row.device}</Td>
            <Td label="Address">{line.row.ip_address}</Td>
            <Td label="Last seen">{time(line.last_seen)}</Td>
            <Td label="Signed in">{time(line.created)}</Td>
            <Td actions=true>{ending}</Td>
        </Row>
    }
}
