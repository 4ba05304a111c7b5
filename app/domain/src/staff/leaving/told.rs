use std::collections::HashMap;

use super::{Fate, HeldKind, Plan, ReceiptSum, Receiver};
use crate::MemberId;

impl Fate {
    /// What becomes of it, for the person who reads what will happen or what did. `receiver` is whoever gets it, `first` the first name of
    /// whoever leaves.
    #[must_use]
    pub fn label(self, receiver: Option<&str>, first: &str) -> String {
        match self {
            Self::To(_) => format!("To {}", receiver.unwrap_or("somebody")),
            Self::WithOthers => format!("Goes on without {first}"),
            Self::Cancelled => "Cancelled".into(),
            Self::Nobody => "To nobody".into(),
            Self::Kept => format!("Stays with {first}"),
        }
    }
}

/// A plan in sums, by kind, then by who gets most.
#[must_use]
pub fn sums(plan: &Plan, receivers: &HashMap<MemberId, Receiver>) -> Vec<ReceiptSum> {
    HeldKind::ALL.into_iter().flat_map(|kind| sums_of(kind, plan.of(kind), receivers)).collect()
}

fn sums_of(kind: HeldKind, fates: &[Fate], receivers: &HashMap<MemberId, Receiver>) -> Vec<ReceiptSum> {
    let mut sums: Vec<ReceiptSum> = Vec::new();
    for fate in fates {
        match sums.iter_mut().find(|sum| sum.fate == *fate) {
            Some(sum) => sum.count += 1,
            None => {
                let receiver = match fate {
                    Fate::To(member) => receivers.get(member).map(|receiver| receiver.name.clone()),
                    _ => None,
                };
                sums.push(ReceiptSum { kind, fate: *fate, receiver, count: 1 });
            }
        }
    }
    sums.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.receiver.cmp(&other.receiver)));
    sums
}
