using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>The tables of a task hub's file.</summary>
internal static class HubFile
{
    private const long Format = 1;

    // Histories are kept in the order in which they are written, not by instance: what many instances write in one commit lies on a few pages.
    // The inbox and the timers are found by instance and by time; both are small, what is done is deleted.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS instance (
          key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT, status INTEGER NOT NULL, generation INTEGER NOT NULL,
          created INTEGER NOT NULL, updated INTEGER NOT NULL, completed INTEGER NOT NULL, starts INTEGER NOT NULL,
          parent INTEGER, parent_generation INTEGER, parent_task INTEGER, trace TEXT);
        CREATE INDEX IF NOT EXISTS instance_parent ON instance (parent) WHERE parent IS NOT NULL;
        CREATE TABLE IF NOT EXISTS payload (key INTEGER PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS history (seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL, events BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS history_instance ON history (instance);
        CREATE TABLE IF NOT EXISTS inbox (key INTEGER PRIMARY KEY, event BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS task (
          seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL, generation INTEGER NOT NULL, id INTEGER NOT NULL,
          name TEXT NOT NULL, version TEXT, input TEXT, starts INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS timer (
          at INTEGER NOT NULL, instance INTEGER NOT NULL, generation INTEGER NOT NULL, id INTEGER NOT NULL,
          PRIMARY KEY (at, instance, generation, id)) WITHOUT ROWID;
        """;

    public static SqliteFile Open(string path) => new(path, Schema, Format, "emulator's task hub");
}
