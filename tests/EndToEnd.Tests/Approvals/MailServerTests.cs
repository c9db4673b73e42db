using Stockgate.EndToEnd.Tests.Orders.Actions;
using Stockgate.Functions.Tests.Mail;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>A world whose mail goes over SMTP, to a server that does not know the first recipient.</summary>
public sealed class SmtpWorld : OrderWorld
{
    private int recipients;

    internal SmtpStub Server =>
        field ??= new SmtpStub(command =>
            command == "RCPT" && Interlocked.Increment(ref recipients) == 1 ? "550 5.1.1 no such user" : null
        );

    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Mail__PickupFolder"] = "",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = Server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["People__lou__Roles"] = "lead",
            ["People__lou__Email"] = "lou@retailer.example",
        };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A mail server that refuses somebody.</summary>
public sealed class MailServerTests(SmtpWorld world) : IClassFixture<SmtpWorld>
{
    [Fact]
    public async Task Whom_the_mail_server_does_not_know_makes_room_for_the_next_and_an_operator_sees_it()
    {
        var order = await world.OrderAsync(shipped: true);
        var action = await world.AskRefundAsync(order, 50);
        await RunningApp.UntilAsync(() => Task.FromResult(world.Server.Received.Count >= 2), "two people got a mail");
        var invitations = (await world.CaseAsync(order, action)).GetProperty("invitations").EnumerateArray().ToList();
        var refused = Assert.Single(invitations, static i => i.TryGetProperty("failedBecause", out _));
        Assert.Contains("550", refused.GetProperty("failedBecause").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            invitations,
            static i => i.GetProperty("approver").GetString() == "lou" && i.GetProperty("because").GetString() == "Fallback"
        );
        await RunningApp.UntilAsync(
            async () =>
                (await world.ExceptionsAsync(order)).Exists(static e => e.GetProperty("type").GetString() == "approver-unreachable"),
            "an operator sees it"
        );
        Assert.DoesNotContain(
            world.Server.Received,
            m => m.To.Any(to => to.Contains(refused.GetProperty("approver").GetString()!, StringComparison.OrdinalIgnoreCase))
        );
        Assert.Equal("Waiting", await world.StateAsync(order, action));
        Assert.Empty(world.Done(order));
    }
}
