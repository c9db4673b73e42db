using System.Text;
using Stockgate.Domain.Access;

namespace Stockgate.Domain.Tests.Access;

public class CallerTests
{
    private static string Base64(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void An_agent_has_no_other_role_whatever_its_credential_says()
    {
        var agent = Caller.Of("helper", ["Agent", Role.Finance], []);
        Assert.True(agent.IsAgent);
        Assert.False(agent.Has(Role.Finance));
    }

    [Fact]
    public void A_partner_reads_its_own_channels_and_without_any_none()
    {
        Assert.True(Caller.Of("M", [Role.Partner], ["m"]).MayRead("m"));
        Assert.False(Caller.Of("M", [Role.Partner], ["m"]).MayRead("M"));
        Assert.False(Caller.Of("M", [Role.Partner], []).MayRead("m"));
        Assert.True(Caller.Of("Ada", [Role.DataSteward], []).MayRead("m"));
    }

    [Theory]
    [InlineData("roles"), InlineData("http://schemas.microsoft.com/ws/2008/06/identity/claims/role")]
    public void The_platforms_claims_become_a_name_and_roles(string type)
    {
        var caller = ClientPrincipal.Read(
            Base64(
                $$"""{"auth_typ":"aad","claims":[{"typ":"name","val":"Mia"},{"typ":"preferred_username","val":"mia@retailer.example"},{"typ":"{{type}}","val":"finance"},{"typ":"{{type}}","val":"planner"},{"typ":"groups","val":"admin"}]}"""
            )
        )!;
        Assert.Equal("mia@retailer.example", caller.Name);
        Assert.Equal(["finance", "planner"], caller.Roles.Order());
    }

    [Theory]
    [
        InlineData(""),
        InlineData("not base64"),
        InlineData("bm90IGpzb24="),
        InlineData("W10="),
        InlineData("eyJjbGFpbXMiOjF9"),
        InlineData("eyJjbGFpbXMiOlsxXX0=")
    ]
    public void What_names_nobody_is_nobody(string header) => Assert.Null(ClientPrincipal.Read(header));

    [Theory]
    [InlineData("/api/v1/reports/latest/index.html?x=1", true), InlineData("/api/v1/promotions/p%201/settlement", true)]
    [InlineData(null, false), InlineData("", false), InlineData("//evil.example", false), InlineData("/api/v1/\\\\evil", false)]
    [InlineData("https://evil.example/api/v1/", false), InlineData("/api/v1/../../x", false), InlineData("/api/v1/a\r\nb", false)]
    [InlineData("/admin/host/status", false)]
    public void A_browser_returns_to_an_address_of_this_api_only(string? asked, bool taken) =>
        Assert.Equal(taken ? asked : ReturnPath.Usual, ReturnPath.Of(asked));
}
