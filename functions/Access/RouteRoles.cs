using static Stockgate.Domain.Access.Role;
using static Stockgate.Functions.Access.RouteRule;

namespace Stockgate.Functions.Access;

/// <summary>
/// Who may call which HTTP function. A function that is not here is refused, and a test compares the table with the functions. The admin
/// manages keys and channels and reads the records of that; other rights it gives itself by a key with the role, which is on record.
/// </summary>
internal static class RouteRoles
{
    // Everybody who works at the retailer, and an agent that works for them.
    private static readonly RouteRule Readers = For(
            Merchandiser,
            GateOwner,
            Planner,
            Operator,
            CustomerService,
            PricingLead,
            DataSteward,
            PolicyOwner,
            Approver,
            Finance,
            Agent
        )
        .AndPolicyRoles();

    // A decision asks for the role of its own case or promotion as well. An agent decides nothing.
    private static readonly RouteRule Deciders = For([.. Readers.Roles.Where(static role => role != Agent)]).AndPolicyRoles();

    // An exception belongs to whoever's work it stops.
    private static readonly RouteRule Workers = For(Merchandiser, Planner, Operator, CustomerService, PricingLead, DataSteward, Finance);

    // Orders have names and addresses of customers.
    private static readonly RouteRule OrderReaders = For(CustomerService, Finance, Operator, DataSteward, Approver, Agent).AndPolicyRoles();

    private static readonly RouteRule Reports = For(Planner, Operator, Agent).AsPage();

    private static readonly RouteRule SignedByChannel = Open("the channel's signature over the body is checked").AlsoReadOnly(),
        ByLink = Open("the link's own token says whose it is; wrong ones are limited"),
        MailProvider = Open("Event Grid carries a key in the address alone: the Functions host checks its function key").AlsoReadOnly(),
        SignInForm = Open("it is where a browser brings its key; wrong ones are limited").AlsoReadOnly(),
        Description = Open("it describes the API, and has nothing of the retailer's data"),
        HealthCheck = Open("it tells load balancers whether the app works, and nothing else"),
        Nowhere = Open("it answers 404 to everybody").AlsoReadOnly();

