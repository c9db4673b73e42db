using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>What the broker's file holds.</summary>
internal static class BrokerFile
{
    private const long FormatVersion = 2;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS entity (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sessions INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS body (
          seq INTEGER PRIMARY KEY, enqueued INTEGER NOT NULL, place INTEGER NOT NULL, session BLOB NOT NULL,
          expires INTEGER NOT NULL, due INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS lane_mark (
          place INTEGER NOT NULL, session BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (place, session)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS waiting (
          place INTEGER NOT NULL, state INTEGER NOT NULL, session BLOB NOT NULL, seq INTEGER NOT NULL,
          deliveries INTEGER NOT NULL, expires INTEGER NOT NULL, due INTEGER NOT NULL, changes BLOB,
          PRIMARY KEY (place, state, session, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS due (
          at INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL, session BLOB NOT NULL, PRIMARY KEY (at, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS session_state (
          entity INTEGER NOT NULL, session BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY (entity, session)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS seen_run (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, until INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS seen_in_run (
          run INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (run, hash)) WITHOUT ROWID;
        """;

    public static SqliteFile Open(string path) => new(path, Schema, FormatVersion, "the local Service Bus");
}
