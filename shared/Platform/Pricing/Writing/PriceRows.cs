using Azure;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>Writes prices in as few transactions as possible; the rows of one price are always in one transaction.</summary>
internal static class PriceRows
{
    private const int MostCharacters = 3_000_000;

    /// <param name="tables">Where to.</param>
    /// <param name="partition">Of all of them.</param>
    /// <param name="changes">Each with its rows.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="StaleRowsException">
    /// Another writer changed one of the prices; the work has to be done again from what is stored.
    /// </exception>
    public static async Task WriteAsync(
        StateTables tables,
        string partition,
        IEnumerable<(PriceChange Change, List<TableTransactionAction> Rows)> changes,
        CancellationToken cancellationToken
    )
    {
        var (batch, characters) = (new List<(PriceChange Change, TableTransactionAction Row)>(), 0);
        foreach (var (change, rows) in changes)
        {
            var size = rows.Sum(static r => ((TableEntity)r.Entity).Sum(static p => p.Value is string text ? text.Length : 16));
            if (batch.Count > 0 && (batch.Count + rows.Count > BucketRows.TransactionRows || characters + size > MostCharacters))
                await SubmitAsync();
            batch.AddRange(rows.Select(row => (change, row)));
            characters += size;
        }
        if (batch.Count > 0)
            await SubmitAsync();

        async Task SubmitAsync()
        {
            try
            {
                var answers = await tables.Prices.SubmitTransactionAsync(batch.Select(static b => b.Row), cancellationToken);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Change.Written(batch[i].Row, answers.Value[i].Headers.ETag);
            }
            catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
            {
                throw new StaleRowsException(partition, lost);
            }
            (batch, characters) = ([], 0);
        }
    }
}
