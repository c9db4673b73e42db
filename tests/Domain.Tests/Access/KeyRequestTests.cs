using Stockgate.Domain.Access;

namespace Stockgate.Domain.Tests.Access;

public class KeyRequestTests
{
    private static readonly KeyRequest Good = new("Mia O'Neil", [Role.Merchandiser, "customer-service-lead"]);

    private static readonly KeyRequest Partner = new("Marketplace", [Role.Partner], ["marketplace"]);

    public static TheoryData<string, KeyRequest> Wrong =>
        new()
        {
            { "name", Good with { Name = null } },
            { "name", Good with { Name = "" } },
            { "name", Good with { Name = " Mia" } },
            { "name", Good with { Name = "Mia\nFinn" } },
            { "name", Good with { Name = "<b>" } },
            { "name", Good with { Name = new string('a', 81) } },
            { "roles", Good with { Roles = null } },
            { "roles", Good with { Roles = [] } },
            { "roles", Good with { Roles = ["Merchandiser"] } },
            { "roles", Good with { Roles = [""] } },
            { "roles", Good with { Roles = [Role.Agent, Role.Merchandiser] } },
            { "roles", Partner with { Roles = [Role.Partner, Role.Operator] } },
            { "channels", Good with { Channels = ["shop"] } },
            { "channels", Partner with { Channels = ["*"] } },
            { "expiresAt", Good with { ExpiresAt = Given.Now } },
            { "expiresAt", Good with { ExpiresAt = Given.Now.AddDays(401) } },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void A_mistake_is_told_by_its_field(string field, KeyRequest request) =>
        Assert.Contains(request.Check(Given.Now), m => m.Field == field);

    [Fact]
    public void A_person_and_a_partner_can_have_a_key()
    {
        Assert.Empty(Good.Check(Given.Now));
        Assert.Empty(Partner.Check(Given.Now));
        Assert.Empty((Good with { ExpiresAt = Given.Now.AddDays(400) }).Check(Given.Now));
    }
}
