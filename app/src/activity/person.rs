use domain::{MemberId, Page as Rows, Permission, Refusal, activity::ActivityPerson};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ui::{BackLink, TableSkeleton, follow_address};

use super::{
    api::{ReadActivity, ReadPerson},
    filters::Filters,
    line::ActivityLine,
    log::Log,
    query::ActivityQuery,
};
use crate::{
    Data,
    error::LoadError,
    layout::{MemberTab, MemberTabs, Page},
    paths,
    viewer::viewer_can,
};

/// What one person did, and what was done to them.
#[component]
pub fn PersonActivityPage() -> impl IntoView {
    let (params, map) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<MemberId>().ok()));
    let query = Memo::new(move |_| ActivityQuery { person: String::new(), ..map.with(ActivityQuery::read) });
    let person = Data::new(move || Ok(ReadPerson { id: id.get().ok_or(Refusal::NotFound)? }));
    let log = Data::new(move || {
        let id = id.get().ok_or(Refusal::NotFound)?;
        Ok(ReadActivity { query: ActivityQuery { person: id.to_string(), ..query.get() } })
    });
    follow_address(Signal::derive(move || query.with(ActivityQuery::fields)));
    person.show_either(
        || view! { <TableSkeleton rows=10 columns=3/> }.into_any(),
        move |person| match person {
            Ok(person) => view! { <Found person log query/> }.into_any(),
            Err(error) => view! { <Page title="Activity of one person"><LoadError error/></Page> }.into_any(),
        },
    )
}

#[component]
fn Found(person: ActivityPerson, log: Data<Rows<ActivityLine>>, query: Memo<ActivityQuery>) -> impl IntoView {
    let base = paths::member_activity(person.id);
    let title = format!("Activity of {}", person.name);
    let back = if viewer_can(Permission::SettingsViewStaff) {
        BackLink::new(paths::STAFF, "My Staff")
    } else {
        BackLink::new(paths::ME, "My profile")
    };
    let here = base.clone();
    view! {
        <Page title description="What they did, and what was done to their place in this account." back>
            <MemberTabs id=person.id tab=MemberTab::Activity/>
            <Filters query people=None base/>
            {log.show(|| view! { <TableSkeleton rows=10 columns=3/> }.into_any(), move |page| {
                view! { <Log page query=query.get_untracked() base=here.clone()/> }.into_any()
            })}
        </Page>
    }
}
