using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Demo.Partners;

/// <summary>
/// What a simulated channel does by itself. When a promotion is announced, stores finish their tasks, the warehouse sets stock aside,
/// content and waves are planned; when a supplier is billed, it pays. Each is reported.
/// </summary>
internal sealed class Readiness(PartnerEvents events, TimeProvider time, CancellationToken ended)
{
    private readonly ConcurrentDictionary<(string, string), Task> running = new();

    /// <summary>Starts to get ready; what was announced before is not done twice.</summary>
    public void Begin(PartnerChannel channel, AnnouncementMessage announced, PartnerFaults faults)
    {
        if (!faults.NeverReady)
            running.GetOrAdd((channel.Name, $"{announced.Promotion}.{announced.Terms}"), _ => ReportAsync(channel, announced));
    }

    /// <summary>The supplier pays what it is billed, in full, and the ERP says so.</summary>
    public void Pay(PartnerChannel channel, ClaimMessage claim, PartnerFaults faults)
    {
        if (faults.NeverPays)
            return;
        var id = $"{claim.Promotion}.paid.{claim.Supplier}.{claim.Reference}.{claim.Amount.Amount}";
        running.GetOrAdd(
            (channel.Name, id),
            _ =>
                events.PostAsync(
                    channel,
                    id,
                    PartnerEvents.Write(
                        channel,
                        id,
                        time.GetUtcNow(),
                        new ClaimPaid
                        {
                            Promotion = claim.Promotion,
                            Supplier = claim.Supplier,
                            Reference = claim.Reference,
                            Amount = claim.Amount.Amount,
                            Currency = claim.Amount.Currency,
                        }
                    ),
                    ended
                )
        );
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    public async Task EndedAsync()
    {
        foreach (var task in running.Values)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReportAsync(PartnerChannel channel, AnnouncementMessage announced)
    {
        var promotion = announced.Promotion;
        foreach (var task in announced.Tasks)
            await SayAsync(
                channel,
                announced,
                $"{task.Store}.{task.Task}",
                new StoreTaskReported
                {
                    Promotion = promotion,
                    Store = task.Store,
                    Task = task.Task,
                }
            );
        foreach (var asked in announced.Allocations)
            await SayAsync(
                channel,
                announced,
                $"{asked.Sku}.{asked.Region}",
                new AllocationReported
                {
                    Promotion = promotion,
                    Sku = asked.Sku,
                    Region = asked.Region,
                    Allocated = asked.Units,
                }
            );
        if (announced.Needs is { } needs)
            await SayAsync(
                channel,
                announced,
                "ready",
                new ChannelReadyReported
                {
                    Promotion = promotion,
                    Channel = new SalesChannelId(channel.Name),
                    Answer = ChannelAnswer.Ready,
                    Detail = needs,
                }
            );
    }

    private Task SayAsync(PartnerChannel channel, AnnouncementMessage announced, string what, ChannelEvent said)
    {
        var id = $"{announced.Promotion}.{announced.Terms}.{what}";
        return events.PostAsync(channel, id, PartnerEvents.Write(channel, id, time.GetUtcNow(), said), ended);
    }
}
