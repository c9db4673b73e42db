using System.Net;
using System.Text.RegularExpressions;
using Stockgate.Demo.Local;
using Stockgate.EndToEnd.Tests.Orders.Actions;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>Order actions with three people who may agree, behind a proxy that says whose browser it is.</summary>
public sealed class ApprovalWorld : OrderWorld
{
    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["People__lou__Roles"] = "lead",
            ["People__lou__Email"] = "lou@retailer.example",
            ["Approvals__ClientAddressHeader"] = "X-Forwarded-For",
        };

    /// <summary>A refund that people are asked about, and the page of the first of them.</summary>
    public async Task<Asked> AskedAsync(decimal amount = 50, decimal units = 10, string name = "lena")
    {
        var order = await OrderAsync(units, shipped: true);
        var action = await AskRefundAsync(order, amount);
        var mail = await MailToAsync(name, order);
        var page = await Browser.OpenAsync(mail.Link!);
        Assert.Equal(200, page.Status);
        return new Asked(order, action, mail, page);
    }

    /// <summary>The case is as it was before anybody answered, and nothing was done.</summary>
    public async Task NothingDecidedAsync(Asked asked)
    {
        Assert.Empty(await DecisionsAsync(asked.Order, asked.Action));
        Assert.Equal("Waiting", await StateAsync(asked.Order, asked.Action));
        Assert.Empty(Done(asked.Order));
    }

    /// <summary>The POST of a form as it is, to wherever the page says.</summary>
    public async Task<int> PostedAsync(Page page, string answer = "approve") => (await Browser.PostAsync(page, answer)).Page.Status;

    /// <summary>The number that a mail program reports with a mail that came back.</summary>
    public static string MessageIdOf(ReceivedMail mail) =>
        Regex
            .Match(File.ReadAllText(mail.File), "^Message-ID:\\s*(<[^>]+>)", RegexOptions.IgnoreCase | RegexOptions.Multiline)
            .Groups[1]
            .Value;
}

/// <summary>A refund that waits for people.</summary>
public sealed record Asked(string Order, string Action, ReceivedMail Mail, Page Page);
