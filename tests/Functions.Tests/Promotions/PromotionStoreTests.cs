using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Promotions;

public sealed class PromotionStoreTests(AzuriteFixture fixture) : PromotionsOnAzurite(fixture)
{
    private async Task<StoredPromotion> PostedAsync(string item = "A")
    {
        var record = await App.GetRequiredService<PromotionDesk>()
            .SubmitAsync(Body(r => r["items"] = new System.Text.Json.Nodes.JsonArray(item)), null, "mia", CancellationToken.None);
        return await Store.GetAsync(record.Id, CancellationToken.None);
    }

    private async Task<List<string>> ChainAsync(PromotionId id)
    {
        var chain = await App.GetRequiredService<DecisionLog>().ReadAsync(PromotionStore.SubjectOf(id), CancellationToken.None);
        Assert.Null(DecisionRecord.FirstBreak(chain));
        return [.. chain.Select(static d => d.Decision)];
    }

    [Fact]
    public async Task A_transition_is_on_the_chain_once_however_many_processes_read_it()
    {
        var stored = await PostedAsync();
        stored = await Store.ApplyAsync(stored, PromotionEvent.Submitted, "because", "mia", CancellationToken.None);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Process().GetRequiredService<PromotionStore>().GetAsync(stored.Record.Id, CancellationToken.None))
        );
        Assert.Equal(["Draft → Gating: Submitted"], await ChainAsync(stored.Record.Id));
    }

    [Fact]
    public async Task After_a_crash_between_record_and_chain_whoever_reads_first_puts_it_there()
    {
        var stored = await PostedAsync();
        // The record as a process wrote it that ended before its next line.
        var record = stored
            .Record.Apply(PromotionEvent.Submitted, "because", "mia", TimeProvider.System.GetUtcNow())
            .Record.Apply(PromotionEvent.GatesGreen, "because", "gates", TimeProvider.System.GetUtcNow())
            .Record;
        var row = (await Tables.Promotions.GetEntityAsync<TableEntity>("register", RowKeys.Of("open", record.Id.Value))).Value;
        LongText.Put(row, "Document", JsonSerializer.Serialize(record, PromotionRowsJson.Default.PromotionRecord));
        await Tables.Promotions.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Merge);
        Assert.Empty(await ChainAsync(record.Id));
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Process().GetRequiredService<PromotionStore>().GetAsync(record.Id, CancellationToken.None))
        );
        Assert.Equal(["Draft → Gating: Submitted", "Gating → Scheduled: GatesGreen"], await ChainAsync(record.Id));
    }

    [Fact]
    public async Task Whoever_read_before_somebody_else_wrote_writes_nothing()
    {
        var stored = await PostedAsync();
        await Store.ApplyAsync(stored, PromotionEvent.Submitted, "because", "mia", CancellationToken.None);
        var late = await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
            Process()
                .GetRequiredService<PromotionStore>()
                .ApplyAsync(stored, PromotionEvent.Withdrawn, "because", "max", CancellationToken.None)
        );
        Assert.Equal(412, late.Status);
        Assert.Equal(["Draft → Gating: Submitted"], await ChainAsync(stored.Record.Id));
    }

    [Fact]
    public async Task Numbers_of_terms_are_given_once()
    {
        var stored = await PostedAsync();
        var terms = await Store.TermsAsync(stored.Record.Id, 1, CancellationToken.None);
        var added = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => Store.AddTermsAsync(stored.Record.Id, terms with { Number = 2, By = $"p{i}" }, CancellationToken.None))
        );
        Assert.Single(added, true);
        Assert.False(await Store.AddTermsAsync(stored.Record.Id, terms, CancellationToken.None));
        Assert.Equal(
            $"p{added.IndexOf(true)}",
            (await Process().GetRequiredService<PromotionStore>().TermsAsync(stored.Record.Id, 2, CancellationToken.None)).By
        );
    }

    [Fact]
    public async Task A_key_is_recorded_once_by_twenty_who_append_at_one_moment_and_others_all_stand_beside_it()
    {
        var (subject, logs) = (
            $"drill {Guid.NewGuid():N}",
            Enumerable.Range(0, 4).Select(_ => Process().GetRequiredService<DecisionLog>()).ToList()
        );
        DecisionRecord Record(string decision) =>
            new()
            {
                Subject = subject,
                DecidedAt = TimeProvider.System.GetUtcNow(),
                Decision = decision,
                DecidedBy = "test",
            };
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => logs[i % 4].AppendOnceAsync(Record($"once {i % 2}"), $"key {i % 2}", CancellationToken.None))
                .Concat(Enumerable.Range(0, 5).Select(i => logs[i % 4].AppendAsync(Record($"plain {i}"), CancellationToken.None)))
        );
        // Again, as after a crash.
        await logs[0].AppendOnceAsync(Record("once 0"), "key 0", CancellationToken.None);
        var chain = await logs[0].ReadAsync(subject, CancellationToken.None);
        Assert.Null(DecisionRecord.FirstBreak(chain));
        Assert.Equal(
            ["once 0", "once 1", "plain 0", "plain 1", "plain 2", "plain 3", "plain 4"],
            chain.Select(static d => d.Decision).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Those_that_wait_at_their_gates_hear_of_their_items_and_whoever_is_reported_about_hears_of_that()
    {
        var (mine, others) = ($"I-{Guid.NewGuid():N}", $"I-{Guid.NewGuid():N}");
        var waiting = await Store.ApplyAsync(await PostedAsync(mine), PromotionEvent.Submitted, "because", "mia", CancellationToken.None);
        await PostedAsync(mine); // a draft looks by itself
        using var signals = new PromotionSignals(Store, TimeProvider.System);
        var header = new EventHeader(new("erp"), "erp", "e1", TimeProvider.System.GetUtcNow(), 0);
        Task<IReadOnlyCollection<PromotionId>> ConcernedAsync(params ChannelEvent[] said) =>
            signals.ConcernedByAsync(said.Select(s => new QueuedMessage(header, s, [])), CancellationToken.None);
        PriceChanged Price(string sku) =>
            new()
            {
                Sku = new(sku),
                Price = 1,
                Currency = Currency.Parse("GBP"),
            };
        Assert.Equal([waiting.Record.Id], await ConcernedAsync(Price(mine), Price(mine), Price(others)));
        Assert.Empty(await ConcernedAsync(Price(others)));
        Assert.Empty(
            await ConcernedAsync(
                new CompetitorPriceObserved
                {
                    Sku = new(mine),
                    Competitor = "them",
                    Price = 1,
                    Currency = Currency.Parse("GBP"),
                }
            )
        );
        Assert.Equal(
            [new PromotionId("anything")],
            await ConcernedAsync(
                new ChannelReadyReported
                {
                    Promotion = new("anything"),
                    Channel = new("web"),
                    Answer = ChannelAnswer.Ready,
                }
            )
        );
    }

    [Fact]
    public async Task A_promotion_sees_every_other_that_was_registered_before_it_though_another_has_just_looked()
    {
        var open = App.GetRequiredService<OpenPromotions>();
        var first = (await PostedAsync("C")).Record;
        Assert.DoesNotContain(await open.OthersAsync(first.Id, 1, CancellationToken.None), o => o.Scope.Id == first.Id);
        var second = (await PostedAsync("C")).Record;
        Assert.Contains(
            await open.OthersAsync(second.Id, 1, CancellationToken.None),
            o => o.Scope.Id == first.Id && o.State == OtherPromotionState.Draft
        );
        // Those terms are newer than what was read a moment ago.
        var ended = (await Store.GetAsync(first.Id, CancellationToken.None)).Record;
        Assert.Equal(1, ended.Terms);
        Assert.Contains(await open.OthersAsync(first.Id, 1, CancellationToken.None), o => o.Scope.Id == second.Id);
    }

    [Fact]
    public async Task One_that_is_over_is_listed_no_longer_and_still_found()
    {
        var stored = await PostedAsync();
        var over = await Store.ApplyAsync(
            await Store.ApplyAsync(stored, PromotionEvent.Submitted, "because", "mia", CancellationToken.None),
            PromotionEvent.Withdrawn,
            "because",
            "mia",
            CancellationToken.None
        );
        Assert.DoesNotContain(await Store.ListAsync(onlyOpen: true, CancellationToken.None), record => record.Id == stored.Record.Id);
        Assert.Contains(await Store.ListAsync(onlyOpen: false, CancellationToken.None), record => record.Id == stored.Record.Id);
        Assert.Equal(over.Record.State, (await Store.GetAsync(stored.Record.Id, CancellationToken.None)).Record.State);
        Assert.False(
            await Store.AddAsync(stored.Record, await Store.TermsAsync(stored.Record.Id, 1, CancellationToken.None), CancellationToken.None)
        );
        // Its row is written on after it is over.
        Assert.Equal(over.Record.Id, (await Store.SaveAsync(over, over.Record, CancellationToken.None)).Record.Id);
    }
}
