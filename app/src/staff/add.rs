use domain::{InvitationId, Permission, Refusal, Role, staff::EmployeeForm};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, Skeleton, TextField, Tone,
};

use super::{
    api::{Invitation, InvitationView, Invite},
    assignment_fields::{AssignmentFields, AssignmentForm, Choices, ask_choices},
    places_field::{AskedPlaces, PlacesField, Ticked, ask_places},
};
use crate::{AppError, Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

/// Invites somebody. `?again=` starts from an earlier invitation.
#[component]
pub fn AddStaffPage() -> impl IntoView {
    let invite = Act::<Invite>::new();
    let form = Form::of(invite);
    let again = use_query_map().with_untracked(|query| query.get("again"));
    let initial = Data::new(move || earlier(again.as_deref()));
    let reason = denied_reason(Permission::SettingsInviteStaff);
    let choices = Data::new(|| ask_choices(Permission::SettingsInviteStaff));
    // What was made or deleted meanwhile changes the question: asked for again when the form is refused.
    let asked = Data::renewed(move || form.version.get(), ask_places);
    view! {
        <Page title="Add Employee" description="They get an e-mail with a link to join. It works for 7 days, for them alone."
            back=BackLink::new(paths::STAFF, "My Staff")>
            {match reason {
                Some(reason) => view! { <Callout tone=Tone::Warn title="You cannot add employees">{reason.view()}</Callout> }.into_any(),
                None => initial.show_either(|| view! { <Skeleton lines=8/> }.into_any(), move |earlier| {
                    let earlier = earlier.ok();
                    let ticked = earlier.as_ref().map(ticked).unwrap_or_default();
                    view! { <AddForm invite form initial=start_from(earlier.as_ref()) ticked choices asked/> }.into_any()
                }),
            }}
        </Page>
    }
}

fn earlier(again: Option<&str>) -> Result<Invitation, AppError> {
    let id = again.and_then(|id| id.parse::<InvitationId>().ok());
    Ok(Invitation { id: id.ok_or(Refusal::NotFound)? })
}

/// What the fields begin with; empty when there is nothing to begin with.
fn start_from(earlier: Option<&InvitationView>) -> EmployeeForm {
    let blank = || EmployeeForm { role: Role::User.key().to_owned(), ..EmployeeForm::default() };
    earlier.map_or_else(blank, form_of)
}

/// An invitation as it would be typed.
pub(super) fn form_of(view: &InvitationView) -> EmployeeForm {
    let details = view.details.clone();
    let AssignmentForm { role, profile, only_assigned } = AssignmentForm::of(&details.assignment);
    EmployeeForm {
        first_name: details.name.first,
        last_name: details.name.last,
        email: details.email.to_string(),
        phone: details.phone.map(String::from).unwrap_or_default(),
        role,
        profile,
        only_assigned,
        last_day: details.last_day.map(|day| day.to_string()).unwrap_or_default(),
        places: vec![],
    }
}

/// What an invitation says about where they will be.
pub(super) fn ticked(view: &InvitationView) -> Ticked {
    Ticked::Said { places: view.details.places.clone(), answered: view.details.answered }
}

#[component]
fn AddForm(
    invite: Act<Invite>,
    form: Form,
    initial: EmployeeForm,
    ticked: Ticked,
    choices: Choices,
    asked: AskedPlaces,
) -> impl IntoView {
    view! {
        <SaveForm action=invite>
            <div class="stack">
                <FormError message=form.error()/>
                <EmployeeFields form initial choices/>
                <PlacesField form ticked asked/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Send invitation"</Button>
                    <LinkButton href=paths::STAFF kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                </FormActions>
            </div>
        </SaveForm>
    }
}

/// The fields of an [`EmployeeForm`]; the address of an invitation that was sent stays as it is.
#[component]
pub(super) fn EmployeeFields(
    form: Form,
    initial: EmployeeForm,
    choices: Choices,
    #[prop(optional)] is_invited: bool,
) -> impl IntoView {
    let typed = move |field: &str, initial: &str| form.typed(field, initial);
    let assignment = AssignmentForm {
        role: initial.role.clone(),
        profile: initial.profile.clone(),
        only_assigned: initial.only_assigned.clone(),
    };
    let email = (!is_invited).then(|| {
        view! {
            <TextField name="email" label="E-mail" kind="email" required=true autocomplete="off"
                value=typed("email", &initial.email) error=form.problem("email")/>
        }
    });
    view! {
        <TextField name="first_name" label="First name" required=true autocomplete="off"
            value=typed("first_name", &initial.first_name) error=form.problem("first_name")/>
        <TextField name="last_name" label="Last name" optional=true autocomplete="off"
            value=typed("last_name", &initial.last_name) error=form.problem("last_name")/>
        {email}
        <TextField name="phone" label="Phone" kind="tel" optional=true autocomplete="off"
            hint="With + and the country code, or as it is dialled in your country."
            value=typed("phone", &initial.phone) error=form.problem("phone")/>
        <AssignmentFields form initial=assignment choices/>
        <LastDayField form initial=initial.last_day/>
    }
}

/// Until when a guest has access.
#[component]
pub(super) fn LastDayField(form: Form, initial: String) -> impl IntoView {
    view! {
        <TextField name="last_day" label="Last day" kind="date" optional=true
            hint="For guests: their access ends by itself after this day. They and you are reminded 7 days and 1 day before."
            value=form.typed("last_day", initial) error=form.problem("last_day")/>
    }
}
