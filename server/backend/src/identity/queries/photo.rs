use domain::LoginId;

use crate::{Result, db::Tx, identity::Photo};

/// Stores or replaces a picture under a version that it had not before.
pub(crate) async fn set(tx: &mut Tx, login: LoginId, version: i32, photo: &Photo) -> Result<()> {
    sqlx::query!(
        "insert into login_photo (login_id, version, content_type, content) values ($1, $2, $3, $4)
         on conflict (login_id) do update set version = $2, content_type = $3, content = $4",
        login.0,
        version,
        photo.content_type,
        photo.content,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Says whether there was one.
pub(crate) async fn remove(tx: &mut Tx, login: LoginId) -> Result<bool> {
    let done =
        sqlx::query!("delete from login_photo where login_id = $1", login.0).execute(&mut **tx).await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn find(tx: &mut Tx, login: LoginId) -> Result<Option<Photo>> {
    let photo =
        sqlx::query_as!(Photo, "select content_type, content from login_photo where login_id = $1", login.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(photo)
}

pub(crate) async fn version(tx: &mut Tx, login: LoginId) -> Result<Option<i32>> {
    let version = sqlx::query_scalar!("select version from login_photo where login_id = $1", login.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(version)
}
