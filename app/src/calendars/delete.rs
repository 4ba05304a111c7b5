use domain::{Permission, Refusal, calendars::CalendarDeletion};
use leptos::prelude::*;
use ui::{BackLink, Button, ButtonKind, Callout, FormActions, FormError, LinkButton, Skeleton, Tone, WhyNot};

use super::{
    api::{DeleteCalendar, ReadCalendarDeletion},
    frame::no_calendar,
};
use crate::{
    Data, Form, SaveForm, act::Act, layout::Page, live::calendar_version, paths, viewer::denied_reason,
};

/// Deletes a calendar, unless somebody has an appointment in it.
#[component]
pub fn DeleteCalendarPage() -> impl IntoView {
    let id = paths::id_parameter();
    let delete = Act::<DeleteCalendar>::new();
    let form = Form::of(delete);
    let changed = calendar_version(move || id.get());
    let found = Data::renewed(
        move || changed.get() + form.version.get(),
        move || Ok(ReadCalendarDeletion { id: id.get().ok_or(Refusal::NotFound)? }),
    );
    found.show_either(
        || view! { <Skeleton lines=6/> }.into_any(),
        move |found| match found {
            Ok(found) => view! { <Delete found delete form/> }.into_any(),
            Err(error) => no_calendar(error),
        },
    )
}

#[component]
fn Delete(found: CalendarDeletion, delete: Act<DeleteCalendar>, form: Form) -> impl IntoView {
    let CalendarDeletion { calendar, upcoming, past } = found;
    let here = paths::calendar(calendar.id);
    let back = BackLink::new(here.clone(), calendar.name.clone());
    let past = match past {
        0 => "No appointment was ever booked in it.".to_owned(),
        1 => "One appointment that is over or cancelled goes with it.".to_owned(),
        n => format!("{n} appointments that are over or cancelled go with it."),
    };
    let ahead = match upcoming {
        0 => None,
        1 => Some("One appointment lies ahead. Cancel it, or close booking and wait.".to_owned()),
        n => Some(format!("{n} appointments lie ahead. Cancel them, or close booking and wait.")),
    };
    let stuck = ahead.clone().map(|text| WhyNot::from(text.as_str()));
    let content = match denied_reason(Permission::CalendarsManage) {
        Some(reason) => {
            view! { <Callout tone=Tone::Warn title="You cannot delete calendars">{reason.view()}</Callout> }.into_any()
        }
        None => view! {
            <SaveForm action=delete>
                <div class="stack">
                    <FormError message=form.error()/>
                    <p>"Its public address stops working. "{past}" The log keeps what happened."</p>
                    {ahead.map(|ahead| view! { <Callout tone=Tone::Warn title="It cannot be deleted yet">{ahead}</Callout> })}
                    <input type="hidden" name="id" value=calendar.id.to_string()/>
                    <FormActions>
                        <Button kind=ButtonKind::Danger pending=form.pending() disabled_reason=stuck>"Delete calendar"</Button>
                        <LinkButton href=here kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        }
        .into_any(),
    };
    view! { <Page title=format!("Delete {}?", calendar.name) back>{content}</Page> }
}
