using Azure.Messaging.ServiceBus;
using FsCheck;
using FsCheck.Fluent;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>Whatever receivers do with a session's messages, they are completed in the order they were sent.</summary>
public sealed class SessionOrderTests
{
    private enum Step
    {
        Send,
        CompleteFirst,
        CompleteAll,
        AbandonAll,
        AbandonSome,
        Release,
    }

    [Fact]
    public void Messages_of_a_session_are_completed_in_order() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<Step>()).ListOf().ToArbitrary(), steps => Run([.. steps]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(new Replay(new Rnd(42UL, 43UL), null)));

    private static async Task Run(List<Step> steps)
    {
        using var folder = new TemporaryFolder(TemporaryFolder.Entities.Replace("\"MaxDeliveryCount\": 3", "\"MaxDeliveryCount\": 2000"));
        await using var server = await BrokerServer.StartAsync(folder.Options);
        await using var client = TestClient.To(server.ConnectionString);
        var sender = client.CreateSender("sessions");
        var session = await client.AcceptSessionAsync("sessions", "s");
        var (sent, completed) = (0, new List<int>());
        foreach (var step in steps.Append(Step.Send).Append(Step.Release).Append(Step.CompleteAll))
        {
            if (step == Step.Send)
            {
                await sender.SendMessagesAsync(Enumerable.Range(sent, 3).Select(i => new ServiceBusMessage($"{i}") { SessionId = "s" }));
                sent += 3;
                continue;
            }
            if (step == Step.Release)
            {
                await session.CloseAsync();
                session = await client.AcceptSessionAsync("sessions", "s");
                continue;
            }
            if (await session.PeekMessageAsync(0) is null)
                continue;
            var messages = await session.ReceiveMessagesAsync(1_000, TimeSpan.FromSeconds(5));
            var numbers = messages.Select(message => int.Parse(message.Body.ToString())).ToList();
            var done = step switch
            {
                Step.CompleteAll => messages.Count,
                Step.CompleteFirst => 1,
                _ => 0,
            };
            await session.CompleteAll(messages.Take(done));
            completed.AddRange(numbers.Take(done));
            foreach (var message in messages.Skip(done).Where((_, i) => step != Step.AbandonSome || i % 2 == 0))
                await session.AbandonMessageAsync(message);
            if (step == Step.AbandonSome)
            {
                await session.CloseAsync();
                session = await client.AcceptSessionAsync("sessions", "s");
            }
        }
        await session.CloseAsync();
        Assert.Equal(Enumerable.Range(0, sent), completed);
    }
}
