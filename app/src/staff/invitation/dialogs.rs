use leptos::prelude::*;
use ui::{Button, ButtonKind, Confirm, Dialog, FormActions, FormError};

use super::Acts;
use crate::{
    SaveForm, paths,
    staff::{
        add::{EmployeeFields, form_of, ticked},
        api::InvitationView,
        assignment_fields::Choices,
        places_field::{AskedPlaces, PlacesField},
    },
};

#[component]
pub(super) fn EditDialog(
    view: InvitationView,
    acts: Acts,
    choices: Choices,
    places: AskedPlaces,
) -> impl IntoView {
    let id = view.details.id;
    let form = acts.changing;
    let description = format!(
        "For {}. With the wrong address, revoke this invitation and add the person anew.",
        view.details.email
    );
    view! {
        <Dialog id="edit" title="Edit invitation" description close_href=paths::invitation(id)>
            <SaveForm action=acts.change>
                <div class="stack">
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <EmployeeFields form initial=form_of(&view) choices is_invited=true/>
                    <PlacesField form ticked=ticked(&view) asked=places/>
                    <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button></FormActions>
                </div>
            </SaveForm>
        </Dialog>
    }
}

#[component]
pub(super) fn RevokeDialog(view: InvitationView, acts: Acts) -> impl IntoView {
    let id = view.details.id;
    let name = view.details.name.full();
    let form = acts.revoking;
    view! {
        <SaveForm action=acts.revoke>
            <input type="hidden" name="id" value=id.to_string()/>
            <Confirm id="revoke" title=format!("Revoke the invitation of {name}?")
                body="The link stops working at once, and the invitation leaves My Staff. You can invite them again later."
                affects=vec![format!("{name}, {}", view.details.email)]
                confirm_label="Revoke invitation" danger=true close_href=paths::invitation(id) pending=form.pending()>
                <FormError message=form.error()/>
            </Confirm>
        </SaveForm>
    }
}
