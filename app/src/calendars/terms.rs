//! How much of a round robin goes to somebody, and what would happen if it were another.

use domain::{
    CalendarId, MemberId, Refusal,
    calendars::{CalendarPerson, HostTerms, Priority, SimulatedHost},
    pipelines::MembershipChoice,
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use ui::{
    Button, ButtonKind, Callout, DataTable, Dialog, FormActions, FormError, LinkButton, Row, SelectField,
    SelectOption, Skeleton, Td, TextField, Th, Tone, WhyNot,
};

use super::{
    api::{SIMULATED_BOOKINGS, SimulateCalendar},
    hosts::{Acts, ListPlace},
};
use crate::{AppError, Data, SaveForm, paths};

/// Whose share the address asks about, and what is tried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub member: MemberId,
    /// Empty for as it is.
    pub weight: Option<String>,
    pub priority: Option<String>,
    pub ramp_up_weeks: Option<String>,
}

pub(super) fn asked_terms(query: Memo<ParamsMap>) -> Memo<Option<Asked>> {
    Memo::new(move |_| {
        query.with(|query| {
            Some(Asked {
                member: query.get("host")?.parse().ok()?,
                weight: query.get("weight"),
                priority: query.get("priority"),
                ramp_up_weeks: query.get("ramp_up_weeks"),
            })
        })
    })
}

pub(super) type Simulation = Data<Vec<SimulatedHost>>;

/// Nothing while nobody's share is asked about.
pub(super) fn ask_simulation(
    id: Option<CalendarId>,
    asked: Option<Asked>,
) -> Result<SimulateCalendar, AppError> {
    let (id, asked) = (id.ok_or(Refusal::NotFound)?, asked.ok_or(Refusal::NotFound)?);
    let Asked { member, weight, priority, ramp_up_weeks } = asked;
    // Without anything to try, things are as they are.
    let member = weight.is_some().then_some(member);
    Ok(SimulateCalendar { id, member, weight, priority, ramp_up_weeks })
}

#[component]
pub(super) fn TermsDialog(
    id: CalendarId,
    person: Option<CalendarPerson>,
    asked: Asked,
    list: ListPlace,
    acts: Acts,
    simulation: Simulation,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let close_href = list.href(id, None);
    let told = |title: &'static str, tone: Tone, words: AnyView| {
        let close_href = close_href.clone();
        view! { <Dialog id="terms" title="Share" close_href><Callout title tone>{words}</Callout></Dialog> }
            .into_any()
    };
    if let Some(reason) = reason {
        return told("You cannot change shares", Tone::Warn, reason.view());
    }
    let Some((person, terms)) = person.and_then(|person| Some((person.clone(), person.terms?))) else {
        let words = "Add them first; then say how much goes to them.";
        return told("They are no host of this calendar", Tone::Neutral, words.into_any());
    };
    view! { <ShareDialog id person terms asked list acts simulation/> }.into_any()
}

#[component]
fn ShareDialog(
    id: CalendarId,
    person: CalendarPerson,
    terms: HostTerms,
    asked: Asked,
    list: ListPlace,
    acts: Acts,
    simulation: Simulation,
) -> impl IntoView {
    let form = acts.choosing;
    let close_href = list.href(id, None);
    let try_here = paths::calendar_hosts(id);
    let own = person.member.to_string();
    // A form that comes back from the server may be about somebody else.
    let is_own = form.typed("member", own.clone()) == own;
    let priorities =
        Priority::ALL.iter().map(|priority| SelectOption::new(priority.key(), priority.label())).collect();
    let typed = move |name: &str, tried: Option<String>, now: String| {
        let now = tried.unwrap_or(now);
        if is_own { form.typed(name, now) } else { now }
    };
    view! {
        <Dialog id="terms" title=format!("Share of {}", person.name) close_href=close_href.clone()
            description="Bookings are shared out by weight among free hosts of the highest priority. With a share of their own they are a host by hand, whatever the rules say.">
            <SaveForm action=acts.member>
                <div class="stack">
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="member" value=own.clone()/>
                    // What is tried out is asked for by the same fields, and leads back to the same list.
                    <input type="hidden" name="host" value=own/>
                    <input type="hidden" name="q" value=list.search/>
                    <input type="hidden" name="show" value=list.show/>
                    <input type="hidden" name="page" value=list.page/>
                    <input type="hidden" name="choice" value=MembershipChoice::In.key()/>
                    <TextField name="weight" label="Weight" required=true inputmode="numeric" autocomplete="off"
                        hint="From 0 to 100. 20 gets twice as many as 10; 0 gets none."
                        value=typed("weight", asked.weight, terms.weight.to_string()) error=form.problem("weight")/>
                    <SelectField name="priority" label="Priority" options=priorities
                        value=typed("priority", asked.priority, terms.priority.key().to_owned()) error=form.problem("priority")/>
                    <TextField name="ramp_up_weeks" label="Weeks until the full weight" required=true inputmode="numeric" autocomplete="off"
                        value=typed("ramp_up_weeks", asked.ramp_up_weeks, terms.ramp_up_weeks.to_string())
                        error=form.problem("ramp_up_weeks")/>
                    <FormActions>
                        <Button kind=ButtonKind::Primary pending=form.pending()>"Save"</Button>
                        <Button kind=ButtonKind::Secondary asks_at=try_here>"What would happen"</Button>
                        <LinkButton href=close_href kind=ButtonKind::Ghost>"Cancel"</LinkButton>
                    </FormActions>
                </div>
            </SaveForm>
            {simulation.show(|| view! { <Skeleton lines=4/> }.into_any(), |hosts| view! { <Shares hosts/> }.into_any())}
        </Dialog>
    }
}

#[component]
fn Shares(hosts: Vec<SimulatedHost>) -> impl IntoView {
    let line = |host: SimulatedHost| {
        view! {
            <Row>
                <Td main=true>{host.name}</Td>
                <Td label="As it is" numeric=true>{host.now}</Td>
                <Td label="As tried" numeric=true>{host.proposed}</Td>
            </Row>
        }
    };
    let head = view! { <Th>"Host"</Th><Th numeric=true>"As it is"</Th><Th numeric=true>"As tried"</Th> };
    let caption = format!("Who would get the next {SIMULATED_BOOKINGS} bookings, if all were free");
    view! {
        <p class="text-sm text-muted">{caption.clone()}</p>
        <DataTable caption head>{hosts.into_iter().map(line).collect_view()}</DataTable>
    }
}
