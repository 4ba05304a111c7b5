//! The keyboard in lists whose elements are made anew whenever the page is: it stays with what it was on.

use leptos::prelude::*;
use web_sys::FocusEvent;

/// What has the keyboard. It lives above the page's data, so that it outlasts their reloading.
pub(super) struct Keyboard<K: Send + Sync + 'static>(RwSignal<Option<K>>);

impl<K: Send + Sync + 'static> Clone for Keyboard<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Send + Sync + 'static> Copy for Keyboard<K> {}

impl<K: PartialEq + Send + Sync + 'static> Keyboard<K> {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub fn comes_to(self, key: K) {
        self.0.set(Some(key));
    }

    /// An element that is taken away loses the keyboard to nothing; somebody who moves on gives it to something.
    pub fn leaves(self, event: &FocusEvent) {
        if event.related_target().is_some() {
            self.0.set(None);
        }
    }

    /// Whether an element that was made anew gets it back. Not where somebody has moved on meanwhile.
    pub fn is_due(self, key: &K) -> bool {
        let is_nowhere = || document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        self.0.with_untracked(|held| held.as_ref() == Some(key)) && is_nowhere()
    }
}
