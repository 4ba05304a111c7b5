use std::time::Duration;

use leptos::prelude::*;
use ui::{Badge, ButtonKind, IconName, LinkButton, Skeleton, Tone};

use super::api::{ExportLine, ReadExports, counted};
use crate::{Data, paths, time};

const ASKED_EVERY: Duration = Duration::from_secs(2);

/// The files that were asked for. With wasm the list keeps itself up to date while one is being written; without, its link does.
/// `asked` changes when one more is asked for.
#[component]
pub(super) fn ExportedFiles(asked: Signal<usize>) -> impl IntoView {
    let again = RwSignal::new(0_usize);
    let files = Data::renewed(move || asked.get() + again.get(), || Ok(ReadExports {}));
    files.show(
        || view! { <Skeleton lines=1/> }.into_any(),
        move |files| view! { <Files files again/> }.into_any(),
    )
}

#[component]
fn Files(files: Vec<ExportLine>, again: RwSignal<usize>) -> impl IntoView {
    let is_writing = files.iter().any(|file| file.state.ready_rows.is_none() && !file.state.stopped);
    let is_open = is_writing || files.iter().any(|file| file.is_recent);
    ask_again(is_writing, again);
    (!files.is_empty()).then(|| {
        let items = files.into_iter().map(|file| view! { <File file/> }).collect_view();
        view! {
            <details class="mb-6" open=is_open>
                <summary class="cursor-pointer font-medium">"Exported files"</summary>
                <ul class="mt-2 flex flex-col gap-2" aria-label="Exported files">{items}</ul>
            </details>
        }
    })
}

#[component]
fn File(file: ExportLine) -> impl IntoView {
    let ExportLine { state, requested, .. } = file;
    let text = requested.text.clone();
    let end = match state.ready_rows {
        Some(rows) => view! {
            <Badge tone=Tone::Good>"Ready"</Badge>
            <span>{counted(rows)}</span>
            // Not a page of the app: the browser must fetch it itself.
            <a class="btn btn-secondary btn-sm" rel="external" download="activity.csv" href=paths::activity_export(state.id)
                aria-label=format!("Download the file of {text}")>
                <ui::Icon name=IconName::Download/>"Download"
            </a>
        }
        .into_any(),
        None if state.stopped => view! {
            <Badge tone=Tone::Warn>"Stopped"</Badge>
            <span>"Whoever asked for it may not export activity any more."</span>
        }
        .into_any(),
        None => view! {
            <Badge tone=Tone::Info>"Being written"</Badge>
            <LinkButton href=paths::ACTIVITY kind=ButtonKind::Secondary small=true icon=IconName::Refresh>"Refresh"</LinkButton>
        }
        .into_any(),
    };
    view! { <li class="flex flex-wrap items-center gap-x-3 gap-y-1">{time(requested)}{end}</li> }
}

/// Effects run in the browser only.
fn ask_again(is_writing: bool, again: RwSignal<usize>) {
    Effect::new(move |_| {
        if !is_writing {
            return;
        }
        // The page may be gone by then.
        let ask = move || {
            let _ = again.try_update(|times| *times += 1);
        };
        if let Ok(timeout) = set_timeout_with_handle(ask, ASKED_EVERY) {
            on_cleanup(move || timeout.clear());
        }
    });
}
