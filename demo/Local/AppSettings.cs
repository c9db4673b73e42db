using System.Security.Cryptography;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Local;

/// <summary>
/// How the app is started for a retailer: its files, its port, its settings, and the partners' secrets, new for every run.
/// </summary>
public sealed class AppSettings : LocalAppSettings
{
    public const string Channel = "retailer",
        ShopifyChannel = "shop";

    private const string PeoplePrefix = "People__",
        RolesSuffix = "__Roles";

    /// <summary>Where the app puts its mails, as <c>.eml</c> files.</summary>
    public string MailFolder => Path.Combine(StateFolder, "mail");

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);

    public string ShopifySecret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The people of the settings: their roles, separated by commas, by their name.</summary>
    public IReadOnlyDictionary<string, string> People =>
        Environment
            .Where(static s => s.Key.StartsWith(PeoplePrefix, StringComparison.Ordinal))
            .Where(static s => s.Key.EndsWith(RolesSuffix, StringComparison.Ordinal))
            .ToDictionary(
                static s => s.Key[PeoplePrefix.Length..^RolesSuffix.Length],
                static s => s.Value,
                StringComparer.OrdinalIgnoreCase
            );

    /// <param name="stateFolder">For broker file, keys and logs.</param>
    /// <param name="port">Where the app listens.</param>
    /// <param name="storage">Connection string of tables, blobs and queues.</param>
    public static AppSettings For(string stateFolder, int port, string storage)
    {
        var settings = new AppSettings
        {
            StateFolder = Path.GetFullPath(stateFolder),
            Port = port,
            ReadyPath = "api/v1/exceptions",
        };
        var environment = settings.Environment;
        environment["AzureWebJobsStorage"] = storage;
        environment["Storage"] = storage;
        environment["PublicUrl"] = $"http://127.0.0.1:{port}";
        environment["Mail__From"] = "stockgate@retailer.example";
        environment["Mail__PickupFolder"] = settings.MailFolder;
        // One key plays all tills of the retailer, and tests look again and again until something is so.
        environment["Api__RequestsPerMinute"] = "100000";
        environment["Api__SalesChannelRequestsPerMinute"] = "100000";
        environment[$"Channels__{Channel}__Scheme"] = "StandardWebhooks";
        environment[$"Channels__{Channel}__Secrets__0"] = "whsec_" + Convert.ToBase64String(settings.Secret);
        environment[$"Channels__{ShopifyChannel}__Scheme"] = "Shopify";
        environment[$"Channels__{ShopifyChannel}__Secrets__0"] = settings.ShopifySecret;
        environment[$"Channels__{ShopifyChannel}__Currency"] = "GBP";
        environment[$"Channels__{ShopifyChannel}__DefaultLocation"] = "online";
        environment[$"Channels__{ShopifyChannel}__Locations__9001"] = "online";
        return settings;
    }
}
