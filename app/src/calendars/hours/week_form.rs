use domain::calendars::{HoursLine, INTERVALS_PER_DAY_MAX, hours_field};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::{Button, ButtonKind, Callout, ChoiceGroup, FormActions, FormError, SelectField, SelectOption, Tone};

use super::{super::api_hours::HoursView, page::Acts};
use crate::{ChangedMeanwhile, Form, SaveForm, calendars::zone_label, paths};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A usual week, each day with its intervals and room for one more.
#[component]
pub(super) fn WeekForm(hours: HoursView, acts: Acts) -> impl IntoView {
    let form = acts.setting;
    let here = paths::of(&use_location());
    let unset = (hours.version == 0).then(|| {
        view! {
            <Callout tone=Tone::Warn title="No hours are set yet">"Until they are, no time with this person can be booked."</Callout>
        }
    });
    let own = SelectOption::new("", format!("As the account: {}", zone_label(&hours.account_time_zone)));
    let zones = hours.time_zones.into_iter().map(|zone| SelectOption::new(zone.value, zone.label));
    let days = (0_u8..)
        .zip(WEEKDAYS)
        .map(|(weekday, name)| {
            let lines = hours.lines.iter().filter(|line| line.weekday == weekday).cloned().collect();
            day_fields(weekday, name, lines, form)
        })
        .collect_view();
    view! {
        {unset}
        <SaveForm action=acts.set>
            <div class="stack">
                <FormError message=form.error()/>
                <ChangedMeanwhile form now=here.clone() again=here/>
                <input type="hidden" name="id" value=hours.member.to_string()/>
                <input type="hidden" name="version" value=form.typed("version", hours.version.to_string())/>
                <SelectField name="time_zone" label="Time zone" options=std::iter::once(own).chain(zones).collect()
                    hint="These hours are read on the clocks there."
                    value=form.typed("time_zone", hours.time_zone) error=form.problem("time_zone")/>
                <div class="hours">{days}</div>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Save working hours"</Button>
                </FormActions>
            </div>
        </SaveForm>
    }
}

fn day_fields(weekday: u8, day: &'static str, lines: Vec<HoursLine>, form: Form) -> AnyView {
    let field = hours_field(weekday);
    let problem = form.problem(field.clone());
    let first_number = usize::from(weekday) * INTERVALS_PER_DAY_MAX;
    let set = lines.len();
    let line = move |index: usize, line: HoursLine| {
        let number = first_number + index;
        let about = if index == 0 { day.to_owned() } else { format!("{day}, interval {}", index + 1) };
        let time = |name: &str, word: &str, stored: String| {
            let name = format!("lines[{number}][{name}]");
            let value = form.typed(&name, stored);
            view! {
                <input class="input w-auto" type="time" name=name value=value aria-label=format!("{about}, {word}")
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")/>
            }
        };
        view! {
            <div class="flex items-center gap-2">
                <input type="hidden" name=format!("lines[{number}][weekday]") value=weekday.to_string()/>
                {time("start", "from", line.start)}
                <span aria-hidden="true">"–"</span>
                {time("end", "to", line.end)}
            </div>
        }
    };
    // A day off shows its first line; on a working day one more is asked for.
    let spare = match set {
        0 => Some(line(0, HoursLine::default()).into_any()),
        INTERVALS_PER_DAY_MAX.. => None,
        _ => {
            let typed = form.typed(&format!("lines[{}][start]", first_number + set), "");
            Some(
                view! {
                    <details open=!typed.is_empty()>
                        <summary class="hours-more">"Add an interval"</summary>
                        {line(set, HoursLine::default())}
                    </details>
                }
                .into_any(),
            )
        }
    };
    let lines = lines.into_iter().enumerate().map(|(index, one)| line(index, one)).collect_view();
    view! { <ChoiceGroup name=field label=day error=problem>{lines}{spare}</ChoiceGroup> }.into_any()
}
