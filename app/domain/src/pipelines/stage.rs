use serde::{Deserialize, Serialize};

use super::StageColour;
use crate::{Checks, Refusal, StageId, person_name::text};

/// Stages that a pipeline may have: more than anybody can overlook on one board.
pub const STAGES_MAX: u32 = 30;
/// Characters that a stage's name may have.
pub const STAGE_NAME_MAX_CHARS: usize = 40;

/// The stages of a new pipeline for which none are named.
pub const DEFAULT_STAGES: [(&str, StageColour); 4] = [
    ("New", StageColour::Blue),
    ("Contacted", StageColour::Yellow),
    ("Won", StageColour::Green),
    ("Lost", StageColour::Grey),
];

/// One stage of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub id: StageId,
    pub name: String,
    pub colour: StageColour,
    /// Counts changes of name and colour, so that two editors notice each other.
    pub version: i32,
}

/// A stage as the pipeline's settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    pub stage: Stage,
    /// Everybody's that stand in it, whoever looks: they need a target when it goes.
    pub opportunities: u64,
}

/// What was typed about a stage, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageForm {
    pub name: String,
    /// [`StageColour::key`].
    pub colour: String,
}

/// A checked [`StageForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageWords {
    pub name: String,
    pub colour: StageColour,
}

/// # Errors
/// [`Refusal::Invalid`] for `name` and `colour`, both at once.
pub fn check_stage(form: &StageForm) -> Result<StageWords, Refusal> {
    let mut checks = Checks::default();
    let name = checks.note("name", text(&form.name, STAGE_NAME_MAX_CHARS, true));
    let colour = checks.note("colour", form.colour.trim().parse());
    checks.finish(name.zip(colour).map(|(name, colour)| StageWords { name, colour }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    #[test]
    fn a_stage_hears_of_both_fields_at_once() {
        let refusal = check_stage(&StageForm { name: " ".into(), colour: "mauve".into() }).unwrap_err();
        assert_eq!(refusal.problem("name"), Some(&Problem::Required));
        assert_eq!(refusal.problem("colour"), Some(&Problem::InvalidChoice));
        let words = check_stage(&StageForm { name: " Won ".into(), colour: "green".into() }).unwrap();
        assert_eq!(words, StageWords { name: "Won".into(), colour: StageColour::Green });
    }
}
