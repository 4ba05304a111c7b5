use domain::{
    PermissionSet, Refusal, Role,
    permissions::{ProfileChoice, ProfileDetails, STANDARD_USER_LABEL},
};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Callout, Checkbox, FormActions, FormError, LinkButton, RadioCards,
    RadioOption, Skeleton, Tone,
};

use super::{
    api::{ProfileDeletion, ReadProfileDeletion},
    api_change::{DeleteProfile, STANDARD},
    faces::{names, people_words},
    frame::NoProfile,
    places::PlacesByRule,
    words::{may_words, named},
};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, shared_api::ProfileChoices};

/// Deletes a profile. Whoever holds it gets what is chosen here, never something by default.
#[component]
pub fn DeleteProfilePage() -> impl IntoView {
    let id = paths::id_parameter();
    let delete = Act::<DeleteProfile>::new();
    let form = Form::of(delete);
    let deletion = Data::new(move || Ok(ReadProfileDeletion { id: id.get().ok_or(Refusal::NotFound)? }));
    let choices = Data::new(|| Ok(ProfileChoices {}));
    deletion.show_either(
        || view! { <Skeleton lines=6/> }.into_any(),
        move |deletion| match deletion {
            Ok(deletion) => view! { <Delete deletion choices delete form/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn Delete(
    deletion: ProfileDeletion,
    choices: Data<Vec<ProfileChoice>>,
    delete: Act<DeleteProfile>,
    form: Form,
) -> impl IntoView {
    let ProfileDeletion { details, places } = deletion;
    let ProfileDetails { profile, people, invited, holders, .. } = details;
    let here = paths::profile(profile.id);
    let back = BackLink::new(here.clone(), profile.name.clone());
    let held = people + invited > 0;
    let who = match (people, invited) {
        (0, 0) => "Nobody holds this profile.".to_owned(),
        (0, invited) => format!("{} invited to this profile.", are(invited)),
        (people, 0) => format!("{} this profile: {}.", hold(people), names(&holders, people)),
        (people, invited) => format!(
            "{} this profile ({}), and {} invited to it.",
            hold(people),
            names(&holders, people),
            are(invited)
        ),
    };
    let everybody = (people > 0).then(|| {
        view! { " " <a class="link" href=paths::profile_people(profile.id)>"See who holds it"</a> "." }
    });
    let replacement = move || {
        choices.show(
            || view! { <Skeleton lines=3/> }.into_any(),
            move |choices| {
                let options = options(choices, &profile.id.to_string(), profile.permissions);
                view! {
                    <RadioCards name="replacement" label="What they get instead" required=true options
                        value=form.typed("replacement", "") error=form.problem("replacement")/>
                }
                .into_any()
            },
        )
    };
    view! {
        <Page title=format!("Delete {}?", profile.name) back>
            <SaveForm action=delete>
                <div class="stack">
                    <FormError message=form.error()/>
                    <p>{who}{everybody}" Deleting cannot be undone; the log keeps what the profile was."</p>
                    {(people > 0).then(|| view! { <PlacesByRule places=places.by_rule/> })}
                    <input type="hidden" name="id" value=profile.id.to_string()/>
                    {held.then(replacement)}
                    <Gains form/>
                    <FormActions>
                        <Button kind=ButtonKind::Danger pending=form.pending()>"Delete profile"</Button>
                        <LinkButton href=here kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        </Page>
    }
}

fn hold(people: u64) -> String {
    format!("{} {}", people_words(people), if people == 1 { "holds" } else { "hold" })
}

fn are(invited: u64) -> String {
    if invited == 1 { "1 person is".to_owned() } else { format!("{invited} people are") }
}

/// Asked only after the server has seen that the replacement gives somebody more. What is to be answered gets the keyboard: the
/// list above it may be longer than the screen.
#[component]
fn Gains(form: Form) -> impl IntoView {
    let refusal = form.refusal();
    move || match refusal.get() {
        Some(Refusal::GainsUnconfirmed(gains)) => {
            let keys = gains.iter().map(|permission| permission.key()).collect::<Vec<_>>().join(",");
            view! {
                <Callout tone=Tone::Warn title="The replacement gives more than the profile did">
                    <p>{format!("They could {}.", may_words(gains))}</p>
                    <Checkbox name="gains_confirmed" label="Give them this" value=keys
                        error=Some("Tick this, or choose something else.".to_owned())/>
                </Callout>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

fn options(choices: Vec<ProfileChoice>, deleted: &str, before: PermissionSet) -> Vec<RadioOption> {
    let about = |after: PermissionSet| {
        let (gained, lost) = (after.without(before), before.without(after));
        match (gained.is_empty(), lost.is_empty()) {
            (true, true) => "The same permissions.".to_owned(),
            (false, true) => format!("They gain: {}.", named(gained)),
            (true, false) => format!("They lose: {}.", named(lost)),
            (false, false) => format!("They gain: {}. They lose: {}.", named(gained), named(lost)),
        }
    };
    let standard = RadioOption::new(STANDARD, STANDARD_USER_LABEL, about(Role::User.permissions()));
    let profile = |choice: ProfileChoice| {
        RadioOption::new(choice.id.to_string(), choice.name, about(choice.permissions))
    };
    let others = choices.into_iter().filter(|choice| choice.id.to_string() != deleted).map(profile);
    others.chain([standard]).collect()
}
