namespace Stockgate.Local.Run;

/// <summary>A file that only its owner can read.</summary>
public static class PrivateFile
{
    public static void Write(string path, string text)
    {
        // A file that is there keeps its mode, whatever it is.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
