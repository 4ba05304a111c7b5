use domain::{
    MemberId, Page as Rows, Permission, ProfileId,
    staff::{StaffId, StaffRow},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Avatar, Button, ButtonKind, Callout, Checkbox, DataTable, EmptyState, FilterBar, FormError, IconName,
    Pagination, Row, SearchInput, Section, Skeleton, Td, Th, WhyNot,
};

use super::{
    api::{PeopleView, ProfilePeople, ProfileView},
    api_change::{AssignProfile, UnassignProfile},
    frame::{NoProfile, ProfileFrame, Tab, asked},
    places::{PlacesByRule, SuggestedPlaces},
};
use crate::{Data, Form, SaveForm, act::Act, live::profile_version, paths, viewer::denied_reason};

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
    let id = paths::id_parameter();
    let (assign, unassign) = (Act::new(), Act::new());
    let acts = Acts { assign, assigning: Form::of(assign), unassign, unassigning: Form::of(unassign) };
    let (assigned, unassigned) = (acts.assigning.saved(), acts.unassigning.saved());
    let changed = profile_version(move || id.get());
    let version = move || changed.get() + assigned.get() + unassigned.get();
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (search, page) = (parameter("q"), parameter("page"));
    let people = Data::renewed(version, move || {
        Ok(ProfilePeople { id: asked(id.get())?.id, search: search.get(), page: page.get() })
    });
    people.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |people| match people {
            Ok(people) => view! { <People people search=search.get_untracked() acts/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn People(people: PeopleView, search: Option<String>, acts: Acts) -> impl IntoView {
    let PeopleView { view: ProfileView { details, .. }, holders, others, places } = people;
    let (id, name) = (details.profile.id, details.profile.name.clone());
    let reason = denied_reason(Permission::SettingsEditStaff);
    let give = match reason.clone() {
        Some(reason) => {
            view! { <Callout title="You cannot give profiles to people">{reason.view()}</Callout> }.into_any()
        }
        None => view! { <Give id name others search acts/> }.into_any(),
    };
    view! {
        <ProfileFrame details tab=Tab::People>
            <Section title="Who holds it">
                <FormError message=acts.unassigning.error()/>
                <Holders id rows=holders acts reason/>
            </Section>
            <Section title="Give it to people" description="To Users; Admins may do everything already. It counts with their next click.">
                <PlacesByRule places=places.by_rule/>
                <SuggestedPlaces places=places.suggested/>
                {give}
            </Section>
        </ProfileFrame>
    }
}

#[component]
fn Holders(id: ProfileId, rows: Rows<StaffRow>, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    if rows.total == 0 {
        return view! {
            <EmptyState icon=IconName::Users title="Nobody holds this profile yet" body="Choose people below, or choose the profile when you add an employee."/>
        }
        .into_any();
    }
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let line = move |row: StaffRow| view! { <Holder id row acts reason=reason.clone()/> };
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
fn Holder(id: ProfileId, row: StaffRow, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
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
    others: Rows<StaffRow>,
    search: Option<String>,
    acts: Acts,
) -> impl IntoView {
    let here = paths::profile_people(id);
    view! {
        <FilterBar action=here>
            <SearchInput label="Search people" value=search.unwrap_or_default()/>
        </FilterBar>
        <SaveForm action=acts.assign>
            <div class="stack">
                <FormError message=acts.assigning.error()/>
                <input type="hidden" name="id" value=id.to_string()/>
                <Choices rows=others profile=name/>
                <div><Button kind=ButtonKind::Primary pending=acts.assigning.pending()>"Give the profile"</Button></div>
            </div>
        </SaveForm>
    }
}

#[component]
fn Choices(rows: Rows<StaffRow>, profile: String) -> impl IntoView {
    let shown = rows.rows.len();
    let more = u64::try_from(shown).is_ok_and(|shown| shown < rows.total);
    let more = more.then(|| {
        view! { <p class="text-sm">{format!("These are {shown} of {}. Search to find the others.", rows.total)}</p> }
    });
    let choice = move |row: StaffRow| {
        let StaffId::Member(member) = row.id else { return ().into_any() };
        let held = row.profile;
        let holds_it = held.as_ref() == Some(&profile);
        let hint = match held {
            Some(_) if holds_it => "Holds it already".to_owned(),
            Some(other) => format!("Holds “{other}” now"),
            None => "Has the built-in Standard user set now".to_owned(),
        };
        view! {
            <Checkbox name="members[]" id=format!("member-{member}") label=row.name value=member.to_string() hint
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
