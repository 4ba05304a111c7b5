use serde::{Deserialize, Serialize};

use super::{Change, event::list};
use crate::{MemberId, ProfileId, StageId, pipelines::MembershipChoice};

/// What somebody did with a pipeline. Stored for ever, as [`super::Event`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum PipelineAct {
    Created,
    Renamed {
        from: String,
    },
    /// To this place among the pipelines, counted from 1.
    Moved {
        place: u32,
    },
    Deleted {
        /// Opportunities that stood in it.
        moved: u64,
        /// Where they went; none when there were none.
        target: Option<String>,
    },
    StageAdded {
        stage: StageId,
        stage_name: String,
    },
    StageChanged {
        stage: StageId,
        stage_name: String,
        changes: Vec<Change>,
    },
    /// To this place among the stages, counted from 1.
    StageMoved {
        stage: StageId,
        stage_name: String,
        place: u32,
    },
    StageDeleted {
        stage: StageId,
        stage_name: String,
        moved: u64,
        target: Option<String>,
    },
    RuleSet {
        profile: ProfileId,
        profile_name: String,
        on: bool,
    },
    MemberSet {
        member: MemberId,
        member_name: String,
        choice: MembershipChoice,
    },
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

impl PipelineAct {
    pub(super) fn sentence(&self, name: &str) -> String {
        match self {
            Self::Created => format!("created the pipeline “{name}”"),
            Self::Renamed { from } => format!("renamed the pipeline “{from}” to “{name}”"),
            Self::Moved { place } => format!("moved the pipeline “{name}” to place {place}"),
            Self::Deleted { moved, target } => {
                format!("deleted the pipeline “{name}”{}", went(*moved, target.as_deref()))
            }
            Self::StageAdded { stage_name, .. } => {
                format!("added the stage “{stage_name}” to the pipeline “{name}”")
            }
            Self::StageChanged { stage_name, changes, .. } => {
                format!("changed the stage “{stage_name}” of the pipeline “{name}”: {}", list(changes))
            }
            Self::StageMoved { stage_name, place, .. } => {
                format!("moved the stage “{stage_name}” of the pipeline “{name}” to place {place}")
            }
            Self::StageDeleted { stage_name, moved, target, .. } => {
                let went = went(*moved, target.as_deref());
                format!("deleted the stage “{stage_name}” of the pipeline “{name}”{went}")
            }
            Self::RuleSet { profile_name, on: true, .. } => {
                format!("let everyone with the profile “{profile_name}” into the pipeline “{name}”")
            }
            Self::RuleSet { profile_name, on: false, .. } => {
                format!("ended that everyone with the profile “{profile_name}” is in the pipeline “{name}”")
            }
            Self::MemberSet { member_name, choice, .. } => match choice {
                MembershipChoice::In => format!("let {member_name} into the pipeline “{name}”"),
                MembershipChoice::Excluded => format!("excluded {member_name} from the pipeline “{name}”"),
                MembershipChoice::AsRules => {
                    format!("left it to the rules whether {member_name} is in the pipeline “{name}”")
                }
            },
            Self::Unknown => {
                format!("did something with the pipeline “{name}” that this version cannot read")
            }
        }
    }

    pub(super) fn subject(&self) -> Option<MemberId> {
        match self {
            Self::MemberSet { member, .. } => Some(*member),
            _ => None,
        }
    }
}

fn went(moved: u64, target: Option<&str>) -> String {
    match (moved, target) {
        (1, Some(target)) => format!("; its one opportunity is in “{target}” now"),
        (2.., Some(target)) => format!("; its {moved} opportunities are in “{target}” now"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Area, Event};

    #[test]
    fn what_is_done_with_a_pipeline_is_told_in_sentences() {
        let (stage, member) = (StageId::default(), MemberId::default());
        let (stage_name, member_name) = ("Won".to_owned(), "Uma Usher".to_owned());
        let cases = [
            (PipelineAct::Created, "created the pipeline “Sales”"),
            (
                PipelineAct::Deleted { moved: 1, target: Some("Closed: Won".into()) },
                "deleted the pipeline “Sales”; its one opportunity is in “Closed: Won” now",
            ),
            (PipelineAct::Deleted { moved: 0, target: None }, "deleted the pipeline “Sales”"),
            (
                PipelineAct::StageMoved { stage, stage_name, place: 2 },
                "moved the stage “Won” of the pipeline “Sales” to place 2",
            ),
            (
                PipelineAct::MemberSet { member, member_name, choice: MembershipChoice::Excluded },
                "excluded Uma Usher from the pipeline “Sales”",
            ),
        ];
        for (did, sentence) in cases {
            let event = Event::Pipeline { pipeline: Default::default(), name: "Sales".into(), did };
            assert_eq!((event.sentence().as_str(), event.area()), (sentence, Area::Pipelines));
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }

    #[test]
    fn an_act_of_a_newer_version_does_not_break_the_log() {
        let json = format!(
            r#"{{"kind":"pipeline","pipeline":"{}","name":"Sales","did":{{"act":"painted","colour":"red"}}}}"#,
            crate::PipelineId::default(),
        );
        let event: Event = serde_json::from_str(&json).unwrap();
        assert!(event.sentence().starts_with("did something with the pipeline “Sales”"));
    }
}
