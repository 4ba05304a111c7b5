//! What was typed outlasts the way to the password page or the sign-in and back: the tab's own storage holds it until the form
//! stands there again. Secrets, files and hidden fields are never kept.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement, Storage,
};

use crate::{AppError, Done, json};

/// Keeps the fields of `form` under `name` when its act is refused for want of a sign-in or a fresh proof, and fills them in again.
/// Runs in the browser only: effects do not run on the server.
pub fn keep_typed(form: NodeRef<html::Form>, name: String, result: Signal<Option<Result<Done, AppError>>>) {
    let kept = StoredValue::new(format!("typed {name}"));
    Effect::new(move |_| {
        let Some(form) = form.get() else { return };
        if let (Some(storage), name) = (storage(), kept.get_value())
            && let Ok(Some(text)) = storage.get_item(&name)
        {
            let _ = storage.remove_item(&name);
            fill(&form, &json::read::<Vec<_>>(&text).unwrap_or_default());
        }
    });
    Effect::new(move |_| {
        let leads_away = result.with(|result| matches!(result, Some(Err(error)) if error.asks_who_it_is()));
        if let (true, Some(form), Some(storage)) = (leads_away, form.get_untracked(), storage()) {
            let typed = serde_json::to_string(&typed(&form)).unwrap_or_default();
            let _ = storage.set_item(&kept.get_value(), &typed);
        }
    });
}

/// Keeps every form of the page that somebody has begun to fill in: the page is about to be shown anew.
pub fn keep_all() {
    for form in begun() {
        if let Some((storage, name)) = storage().zip(form.get_attribute("data-kept-as")) {
            let typed = serde_json::to_string(&typed(&form)).unwrap_or_default();
            let _ = storage.set_item(&format!("typed {name}"), &typed);
        }
    }
}

/// Whether somebody has begun to fill in a form of the page.
pub fn is_any_begun() -> bool {
    !begun().is_empty()
}

fn begun() -> Vec<HtmlFormElement> {
    let Ok(forms) = document().query_selector_all("form[data-kept-as]") else { return vec![] };
    let forms = (0..forms.length()).filter_map(|index| forms.item(index)?.dyn_into::<HtmlFormElement>().ok());
    forms.filter(|form| Field::all(form).iter().any(Field::is_changed)).collect()
}

/// What stands in the fields was saved: from now on that is what they begin with, and a page that shows it anew may put it in order.
pub fn settle(form: &HtmlFormElement) {
    Field::all(form).iter().for_each(Field::settle);
    form.reset();
}

/// None where the browser forbids it.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// A field that people fill in; a chosen one for radio buttons and check boxes.
enum Field {
    Text(HtmlInputElement),
    Choice(HtmlInputElement),
    Select(HtmlSelectElement),
    Area(HtmlTextAreaElement),
}

impl Field {
    fn all(form: &HtmlFormElement) -> Vec<Self> {
        let elements = form.elements();
        (0..elements.length()).filter_map(|index| Self::of(elements.item(index)?)).collect()
    }

    fn of(element: web_sys::Element) -> Option<Self> {
        let element = match element.dyn_into::<HtmlSelectElement>() {
            Ok(select) => return Some(Self::Select(select)),
            Err(element) => element,
        };
        let element = match element.dyn_into::<HtmlTextAreaElement>() {
            Ok(area) => return Some(Self::Area(area)),
            Err(element) => element,
        };
        let input = element.dyn_into::<HtmlInputElement>().ok()?;
        match input.type_().as_str() {
            "hidden" | "password" | "file" | "submit" => None,
            "radio" | "checkbox" => Some(Self::Choice(input)),
            _ if input.name().contains("code") => None,
            _ => Some(Self::Text(input)),
        }
    }

    fn typed(&self) -> Option<(String, String)> {
        match self {
            Self::Text(input) => Some((input.name(), input.value())),
            Self::Choice(input) => input.checked().then(|| (input.name(), input.value())),
            Self::Select(select) => Some((select.name(), select.value())),
            Self::Area(area) => Some((area.name(), area.value())),
        }
    }

    /// Whether it is another than the page began with.
    fn is_changed(&self) -> bool {
        match self {
            Self::Text(input) => input.value() != input.default_value(),
            Self::Choice(input) => input.checked() != input.default_checked(),
            Self::Area(area) => area.default_value().is_ok_and(|default| area.value() != default),
            Self::Select(select) => (0..select.length()).any(|index| {
                let option =
                    select.item(index).and_then(|option| option.dyn_into::<HtmlOptionElement>().ok());
                option.is_some_and(|option| option.selected() != option.default_selected())
            }),
        }
    }

    /// Makes what it holds what it began with.
    fn settle(&self) {
        match self {
            Self::Text(input) => input.set_default_value(&input.value()),
            Self::Choice(input) => input.set_default_checked(input.checked()),
            Self::Area(area) => {
                let _ = area.set_default_value(&area.value());
            }
            Self::Select(select) => {
                for index in 0..select.length() {
                    if let Some(option) = select.item(index) {
                        let option: HtmlOptionElement = option.unchecked_into();
                        option.set_default_selected(option.selected());
                    }
                }
            }
        }
    }

    fn fill(&self, typed: &[(String, String)]) {
        let of = |name: String| typed.iter().find(|(other, _)| *other == name).map(|(_, value)| value);
        match self {
            Self::Choice(input) => input.set_checked(typed.contains(&(input.name(), input.value()))),
            Self::Text(input) => of(input.name()).into_iter().for_each(|value| input.set_value(value)),
            Self::Select(select) => of(select.name()).into_iter().for_each(|value| select.set_value(value)),
            Self::Area(area) => of(area.name()).into_iter().for_each(|value| area.set_value(value)),
        }
    }
}

fn typed(form: &HtmlFormElement) -> Vec<(String, String)> {
    Field::all(form).iter().filter_map(Field::typed).collect()
}

fn fill(form: &HtmlFormElement, typed: &[(String, String)]) {
    Field::all(form).iter().for_each(|field| field.fill(typed));
}
