using System.Xml.Linq;
using Azure.Storage.Blobs;
using CsvHelper;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Pages.Settlement;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.TestSupport;
using Stockgate.TestSupport.Promotions;

namespace Stockgate.Functions.Tests.Promotions.Settlement;

public sealed class SettlementReportsTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private readonly BlobServiceClient blobs = new(fixture.Azurite.ConnectionString);

    [Fact]
    public async Task Three_files_are_written_and_written_again_they_are_the_same_bytes()
    {
        var report = Settling.Settle(Settled.Week() with { Promotion = new PromotionId("../summer/24 ü") });
        var files = await new SettlementReports(blobs).WriteAsync(report, CancellationToken.None);
        Assert.Equal("~002E~002E~002Fsummer~002F24~0020~00FC/settlement.html", files.Html);
        var first = await BytesAsync(files);
        Assert.Equal(
            files,
            await new SettlementReports(blobs).WriteAsync(
                Settling.Settle(Settled.Week() with { Promotion = new PromotionId("../summer/24 ü") }),
                CancellationToken.None
            )
        );
        Assert.Equal(first, await BytesAsync(files));
        var page = blobs.GetBlobContainerClient(SettlementReports.Container).GetBlobClient(files.Html);
        Assert.Equal("text/html; charset=utf-8", (await page.GetPropertiesAsync()).Value.ContentType);
    }

    private async Task<string[]> BytesAsync(SettlementFiles files)
    {
        var all = new List<string>();
        foreach (var name in new[] { files.Json, files.Csv, files.Html })
            all.Add(
                Convert.ToHexString(
                    (
                        await blobs.GetBlobContainerClient(SettlementReports.Container).GetBlobClient(name).DownloadContentAsync()
                    ).Value.Content.ToArray()
                )
            );
        return [.. all];
    }

    [Fact]
    public void Two_ids_never_share_a_folder()
    {
        string[] ids = ["a/b", "a~b", "a b", "a.b", "ab", "AB", "a\u00e9b", "a~002Fb"];
        Assert.Equal(
            ids.Length,
            ids.Select(static id => SettlementReports.FilesOf(new PromotionId(id)).Html).Distinct(StringComparer.Ordinal).Count()
        );
    }

    [Fact]
    public void The_table_is_rfc_4180_and_runs_nothing()
    {
        var csv = SettlementCsv.Of(Settling.Settle(Settled.Week()));
        using var reader = CsvReader.Create(new StringReader(csv));
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 1 + 3 + 6 + 3, lines.Length);
        Assert.DoesNotContain('\n', csv.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Contains("item,'=1+1,Formula mug,GBP,", csv, StringComparison.Ordinal);
        Assert.Contains("\"Party bunting <b>\"\"£5 & more\"\"</b>\"", csv, StringComparison.Ordinal);
        Assert.Contains(",Ceramica Lusitana,", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void A_cell_that_begins_like_a_formula_is_a_text(string text, string cell) => Assert.Equal(cell, SettlementCsv.Safe(text));

    [Fact]
    public void Whatever_is_written_into_names_the_page_is_whole_and_runs_nothing()
    {
        const string Nasty = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>'\"&";
        var input = Settled.Week();
        var page = SettlementPage.Of(
            Settling.Settle(
                input with
                {
                    Name = Nasty,
                    Promotion = new PromotionId(Nasty),
                    Sales =
                    [
                        .. input.Sales.Select(static s => s with { Title = Nasty, Sku = new Sku(Nasty), Region = new RegionId(Nasty) }),
                    ],
                    Funding = [Settled.Agreement(Nasty, 1, supplier: Nasty)],
                    Neighbours = [new(new Sku("N"), Nasty, Settled.Units(1), Settled.Units(2), null)],
                    Timeline = [.. input.Timeline.Select(static t => t with { By = Nasty, Reason = Nasty })],
                    Exceptions = [.. input.Exceptions.Select(static e => e with { Type = Nasty, Subject = Nasty, What = Nasty })],
                }
            )
        );
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_chart_says_what_it_shows_and_has_its_figures_in_a_table()
    {
        var page = SettlementPage.Of(Settling.Settle(Settled.Week()));
        var charts = page.Split("<svg ")
            .Skip(1)
            .Select(static rest => XElement.Parse("<svg " + rest[..(rest.IndexOf("</svg>", StringComparison.Ordinal) + 6)]))
            .ToList();
        Assert.Equal(5, charts.Count);
        Assert.All(
            charts,
            static chart => Assert.True(chart.Element("title")!.Value.Length > 0 && chart.Element("desc")!.Value.Length > 0)
        );
        Assert.All(charts, static chart => Assert.Equal("img", chart.Attribute("role")!.Value));
        Assert.All(page.Split("<svg ").Skip(1), static rest => Assert.Contains("<table>", rest, StringComparison.Ordinal));
    }

    [Fact]
    public void A_promotion_that_sold_nothing_has_a_page() =>
        Assert.Contains("0 units were sold", SettlementPage.Of(Settling.Settle(Settled.Of())), StringComparison.Ordinal);
}
