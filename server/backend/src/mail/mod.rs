//! Mail: letters are jobs. A job stores only what the letter is about; text and links are made when it is sent, so no link
//! stands in the database.

mod letter;
mod mailbox;
mod message;
mod transport;

pub use letter::{Letter, SendLetter};
pub use mailbox::Delivered;
pub use message::{Action, Attachment, Content, Message};
pub use transport::{Mailer, MemoryMailbox, SendError};
