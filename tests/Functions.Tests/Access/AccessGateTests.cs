using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;
using Stockgate.Platform.Access;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Tests.Access;

public sealed class AccessGateTests(AzuriteFixture fixture) : AccessOnAzurite(fixture)
{
    private const string Principal = "X-MS-CLIENT-PRINCIPAL";

    private static string PrincipalOf(string name, params string[] roles) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                $$"""{"auth_typ":"aad","claims":[{"typ":"preferred_username","val":"{{name}}"}{{string.Concat(roles.Select(r => $$""",{"typ":"roles","val":"{{r}}"}"""))}}]}"""
            )
        );

    [Fact]
    public async Task Whoever_sends_no_key_is_asked_for_one()
    {
        var refused = await RefusalAsync("GetProduct", Request());
        Assert.Equal((401, "no-key", "Bearer"), (refused!.Status, refused.Slug, refused.Headers["WWW-Authenticate"]));
    }

    [Theory]
    [InlineData("sgk_"), InlineData("sgk_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("admin")]
    public async Task A_wrong_key_opens_nothing(string key)
    {
        var refused = await RefusalAsync("GetProduct", Request(key));
        Assert.Equal((401, "wrong-key"), (refused!.Status, refused.Slug));
    }

    [Fact]
    public async Task A_key_opens_what_its_roles_allow_in_either_header_and_names_its_owner()
    {
        var key = await KeyAsync("Mia", Role.Merchandiser);
        var request = Request(headers: ("X-Api-Key", key));
        Assert.Null(await RefusalAsync("PostPromotion", request));
        Assert.Equal("Mia", request.Caller().Name);
        var refused = await RefusalAsync("RevertPrices", Request(key));
        Assert.Equal((403, "role-needed"), (refused!.Status, refused.Slug));
        Assert.Contains("pricing-lead", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_a_key_opens_nothing()
    {
        var (first, second) = (await KeyAsync("Mia", Role.Merchandiser), await KeyAsync("Root", Role.Admin));
        Assert.Equal(401, (await RefusalAsync("CreateKey", Request(second[..21] + first[21..])))!.Status);
    }

    [Fact]
    public async Task The_admin_key_manages_keys_and_nothing_else()
    {
        Assert.Null(await RefusalAsync("CreateKey", Request(AdminKey)));
        Assert.Equal(403, (await RefusalAsync("GetProduct", Request(AdminKey)))!.Status);
        Assert.Equal(401, (await RefusalAsync("CreateKey", Request(AdminKey), Process(("Access:AdminKey", new string('x', 40)))))!.Status);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_here_and_after_half_a_minute_anywhere()
    {
        var (key, other) = (await KeyAsync("Mia", Role.Merchandiser), Process());
        Assert.Null(await RefusalAsync("GetProduct", Request(key), other));
        await Desk.RevokeAsync(AccessToken.Read(AccessToken.KeyPrefix, key)!.Id, "Root", CancellationToken.None);
        Assert.Equal(401, (await RefusalAsync("GetProduct", Request(key)))!.Status);
        Assert.Null(await RefusalAsync("GetProduct", Request(key), other));
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(401, (await RefusalAsync("GetProduct", Request(key), other))!.Status);
    }

    [Fact]
    public async Task A_key_ends_at_its_time()
    {
        var key = await KeyAsync("Mia", Role.Merchandiser);
        Time.Advance(KeyRequest.UsualLife);
        Assert.Equal(401, (await RefusalAsync("GetProduct", Request(key)))!.Status);
    }

    [Fact]
    public async Task Creating_and_revoking_are_on_record_without_the_secret()
    {
        var key = await KeyAsync("Mia", Role.Merchandiser);
        var id = AccessToken.Read(AccessToken.KeyPrefix, key)!.Id;
        await Desk.RevokeAsync(id, "Root", CancellationToken.None);
        await Desk.RevokeAsync(id, "Eve", CancellationToken.None);
        var records = await App.GetRequiredService<DecisionLog>().ReadAsync($"key {id}", CancellationToken.None);
        Assert.Equal([("created", "Root"), ("revoked", "Root")], records.Select(static r => (r.Decision, r.DecidedBy)));
        var (keys, _) = await App.GetRequiredService<ApiKeyStore>().ListAsync(200, null, CancellationToken.None);
        var secret = key[21..];
        Assert.DoesNotContain(
            secret,
            string.Join('\n', records.SelectMany(static r => r.Inputs).Concat<object>(keys)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ten_wrong_keys_a_minute_are_answered_and_a_right_one_is_always_taken()
    {
        var key = await KeyAsync("Mia", Role.Merchandiser);
        var guess = Request("sgk_guess");
        for (var i = 0; i < KeyGuesses.WrongPerMinute; i++)
            Assert.Equal(401, (await RefusalAsync("GetProduct", guess))!.Status);
        var refused = await RefusalAsync("GetProduct", guess);
        Assert.Equal((429, "60"), (refused!.Status, refused.Headers["Retry-After"]));
        guess.Headers.Authorization = $"Bearer {key}";
        Assert.Null(await RefusalAsync("GetProduct", guess));
    }

    [Fact]
    public async Task The_platforms_sign_in_is_believed_only_where_the_platform_guards_the_app()
    {
        var principal = PrincipalOf("mia@retailer.example", Role.Merchandiser);
        Assert.Equal(401, (await RefusalAsync("GetProduct", Request(headers: (Principal, principal))))!.Status);
        var guarded = Process(("WEBSITE_AUTH_ENABLED", "True"));
        var request = Request("a-token-of-the-identity-provider", headers: (Principal, principal));
        Assert.Null(await RefusalAsync("PostPromotion", request, guarded));
        Assert.Equal("mia@retailer.example", request.Caller().Name);
        Assert.Equal(403, (await RefusalAsync("RevertPrices", Request(headers: (Principal, principal)), guarded))!.Status);
    }

    [Fact]
    public async Task Agents_are_refused_at_once_where_they_are_switched_off()
    {
        var key = await KeyAsync("helper", Role.Agent);
        Assert.Null(await RefusalAsync("ExplainPromotion", Request(key)));
        var refused = await RefusalAsync("ExplainPromotion", Request(key), Process(("Access:AgentsOff", "true")));
        Assert.Equal((403, "agents-off"), (refused!.Status, refused.Slug));
    }

    [Fact]
    public async Task An_agent_may_try_a_price_out_and_not_decide_it()
    {
        var key = await KeyAsync("helper", Role.Agent);
        var trial = Request(key, "POST");
        trial.QueryString = new QueryString("?dryRun=true");
        Assert.Null(await RefusalAsync("DecideItemPrices", trial));
        Assert.Equal(403, (await RefusalAsync("DecideItemPrices", Request(key, "POST")))!.Status);
        trial.QueryString = new QueryString("?dryRun=true&dryRun=false");
        Assert.Equal(403, (await RefusalAsync("DecideItemPrices", trial))!.Status);
    }

    [Fact]
    public async Task A_browser_without_a_key_is_led_to_the_sign_in_page_and_back_to_an_address_of_ours()
    {
        var request = Request(headers: ("Accept", "text/html,application/xhtml+xml"));
        request.QueryString = new QueryString("?a=1&b=2");
        var answer = await App.GetRequiredService<AccessGate>()
            .AnswerInsteadAsync(request.HttpContext, RouteRoles.Table["GetPriceDecision"], CancellationToken.None);
        Assert.Equal(
            "/api/sign-in?to=%2Fapi%2Fv1%2Fpricing%2Fdecisions%2Fd.html%3Fa%3D1%26b%3D2",
            Assert.IsType<RedirectHttpResult>(answer).Url
        );
        Assert.Equal(401, (await RefusalAsync("GetProduct", Request(headers: ("Accept", "text/html"))))!.Status);
    }
}
