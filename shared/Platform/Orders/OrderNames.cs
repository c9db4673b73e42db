using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Origins;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders;

/// <summary>
/// Resolves an order reference: by its number if one order has it, by <c>CHANNEL:NUMBER</c> always, by <c>CHANNEL::NUMBER</c> where a
/// number looks like the former.
/// </summary>
public sealed class OrderNames(StateTables tables)
{
    private const char Between = ':';

    /// <returns>The id that the order has here; the text itself where nothing is known of such an order.</returns>
    /// <exception cref="ProblemException">409 <c>ambiguous-order</c>: the text may mean several orders, which the problem
    /// names.</exception>
    public async Task<OrderId> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        var asked = new OrderId(text);
        if (asked.Origin is { } exact)
            return await OfAsync(exact, asked.Number, cancellationToken) ?? asked;
        var (plain, qualified) = (await FindAsync(asked, cancellationToken), await QualifiedAsync(text, cancellationToken));
        if (plain is null)
            return qualified ?? asked;
        var shared = plain.OtherOrigins is { Count: > 0 };
        if (!shared && qualified is null)
            return asked;
        // A number that looks like a channel and a number: the other order's exact name tells it from this one.
        IEnumerable<string> looksLike = qualified is null ? [] : [ExactName(text)];
        throw Ambiguous(text, [.. Names(plain), .. looksLike]);
    }

    /// <returns>Null if nothing was ever said about the order.</returns>
    public async Task<OrderDocument?> FindAsync(OrderId order, CancellationToken cancellationToken)
    {
        var (partition, key) = (tables.PartitionOf(order), OrderForm.Key(order));
        var row = await tables.Orders.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? OrderForm.Form.Read(row.Value!) : null;
    }

    private async Task<OrderId?> QualifiedAsync(string text, CancellationToken cancellationToken) =>
        text.Split(Between, 2) is [{ Length: > 0 } channel, { Length: > 0 } number]
            ? await OfAsync(new ChannelId(channel), new OrderId(number), cancellationToken)
            : null;

    private async Task<OrderId?> OfAsync(ChannelId channel, OrderId number, CancellationToken cancellationToken)
    {
        if (await FindAsync(number, cancellationToken) is not { } plain)
            return null;
        if (plain.Origin() == channel)
            return number;
        return plain.OtherOrigins?.Contains(channel) == true ? OrderId.Of(channel, number) : null;
    }

    private static string ExactName(string qualified) =>
        qualified.Split(Between, 2) is var parts ? OrderId.Of(new ChannelId(parts[0]), new OrderId(parts[1])).Value : qualified;

    private static List<string> Names(OrderDocument plain)
    {
        List<string> names = [plain.QualifiedId() ?? plain.OrderId.Value];
        foreach (var other in plain.OtherOrigins ?? [])
            names.Add(SharedNumber.NameOf(other, plain.OrderId));
        return names;
    }

    private static ProblemException Ambiguous(string text, IReadOnlyList<string> candidates) =>
        new(
            StatusCodes.Status409Conflict,
            "ambiguous-order",
            "More than one order",
            $"'{text}' may be {string.Join(" or ", candidates)}. Ask for one of these.",
            "id",
            candidates
        );
}
