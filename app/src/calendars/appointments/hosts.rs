//! Whom an appointment is with.

use domain::calendars::HostName;
use leptos::prelude::*;
use ui::{Avatar, SelectOption};

use crate::paths;

/// With their photos, each on a line.
#[component]
pub(super) fn Hosts(hosts: Vec<HostName>) -> impl IntoView {
    let host = |host: HostName| {
        let photo_href = host.photo.map(|(login, version)| paths::photo(login, version));
        view! { <span class="cell-person"><Avatar name=host.name.clone() photo_href/>{called(&host)}</span> }
    };
    view! { <div class="flex flex-col gap-1">{hosts.into_iter().map(host).collect_view()}</div> }
}

/// In one line: "Max Mulder, Uma Usher".
pub(super) fn names(hosts: &[HostName]) -> String {
    hosts.iter().map(|host| host.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// People to choose from; `first` is what nobody in particular is called.
pub(super) fn host_options(first: &str, hosts: Vec<HostName>) -> Vec<SelectOption> {
    let host = |host: HostName| SelectOption::new(host.member.to_string(), called(&host));
    [SelectOption::new("", first)].into_iter().chain(hosts.into_iter().map(host)).collect()
}

fn called(host: &HostName) -> String {
    let gone = if host.is_active { "" } else { " (not active)" };
    format!("{}{gone}", host.name)
}
