using System.Net;
using Stockgate.Domain.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public sealed class PressedTogetherTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task Whoever_presses_while_a_colleague_s_decision_already_changes_the_case_is_told_by_whom()
    {
        var record = await OpenAsync(Case(), "Mia", "Tom Łoś");
        var url = await LinkAsync(record);
        using var mia = Visitor();
        var form = Approvals.Visitor.Fields(await mia.GetAsync(url), "approve");
        // Between the reading of Mia's case and the look at what it is about, Tom decides, and what he decided is done at once.
        Thing.Now = asked =>
        {
            Thing.Now = static same => same;
            var decided = Get<ApprovalDesk>()
                .DecideAsync(record.Case.Id, new GivenAnswer(2, CaseAnswer.Approve, null, null, "r1", "API"), default)
                .GetAwaiter()
                .GetResult();
            Assert.True(decided.Accepted, decided.Words);
            return asked with { Revision = "r2" };
        };

        var answered = await mia.PostAsync(url, form);

        Assert.Equal((HttpStatusCode.Conflict, "It is approved"), (answered.Status, answered.Heading));
        Assert.Contains("Approved by Tom Łoś.", WebUtility.HtmlDecode(answered.Html), StringComparison.Ordinal);
    }
}
