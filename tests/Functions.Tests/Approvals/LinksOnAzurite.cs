using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Tests.Mail;
using Stockgate.Functions.Tests.Pricing;
using Stockgate.Platform;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

/// <summary>What cases are about, changed by hand.</summary>
internal sealed class AskedThing : ICaseSubject
{
    public CaseKind Kind => CaseKind.LiveAction;

    /// <summary>The case as it is now; null where there is nothing to decide any more.</summary>
    public Func<ApprovalCase, ApprovalCase?> Now { get; set; } = static asked => asked;

    public Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken) => Task.FromResult(Now(asked));

    public Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken) => Task.FromResult("taken over");
}

/// <summary>Links, their pages on a real port, mails in a folder, and everything stored in Azurite.</summary>
public abstract class LinksOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string mails = Path.Combine(Path.GetTempPath(), "stockgate-links-" + Guid.NewGuid().ToString("N"));
    private ServiceProvider app = null!;
    private WebApplication web = null!;

    internal FakeTime Time { get; } = new();

    internal AskedThing Thing { get; } = new();

    internal Uri Root { get; private set; } = null!;

    internal ApprovalLinks Links => app.GetRequiredService<ApprovalLinks>();

    internal ApprovalStore Store => app.GetRequiredService<ApprovalStore>();

    internal ApprovalLetters Letters => app.GetRequiredService<ApprovalLetters>();

    internal StateTables Tables => app.GetRequiredService<StateTables>();

    internal T Get<T>()
        where T : notnull => app.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        await ListenAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "4",
            ["PublicUrl"] = Root.AbsoluteUri,
            ["Mail:From"] = "stock@stock.example",
            ["Mail:PickupFolder"] = mails,
            ["Approvals:ClientAddressHeader"] = "X-Forwarded-For",
            ["People:Mia:Roles"] = "finance",
            ["People:Mia:Email"] = "mia@example.com",
            ["People:Tom Łoś:Roles"] = "finance,director",
            ["People:Tom Łoś:Email"] = "tom@example.com",
            ["People:Ann:Roles"] = "director",
            ["People:Ann:Email"] = "ann@example.com",
            ["People:Sam:Roles"] = "merchandiser",
            ["People:Kim:Roles"] = "finance",
        };
        // First, so that it is this one that cases of its kind are about.
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton<ICaseSubject>(Thing);
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<ServiceBusClient>(new BusStub());
        app = services.BuildServiceProvider();
        await Tables.PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await web.DisposeAsync();
        await app.DisposeAsync();
        if (Directory.Exists(mails))
            Directory.Delete(mails, recursive: true);
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        web = builder.Build();
        web.MapMethods(
            "/api/v1/approvals/{token}",
            ["GET", "HEAD"],
            async (HttpRequest request, string token, CancellationToken cancellation) =>
                (IResult)(await Get<LinkDesk>().ShowAsync(request, token, cancellation)).Page
        );
        web.MapPost(
            "/api/v1/approvals/{token}",
            async (HttpRequest request, string token, CancellationToken cancellation) =>
                (IResult)(await Get<LinkDesk>().AnswerAsync(request, token, cancellation)).Page
        );
        await web.StartAsync();
        Root = new Uri(web.Urls.Single());
    }

    internal static ApprovalCase Case(string id = "c-1") =>
        new()
        {
            Id = new(id),
            Kind = CaseKind.LiveAction,
            Subject = "order 1001",
            Reference = "a-1",
            Title = "Refund 120.00 EUR of order 1001",
            Revision = "r1",
            RequestedBy = "Sam",
            Amount = new(120m, Currency.Parse("EUR")),
            Asked = "120.00 EUR go back to the customer's card. The items were not returned.",
            Reasons = ["Sam asks: the parcel was lost", "refunds above 50.00 EUR are decided by a person"],
            Figures =
            [
                new("Order value", "240.00 EUR"),
                new("Can still be refunded", "240.00 EUR"),
                new("Risk", "35 of 100: two refunds in 30 days"),
            ],
            Recommendation = "Approve: the carrier confirmed the loss.",
            IfSilent = "Nothing is refunded; Sam can ask again.",
            Stages = [new("finance", TimeSpan.FromHours(4))],
        };

    /// <summary>Stores a case and invites somebody to it.</summary>
    internal async Task<ApprovalRecord> OpenAsync(ApprovalCase asked, params string[] invited)
    {
        // Tests of a class share their store.
        var record = ApprovalRecord.Open(asked with { Id = new($"{asked.Id}-{Guid.NewGuid():N}") }, Time.GetUtcNow());
        record = record with
        {
            Invitations =
            [
                .. (invited.Length > 0 ? invited : ["Mia"]).Select(
                    (name, i) => new Invitation(i + 1, 0, name, InvitedBecause.Role, Time.GetUtcNow())
                ),
            ],
        };
        Assert.True(await Store.AddAsync(record, default));
        return record;
    }

    internal async Task<Uri> LinkAsync(ApprovalRecord record, int invitation = 1) =>
        (
            await Links.IssueAsync(
                record.Case.Id,
                invitation,
                record.Find(invitation)!.Approver,
                record.Case.Revision,
                record.Deadline,
                default
            )
        ).Url;

    internal async Task<ApprovalRecord> StoredAsync(ApprovalRecord record) => await Store.GetAsync(record.Case.Id, default);

    internal IReadOnlyList<ReadMail> Mails =>
        Directory.Exists(mails)
            ? [.. Directory.GetFiles(mails, "*.eml").Order().Select(static file => ReadMail.Of(File.ReadAllText(file)))]
            : [];

    /// <summary>A browser with cookies of its own, at an address of its own.</summary>
    internal static Visitor Visitor(string address = "192.0.2.1") => new(address);

    /// <summary>Every value of every row of every table that a link may have touched.</summary>
    internal async Task<string> EverythingStoredAsync()
    {
        var all = new System.Text.StringBuilder();
        foreach (var table in new[] { Tables.ApprovalLinks, Tables.Approvals, Tables.Decisions, Tables.Exceptions })
        await foreach (var row in table.QueryAsync<TableEntity>())
            all.AppendJoin('\n', row.Select(static p => $"{p.Key}={p.Value}")).Append('\n');
        return all.ToString();
    }
}
