use domain::MemberId;
use leptos::prelude::*;
use ui::{Callout, LinkButton, Section, Tone, WhyNot};

use super::leaving_view::{LeavingNotice, LineView};
use crate::{paths, time};

/// When somebody left, and what they still hold although they are out. `why_not` says why the viewer may not hand it over.
#[component]
pub(super) fn MemberLeaving(id: MemberId, notice: LeavingNotice, why_not: Option<WhyNot>) -> impl IntoView {
    let LeavingNotice { lines, still_held } = notice;
    let held = still_held.map(|held| {
        view! {
            <Callout tone=Tone::Warn title="Others still depend on them">
                <p>{held}</p>
                <LinkButton href=paths::leaving(id, "hand-over") disabled_reason=why_not>"Hand over"</LinkButton>
            </Callout>
        }
    });
    let line = |line: LineView| {
        let undone = line.is_undone.then_some(", undone");
        view! {
            <li><a class="link" href=paths::receipt(line.id)>{line.what}</a>" "{time(line.when)}{undone}</li>
        }
    };
    let receipts = (!lines.is_empty()).then(|| {
        view! {
            <Section title="Receipts" description="What became of what they held.">
                <ul class="grid gap-1">{lines.into_iter().map(line).collect_view()}</ul>
            </Section>
        }
    });
    view! { {held}{receipts} }
}
