using Stockgate.Domain.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Operations;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public sealed class ApprovalAuditTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task An_answer_to_a_stage_that_the_case_no_longer_has_is_accounted_for()
    {
        var subject = $"order {Guid.NewGuid():N}";
        var record = ApprovalRecord.Open(Case("fewer-stages") with { Subject = subject }, Time.GetUtcNow()) with
        {
            Decisions = [new CaseDecision(1, "Ann", CaseAnswer.Delegate, null, "Mia", "r0", "mailed link", Time.GetUtcNow(), Void: true)],
        };

        await Get<ApprovalAudit>().RecordAsync(record, default);

        var chain = await Get<DecisionLog>().ReadAsync(subject, default);
        Assert.Contains(
            chain,
            static d =>
                d.Decision.StartsWith("delegated to Mia", StringComparison.Ordinal)
                && d.Inputs.Any(static i => i.Value == "a removed stage" || i.Source == "a removed stage")
        );
    }
}
