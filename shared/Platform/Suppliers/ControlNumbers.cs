using Azure;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Suppliers;

/// <summary>Control numbers of interchanges, ascending for each receiver. A number may be left out, and is never given twice.</summary>
public sealed class ControlNumbers(StateTables tables)
{
    private const string Partition = "control",
        Last = "Last";

    // An ISA has room for nine digits.
    private const int Most = 999_999_999;

    public async Task<int> NextAsync(string supplier, CancellationToken cancellationToken)
    {
        while (true)
        {
            var key = RowKeys.Of(supplier);
            var found = await tables.Suppliers.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancellationToken);
            var next = (found.HasValue ? found.Value!.GetInt32(Last) ?? 0 : 0) % Most + 1;
            var row = new TableEntity(Partition, key) { [Last] = next };
            try
            {
                if (found.HasValue)
                    await tables.Suppliers.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await tables.Suppliers.AddEntityAsync(row, cancellationToken);
                return next;
            }
            catch (RequestFailedException taken) when (taken.Status is 409 or 412)
            {
                // Another instance took it: the next one.
            }
        }
    }
}
