using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;

namespace Stockgate.Functions.Tests.Access;

/// <summary>The table of roles has every HTTP function, and no other.</summary>
public class RouteRolesTests
{
    private static readonly IReadOnlyList<(string Name, HttpTriggerAttribute Trigger)> Functions =
    [
        .. from type in typeof(ProblemMiddleware).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger),
    ];

    private static RouteRule RuleOf(string function) => RouteRoles.Table[function];

    [Fact]
    public void Every_function_has_an_entry_and_every_entry_a_function() =>
        Assert.Equal(
            Functions.Select(static f => f.Name).Order(StringComparer.Ordinal),
            RouteRoles.Table.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void An_entry_names_roles_that_exist_or_says_why_it_is_open() =>
        Assert.All(
            RouteRoles.Table.Values,
            static rule =>
            {
                Assert.Equal(rule.OpenBecause is null, rule.Roles.Count > 0);
                Assert.All([.. rule.Roles, .. rule.DryRunRoles], static role => Assert.Contains(role, Role.Known));
                Assert.True(rule.OpenBecause is null || rule.OpenBecause.Length > 10);
            }
        );

    [Fact]
    public void Every_POST_of_a_caller_takes_an_idempotency_key_but_the_one_whose_answer_is_streamed() =>
        Assert.Equal(
            ["Mcp"],
            Functions
                .Where(static f => f.Trigger.Methods!.Contains("post"))
                .Where(static f => RuleOf(f.Name) is { OpenBecause: null } rule && !rule.TakesIdempotencyKey("POST"))
                .Select(static f => f.Name)
        );

    [Fact]
    public void Only_what_the_mail_provider_posts_is_left_to_the_hosts_keys() =>
        Assert.Equal(
            ["AllowMailReports", "TakeMailReports"],
            Functions.Where(static f => f.Trigger.AuthLevel != AuthorizationLevel.Anonymous).Select(static f => f.Name).Order()
        );

    [Fact]
    public void An_agent_reads_and_asks_and_changes_nothing_else()
    {
        var agent = Caller.Of("helper", [Role.Agent], []);
        var changing = Functions.Where(static f => f.Trigger.Methods!.Any(static m => m is not ("get" or "head" or "options")));
        Assert.Equal(
            ["Mcp", "PostOrderAction", "PreviewMapping", "StartPriceSimulation"],
            changing
                .Where(f => RuleOf(f.Name) is { OpenBecause: null } rule && rule.Allows(agent, isDryRun: false))
                .Select(static f => f.Name)
                .Order()
        );
        Assert.True(RuleOf("StartPriceRun").Allows(agent, isDryRun: true));
        Assert.True(RuleOf("ExplainPromotion").Allows(agent, isDryRun: false));
        Assert.True(RuleOf("GetQuarantinedRecordDetails").Allows(agent, isDryRun: false));
        Assert.False(RuleOf("GetQuarantinedRecord").Allows(agent, isDryRun: false));
    }

    [Fact]
    public void A_partner_sends_files_reads_what_became_of_its_own_tries_mappings_and_nothing_else()
    {
        var partner = Caller.Of("Marketplace", [Role.Partner], ["marketplace"]);
        Assert.Equal(
            [
                "FindEventDeliveries",
                "GetChannelFile",
                "GetChannelFileReceipt",
                "GetDelivery",
                "GetDeliveryBody",
                "GetQuarantinedRecord",
                "GetQuarantinedRecordDetails",
                "GetSentMessage",
                "GetSentMessageBody",
                "ListChannelFiles",
                "ListDeliveries",
                "ListQuarantine",
                "ListSentMessages",
                "PreviewMapping",
                "PutChannelFile",
                "SummarizeQuarantine",
            ],
            RouteRoles
                .Table.Where(r => r.Value.OpenBecause is null && r.Value.Allows(partner, isDryRun: true))
                .Select(static r => r.Key)
                .Order()
        );
    }

    [Fact]
    public void The_admin_manages_keys_and_channels_reads_their_records_and_tries_mappings()
    {
        var admin = Caller.Of("Root", [Role.Admin], []);
        Assert.Equal(
            [
                "AddChannelSecret",
                "CreateKey",
                "DeleteChannelSecret",
                "FindEventDeliveries",
                "GetChannel",
                "GetDecisions",
                "GetDelivery",
                "GetSentMessage",
                "ListChannels",
                "ListDeliveries",
                "ListKeys",
                "ListSentMessages",
                "ListSwitches",
                "PreviewMapping",
                "PutChannel",
                "RevokeKey",
                "SetSwitch",
            ],
            RouteRoles
                .Table.Where(r => r.Value.OpenBecause is null && r.Value.Allows(admin, isDryRun: true))
                .Select(static r => r.Key)
                .Order()
        );
    }

    [Fact]
    public void A_role_that_only_policies_name_reads_and_decides()
    {
        var lead = Caller.Of("Lena", ["customer-service-lead"], []);
        Assert.True(RuleOf("DecideCase").Allows(lead, isDryRun: false));
        Assert.True(RuleOf("GetOrder").Allows(lead, isDryRun: false));
        Assert.False(RuleOf("PostOrderAction").Allows(lead, isDryRun: true));
    }

    [Fact]
    public void Whoever_has_no_role_reads_nothing()
    {
        var nobody = Caller.Of("nobody", [], []);
        Assert.DoesNotContain(RouteRoles.Table.Values, rule => rule.OpenBecause is null && rule.Allows(nobody, isDryRun: true));
    }
}
