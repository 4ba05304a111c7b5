//! Light, dark, or as the system says.
use crate::{Icon, IconName, OptText, browser::use_browser_behaviour};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How pages look. The server writes `data_theme()` as `data-theme` on `<html>`, from the cookie `THEME_COOKIE`, so nothing
/// flashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The cookie that holds a theme's `key`.
pub const THEME_COOKIE: &str = "theme";

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Reads a cookie or a form field; anything unknown is `System`.
    #[must_use]
    pub fn parse(key: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.key() == key).unwrap_or_default()
    }

    /// What the cookie and the form carry.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The value of `data-theme`; absent when the system decides.
    #[must_use]
    pub fn data_theme(self) -> Option<&'static str> {
        (self != Self::System).then(|| self.key())
    }

    fn label_and_icon(self) -> (&'static str, IconName) {
        match self {
            Self::System => ("System theme", IconName::Monitor),
            Self::Light => ("Light theme", IconName::Sun),
            Self::Dark => ("Dark theme", IconName::Moon),
        }
    }
}

/// `<ThemeToggle current=theme action="/theme" return_to="/settings"/>` — three small buttons.
///
/// With wasm the choice applies at once and is kept in the cookie. Without, the buttons post `theme` and `return_to` to
/// `action`, which sets the same cookie; with no `action` they appear only once wasm runs.
#[component]
pub fn ThemeToggle(
    #[prop(optional, into)] current: Signal<Theme>,
    #[prop(optional, into)] action: OptText,
    #[prop(optional, into)] return_to: OptText,
    #[prop(optional, into)] on_change: Option<Callback<Theme>>,
) -> impl IntoView {
    use_browser_behaviour();
    let chosen = RwSignal::new(None::<Theme>);
    let theme = Signal::derive(move || chosen.get().unwrap_or_else(|| current.get()));
    let choose = Callback::new(move |theme: Theme| {
        chosen.set(Some(theme));
        apply(theme);
        if let Some(call) = on_change {
            call.run(theme);
        }
    });
    let class = if action.0.is_some() { "theme-toggle" } else { "theme-toggle needs-wasm" };
    view! {
        <form class=class method="post" action=action.0>
            {return_to.0.map(|path| view! { <input type="hidden" name="return_to" value=path/> })}
            <div class="theme-choices" role="group" aria-label="Theme">
                {Theme::ALL.map(|own| view! { <ThemeButton own theme choose/> }).into_iter().collect_view()}
            </div>
        </form>
    }
}

#[component]
fn ThemeButton(own: Theme, theme: Signal<Theme>, choose: Callback<Theme>) -> impl IntoView {
    let (label, icon) = own.label_and_icon();
    view! {
        <button
            type="submit"
            name="theme"
            value=own.key()
            aria-label=label
            title=label
            aria-pressed=move || if theme.get() == own { "true" } else { "false" }
            on:click=move |event| {
                event.prevent_default();
                choose.run(own);
            }
        >
            <Icon name=icon/>
        </button>
    }
}

/// Shows the theme now and keeps it for a year.
fn apply(theme: Theme) {
    let document = document();
    if let Some(root) = document.document_element() {
        let _ = match theme.data_theme() {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    }
    let secure =
        if location().protocol().is_ok_and(|protocol| protocol == "https:") { "; Secure" } else { "" };
    let cookie = format!("{THEME_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", theme.key());
    let _ = document.unchecked_into::<web_sys::HtmlDocument>().set_cookie(&cookie);
}
