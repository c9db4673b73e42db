using Stockgate.Domain.Access;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Tests.Promotions;

public class PeopleTests
{
    private static readonly People Everybody = App.Made<People>(
        ("People:mia:Roles", "merchandiser, planner"),
        ("People:mia:Email", "mia@retailer.example"),
        ("People:Cora:Roles", "Gate-Owner")
    );

    [Fact]
    public void A_caller_has_the_roles_of_the_credential_and_the_mail_address_of_the_name()
    {
        var mia = Everybody.Of(Caller.Of("Mia", [Role.Planner], []));
        Assert.Equal(("Mia", "mia@retailer.example"), (mia.Name, mia.Email));
        Assert.True(mia.Has("planner"));
        Assert.False(mia.Has("merchandiser"));
        Assert.Null(Everybody.Of(Caller.Of("Mallory", [Role.Planner], [])).Email);
    }

    [Fact]
    public void A_caller_takes_the_place_of_whoever_has_their_name()
    {
        var roster = Everybody.With(Everybody.Of(Caller.Of("CORA", [Role.Finance], [])));
        Assert.Equal(["CORA", "mia"], roster.Select(static p => p.Name).Order(StringComparer.Ordinal));
        Assert.True(roster.Single(static p => p.Is("cora")).Has("finance"));
    }
}
