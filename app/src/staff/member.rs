use domain::{
    MemberId, Permission, Refusal, Role, When,
    permissions::PermissionSource,
    staff::{MemberDetails, MemberState},
};
use leptos::prelude::*;
use ui::{
    Avatar, BackLink, Badge, Button, ButtonKind, Callout, DescriptionItem, DescriptionList, FormError,
    IconName, LinkButton, Section, Skeleton, Tone,
};

use super::{
    api_members::{Member, MemberProfile},
    given::{Given, last_day},
    member_acts::{MemberActs, is_viewer, why_not, why_not_to_others},
    member_leaving::MemberLeaving,
    member_questions::Questions,
    member_sessions::MemberSessions,
    readiness::{MemberReadiness, PlaceOptions},
};
use crate::{
    Data, SaveForm,
    error::LoadError,
    layout::{MemberTab, MemberTabs, Page},
    live::{between_forms, calendar_version, pipeline_version, profile_version},
    paths,
    preview::PreviewButton,
    time,
};

#[component]
pub fn MemberPage() -> impl IntoView {
    let id = paths::id_parameter::<MemberId>();
    let acts = MemberActs::new();
    let saved = acts.saved();
    let told =
        [calendar_version(|| None), pipeline_version(|| None), profile_version(|| None)].map(between_forms);
    let version = move || saved.get() + told.iter().map(Get::get).sum::<usize>();
    let profile = Data::renewed(version, move || asked(id.get()));
    profile.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |profile| match profile {
            Ok(profile) => view! { <Profile profile acts/> }.into_any(),
            Err(error) => view! { <NoMember error/> }.into_any(),
        },
    )
}

/// What a page about the member in its address asks for.
pub(super) fn asked(id: Option<MemberId>) -> Result<Member, crate::AppError> {
    Ok(Member { id: id.ok_or(Refusal::NotFound)? })
}

#[component]
pub(super) fn NoMember(error: crate::AppError) -> impl IntoView {
    view! {
        <Page title="Staff member" back=BackLink::new(paths::STAFF, "My Staff")><LoadError error/></Page>
    }
}

#[component]
fn Profile(profile: MemberProfile, acts: MemberActs) -> impl IntoView {
    let MemberProfile { member, joined, last_active, sessions, readiness, calendars, pipelines, leaving } =
        profile;
    let name = member.name.full();
    let (id, state, about) = (member.id, member.state, member.clone());
    let action = view! { <Controls member=member.clone() acts/> };
    let photo = member.photo_version.map(|version| paths::photo(member.login_id, version));
    let gone = (state == MemberState::Removed).then(|| view! { <Removed name=name.clone()/> });
    let refused = Signal::derive(move || acts.reactivating.error().get());
    let readiness = (!readiness.is_empty()).then(|| {
        let (member, places) = (member.clone(), PlaceOptions { calendars, pipelines });
        view! { <MemberReadiness member readiness places acts=acts.readiness/> }
    });
    let why_not_given = why_not_to_others(Permission::SettingsEditStaff, &member);
    view! {
        <Page title=name.clone() description=member.email.to_string() action back=BackLink::new(paths::STAFF, "My Staff")>
            <FormError message=refused/>
            {gone}
            <MemberTabs id tab=MemberTab::Details/>
            <div class="flex items-center gap-4 mb-6">
                <Avatar name=name photo_href=photo large=true/>
                <StateBadge state/>
            </div>
            <MemberLeaving id notice=leaving why_not=why_not_given/>
            {readiness}
            <Section title="Details"><Facts member=about joined last_active/></Section>
            {sessions.map(|sessions| view! { <MemberSessions id sessions acts/> })}
            <OwnPlace id/>
        </Page>
        <Questions member acts/>
    }
}

