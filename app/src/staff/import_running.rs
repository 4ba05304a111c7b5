use std::time::Duration;

use domain::{StaffImportId, staff::ImportProgress};
use leptos::{prelude::*, task::spawn_local};
use ui::{ButtonKind, LinkButton, Progress};

use super::api_import::ReadImportProgress;
use crate::{AppError, data, paths};

const ASKED_EVERY: Duration = Duration::from_secs(1);

/// How far a run is. With wasm it keeps itself up to date and tells `finished` when there is something else to show; without,
/// the link does.
#[component]
pub(super) fn Running(id: StaffImportId, done: u32, of: u32, finished: RwSignal<usize>) -> impl IntoView {
    let value = RwSignal::new(u64::from(done));
    keep_asking(id, value, finished);
    view! {
        <div class="flex flex-col gap-3">
            <Progress label="Inviting" value max=u64::from(of.max(1))/>
            <p class="text-sm">"You may leave this page: the invitations go out all the same."</p>
            <div><LinkButton href=paths::staff_import(id) kind=ButtonKind::Secondary small=true>"Refresh"</LinkButton></div>
        </div>
    }
}

/// Asks until there is nothing more to ask or the page is left. Effects run in the browser only.
fn keep_asking(id: StaffImportId, value: RwSignal<u64>, finished: RwSignal<usize>) {
    let over = StoredValue::new(false);
    Effect::new(move |_| {
        let Ok(interval) = set_interval_with_handle(
            move || {
                if !over.try_get_value().unwrap_or(true) {
                    spawn_local(ask(id, value, finished, over));
                }
            },
            ASKED_EVERY,
        ) else {
            return;
        };
        on_cleanup(move || interval.clear());
    });
}

/// A server that cannot be reached is asked again; an answer that ends the asking leads to a page read anew. The page may be gone
/// by the time the answer arrives.
async fn ask(id: StaffImportId, value: RwSignal<u64>, finished: RwSignal<usize>, over: StoredValue<bool>) {
    match data::ask(ReadImportProgress { id }).await {
        Ok(ImportProgress::Running { done, .. }) => {
            let _ = value.try_set(u64::from(done));
        }
        Ok(_) | Err(AppError::Refused(_) | AppError::Denied { .. }) => {
            if over.try_set_value(true).is_none() {
                let _ = finished.try_update(|times| *times += 1);
            }
        }
        Err(_) => {}
    }
}
