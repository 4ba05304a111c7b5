//! Search and filters of a list. All of it lives in the address.
use crate::{
    Icon, IconName, OptText, SelectOption,
    browser::{form_href, form_of, use_browser_behaviour, visit},
    field::select_options,
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// `<FilterBar action="/settings/staff" keep=vec![("sort".into(), "name".into())]><SearchInput …/><FilterSelect …/></FilterBar>`.
///
/// A plain GET form. With wasm a changed select applies at once and empty fields stay out of the address. `keep` holds
/// parameters that must survive; leave `page` out, so that a new search starts at the first page. Make it once a page and not
/// anew for each address, or the field in use loses the keyboard; see [`follow_address`].
#[component]
pub fn FilterBar(
    #[prop(into)] action: String,
    #[prop(optional, into)] keep: Signal<Vec<(String, String)>>,
    /// Where "Clear" leads; give it while something is filtered.
    #[prop(optional, into)]
    clear_href: Signal<Option<String>>,
    /// Its name, where a page has several.
    #[prop(optional, into)]
    label: OptText,
    children: Children,
) -> impl IntoView {
    use_browser_behaviour();
    let form = NodeRef::<html::Form>::new();
    apply_early_choice(form);
    let hidden = |(name, value): (String, String)| view! { <input type="hidden" name=name value=value/> };
    view! {
        // Whoever goes back without wasm would else see what was chosen later beside the rows of before.
        <form class="filter-bar" role="search" aria-label=label.0 method="get" action=action autocomplete="off"
            node_ref=form on:submit=apply on:change=apply_select>
            {move || keep.get().into_iter().map(hidden).collect_view()}
            {children()}
            <button class="btn btn-secondary filter-apply" type="submit">"Apply"</button>
            {move || clear_href.get().map(|href| view! { <a class="btn btn-ghost" href=href><Icon name=IconName::Cross/>"Clear"</a> })}
        </form>
    }
}

/// `<SearchForm action="/settings/staff" label="Search staff" value=query/>` — a `FilterBar` with only a search box.
#[component]
pub fn SearchForm(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(default = "q".to_owned(), into)] name: String,
    #[prop(optional, into)] value: String,
    #[prop(optional)] keep: Vec<(String, String)>,
) -> impl IntoView {
    view! { <FilterBar action keep label=label.clone()><SearchInput label name value/></FilterBar> }
}

/// The search box of a `FilterBar`.
#[component]
pub fn SearchInput(
    #[prop(into)] label: String,
    #[prop(default = "q".to_owned(), into)] name: String,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    view! {
        <div class="search-input">
            <Icon name=IconName::Search/>
            <input class="input" type="search" name=name value=value placeholder=label.clone() aria-label=label/>
        </div>
    }
}

/// One filter of a `FilterBar`. The first option is usually `SelectOption::new("", "Any role")`.
#[component]
pub fn FilterSelect(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<SelectOption>,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    view! {
        <select class="select filter-select" name=name aria-label=label>
            {select_options(options, &value)}
        </select>
    }
}

/// A day (`2026-11-24`) of a `FilterBar`.
#[component]
pub fn FilterDay(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    view! {
        <label class="flex items-center gap-2 text-sm text-muted whitespace-nowrap">
            {label}
            <input class="input w-auto" type="date" name=name value=value/>
        </label>
    }
}

/// Keeps the fields of a page's `FilterBar` in step with the address when that changes in another way than through them: by
/// "Clear", by a link, by going back. `values` are the fields' names with what the address says. What is typed before hydration
/// stays.
pub fn follow_address(values: Signal<Vec<(&'static str, String)>>) {
    Effect::new(move |before: Option<()>| {
        let values = values.get();
        if before.is_none() {
            return;
        }
        for (name, value) in values {
            let selector =
                format!("form.filter-bar .input[name={name}], form.filter-bar select[name={name}]");
            let Ok(Some(field)) = document().query_selector(&selector) else { continue };
            if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
                input.set_value(&value);
            } else if let Some(select) = field.dyn_ref::<web_sys::HtmlSelectElement>() {
                select.set_value(&value);
            }
        }
    });
}

/// What was chosen before wasm listened is applied once it does.
fn apply_early_choice(form: NodeRef<html::Form>) {
    Effect::new(move |was_seen: Option<bool>| {
        let seen = form.get();
        if let (Some(form), false) = (&seen, was_seen.unwrap_or_default())
            && has_early_choice(form)
        {
            let _ = form.request_submit();
        }
        seen.is_some()
    });
}

fn has_early_choice(form: &web_sys::HtmlFormElement) -> bool {
    let Ok(selects) = form.query_selector_all("select") else { return false };
    let selects = (0..selects.length()).filter_map(|index| selects.item(index));
    selects.filter_map(|select| select.dyn_into::<web_sys::HtmlSelectElement>().ok()).any(|select| {
        let is_default = |index: &u32| {
            let option =
                select.item(*index).and_then(|option| option.dyn_into::<web_sys::HtmlOptionElement>().ok());
            option.is_some_and(|option| option.default_selected())
        };
        // Where nothing is marked, browsers choose the first.
        let default = (0..select.length()).find(is_default).unwrap_or(0);
        i64::from(select.selected_index()) != i64::from(default)
    })
}

fn apply(event: SubmitEvent) {
    if let Some(href) = form_of(&event).as_ref().and_then(form_href) {
        event.prevent_default();
        visit(&href);
    }
}

fn apply_select(event: web_sys::Event) {
    let on_select =
        event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlSelectElement>().is_some());
    if on_select && let Some(form) = form_of(&event) {
        let _ = form.request_submit();
    }
}
