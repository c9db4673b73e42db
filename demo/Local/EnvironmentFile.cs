using Stockgate.Local.Run;

namespace Stockgate.Demo.Local;

/// <summary>The address and the keys of a running app, as a shell reads them: the commands of README and docs begin with it.</summary>
public static class EnvironmentFile
{
    public const string Name = "env";

    /// <summary>Writes the file, which only its owner can read.</summary>
    /// <param name="folder">Where; it has to be there.</param>
    /// <param name="app">The running app.</param>
    /// <param name="settings">Has the secret that the retailer's events are signed with.</param>
    /// <returns>Its full path.</returns>
    public static async Task<string> WriteAsync(string folder, LocalApp app, AppSettings settings)
    {
        var path = Path.Combine(folder, Name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(
            $"""
            export BASE={app.BaseAddress.AbsoluteUri.TrimEnd('/')}
            export HOST_KEY={app.HostKey}
            export MASTER_KEY={app.MasterKey}
            export SIGNING_SECRET=whsec_{Convert.ToBase64String(settings.Secret)}

            """
        );
        return path;
    }
}
