use domain::{LoginId, Problem, Refusal, activity::Event};

use super::{
    membership,
    queries::{member, photo as stored},
};
use crate::{Access, Backend, Result, Signed, keys};

/// The largest picture that is kept, in units of 1,024 bytes.
pub const PHOTO_MAX_KILOBYTES: u32 = 512;

/// A person's picture as the browser gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// `image/png`, `image/jpeg` or `image/webp`; found in the bytes, whatever the upload said.
    pub content_type: String,
    pub content: Vec<u8>,
}

/// Sets one's own picture.
///
/// # Errors
/// [`Refusal::Invalid`] for `photo` when it is no PNG, JPEG or WebP, or too large.
pub async fn set_photo(
    backend: &Backend,
    signed: &Signed,
    access: Option<&Access>,
    bytes: &[u8],
) -> Result<()> {
    let content_type = sniff(bytes).ok_or_else(unsuitable_photo)?;
    if bytes.len() > PHOTO_MAX_KILOBYTES as usize * 1_024 {
        return Err(unsuitable_photo().into());
    }
    let photo = Photo { content_type: content_type.to_owned(), content: bytes.to_vec() };
    let mut tx = membership::begin(backend, access).await?;
    stored::set(&mut tx, signed.login_id, new_version(), &photo).await?;
    membership::record(&mut tx, backend, access, &Event::PhotoChanged).await?;
    tx.commit().await?;
    Ok(())
}

/// The refusal of what is no picture, or too large a one.
#[must_use]
pub fn unsuitable_photo() -> Refusal {
    Refusal::field("photo", Problem::InvalidPicture { max_kilobytes: PHOTO_MAX_KILOBYTES })
}

/// Removes one's own picture. Removing none is harmless.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn remove_photo(backend: &Backend, signed: &Signed, access: Option<&Access>) -> Result<()> {
    let mut tx = membership::begin(backend, access).await?;
    if stored::remove(&mut tx, signed.login_id).await? {
        membership::record(&mut tx, backend, access, &Event::PhotoRemoved).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// One's own picture, or that of somebody who belongs to the account one works in. Who was removed takes theirs along.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, or it is nobody's business here.
pub async fn photo(
    backend: &Backend,
    signed: &Signed,
    access: Option<&Access>,
    login: LoginId,
) -> Result<Photo> {
    let mut tx = membership::begin(backend, access).await?;
    let may_see = login == signed.login_id
        || match access {
            Some(access) => member::belongs(&mut tx, access.account(), login).await?,
            None => false,
        };
    let photo = if may_see { stored::find(&mut tx, login).await? } else { None };
    tx.commit().await?;
    Ok(photo.ok_or(Refusal::NotFound)?)
}

/// Browsers keep a picture under its version for ever, so a version must not come back after the picture was removed.
fn new_version() -> i32 {
    let [a, b, c, d, ..] = keys::random_bytes();
    i32::from_be_bytes([a & 0x7f, b, c, d])
}

/// The type that the first bytes announce (WHATWG MIME Sniffing, 6.1), of those that are taken.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', b'V', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
