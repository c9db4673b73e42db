using System.Security.Cryptography;

namespace Stockgate.Demo.Local;

/// <summary>How the app is started: its files, its port, its settings, and the partners' secrets, new for every run.</summary>
public sealed class AppSettings
{
    public const string Channel = "retailer", ShopifyChannel = "shop";

    public required string Assembly { get; init; }

    public required string StateFolder { get; init; }

    public required int Port { get; init; }

    /// <summary>Where the app puts its mails, as <c>.eml</c> files.</summary>
    public string MailFolder => Path.Combine(StateFolder, "mail");

    /// <summary>Settings of the app; more can be added before it starts.</summary>
    public required IDictionary<string, string> Environment { get; init; }

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);

    public string ShopifySecret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="repositoryRoot">Where the app was built.</param>
    /// <param name="stateFolder">For broker file, keys and log.</param>
    /// <param name="port">Where the app listens.</param>
    /// <param name="storage">Connection string of tables and blobs.</param>
    public static AppSettings For(string repositoryRoot, string stateFolder, int port, string storage)
    {
        // bin/CONFIGURATION/FRAMEWORK/ of the program that asks: the app was built beside it in the same way.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var environment = new Dictionary<string, string>();
        var settings = new AppSettings
        {
            Assembly = Path.Combine(repositoryRoot, "functions", "bin", built.Parent!.Name, built.Name, "Stockgate.Functions.dll"),
            StateFolder = Path.GetFullPath(stateFolder), Port = port, Environment = environment,
        };
        environment["LocalStateFolder"] = settings.StateFolder;
        environment["Storage"] = storage;
        environment["ServiceBus"] =
            "Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;" +
            $"DataFile={Path.Combine(settings.StateFolder, "servicebus.db")}";
        environment["PublicUrl"] = $"http://127.0.0.1:{port}";
        environment["Mail__From"] = "stockgate@retailer.example";
        environment["Mail__PickupFolder"] = settings.MailFolder;
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
