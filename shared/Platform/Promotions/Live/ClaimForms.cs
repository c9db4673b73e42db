using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>A budget, its claims and its customers' uses as rows. Amounts are texts: Table Storage has no decimal type.</summary>
internal static class ClaimForms
{
    public const string BudgetKey = "budget",
        DeniedKind = "denied",
        Count = "Count";

    public static readonly RowForm<BudgetAccount> Account = new(
        static (account, row) =>
        {
            row["Currency"] = account.Currency.Code;
            row["Open"] = account.Open;
            row["Claims"] = account.Claims;
            row["Redemptions"] = account.Redemptions;
            row["Given"] = Text(account.Given);
            if (account.PerCustomer is { } each)
                row["PerCustomer"] = each;
            PutLeft(row, account.Left);
        },
        static row =>
        {
            var currency = Currency.Parse(row.GetString("Currency"));
            return new BudgetAccount(
                LeftOf(row, currency),
                row.GetInt32("PerCustomer"),
                currency,
                row.GetBoolean("Open")!.Value,
                row.GetInt64("Claims")!.Value,
                row.GetInt64("Redemptions")!.Value,
                Amount(row, "Given", currency)
            );
        }
    );

    public static readonly RowForm<StoredClaim> Claim = new(
        static (claim, row) =>
        {
            row["Released"] = claim.Released;
            PutLeft(row, claim.Left);
            if (claim.Left.Money is { } left)
                row["Currency"] = left.Currency.Code;
            if (claim.Ask is not { } ask)
                return;
            row["ClaimId"] = ask.Id;
            row["Redemptions"] = ask.Redemptions;
            row["Cost"] = Text(ask.Cost);
            row["Currency"] = ask.Cost.Currency.Code;
            if (ask.Customer is { } customer)
                row["Customer"] = customer;
        },
        static row =>
        {
            var currency = row.GetString("Currency") is { } code ? Currency.Parse(code) : default;
            var ask = row.GetString("ClaimId") is { } id
                ? new ClaimAsk(id, row.GetString("Customer"), row.GetInt32("Redemptions")!.Value, Amount(row, "Cost", currency))
                : null;
            return new StoredClaim(ask, LeftOf(row, currency), row.GetBoolean("Released")!.Value);
        }
    );

    public static string ClaimKey(string claimId) => RowKeys.Of("claim", claimId);

    public static string CustomerKey(string digest) => RowKeys.Of("customer", digest);

    /// <summary>A customer's pseudonym within one promotion; it differs between promotions, so that customers can't be tracked.</summary>
    public static string DigestOf(PromotionId promotion, string customer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{promotion}\n{customer}")));

    private static void PutLeft(TableEntity row, BudgetState left)
    {
        if (left.Money is { } money)
            row["LeftMoney"] = Text(money);
        if (left.Redemptions is { } redemptions)
            row["LeftRedemptions"] = redemptions;
    }

    private static BudgetState LeftOf(TableEntity row, Currency currency) =>
        new(row.ContainsKey("LeftMoney") ? Amount(row, "LeftMoney", currency) : null, row.GetInt32("LeftRedemptions"));

    private static string Text(Money money) => money.Amount.ToString(CultureInfo.InvariantCulture);

    private static Money Amount(TableEntity row, string name, Currency currency) =>
        new(decimal.Parse(row.GetString(name), NumberStyles.Number, CultureInfo.InvariantCulture), currency);
}
