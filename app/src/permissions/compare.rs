use domain::{
    Permission, PermissionSet, Refusal, Role, Section,
    permissions::{PermissionSource, ProfileChoice, STANDARD_USER_LABEL},
    staff::{StaffId, StaffRow},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Callout, DataTable, FilterBar, FilterDay, FilterSelect, Icon, IconName, Row, SearchInput,
    SelectOption, Skeleton, TableSkeleton, Td, Th,
};

use super::api::{Compare, CompareChoices, Comparison, ReadCompareChoices};
use crate::{AppError, Data, error::LoadError, layout::Page, paths};

/// Two profiles or two people side by side, now or as of an earlier day.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let parameter =
        move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)).unwrap_or_default());
    let (left, right) = (parameter("left"), parameter("right"));
    let (on, who) = (parameter("on"), parameter("who"));
    let choices = Data::new(move || Ok(ReadCompareChoices { search: who.get() }));
    let comparison = Data::new(move || match (left.get(), right.get()) {
        (left, right) if left.is_empty() || right.is_empty() => Err(AppError::from(Refusal::NotFound)),
        (left, right) => Ok(Compare { left, right, on: Some(on.get()) }),
    });
    let is_asked = move || left.with(|left| !left.is_empty()) && right.with(|right| !right.is_empty());
    view! {
        <Page title="Compare permissions" back=BackLink::new(paths::PROFILES, "Permission Profiles")
            description="Two profiles, people or roles side by side. Choose a day to see what held when it ended.">
            {choices.show(|| view! { <Skeleton lines=2/> }.into_any(), move |choices| {
                let options = options(choices, &left.get_untracked(), &right.get_untracked());
                view! {
                    <FilterBar action=paths::COMPARE>
                        <FilterSelect name="left" label="First" options=options.clone() value=left.get_untracked()/>
                        <FilterSelect name="right" label="Second" options value=right.get_untracked()/>
                        <FilterDay name="on" label="As of" value=on.get_untracked()/>
                        <SearchInput name="who" label="Find people to choose" value=who.get_untracked()/>
                    </FilterBar>
                }
                .into_any()
            })}
            {comparison.show_either(|| view! { <TableSkeleton rows=8 columns=3/> }.into_any(), move |comparison| {
                match comparison {
                    Ok(comparison) => view! { <Sides comparison/> }.into_any(),
                    Err(error) if is_asked() => view! { <NotThere error/> }.into_any(),
                    Err(_) => view! { <p>"Choose what to put side by side."</p> }.into_any(),
                }
            })}
        </Page>
    }
}

#[component]
fn NotThere(error: AppError) -> impl IntoView {
    match error.refusal() {
        Some(Refusal::NotFound) => view! {
            <Callout title="Nothing to compare">"One of the two does not exist, or did not exist yet on that day."</Callout>
        }
        .into_any(),
        _ => view! { <LoadError error/> }.into_any(),
    }
}

/// Roles, profiles and people; who is chosen already stays there, whatever was searched for.
fn options(choices: CompareChoices, left: &str, right: &str) -> Vec<SelectOption> {
    let CompareChoices { profiles, people } = choices;
    let first = [
        SelectOption::new("", "Choose"),
        SelectOption::new(Role::User.key(), STANDARD_USER_LABEL),
        SelectOption::new(Role::Admin.key(), Role::Admin.label()),
    ];
    let profile = |choice: ProfileChoice| {
        SelectOption::new(
            PermissionSource::Profile(choice.id).to_string(),
            format!("Profile: {}", choice.name),
        )
    };
    let person = |row: StaffRow| match row.id {
        StaffId::Member(id) => Some(SelectOption::new(PermissionSource::Member(id).to_string(), row.name)),
        StaffId::Invitation(_) => None,
    };
    let mut all: Vec<_> = first
        .into_iter()
        .chain(profiles.into_iter().map(profile))
        .chain(people.rows.into_iter().filter_map(person))
        .collect();
    for chosen in [left, right] {
        if !all.iter().any(|option| option.value == chosen) {
            all.push(SelectOption::new(chosen, "The person chosen before"));
        }
    }
    all
}

#[component]
fn Sides(comparison: Comparison) -> impl IntoView {
    let Comparison { left, right } = comparison;
    let different = left.permissions.difference(right.permissions);
    let said = match different.len() {
        0 => "They may do exactly the same.".to_owned(),
        1 => "They differ in one permission.".to_owned(),
        n => format!("They differ in {n} permissions."),
    };
    let labels = StoredValue::new((left.label.clone(), right.label.clone()));
    let (left_set, right_set) = (left.permissions, right.permissions);
    let head = view! { <Th>"Permission"</Th><Th>{left.label}</Th><Th>{right.label}</Th> };
    let rows = Section::ALL
        .into_iter()
        .map(PermissionSet::section)
        .chain([PermissionSet::ADMIN_ONLY])
        .flat_map(|section| section.iter().collect::<Vec<_>>())
        .map(|permission| {
            let (left, right) = (left_set.contains(permission), right_set.contains(permission));
            view! { <Line permission left right labels/> }
        })
        .collect_view();
    view! {
        <p class="held-by" role="status">{said}</p>
        <DataTable caption="Permissions side by side" head>{rows}</DataTable>
    }
}

#[component]
fn Line(
    permission: Permission,
    left: bool,
    right: bool,
    labels: StoredValue<(String, String)>,
) -> impl IntoView {
    let section = permission.section().map_or("Only Admins", Section::label);
    let (first, second) = labels.get_value();
    view! {
        <Row>
            <Td main=true>
                <span class:compared-different=left != right>{permission.label()}</span>
                <span class="cell-note">{section}{(left != right).then_some(" · different")}</span>
            </Td>
            <Td label=first><Mark on=left/></Td>
            <Td label=second><Mark on=right/></Td>
        </Row>
    }
}

#[component]
fn Mark(on: bool) -> impl IntoView {
    let (name, word) = if on { (IconName::Check, "Yes") } else { (IconName::Minus, "No") };
    view! { <span class="compared-mark" class:compared-no=!on><Icon name/>{word}</span> }
}
