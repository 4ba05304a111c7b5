use domain::{
    MemberId, Page as Rows, Permission, ProfileId, Role,
    permissions::ProfileDetails,
    staff::{StaffId, StatusFilter},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Avatar, Button, ButtonKind, Callout, Checkbox, DataTable, EmptyState, FilterBar, FormError, IconName,
    Pagination, Row, SearchInput, Section, Skeleton, TableSkeleton, Td, Th,
};

use super::{
    api_change::{AssignProfile, UnassignProfile},
    frame::{NoProfile, ProfileFrame, Tab, asked, profile_id},
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    live::profile_version,
    paths,
    staff::api::{StaffLine, StaffList},
    viewer::denied_reason,
};

#[derive(Clone, Copy)]
struct Acts {
    assign: Act<AssignProfile>,
    assigning: Form,
    unassign: Act<UnassignProfile>,
    unassigning: Form,
}

/// Who holds the profile, and who could.
#[component]
pub fn ProfilePeoplePage() -> impl IntoView {
    let id = profile_id();
    let (assign, unassign) = (Act::new(), Act::new());
    let acts = Acts { assign, assigning: Form::of(assign), unassign, unassigning: Form::of(unassign) };
    let (assigned, unassigned) = (acts.assigning.saved(), acts.unassigning.saved());
    let changed = profile_version(move || id.get());
    let version = move || changed.get() + assigned.get() + unassigned.get();
    let profile = Data::renewed(version, move || asked(id.get()));
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (search, page) = (parameter("q"), parameter("page"));
    let holders = Data::renewed(version, move || {
        let profile = Some(asked(id.get())?.id.to_string());
        Ok(StaffList { profile, page: page.get(), ..everybody() })
    });
    let others = Data::renewed(version, move || {
        let (status, role) = (StatusFilter::Active.key(), Role::User.key());
        let (status, role) = (Some(status.to_owned()), Some(role.to_owned()));
        Ok(StaffList { search: search.get(), status, role, ..everybody() })
    });
    profile.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |profile| match profile {
            Ok(view) => view! { <People details=view.details holders others search acts/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

fn everybody() -> StaffList {
    StaffList {
        search: None,
        status: None,
        role: None,
        profile: None,
        sort: None,
        direction: None,
        page: None,
    }
}

#[component]
fn People(
    details: ProfileDetails,
    holders: Data<Rows<StaffLine>>,
    others: Data<Rows<StaffLine>>,
    search: Memo<Option<String>>,
    acts: Acts,
) -> impl IntoView {
    let (id, name) = (details.profile.id, details.profile.name.clone());
    let reason = denied_reason(Permission::SettingsEditStaff);
    let give = match reason.clone() {
        Some(reason) => {
            view! { <Callout title="You cannot give profiles to people">{reason}</Callout> }.into_any()
        }
        None => view! { <Give id name others search acts/> }.into_any(),
    };
    view! {
        <ProfileFrame details tab=Tab::People>
            <Section title="Who holds it">
                <FormError message=acts.unassigning.error()/>
                {holders.show(|| view! { <TableSkeleton rows=4 columns=3/> }.into_any(), move |rows| {
                    view! { <Holders id rows acts reason=reason.clone()/> }.into_any()
                })}
            </Section>
            <Section title="Give it to people" description="To Users; Admins may do everything already. It counts with their next click.">
                {give}
            </Section>
        </ProfileFrame>
    }
}

#[component]
fn Holders(id: ProfileId, rows: Rows<StaffLine>, acts: Acts, reason: Option<String>) -> impl IntoView {
    if rows.total == 0 {
        return view! {
            <EmptyState icon=IconName::Users title="Nobody holds this profile yet" body="Choose people below, or choose the profile when you add an employee."/>
        }
        .into_any();
    }
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let line = move |line: StaffLine| view! { <Holder id line acts reason=reason.clone()/> };
    let lines = rows.rows.into_iter().map(line).collect_view();
    let head = view! { <Th>"Name"</Th><Th>"Status"</Th><Th>"Actions"</Th> };
    view! {
        <DataTable caption="Who holds this profile" head>{lines}</DataTable>
        <Pagination page pages total per_page=u64::from(domain::listing::ROWS_PER_PAGE)
            href=move |page| format!("{}?page={page}", paths::profile_people(id))/>
    }
    .into_any()
}

#[component]
fn Holder(id: ProfileId, line: StaffLine, acts: Acts, reason: Option<String>) -> impl IntoView {
    let row = line.row;
    let photo_href = row.photo.map(|(login, version)| paths::photo(login, version));
    let (href, status, member) = match row.id {
        StaffId::Member(member) => (paths::member(member), "Member", Some(member)),
        StaffId::Invitation(invitation) => (paths::invitation(invitation), "Invited", None),
    };
    let take_away = format!("Take the profile from {}", row.name);
    let unassign = member.map(|member: MemberId| {
        view! {
            <SaveForm action=acts.unassign>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="member" value=member.to_string()/>
                <Button kind=ButtonKind::Ghost small=true pending=acts.unassigning.pending() disabled_reason=reason
                    aria_label=take_away>"Take away"</Button>
            </SaveForm>
        }
    });
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person"><Avatar name=row.name.clone() photo_href/><a class="min-w-0" href=href>{row.name.clone()}</a></div>
            </Td>
            <Td label="Status">{status}</Td>
            <Td actions=true>{unassign}</Td>
        </Row>
    }
}

#[component]
fn Give(
    id: ProfileId,
    name: String,
    others: Data<Rows<StaffLine>>,
    search: Memo<Option<String>>,
    acts: Acts,
) -> impl IntoView {
    let here = paths::profile_people(id);
    let name = StoredValue::new(name);
    view! {
        <FilterBar action=here>
            <SearchInput label="Search people" value=search.get_untracked().unwrap_or_default()/>
        </FilterBar>
        <SaveForm action=acts.assign>
            <div class="stack">
                <FormError message=acts.assigning.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
                {others.show(|| view! { <Skeleton lines=4/> }.into_any(), move |rows| {
                    view! { <Choices rows profile=name.get_value()/> }.into_any()
                })}
                <div><Button kind=ButtonKind::Primary pending=acts.assigning.pending()>"Give the profile"</Button></div>
            </div>
        </SaveForm>
    }
}

#[component]
fn Choices(rows: Rows<StaffLine>, profile: String) -> impl IntoView {
    let shown = rows.rows.len();
    let more = u64::try_from(shown).is_ok_and(|shown| shown < rows.total);
    let more = more.then(|| {
        view! { <p class="text-sm">{format!("These are {shown} of {}. Search to find the others.", rows.total)}</p> }
    });
    let choice = move |line: StaffLine| {
        let StaffId::Member(member) = line.row.id else { return ().into_any() };
        let held = line.row.profile.clone();
        let holds_it = held.as_ref() == Some(&profile);
        let hint = match held {
            Some(_) if holds_it => "Holds it already".to_owned(),
            Some(other) => format!("Holds “{other}” now"),
            None => "Has the built-in Standard user set now".to_owned(),
        };
        view! {
            <Checkbox name="members[]" id=format!("member-{member}") label=line.row.name value=member.to_string() hint
                disabled=holds_it/>
        }
        .into_any()
    };
    if rows.rows.is_empty() {
        return view! { <p>"No active User is found."</p> }.into_any();
    }
    view! {
        <fieldset class="choice-columns">
            <legend class="field-label">"People"</legend>
            {rows.rows.into_iter().map(choice).collect_view()}
        </fieldset>
        {more}
    }
    .into_any()
}
