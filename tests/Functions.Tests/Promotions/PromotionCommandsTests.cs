using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions.Requests;
using static Stockgate.Domain.Promotions.PromotionState;
using static Stockgate.Platform.Promotions.Requests.PromotionCommandKind;

namespace Stockgate.Functions.Tests.Promotions;

public class PromotionCommandsTests
{
    private static readonly Dictionary<PromotionCommandKind, PromotionState[]> Allowed = new()
    {
        [Edit] = [Draft, Gating, AwaitingApproval, Scheduled],
        [Extend] = [Draft, Gating, AwaitingApproval, Scheduled, PromotionState.Live, Paused],
        [Cancel] = [Draft, Gating, AwaitingApproval, Scheduled, Preparing, PromotionState.Live, Paused],
        [Pause] = [PromotionState.Live],
        [Resume] = [Paused],
        [End] = [PromotionState.Live, Paused],
    };

    public static TheoryData<PromotionCommandKind, PromotionState> All()
    {
        var all = new TheoryData<PromotionCommandKind, PromotionState>();
        foreach (var kind in Enum.GetValues<PromotionCommandKind>())
        foreach (var state in Enum.GetValues<PromotionState>())
            all.Add(kind, state);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public void A_command_is_taken_in_the_states_where_it_can_be_carried_out_and_refused_by_the_states_name_in_all_others(
        PromotionCommandKind kind,
        PromotionState state
    )
    {
        var at = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var mistake = PromotionCommands.Mistake(
            new PromotionRecord
            {
                Id = new("p"),
                Name = "P",
                RequestedBy = "mia",
                CreatedAt = at,
                Start = at,
                End = at.AddDays(1),
                State = state,
            },
            kind
        );
        Assert.Equal(Allowed[kind].Contains(state), mistake is null);
        if (mistake is not null)
            Assert.Contains($"The promotion is {EnumWords.Of(state)}", mistake, StringComparison.Ordinal);
    }
}
