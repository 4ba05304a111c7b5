use serde::{Deserialize, Serialize};

use super::{Change, event::list};
use crate::{MemberId, PipelineId};

/// What somebody did with an opportunity. Stored for ever, as [`super::Event`] is. It tells no amounts: not everybody who reads the
/// log may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum OpportunityAct {
    Created {
        pipeline: PipelineId,
        pipeline_name: String,
        /// Whose it was from the start; none for nobody's.
        owner: Option<MemberId>,
    },
    Changed {
        changes: Vec<Change>,
        value_changed: bool,
        /// Told without content: the contact is no member, and what is stored for ever could not forget them.
        #[serde(default)]
        contact_changed: bool,
    },
    Moved {
        pipeline: PipelineId,
        pipeline_name: String,
        from: String,
        to: String,
    },
    Assigned {
        /// None for nobody.
        owner: Option<MemberId>,
        owner_name: Option<String>,
    },
    Deleted {
        pipeline: PipelineId,
        pipeline_name: String,
    },
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

impl OpportunityAct {
    pub(super) fn sentence(&self, name: &str) -> String {
        match self {
            Self::Created { pipeline_name, .. } => {
                format!("created the opportunity “{name}” in the pipeline “{pipeline_name}”")
            }
            Self::Changed { changes, value_changed, contact_changed } => {
                let mut told = vec![];
                if !changes.is_empty() {
                    told.push(list(changes));
                }
                if *contact_changed {
                    told.push("its contact".to_owned());
                }
                if *value_changed {
                    told.push("its value".to_owned());
                }
                format!("changed the opportunity “{name}”: {}", told.join("; "))
            }
            Self::Moved { pipeline_name, from, to, .. } => {
                format!(
                    "moved the opportunity “{name}” of the pipeline “{pipeline_name}” from “{from}” to “{to}”"
                )
            }
            Self::Assigned { owner_name: Some(owner), .. } => {
                format!("assigned the opportunity “{name}” to {owner}")
            }
            Self::Assigned { owner_name: None, .. } => format!("assigned the opportunity “{name}” to nobody"),
            Self::Deleted { pipeline_name, .. } => {
                format!("deleted the opportunity “{name}” of the pipeline “{pipeline_name}”")
            }
            Self::Unknown => {
                format!("did something with the opportunity “{name}” that this version cannot read")
            }
        }
    }

    pub(super) fn subject(&self) -> Option<MemberId> {
        match self {
            Self::Assigned { owner, .. } => *owner,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Area, Event};

    #[test]
    fn what_is_done_with_an_opportunity_is_told_in_sentences() {
        let change = Change { what: "name".into(), from: "Roof".into(), to: "New roof".into() };
        let owner = Some(MemberId::default());
        let cases = [
            (
                OpportunityAct::Changed { changes: vec![change], value_changed: true, contact_changed: true },
                "changed the opportunity “New roof”: name from “Roof” to “New roof”; its contact; its value",
            ),
            (
                OpportunityAct::Changed { changes: vec![], value_changed: true, contact_changed: false },
                "changed the opportunity “New roof”: its value",
            ),
            (
                OpportunityAct::Assigned { owner, owner_name: Some("Uma Usher".into()) },
                "assigned the opportunity “New roof” to Uma Usher",
            ),
            (
                OpportunityAct::Assigned { owner: None, owner_name: None },
                "assigned the opportunity “New roof” to nobody",
            ),
        ];
        for (did, sentence) in cases {
            let event = Event::Opportunity { opportunity: Default::default(), name: "New roof".into(), did };
            assert_eq!((event.sentence().as_str(), event.area()), (sentence, Area::Pipelines));
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }
}
