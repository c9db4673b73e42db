using System.Security.Cryptography;

namespace Stockgate.Local.Run;

/// <summary>The key that encrypts channels' secrets on this machine: made at the first start, and kept with the tables.</summary>
internal static class SecretsKey
{
    public const string Setting = "Access__SecretsKey";

    private const string FileName = "secrets.key";
    private const int Bytes = 32;

    public static string Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
            return File.ReadAllText(path);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // Of the user alone; other systems than Unix have that by the folder.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(key);
        return key;
    }
}
