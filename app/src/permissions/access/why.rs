use domain::{
    Permission, Role,
    permissions::{Changer, Explanation, ExplanationId, ProfileName, STANDARD_USER_LABEL},
    staff::MemberState,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ui::{BackLink, Callout, CopyButton, DescriptionItem, DescriptionList, Section, Skeleton, Tone};

use super::{
    ask::{AskSection, Asking, may_be_asked_for},
    is_viewer, list_of,
    words::one_line,
};
use crate::{
    Data,
    error::LoadError,
    layout::Page,
    live::profile_version,
    paths,
    permissions::api_explain::{ExplanationView, Fact, ReadExplanation},
    time,
    viewer::viewer_can,
};

/// One permission of one person: what decides it, link by link, and who can change it.
#[component]
pub fn WhyPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("explanation").unwrap_or_default()));
    let changed = profile_version(|| None);
    let asking = Asking::new();
    let asked = asking.form.saved();
    let version = move || changed.get() + asked.get();
    let found = Data::renewed(version, move || Ok(ReadExplanation { id: id.get() }));
    found.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |found| match found {
            Ok(found) => view! { <Why found asking/> }.into_any(),
            Err(error) => view! {
                <Page title="Why" back=BackLink::new(paths::MY_ACCESS, "What I may do")><LoadError error/></Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn Why(found: ExplanationView, asking: Asking) -> impl IntoView {
    let explanation = found.explanation.clone();
    let (about, permission) = (&found.explanation.about, explanation.permission);
    let is_own = is_viewer(about.member);
    let who = &about.name;
    let may = about.may(permission);
    let title = match (may, is_own) {
        (true, true) => "Why you may do this".to_owned(),
        (false, true) => "Why you may not do this".to_owned(),
        (true, false) => format!("Why {who} may do this"),
        (false, false) => format!("Why {who} may not do this"),
    };
    let description = match permission.section() {
        Some(section) => format!("{} · {}", section.label(), permission.label()),
        None => format!("Only Admins · {}", permission.label()),
    };
    let list = if is_own { "What I may do".to_owned() } else { format!("What {} may do", about.name) };
    let back = BackLink::new(list_of(about.member), list);
    let tone = if may { Tone::Good } else { Tone::Warn };
    let answer = if may { "Yes" } else { "No" };
    let reason = match about.state {
        MemberState::Active => one_line(about, permission),
        _ => format!("{who} is not active: that takes everything, whatever was given."),
    };
    let id = ExplanationId::new(about.member, permission).to_string();
    let ask =
        may_be_asked_for(&found).then(|| view! { <AskSection permission asked=found.asked.clone() asking/> });
    view! {
        <Page title description back>
            <Callout tone title=answer>{reason}</Callout>
            {ask}
            <Section title="What decides it"><Chain found/></Section>
            <Section title="Who can change it"><WhoCanChange explanation/></Section>
            <Section title="Ask about it" description="Pass this on: whoever may see it finds this page under the same id.">
                <CopyButton label="Explanation" text=id/>
            </Section>
        </Page>
    }
}

/// Role, profile, scope, what was given beside them and state, in the order in which they decide.
#[component]
fn Chain(found: ExplanationView) -> impl IntoView {
    let ExplanationView {
        explanation, role_given, profile_given, scope_given, switched, elevated, ends, ..
    } = found;
    let about = explanation.about;
    let role = about.assignment.role;
    let is_user = role == Role::User;
    let permission = explanation.permission;
    let version = explanation.switched.map(|switched| switched.version);
    let profile = about.assignment.profile.clone();
    let held = profile.clone();
    let profile_line = is_user.then(|| {
        view! {
            <DescriptionItem term="Permission profile">
                <ProfileLink profile=held/> <Given fact=profile_given word="given"/>
            </DescriptionItem>
        }
    });
    let is_on = about.profile_set.is_some_and(|set| set.contains(permission));
    let switch_line = profile.filter(|_| is_user && !permission.admin_only()).map(|profile| {
        view! { <DescriptionItem term="In that profile"><Switch profile is_on version fact=switched/></DescriptionItem> }
    });
    let scope = if about.assignment.only_assigned { "Only what is assigned to them" } else { "All records" };
    let scope_line = is_user.then(|| {
        view! { <DescriptionItem term="Records">{scope} " " <Given fact=scope_given word="set"/></DescriptionItem> }
    });
    let elevated_line = elevated.filter(|_| is_user && !is_on).map(|fact| {
        let until = match ends {
            Some(end) => view! { "Until " {time(end)} ". " }.into_any(),
            None => "For good. ".into_any(),
        };
        view! {
            <DescriptionItem term="Given beside it">
                {until} "To use, not to give on. " <Given fact=Some(fact) word="given"/>
            </DescriptionItem>
        }
    });
    let state = match about.state {
        MemberState::Active => "Active",
        MemberState::Deactivated => "Deactivated: may do nothing until somebody lets them in again",
        MemberState::Removed => "Removed: does not belong to the account any more",
    };
    view! {
        <DescriptionList>
            <DescriptionItem term="Account">{about.account_name}</DescriptionItem>
            <DescriptionItem term="Person">{about.name}". "{state}"."</DescriptionItem>
            <DescriptionItem term="Role">{role.label()}". "{role.description()}" "<Given fact=role_given word="given"/></DescriptionItem>
            {profile_line}
            {switch_line}
            {scope_line}
            {elevated_line}
            {about.last_day.map(|day| view! { <DescriptionItem term="Last day">{day.words()}</DescriptionItem> })}
        </DescriptionList>
    }
}

/// The profile's name; a link for whoever may open it.
#[component]
fn ProfileLink(profile: Option<ProfileName>) -> impl IntoView {
    match profile {
        Some(profile) if viewer_can(Permission::SettingsManageProfiles) => {
            view! { <a class="link" href=paths::profile(profile.id)>{profile.name}</a>" " }.into_any()
        }
        Some(profile) => format!("{} ", profile.name).into_any(),
        None => format!("None: the built-in set “{}”. ", STANDARD_USER_LABEL).into_any(),
    }
}

/// When the profile switched the permission, and who did it.
#[component]
fn Switch(profile: ProfileName, is_on: bool, version: Option<i32>, fact: Option<Fact>) -> impl IntoView {
    let state = if is_on { "Switched on" } else { "Switched off" };
    let word = if version == Some(1) { "since the profile was made," } else { "last switched" };
    let history = version.filter(|_| viewer_can(Permission::SettingsManageProfiles)).map(|version| {
        let href = format!("{}?before={version}", paths::profile_history(profile.id));
        view! { " " <a class="link" href=href>{format!("Version {version}")}</a> }
    });
    view! { {state}" " <Given fact word/> {history} }
}

/// "given 27 Nov by Olive"; nothing where it was never written down.
#[component]
fn Given(fact: Option<Fact>, word: &'static str) -> impl IntoView {
    fact.map(|Fact { when, by }| {
        let by = by.unwrap_or_else(|| "Steward".to_owned());
        view! { <span class="text-sm text-muted">{word}" "{time(when)}" by "{by}</span> }
    })
}

#[component]
fn WhoCanChange(explanation: Explanation) -> impl IntoView {
    let may_open = viewer_can(Permission::SettingsViewStaff);
    let named = u64::try_from(explanation.changers.len()).unwrap_or_default();
    let more = explanation.changers_total.saturating_sub(named);
    let lines = explanation
        .changers
        .into_iter()
        .map(|Changer { member, name, is_admin }| {
            let what = if is_admin { "Admin" } else { "May do this, and manages profiles or edits staff" };
            let name = match may_open {
                true => view! { <a class="link" href=paths::member(member)>{name}</a> }.into_any(),
                false => name.into_any(),
            };
            view! { <li class="py-1">{name}" "<span class="text-sm text-muted">{what}</span></li> }
        })
        .collect_view();
    view! {
        <ul>{lines}</ul>
        {(more > 0).then(|| view! { <p class="text-muted">{format!("and {more} more")}</p> })}
    }
}
