use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Checks, Problem, person_name::text, text::paragraphs};

/// Questions that a calendar may ask.
pub const QUESTIONS_MAX: u32 = 10;
/// Characters that a question may have.
pub const QUESTION_MAX_CHARS: usize = 200;
/// Characters of a short answer.
pub const SHORT_ANSWER_MAX_CHARS: usize = 200;
/// Characters of a long answer.
pub const LONG_ANSWER_MAX_CHARS: usize = 2_000;

/// What a visitor is asked beside who they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub label: String,
    pub kind: QuestionKind,
    pub is_required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One line.
    Short,
    /// Several lines.
    Long,
}

impl QuestionKind {
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    /// As stored and sent.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
        }
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Short => "One line",
            Self::Long => "Several lines",
        }
    }
}

impl FromStr for QuestionKind {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::InvalidChoice)
    }
}

/// One question as typed, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionForm {
    #[serde(default)]
    pub label: String,
    /// A [`QuestionKind::key`]; empty for one line.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub is_required: bool,
}

/// What a visitor answered to a question, as it was asked then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

impl Question {
    /// # Errors
    /// [`Problem::Required`], [`Problem::TooLong`], [`Problem::InvalidText`].
    pub fn check(&self, typed: &str) -> Result<Answer, Problem> {
        let answer = match self.kind {
            QuestionKind::Short => text(typed, SHORT_ANSWER_MAX_CHARS, self.is_required)?,
            QuestionKind::Long => paragraphs(typed, LONG_ANSWER_MAX_CHARS)?,
        };
        if self.is_required && answer.is_empty() {
            return Err(Problem::Required);
        }
        Ok(Answer { question: self.label.clone(), answer })
    }
}

/// The name of the form field of a question (counted from 0), and of its answer.
#[must_use]
pub fn question_field(number: usize) -> String {
    format!("questions[{number}]")
}

pub(super) fn check_questions(typed: &[QuestionForm], checks: &mut Checks) -> Option<Vec<Question>> {
    let asked = typed.iter().enumerate().filter(|(_, question)| !question.label.trim().is_empty());
    let checked: Vec<_> =
        asked.map(|(number, question)| checks.note(&question_field(number), question.check())).collect();
    if checked.len() > QUESTIONS_MAX as usize {
        checks.add("questions", Problem::TooMany { max: QUESTIONS_MAX });
        return None;
    }
    checked.into_iter().collect()
}

impl QuestionForm {
    fn check(&self) -> Result<Question, Problem> {
        let label = text(&self.label, QUESTION_MAX_CHARS, true)?;
        let kind = match self.kind.trim() {
            "" => QuestionKind::Short,
            key => key.parse()?,
        };
        Ok(Question { label, kind, is_required: self.is_required })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in QuestionKind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
        }
    }

    #[test]
    fn empty_questions_are_passed_over_and_there_is_a_most() {
        let form = |label: &str| QuestionForm { label: label.into(), ..QuestionForm::default() };
        let mut checks = Checks::default();
        let questions = check_questions(&[form(" "), form("What is it about?")], &mut checks).unwrap();
        assert_eq!(questions.len(), 1);
        assert!(check_questions(&vec![form("Why?"); 11], &mut checks).is_none());
        let refusal = checks.finish::<()>(None).unwrap_err();
        assert_eq!(refusal.problem("questions"), Some(&Problem::TooMany { max: 10 }));
    }

    #[test]
    fn an_answer_is_as_long_as_its_question_allows() {
        let ask = |kind, is_required| Question { label: "Why?".into(), kind, is_required };
        assert_eq!(ask(QuestionKind::Short, true).check(" "), Err(Problem::Required));
        assert_eq!(ask(QuestionKind::Long, true).check(" \n "), Err(Problem::Required));
        assert_eq!(ask(QuestionKind::Short, false).check("a\nb"), Err(Problem::InvalidText));
        assert_eq!(ask(QuestionKind::Long, false).check("a\r\nb").unwrap().answer, "a\nb");
    }
}
