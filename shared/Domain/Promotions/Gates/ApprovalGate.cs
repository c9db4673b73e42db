using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>A person's decision about a promotion.</summary>
/// <param name="Role">The role in which they decided.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Revision">The revision of the promotion that they saw.</param>
/// <param name="Approved">False: refused.</param>
/// <param name="Source">Where the decision came from.</param>
public sealed record GivenApproval(string Role, string By, DateTimeOffset At, int Revision, bool Approved, string Source);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Requester">Who asked for the promotion.</param>
/// <param name="Revision">The revision that would launch.</param>
/// <param name="Size">How large the promotion is.</param>
/// <param name="Matrix">Who approves what.</param>
/// <param name="Given">Every decision so far, in any order.</param>
/// <param name="Held">Who holds all launches, and why; null if nobody does.</param>
public sealed record ApprovalInput(
    DateTimeOffset Now,
    string Requester,
    int Revision,
    PromotionSize Size,
    ApprovalMatrix Matrix,
    GivenApproval[] Given,
    SwitchState? Held = null
);

/// <summary>
/// Everybody whose approval the promotion's size asks for has given it, in order, for this revision, each by another person, and none of
/// them is the requester.
/// </summary>
public static class ApprovalGate
{
    public static GateVerdict Judge(ApprovalInput input)
    {
        if (input.Held is { } held)
        {
            var stopped = new Judgement(GateNames.Approval, "Launches are not held.");
            stopped.Red(
                $"All launches are held. {held}.",
                "Ask whoever holds them; launches go on when the switch HoldLaunches is off.",
                held.By ?? "an operator"
            );
            return stopped.Verdict("");
        }
        if (input.Size.Amount.Currency != input.Matrix.Currency || input.Size.MarginImpact.Currency != input.Matrix.Currency)
        {
            var foreign = new Judgement(GateNames.Approval, $"Limits are in {input.Matrix.Currency}.");
            foreign.Red(
                $"The promotion's amounts are not in {input.Matrix.Currency}, so the approvers can't be determined.",
                $"State the amounts in {input.Matrix.Currency}.",
                "finance"
            );
            return foreign.Verdict("");
        }
        var row = input.Matrix.RowFor(input.Size);
        var findings = new Judgement(
            GateNames.Approval,
            row is null
                ? "The approval matrix has a row for a promotion of this size."
                : $"Approved in this order by {(row.Roles.Length == 0 ? "nobody" : string.Join(", then ", row.Roles))}, for revision {Figures.Number(input.Revision)}, each by a different person, none of them the requester."
        );
        findings.See(
            "discount",
            $"{Figures.Amount(input.Size.Amount)}, {Figures.Percent(input.Size.DepthPercent)} deep, margin impact {Figures.Amount(input.Size.MarginImpact)}",
            null,
            "the request"
        );
        if (row is null)
        {
            findings.Red(
                "The promotion exceeds the largest row of the approval matrix.",
                "Make the promotion smaller, or add a row to the matrix.",
                "finance"
            );
            return findings.Verdict("");
        }
        findings.See(
            "accounting of the discount",
            row.Accounting switch
            {
                DiscountAccounting.SupplierFunded => "reduces cost of sales, funded by suppliers",
                DiscountAccounting.MarketingExpense => "marketing expense",
                _ => "reduces revenue",
            },
            null,
            "the approval matrix"
        );
        Walk(input, row, findings);
        return findings.Verdict(
            row.Roles.Length == 0 ? "A promotion of this size needs no approval." : $"Approved by {string.Join(", then ", row.Roles)}."
        );
    }

    private static void Walk(ApprovalInput input, ApprovalRow row, Judgement findings)
    {
        var (after, given) = (DateTimeOffset.MinValue, 0);
        var people = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in row.Roles)
        {
            var word = LastWord(input, role);
            if (word is { } said)
                findings.See(
                    $"approval by {role}",
                    $"{(said.Approved ? "approved" : "refused")} by {said.By}",
                    Figures.Age(input.Now, said.At),
                    said.Source
                );
            // A rejection counts regardless of the order of approvals.
            if (word is { Approved: false })
                findings.Red($"{word.By} refused as {role}.", $"Change the promotion and ask {role} again.", "the merchandiser");
        }
        foreach (var role in row.Roles)
        {
            // What was approved before its predecessor approved was not what the predecessor had looked at.
            if (LastWord(input, role) is not { } word || (word.Approved && word.At < after))
            {
                findings.Amber(
                    $"{Figures.Number(given)} of {Figures.Count(row.Roles.Length, "approval")} given; {role} has not approved.{Void(input, role)}",
                    $"Have {string.Join(", then ", row.Roles[given..])} approve revision {Figures.Number(input.Revision)}.",
                    role
                );
                return;
            }
            if (!word.Approved)
                return;
            // Two signatures of one hand are one: the matrix asks for two people to look.
            if (!people.TryAdd(word.By.Trim(), role))
            {
                findings.Amber(
                    $"{word.By} approved as {people[word.By.Trim()]} already and can't approve as {role} as well.",
                    $"Have another person approve revision {Figures.Number(input.Revision)} as {role}.",
                    role
                );
                return;
            }
            (after, given) = (word.At, given + 1);
        }
    }

    /// <summary>What a role said last about this revision, of those who may say it.</summary>
    private static GivenApproval? LastWord(ApprovalInput input, string role)
    {
        GivenApproval? last = null;
        foreach (var given in input.Given)
        {
            if (!Same(given.Role, role) || given.Revision != input.Revision || Same(given.By, input.Requester) || given.At > input.Now)
                continue;
            if (last is null || given.At >= last.At)
                last = given;
        }
        return last;
    }

    // Why an approval that everybody remembers does not count.
    private static string Void(ApprovalInput input, string role)
    {
        foreach (var given in input.Given)
        {
            if (!Same(given.Role, role) || !given.Approved || given.At > input.Now)
                continue;
            if (Same(given.By, input.Requester))
                return $" {given.By} requested the promotion and can't approve it.";
            if (given.Revision != input.Revision)
                return $" The approval by {given.By} is for revision {Figures.Number(given.Revision)}.";
            return $" The approval by {given.By} was given before the preceding approvals.";
        }
        return "";
    }

    private static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);
}
