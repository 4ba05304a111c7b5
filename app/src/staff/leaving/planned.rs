use domain::MemberId;
use leptos::prelude::*;
use ui::{Button, ButtonKind, DataTable, FormActions, FormError, Row, Section, Td, Th};

use crate::{
    Form, SaveForm,
    act::Act,
    staff::{
        api_leaving::EndPlace,
        leaving_view::{PlannedView, SumView},
    },
};

/// What will happen, and the button that does it.
#[component]
pub(super) fn Plan(
    planned: PlannedView,
    member: MemberId,
    choices: String,
    verb: String,
    end: Act<EndPlace>,
    form: Form,
) -> impl IntoView {
    let PlannedView { sums, closed, seen } = planned;
    let table = (!sums.is_empty()).then(|| view! { <Sums sums caption="What will happen"/> });
    view! {
        <Section title="What will happen">
            <div class="stack">
                {table}
                {closed.map(|closed| view! { <p>{closed}</p> })}
                <SaveForm action=end>
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=member.to_string()/>
                    <input type="hidden" name="choices" value=choices/>
                    <input type="hidden" name="seen" value=seen/>
                    <FormActions>
                        <Button kind=ButtonKind::Danger pending=form.pending()>{verb}</Button>
                    </FormActions>
                </SaveForm>
            </div>
        </Section>
    }
}

/// How many come to the same.
#[component]
pub(super) fn Sums(sums: Vec<SumView>, caption: &'static str) -> impl IntoView {
    let head = view! { <Th>"What"</Th><Th>"What becomes of it"</Th> };
    let line = |sum: SumView| {
        view! { <Row><Td main=true>{sum.what}</Td><Td label="What becomes of it">{sum.becomes}</Td></Row> }
    };
    view! { <DataTable caption head>{sums.into_iter().map(line).collect_view()}</DataTable> }
}
