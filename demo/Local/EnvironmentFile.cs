using System.Text;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Local;

/// <summary>
/// The address and the keys of a running app, as a shell reads them: the commands of README and docs begin with it. Each person of the
/// settings has a key by their name (<c>MIA_KEY</c>), a partner <c>PARTNER_KEY</c> and an agent <c>AGENT_KEY</c>.
/// </summary>
public static class EnvironmentFile
{
    public const string Name = "env";

    /// <summary>Writes the file, which only its owner can read.</summary>
    /// <param name="folder">Where; it has to be there.</param>
    /// <param name="app">The running app.</param>
    /// <param name="settings">Has the people, and the secret that the retailer's events are signed with.</param>
    /// <param name="keys">Creates the keys.</param>
    /// <returns>Its full path.</returns>
    public static async Task<string> WriteAsync(string folder, LocalApp app, AppSettings settings, ClientKeys keys)
    {
        var path = Path.Combine(folder, Name);
        var text = new StringBuilder(
            $"""
            export BASE={app.BaseAddress.AbsoluteUri.TrimEnd('/')}
            export MASTER_KEY={app.MasterKey}
            export SIGNING_SECRET=whsec_{Convert.ToBase64String(settings.Secret)}
            export ADMIN_KEY='{app.AdminKey}'

            """
        );
        foreach (var (name, roles) in settings.People.OrderBy(static p => p.Key, StringComparer.Ordinal))
            text.Append($"export {name.ToUpperInvariant()}_KEY={await keys.OfAsync(name, roles)}\n");
        text.Append($"export PARTNER_KEY={await keys.OfAsync("Partner", "partner", AppSettings.Channel)}\n");
        text.Append($"export AGENT_KEY={await keys.OfAsync("Helper", "agent")}\n");
        PrivateFile.Write(path, text.ToString());
        return path;
    }
}
