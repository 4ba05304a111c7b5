//! A form that nobody sees: it sends what a gesture says as any other form does.

use leptos::{html, prelude::*};
use server_fn::ServerFn;

use crate::{AppError, Done, Form, SaveForm, act::Act};

/// Sends two fields.
pub(super) struct UnseenForm<S> {
    act: Act<S>,
    form: Form,
    names: [&'static str; 2],
    inputs: [NodeRef<html::Input>; 2],
    /// What waits while the one before is on its way.
    waiting: RwSignal<Vec<[String; 2]>>,
}

impl<S> Clone for UnseenForm<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for UnseenForm<S> {}

impl<S: ServerFn<Output = Done, Error = AppError> + 'static> UnseenForm<S> {
    /// `form` is the act's.
    pub fn new(act: Act<S>, form: Form, names: [&'static str; 2]) -> Self {
        let inputs = [NodeRef::new(), NodeRef::new()];
        let this = Self { act, form, names, inputs, waiting: RwSignal::new(vec![]) };
        Effect::new(move |_| {
            let is_next = !this.form.pending().get() && this.waiting.with(|waiting| !waiting.is_empty());
            if let Some(next) =
                is_next.then(|| this.waiting.try_update(|waiting| waiting.remove(0))).flatten()
            {
                this.submit(next);
            }
        });
        this
    }

    /// `fixed` are fields that are the same whatever is done.
    pub fn view(self, fixed: impl IntoView + 'static) -> AnyView {
        let [first, second] = self.names;
        let [first_input, second_input] = self.inputs;
        let fixed = fixed.into_any();
        view! {
            <div hidden=true>
                <SaveForm action=self.act is_live=true>
                    {fixed}
                    <input type="hidden" name=first node_ref=first_input/>
                    <input type="hidden" name=second node_ref=second_input/>
                </SaveForm>
            </div>
        }
        .into_any()
    }

    /// One after the other: a gesture that is quicker than the answer to the last one is not lost.
    pub fn send(self, values: [String; 2]) {
        self.waiting.update(|waiting| waiting.push(values));
    }

    fn submit(self, values: [String; 2]) {
        let [Some(first), Some(second)] = self.inputs.map(|input| input.get_untracked()) else { return };
        for (input, value) in [&first, &second].into_iter().zip(&values) {
            input.set_value(value);
        }
        if let Some(form) = first.form() {
            let _ = form.request_submit();
        }
    }
}
