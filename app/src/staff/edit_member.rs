use domain::{
    MemberId, Permission, Refusal,
    staff::{MemberDetails, MemberState},
};
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, Denied, FormActions, FormError, LinkButton, Skeleton, TextField};

use super::{
    add::LastDayField,
    api_members::{EditMember, MemberPlaces},
    assignment_fields::{AssignmentFields, AssignmentForm, Choices, ask_choices},
    member::{NoMember, asked},
    member_acts::why_not,
    places_field::{AskedPlaces, PlacesField, Ticked},
};
use crate::{
    AppError, ChangedMeanwhile, Data, Form, SaveForm,
    act::Act,
    layout::Page,
    paths,
    viewer::{explained, viewer_can},
};

#[component]
pub fn EditMemberPage() -> impl IntoView {
    let id = paths::id_parameter::<MemberId>();
    let edit = Act::<EditMember>::new();
    let form = Form::of(edit);
    // Not read again after a refusal: what was typed must stay.
    let profile = Data::new(move || asked(id.get()));
    let choices = Data::new(|| ask_choices(Permission::SettingsEditStaff));
    let places = Data::new(move || ask_member_places(id.get()));
    profile.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |profile| match profile {
            Ok(profile) => view! { <Edit member=profile.member edit form choices places/> }.into_any(),
            Err(error) => view! { <NoMember error/> }.into_any(),
        },
    )
}

/// Nothing for viewers whom the server would refuse: they see the form inert.
fn ask_member_places(id: Option<MemberId>) -> Result<MemberPlaces, AppError> {
    let needed = Permission::SettingsEditStaff;
    if !viewer_can(needed) {
        return Err(Refusal::PermissionMissing(needed).into());
    }
    Ok(MemberPlaces { id: id.ok_or(Refusal::NotFound)? })
}

#[component]
fn Edit(
    member: MemberDetails,
    edit: Act<EditMember>,
    form: Form,
    choices: Choices,
    places: AskedPlaces,
) -> impl IntoView {
    let name = member.name.full();
    let back = BackLink::new(paths::member(member.id), name.clone());
    let description =
        format!("The e-mail address, {}, is their own: they change it in their profile.", member.email);
    let gone = (member.state == MemberState::Removed).then(|| explained(&Refusal::NotActive));
    let fields = match why_not(Permission::SettingsEditStaff, &member).or(gone) {
        Some(reason) => {
            view! { <Denied reason><Fields member edit form choices places/></Denied> }.into_any()
        }
        None => view! { <Fields member edit form choices places/> }.into_any(),
    };
    view! { <Page title=format!("Edit {name}") description back>{fields}</Page> }
}

#[component]
fn Fields(
    member: MemberDetails,
    edit: Act<EditMember>,
    form: Form,
    choices: Choices,
    places: AskedPlaces,
) -> impl IntoView {
    let phone = member.phone.map(String::from).unwrap_or_default();
    let last_day = member.last_day.map(|day| day.to_string()).unwrap_or_default();
    let places = viewer_can(Permission::SettingsEditStaff)
        .then(|| view! { <PlacesField form ticked=Ticked::Member asked=places/> });
    view! {
        <SaveForm action=edit>
            <FormError message=form.error()/>
            <ChangedMeanwhile form now=paths::member(member.id) again=paths::edit_member(member.id)/>
            <input type="hidden" name="id" value=member.id.to_string()/>
            <input type="hidden" name="version" value=form.typed("version", member.version.to_string())/>
            <TextField name="first_name" label="First name" autocomplete="off" required=true
                value=form.typed("first_name", member.name.first) error=form.problem("first_name")/>
            <TextField name="last_name" label="Last name" autocomplete="off" optional=true
                value=form.typed("last_name", member.name.last) error=form.problem("last_name")/>
            <TextField name="phone" label="Phone" kind="tel" autocomplete="off" optional=true
                value=form.typed("phone", phone) error=form.problem("phone")/>
            <AssignmentFields form initial=AssignmentForm::of(&member.assignment) choices/>
            <LastDayField form initial=last_day/>
            {places}
            <FormActions>
                <Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button>
                <LinkButton href=paths::member(member.id) kind=ButtonKind::Ghost>"Cancel"</LinkButton>
            </FormActions>
        </SaveForm>
    }
}