#[component]
fn StateBadge(state: MemberState) -> impl IntoView {
    match state {
        MemberState::Active => view! { <Badge tone=Tone::Good>"Active"</Badge> },
        MemberState::Deactivated => view! { <Badge tone=Tone::Warn>"Deactivated"</Badge> },
        MemberState::Removed => view! { <Badge tone=Tone::Neutral>"Removed"</Badge> },
    }
}

#[component]
fn Facts(member: MemberDetails, joined: When, last_active: Option<When>) -> impl IntoView {
    let phone = member.phone.map_or_else(|| "Not given".to_owned(), String::from);
    let last_active = match last_active {
        Some(when) => time(when).into_any(),
        None => "Not yet".into_any(),
    };
    view! {
        <DescriptionList>
            <DescriptionItem term="E-mail">{member.email.to_string()}</DescriptionItem>
            <DescriptionItem term="Phone">{phone}</DescriptionItem>
            <Given assignment=member.assignment/>
            {member.last_day.map(last_day)}
            <DescriptionItem term="Joined">{time(joined)}</DescriptionItem>
            <DescriptionItem term="Last active">{last_active}</DescriptionItem>
        </DescriptionList>
    }
}

/// What can be done to somebody who still belongs to the account. Questions are asked at addresses of their own.
#[component]
fn Controls(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    if member.state == MemberState::Removed {
        return ().into_any();
    }
    let here = paths::member(member.id);
    // An Admin sees everything, as whoever may look does not need to be shown.
    let may_be_looked_as =
        member.state == MemberState::Active && member.assignment.role == Role::User && !is_viewer(member.id);
    let remove_reason = why_not_to_others(Permission::RemovePeople, &member);
    view! {
        <LinkButton href=paths::edit_member(member.id) icon=IconName::Pencil
            disabled_reason=why_not(Permission::SettingsEditStaff, &member)>
            "Edit"
        </LinkButton>
        {may_be_looked_as.then(|| view! { <PreviewButton source=PermissionSource::Member(member.id)/> })}
        <InOrOut member acts/>
        <LinkButton href=format!("{here}?remove=1") kind=ButtonKind::Danger disabled_reason=remove_reason>
            "Remove"
        </LinkButton>
    }
    .into_any()
}

#[component]
fn InOrOut(member: MemberDetails, acts: MemberActs) -> impl IntoView {
    let disabled_reason = why_not_to_others(Permission::SettingsEditStaff, &member);
    if member.state == MemberState::Active {
        let href = format!("{}?deactivate=1", paths::member(member.id));
        return view! { <LinkButton href kind=ButtonKind::Secondary disabled_reason>"Deactivate"</LinkButton> }.into_any();
    }
    view! {
        <SaveForm action=acts.reactivate>
            <input type="hidden" name="id" value=member.id.to_string()/>
            <Button kind=ButtonKind::Secondary pending=acts.reactivating.pending() disabled_reason>"Reactivate"</Button>
        </SaveForm>
    }
    .into_any()
}

#[component]
fn Removed(name: String) -> impl IntoView {
    view! {
        <Callout title=format!("{name} does not belong to the account any more")>
            <p>"What they did stays under their name. "<a class="link" href=paths::ADD_STAFF>"Invite them again"</a>
            " if they should come back; they join as somebody new."</p>
        </Callout>
    }
}

/// What one does with one's own place in the account.
#[component]
fn OwnPlace(id: MemberId) -> impl IntoView {
    is_viewer(id).then(|| {
        let leave = format!("{}?leave=1", paths::member(id));
        view! {
            <Section title="Your place here" description="Name, photo, password and browsers are yours in every account.">
                <div class="flex flex-wrap gap-2">
                    <LinkButton href=paths::ME kind=ButtonKind::Secondary>"My profile"</LinkButton>
                    <LinkButton href=paths::MY_SESSIONS kind=ButtonKind::Secondary>"Where you are signed in"</LinkButton>
                    <LinkButton href=leave kind=ButtonKind::Danger icon=IconName::Logout>"Leave this account"</LinkButton>
                </div>
            </Section>
        }
    })
}
