using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Records;

/// <summary>
/// Maps a system's report about a promotion to a row of the table <c>PromotionReports</c>; the newest report per system and topic wins.
/// </summary>
internal static class ReportForms
{
    public static readonly RowForm<Fact<PromotionReport>> Form = new(
        static (fact, row) =>
        {
            row["Promotion"] = fact.Said.Promotion.Value;
            row["Channel"] = fact.Channel.Value;
            row["OccurredAt"] = fact.Version.OccurredAt;
            row["Sequence"] = fact.Version.Sequence;
            row["Source"] = fact.Version.Source;
            row["EventId"] = fact.Version.Id;
            row["Type"] = EventTypes.NameOf(fact.Said);
            row["Document"] = JsonSerializer.Serialize(fact.Said, EventTypes.Find(EventTypes.NameOf(fact.Said))!);
        },
        static row => new Fact<PromotionReport>(
            new ChannelId(row.GetString("Channel")),
            new LevelVersion(
                row.GetDateTimeOffset("OccurredAt")!.Value,
                row.GetInt64("Sequence") ?? 0,
                row.GetString("Source"),
                row.GetString("EventId")
            ),
            (PromotionReport)JsonSerializer.Deserialize(row.GetString("Document"), EventTypes.Find(row.GetString("Type"))!)!
        )
    );

    // The system that speaks is part of the key: what one says about another's work stands beside that one's own word, never in its place.
    public static string KeyOf(ChannelId channel, PromotionReport said) => RowKeys.Of([said.Promotion.Value, channel.Value, .. said.Topic]);
}
