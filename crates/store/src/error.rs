//! What can go wrong with the store, and whether trying again helps.

use std::path::PathBuf;

use domain::Said;

/// A failed operation. Nothing of it was kept.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or created.
    #[error("cannot open the database {path}: {reason}; check that the folder exists and may be written")]
    Open {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file was written by a newer version of the program.
    #[error("the database was written by a newer frontdesk: {0}; use that version, or restore a backup")]
    Newer(String),
    /// Another process holds the database locked for too long.
    #[error("the database is locked by another process; stop that process or wait")]
    Locked,
    /// The disk is full.
    #[error("the disk is full: free some space; nothing was accepted meanwhile and nothing is lost")]
    Full,
    /// The file is damaged.
    #[error("the database is damaged ({0}); restore the latest backup with `frontdesk restore`")]
    Damaged(String),
    /// A stored value cannot be read.
    #[error("a stored {what} cannot be read: {reason}")]
    Unreadable {
        /// What kind of value.
        what: &'static str,
        /// Why.
        reason: String,
    },
    /// The store is closing or has closed.
    #[error("the store is closed: the server is shutting down")]
    Closed,
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Database(String),
}

impl StoreError {
    /// In both languages.
    pub fn said(&self) -> Said {
        let zh = match self {
            Self::Open { path, .. } => {
                format!("打不开数据库 {}；看文件夹在不在、能不能写", path.display())
            }
            Self::Newer(_) => "数据库是更新的版本写的；用那个版本，或恢复备份".to_owned(),
            Self::Locked => "数据库被另一个进程锁住了；停掉它，或等一会儿".to_owned(),
            Self::Full => "磁盘满了；清出空间再试，没有丢任何东西".to_owned(),
            Self::Damaged(_) => "数据库损坏了；用 frontdesk restore 恢复最近的备份".to_owned(),
            Self::Unreadable { .. } => format!("有一处存下的数据读不出来（{self}）"),
            Self::Closed => "数据库已关闭：服务器正在停止".to_owned(),
            Self::Database(reason) => format!("数据库没有接受（{reason}）"),
        };
        Said::new(zh, self.to_string())
    }

    /// Whether the same operation may succeed later without a person doing something to the program.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Locked | Self::Full | Self::Database(_))
    }
}
