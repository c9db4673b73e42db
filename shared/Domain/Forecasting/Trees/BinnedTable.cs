namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// A table of which only the bins are kept, a byte each: by rows, which histograms are counted from, and by columns, which rows are
/// parted by.
/// </summary>
public sealed class BinnedTable
{
    private const int RowsAtOnce = 4_096;

    private BinnedTable(Binning binning, int rows)
    {
        (Binning, Rows, Stride) = (binning, rows, binning.Features.Count);
        ByRow = GC.AllocateUninitializedArray<byte>(rows * Stride);
        ByColumn = new byte[Stride][];
        for (var f = 0; f < Stride; f++)
            ByColumn[f] = GC.AllocateUninitializedArray<byte>(rows);
    }

    public Binning Binning { get; }

    public int Rows { get; }

    internal int Stride { get; }

    internal byte[] ByRow { get; }

    internal byte[][] ByColumn { get; }

    /// <summary>The bins of one row, a byte per feature.</summary>
    public ReadOnlySpan<byte> Row(int row) => ByRow.AsSpan(row * Stride, Stride);

    /// <exception cref="ArgumentException">The columns are others than the binning's.</exception>
    public static BinnedTable Of(FeatureTable table, Binning binning)
    {
        if (!table.Features.Select(static f => f.Name).SequenceEqual(binning.Features.Select(static f => f.Name)))
            throw new ArgumentException("The table's columns differ from those that the bins were made of.", nameof(table));
        var binned = new BinnedTable(binning, table.Rows);
        Parallel.For(
            0,
            binned.Stride,
            f =>
            {
                var (values, bins) = (table.Columns[f], binned.ByColumn[f]);
                for (var i = 0; i < bins.Length; i++)
                    bins[i] = binning.Bin(f, values[i]);
            }
        );
        Parallel.For(
            0,
            (table.Rows + RowsAtOnce - 1) / RowsAtOnce,
            block =>
            {
                var end = Math.Min(table.Rows, (block + 1) * RowsAtOnce);
                for (var f = 0; f < binned.Stride; f++)
                {
                    var column = binned.ByColumn[f];
                    for (int i = block * RowsAtOnce, at = i * binned.Stride + f; i < end; i++, at += binned.Stride)
                        binned.ByRow[at] = column[i];
                }
            }
        );
        return binned;
    }
}
