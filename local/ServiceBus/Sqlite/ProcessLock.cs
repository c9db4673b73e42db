namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>One process owns an engine's file. The operating system drops the claim when the process ends, however it ends.</summary>
internal sealed class ProcessLock : IDisposable
{
    private readonly FileStream _held;

    private ProcessLock(FileStream held) => _held = held;

    /// <summary>Claims the file by holding <c>path.lock</c> open; its folder is made if need be.</summary>
    /// <param name="refusal">Words the answer when another process has it.</param>
    public static ProcessLock Take(string path, Func<IOException, Exception> refusal)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new ProcessLock(new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw refusal(e);
        }
    }

    public void Dispose() => _held.Dispose();
}
