use domain::{Permission, calendars::CalendarKind};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Callout, FormActions, FormError, LinkButton, RadioCards, RadioOption, Tone};

use super::{
    api::CreateCalendar,
    fields::{Fields, Initial},
    frame::back,
};
use crate::{Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

#[component]
pub fn NewCalendarPage() -> impl IntoView {
    let create = Act::<CreateCalendar>::new();
    let form = Form::of(create);
    let kinds = CalendarKind::ALL
        .iter()
        .map(|kind| RadioOption::new(kind.key(), kind.label(), kind.description()))
        .collect();
    let content = match denied_reason(Permission::CalendarsManage) {
        Some(reason) => {
            view! { <Callout tone=Tone::Warn title="You cannot make calendars">{reason.view()}</Callout> }
                .into_any()
        }
        None => view! {
            <SaveForm action=create>
                <div class="stack">
                    <FormError message=form.error()/>
                    <RadioCards name="kind" label="Whom bookings go to" required=true options=kinds
                        hint="It stays as it is chosen. A personal calendar is yours."
                        value=form.typed("kind", CalendarKind::RoundRobin.key()) error=form.problem("kind")/>
                    <Fields form initial=Initial::new()/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Create calendar"</Button>
                        <LinkButton href=paths::CALENDAR_SETTINGS kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
        }
        .into_any(),
    };
    view! {
        <Page title="New calendar" back=back() description="Next you say who takes its bookings; a personal one has you.">{content}</Page>
    }
}
