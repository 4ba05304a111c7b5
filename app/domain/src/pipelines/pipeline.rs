use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    DEFAULT_STAGES, PipelinePerson, STAGE_NAME_MAX_CHARS, STAGES_MAX, Stage, StageColour, StageRow,
    StageWords,
};
use crate::{Checks, Page, PipelineId, Problem, Refusal, permissions::ProfileName, person_name::text};

/// Pipelines that an account may have: few enough to list on one page.
pub const PIPELINES_MAX: u32 = 50;
/// Characters that a pipeline's name may have.
pub const PIPELINE_NAME_MAX_CHARS: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    pub id: PipelineId,
    pub name: String,
    /// Counts changes of the name, so that two editors notice each other.
    pub version: i32,
}

/// One line of the list of pipelines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineRow {
    pub pipeline: Pipeline,
    pub stages: u64,
    /// Active people who are in it, by hand or by a rule.
    pub people: u64,
    /// Those that the viewer may see.
    pub opportunities: u64,
}

/// Everything the settings of a pipeline show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineDetails {
    pub pipeline: Pipeline,
    /// In their order.
    pub stages: Vec<StageRow>,
    /// Every profile of the account, by name.
    pub rules: Vec<PipelineRule>,
    /// Active people who are in it, by hand or by a rule.
    pub people: u64,
    /// The people of the account as the filter asks, by name.
    pub members: Page<PipelinePerson>,
}

/// What has to be known before a pipeline is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineDeletion {
    pub pipeline: Pipeline,
    /// All that stand in it: they need a target.
    pub opportunities: u64,
    /// The other pipelines with their stages.
    pub targets: Vec<(Pipeline, Vec<Stage>)>,
}

/// Whether everyone with a profile is in a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineRule {
    pub profile: ProfileName,
    pub is_on: bool,
    /// Active people who hold the profile.
    pub people: u64,
}

/// What was typed about a new pipeline, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineForm {
    pub name: String,
    /// Names of its stages, one a line; empty for [`DEFAULT_STAGES`].
    #[serde(default)]
    pub stages: String,
}

/// A pipeline's name and its first stages.
///
/// # Errors
/// [`Refusal::Invalid`] for `name` and `stages`, both at once: a name that is there twice is taken.
pub fn check_pipeline(form: &PipelineForm) -> Result<(String, Vec<StageWords>), Refusal> {
    let mut checks = Checks::default();
    let name = checks.note("name", text(&form.name, PIPELINE_NAME_MAX_CHARS, true));
    let stages = checks.note("stages", stages(&form.stages));
    checks.finish(name.zip(stages))
}

/// # Errors
/// [`Refusal::Invalid`] for `name`.
pub fn check_pipeline_name(typed: &str) -> Result<String, Refusal> {
    text(typed, PIPELINE_NAME_MAX_CHARS, true).map_err(|problem| Refusal::field("name", problem))
}

fn stages(typed: &str) -> Result<Vec<StageWords>, Problem> {
    let lines: Vec<_> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Ok(DEFAULT_STAGES.map(|(name, colour)| StageWords { name: name.into(), colour }).into());
    }
    if lines.len() > STAGES_MAX as usize {
        return Err(Problem::TooMany { max: STAGES_MAX });
    }
    let mut taken = HashSet::new();
    let mut stages = Vec::new();
    for (line, colour) in lines.into_iter().zip(StageColour::ALL.iter().cycle()) {
        let name = text(line, STAGE_NAME_MAX_CHARS, true)?;
        if !taken.insert(name.to_lowercase()) {
            return Err(Problem::NameTaken);
        }
        stages.push(StageWords { name, colour: *colour });
    }
    Ok(stages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, stages: &str) -> PipelineForm {
        PipelineForm { name: name.into(), stages: stages.into() }
    }

    #[test]
    fn stages_come_from_lines_or_are_the_usual_ones() {
        let (name, stages) = check_pipeline(&form(" Sales ", "First\n\n  Second \r\n")).unwrap();
        let names: Vec<_> = stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!((name.as_str(), &names[..]), ("Sales", &["First", "Second"][..]));
        let (_, usual) = check_pipeline(&form("Sales", " \n")).unwrap();
        assert_eq!(
            usual.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>(),
            ["New", "Contacted", "Won", "Lost"]
        );
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let refusal = check_pipeline(&form("", "Won\nWON")).unwrap_err();
        assert_eq!(refusal.problem("name"), Some(&Problem::Required));
        assert_eq!(refusal.problem("stages"), Some(&Problem::NameTaken));
        let many = (0..31).map(|n| format!("Stage {n}\n")).collect::<String>();
        let refusal = check_pipeline(&form(&"x".repeat(61), &many)).unwrap_err();
        assert_eq!(refusal.problem("name"), Some(&Problem::TooLong { max_chars: 60 }));
        assert_eq!(refusal.problem("stages"), Some(&Problem::TooMany { max: 30 }));
        assert!(check_pipeline_name("a\u{202e}b").is_err());
    }
}
