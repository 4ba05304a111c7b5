use domain::{LeavingId, Page as Rows, Refusal, listing::ROWS_PER_PAGE};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    BackLink, Badge, Button, ButtonKind, Callout, DataTable, FormError, Pagination, Row, Section, Skeleton,
    Td, Th, Tone, WhyNot,
};

use super::planned::Sums;
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    paths,
    staff::{
        api_leaving::{ReadReceipt, UndoLeaving},
        leaving_view::{ItemView, ReceiptView},
        member::NoMember,
    },
    time,
    viewer::{denied_reason, explained},
};

/// Exactly what became of what somebody held, and the way to undo it.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let id = paths::id_parameter::<LeavingId>();
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| query.get("page")));
    let undo = Act::<UndoLeaving>::new();
    let form = Form::of(undo);
    let saved = form.saved();
    let receipt = Data::renewed(
        move || saved.get(),
        move || Ok(ReadReceipt { id: id.get().ok_or(Refusal::NotFound)?, page: page.get() }),
    );
    receipt.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |receipt| match receipt {
            Ok(receipt) => view! { <Receipt receipt undo form/> }.into_any(),
            Err(error) => view! { <NoMember error/> }.into_any(),
        },
    )
}

#[component]
fn Receipt(receipt: ReceiptView, undo: Act<UndoLeaving>, form: Form) -> impl IntoView {
    let why_not = why_not(&receipt);
    let ReceiptView { id, member, name, title, when, by, undone, undo_until, sums, items, .. } = receipt;
    let back = BackLink::new(paths::member(member), name.clone());
    let state = match (undone, undo_until) {
        (Some((at, who)), _) => view! {
            <Callout tone=Tone::Good title="This was undone"><p>"By "{who}", "{time(at)}"."</p></Callout>
        }
        .into_any(),
        (None, Some(until)) => view! {
            <Callout title="This can be undone">
                <p>"Until "{time(until)}". What somebody has changed by then is left alone, and named here."</p>
                <SaveForm action=undo>
                    <FormError message=form.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Button kind=ButtonKind::Secondary pending=form.pending() disabled_reason=why_not>"Undo"</Button>
                </SaveForm>
            </Callout>
        }
        .into_any(),
        (None, None) => ().into_any(),
    };
    let nothing = sums.is_empty();
    let content = match nothing {
        true => view! { <p>{format!("Nobody depended on anything that {name} held.")}</p> }.into_any(),
        false => view! {
            <Section title="In short"><Sums sums caption="In short"/></Section>
            <Section title="One by one"><Items id items/></Section>
        }
        .into_any(),
    };
    view! {
        <Page title back>
            <div class="stack">
                <p class="text-muted">"By "{by}", "{time(when)}"."</p>
                {state}
            </div>
            {content}
        </Page>
    }
}

/// Why the viewer may not undo it; none when they may.
fn why_not(receipt: &ReceiptView) -> Option<WhyNot> {
    let lacking = receipt.undo_needs.iter().copied().find_map(denied_reason);
    lacking.or_else(|| receipt.undo_refused.as_ref().map(explained))
}

#[component]
fn Items(id: LeavingId, items: Rows<ItemView>) -> impl IntoView {
    if items.total == 0 {
        let why = "Names are shown to those who may decide about such things.";
        return view! { <p class="text-muted">{why}</p> }.into_any();
    }
    let (page, pages, total) = (u64::from(items.page), u64::from(items.pages()), items.total);
    let head = view! { <Th>"Name"</Th><Th>"What"</Th><Th>"Where"</Th><Th>"What became of it"</Th> };
    let line = |item: ItemView| {
        let returned = item.returned.map(|(told, is_back)| {
            let tone = if is_back { Tone::Good } else { Tone::Warn };
            view! { <p><Badge tone>{told}</Badge></p> }
        });
        view! {
            <Row>
                <Td main=true><a class="link" href=item.href>{item.name}</a></Td>
                <Td label="What">{item.what}</Td>
                <Td label="Where">{item.about}</Td>
                <Td label="What became of it"><div><p>{item.becomes}</p>{returned}</div></Td>
            </Row>
        }
    };
    view! {
        <DataTable caption="One by one" head>{items.rows.into_iter().map(line).collect_view()}</DataTable>
        <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
            href=move |page| format!("{}?page={page}", paths::receipt(id))/>
    }
    .into_any()
}