    public static readonly IReadOnlyDictionary<string, RouteRule> Table = new Dictionary<string, RouteRule>(StringComparer.Ordinal)
    {
        // Open
        ["AcceptChannelEvents"] = SignedByChannel,
        ["AnswerChannelHandshake"] = Open("it echoes what a vendor asks of a channel that is set up, and stores nothing"),
        ["ShowApproval"] = ByLink,
        ["AnswerApproval"] = ByLink,
        ["AllowMailReports"] = MailProvider,
        ["TakeMailReports"] = MailProvider,
        ["ShowSignIn"] = SignInForm,
        ["SignIn"] = SignInForm,
        ["SignOut"] = Open("it ends the session of the browser that asks, and nothing else").AlsoReadOnly(),
        ["UnknownAddress"] = Nowhere,
        ["GetLiveness"] = HealthCheck,
        ["GetReadiness"] = HealthCheck,
        ["GetOpenApi"] = Description,
        ["GetApiDocs"] = Description,
        ["ListEventSchemas"] = Description,
        ["GetEventSchema"] = Description,
        // Agents: each tool has the roles of the function that it stands for
        ["Mcp"] = Readers.AsStream(),
        // Keys
        ["CreateKey"] = For(Admin),
        ["ListKeys"] = For(Admin),
        ["RevokeKey"] = For(Admin).AlsoReadOnly(),
        // Channels
        ["ListChannels"] = For(Admin, Operator, DataSteward),
        ["GetChannel"] = For(Admin, Operator, DataSteward),
        ["PutChannel"] = For(Admin),
        ["AddChannelSecret"] = For(Admin),
        ["DeleteChannelSecret"] = For(Admin),
        // Catalog and inventory
        ["GetProduct"] = Readers,
        ["GetInventory"] = Readers,
        ["GetDailySales"] = Readers,
        // Ingest
        ["PutChannelFile"] = For(Partner, Operator).AlsoReadOnly(),
        ["ListChannelFiles"] = For(Partner, Operator, DataSteward),
        ["GetChannelFile"] = For(Partner, Operator, DataSteward),
        ["GetChannelFileReceipt"] = For(Partner, Operator, DataSteward),
        ["PreviewMapping"] = For(DataSteward, Operator, Admin, Partner, Agent).AlsoReadOnly(),
        ["ListQuarantine"] = For(DataSteward, Operator, Partner, Agent),
        ["SummarizeQuarantine"] = For(DataSteward, Operator, Partner, Agent),
        // The bytes, like those of a delivery, were written by somebody outside: a person looks at them.
        ["GetQuarantinedRecord"] = For(DataSteward, Operator, Partner),
        ["GetQuarantinedRecordDetails"] = For(DataSteward, Operator, Partner, Agent),
        ["ReplayQuarantinedRecord"] = For(DataSteward),
        ["DiscardQuarantinedRecord"] = For(DataSteward),
        ["ReopenQuarantinedRecord"] = For(DataSteward),
        ["StartQuarantineSweep"] = For(DataSteward),
        ["FindQuarantineSweep"] = For(DataSteward, Operator),
        ["ListDeliveries"] = For(DataSteward, Operator, Admin, Partner),
        ["FindEventDeliveries"] = For(DataSteward, Operator, Admin, Partner),
        ["GetDelivery"] = For(DataSteward, Operator, Admin, Partner),
        ["GetDeliveryBody"] = For(DataSteward, Operator, Partner),
        ["ResendDelivery"] = For(DataSteward, Operator),
        ["GetFreshness"] = Readers,
        ["StartReplay"] = For(DataSteward, Operator),
        ["ListReplays"] = For(DataSteward, Operator),
        ["GetReplay"] = For(DataSteward, Operator),
        ["SteerReplay"] = For(DataSteward, Operator),
        // Orders
        ["GetOrder"] = OrderReaders,
        ["ListOrderActions"] = OrderReaders,
        ["GetOrderAction"] = OrderReaders,
        ["PostOrderAction"] = For(CustomerService, Agent),
        ["FindOrderTroubles"] = OrderReaders,
        ["GetPerfectOrderRate"] = Readers,
        ["GetOrderActionPolicy"] = Readers,
        ["GetOrderActionPolicySchema"] = Readers,
        ["PutOrderActionPolicy"] = For(PolicyOwner),
        // Approvals
        ["ListCases"] = Readers,
        ["GetCase"] = Readers,
        ["DecideCase"] = Deciders,
        // Promotions
        ["PostPromotion"] = For(Merchandiser),
        ["ListPromotions"] = Readers,
        ["GetPromotion"] = Readers,
        ["ExplainPromotion"] = Readers,
        ["GetSettlement"] = Readers.AsPage(),
        ["EditPromotion"] = For(Merchandiser),
        ["CommandPromotion"] = For(Merchandiser),
        ["ExtendPromotion"] = For(Merchandiser),
        ["DecidePromotion"] = Deciders,
        ["OverrideGate"] = For(GateOwner, Merchandiser),
        ["OrderReplenishment"] = For(Planner),
        ["ApproveAction"] = For(Operator),
        ["ClaimPromotion"] = For(SalesChannel),
        ["ReleasePromotionClaim"] = For(SalesChannel),
        // Forecasting
        ["StartForecast"] = For(Planner, Operator),
        ["GetForecastRun"] = Readers,
        ["ListForecastRuns"] = Readers,
        ["PutForecastCalendar"] = For(Planner),
        ["GetForecastStanding"] = Reports,
        ["GetLatestReport"] = Reports,
        ["GetReportOfDay"] = Reports,
        ["GetCampaignFeed"] = Readers,
        // Pricing
        ["GetItemPrices"] = Readers,
        ["GetPriceDecisions"] = Readers,
        ["GetPriceDecision"] = Readers.AsPage(),
        ["GetPriceRevert"] = Readers,
        ["GetPriceRun"] = Readers,
        ["ListPriceRuns"] = Readers,
        ["GetPriceRunFile"] = For(PricingLead, Planner, Agent).AsPage(),
        ["StartPriceRun"] = For(PricingLead).AndDryRunFor(Agent),
        ["StartPriceSimulation"] = For(PricingLead, Agent),
        ["DecideItemPrices"] = For(PricingLead).AndDryRunFor([.. Readers.Roles]),
        ["ResumeItemPrices"] = For(PricingLead),
        ["ResumeCategoryPrices"] = For(PricingLead),
        ["RevertPriceDecision"] = For(PricingLead),
        ["RevertPrices"] = For(PricingLead),
        ["GetPricingPolicy"] = Readers,
        ["GetPricingPolicySchema"] = Readers,
        ["PutPricingPolicy"] = For(PolicyOwner),
        // Operations
        ["GetDecisions"] = For([.. Readers.Roles, Admin]).AndPolicyRoles(),
        ["GetExceptions"] = Readers,
        ["SummarizeExceptions"] = Readers,
        ["AcknowledgeException"] = Workers,
        ["AssignException"] = Workers,
        ["ResolveException"] = Workers,
        ["ListSwitches"] = For([.. Readers.Roles, Admin]).AndPolicyRoles(),
        ["SetSwitch"] = For(Operator, Admin).AlsoReadOnly(),
        ["GetOutboundChannels"] = Readers,
        ["ListSentMessages"] = For(DataSteward, Operator, Admin, Partner),
        ["GetSentMessage"] = For(DataSteward, Operator, Admin, Partner),
        ["GetSentMessageBody"] = For(DataSteward, Operator, Partner),
    };
}
