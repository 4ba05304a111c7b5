use domain::{MemberId, Permission};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, DataTable, Denied, FormActions, FormError, Row, Section, Td, TextField, Th, WhyNot,
};

use super::{
    super::api_hours::{TimeOffLine, TimesOff},
    page::Acts,
};
use crate::{SaveForm, calendars::zone_label, time, viewer::denied_reason};

/// Time in which somebody cannot be booked: what there is, and adding to it. `own` is the viewer.
#[component]
pub(super) fn TimeOff(times: TimesOff, own: Option<MemberId>, acts: Acts) -> impl IntoView {
    let TimesOff { member, time_zone, lines } = times;
    let is_own = own == Some(member);
    let reason =
        denied_reason(if is_own { Permission::CalendarsBlockTime } else { Permission::CalendarsEditAny });
    let zone = format!("Times in {}.", zone_label(&time_zone));
    let form = match reason.clone() {
        Some(reason) => view! { <Denied reason><AddForm member acts/></Denied> }.into_any(),
        None => view! { <AddForm member acts/> }.into_any(),
    };
    view! {
        <Section id="time-off" title="Time off" description="Holidays, a dentist, an afternoon without calls: nobody can book then.">
            <FormError message=acts.removing.error()/>
            <List lines reason acts/>
            <p class="text-sm text-muted">{zone}</p>
            {form}
        </Section>
    }
}

#[component]
fn List(lines: Vec<TimeOffLine>, reason: Option<WhyNot>, acts: Acts) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p class="text-muted">"Nothing is blocked from now on."</p> }.into_any();
    }
    let line = move |line: TimeOffLine| {
        let about = format!("Remove {}", line.time.text);
        let reason = reason.clone();
        view! {
            <Row>
                <Td main=true>{time(line.time)}</Td>
                <Td label="Reason">{line.reason}</Td>
                <Td actions=true>
                    <SaveForm action=acts.remove is_live=true>
                        <input type="hidden" name="id" value=line.id.to_string()/>
                        <Button kind=ButtonKind::Ghost small=true pending=acts.removing.pending() disabled_reason=reason aria_label=about>"Remove"</Button>
                    </SaveForm>
                </Td>
            </Row>
        }
    };
    let lines = lines.into_iter().map(line).collect_view();
    let head = view! { <Th>"Time"</Th><Th>"Reason"</Th><Th>"Actions"</Th> };
    view! { <DataTable caption="Time off" head>{lines}</DataTable> }.into_any()
}

#[component]
fn AddForm(member: MemberId, acts: Acts) -> impl IntoView {
    let form = acts.adding;
    view! {
        <SaveForm action=acts.add begins_anew=true>
            <div class="stack">
                <FormError message=form.error()/>
                <input type="hidden" name="id" value=member.to_string()/>
                <div class="field-pair">
                    <TextField name="first_day" label="First day" kind="date" required=true
                        value=form.typed("first_day", "") error=form.problem("first_day")/>
                    <TextField name="start" label="From" kind="time" optional=true hint="Left empty: the whole day."
                        value=form.typed("start", "") error=form.problem("start")/>
                    <TextField name="last_day" label="Last day" kind="date" optional=true hint="Left empty: the same day."
                        value=form.typed("last_day", "") error=form.problem("last_day")/>
                    <TextField name="end" label="Until" kind="time" optional=true hint="Left empty: the whole day."
                        value=form.typed("end", "") error=form.problem("end")/>
                </div>
                <TextField name="reason" label="Reason" optional=true autocomplete="off" hint="Colleagues who see the week read it."
                    value=form.typed("reason", "") error=form.problem("reason")/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Block time"</Button>
                </FormActions>
            </div>
        </SaveForm>
    }
}
