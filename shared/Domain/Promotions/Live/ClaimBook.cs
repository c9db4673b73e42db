namespace Stockgate.Domain.Promotions.Live;

/// <summary>
/// Decides claims on one budget, one after the other, from what is stored and what was decided before in this book. It only decides; its
/// caller writes all changes or none.
/// </summary>
/// <param name="stored">The budget; null if the promotion has none yet.</param>
/// <param name="used">Ids that were used. One that is not among them counts as new.</param>
/// <param name="uses">Uses so far by customer; others have none.</param>
public sealed class ClaimBook(BudgetAccount? stored, IReadOnlyDictionary<string, StoredClaim> used, IReadOnlyDictionary<string, int> uses)
{
    /// <summary>Redemptions of one claim at most: a basket, not a warehouse.</summary>
    public const int MostRedemptions = 10_000;

    private static readonly BudgetState Unbounded = new(null, null);

    private readonly BudgetAccount? before = stored;
    private readonly Dictionary<string, StoredClaim> changedClaims = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> changedUses = new(StringComparer.Ordinal);

    public BudgetAccount? Account { get; private set; } = stored;

    /// <summary>Whether anything is to be written.</summary>
    public bool Changed => changedClaims.Count > 0 || Account != before;

    public IReadOnlyDictionary<string, StoredClaim> ChangedClaims => changedClaims;

    public IReadOnlyDictionary<string, int> ChangedUses => changedUses;

    /// <summary>Opens the budget, or opens it again with what is left.</summary>
    public BudgetAccount Open(Budget? budget, Currency currency) =>
        Account = Account is { } known ? known with { Open = true } : BudgetAccount.Of(budget, currency);

    /// <summary>No claim is accepted from now on; what was accepted can still be given back.</summary>
    public BudgetAccount? Close() => Account = Account is { } known ? known with { Open = false } : null;

    /// <summary>
    /// Takes redemptions, money and the customer's uses together, or nothing. A repeated claim is answered as it was the first time.
    /// </summary>
    public ClaimAnswer Claim(ClaimAsk ask)
    {
        if (Account is not { } known)
            return new(ClaimOutcome.NotLive, Unbounded, "the promotion is not live");
        if (Find(ask.Id) is { } before)
            return Repeated(known, ask, before);
        if (Refusal(known, ask) is { } refused)
            return refused;
        var claim = known.Left.Claim(ask.Redemptions, ask.Cost);
        if (!claim.Accepted)
            return new(ClaimOutcome.BeyondBounds, known.Left, claim.Reason);
        Account = known with
        {
            Left = claim.Left,
            Claims = known.Claims + 1,
            Redemptions = known.Redemptions + ask.Redemptions,
            Given = known.Given + ask.Cost,
        };
        Use(known, ask, ask.Redemptions);
        changedClaims[ask.Id] = new StoredClaim(ask, claim.Left, false);
        return new(ClaimOutcome.Accepted, claim.Left, claim.Reason);
    }

    /// <summary>Gives an accepted claim back, once: a basket was voided. Also after the budget was closed.</summary>
    public ReleaseAnswer Release(string id)
    {
        if (Account is not { } known)
            return new(false, Unbounded, "the promotion was never live, so no claim exists");
        var before = Find(id);
        if (before is { Released: true })
            return new(false, known.Left, "the claim was released before");
        if (before?.Ask is not { } ask)
        {
            changedClaims[id] = new StoredClaim(null, known.Left, true);
            return new(false, known.Left, "no such claim exists; if the claim arrives later, it will be denied");
        }
        Account = known with
        {
            Left = new BudgetState(known.Left.Money is { } money ? money + ask.Cost : null, known.Left.Redemptions + ask.Redemptions),
            Claims = known.Claims - 1,
            Redemptions = known.Redemptions - ask.Redemptions,
            Given = known.Given - ask.Cost,
        };
        Use(known, ask, -ask.Redemptions);
        changedClaims[id] = before with { Released = true };
        return new(true, Account.Left, $"{Plural.Of(ask.Redemptions, "redemption")} for {ask.Cost} released");
    }

    private StoredClaim? Find(string id) => changedClaims.GetValueOrDefault(id) ?? used.GetValueOrDefault(id);

    private int UsesOf(string customer) => changedUses.TryGetValue(customer, out var count) ? count : uses.GetValueOrDefault(customer);

    private static ClaimAnswer Repeated(BudgetAccount known, ClaimAsk ask, StoredClaim before) =>
        before switch
        {
            { Released: true } => new(ClaimOutcome.IdUsed, known.Left, "a claim with this id was released; claim again with a new id"),
            { Ask: { } first } when first == ask => new(
                ClaimOutcome.Accepted,
                before.Left,
                $"{Plural.Of(ask.Redemptions, "redemption")} for {ask.Cost}"
            ),
            _ => new(
                ClaimOutcome.IdUsed,
                known.Left,
                $"this id was used for another claim, of {Plural.Of(before.Ask!.Redemptions, "redemption")} for {before.Ask.Cost}; use a new id for each claim"
            ),
        };

    private ClaimAnswer? Refusal(BudgetAccount known, ClaimAsk ask)
    {
        if (!known.Open)
            return Answer(ClaimOutcome.NotLive, "the promotion has ended or is paused");
        if (ask.Redemptions > MostRedemptions)
            return Answer(ClaimOutcome.Unfit, $"{ask.Redemptions} redemptions were requested; a claim has at most {MostRedemptions}");
        if (ask.Cost.Currency != known.Currency)
            return Answer(ClaimOutcome.Unfit, $"the budget is in {known.Currency}, the claim in {ask.Cost.Currency}");
        if (!ask.Cost.Payable)
            return Answer(ClaimOutcome.Unfit, $"{ask.Cost} can't be paid: {known.Currency} has {known.Currency.MinorUnits} decimals");
        if (ask.Cost.Amount > Limits.Number)
            return Answer(ClaimOutcome.Unfit, $"the cost {ask.Cost} is out of range");
        if (ask.Redemptions < 1 || ask.Cost.Amount < 0)
            return Answer(ClaimOutcome.Unfit, known.Left.Claim(ask.Redemptions, ask.Cost).Reason);
        if (known.Left.Spent)
            return Answer(
                ClaimOutcome.BudgetSpent,
                known.Left.Claim(ask.Redemptions, ask.Cost) is { Accepted: false, Reason: var why } ? why : "the budget is spent"
            );
        if (known.PerCustomer is not { } most)
            return null;
        if (ask.Customer is not { } customer)
            return Answer(
                ClaimOutcome.Unfit,
                $"a customer may use the offer {Plural.Of(most, "time")}, and the claim does not say who the customer is"
            );
        var had = UsesOf(customer);
        return had + ask.Redemptions <= most
            ? null
            : Answer(
                ClaimOutcome.BeyondBounds,
                $"a customer may use the offer {Plural.Of(most, "time")}; this customer has used it {Plural.Of(had, "time")} and requests {ask.Redemptions} more"
            );

        ClaimAnswer Answer(ClaimOutcome outcome, string reason) => new(outcome, known.Left, reason);
    }

    // Without a bound nobody is counted: what is not kept about a customer can't be lost.
    private void Use(BudgetAccount known, ClaimAsk ask, int times)
    {
        if (known.PerCustomer is not null && ask.Customer is { } customer)
            changedUses[customer] = UsesOf(customer) + times;
    }
}
