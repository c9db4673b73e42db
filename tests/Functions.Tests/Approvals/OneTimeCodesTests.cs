using Stockgate.Platform.Approvals.Links;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public class OneTimeCodesTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task A_code_is_good_for_its_link_for_a_quarter_of_an_hour()
    {
        var (link, other) = (await NewLinkAsync(), await NewLinkAsync());
        Assert.Equal(CodeVerdict.None, await Codes.CheckAsync(link, "000000", default));
        var code = (await Codes.MakeAsync(link, default)).Code!;
        Assert.Matches("^[0-9]{6}$", code);
        Assert.Equal(CodeVerdict.None, await Codes.CheckAsync(other, code, default));
        Assert.Equal(CodeVerdict.Right, await Codes.CheckAsync(link, $" {code[..3]} {code[3..]} ", default));
        Time.Advance(OneTimeCodes.Lifetime);
        Assert.Equal(CodeVerdict.None, await Codes.CheckAsync(link, code, default));
        Assert.DoesNotContain("=" + code, await EverythingStoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_ones_end_it_over_all_codes_also_when_all_come_at_once()
    {
        var link = await NewLinkAsync();
        var code = (await Codes.MakeAsync(link, default)).Code!;
        var wrong = code == "123456" ? "654321" : "123456";
        Assert.Equal(CodeVerdict.Wrong, await Codes.CheckAsync(link, wrong, default));
        Assert.Equal(CodeVerdict.Wrong, await Codes.CheckAsync(link, code + "0", default));
        Time.Advance(TimeSpan.FromMinutes(2));
        code = (await Codes.MakeAsync(link, default)).Code!;
        wrong = code == "123456" ? "654321" : "123456";
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Codes.CheckAsync(link, wrong, default)));
        Assert.Equal((2, 18), (verdicts.Count(static v => v == CodeVerdict.Wrong), verdicts.Count(static v => v == CodeVerdict.Spent)));
        Assert.Equal(CodeVerdict.Spent, await Codes.CheckAsync(link, code, default));
    }

    [Fact]
    public async Task A_mailbox_is_not_filled_by_pressing_a_button()
    {
        var link = await NewLinkAsync();
        var first = await Codes.MakeAsync(link, default);
        Assert.NotNull((await Codes.MakeAsync(link, default)).Words);
        var made = 1;
        for (var i = 0; i < 20; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            if ((await Codes.MakeAsync(link, default)).Code is not null)
                made++;
        }
        Assert.Equal(OneTimeCodes.CodesPerLink, made);
        Assert.NotNull(first.Code);
        Assert.DoesNotContain(first.Code, first.ToString(), StringComparison.Ordinal);
    }

    private OneTimeCodes Codes => Get<OneTimeCodes>();

    private async Task<ApprovalLink> NewLinkAsync() =>
        (
            await Links.FindAsync(
                (await Links.IssueAsync(new("codes"), 1, "Mia", "r1", Time.GetUtcNow().AddHours(9), default)).Url.Segments[^1],
                default
            )
        )!;
}
