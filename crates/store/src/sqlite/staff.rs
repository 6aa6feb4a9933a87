//! [`Staff`] on SQLite: agents, how they sign in, and settings.

use async_trait::async_trait;
use domain::{Agent, AgentId, Timestamp};
use sqlx::{FromRow, SqliteConnection};

use super::{
    Sqlite,
    rows::AgentRecord,
    values::{micros, moment},
};
use crate::{Result, Session, Staff};

#[derive(FromRow)]
struct SessionRecord {
    session_agent: String,
    expires: i64,
    form_token: String,
    #[sqlx(flatten)]
    agent: AgentRecord,
}

#[async_trait]
impl Staff for Sqlite {
    async fn agent(&self, id: &AgentId) -> Result<Option<Agent>> {
        let found: Option<AgentRecord> = sqlx::query_as("select * from agents where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        found.map(AgentRecord::read).transpose()
    }

    async fn agents(&self) -> Result<Vec<Agent>> {
        let found: Vec<AgentRecord> =
            sqlx::query_as("select * from agents order by name, id").fetch_all(&self.readers).await?;
        found.into_iter().map(AgentRecord::read).collect()
    }

    async fn put_agent(&self, agent: &Agent) -> Result<()> {
        self.write(agent.clone(), |db, agent| Box::pin(put_agent(db, agent))).await
    }

    async fn remove_agent(&self, id: &AgentId) -> Result<()> {
        self.write(id.as_str().to_owned(), |db, id| {
            Box::pin(remove(db, "delete from agents where id = $1", id))
        })
        .await
    }

    async fn put_sign_in(&self, hash: &str, agent: &AgentId, expires: Timestamp) -> Result<()> {
        let link = (hash.to_owned(), agent.clone(), expires);
        self.write(link, |db, link| Box::pin(put_sign_in(db, link))).await
    }

    async fn redeem_sign_in(&self, hash: &str, now: Timestamp) -> Result<Option<Agent>> {
        self.write((hash.to_owned(), now), |db, link| Box::pin(redeem(db, link))).await
    }

    async fn put_session(&self, session: &Session) -> Result<()> {
        self.write(session.clone(), |db, session| Box::pin(put_session(db, session))).await
    }

    async fn session(&self, hash: &str, now: Timestamp) -> Result<Option<(Session, Agent)>> {
        let found: Option<SessionRecord> = sqlx::query_as(
            "select s.agent as session_agent, s.expires, s.form_token, a.*
             from sessions s join agents a on a.id = s.agent where s.hash = $1 and s.expires > $2",
        )
        .bind(hash)
        .bind(micros(now))
        .fetch_optional(&self.readers)
        .await?;
        let Some(SessionRecord { session_agent, expires, form_token, agent }) = found else {
            return Ok(None);
        };
        let session = Session {
            hash: hash.to_owned(),
            agent: session_agent.into(),
            expires: moment(expires)?,
            form_token,
        };
        Ok(Some((session, agent.read()?)))
    }

    async fn end_session(&self, hash: &str) -> Result<()> {
        self.write(hash.to_owned(), |db, hash| {
            Box::pin(remove(db, "delete from sessions where hash = $1", hash))
        })
        .await
    }

    async fn setting(&self, key: &str) -> Result<Option<String>> {
        let sql = sqlx::query_scalar("select value from settings where key = $1").bind(key);
        Ok(sql.fetch_optional(&self.readers).await?)
    }

    async fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        let setting = (key.to_owned(), value.to_owned());
        self.write(setting, |db, setting| Box::pin(put_setting(db, setting))).await
    }

    async fn setting_or(&self, key: &str, value: &str) -> Result<String> {
        let setting = (key.to_owned(), value.to_owned());
        self.write(setting, |db, setting| Box::pin(setting_or(db, setting))).await
    }
}

async fn put_agent(db: &mut SqliteConnection, agent: &Agent) -> Result<()> {
    sqlx::query(
        "insert into agents (id, name, role, lang) values ($1, $2, $3, $4)
         on conflict (id) do update set name = excluded.name, role = excluded.role, lang = excluded.lang",
    )
    .bind(agent.id.as_str())
    .bind(&agent.name)
    .bind(agent.role.name())
    .bind(agent.lang.code())
    .execute(db)
    .await?;
    Ok(())
}

async fn remove(db: &mut SqliteConnection, sql: &'static str, key: &str) -> Result<()> {
    sqlx::query(sql).bind(key).execute(db).await?;
    Ok(())
}

async fn put_sign_in(
    db: &mut SqliteConnection,
    (hash, agent, expires): &(String, AgentId, Timestamp),
) -> Result<()> {
    sqlx::query("insert into sign_ins (hash, agent, expires) values ($1, $2, $3)")
        .bind(hash)
        .bind(agent.as_str())
        .bind(micros(*expires))
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes the link, and whoever deleted it is in. What has expired is swept out on the way.
async fn redeem(db: &mut SqliteConnection, (hash, now): &(String, Timestamp)) -> Result<Option<Agent>> {
    for sweep in ["delete from sign_ins where expires <= $1", "delete from sessions where expires <= $1"] {
        sqlx::query(sweep).bind(micros(*now)).execute(&mut *db).await?;
    }
    let agent: Option<String> = sqlx::query_scalar("delete from sign_ins where hash = $1 returning agent")
        .bind(hash)
        .fetch_optional(&mut *db)
        .await?;
    let Some(agent) = agent else { return Ok(None) };
    let found: Option<AgentRecord> =
        sqlx::query_as("select * from agents where id = $1").bind(agent).fetch_optional(db).await?;
    found.map(AgentRecord::read).transpose()
}

async fn put_session(db: &mut SqliteConnection, session: &Session) -> Result<()> {
    sqlx::query(
        "insert into sessions (hash, agent, expires, form_token) values ($1, $2, $3, $4)
         on conflict (hash) do update set agent = excluded.agent, expires = excluded.expires,
           form_token = excluded.form_token",
    )
    .bind(&session.hash)
    .bind(session.agent.as_str())
    .bind(micros(session.expires))
    .bind(&session.form_token)
    .execute(db)
    .await?;
    Ok(())
}

async fn put_setting(db: &mut SqliteConnection, (key, value): &(String, String)) -> Result<()> {
    sqlx::query(
        "insert into settings (key, value) values ($1, $2)
         on conflict (key) do update set value = excluded.value",
    )
    .bind(key)
    .bind(value)
    .execute(db)
    .await?;
    Ok(())
}

async fn setting_or(db: &mut SqliteConnection, (key, value): &(String, String)) -> Result<String> {
    sqlx::query("insert into settings (key, value) values ($1, $2) on conflict (key) do nothing")
        .bind(key)
        .bind(value)
        .execute(&mut *db)
        .await?;
    let sql = sqlx::query_scalar("select value from settings where key = $1").bind(key);
    Ok(sql.fetch_one(db).await?)
}
