using System.Globalization;
using Stockgate.EndToEnd.Tests.Orders.Actions;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>A world in which whoever is asked has seconds.</summary>
public sealed class HastyWorld : OrderWorld
{
    public override TimeSpan Sla { get; } = TimeSpan.FromSeconds(30);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // The first look of a process takes seconds where the machine is busy; somebody's time must not pass meanwhile.
        var order = await OrderAsync(shipped: true);
        await UntilAsync(order, await AskRefundAsync(order, 15), "Done");
    }
}

/// <summary>What happens as time runs out.</summary>
public sealed class DeadlineTests(HastyWorld world) : IClassFixture<HastyWorld>
{
    [Fact]
    public async Task An_answer_at_the_second_of_expiry_is_taken_or_too_late_and_never_both()
    {
        var orders = new List<string>();
        for (var i = 0; i < 6; i++)
            orders.Add(await world.OrderAsync(shipped: true));
        var actions = await Task.WhenAll(orders.Select(order => world.AskRefundAsync(order, 50)));
        var pages = new List<Page>();
        foreach (var order in orders)
            pages.Add(await world.Browser.OpenAsync((await world.MailToAsync("lena", order)).Link!));
        Assert.All(pages, static p => Assert.Equal(200, p.Status));
        var pressed = await Task.WhenAll(
            orders.Select(
                async (order, i) =>
                {
                    var deadline = (await world.CaseAsync(order, actions[i])).GetProperty("stageSince").GetDateTimeOffset() + world.Sla;
                    // From a seventh of a second before to a moment after.
                    var at = deadline.AddMilliseconds((i - 4) * 35);
                    await RunningApp.UntilAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() >= at), "it is time to press");
                    var late = TimeProvider.System.GetUtcNow() >= deadline;
                    return (Late: late, (await world.Browser.PostAsync(pages[i], "approve")).Page);
                }
            )
        );
        for (var i = 0; i < orders.Count; i++)
        {
            var (order, action, (late, page)) = (orders[i], actions[i], pressed[i]);
            var taken = page.Status == 303;
            Assert.False(late && taken, "An answer was taken that was given after the deadline.");
            if (!taken)
                Assert.Contains("The deadline has passed", page.Text, StringComparison.Ordinal);
            await world.UntilAsync(order, action, taken ? "Done" : "Expired");
            Assert.Equal(taken ? 50m : 0m, world.Partners.Orders.RefundedOf(new Domain.OrderId(order)));
            Assert.Equal(
                taken ? ["Approve"] : [],
                (await world.DecisionsAsync(order, action)).Select(static d => d.GetProperty("answer").GetString()!)
            );
            var after = await world.Browser.OpenAsync(page.Link);
            Assert.Contains(taken ? "Approved by lena" : "Nobody answered by", after.Text, StringComparison.Ordinal);
            Assert.Equal(taken ? 409 : 410, (await world.Browser.PostAsync(pages[i], "approve")).Page.Status);
        }
        Assert.Contains(pressed, static p => p.Late);
    }

    [Fact]
    public async Task Everybody_is_reminded_once_the_next_role_is_asked_once_and_silence_does_nothing()
    {
        var silent = await world.OrderAsync(shipped: true);
        var decided = await world.OrderAsync(shipped: true);
        var actions = await Task.WhenAll(new[] { silent, decided }.Select(order => world.AskRefundAsync(order, 50)));
        var since = (await world.MailToAsync("lena", decided), await world.CaseAsync(decided, actions[1]))
            .Item2.GetProperty("stageSince")
            .GetDateTimeOffset();

        var director = await world.Browser.OpenAsync((await world.MailToAsync("dora", decided)).Link!);
        Assert.True(
            TimeProvider.System.GetUtcNow() >= since + world.Sla * 0.75,
            "The next role was asked before three quarters of the time were over."
        );
        Assert.Contains("Approved by dora", (await world.Browser.PressAsync(director, "approve")).Text, StringComparison.Ordinal);
        await world.DoneOnceAsync(decided, actions[1], 50);

        await world.UntilAsync(silent, actions[0], "Expired");
        Assert.Empty(world.Done(silent));
        var told = await world.MailToAsync("sue", silent);
        Assert.Contains("Nobody answered by", told.Text, StringComparison.Ordinal);
        Assert.Equal(
            [2, 2, 1, 1, 0, 0],
            new[] { "lena", "liam", "dora", "sue", "fred", "pam" }.Select(name =>
                world.Mail.To(name).Count(m => m.Text.Contains(silent, StringComparison.Ordinal))
            )
        );
        var expired = await world.CaseAsync(silent, actions[0]);
        Assert.All(
            expired.GetProperty("invitations").EnumerateArray().Where(static i => i.GetProperty("because").GetString() == "Role"),
            i =>
                Assert.True(
                    DateTimeOffset.Parse(i.GetProperty("remindedAt").GetString()!, CultureInfo.InvariantCulture)
                        >= expired.GetProperty("stageSince").GetDateTimeOffset() + world.Sla / 2
                )
        );
        await world.DecidedAsync(silent, "Refund: Expired");
    }
}
