using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Outbound;

namespace Stockgate.Demo.Partners;

/// <summary>When and how a simulated channel says that a step is done.</summary>
internal sealed class Confirmations(PartnerEvents events, TimeProvider time, CancellationToken ended)
{
    private readonly ConcurrentDictionary<(string Channel, string WebhookId), DateTimeOffset> due = new();
    private readonly ConcurrentDictionary<(string Channel, PromotionId Promotion, int Revision), TaskCompletionSource> activated = new();
    private readonly ConcurrentDictionary<Task, bool> running = new();

    /// <summary>Whether a channel that is asked may say it yet.</summary>
    public bool IsDue(ReceivedMessage message) =>
        due.TryGetValue((message.Channel, message.WebhookId), out var at) && at <= time.GetUtcNow();

    /// <summary>
    /// Starts to confirm a message that was taken; a repeated one is confirmed again, in the same words and under the same id.
    /// </summary>
    public void Begin(PartnerChannel channel, ReceivedMessage message, PartnerFaults faults)
    {
        var step = faults.On(message.Message.Step);
        if (step.NeverConfirm)
            return;
        var at = due.GetOrAdd((message.Channel, message.WebhookId), _ => time.GetUtcNow() + step.ConfirmAfter);
        if (channel.Confirm != ConfirmBy.Callback)
            return;
        var task = CallBackAsync(channel, message, faults, at);
        running[task] = true;
        task.ContinueWith(
            static (done, all) => ((ConcurrentDictionary<Task, bool>)all!).TryRemove(done, out _),
            running,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    public async Task EndedAsync()
    {
        foreach (var task in running.Keys)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CallBackAsync(PartnerChannel channel, ReceivedMessage received, PartnerFaults faults, DateTimeOffset at)
    {
        var message = received.Message;
        var key = (received.Channel, message.Promotion, message.Revision);
        if (at > time.GetUtcNow())
            await Task.Delay(at - time.GetUtcNow(), time, ended);
        if (message.Step == LaunchStep.Prepare && faults.CallBackOutOfOrder)
            await activated.GetOrAdd(key, New).Task.WaitAsync(ended);
        var id = received.WebhookId + ".answer";
        // The time of the first receipt: the same answer is the same bytes, however often it is given.
        var body = PartnerEvents.Write(
            channel,
            id,
            received.FirstAt,
            new ChannelAnswered
            {
                Promotion = message.Promotion,
                Channel = new SalesChannelId(channel.Name),
                Revision = message.Revision,
                Step = message.Step,
                Answer = received.Answer!.Value,
                Detail = received.Detail,
            }
        );
        for (var times = faults.CallBackTwice ? 2 : 1; times > 0; times--)
            await events.PostAsync(channel, id, body, ended);
        if (message.Step == LaunchStep.Activate)
            activated.GetOrAdd(key, New).TrySetResult();
    }

    private static TaskCompletionSource New((string, PromotionId, int) _) => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
