using Stockgate.Domain.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public class ApprovalDeskTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task Whoever_looks_while_a_colleague_decides_is_told_by_whom_it_was_decided()
    {
        var (record, desk) = (await OpenAsync(Case("while-deciding")), Get<ApprovalDesk>());
        var decided = false;
        // Between the read of the case and the look at what it is about, a colleague decides, and what it is about has nothing to decide
        // any more.
        Thing.Now = asked =>
        {
            if (decided)
                return asked;
            decided = true;
            Assert.True(
                desk.DecideAsync(asked.Id, new GivenAnswer(1, CaseAnswer.Approve, null, null, asked.Revision, "link"), default)
                    .GetAwaiter()
                    .GetResult()
                    .Accepted
            );
            return null;
        };
        var view = await desk.ViewAsync(record.Case.Id, 1, record.Case.Revision, default);
        Assert.Equal((Refusal.Closed, "Approved by Mia."), (view!.Refusal, view.Words));
        Assert.Equal(CaseState.Approved, view.Record.State);
    }

    [Fact]
    public async Task What_is_over_for_another_reason_says_that_there_is_nothing_to_decide()
    {
        var record = await OpenAsync(Case("is-over"));
        Thing.Now = static _ => null;
        var view = await Get<ApprovalDesk>().ViewAsync(record.Case.Id, 1, record.Case.Revision, default);
        Assert.Equal(CaseState.Withdrawn, view!.Record.State);
        // Looking stores nothing.
        Assert.Equal(CaseState.Open, (await StoredAsync(record)).State);
    }
}
