use domain::{Permission, permissions::summary};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    ButtonKind, DataTable, EmptyState, FilterBar, IconName, LinkButton, Menu, MenuLink, Row, SearchInput,
    TableSkeleton, Td, Th, follow_address,
};

use super::{
    api::{ProfileLine, ProfileList},
    faces::Faces,
};
use crate::{Data, layout::Page, live::profile_version, paths, time, viewer::denied_reason};

/// All profiles: who has each, and what it opens.
#[component]
pub fn ProfilesPage() -> impl IntoView {
    let query = use_query_map();
    let search = Memo::new(move |_| query.with(|query| query.get("q")).unwrap_or_default().trim().to_owned());
    let changed = profile_version(|| None);
    let rows = Data::renewed(move || changed.get(), || Ok(ProfileList {}));
    follow_address(Signal::derive(move || vec![("q", search.get())]));
    let reason = denied_reason(Permission::SettingsManageProfiles);
    let action = view! {
        <LinkButton href=paths::COMPARE kind=ButtonKind::Secondary disabled_reason=reason.clone()>"Compare"</LinkButton>
        <LinkButton href=paths::NEW_PROFILE icon=IconName::Plus disabled_reason=reason>"New"</LinkButton>
    };
    let clear_href =
        Signal::derive(move || search.with(|text| !text.is_empty()).then(|| paths::PROFILES.to_owned()));
    view! {
        <Page title="Permission Profiles" action
            description="Named sets of permissions for Users. Give each person only what their work needs; Admins need none.">
            <FilterBar action=paths::PROFILES clear_href>
                <SearchInput label="Search by name or section" value=search.get_untracked()/>
            </FilterBar>
            {rows.show(|| view! { <TableSkeleton rows=5 columns=4/> }.into_any(), move |rows| {
                view! { <List rows search=search.get()/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn List(rows: Vec<ProfileLine>, search: String) -> impl IntoView {
    let there_are_some = !rows.is_empty();
    let wanted = search.to_lowercase();
    let fits = |line: &ProfileLine| {
        let profile = &line.row.profile;
        [profile.name.clone(), profile.description.clone(), summary(profile.permissions)]
            .iter()
            .any(|text| text.to_lowercase().contains(&wanted))
    };
    let rows: Vec<_> = rows.into_iter().filter(fits).collect();
    if rows.is_empty() && there_are_some {
        let action =
            view! { <LinkButton href=paths::PROFILES kind=ButtonKind::Secondary>"Clear search"</LinkButton> };
        return view! { <EmptyState icon=IconName::Search title="No profile found" body="No profile is called so or opens such a section." action/> }.into_any();
    }
    if rows.is_empty() {
        return view! { <NoneYet/> }.into_any();
    }
    let head = view! { <Th>"Profile"</Th><Th>"Held by"</Th><Th>"Last change"</Th><Th>"Actions"</Th> };
    let lines = rows.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! { <DataTable caption="Permission profiles" head>{lines}</DataTable> }.into_any()
}

#[component]
fn NoneYet() -> impl IntoView {
    let reason = denied_reason(Permission::SettingsManageProfiles);
    let action = view! {
        <LinkButton href=paths::NEW_PROFILE icon=IconName::Plus disabled_reason=reason>"Make the first profile"</LinkButton>
    };
    view! {
        <EmptyState icon=IconName::Shield title="No profiles yet"
            body="Until there are some, every User has the built-in Standard user set. Start from an example, such as a virtual assistant who keeps contacts but sends no campaigns." action/>
    }
}

#[component]
fn Line(line: ProfileLine) -> impl IntoView {
    let ProfileLine { row, changed } = line;
    let profile = row.profile;
    let (id, name) = (profile.id, profile.name);
    let more = format!("More about {name}");
    let draft = row.has_draft.then(|| {
        view! { <span class="cell-note"><a class="link" href=paths::profile_draft(id)>"You have a draft"</a></span> }
    });
    let by = row.changed.by.map(|name| view! { <span class="cell-note">{format!("by {name}")}</span> });
    view! {
        <Row>
            <Td main=true>
                <div class="min-w-0">
                    <a href=paths::profile(id)>{name}</a>
                    <span class="cell-note cell-note-wide">{summary(profile.permissions)}</span>
                    {draft}
                </div>
            </Td>
            <Td label="Held by"><a href=paths::profile_people(id)><Faces holders=row.faces people=row.people/></a></Td>
            <Td label="Last change"><div>{time(changed)}{by}</div></Td>
            <Td actions=true>
                <Menu label=more>
                    <MenuLink href=paths::edit_profile(id) label="Rename and describe" icon=IconName::Pencil/>
                    <MenuLink href=paths::duplicate_profile(id) label="Duplicate" icon=IconName::Copy/>
                    <MenuLink href=paths::profile_history(id) label="History" icon=IconName::Clock/>
                    <MenuLink href=paths::delete_profile(id) label="Delete" icon=IconName::Trash danger=true/>
                </Menu>
            </Td>
        </Row>
    }
}
