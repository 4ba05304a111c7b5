use chrono::{DateTime, Utc};
use domain::Refusal;
use serde::{Deserialize, Serialize};

use super::{Mailer, Message};
use crate::{Error, Result};

/// One mail of the development mailbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivered {
    pub at: DateTime<Utc>,
    pub message: Message,
}

impl Mailer {
    /// The newest `most` mails of the development mailbox, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when mails leave by SMTP; [`Error::Internal`] when the folder cannot be read.
    pub async fn mailbox(&self, most: usize) -> Result<Vec<Delivered>> {
        let Self::Folder { path } = self else { return Err(Refusal::NotFound.into()) };
        let mut names = Vec::new();
        let mut folder = match tokio::fs::read_dir(path).await {
            Ok(folder) => folder,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::internal(error)),
        };
        while let Some(entry) = folder.next_entry().await.map_err(Error::internal)? {
            if entry.path().extension().is_some_and(|extension| extension == "json") {
                names.push(entry.path());
            }
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        let mut mails = Vec::new();
        for name in names.into_iter().take(most) {
            let json = tokio::fs::read(name).await.map_err(Error::internal)?;
            mails.push(serde_json::from_slice(&json)?);
        }
        Ok(mails)
    }
}
