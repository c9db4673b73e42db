using Microsoft.Extensions.Options;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions.Tests.Approvals;

public class LinkSettingsTests
{
    [Theory]
    [InlineData("http://stock.example")]
    [InlineData("https://user:secret@stock.example")]
    [InlineData("https://stock.example/?a=b")]
    [InlineData("https://stock.example/#x")]
    [InlineData("stock.example")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_that_links_can_t_lead_to_is_named_at_the_start(string url) =>
        Assert.Contains(
            "PublicUrl",
            Assert.Throws<OptionsValidationException>(() => Read(("PublicUrl", url))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://stock.example", "https://stock.example/api/v1/approvals/")]
    [InlineData("https://stock.example/shop/", "https://stock.example/shop/api/v1/approvals/")]
    [InlineData("http://127.0.0.1:7071", "http://127.0.0.1:7071/api/v1/approvals/")]
    [InlineData("http://localhost:7071/", "http://localhost:7071/api/v1/approvals/")]
    public void A_link_leads_there(string url, string begin)
    {
        var token = LinkToken.New();
        Assert.Equal(begin + token.Secret, Read(("PublicUrl", url)).UrlOf(token).AbsoluteUri);
    }

    [Fact]
    public void Without_it_the_app_starts_and_makes_no_link()
    {
        var settings = Read();
        Assert.Null(settings.PublicUrl);
        Assert.Contains(
            "PublicUrl",
            Assert.Throws<InvalidOperationException>(() => settings.UrlOf(LinkToken.New())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_header_s_name_is_a_header_s_name() =>
        Assert.Throws<OptionsValidationException>(() => Read(("Approvals:ClientAddressHeader", "X-Forwarded-For: 1")));

    private static LinkSettings Read(params (string Key, string? Value)[] settings) => App.Made<LinkSettings>(settings);
}
