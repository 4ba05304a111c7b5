use domain::{MemberId, Permission, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ui::{BackLink, TabItem, TableSkeleton, Tabs, follow_address};

use super::{
    api::{PersonLog, read_person_activity},
    filters::Filters,
    log::Log,
    query::ActivityQuery,
};
use crate::{AppError, error::LoadError, layout::Page, paths, viewer::viewer_can};

/// What one person did, and what was done to them.
#[component]
pub fn PersonActivityPage() -> impl IntoView {
    let (params, map) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<MemberId>().ok()));
    let query = Memo::new(move |_| ActivityQuery { person: String::new(), ..map.with(ActivityQuery::read) });
    let log = Resource::new(move || (id.get(), query.get()), |(id, query)| load(id, query));
    follow_address(Signal::derive(move || query.with(ActivityQuery::fields)));
    view! {
        <Transition fallback=|| view! { <TableSkeleton rows=10 columns=3/> }>
            {move || Suspend::new(async move {
                match (id.get_untracked(), log.await) {
                    (Some(id), Ok(log)) => view! { <Found id log query=query.get_untracked()/> }.into_any(),
                    (_, Err(error)) => view! { <Nobody error/> }.into_any(),
                    (None, Ok(_)) => ().into_any(),
                }
            })}
        </Transition>
    }
}

async fn load(id: Option<MemberId>, query: ActivityQuery) -> Result<PersonLog, AppError> {
    read_person_activity(id.ok_or(Refusal::NotFound)?, query).await
}

#[component]
fn Nobody(error: AppError) -> impl IntoView {
    view! { <Page title="Activity of one person"><LoadError error/></Page> }
}

#[component]
fn Found(id: MemberId, log: PersonLog, query: ActivityQuery) -> impl IntoView {
    let base = paths::member_activity(id);
    let title = format!("Activity of {}", log.name);
    let may_view_staff = viewer_can(Permission::SettingsViewStaff);
    let back = if may_view_staff {
        BackLink::new(paths::STAFF, "My Staff")
    } else {
        BackLink::new(paths::ME, "My profile")
    };
    let mut items = vec![TabItem::new("Activity", base.clone(), true)];
    if may_view_staff {
        items.insert(0, TabItem::new("Details", paths::member(id), false));
    }
    view! {
        <Page title description="What they did, and what was done to their place in this account." back>
            <Tabs label="Member" items/>
            <Filters query=query.clone() people=None base=base.clone()/>
            <Log page=log.page query base/>
        </Page>
    }
}
