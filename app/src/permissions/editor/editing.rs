//! What the editor shows: what the server has, with what was switched here and is on its way laid over it.

use domain::{
    Permission, PermissionSet, ProfileId, Refusal, Section,
    permissions::{Profile, ProfileDetails, section_switched, switched},
};
use leptos::{prelude::*, task::spawn_local};
use ui::SaveState;

use super::{
    super::{
        api::{ProfileView, ReadProfile},
        api_change::{SwitchPermission, UndoProfileChange},
        api_draft::ChangeDraft,
    },
    notice::Notice,
};
use crate::{AppError, data::ask, live::profile_version, viewer::grantable_permissions};

/// Something that was switched and not answered yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Switched {
    pub key: Key,
    pub on: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    One(Permission),
    Section(Section),
}

impl Key {
    fn text(self) -> &'static str {
        match self {
            Self::One(permission) => permission.key(),
            Self::Section(section) => section.key(),
        }
    }
}

#[derive(Clone, Copy)]
pub(in crate::permissions) struct Editing {
    pub id: ProfileId,
    /// Whether switches change the viewer's draft instead of the profile.
    pub is_draft: bool,
    /// What the viewer may give and take.
    pub own: PermissionSet,
    saved: RwSignal<ProfileView>,
    /// Oldest first; sent one after the other, so that they arrive in the order in which they were meant.
    waiting: RwSignal<Vec<Switched>>,
    pub shown: Memo<PermissionSet>,
    /// Own acts on their way. What others did is read when the last has been answered.
    acting: RwSignal<usize>,
    /// How the last answered switch ended.
    outcome: RwSignal<Option<(Key, SaveState)>>,
    pub(super) notice: RwSignal<Option<Notice>>,
}

impl Editing {
    pub fn new(view: ProfileView, is_draft: bool) -> Self {
        let id = view.details.profile.id;
        let own = grantable_permissions();
        let saved = RwSignal::new(edited(view, is_draft));
        let waiting = RwSignal::new(Vec::<Switched>::new());
        let shown = Memo::new(move |_| {
            let saved = saved.with(|view| view.details.profile.permissions);
            waiting.with(|waiting| waiting.iter().fold(saved, |set, switch| after(own, set, *switch)))
        });
        let (outcome, notice) = (RwSignal::new(None), RwSignal::new(None));
        let acting = RwSignal::new(0);
        let editing = Self { id, is_draft, own, saved, waiting, shown, acting, outcome, notice };
        editing.follow_others();
        editing
    }

    pub fn saved(self) -> ProfileView {
        self.saved.get()
    }

    pub fn version(self) -> i32 {
        self.saved.with(|view| view.details.profile.version)
    }

    /// How the switch with this key stands.
    pub(super) fn status(self, key: Key) -> Signal<SaveState> {
        Signal::derive(move || {
            if self.waiting.with(|waiting| waiting.iter().any(|switch| switch.key == key)) {
                return SaveState::Saving;
            }
            match self.outcome.get() {
                Some((last, state)) if last == key => state,
                _ => SaveState::Idle,
            }
        })
    }

    /// Shows at once, saves in the background, rolls back with the reason when refused.
    pub(super) fn switch(self, key: Key, on: bool) {
        let is_first = self.waiting.with_untracked(Vec::is_empty);
        self.waiting.update(|waiting| waiting.push(Switched { key, on }));
        if is_first {
            self.act(self.send_all());
        }
    }

    /// Does something of the viewer's own; its future ends with none once the page was left.
    fn act(self, doing: impl Future<Output = Option<()>> + 'static) {
        self.acting.update(|acts| *acts += 1);
        spawn_local(async move {
            doing.await;
            self.acting.try_update(|acts| *acts -= 1);
        });
    }

    async fn send_all(self) -> Option<()> {
        while let Some(next) = self.waiting.try_with_untracked(|waiting| waiting.first().copied())? {
            let version = self.saved.try_with_untracked(|view| view.details.profile.version)?;
            let key = next.key.text().to_owned();
            let (id, on) = (self.id, next.on);
            let answer = match self.is_draft {
                true => ask(ChangeDraft { id, key, on }).await,
                false => ask(SwitchPermission { id, version, key, on }).await,
            };
            self.settle(next, answer).await?;
        }
        Some(())
    }

    async fn settle(self, switch: Switched, answer: Result<Profile, AppError>) -> Option<()> {
        let before = self.saved.try_get_untracked()?;
        let done = |state| {
            self.waiting.try_update(|waiting| {
                waiting.remove(0);
            })?;
            self.outcome.try_set(Some((switch.key, state)));
            Some(())
        };
        match answer {
            Ok(profile) => {
                let mut view = before.clone();
                view.details.profile = profile;
                let told = if self.is_draft { Notice::drafted } else { Notice::own };
                let notice = told(&before.details.profile, &view.details);
                self.saved.try_set(view);
                self.notice.try_set(notice);
                done(SaveState::Saved)
            }
            Err(error) => {
                if error.refusal() == Some(&Refusal::ChangedMeanwhile) {
                    self.read_again(Notice::by_others).await?;
                }
                done(SaveState::Failed(error.to_string()))
            }
        }
    }

    /// Takes back what the version `version` changed.
    pub fn undo(self, version: i32) {
        self.act(async move {
            match ask(UndoProfileChange { id: self.id, version }).await {
                Ok(_) => self.read_again(Notice::own).await,
                Err(error) => {
                    self.notice.try_set(Some(Notice::failed(&error)));
                    Some(())
                }
            }
        });
    }

    /// Somebody else's change shows by itself, with who made it.
    fn follow_others(self) {
        let changed = profile_version(move || Some(self.id));
        Effect::new(move |read: Option<usize>| {
            let number = changed.get();
            if self.acting.get() > 0 {
                return read.unwrap_or(number);
            }
            if read.is_some_and(|read| read != number) {
                spawn_local(async move {
                    self.read_again(Notice::by_others).await;
                });
            }
            number
        });
    }

    /// None once the page was left.
    async fn read_again(self, notice: fn(&Profile, &ProfileDetails) -> Option<Notice>) -> Option<()> {
        let answer = ask(ReadProfile { id: self.id }).await.map(|view| edited(view, self.is_draft));
        let before = self.saved.try_get_untracked()?;
        match answer {
            // An answer may be overtaken by a later one.
            Ok(view) if view.details.profile.version < before.details.profile.version => {}
            Ok(view) => {
                // With the same version, other people hold the profile.
                let is_newer = view.details.profile.version > before.details.profile.version;
                let notice = is_newer.then(|| notice(&before.details.profile, &view.details));
                self.saved.try_set(view);
                if let Some(notice) = notice {
                    self.notice.try_set(notice);
                }
            }
            Err(error) => {
                let gone = error.refusal() == Some(&Refusal::NotFound);
                self.notice.try_set(Some(if gone { Notice::deleted() } else { Notice::failed(&error) }));
            }
        }
        Some(())
    }
}

/// The profile, or what it would be with the viewer's draft.
fn edited(mut view: ProfileView, is_draft: bool) -> ProfileView {
    if let (Some(drafted), true) = (view.details.draft, is_draft) {
        view.details.profile.permissions = drafted;
    }
    view
}

/// The server's own rule, so that what is shown at once is what will be saved; a switch that it will refuse shows nothing.
fn after(own: PermissionSet, set: PermissionSet, switch: Switched) -> PermissionSet {
    let after = match switch.key {
        Key::One(permission) => switched(own, set, permission, switch.on),
        Key::Section(section) => section_switched(own, set, section, switch.on),
    };
    after.unwrap_or(set)
}
