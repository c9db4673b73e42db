using Microsoft.AspNetCore.Http;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Tests.Promotions;

public class PeopleTests
{
    private static readonly People Everybody = App.Made<People>(
        ("People:mia:Roles", "merchandiser, planner"),
        ("People:Cora:Roles", "Gate-Owner"),
        ("People:nobody:Roles", "")
    );

    private static HttpRequest By(string? name)
    {
        var request = new DefaultHttpContext().Request;
        if (name is not null)
            request.Headers["X-Decided-By"] = name;
        return request;
    }

    [Theory]
    [InlineData("mia", "merchandiser", "mia"), InlineData("MIA", "planner", "mia"), InlineData(" cora ", "gate-owner", "Cora")]
    public void Who_has_the_role_is_answered_as_the_settings_write_the_name(string name, string role, string known) =>
        Assert.Equal(known, Everybody.Require(By(name), role));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("mi\na")]
    public void Whoever_says_no_name_is_asked_for_one(string? name) =>
        Assert.Equal(400, Assert.Throws<ProblemException>(() => Everybody.Require(By(name), People.Merchandiser)).Status);

    [Theory]
    [
        InlineData("mia", "gate-owner"),
        InlineData("mallory", "merchandiser"),
        InlineData("nobody", "merchandiser"),
        InlineData("mia", ""),
        InlineData("mia", "merchandiser,planner"),
        InlineData("mia:Roles", "merchandiser")
    ]
    public void Whoever_has_no_such_role_is_refused_and_not_told_who_has(string name, string role)
    {
        var refused = Assert.Throws<ProblemException>(() => Everybody.Require(By(name), role));
        Assert.Equal((403, "role-needed"), (refused.Status, refused.Slug));
        Assert.DoesNotContain("Cora", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_nobody_may_do_anything() =>
        Assert.Equal(403, Assert.Throws<ProblemException>(() => App.Made<People>().Require(By("mia"), People.Merchandiser)).Status);
}
