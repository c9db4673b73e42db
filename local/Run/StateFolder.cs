namespace Stockgate.Local.Run;

/// <summary>A folder for the files of one run at a time.</summary>
public sealed class StateFolder : IDisposable
{
    private const string LockName = "run.lock";

    private readonly FileStream held;

    private StateFolder(FileStream held) => this.held = held;

    /// <summary>
    /// Takes the folder for this run, and empties it where that is requested. The lock ends with the process, however it ends.
    /// </summary>
    /// <exception cref="LocalSetupException">Another run has it; nothing was deleted.</exception>
    public static StateFolder Take(string path, bool empty)
    {
        Directory.CreateDirectory(path);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new LocalSetupException($"Another run uses {path}: stop it, or choose another port or folder.", taken);
        }
        if (!empty)
            return new StateFolder(held);
        foreach (var folder in Directory.GetDirectories(path))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(path).Where(static f => Path.GetFileName(f) != LockName))
            File.Delete(file);
        return new StateFolder(held);
    }

    public void Dispose() => held.Dispose();
}
