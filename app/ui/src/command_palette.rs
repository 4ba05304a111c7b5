//! Ctrl/⌘ K: go anywhere by typing.
use crate::{
    Icon, IconName,
    browser::{bring_into_view, use_browser_behaviour, visit},
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// One destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaletteItem {
    pub label: String,
    pub href: String,
    /// Where it belongs: "Settings", "Staff".
    pub group: String,
    /// Other words people may type for it.
    pub keywords: String,
}

impl PaletteItem {
    fn matches(&self, words: &[String]) -> bool {
        let text = format!("{} {} {}", self.label, self.group, self.keywords).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// The items that contain every word of `query`, in their order, at most fifty.
#[must_use]
pub fn palette_matches(items: &[PaletteItem], query: &str) -> Vec<PaletteItem> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    items.iter().filter(|item| item.matches(&words)).take(50).cloned().collect()
}

#[derive(Clone, Copy)]
struct Palette {
    dialog: NodeRef<html::Dialog>,
    query: RwSignal<String>,
    found: Memo<Vec<PaletteItem>>,
    /// Index into `found`.
    active: RwSignal<usize>,
    /// The list is only built while the palette is open: a closed one costs the page nothing.
    open: RwSignal<bool>,
    on_go: Option<Callback<String>>,
}

impl Palette {
    fn show(self) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        if !dialog.open() {
            self.active.set(0);
            self.open.set(true);
            let _ = dialog.show_modal();
        }
    }

    fn hide(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    fn go(self, index: usize) {
        let Some(item) = self.found.with_untracked(|found| found.get(index).cloned()) else { return };
        self.hide();
        match self.on_go {
            Some(call) => call.run(item.href),
            None => visit(&item.href),
        }
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let last = self.found.with_untracked(Vec::len).saturating_sub(1);
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.active.set(if active >= last { 0 } else { active + 1 }),
            "ArrowUp" => self.active.set(if active == 0 { last } else { active - 1 }),
            "Home" => self.active.set(0),
            "End" => self.active.set(last),
            "Enter" => self.go(active),
            _ => return,
        }
        if let Some(option) = document().get_element_by_id(&option_id(self.active.get_untracked())) {
            bring_into_view(&option);
        }
        event.prevent_default();
    }
}

/// `<CommandPalette items=items/>` — once per page; `PaletteButton` opens it too. `on_go` replaces the navigation.
#[component]
pub fn CommandPalette(
    #[prop(into)] items: Signal<Vec<PaletteItem>>,
    #[prop(optional, into)] on_go: Option<Callback<String>>,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| items.with(|items| query.with(|query| palette_matches(items, query))));
    let palette = Palette {
        dialog: NodeRef::new(),
        query,
        found,
        active: RwSignal::new(0),
        open: RwSignal::new(false),
        on_go,
    };
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key())
                && !event.shift_key()
                && event.key().eq_ignore_ascii_case("k")
            {
                event.prevent_default();
                palette.show();
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <dialog
            node_ref=palette.dialog
            class="palette"
            id="command-palette"
            aria-label="Go to"
            on:close=move |_| {
                palette.open.set(false);
                palette.query.set(String::new());
            }
            on:toggle=move |_| if palette.dialog.get_untracked().is_some_and(|dialog| dialog.open()) { palette.open.set(true) }
            on:click=move |event| if on_backdrop(&event) { palette.hide() }
        >
            <PaletteInput palette/>
            <PaletteList palette/>
        </dialog>
    }
}

#[component]
fn PaletteInput(palette: Palette) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    // The text goes with the dialog: the next opening starts empty.
    Effect::new(move |_| {
        if !palette.open.get()
            && let Some(input) = input.get()
        {
            input.set_value("");
        }
    });
    let active_id =
        move || palette.found.with(|found| (!found.is_empty()).then(|| option_id(palette.active.get())));
    view! {
        <div class="palette-head">
            <Icon name=IconName::Search/>
            <input
                node_ref=input
                class="palette-input"
                type="text"
                role="combobox"
                aria-label="Where to?"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=active_id
                autocomplete="off"
                spellcheck="false"
                placeholder="Go to a page, a person, a setting …"
                on:input=move |event| {
                    palette.query.set(event_target_value(&event));
                    palette.active.set(0);
                }
                on:keydown=move |event| palette.on_key(&event)
            />
            <kbd class="kbd kbd-sm">"Esc"</kbd>
        </div>
    }
}

#[component]
fn PaletteList(palette: Palette) -> impl IntoView {
    let options = move || {
        let found = if palette.open.get() { palette.found.get() } else { Vec::new() };
        found.into_iter().enumerate().map(|(index, item)| option_view(palette, index, item)).collect_view()
    };
    let nothing = move || {
        (palette.open.get() && palette.found.with(Vec::is_empty))
            .then(|| view! { <p class="palette-empty">"Nothing by that name."</p> })
    };
    view! {
        <div class="palette-list" id="palette-list" role="listbox" aria-label="Destinations">{options}</div>
        <div role="status">{nothing}</div>
    }
}

fn option_view(palette: Palette, index: usize, item: PaletteItem) -> AnyView {
    let selected = move || palette.active.get() == index;
    view! {
        <div
            class="palette-option"
            id=option_id(index)
            role="option"
            aria-selected=move || if selected() { "true" } else { "false" }
            on:click=move |_| palette.go(index)
            on:pointermove=move |_| if palette.active.get_untracked() != index { palette.active.set(index) }
        >
            <span>{item.label}</span>
            <span class="palette-group">{item.group}</span>
        </div>
    }
    .into_any()
}

fn option_id(index: usize) -> String {
    format!("palette-option-{index}")
}

/// Inside its own dialog every click lands on a child; only the backdrop reports the dialog itself.
fn on_backdrop(event: &ev::MouseEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlDialogElement>().is_some())
}

/// `<PaletteButton/>` — "Search … Ctrl K" for the rail; appears once wasm runs.
#[component]
pub fn PaletteButton() -> impl IntoView {
    use_browser_behaviour();
    let open = move |_| {
        let dialog = document().get_element_by_id("command-palette");
        if let Some(dialog) = dialog.and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok())
        {
            let _ = dialog.show_modal();
        }
    };
    view! {
        <button type="button" class="palette-button needs-wasm" on:click=open>
            <Icon name=IconName::Search/>
            <span>"Search"</span>
            <kbd class="kbd kbd-sm">"Ctrl K"</kbd>
        </button>
    }
}
