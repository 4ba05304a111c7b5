use domain::{MemberId, Permission, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ui::{BackLink, TabItem, TableSkeleton, Tabs, follow_address};

use super::{
    api::{PersonLog, ReadPersonActivity},
    filters::Filters,
    log::Log,
    query::ActivityQuery,
};
use crate::{AppError, Data, error::LoadError, layout::Page, paths, viewer::viewer_can};

/// What one person did, and what was done to them.
#[component]
pub fn PersonActivityPage() -> impl IntoView {
    let (params, map) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<MemberId>().ok()));
    let query = Memo::new(move |_| ActivityQuery { person: String::new(), ..map.with(ActivityQuery::read) });
    let log = Data::new(move || {
        Ok(ReadPersonActivity { id: id.get().ok_or(Refusal::NotFound)?, query: query.get() })
    });
    follow_address(Signal::derive(move || query.with(ActivityQuery::fields)));
    log.show_either(
        || view! { <TableSkeleton rows=10 columns=3/> }.into_any(),
        move |log| match log {
            Ok(log) => view! { <Found log query=query.get_untracked()/> }.into_any(),
            Err(error) => view! { <Nobody error/> }.into_any(),
        },
    )
}

#[component]
fn Nobody(error: AppError) -> impl IntoView {
    view! { <Page title="Activity of one person"><LoadError error/></Page> }
}

#[component]
fn Found(log: PersonLog, query: ActivityQuery) -> impl IntoView {
    let id = log.id;
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
