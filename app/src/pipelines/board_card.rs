//! Cards, and moving them: by dragging, and by Alt with an arrow. Both send one form; without wasm the opportunity's own page moves it.

use domain::{OpportunityId, StageId};
use leptos::{html, prelude::*};
use ui::Avatar;
use web_sys::{DragEvent, KeyboardEvent};

use super::{
    api_board::{CardText, MoveOpportunity},
    keyboard::Keyboard,
    order::begin_drag,
    unseen::UnseenForm,
};
use crate::{Form, act::Act, paths, time};

/// The stages to the left and to the right.
pub(super) type Neighbours = (Option<StageId>, Option<StageId>);

/// What moves a card. It lives above the board's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct Moving {
    pub sent: UnseenForm<MoveOpportunity>,
    pub form: Form,
    /// With the stage that it comes from.
    dragged: RwSignal<Option<(OpportunityId, StageId)>>,
    keyboard: Keyboard<OpportunityId>,
}

impl Moving {
    pub fn new() -> Self {
        let act = Act::new();
        let form = Form::of(act);
        Self {
            sent: UnseenForm::new(act, form, ["id", "stage"]),
            form,
            dragged: RwSignal::new(None),
            keyboard: Keyboard::new(),
        }
    }

    pub fn is_dragging(self) -> bool {
        self.dragged.with_untracked(Option::is_some)
    }

    pub fn dropped_on(self, stage: StageId) {
        if let Some((card, from)) = self.dragged.get_untracked() {
            self.dragged.set(None);
            if from != stage {
                self.send(card, stage);
            }
        }
    }

    fn send(self, card: OpportunityId, stage: StageId) {
        self.sent.send([card.to_string(), stage.to_string()]);
    }
}

#[component]
pub(super) fn Card(
    card: CardText,
    stage: StageId,
    neighbours: Neighbours,
    moving: Moving,
    may_move: bool,
) -> impl IntoView {
    let CardText { id, name, contact_name, value, owner, since } = card;
    let owner = owner.map(|owner| {
        let photo_href = owner.photo.map(|(login, version)| paths::photo(login, version));
        view! { <Avatar name=owner.name.clone() photo_href/><span class="min-w-0 truncate">{owner.name}</span> }
    });
    let nobody = owner.is_none().then_some("Nobody’s");
    let begin = move |event: DragEvent| {
        begin_drag(&event, &id.to_string());
        moving.dragged.set(Some((id, stage)));
    };
    let step = move |event: KeyboardEvent| {
        let target = match event.key().as_str() {
            "ArrowLeft" => neighbours.0,
            "ArrowRight" => neighbours.1,
            _ => return,
        };
        if may_move && event.alt_key() {
            event.prevent_default();
            if let Some(stage) = target {
                moving.send(id, stage);
            }
        }
    };
    let link = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if let Some(link) = link.get()
            && moving.keyboard.is_due(&id)
        {
            let _ = link.focus();
        }
    });
    let is_dragged = move || moving.dragged.get().is_some_and(|(dragged, _)| dragged == id);
    view! {
        <li class="board-card" class:board-dragged=is_dragged draggable=may_move.then_some("true")
            on:dragstart=begin on:dragend=move |_| moving.dragged.set(None) on:keydown=step>
            <a class="board-card-name" node_ref=link href=paths::opportunity(id) draggable="false"
                on:focus=move |_| moving.keyboard.comes_to(id) on:blur=move |event| moving.keyboard.leaves(&event)
                aria-keyshortcuts=may_move.then_some("Alt+ArrowLeft Alt+ArrowRight")>{name}</a>
            <span class="board-card-contact">{contact_name}</span>
            {value.map(|value| view! { <span class="board-card-value">{value}</span> })}
            <span class="board-card-owner">{owner}{nobody}</span>
            <span class="board-card-since">"Here since "{time(since)}</span>
        </li>
    }
}
