use leptos::prelude::*;

use super::super::api_review::{
    DecideReview, FinishReview, KeepMembersPermission, StopKeepingMembersPermission,
};
use crate::{Form, act::Act};

/// What can be done on a review's page. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub decide: Act<DecideReview>,
    pub deciding: Form,
    pub finish: Act<FinishReview>,
    pub finishing: Form,
    pub keep: Act<KeepMembersPermission>,
    pub keeping: Form,
    pub stop: Act<StopKeepingMembersPermission>,
    pub stopping: Form,
}

impl Acts {
    pub fn new() -> Self {
        let (decide, finish, keep, stop) = (Act::new(), Act::new(), Act::new(), Act::new());
        Self {
            deciding: Form::of(decide),
            finishing: Form::of(finish),
            keeping: Form::of(keep),
            stopping: Form::of(stop),
            decide,
            finish,
            keep,
            stop,
        }
    }

    /// Changes when something was done.
    pub fn saved(self) -> Memo<usize> {
        let saved = [self.deciding, self.finishing, self.keeping, self.stopping].map(Form::saved);
        Memo::new(move |_| saved.iter().map(Get::get).sum())
    }
}
